"""Links and names that look like others: what people see of them."""

from __future__ import annotations

import pytest

from tests.discord.bench import Bench
from tests.discord.market import Market, market
from tests.discord.walks import buttons


@pytest.fixture
async def valley(small: Bench) -> Market:
    return await market(small)


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example\\@chamber.org",
        "https://chamber.org\uff0fx@evil.example/",
        "https://chamber.org\u2060.evil.example",
        "https://0x7f.0.0.1/",
        "https://chamber.org:0/",
    ],
)
async def test_a_link_that_leads_elsewhere_than_it_seems_is_refused(
    valley: Market, link: str
) -> None:
    async with valley.bench.started():
        refused = await valley.preview(fields={"Link": link})
    assert "has to be a web address" in refused.text
    assert buttons(refused) == ["Edit"]


async def test_hosts_in_other_scripts_are_shown_as_the_net_knows_them(valley: Market) -> None:
    text = "See [the chamber](https://\u0441hamber.example/x)."
    fields = {"Link": "https://\u0441hamber.example/seats", "Description": text}
    async with valley.bench.started():
        preview = await valley.preview(fields=fields)
        post = await valley.posted(fields=fields)
    host = "\u0441hamber.example".encode("idna").decode()  # by another library
    for shown in (preview.text, post.text):
        assert f"to {host}: <https://{host}/seats>" in shown
        assert f"Links in the text lead to: {host}" in shown


async def test_signs_that_nobody_sees_are_not_shown(valley: Market) -> None:
    fields = {"Title": "Free\u202e seats\u200b"}
    async with valley.bench.started():
        post = await valley.posted(
            fields=fields, region="Day\u2066ton", contact="ivy\u2060@college.example"
        )
    assert "Free seats" in post.text
    assert "Dayton" in post.text
    assert "ivy@college.example" in post.text


async def test_a_name_that_looks_the_same_is_the_same_organization(valley: Market) -> None:
    await valley.joins(valley.pat, "Pat's Plant", "welding")
    async with valley.bench.started():
        joined = await valley.quinn.uses(
            "/partner join", in_=valley.lounge, name="Pat\u2060's Plant\u3164"
        )
        await valley.quinn.uses(
            "/partner interests",
            in_=valley.lounge,
            topics="bread",
            organization="Pat's Pl\u200bant",
        )
        listed = await valley.pat.uses("/partner list", in_=valley.lounge)
    assert "**Pat's Plant**" in joined.text
    assert "bread" in listed.text
    assert listed.text.count("Pat's Plant") == 1
