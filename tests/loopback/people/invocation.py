"""Turning "/guide channel add" and its options into what Discord's client sends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tests.loopback.constants import Json, OptionType
from tests.loopback.errors import ScenarioError
from tests.loopback.limits import LIMITS
from tests.loopback.payloads.resolved import Resolved
from tests.loopback.permissions import Permission
from tests.loopback.world.channels import Channel
from tests.loopback.world.model import Choice, File, Role

if TYPE_CHECKING:
    from .actor import Actor

O = OptionType  # noqa: E741 - short beside the column of cases below
GUILD_CONTEXT, PRIVATE_CONTEXT = 0, 1


class Invocation:
    """A command as someone fills it in, checked as Discord's client checks it.

    Args:
        actor: who uses it.
        line: the command with its subcommands, such as "/guide channel add".
        channel: where.
        values: the options by name.
    """

    def __init__(
        self, actor: Actor, line: str, channel: Channel, values: Mapping[str, Any]
    ) -> None:
        self.actor = actor
        self.channel = channel
        self.values = {name: value for name, value in values.items() if value is not None}
        self.words = line.strip().removeprefix("/").split()
        self.command = self._registered()
        self._check_allowed()
        self.path: list[Json] = []
        self.options: list[Json] = self.command.get("options") or []
        for word in self.words[1:]:
            found = next((o for o in self.options if o["name"] == word), None)
            if found is None or found["type"] > O.SUBCOMMAND_GROUP:
                known = ", ".join(option["name"] for option in self.options)
                raise ScenarioError(f"{line!r} has no {word!r}; it has {known}")
            self.path.append(found)
            self.options = found.get("options") or []
        if any(option["type"] <= O.SUBCOMMAND_GROUP for option in self.options):
            known = ", ".join(option["name"] for option in self.options)
            raise ScenarioError(f"{line!r} is not complete: {known}")

    def _registered(self) -> Json:
        tables = self.actor.world.commands
        local = tables.get(self.channel.guild.id, {}) if self.channel.guild else {}
        for command in [*local.values(), *tables[0].values()]:
            if command["type"] == 1 and command["name"] == self.words[0]:
                return command
        known = sorted(command["name"] for command in tables[0].values())
        raise ScenarioError(f"no command /{self.words[0]}; registered: {known}")

    def _check_allowed(self) -> None:
        name, contexts = self.words[0], self.command.get("contexts")
        context = PRIVATE_CONTEXT if self.channel.guild is None else GUILD_CONTEXT
        hidden = contexts is not None and context not in contexts
        if context == PRIVATE_CONTEXT and self.command.get("dm_permission") is False:
            hidden = True
        if hidden:
            raise ScenarioError(f"/{name} is not offered in {self.channel.label}")
        member = self.actor.membership(self.channel)
        if member is None:
            return
        if member.guild.bot_member is None:
            raise ScenarioError(f"the bot is not in {member.guild.name}")
        needed = self.command.get("default_member_permissions")
        allowed = member.permissions_in(self.channel)
        if not allowed & Permission.USE_APPLICATION_COMMANDS:
            raise ScenarioError(f"{self.actor.name} can't use commands in {self.channel.label}")
        if needed is not None and allowed & int(needed) != int(needed):
            raise ScenarioError(f"{self.actor.name} is not offered /{name}")

    # -- what is sent --------------------------------------------------------------------------

    def data(self, *, focused: str | None = None) -> Json:
        """Return the data of the interaction; for autocomplete, `focused` is being typed.

        Raises:
            ScenarioError: for options that don't exist, are missing or don't fit.
        """
        resolved = Resolved(self.actor.world, self.channel.guild)
        unknown = set(self.values) - {option["name"] for option in self.options}
        if unknown:
            known = ", ".join(option["name"] for option in self.options)
            line = " ".join(self.words)
            raise ScenarioError(f"/{line} has no option {sorted(unknown)}; it has {known}")
        sent: list[Json] = []
        for option in self.options:
            name = option["name"]
            if name == focused:
                if not option.get("autocomplete"):
                    raise ScenarioError(f"{name!r} does not complete what is typed")
                typed = {"type": option["type"], "name": name, "focused": True}
                sent.append(typed | {"value": str(self.values[name])})
            elif name in self.values:
                value = self._value(option, self.values[name], resolved)
                sent.append({"type": option["type"], "name": name, "value": value})
            elif option.get("required") and focused is None:
                raise ScenarioError(f"{name!r} of /{' '.join(self.words)} is required")
        for step in reversed(self.path):
            sent = [{"type": step["type"], "name": step["name"], "options": sent}]
        command = self.command
        data: Json = {"id": command["id"], "name": command["name"], "type": 1, "options": sent}
        if "guild_id" in command:
            data["guild_id"] = command["guild_id"]
        if tables := resolved.tables():
            data["resolved"] = tables
        return data

    def _value(self, option: Json, value: Any, resolved: Resolved) -> Any:
        if isinstance(value, Choice):
            value = value.value
        name, kind = option["name"], option["type"]
        if choices := option.get("choices"):
            for choice in choices:
                if value in (choice["name"], choice["value"]):
                    return choice["value"]
            offered = ", ".join(choice["name"] for choice in choices)
            raise ScenarioError(f"{name!r} is one of {offered}, not {value!r}")
        _check_type(name, kind, value)
        match kind:
            case O.STRING:
                least = option.get("min_length") or 0
                most = option.get("max_length") or LIMITS["COMMAND_OPTION_LENGTH"]
                if not value or not least <= len(value) <= most:
                    raise ScenarioError(f"{name!r} takes {least or 1} to {most} characters")
            case O.INTEGER | O.NUMBER:
                lowest, highest = option.get("min_value"), option.get("max_value")
                low = lowest is not None and value < lowest
                if low or (highest is not None and value > highest):
                    raise ScenarioError(f"{name!r} is from {lowest} to {highest}, not {value}")
            case O.CHANNEL | O.ROLE | O.USER | O.MENTIONABLE | O.ATTACHMENT:
                kinds = option.get("channel_types")
                if kinds and isinstance(value, Channel) and value.type not in kinds:
                    raise ScenarioError(f"{name!r} does not take {value.label}")
                return resolved.add(value)
        return value


def _check_type(name: str, kind: int, value: Any) -> None:
    fits = {
        O.STRING: isinstance(value, str),
        O.INTEGER: isinstance(value, int) and not isinstance(value, bool),
        O.BOOLEAN: isinstance(value, bool),
        O.NUMBER: isinstance(value, int | float) and not isinstance(value, bool),
        O.CHANNEL: isinstance(value, Channel),
        O.ROLE: isinstance(value, Role),
        O.ATTACHMENT: isinstance(value, File),
    }.get(O(kind), True)
    if not fits:
        expected = O(kind).name.lower()
        raise ScenarioError(f"{name!r} takes a {expected}, not {value!r}")
