"""Discord on the loopback interface, for tests and demonstrations.

The server speaks gateway v10 and the HTTP API to an unmodified client, refuses what Discord
refuses, fails on demand, and lets a test talk as people do:

    async with DiscordServer() as server:
        guild = server.guild("Valley Alliance")
        channel, rosa = guild.channel("questions"), guild.member("Rosa")
        ...start the bot with server.api_url, server.gateway_url and server.token...
        await server.connected()
        asked = await rosa.says(channel, "What is a backbone?")
        answer = await channel.next_message(after=asked, by=server.bot)
        read = await rosa.selects("Read a passage", "Backbone", on=answer)
        form = await rosa.clicks("Answer", on=await rosa.uses("/checklist start", name="trust"))
        done = await rosa.submits(form, {"Your answer": "The sponsor"})
        server.assert_clean()

World: `server.guild`, `guild.channel`, `guild.role`, `guild.member` and `guild.bot` return the part
of that name, new or known. Waiting: nothing sleeps; what is awaited is looked at after every change
and fails after `within` seconds with the transcript. Violations: everything refused is kept in
`server.violations`, unless it happens inside `with server.expecting(code=...)`.

How to use it stands in README.md beside this file. Reading the code: `server` puts all together;
`world` is the state, `people` act on it, `payloads` is how it is sent; `gateway` and `rest` speak to
the bot; `validation` and `permissions` refuse; `faults`, `records`, `clock` are a test's handles.
"""

from .address import discord_at
from .clock import Clock, ManualClock, SystemClock
from .errors import BotTimeoutError, InteractionFailedError, ScenarioError, UnexpectedRefusalError
from .faults import Faults, Gate
from .people.actor import Actor
from .people.response import Response
from .permissions import Permission
from .records import RequestRecord, RouteCount, Violation
from .server import DiscordServer
from .world.channels import Channel
from .world.guilds import Guild, Member
from .world.model import Attachment, Choice, File, Interaction, Message, Modal, Pings, Role, User

__all__ = [
    "Actor",
    "Attachment",
    "BotTimeoutError",
    "Channel",
    "Choice",
    "Clock",
    "DiscordServer",
    "Faults",
    "File",
    "Gate",
    "Guild",
    "Interaction",
    "InteractionFailedError",
    "ManualClock",
    "Member",
    "Message",
    "Modal",
    "Permission",
    "Pings",
    "RequestRecord",
    "Response",
    "Role",
    "RouteCount",
    "ScenarioError",
    "SystemClock",
    "UnexpectedRefusalError",
    "User",
    "Violation",
    "discord_at",
]
