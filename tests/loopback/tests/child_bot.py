"""A bot that runs as a process of its own; the test of two processes starts it."""

from __future__ import annotations

import os

import discord
import yarl

from .sample_commands import with_commands
from .small_bot import SmallBot


def main() -> None:
    """Connect to the server that the environment names."""
    discord.http.Route.BASE = os.environ["TEST_API_URL"]
    gateway = yarl.URL(os.environ["TEST_GATEWAY_URL"])
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway
    with_commands(SmallBot()).run(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    main()
