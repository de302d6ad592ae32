"""`python -m bot run`, with nothing changed but the address that it takes for Discord's."""

from __future__ import annotations

import os
import sys

import discord
import yarl

from bot.__main__ import main

if __name__ == "__main__":
    discord.http.Route.BASE = os.environ["TEST_API_URL"]
    gateway = yarl.URL(os.environ["TEST_GATEWAY_URL"])
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway
    sys.argv[1:] = ["run"]
    main()
