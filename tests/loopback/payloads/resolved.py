"""The `resolved` tables of an interaction: the people, roles, channels and files it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.loopback.constants import Json
from tests.loopback.errors import ScenarioError
from tests.loopback.world.channels import Channel
from tests.loopback.world.model import File, Role, User

from . import objects

if TYPE_CHECKING:
    from tests.loopback.world.guilds import Guild
    from tests.loopback.world.world import World


class Resolved:
    """Collects what an interaction refers to, and gives each its id."""

    def __init__(self, world: World, guild: Guild | None = None) -> None:
        self._world = world
        self._guild = guild
        self._tables: dict[str, Json] = {}

    def put(self, table: str, identity: int, data: Json) -> None:
        self._tables.setdefault(table, {})[str(identity)] = data

    def tables(self) -> dict[str, Json]:
        """Return all tables that have anything in them."""
        return self._tables

    def add(self, value: Any) -> str:
        """Note a member, user, role, channel or file, and return its id.

        Raises:
            ScenarioError: if it is none of these.
        """
        if isinstance(value, Channel):
            data = objects.channel(value)
            kept = ("id", "type", "name", "parent_id", "thread_metadata", "flags", "topic")
            data = {key: data[key] for key in kept if key in data}
            self.put("channels", value.id, data | {"permissions": "0"})
        elif isinstance(value, Role):
            self.put("roles", value.id, objects.role(value))
        elif isinstance(value, File):
            attachment = self._world.upload(value)
            attachment.ephemeral = True
            self.put("attachments", attachment.id, objects.attachment(attachment))
            return str(attachment.id)
        elif isinstance(user := getattr(value, "user", value), User):
            self.put("users", user.id, objects.user(user))
            guild = self._guild or getattr(value, "guild", None)
            if guild is not None and user.id in guild.members:
                member = guild.members[user.id]
                allowed = {"permissions": str(int(member.permissions))}
                self.put("members", user.id, objects.member_part(member) | allowed)
            return str(user.id)
        else:
            raise ScenarioError(f"{value!r} can't be chosen here")
        return str(value.id)
