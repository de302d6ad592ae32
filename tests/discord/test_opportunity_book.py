"""Opportunities listed, shown, edited, closed; what stands in a post."""

from __future__ import annotations

import pytest

from bot.opportunities.rules.models import Outcome, Reply, Respondent, State
from tests.discord.bench import Bench
from tests.discord.days import DAY, pass_time
from tests.discord.market import WELDING, Market, midnight, partnered
from tests.discord.walks import buttons, pings, prefilled
from tests.loopback import Member, Response


@pytest.fixture
async def valley(small: Bench) -> Market:
    return await partnered(small)


async def uses(valley: Market, who: Member, command: str, **options: object) -> Response:
    return await who.uses(f"/opportunity {command}", in_=valley.lounge, **options)


# -- list, show ------------------------------------------------------------------------------------


async def test_a_list_has_what_is_open_and_a_topic_narrows_it_down(valley: Market) -> None:
    async with valley.bench.started():
        await valley.posted(capacity=4)
        await valley.posted(
            fields={"Title": "A grant", "Description": "Money for child care."},
            kind="funding call",
        )
        everything = await uses(valley, valley.pat, "list")
        welding = await uses(valley, valley.pat, "list", topic="welding")
        grants = await uses(valley, valley.pat, "list", topic="grants")
        nothing = await uses(valley, valley.pat, "list", topic="knitting")
        topics = await valley.pat.types_into("/opportunity list", in_=valley.lounge, topic="fund")
    assert everything.ephemeral
    assert "2 open opportunities" in everything.text
    assert "4 places left" in everything.text
    assert "Welding seats" in welding.text
    assert "A grant" not in welding.text
    assert "A grant" in grants.text
    assert "Welding seats" not in grants.text
    assert "Nothing that is open fits “knitting”" in nothing.text
    assert [choice.value for choice in topics] == ["funding call"]


async def test_the_poster_and_stewards_see_who_others_see_how_many(valley: Market) -> None:
    store = valley.bench.store
    await store.people.set_shown(
        valley.id, valley.pat.id, shown=True, name="Pat", contact="pat@plant.example"
    )
    await valley.joins(valley.ray, "Ray & Sons")
    async with valley.bench.started():
        post = await valley.posted(capacity=1)
        yes = await valley.pat.clicks("Interested", on=post)
        form = await valley.pat.clicks("Add a note", on=yes)
        await valley.pat.submits(form, {"Note": "Two seats, please"})
        await valley.quinn.clicks("Interested", on=post)
        no = await valley.ray.clicks("Not for us", on=post)
        form = await valley.ray.clicks("Add a note", on=no)
        await valley.ray.submits(form, {"Reason": "Too far"})
        for person in (valley.ivy, valley.sam):
            shown = await uses(valley, person, "show", id="Welding seats")
            assert shown.ephemeral
            assert "**Interested** (1)\n• **Pat's Plant**: Pat" in shown.text
            assert "pat@plant.example" in shown.text
            assert "Note: Two seats, please" in shown.text
            assert "**On the waiting list, in order** (1)\n• **Quinn Co**" in shown.text
            assert "**Not for us** (1)\n• **Ray & Sons**" in shown.text
            assert "Reason: Too far" in shown.text
            assert not pings(shown)
        other = await uses(valley, valley.quinn, "show", id="Welding seats")
    assert "1 interested · 1 waiting · 1 not for us" in other.text
    for secret in ("Pat's Plant", "Ray & Sons", "Two seats", "Too far"):
        assert secret not in other.text


@pytest.mark.slow
async def test_many_answers_are_shown_to_the_last(valley: Market) -> None:
    async with valley.bench.started():
        await valley.posted()
        found, now = await valley.newest(), valley.bench.clock()
        for n in range(60):
            by = Respondent(
                n + 1, f"Member {n}", f"Partner number {n}", Reply.INTERESTED, "n" * 90, now
            )
            await valley.bench.store.opportunities.reply(valley.id, found.id, by)
        shown = await uses(valley, valley.ivy, "show", id="Welding seats")
        await valley.bench.idle()
    text = "\n".join(message.text for message in (shown.message, *shown.followups))
    assert all(f"**Partner number {n}**" in text for n in range(60))


