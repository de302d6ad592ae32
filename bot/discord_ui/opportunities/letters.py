"""What notices about opportunities say: the post, and messages to those whom it concerns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bot.adapters.discord.limits import COMPONENTS_V2_TEXT
from bot.core.outbox import Notice, NoticeKind
from bot.discord_ui.checklists.quoting import NAME, TITLE, clip
from bot.discord_ui.letters import NOBODY_IN_PERSON, Composer, Letter
from bot.discord_ui.opportunities import asked
from bot.discord_ui.opportunities.card import link_of, post_page, post_row, stamp
from bot.discord_ui.opportunities.items import Action, AnswerButton, answer_row
from bot.discord_ui.opportunities.outcomes import OutcomeMenu
from bot.discord_ui.render import Page, notice
from bot.discord_ui.views import Items
from bot.opportunities.rules.models import Opportunity, Reply
from bot.opportunities.rules.replies import counts, is_open

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient


def composers(client: GuideClient) -> Mapping[NoticeKind, Composer]:
    """Those who write them, by the kind of notice."""
    writer = Letters(client)
    return {
        NoticeKind.OPPORTUNITY_POST: writer.post,
        NoticeKind.OPPORTUNITY_NEW: writer.new,
        NoticeKind.OPPORTUNITY_REMINDER: writer.reminder,
        NoticeKind.OPPORTUNITY_CHANGED: writer.changed,
        NoticeKind.OPPORTUNITY_MOVED_UP: writer.moved_up,
        NoticeKind.OPPORTUNITY_OUTCOME: writer.outcome,
        NoticeKind.GAVE_UP: writer.gave_up,
        **asked.composers(client),
    }


class Letters:
    """Writes them; each method is a `Composer`."""

    def __init__(self, client: GuideClient) -> None:
        self._client = client
        self._services = client.services
        self._store = client.services.store
        self._phrases = client.services.phrases

    async def post(self, due: Notice) -> Letter | None:
        """The post; where it stands is noted once it does."""
        found = await self._find(due)
        if found is None:
            return None
        now = self._services.now()
        answered = counts(await self._store.opportunities.answers(found.alliance, found.id))
        # The same buttons as after a refresh: one pressed meanwhile must not be another by then.
        row = post_row(found, self._phrases, now)
        mark = AnswerButton(Action.INTERESTED, (found.alliance, found.id)).custom_id

        async def stands(channel: int, message: int) -> None:
            await self._store.opportunities.set_message(
                found.alliance, found.id, channel=channel, message=message
            )

        page = post_page(found, answered, self._phrases, now)
        return Letter(NOBODY_IN_PERSON, page, row, mark=mark, arrived=stands)

    async def new(self, due: Notice) -> Letter | None:
        """An opportunity that fits somebody, with why; else the channel's digest shows it."""
        found = await self._find(due)
        if found is None or due.person is None:
            return None
        now = self._services.now()
        lead = self._phrases.say(
            "letter_new",
            alliance=self._name(due),
            reasons=_reasons(due.details.get("reasons")),
            link=link_of(found),
        )
        # Nothing brings counts up to date there.
        card = post_page(found, None, self._phrases, now, COMPONENTS_V2_TEXT - len(lead))

        async def refused() -> None:
            await self._store.opportunities.fall_back_to_channel(found.alliance, due.id, [found.id])

        page = Page((lead, *card.texts))
        return Letter(due.person, page, self._answers(found, due), refused=refused)

    async def reminder(self, due: Notice) -> Letter | None:
        """It closes soon, and somebody is interested."""
        found = await self._find(due)
        if found is None or due.person is None or not is_open(found, self._services.now()):
            return None
        words = self._phrases.say(
            "letter_reminder",
            **self._about(found, due),
            deadline=stamp(found.closes),
            contact=clip(found.offer.contact, TITLE),
        )
        return Letter(due.person, notice(words), self._answers(found, due))

    async def changed(self, due: Notice) -> Letter | None:
        """What is different of something that somebody is interested in, or waits for."""
        found = await self._find(due)
        fields = due.details.get("fields")
        if found is None or due.person is None or not isinstance(fields, list):
            return None
        words = self._phrases.say(
            "letter_changed",
            **self._about(found, due),
            fields=fields,
            deadline=stamp(found.offer.deadline),
            closes=stamp(found.closes),
            region=clip(found.offer.region),
            capacity=found.offer.capacity,
        )
        return Letter(due.person, notice(words), self._answers(found, due))

    async def moved_up(self, due: Notice) -> Letter | None:
        """Somebody came off the waiting list."""
        found = await self._find(due)
        if found is None or due.person is None:
            return None
        words = self._phrases.say(
            "letter_moved_up",
            **self._about(found, due),
            contact=clip(found.offer.contact, TITLE),
        )
        return Letter(due.person, notice(words), self._answers(found, due))

    async def outcome(self, due: Notice) -> Letter | None:
        """How did it go?"""
        found = await self._find(due)
        if found is None or due.person is None:
            return None
        answers = await self._store.opportunities.answers(found.alliance, found.id)
        words = self._phrases.say(
            "letter_outcome",
            alliance=self._name(due),
            title=clip(found.offer.title),
            id=found.id,
            interested=sum(one.reply is Reply.INTERESTED for one in answers),
        )
        menu = OutcomeMenu.of((found.alliance, found.id), self._phrases, due.id)
        return Letter(due.person, notice(words), [menu])

    async def gave_up(self, due: Notice) -> Letter | None:
        """Tells stewards what could not be delivered, not to whom."""
        kinds = due.details.get("kinds")
        if not isinstance(kinds, dict) or not kinds:
            return None
        words = self._phrases.say("letter_gave_up", day=_day_of(due), kinds=sorted(kinds.items()))
        return Letter(NOBODY_IN_PERSON, notice(words), ())

    async def _find(self, due: Notice) -> Opportunity | None:
        return await self._store.opportunities.opportunity(due.alliance, due.about)

    def _answers(self, found: Opportunity, due: Notice) -> Items:
        """The two buttons that answer it."""
        return answer_row((found.alliance, found.id), self._phrases, due.id)

    def _about(self, found: Opportunity, due: Notice) -> dict[str, object]:
        """The variables of every message about an opportunity."""
        return {
            "alliance": self._name(due),
            "title": clip(found.offer.title),
            "id": found.id,
            "link": link_of(found),
        }

    def _name(self, due: Notice) -> str:
        guild = self._client.get_guild(due.alliance)
        return clip(guild.name) if guild else ""


def _reasons(kept: object) -> list[tuple[str, str]]:
    """Pairs of ground and interest, the latter ready to show."""
    pairs = kept if isinstance(kept, list) else []
    return [(str(ground), clip(str(interest), NAME)) for ground, interest in pairs]


def _day_of(due: Notice) -> datetime:
    return due.due
