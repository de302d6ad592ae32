"""Posts of opportunities, their channel and roles are deleted or changed by hand."""

from __future__ import annotations

from tests.discord.bench import Bench, eventually
from tests.discord.market import Market, partnered
from tests.discord.offers import settled, told
from tests.discord.walks import buttons
from tests.loopback import Message

PLACE = "https://discord.com/channels/"


async def shown(market: Market, who: object, number: int) -> object:
    """What /opportunity show says to somebody."""
    return await who.uses("/opportunity show", in_=market.lounge, id=str(number))  # type: ignore[attr-defined]


async def gone(market: Market, title: str) -> Message:
    """What the poster is told of a post that is gone."""
    said = f"**{title}** ("
    (word,) = await eventually(
        lambda: [one for one in told(market.ivy.dm, said) if "It is still open" in one.text]
    )
    await settled(market.bench)
    return word


async def test_a_post_deleted_by_a_moderator_is_answered_without_it_and_posted_again(
    bench: Bench,
) -> None:
    market = await partnered(bench, "welding")
    ivy, quinn, board = market.ivy, market.quinn, market.opportunities
    async with bench.started():
        post = await market.posted()
        number = (await market.newest()).id
        await market.guild.owner.deletes(post)
        word = await gone(market, "Welding seats")
        assert f"The post of **Welding seats** (#{number}) in Valley was deleted" in word.text
        assert buttons(word) == ["Post again", "Close"]
        listed = await quinn.uses("/opportunity list", in_=market.lounge)
        assert "its post is gone" in listed.text
        page = await shown(market, quinn, number)
        assert buttons(page) == ["Interested", "Not for us"]
        pressed = await quinn.clicks("Interested", on=page)
        assert "Noted: Quinn Co is interested" in pressed.text
        own = await shown(market, ivy, number)
        assert buttons(own) == ["Post again", "Close"]
        # Nobody is led to where it stood.
        form = await ivy.uses("/opportunity edit", in_=market.lounge, id=str(number))
        await ivy.submits(form, {"Title": "Welding seats in the evening"})
        await settled(bench)
        (change,) = told(quinn.dm, "was changed")
        assert PLACE not in change.text

        again = await ivy.clicks("Post again", on=word)
        assert f"goes to <#{board.id}> again" in again.text
        await settled(bench)
        (stands,) = told(board, "Welding seats in the evening")
        assert "1 interested" in stands.text
        twice = await ivy.clicks("Post again", on=own)
        assert "posted already" in twice.text
        assert f"{board.id}/{stands.id}" in twice.text
        await market.pat.clicks("Interested", on=stands)
        await market.shown(stands, "2 interested")

        sam = market.guild.member("Mo", permissions=["manage_messages", "view_channel"])
        other = await market.posted(fields={"Title": "Forklift seats"})
        await sam.deletes_all(stands, other)
        word = await gone(market, "Forklift seats")
        menu = await ivy.clicks("Close", on=word)
        before = await shown(market, ivy, number + 1)
        closed = await ivy.selects("What came of it", "Withdrawn", on=menu)
        assert "Closed: " in closed.text
        assert "closed" in (await ivy.clicks("Close", on=before)).text
        await gone(market, "Welding seats in the evening")


async def test_posts_whose_channel_was_deleted_come_to_the_next_and_move_with_it(
    bench: Bench,
) -> None:
    market = await partnered(bench, "welding")
    ivy, sam, guild, here = market.ivy, market.sam, market.guild, market.lounge
    async with bench.started():
        await market.posted()
        number = (await market.newest()).id
        market.opportunities.delete()
        word = await gone(market, "Welding seats")
        assert "The channel in which **Welding seats**" in word.text
        refused = await ivy.clicks("Post again", on=word)
        assert "no channel for opportunities" in refused.text
        assert "press **Post again**" in refused.text
        assert buttons(refused) == ["Post again", "Close"]
        status = await sam.uses("/guide status", in_=here)
        assert "no channel for opportunities any more" in status.text
        assert "1 open opportunity has no post" in status.text

        second, third = guild.channel("second"), guild.channel("third")
        chosen = await sam.uses(
            "/guide channel add", in_=here, channel=second, purpose="opportunities"
        )
        assert "1 open opportunity goes there too" in chosen.text
        await settled(bench)
        (post,) = told(second, "Welding seats")
        assert buttons(post) == ["Interested", "Not for us", "Ask a question"]
        assert "Opportunities" not in (await sam.uses("/guide status", in_=here)).text
        setup = await sam.uses("/guide setup", in_=here)
        await sam.selects("Channel for opportunities", third, on=setup)
        await settled(bench)
        (moved,) = told(third, "Welding seats")
        assert f"**Welding seats** (#{number}) stands in <#{third.id}> now." in post.text
        assert buttons(post) == []
        await market.pat.clicks("Interested", on=moved)
        await market.shown(moved, "1 interested")
        assert f"{third.id}/{moved.id}" in (await shown(market, market.quinn, number)).text
        again = await sam.uses(
            "/guide channel add", in_=here, channel=third, purpose="opportunities"
        )
        assert "was for opportunities already" in again.text
        await settled(bench)
    assert len(told(third, "Welding seats")) == 1
    assert len(told(ivy.dm, "was deleted")) == 0  # pressed: it says what can't be