async def test_it_is_found_by_number_and_title_and_near_misses_are_named(valley: Market) -> None:
    async with valley.bench.started():
        await valley.posted()
        number = (await valley.newest()).id
        for typed in (str(number), f"#{number}", "welding seats", "Welding seat"):
            assert "Welding seats" in (await uses(valley, valley.pat, "show", id=typed)).text
        near = await uses(valley, valley.pat, "show", id="weldng")
        assert f"Did you mean #{number} Welding seats" in near.text
        for typed in ("4711", "#4711", "9" * 30, "knitting @everyone [a](https://x.example)"):
            unknown = await uses(valley, valley.pat, "show", id=typed)
            assert "There is no opportunity" in unknown.text
            assert "@everyone" not in unknown.text
        offered = await valley.pat.types_into("/opportunity show", in_=valley.lounge, id="weld")
        mine = await valley.pat.types_into("/opportunity edit", in_=valley.lounge, id="weld")
    assert [choice.value for choice in offered] == [str(number)]
    assert offered[0].name == f"#{number} Welding seats"
    assert mine == []


# -- edit ------------------------------------------------------------------------------------------


async def edited(
    valley: Market, who: Member, fields: dict[str, str], **options: object
) -> Response:
    form = await uses(valley, who, "edit", id="Welding seats", **options)
    return await who.submits(form, fields)


async def test_an_edit_opens_the_same_form_and_marks_the_post(valley: Market) -> None:
    async with valley.bench.started():
        post = await valley.posted(region="Ohio")
        form = await uses(valley, valley.ivy, "edit", id="Welding seats", capacity=3)
        assert prefilled(form) == WELDING | {"Deadline": f"{midnight(14):%Y-%m-%d %H:%M}"}
        done = await valley.ivy.submits(form, {"Description": "Ten seats by now."})
        assert "Changed: description, capacity" in done.text
        await valley.shown(post, "Ten seats by now.")
        assert "edited" in post.text
        assert "3 places left" in post.text
        assert "Ohio" in post.text
        assert len(valley.opportunities.history) == 1
        same = await edited(valley, valley.ivy, {})
        assert "Nothing is different" in same.text


async def test_a_refused_edit_changes_nothing_and_comes_back_filled(valley: Market) -> None:
    async with valley.bench.started():
        post = await valley.posted()
        refused = await edited(valley, valley.ivy, {"Deadline": "soon", "Title": "Brazing"})
        assert "I can't tell when" in refused.text
        assert "Brazing" not in post.text
        form = await valley.ivy.clicks("Edit", on=refused)
        assert prefilled(form)["Title"] == "Brazing"
        done = await valley.ivy.submits(form, {"Deadline": "in three weeks"})
        assert "Changed: title, deadline" in done.text
        await valley.shown(post, "Brazing")


async def test_who_may_not_edit_is_told_so(valley: Market) -> None:
    async with valley.bench.started():
        post = await valley.posted()
        refused = await uses(valley, valley.pat, "edit", id="Welding seats")
        assert "posted by somebody else" in refused.text
        assert (await uses(valley, valley.sam, "edit", id="Welding seats")).kind == "modal"
        form = await uses(valley, valley.ivy, "edit", id="Welding seats")
        valley.ivy.loses(valley.role)
        late = await valley.ivy.submits(form, {"Title": "Mine"})
        assert f"<@&{valley.role.id}>" in late.text
        refused = await uses(valley, valley.ivy, "edit", id="Welding seats")
        assert f"<@&{valley.role.id}>" in refused.text
        pressed = await valley.pat.clicks("Interested", on=post)
        assert "Noted" in pressed.text
        closed = await uses(valley, valley.ivy, "close", id="Welding seats", outcome="partly")
        assert "Closed" in closed.text


# -- close -----------------------------------------------------------------------------------------


