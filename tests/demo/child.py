"""`python -m bot run`, but with our address for Discord's, and with a clock that may be ahead."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta

import discord
import yarl

from bot import wiring
from bot.__main__ import main

AHEAD = timedelta(seconds=float(os.environ.get("TEST_CLOCK_AHEAD", "0")))


def later() -> datetime:
    """The time as the bot is to take it."""
    return datetime.now(UTC) + AHEAD


if __name__ == "__main__":
    discord.http.Route.BASE = os.environ["TEST_API_URL"]
    gateway = yarl.URL(os.environ["TEST_GATEWAY_URL"])
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway
    wiring.utc_now = later
    sys.argv[1:] = ["run"]
    main()
