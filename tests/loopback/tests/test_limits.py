"""The numbers the bot goes by are those Discord publishes."""

from __future__ import annotations

import json

import pytest

from tests.loopback.limits import DOCUMENTED, LIMITS

limits = pytest.importorskip("bot.adapters.discord.limits")
OWN = {name: value for name, value in vars(limits).items() if name.isupper()}


def test_the_numbers_the_bot_states_are_those_the_server_refuses_by() -> None:
    both = {name: value for name, value in OWN.items() if name in LIMITS}

    assert both
    assert both == {name: LIMITS[name] for name in both}


def test_every_documented_number_names_the_schema_it_comes_from() -> None:
    documented = json.loads(DOCUMENTED.read_text(encoding="utf-8"))["limits"]
    for name, entry in documented.items():
        assert "." in entry["schema"], name
        assert isinstance(entry["value"], int), name