async def test_closing_says_what_came_of_it_once(valley: Market) -> None:
    async with valley.bench.started():
        post = await valley.posted()
        closed = await uses(
            valley, valley.ivy, "close", id="Welding seats", outcome="filled", note="All taken"
        )
        assert "Closed" in closed.text
        assert "*filled*" in closed.text
        await valley.shown(post, "Closed: filled")
        assert "All taken" in post.text
        assert buttons(post) == []
        again = await uses(valley, valley.ivy, "close", id="Welding seats", outcome="none")
        assert "closed already, with the outcome *filled*" in again.text
        edit = await uses(valley, valley.ivy, "edit", id="Welding seats")
        assert "is closed" in edit.text
        assert "Nothing is open" in (await uses(valley, valley.pat, "list")).text
    assert (await valley.newest()).outcome is Outcome.FILLED


async def test_what_closed_by_itself_takes_an_outcome_later(valley: Market) -> None:
    async with valley.bench.started():
        post = await valley.posted(fields={"Deadline": f"{midnight(1):%Y-%m-%d}"})
        pass_time(valley.bench, 3 * DAY)
        await valley.shown(post, "**Closed**")
        assert buttons(post) == []
        noted = await uses(valley, valley.sam, "close", id="Welding seats", outcome="partly")
        assert "had closed by itself; now noted" in noted.text
        await valley.shown(post, "Closed: partly filled")
        again = await uses(valley, valley.ivy, "close", id="Welding seats", outcome="none")
        assert "closed already" in again.text


async def test_others_do_not_close_it(valley: Market) -> None:
    async with valley.bench.started():
        await valley.posted()
        refused = await uses(valley, valley.pat, "close", id="Welding seats", outcome="none")
    assert "posted by somebody else" in refused.text
    assert (await valley.newest()).state is State.OPEN


# -- what stands in a post -------------------------------------------------------------------------


async def test_nothing_in_a_post_pings_or_hides_where_a_link_leads(valley: Market) -> None:
    mean = "@everyone @here <@&1> [bank](https://evil.example/x) https://discord.gg/abc ||s|| # b"
    fields = {
        "Title": "[a](https://title.example) @everyone",
        "Description": mean,
        "Who it is for": mean,
        "Link": "https://bank.example@evil.example/login",
    }
    valley.guild.bot_member.gains(valley.guild.role("Loud", "mention_everyone"))
    async with valley.bench.started():
        preview = await valley.preview(fields=fields, region=mean[:90], contact=mean)
        draft = preview.text
        await valley.ivy.clicks("Post", on=preview)
        post = await valley.opportunities.next_message(after=0)
        shown = await uses(valley, valley.ivy, "show", id=str((await valley.newest()).id))
    for text in (draft, post.text, shown.text):
        assert "Link** to evil.example: <https://bank.example@evil.example/login>" in text
        assert "lead to: title.example, evil.example" in text
        assert "](http" not in text
        assert "@everyone" not in text.replace("@\u200beveryone", "")
        assert "||s||" not in text
    assert not post.pings
    assert not pings(preview)


async def test_the_longest_post_keeps_within_discords_limits(valley: Market) -> None:
    fields = {
        "Title": "*" * 100,
        "Description": "_*~" * 600 + "\n" * 5 + f"[{'*' * 50}](https://{'a' * 60}.example/) end",
        "Who it is for": "|" * 300,
        "Link": "https://example.org/" + "x" * 470,
    }
    for n in range(40):
        person = valley.guild.member(f"Member {n}")
        await valley.joins(person, "*" * 80 + f" {n}", "*" * 30 + " end")
    async with valley.bench.started():
        preview = await valley.preview(fields=fields, region="~" * 100, contact="`" * 200)
        assert "and 3" in preview.text
        twin = await valley.preview(fields=fields, region="~" * 100, contact="`" * 200)
        await valley.ivy.clicks("Post", on=twin)
        alike = await valley.ivy.clicks("Post", on=preview)
        await alike.until(lambda r: "It stands here" in r.text)
        again = await valley.preview(fields=fields, region="~" * 100, contact="`" * 200)
        assert "Much like" in again.text
        first = (await valley.bench.store.opportunities.opportunities(valley.id))[-1]
        shown = await uses(valley, valley.ivy, "show", id=str(first.id))
        listed = await uses(valley, valley.ivy, "list")
    assert len(valley.opportunities.history) == 2
    assert "Answers" in shown.text
    assert "2 open opportunities" in listed.text
