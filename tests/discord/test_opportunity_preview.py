"""Posting an opportunity: the form, what is wrong with it, the preview."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.errors import ModelUnusable
from bot.opportunities.rules.models import Mode, State
from tests.discord.bench import Bench
from tests.discord.market import KIND, WELDING, Market, market, midnight
from tests.discord.walks import buttons, pings, prefilled
from tests.examples import further
from tests.loopback import Response


@pytest.fixture
async def valley(small: Bench) -> Market:
    return await market(small)


async def states(valley: Market) -> list[State]:
    known = await valley.bench.store.opportunities.opportunities(valley.id, states=tuple(State))
    return [one.state for one in known]


async def test_the_form_has_the_five_fields_and_the_preview_shows_the_post(valley: Market) -> None:
    async with valley.bench.started():
        form = await valley.form(capacity=5, region="Ohio", contact="ivy@example.org")
        assert list(prefilled(form)) == list(WELDING)
        preview = await valley.ivy.submits(form, WELDING)
    assert preview.ephemeral
    assert buttons(preview) == ["Post", "Edit", "Discard"]
    for text in (*WELDING.values(), "Ohio", "Places** 5", "ivy@example.org"):
        if text != WELDING["Deadline"]:
            assert text in preview.text
    assert f"<t:{int(midnight(14).timestamp())}:f>" in preview.text
    assert "college.example.org: <https://college.example.org/welding>" in preview.text
    assert "Training seats" in preview.text
    assert "Posted by Ivy" in preview.text
    assert await states(valley) == [State.DRAFT]
    assert valley.opportunities.history == []


async def test_the_preview_names_the_partners_it_reaches_how_and_why(valley: Market) -> None:
    await valley.joins(valley.pat, "Pat's Plant", "welding", "bread")
    await valley.joins(valley.quinn, "Quinn Co", "courses", mode=Mode.DAILY)
    await valley.joins(valley.ray, "Ray & Sons", "evening welding school", mode=Mode.WEEKLY)
    await valley.joins(valley.guild.member("Una"), "Una Ltd", "knitting")
    await valley.joins(valley.guild.member("Olaf"), "Olaf Off", "welding", mode=Mode.OFF)
    await valley.joins(valley.ivy, "Ivy College", "welding")
    async with valley.bench.started():
        preview = await valley.preview()
    text = preview.text
    assert "Notified: 3 partners" in text
    assert "Instant (now): 1\n• **Pat's Plant**: looks for “welding”, which it names" in text
    assert "Daily digest: 1\n• **Quinn Co**" in text
    assert "Weekly digest: 1\n• **Ray & Sons**" in text
    assert "which comes near in meaning" in text
    for name in ("Una Ltd", "Olaf Off"):
        assert name not in text
    assert "• **Ivy College**" not in text


async def test_a_preview_that_reaches_nobody_and_never_ends_says_so(valley: Market) -> None:
    async with valley.bench.started():
        preview = await valley.preview(fields={"Deadline": "", "Link": ""})
    assert "Notified: nobody" in preview.text
    assert "closes after 60 days" in preview.text


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("Deadline", "March 3, 2020", "“March 3, 2020” has passed"),
        ("Deadline", "soon", "I can't tell when “soon” is"),
        ("Title", "seats " * 50, "The title has 299 characters, and 100 fit."),
        ("Link", "javascript:alert(1)", "has to be a web address"),
        *further(
            ("Link", "ftp://example.org/x", "has to be a web address"),
            ("Description", "x" * 2001, "more than 2,000 characters"),
        ),
    ],
)
async def test_a_refused_form_comes_back_filled_also_after_a_restart(
    valley: Market, field: str, typed: str, said: str
) -> None:
    filled = WELDING | {field: typed}
    async with valley.bench.started():
        refused = await valley.preview(fields={field: typed}, capacity=3, region="Ohio")
        assert refused.ephemeral
        assert said in refused.text
        assert buttons(refused) == ["Edit"]
        assert await states(valley) == []
    async with valley.bench.started():
        form = await valley.ivy.clicks("Edit", on=refused)
        assert prefilled(form) == filled
        again = await valley.form()
        assert prefilled(again) == filled
        preview = await valley.ivy.submits(form, {field: WELDING[field]})
        assert buttons(preview) == ["Post", "Edit", "Discard"]
        assert "Ohio" in preview.text
        assert "Places** 3" in preview.text
        fresh = await valley.form()
        assert set(prefilled(fresh).values()) == {""}


async def test_all_that_is_wrong_is_said_at_once(valley: Market) -> None:
    async with valley.bench.started():
        refused = await valley.preview(fields={"Deadline": "soon", "Link": "nowhere"})
    assert "I can't tell when" in refused.text
    assert "web address" in refused.text


async def test_an_edited_draft_is_the_same_draft(valley: Market) -> None:
    async with valley.bench.started():
        preview = await valley.preview()
        form = await valley.ivy.clicks("Edit", on=preview)
        assert prefilled(form)["Title"] == WELDING["Title"]
        assert prefilled(form)["Deadline"] == f"{midnight(14):%Y-%m-%d %H:%M}"
        edited = await valley.ivy.submits(form, {"Title": "Brazing seats"})
        assert "Brazing seats" in edited.text
        assert edited.message.id == preview.message.id
        listed = await valley.ivy.uses("/opportunity list", in_=valley.lounge)
        assert "Brazing seats" in listed.text
        other = await valley.pat.uses("/opportunity list", in_=valley.lounge)
        assert "Brazing" not in other.text
        unknown = await valley.pat.uses("/opportunity show", in_=valley.lounge, id="Brazing seats")
        assert "There is no opportunity" in unknown.text
    assert await states(valley) == [State.DRAFT]


async def test_a_discarded_draft_is_gone(valley: Market) -> None:
    async with valley.bench.started():
        preview = await valley.preview()
        late = await valley.preview()
        number = (await valley.newest()).id
        gone = await valley.ivy.clicks("Discard", on=preview)
        assert "nothing was posted" in gone.text
        for label in ("Post", "Edit", "Discard"):
            stale = await valley.ivy.clicks(label, on=preview, stale=True)
            assert "gone" in stale.text
        assert f"#{number}" in late.text
        edit = await valley.ivy.uses("/opportunity edit", in_=valley.lounge, id=str(number))
        assert edit.kind == "modal"
    assert sorted(await states(valley)) == [State.DISCARDED, State.DRAFT]


async def test_a_near_duplicate_of_an_open_one_is_pointed_out(valley: Market) -> None:
    async with valley.bench.started():
        post = await valley.posted()
        same = await valley.preview(fields={"Description": "Something else entirely."})
        near = await valley.preview(
            fields={"Title": "Seats, welding", "Description": WELDING["Description"]}
        )
        other = await valley.preview(fields={"Title": "Bread", "Description": "We bake."})
        number = (await valley.bench.store.opportunities.opportunities(valley.id))[0].id
    for preview in (same, near):
        assert f"Much like one that is open:** #{number} Welding seats" in preview.text
        assert str(post.id) in preview.text
    assert "Much like" not in other.text


async def test_a_form_opened_before_a_restart_is_taken_after_it(valley: Market) -> None:
    async with valley.bench.started():
        form = await valley.form(capacity=7)
    async with valley.bench.started():
        preview = await valley.ivy.submits(form, WELDING)
        assert "Places** 7" in preview.text
    async with valley.bench.started():
        posted = await valley.ivy.clicks("Post", on=preview)
        await posted.until(lambda r: "It stands here" in r.text)
    assert len(valley.opportunities.history) == 1


async def test_without_a_model_partners_are_matched_by_words(
    valley: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    await valley.joins(valley.pat, "Pat's Plant", "welding", "evening welding school")
    async with valley.bench.started() as client:

        async def broken(_: object) -> object:
            raise ModelUnusable("The model is gone.")

        monkeypatch.setattr(type(client.services.meanings), "vectors", lambda _, t: broken(t))
        preview = await valley.preview()
    assert "**Pat's Plant**: looks for “welding”" in preview.text


# -- who may, and where ----------------------------------------------------------------------------


async def test_without_the_role_nobody_posts_not_even_a_steward(valley: Market) -> None:
    async with valley.bench.started():
        for person in (valley.pat, valley.sam):
            refused = await valley.form(person)
            assert refused.ephemeral
            assert f"<@&{valley.role.id}>" in refused.text
            assert not pings(refused)


async def test_stewards_post_where_no_role_is_set(valley: Market) -> None:
    await valley.bench.store.alliances.change_settings(valley.id, intermediary_role=None)
    async with valley.bench.started():
        assert "only its stewards post" in (await valley.form(valley.pat)).text
        assert (await valley.form(valley.sam)).kind == "modal"


async def test_a_role_taken_away_keeps_what_was_typed_and_posts_nothing(valley: Market) -> None:
    async with valley.bench.started():
        form = await valley.form()
        preview = await valley.preview()
        valley.ivy.loses(valley.role)
        refused = await valley.ivy.clicks("Post", on=preview)
        assert f"<@&{valley.role.id}>" in refused.text
        assert await states(valley) == [State.DRAFT]
        typed = await valley.ivy.submits(form, WELDING)
        assert f"<@&{valley.role.id}>" in typed.text
        valley.ivy.gains(valley.role)
        again = await valley.ivy.clicks("Edit", on=typed)
        assert prefilled(again) == WELDING


async def test_without_a_channel_it_stays_a_draft_and_says_how_to_set_one(small: Bench) -> None:
    valley = await market(small)
    await small.store.alliances.remove_channel(valley.id, valley.opportunities.id)
    async with small.started():
        preview = await valley.preview()
        assert "/guide channel add purpose:opportunities" in preview.text
        refused = await valley.ivy.clicks("Post", on=preview)
        assert "/guide channel add purpose:opportunities" in refused.text
        assert await states(valley) == [State.DRAFT]
        await valley.sam.uses(
            "/guide channel add",
            in_=valley.lounge,
            channel=valley.opportunities,
            purpose="opportunities",
        )
        posted = await valley.ivy.clicks("Post", on=preview)
        await posted.until(lambda r: "Posted" in r.text)
    assert await states(valley) == [State.OPEN]


async def test_a_channel_that_is_closed_to_the_bot_is_named(valley: Market) -> None:
    valley.opportunities.deny(valley.guild.bot_member, "send_messages")
    async with valley.bench.started():
        preview = await valley.preview()
        refused = await valley.ivy.clicks("Post", on=preview)
    assert "**Send Messages**" in refused.text
    assert await states(valley) == [State.DRAFT]


# -- Post ------------------------------------------------------------------------------------------


async def test_post_says_where_it_stands_and_how_many_hear(valley: Market) -> None:
    await valley.joins(valley.pat, "Pat's Plant", "welding")
    async with valley.bench.started():
        preview = await valley.preview()
        posted = await valley.ivy.clicks("Post", on=preview)
        await posted.until(lambda r: "It stands here" in r.text)
        (post,) = valley.opportunities.history
    assert f"/{valley.id}/{valley.opportunities.id}/{post.id}" in posted.text
    assert "1 partner hears" in posted.text
    assert buttons(post) == ["Interested", "Not for us", "Ask a question"]
    for name in ("Title", "Description", "Who it is for"):
        assert WELDING[name] in post.text
    assert not post.pings


async def test_post_twice_at_once_gives_one(valley: Market) -> None:
    async with valley.bench.started():
        preview = await valley.preview()
        both = await asyncio.gather(
            valley.ivy.clicks("Post", on=preview), valley.ivy.clicks("Post", on=preview)
        )
        await both[0].until(lambda _: "It stands here" in preview.message.text)
        late = await valley.ivy.clicks("Post", on=preview, stale=True)
        await valley.bench.idle()
    assert len(valley.opportunities.history) == 1
    assert await states(valley) == [State.OPEN]
    assert any("was posted already" in text for text in map(last_of, (*both, late)))


def last_of(response: Response) -> str:
    return "\n".join(message.text for message in (*response.messages, *response.followups))


async def test_the_cap_of_the_day_is_for_the_whole_organization(small: Bench) -> None:
    small.settings = small.settings.model_copy(
        update={"opportunities": small.settings.opportunities.model_copy(update={"cap": 2})}
    )
    valley = await market(small)
    await valley.joins(valley.ivy, "Ivy College")
    await valley.joins(valley.pat, "Ivy College")
    valley.pat.gains(valley.role)
    async with small.started():
        await valley.posted(fields={"Title": "One"})
        await valley.posted(valley.pat, fields={"Title": "Two"})
        preview = await valley.preview(fields={"Title": "Three"})
        refused = await valley.ivy.clicks("Post", on=preview)
        assert "Ivy College has posted 2 opportunities today" in refused.text
        assert buttons(refused) == ["Post", "Edit", "Discard"]
        small.clock.advance(24 * 3600)
        posted = await valley.ivy.clicks("Post", on=refused)
        await posted.until(lambda r: "Posted: Three" in r.text)


async def test_joining_another_organization_does_not_begin_the_day_anew(small: Bench) -> None:
    small.settings = small.settings.model_copy(
        update={"opportunities": small.settings.opportunities.model_copy(update={"cap": 2})}
    )
    valley = await market(small)
    await valley.joins(valley.ivy, "Ivy College")
    async with small.started():
        for title in ("One", "Two"):
            await valley.posted(fields={"Title": title})
        await valley.ivy.uses("/partner join", in_=valley.lounge, name="Harbor League")
        preview = await valley.preview(fields={"Title": "Three"})
        refused = await valley.ivy.clicks("Post", on=preview)
    assert "You have posted 2 opportunities today" in refused.text
    assert len(valley.opportunities.history) == 2


async def test_kinds_are_offered_as_people_call_them(valley: Market) -> None:
    async with valley.bench.started():
        preview = await valley.preview(kind="request for help")
    assert "Request for help" in preview.text
    assert KIND.capitalize() not in preview.text
