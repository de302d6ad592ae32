"""The registry of personal data knows every column, and says what is done."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import inspect

from bot.database.tables import Base
from bot.privacy.records import Forgotten, Purged
from bot.privacy.registry import HOLDINGS, registry_table
from tests.conftest import ROOT


def test_the_registry_knows_every_column_of_every_table_and_no_other() -> None:
    known = {(holding.name, name) for holding in HOLDINGS for name in holding.columns}
    stored = {(t.name, c.name) for t in Base.metadata.tables.values() for c in t.columns}
    assert known == stored
    assert len(HOLDINGS) == len(Base.metadata.tables)


def test_whoever_a_row_belongs_to_stands_in_one_of_its_columns() -> None:
    for holding in HOLDINGS:
        assert holding.person is None or holding.person in holding.columns, holding.name
        if holding.person is not None and holding.goes is not True:
            assert holding.person in holding.left, f"{holding.name} would still lead to the person"
        for name in holding.left:
            assert not inspect(holding.table).columns[name].primary_key


def test_every_count_has_a_table_and_every_title_is_used_once() -> None:
    assert {h.forgotten for h in HOLDINGS} - {None} == {field.name for field in fields(Forgotten)}
    assert {h.purged for h in HOLDINGS} - {None} == {field.name for field in fields(Purged)}
    titles = [holding.title for holding in HOLDINGS if holding.title]
    assert len(titles) == len(set(titles))


def test_the_page_about_what_is_stored_has_a_line_for_each_table() -> None:
    lines = registry_table().splitlines()
    assert registry_table() in (ROOT / "docs" / "what-is-stored.md").read_text("utf-8")
    assert [line.split("`")[1] for line in lines[2:]] == [holding.name for holding in HOLDINGS]
    assert all(line.count("|") == 6 for line in lines)
