"""What a member sees after using a command, button, menu or form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.loopback.errors import InteractionFailedError, ScenarioError
from tests.loopback.world.model import (
    Attachment,
    Choice,
    Interaction,
    Message,
    Modal,
    Outcome,
    OutcomeKind,
)
from tests.loopback.world.text import render

from .parts import field_names

if TYPE_CHECKING:
    from tests.loopback.world.channels import Channel
    from tests.loopback.world.world import World


class Response:
    """The bot's answer to one interaction; it grows while the bot goes on."""

    def __init__(self, world: World, interaction: Interaction) -> None:
        self.world = world
        self.interaction = interaction

    def __repr__(self) -> str:
        kinds = ", ".join(outcome.kind for outcome in self.interaction.outcomes)
        return f"<Response to {self.interaction.name!r}: {kinds or 'nothing yet'}>"

    # -- what came -----------------------------------------------------------------------------

    @property
    def kind(self) -> OutcomeKind | None:
        """What the bot did first: message, update, followup, modal, choices or deleted."""
        outcomes = self.interaction.outcomes
        return outcomes[0].kind if outcomes else None

    @property
    def messages(self) -> list[Message]:
        """The messages that came or changed, in order, without those deleted since."""
        seen: list[Message] = []
        for outcome in self.interaction.outcomes:
            message = outcome.message
            if message is not None and message not in seen and not message.deleted:
                seen.append(message)
        return seen

    @property
    def message(self) -> Message:
        """The first message that came or changed.

        Raises:
            ScenarioError: if the answer was no message.
        """
        for outcome in self.interaction.outcomes:
            if outcome.message is not None:
                return outcome.message
        raise ScenarioError(f"{self!r} is no message")

    @property
    def followups(self) -> list[Message]:
        """The messages sent after the answer."""
        return [o.message for o in self.interaction.outcomes if o.kind == "followup" and o.message]

    @property
    def modal(self) -> Modal:
        """The form that opened.

        Raises:
            ScenarioError: if none did.
        """
        if self.interaction.modal is None:
            shown = "\n".join(render(message) for message in self.messages)
            raise ScenarioError(f"no form opened, but:\n{shown or repr(self)}")
        return self.interaction.modal

    @property
    def fields(self) -> list[str]:
        """The labels of the form's fields."""
        return field_names(self.modal)

    @property
    def choices(self) -> list[Choice]:
        """The completions that were offered."""
        return self.interaction.choices or []

    @property
    def text(self) -> str:
        """What can be read in all messages of the answer."""
        return "\n".join(message.text for message in self.messages)

    @property
    def files(self) -> list[Attachment]:
        """The files of all messages of the answer."""
        return [file for message in self.messages for file in message.attachments]

    @property
    def ephemeral(self) -> bool:
        """Whether only the member sees the answer."""
        return self.message.ephemeral

    @property
    def channel(self) -> Channel:
        return self.interaction.channel

    @property
    def ack_seconds(self) -> float | None:
        """How long the bot took to acknowledge."""
        return self.interaction.seconds_to_acknowledge

    # -- what is still to come -----------------------------------------------------------------

    async def until(
        self,
        condition: Callable[[Response], bool],
        *,
        what: str = "expected change of the answer",
        within: float | None = None,
    ) -> Response:
        """Wait until a condition about this answer holds."""
        await self.world.until(
            lambda: condition(self),
            what=what,
            within=within,
            explain=self._explain,
        )
        return self

    async def followup(self, number: int = 1, *, within: float | None = None) -> Message:
        """Wait for the first, second... message after the answer."""
        await self.until(
            lambda response: len(response.followups) >= number,
            what=f"follow-up {number} to {self.interaction.name!r}",
            within=within,
        )
        return self.followups[number - 1]

    async def edited(self, *, times: int = 1, within: float | None = None) -> Message:
        """Wait until the answer was edited, after it came."""

        def edits() -> list[Outcome]:
            return [o for o in self.interaction.outcomes if o.kind == "edit"]

        await self.until(
            lambda _: len(edits()) >= times,
            what=f"edit of the answer to {self.interaction.name!r}",
            within=within,
        )
        edited = edits()[times - 1].message
        assert edited is not None
        return edited

    async def arrive(self, *, acknowledged: bool = False, within: float | None = None) -> Response:
        """Wait for the answer itself, or only for its acknowledgement.

        Raises:
            InteractionFailedError: if the bot let the time for it pass.
        """
        interaction = self.interaction

        def done() -> bool:
            answered = interaction.acknowledged and acknowledged
            return interaction.failed or answered or bool(interaction.outcomes)

        name = interaction.name
        await self.until(lambda _: done(), what=f"answer to {name!r}", within=within)
        if interaction.failed:
            text = f"the application did not respond to {name!r} by {interaction.user.name}"
            raise InteractionFailedError(text)
        return self

    def _explain(self) -> str:
        return f"{self!r}\n{self.channel.transcript(self.interaction.user)}"
