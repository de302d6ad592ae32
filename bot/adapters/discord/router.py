"""From what people do on Discord to flows: one way to acknowledge, ask for membership, say no.

A flow may take a moment before anything is acknowledged, so that what was acknowledged is kept; where
it takes longer it is acknowledged meanwhile. A form is opened at once, or offered again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import discord
import structlog

from bot.adapters.discord.draw import custom_ids_of, picked_of, values_of
from bot.adapters.discord.errors import words_for
from bot.adapters.discord.limits import CHOICE_NAME, CHOICE_VALUE, CHOICES, UNKNOWN_INTERACTION
from bot.adapters.discord.memberships import Several, alliance_choice
from bot.adapters.discord.message_surface import MessageSurface
from bot.adapters.discord.send import Interaction, is_passing
from bot.adapters.discord.surface import DiscordSurface
from bot.chat.action import notice_in
from bot.chat.ask import said
from bot.chat.find import Choice
from bot.chat.fit import Elastic
from bot.chat.flow import CommandSpec, Flows, PressSpec, Scope, Shown, Where, opens_form
from bot.chat.options import CommandOption, PersonRef
from bot.chat.screen import Button, Form, Screen
from bot.chat.turn import Place, Turn
from bot.core.alliance import NO_ALLIANCE
from bot.core.errors import Refused
from bot.core.markup import one_line, quoted, shorten, stamp
from bot.core.pace import Cost
from bot.database.database import StoreUnavailable

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

QUICK = 0.4
"""Seconds that a flow may take before it is acknowledged; people wait for that."""
PATIENT = 0.8
"""The same for one that opens a form, which nothing can come before: Discord waits for three."""
ELSEWHERE = "alliance"
"""The option by which a command used directly says whose it is about."""

Work = Callable[[DiscordSurface], Awaitable[Shown]]
_log = structlog.get_logger()


class Router:
    """Calls flows."""

    def __init__(self, client: GuideClient, flows: Flows) -> None:
        self._client = client
        self._say = client.services.phrases.say
        self.flows = flows

    # -- what people do --------------------------------------------------------------------------

    async def command(
        self, interaction: Interaction, spec: CommandSpec, given: Mapping[str, Any]
    ) -> None:
        """A command was used; `given` has its options by parameter."""
        options = dict(given)
        elsewhere = options.pop(ELSEWHERE, None)
        private = bool(options[spec.private_if]) if spec.private_if else True
        surface = DiscordSurface(self._client, interaction, update=False, private=private)

        async def work(surface: DiscordSurface) -> Shown:
            alliance = await self._alliance(interaction, spec.scope, elsewhere)
            if isinstance(alliance, Several):
                return alliance_choice(self._client.services.phrases, alliance, 0)
            turn = self.turn(surface, alliance)
            await self._admit(turn, steward=spec.steward, cost=Cost.NOTHING)
            if spec.once and not await turn.claim(str(interaction.id)):
                return None
            await self._admit(turn, steward=False, cost=spec.cost)
            values = {
                option.parameter: await _value(turn, option, options[option.parameter])
                for option in spec.options
            }
            return await spec.call(turn, **values)

        await self._carry_out(surface, work, spec)

    async def press(self, interaction: Interaction) -> None:
        """A button or menu was used; one that is no longer on its message is refused."""
        data = _data(interaction)
        found = self.flows.press(str(data.get("custom_id", "")), form=False)
        if found is None or data["custom_id"] not in custom_ids_of(interaction.message):
            await self._refuse_stale(interaction)
            return
        spec, arguments = found
        await self._press(interaction, spec, arguments | {"picked": picked_of(data)})

    async def submit(self, interaction: Interaction) -> None:
        """A form was sent."""
        data = _data(interaction)
        found = self.flows.press(str(data.get("custom_id", "")), form=True)
        if found is None:
            await self._refuse_stale(interaction)
            return
        spec, arguments = found
        typed = values_of(data)
        values = dict.fromkeys(spec.parameters - arguments.keys(), "") | typed
        await self._press(interaction, spec, values | arguments, typed=tuple(typed.values()))

    async def complete(
        self, interaction: Interaction, spec: CommandSpec, option: CommandOption, typed: str
    ) -> list[discord.app_commands.Choice[str]]:
        """What fits what was typed so far."""
        surface = DiscordSurface(self._client, interaction, update=False, private=True)
        alliance = interaction.guild_id
        if alliance is None:
            found = await self._client.memberships.alliance(interaction.user.id, widely=False)
            alliance = NO_ALLIANCE if isinstance(found, Several) else found
        turn = self.turn(surface, alliance)
        if option.noun is None or (spec.steward and not await turn.is_steward()):
            return []
        return choices_of(await option.noun.complete(turn, typed))

    def turn(self, surface: DiscordSurface, alliance: int) -> Turn:
        """What a flow gets."""
        interaction = surface.interaction
        guild = self._client.get_guild(alliance)
        return Turn(
            services=self._client.services,
            alliance=alliance,
            alliance_name=guild.name if guild else "",
            room=surface.room,
            person=interaction.user.id,
            name=interaction.user.display_name,
            place=_place(interaction),
            surface=surface,
        )

    # -- how it is done --------------------------------------------------------------------------

    async def _press(
        self,
        interaction: Interaction,
        spec: PressSpec,
        arguments: Mapping[str, Any],
        typed: Sequence[str] = (),
    ) -> None:
        surface = DiscordSurface(
            self._client, interaction, update=_in_place(interaction, spec), private=True
        )
        await self._carry_out(
            surface, lambda surface: self._call(surface, spec, arguments), spec, typed
        )

    async def _call(
        self, surface: DiscordSurface, spec: PressSpec, arguments: Mapping[str, Any]
    ) -> Shown:
        """Call the flow of a press, for somebody who may."""
        interaction = surface.interaction
        alliance = arguments.get("alliance")
        if alliance is None:
            alliance = await self._alliance(interaction, spec.scope, None)
            if isinstance(alliance, Several):
                return alliance_choice(self._client.services.phrases, alliance, 0)
        elif interaction.guild_id not in {None, alliance}:
            raise Refused(self._say("stale_button"))
        elif interaction.guild_id is None and alliance != NO_ALLIANCE and not spec.anyone:
            await self._client.memberships.require(alliance, interaction.user.id)
        turn = self.turn(surface, alliance)
        await self._admit(turn, steward=spec.steward, cost=spec.cost)
        values = {name: value for name, value in arguments.items() if name in spec.parameters}
        return await spec.call(turn, **values)

    async def speak(
        self,
        surface: MessageSurface,
        id_: str,
        *,
        picked: Sequence[str] = (),
        typed: str = "",
        stop: bool = False,
    ) -> bool:
        """Do what a button or menu does for somebody who meant it in words.

        Args:
            surface: of the message with the words.
            id_: of the button or menu.
            picked: what is picked from the menu.
            typed: goes into the first field of the form that opens.
            stop: no more of what the button is on is wanted.

        Returns:
            False if a form opens that has to be filled in.
        """
        with self._client.in_flight():
            try:
                spec, arguments = self._known(id_, stop=stop)
                shown = await self._call(surface, spec, {**arguments, "picked": picked})
                if isinstance(shown, Form):
                    if not typed or len(shown.fields) > 1:
                        return False
                    spec, arguments = self._known(shown.id, form=True)
                    values = dict.fromkeys(spec.parameters, "")
                    values[shown.fields[0].id] = typed
                    shown = await self._call(surface, spec, values | arguments)
                await surface.settle(shown)
            except Exception as error:  # noqa: BLE001  (the ladder)
                await self._explain(surface, error, [typed])
        return True

    def _known(
        self, id_: str, *, form: bool = False, stop: bool = False
    ) -> tuple[PressSpec, dict[str, Any]]:
        found = self.flows.press(id_, form=form, stop=stop)
        if found is None:
            raise Refused(self._say("stale_button"))
        return found

    async def _alliance(
        self, interaction: Interaction, scope: Scope, named: str | None
    ) -> int | Several:
        """Whose it is about."""
        memberships, person = self._client.memberships, interaction.user.id
        if interaction.guild_id is not None:
            if named is not None:
                raise Refused(self._say("only_here_alliance"))
            return interaction.guild_id
        if scope is Scope.ALL:
            return NO_ALLIANCE
        if named is not None:
            for guild in await memberships.of(person, surely=True):
                if named.strip().casefold() in {str(guild.id), guild.name.casefold()}:
                    return guild.id
            raise Refused(self._say("only_here_alliance"))
        alliance = await memberships.alliance(person, surely=True)
        if alliance == NO_ALLIANCE and scope in {Scope.OWN, Scope.SERVER}:
            raise Refused(self._say("in_no_alliance"))
        return alliance

    async def _admit(self, turn: Turn, *, steward: bool, cost: Cost) -> None:
        """Make sure that whoever asks may, and not too often."""
        if steward and not await turn.is_steward():
            raise Refused(self._say("stewards_only"))
        verdict = self._client.services.pace.take(turn.person, turn.now, cost)
        if not verdict.allowed:
            raise Refused(
                self._say("cooldown", seconds=verdict.seconds, until=stamp(verdict.until))
            )

    async def _carry_out(
        self,
        surface: DiscordSurface,
        work: Work,
        spec: CommandSpec | PressSpec,
        typed: Sequence[str] = (),
    ) -> None:
        """Call a flow, acknowledge, show what came of it; or say why not.

        What costs the model work is acknowledged at once: many may ask at the same time.
        """
        client, interaction = self._client, surface.interaction
        if not client.taken.add(interaction.id):
            _log.info("repeated_interaction")
            return
        with client.in_flight():
            try:
                if spec.cost is Cost.QUESTION:
                    await surface.acknowledge()
                patience = PATIENT if opens_form(spec.call) else QUICK
                shown = await _acknowledged_meanwhile(surface, work(surface), patience)
                await surface.finish(shown, _pressed(interaction))
            except Exception as error:  # noqa: BLE001  (the ladder)
                await self._explain(surface, error, typed)

    async def _refuse_stale(self, interaction: Interaction) -> None:
        if self._client.taken.add(interaction.id):
            await self.explain(interaction, Refused(self._say("stale_button")))

    async def explain(self, interaction: Interaction, error: Exception) -> None:
        """Tell a person what went wrong before any flow was called."""
        surface = DiscordSurface(self._client, interaction, update=False, private=True)
        with self._client.in_flight():
            await self._explain(surface, error)

    async def _explain(
        self, surface: DiscordSurface, error: Exception, typed: Sequence[str] = ()
    ) -> None:
        """Tell a person what went wrong: beside what was pressed, else where the answer stands.

        What was typed and could not be kept is given back.
        """
        words = words_for(error, self._client.services.phrases)
        if words is None:
            return
        try:
            lost = "\n".join(filter(None, typed)) if isinstance(error, StoreUnavailable) else ""
            given_back = [Elastic(quoted(lost, surface.room))] if lost else []
            screen = said(error, words)
            await surface.refuse(Screen(words, *given_back, rows=screen.rows))
        except discord.HTTPException as problem:
            level = "info" if problem.code == UNKNOWN_INTERACTION else "warning"
            getattr(_log, level)("not_told", status=problem.status, code=problem.code)
        except Exception as problem:
            if not is_passing(problem):
                raise
            _log.warning("not_told", kind=type(problem).__name__)


async def _acknowledged_meanwhile(
    surface: DiscordSurface, work: Awaitable[Shown], patience: float
) -> Shown:
    """What a flow returns; acknowledged where it takes longer than so many seconds.

    What was begun goes on to its end here, also where it can't be acknowledged: nothing is left
    behind that would use the store after it was closed.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task}, timeout=patience)
        if not task.done():
            await surface.acknowledge()
    finally:
        await asyncio.wait({task})
    return task.result()