async def test_a_post_that_was_deleted_on_purpose_goes_to_no_other_channel_by_itself(
    bench: Bench,
) -> None:
    market = await partnered(bench, "welding")
    ivy, sam, guild, here = market.ivy, market.sam, market.guild, market.lounge
    second, third = guild.channel("second"), guild.channel("third")
    async with bench.started():
        taken_down = await market.posted()
        await market.posted(fields={"Title": "Forklift seats"})
        await settled(bench)
        await guild.owner.deletes(taken_down)
        word = await gone(market, "Welding seats")
        setup = await sam.uses("/guide setup", in_=here)
        await sam.selects("Channel for opportunities", second, on=setup)
        await settled(bench)
        assert len(told(second, "Forklift seats")) == 1
        assert told(second, "Welding seats") == []
        # Also where the channel goes as well, and another is chosen.
        second.delete()
        await gone(market, "Forklift seats")
        chosen = await sam.uses(
            "/guide channel add", in_=here, channel=third, purpose="opportunities"
        )
        assert "1 open opportunity goes there too" in chosen.text
        await settled(bench)
        assert len(told(third, "Forklift seats")) == 1
        assert told(third, "Welding seats") == []
        again = await ivy.clicks("Post again", on=word)
        assert f"goes to <#{third.id}> again" in again.text
        await settled(bench)
        assert len(told(third, "Welding seats")) == 1
        # From then on it moves with the others.
        await sam.uses(
            "/guide channel add", in_=here, channel=market.opportunities, purpose="opportunities"
        )
        await settled(bench)
        assert len(told(market.opportunities, "Welding seats")) == 1


async def test_what_was_deleted_unheard_is_noticed_at_the_next_edit_or_start(
    bench: Bench,
) -> None:
    market = await partnered(bench, "welding")
    async with bench.started():
        first = await market.posted()
        await settled(bench)
        (notice,) = told(market.pat.dm, "Welding seats")
        first.deleted = True  # and Discord tells nobody
        with bench.server.expecting(code=10008, times=1):
            await market.pat.clicks("Interested", on=notice)
            assert "was deleted" in (await gone(market, "Welding seats")).text
        second = await market.posted(fields={"Title": "Forklift seats"})
    second.deleted = True
    async with bench.started():
        await gone(market, "Forklift seats")
        await market.posted(fields={"Title": "Crane seats"})
    market.opportunities.delete()
    async with bench.started():
        word = await gone(market, "Crane seats")
        assert "The channel in which **Crane seats**" in word.text
        asked = await market.sam.uses("/guide status", in_=market.lounge)
        assert "3 open opportunities have no post" in asked.text
    assert len(told(market.ivy.dm, "still open")) == 3


async def test_a_deleted_role_is_shown_as_deleted_and_stewards_stand_in(bench: Bench) -> None:
    market = await partnered(bench, "welding")
    sam, here = market.sam, market.lounge
    guides = market.guild.role("Guides")
    await bench.store.alliances.change_settings(market.id, steward_role=guides.id)
    async with bench.started():
        page = await sam.uses("/guide roles", in_=here)
        assert f"and <@&{guides.id}>" in page.text
        market.guild.delete_role(market.role)
        market.guild.delete_role(guides)
        for command in ("/guide roles", "/guide setup", "/guide status"):
            page = await sam.uses(command, in_=here)
            assert "; the role chosen for them was deleted" in page.text
            assert "so only the stewards post until `/guide roles`" in page.text
            assert "<@&" not in page.text
        refused = await market.form()
        assert "The role for posting was deleted" in refused.text
        assert (await market.form(sam)).kind == "modal"
