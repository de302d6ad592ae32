"""The reminder of a commitment, with its buttons **Done** and **Move**."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import MODAL_TITLE
from bot.adapters.discord.send import Interaction, fill, take
from bot.chat.services import Services
from bot.checklists.rules.records import Commitment, CommitmentStatus
from bot.checklists.rules.typed_answer import Trouble
from bot.core.dates import Day, Past, TooFar, read_date
from bot.core.outbox import Notice
from bot.core.phrases import Phrases
from bot.discord_ui.checklists.quoting import clip
from bot.discord_ui.gate import refuse, updating, whisper_beside
from bot.discord_ui.items import belongs
from bot.discord_ui.letters import Composer, Letter, mark_of
from bot.discord_ui.render import QUESTION, SENTENCE, notice, question_line
from bot.discord_ui.views import view_of

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

DAY_FORM = r"n:day:(?P<alliance>\d+):(?P<commitment>\d+):n(?P<notice>\d+)"
_DAY = "day"
_DONE, _MOVE = "done", "move"
_BUTTON = rf"n:(?P<action>{_DONE}|{_MOVE}):(?P<alliance>\d+):(?P<commitment>\d+):n(?P<notice>\d+)"
_LABELS = {_DONE: "label_done", _MOVE: "label_move"}
_LONGEST_DAY = 100
"""Characters; no way to name a day has more."""


def register(client: GuideClient) -> None:
    """Add the buttons and the form."""
    client.add_dynamic_items(ReminderButton)
    client.add_form(DAY_FORM, day_given)


def composer(client: GuideClient) -> Composer:
    """Writes reminders."""
    services = client.services

    async def compose(due: Notice) -> Letter | None:
        commitment = await services.store.checklists.commitment(due.alliance, due.about)
        if commitment is None or commitment.day is None:
            return None
        settings = await services.store.people.person_settings(due.alliance, commitment.person)
        walk = await services.store.checklists.walk(due.alliance, commitment.run)
        guild = client.get_guild(due.alliance)
        about: dict[str, object] = {
            "what": clip(commitment.what, QUESTION),
            "who": clip(commitment.who, SENTENCE),
            "day": commitment.day,
            "title": clip(walk.checklist.title) if walk else "",
            "late": commitment.day < services.now().astimezone(settings.zone).date(),
        }
        say, reminder = services.phrases.say, "commitment_reminder"
        direct = say(reminder, name="", alliance=clip(guild.name) if guild else "", **about)
        in_thread = say(reminder, name=f"<@{commitment.person}>", alliance="", **about)
        key = (due.alliance, commitment.id, due.id)
        return Letter(
            commitment.person,
            notice(direct),
            [ReminderButton.of(action, key, services.phrases) for action in (_DONE, _MOVE)],
            notice(in_thread),
        )

    return compose


class ReminderButton(ui.DynamicItem[ui.Button[Any]], template=_BUTTON):
    """**Done** or **Move**; it works for as long as the commitment is kept."""

    def __init__(self, action: str, key: tuple[int, int, int], label: str = "") -> None:
        self.action, self.key = action, key
        alliance, commitment, about = key
        custom_id = f"n:{action}:{alliance}:{commitment}{mark_of(about)}"
        styles = {_DONE: discord.ButtonStyle.success}
        style = styles.get(action, discord.ButtonStyle.secondary)
        super().__init__(ui.Button(label=label or action, style=style, custom_id=custom_id))

    @classmethod
    def of(cls, action: str, key: tuple[int, int, int], phrases: Phrases) -> ReminderButton:
        """The button with its label."""
        return cls(action, key, phrases.say(_LABELS[action]))

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /
    ) -> ReminderButton:
        """The button that was pressed."""
        return cls(match["action"], _key(match))

    async def callback(self, interaction: Interaction) -> Any:
        """Settle the commitment, or open the form for another day."""
        if self.action == _MOVE:
            await _open_form(interaction, self.key)
            return
        async with handling(interaction), updating(interaction):
            found = await find_own(interaction, *self.key[:2])
            if isinstance(found, str):
                await whisper_beside(interaction, found)
                return
            words = await settle(interaction.client.services, found)
            await fill(interaction, view_of(notice(words)))


async def find_own(interaction: Interaction, alliance: int, number: int) -> Commitment | str:
    """A commitment that somebody may change, or the words why not.

    That is whoever made it, and in a team the owner of the run as well.
    """
    services: Services = interaction.client.services
    store, say = services.store, services.phrases.say
    found = (
        await store.checklists.commitment(alliance, number)
        if belongs(interaction, alliance)
        else None
    )
    if found is None:
        return say("commitment_gone")
    if found.person == interaction.user.id:
        return found
    walk = await store.checklists.walk(alliance, found.run)
    if walk is not None and walk.run.team and walk.run.owner == interaction.user.id:
        return found
    return say("commitment_of_another")


async def settle(services: Services, commitment: Commitment) -> str:
    """Note that a commitment is kept, and say so."""
    done = CommitmentStatus.DONE
    fresh = await services.store.checklists.settle_commitment(
        commitment.alliance, commitment.id, done
    )
    what = clip(commitment.what, QUESTION)
    return services.phrases.say("commitment_done", what=what, again=not fresh)


async def move(interaction: Interaction, commitment: Commitment, typed: str) -> tuple[bool, str]:
    """Give a commitment the day that was typed; whether it worked, and the words for it."""
    services: Services = interaction.client.services
    store, say = services.store, services.phrases.say
    settings = await store.people.person_settings(commitment.alliance, interaction.user.id)
    read = read_date(typed, services.now(), settings.zone)
    if not isinstance(read, Day):
        trouble = Trouble.DATE_UNCLEAR
        if isinstance(read, (Past, TooFar)):
            trouble = Trouble.DATE_PAST if isinstance(read, Past) else Trouble.DATE_FAR
        why = say("answer_trouble", trouble=trouble.value, near=[], options=[])
        return False, say("date_not_taken", why=why, text=question_line(typed))
    what = clip(commitment.what, QUESTION)
    if await store.checklists.move_commitment(commitment.alliance, commitment.id, read.date):
        interaction.client.dispatch("notices")  # it may be due today
        return True, say("commitment_moved", what=what, day=read.date)
    now = await store.checklists.commitment(commitment.alliance, commitment.id)
    if now is None:
        return False, say("commitment_gone")
    return False, say("commitment_settled", what=what, status=now.status.value)


async def _open_form(interaction: Interaction, key: tuple[int, int, int]) -> None:
    """Open the form; nothing else may come first, so it isn't deferred."""
    say = interaction.client.services.phrases.say
    async with handling(interaction):
        found = await find_own(interaction, *key[:2])
        if isinstance(found, str):
            await refuse(interaction, found)
            return
        take(interaction)
        alliance, commitment, about = key
        form = ui.Modal(
            title=say("move_form_title")[:MODAL_TITLE],
            custom_id=f"n:day:{alliance}:{commitment}{mark_of(about)}",
        )
        field: ui.TextInput[Any] = ui.TextInput(custom_id=_DAY, max_length=_LONGEST_DAY)
        form.add_item(
            ui.Label(text=say("field_by_when"), description=say("hint_day"), component=field)
        )
        await interaction.response.send_modal(form)
        form.stop()


async def day_given(
    interaction: Interaction, match: re.Match[str], values: Mapping[str, Any]
) -> None:
    """The form was sent: the reminder says the new day, or why it isn't moved."""
    typed = str(values.get(_DAY) or "")
    async with handling(interaction), updating(interaction):
        found = await find_own(interaction, *_key(match)[:2])
        if isinstance(found, str):
            await whisper_beside(interaction, found)
            return
        moved, words = await move(interaction, found, typed)
        if moved:
            await fill(interaction, view_of(notice(words)))
        else:
            await whisper_beside(interaction, words)


def _key(match: re.Match[str]) -> tuple[int, int, int]:
    return int(match["alliance"]), int(match["commitment"]), int(match["notice"])
