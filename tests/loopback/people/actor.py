"""What people do with the bot: use commands, click, fill in forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from tests.loopback.constants import InteractionType, Json
from tests.loopback.errors import ScenarioError
from tests.loopback.world.model import Choice, Interaction, Message, Modal, Version

from .acts import Person

if TYPE_CHECKING:
    from tests.loopback.world.channels import Channel

    from .response import Response

T = InteractionType
Until = Literal["answer", "acknowledged", "sent"]


class Actor(Person):
    """Someone who acts. Commands go to where they last did something, or to a given place.

    Control arguments beside a command's options end with an underscore: `in_` (the channel),
    `until_` and `within_` (how long to wait). `until_` is "answer" (the default), "acknowledged",
    or "sent", which does not wait for the bot at all.
    """

    # -- commands ------------------------------------------------------------------------------

    async def uses(
        self,
        command: str,
        /,
        *,
        in_: Channel | None = None,
        until_: Until = "answer",
        within_: float | None = None,
        **options: Any,
    ) -> Response:
        """Use a slash command, such as "/guide channel add", with its options by name."""
        from .invocation import Invocation

        place = self.place(in_)
        data = Invocation(self, command, place, options).data()
        return await self._interact(T.COMMAND, place, data, until=until_, within=within_)

    async def types_into(
        self,
        command: str,
        /,
        *,
        in_: Channel | None = None,
        within_: float | None = None,
        **options: str,
    ) -> list[Choice]:
        """Type into the last of the options given and return the completions offered."""
        from .invocation import Invocation

        place = self.place(in_)
        focused = list(options)[-1]
        data = Invocation(self, command, place, options).data(focused=focused)
        response = await self._interact(T.AUTOCOMPLETE, place, data, until="answer", within=within_)
        return response.choices

    # -- components and forms ------------------------------------------------------------------

    async def clicks(
        self,
        label: str,
        *,
        on: Message | Response,
        stale: bool = False,
        until_: Until = "answer",
        within_: float | None = None,
    ) -> Response:
        """Click a button.

        With `stale` it is one of an earlier version of the message: the click was on its way
        while the message was edited, and carries the message as it was.
        """
        from .parts import find_button

        message = self._sees(on)
        button, version = find_button(message, label, stale=stale)
        return await self._presses(message, button, {}, version, until=until_, within=within_)

    async def selects(
        self,
        menu: str,
        *picks: Any,
        on: Message | Response,
        stale: bool = False,
        until_: Until = "answer",
        within_: float | None = None,
    ) -> Response:
        """Pick values (or labels, members, roles, channels) in a menu named by placeholder."""
        from tests.loopback.payloads.resolved import Resolved

        from .parts import chosen, find_select

        message = self._sees(on)
        select, version = find_select(message, menu, stale=stale)
        resolved = Resolved(self.world, message.channel.guild)
        picked: Json = {"values": chosen(select, picks, resolved)}
        if tables := resolved.tables():
            picked["resolved"] = tables
        return await self._presses(message, select, picked, version, until=until_, within=within_)

    async def submits(
        self,
        form: Modal | Response,
        answers: Mapping[str, Any] | None = None,
        *,
        until_: Until = "answer",
        within_: float | None = None,
    ) -> Response:
        """Send a form, with answers by label; what is left out keeps its prefilled value."""
        from .parts import Form

        modal = form if isinstance(form, Modal) else form.modal
        opener = modal.interaction
        if opener.user is not self.user:
            raise ScenarioError(f"the form is on {opener.user.name}'s screen")
        data = Form(modal, self, answers or {}).data()
        return await self._interact(
            T.MODAL_SUBMIT,
            opener.channel,
            data,
            message=opener.message,
            opened_by=opener,
            until=until_,
            within=within_,
        )

    def _sees(self, on: Message | Response) -> Message:
        message = on if isinstance(on, Message) else on.message
        self.needs(message.channel)
        if message.deleted:
            raise ScenarioError("the message was deleted")
        if message.visible_to not in (None, self.user):
            raise ScenarioError(f"{self.name} can't see a message for {message.visible_to}")
        self.remember(message.channel)
        return message

    async def _presses(
        self,
        message: Message,
        part: Json,
        more: Json,
        as_seen: Version | None,
        *,
        until: Until,
        within: float | None,
    ) -> Response:
        place = message.channel
        data = {"component_type": part["type"], "custom_id": part["custom_id"]}
        data |= {"id": part.get("id", 0), **more}
        return await self._interact(
            T.COMPONENT, place, data, message=message, as_seen=as_seen, until=until, within=within
        )

    async def _interact(
        self,
        kind: InteractionType,
        channel: Channel,
        data: Json,
        *,
        until: Until,
        within: float | None,
        message: Message | None = None,
        opened_by: Interaction | None = None,
        as_seen: Version | None = None,
    ) -> Response:
        from .response import Response

        interaction = self.world.interact(
            kind, self.user, channel, data, message=message, opened_by=opened_by, as_seen=as_seen
        )
        response = Response(self.world, interaction)
        if until == "sent":
            return response
        return await response.arrive(acknowledged=until == "acknowledged", within=within)
