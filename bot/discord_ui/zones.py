"""Completing the time zones that people type."""

from __future__ import annotations

from discord import app_commands

from bot.core.quiet import read_zone, suggest_zones
from bot.discord_ui.limits import CHOICES


def zone_choices(typed: str) -> list[app_commands.Choice[str]]:
    """The zone that is meant, as far as that can be told, then those whose names come near."""
    meant = read_zone(typed) if typed.strip() else None
    names = dict.fromkeys([*([meant.key] if meant else []), *suggest_zones(typed, CHOICES)])
    return [app_commands.Choice(name=name, value=name) for name in list(names)[:CHOICES]]