def choices_of(choices: Sequence[Choice]) -> list[discord.app_commands.Choice[str]]:
    """Completions within Discord's limits."""
    fitting = [choice for choice in choices if len(choice.value) <= CHOICE_VALUE]
    return [
        discord.app_commands.Choice(
            name=shorten(one_line(choice.label), CHOICE_NAME), value=choice.value
        )
        for choice in fitting[:CHOICES]
    ]


async def _value(turn: Turn, option: CommandOption, given: Any) -> Any:
    """An option as the flow takes it."""
    if given is None:
        return option.default
    if option.noun is not None:
        return await option.noun.find(turn, str(given))
    if isinstance(given, discord.Member | discord.User):
        member = isinstance(given, discord.Member)
        return PersonRef(given.id, given.display_name, given.bot, member)
    return option.make(given) if option.choices else given


def _in_place(interaction: Interaction, spec: PressSpec) -> bool:
    if interaction.message is None:
        return False
    return spec.where is Where.HERE or (spec.where is Where.CARD and interaction.guild_id is None)


def _place(interaction: Interaction) -> Place:
    channel, message = interaction.channel, interaction.message
    here, direct = interaction.channel_id or 0, interaction.guild_id is None
    in_thread = isinstance(channel, discord.Thread)
    return Place(
        channel=channel.parent_id if isinstance(channel, discord.Thread) else here,
        thread=here if in_thread or direct else None,
        direct=direct,
        message=message.id if message else 0,
        own=message is not None and message.flags.ephemeral,
        source=interaction.id,
        notice=notice_in(custom_ids_of(message)),
    )


def _pressed(interaction: Interaction) -> Button | None:
    """The button that was pressed, to be pressed once more."""
    custom_id = _data(interaction).get("custom_id")
    rest: list[Any] = list(interaction.message.components) if interaction.message else []
    while rest:
        part = rest.pop()
        rest += getattr(part, "children", [])
        if isinstance(part, discord.Button) and part.custom_id == custom_id:
            return Button(part.label or "", part.custom_id or "")
    return None


def _data(interaction: Interaction) -> dict[str, Any]:
    return cast("dict[str, Any]", interaction.data or {})
