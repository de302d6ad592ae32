"""An organization is its people's: they hear of each other, and stewards put right what is wrong."""

from __future__ import annotations

import pytest

from bot.alliances.records import ChannelPurpose
from bot.opportunities.rules.models import Mode, Reply
from bot.people.discord_presence import look_who_left
from tests.discord.bench import Bench, eventually
from tests.discord.market import Market, market
from tests.discord.offers import publish, says, told
from tests.discord.walks import MEAN, buttons
from tests.loopback import Channel, Member, Message, Response

JOIN, LIST = "/partner join", "/partner list"
PLANT = "Pat's Plant"
REMOVE, RENAME = "/guide partner remove", "/guide partner rename"
TAKE_OUT, REQUESTS = "/guide partner remove-person", "/guide partner requests"


@pytest.fixture
async def valley(small: Bench) -> Market:
    return await market(small)


async def comes(where: Channel, text: str) -> Message:
    """The bot's message with a text, as soon as it is there."""
    return (await eventually(lambda: told(where, text)))[-1]


async def joins(valley: Market, who: Member, name: str = PLANT) -> Response:
    return await who.uses(JOIN, in_=valley.lounge, name=name)


async def by_sam(valley: Market, command: str, **options: object) -> Response:
    return await valley.sam.uses(command, in_=valley.lounge, **options)


async def listed(valley: Market) -> str:
    return (await valley.ray.uses(LIST, in_=valley.lounge)).text


async def speakers(valley: Market) -> dict[str, int]:
    return dict(await valley.bench.store.people.organizations(valley.id))


# -- hearing of each other -----------------------------------------------------------------------


async def test_who_speaks_for_an_organization_hears_of_a_newcomer_once(valley: Market) -> None:
    async with valley.bench.started():
        first = await joins(valley, valley.pat)
        second = await joins(valley, valley.quinn)
        heard = await comes(valley.pat.dm, "Quinn** speaks for **Pat's Plant** too")
        await valley.quinn.uses("/partner leave", in_=valley.lounge, name=PLANT)
        await joins(valley, valley.quinn)
        third = await joins(valley, valley.ray)
        await comes(valley.pat.dm, "Ray** speaks for")
        await comes(valley.quinn.dm, "Ray** speaks for")
        await valley.bench.settled()
    assert "told" not in first.text
    assert "The other person who speaks for it is told." in second.text
    assert "The others who speak for it are told." in third.text
    assert "in Valley" in heard.text
    assert "tell a steward" in heard.text
    assert len(told(valley.pat.dm, "Quinn** speaks for")) == 1
    assert not told(valley.ray.dm, "speaks for")


async def test_nobody_hears_of_a_newcomer_who_is_gone_before_it_is_told(valley: Market) -> None:
    joined = await valley.bench.store.partners.join_or_ask(valley.id, valley.pat.id, PLANT, "Pat")
    assert (joined.told, joined.asked) == (0, False)
    await valley.bench.store.partners.join_or_ask(valley.id, valley.quinn.id, PLANT, MEAN)
    await valley.bench.store.partners.join_or_ask(valley.id, valley.ray.id, PLANT, MEAN)
    await valley.bench.store.people.leave_organization(valley.id, valley.quinn.id, PLANT)
    async with valley.bench.started():
        heard = await comes(valley.pat.dm, "speaks for")
        await valley.bench.settled()
    assert "\\*\\*big\\*\\*" in heard.text
    assert not heard.pings
    assert len(told(valley.pat.dm, "speaks for")) == 1
    assert not told(valley.quinn.dm, "speaks for")


async def test_the_others_hear_when_somebody_changes_the_answer_of_their_organization(
    valley: Market,
) -> None:
    for one in (valley.pat, valley.quinn):
        await valley.bench.store.people.join_organization(valley.id, one.id, PLANT)
    async with valley.bench.started():
        post = await valley.posted()
        await valley.pat.clicks("Interested", on=post)
        await valley.quinn.clicks("Interested", on=post)
        await valley.bench.settled()
        assert not told(valley.pat.dm, "changed what")
        await valley.quinn.clicks("Not for us", on=post)
        heard = await comes(valley.pat.dm, "Quinn changed what **Pat's Plant** answers")
        assert "it was “interested”, now it is “not for us”" in heard.text
        assert buttons(heard) == ["Interested", "Not for us"]
        await valley.bench.settled()
        assert len(told(valley.pat.dm, "changed what")) == 1
        await valley.pat.clicks("Interested", on=heard)
        back = await comes(valley.quinn.dm, "Pat changed what **Pat's Plant** answers")
        assert "now it is “interested”" in back.text
        await valley.bench.settled()
    assert [one.reply for one in await valley.answers()] == [Reply.INTERESTED]


async def test_what_was_changed_back_before_it_is_told_is_not_told(valley: Market) -> None:
    store = valley.bench.store
    for one in (valley.pat, valley.quinn):
        await store.people.join_organization(valley.id, one.id, PLANT)
    posted = await publish(store, valley.guild, valley.opportunities)
    await says(store, posted, valley.pat)
    await says(store, posted, valley.quinn, Reply.NOT_FOR_US)
    await says(store, posted, valley.pat)
    async with valley.bench.started():
        await comes(valley.quinn.dm, "Pat changed what")
        await valley.bench.settled()
    assert not told(valley.pat.dm, "changed what")


# -- organizations -------------------------------------------------------------------------------


async def test_a_steward_removes_an_organization_after_being_asked(valley: Market) -> None:
    async with valley.bench.started():
        await joins(valley, valley.pat)
        await joins(valley, valley.quinn, "Quinn Co")
        post = await valley.posted(fields={"Who it is for": "Anyone"}, capacity=1)
        await valley.pat.clicks("Interested", on=post)
        await valley.quinn.clicks("Interested", on=post)
        asked = await by_sam(valley, REMOVE, organization="pat's plant")
        assert asked.ephemeral
        assert "1 person speaks for it" in asked.text
        assert "**Pat's Plant**" in await listed(valley)
        done = await valley.sam.clicks("Remove the organization", on=asked)
        assert done.text == "**Pat's Plant** is removed."
        assert "Pat's Plant" not in await listed(valley)
        await comes(valley.pat.dm, "A steward removed **Pat's Plant**, for which you spoke")
        await valley.shown(post, "1 interested")
        unknown = await by_sam(valley, REMOVE, organization=PLANT)
        assert "There is no partner **Pat's Plant** here." in unknown.text
    assert {one.organization for one in await valley.answers()} == {"Quinn Co"}


async def test_an_organization_is_called_something_else_wherever_it_stands(
    valley: Market,
) -> None:
    async with valley.bench.started():
        await joins(valley, valley.pat)
        await joins(valley, valley.ivy, "Ivy Institute")
        post = await valley.posted()
        await valley.pat.clicks("Interested", on=post)
        taken = await by_sam(valley, RENAME, organization=PLANT, name="IVY institute")
        assert "There is another partner called **IVY institute**" in taken.text
        empty = await by_sam(valley, RENAME, organization=PLANT, name="!!!")
        assert "Please give the organization's name" in empty.text
        done = await by_sam(valley, RENAME, organization=PLANT, name="Plant of Pat")
        assert "**Pat's Plant** is called **Plant of Pat** now" in done.text
        await by_sam(valley, RENAME, organization="Ivy Institute", name="Institute of Ivy")
        await valley.shown(post, "Institute of Ivy")
        assert "**Plant of Pat** · 1 speaks for it" in await listed(valley)
        same = await valley.pat.clicks("Interested", on=post)
        assert "Already noted" in same.text
    assert [one.organization for one in await valley.answers()] == ["Plant of Pat"]


# -- people --------------------------------------------------------------------------------------


async def test_a_steward_takes_somebody_out_and_a_colleague_has_the_answer(
    valley: Market,
) -> None:
    async with valley.bench.started():
        await joins(valley, valley.pat)
        await joins(valley, valley.quinn)
        post = await valley.posted()
        await valley.quinn.clicks("Interested", on=post)
        wrong = await by_sam(valley, TAKE_OUT, organization=PLANT, person=valley.ray)
        assert "Ray doesn't speak for **Pat's Plant**" in wrong.text
        asked = await by_sam(valley, TAKE_OUT, organization=PLANT, person=valley.quinn)
        assert "takes Quinn out of **Pat's Plant**" in asked.text
        assert await speakers(valley) == {PLANT: 2}
        done = await valley.sam.clicks("Take out", on=asked)
        assert "no longer speak for **Pat's Plant**" in done.text
        await comes(valley.quinn.dm, "A steward took you out of **Pat's Plant** in Valley")
        mine = await valley.quinn.uses("/partner profile", in_=valley.lounge)
        assert "You speak for no organization yet" in mine.text
        again = await by_sam(valley, TAKE_OUT, organization=PLANT, person=valley.quinn)
        assert "doesn't speak for" in again.text
    assert await speakers(valley) == {PLANT: 1}
    (answer,) = await valley.answers()
    assert (answer.organization, answer.person) == (PLANT, valley.pat.id)


async def test_only_stewards_change_organizations_and_those_of_their_own_server(
    valley: Market,
) -> None:
    coast = await market(valley.bench, "Coast")
    async with valley.bench.started():
        await joins(valley, valley.pat)
        for command, options in (
            (REMOVE, {"organization": PLANT}),
            (RENAME, {"organization": PLANT, "name": "Mine"}),
            (TAKE_OUT, {"organization": PLANT, "person": valley.pat}),
            (REQUESTS, {}),
        ):
            refused = await valley.quinn.uses(command, in_=valley.lounge, **options)
            assert "This is for the stewards" in refused.text
        typed = await valley.quinn.types_into(REMOVE, in_=valley.lounge, organization="")
        assert typed == []
        typed = await valley.sam.types_into(REMOVE, in_=valley.lounge, organization="plant")
        assert [one.value for one in typed] == [PLANT]
        other = await by_sam(coast, REMOVE, organization=PLANT)
        assert "There is no partner **Pat's Plant** here." in other.text
    assert await speakers(valley) == {PLANT: 1}


# -- a steward's yes -----------------------------------------------------------------------------


async def needs_yes(valley: Market) -> None:
    await valley.bench.store.alliances.change_settings(valley.id, joining_needs_yes=True)


async def stewards_channel(valley: Market) -> Channel:
    channel = valley.guild.channel("stewards")
    await valley.bench.store.alliances.add_channel(valley.id, channel.id, ChannelPurpose.STEWARDS)
    return channel


async def test_whether_joining_needs_a_steward_is_chosen_in_setup(valley: Market) -> None:
    async with valley.bench.started():
        page = await by_sam(valley, "/guide setup")
        assert "says so with `/partner join`" in page.text
        page = await valley.sam.clicks("Joining needs a steward", on=page)
        assert "waits for a steward's yes, asked for in `/guide partner requests`" in page.text
        assert "The stewards are asked" in (await joins(valley, valley.pat)).text
        assert await speakers(valley) == {}
        page = await valley.sam.clicks("Joining without a steward", on=page)
        assert (
            "You speak for **Quinn Co** now" in (await joins(valley, valley.quinn, "Quinn Co")).text
        )
    assert await speakers(valley) == {"Quinn Co": 1}


async def test_a_request_stands_in_the_stewards_channel_and_is_decided_there(
    valley: Market,
) -> None:
    await needs_yes(valley)
    stewards = await stewards_channel(valley)
    await valley.bench.store.people.join_organization(valley.id, valley.quinn.id, PLANT)
    async with valley.bench.started():
        asked = await joins(valley, valley.pat, "pat's plant")
        assert "whether you speak for **Pat's Plant**" in asked.text
        again = await joins(valley, valley.pat)
        assert "The stewards are asked" in again.text
        request = await comes(stewards, "**Pat** (<@")
        assert "wants to speak for **Pat's Plant**" in request.text
        assert not request.pings
        assert buttons(request) == ["Accept", "Decline"]
    async with valley.bench.started():
        refused = await valley.ray.clicks("Accept", on=request)
        assert "This is for the stewards" in refused.text
        await valley.sam.clicks("Accept", on=request)
        await eventually(lambda: "accepted by Sam" in request.text)
        assert buttons(request) == []
        await comes(valley.pat.dm, "A steward agreed: you speak for **Pat's Plant** now in Valley")
        await comes(valley.quinn.dm, "Pat** speaks for **Pat's Plant** too")
        await valley.bench.settled()
    assert len(told(stewards, "wants to speak")) == 0
    assert len(stewards.history) == 1
    assert await speakers(valley) == {PLANT: 2}


async def test_requests_are_decided_one_after_the_other_without_a_channel(
    valley: Market,
) -> None:
    await needs_yes(valley)
    async with valley.bench.started():
        none = await by_sam(valley, REQUESTS)
        assert "Nobody waits" in none.text
        await joins(valley, valley.pat)
        await joins(valley, valley.quinn, "Quinn Co")
        await joins(valley, valley.quinn, "Quinn & Sons")
        page = await by_sam(valley, REQUESTS)
        assert "**Pat**" in page.text
        assert "1 more waits." in page.text
        next_ = await valley.sam.clicks("Decline", on=page)
        assert "**Pat** does not speak for **Pat's Plant**: declined by Sam." in next_.text
        assert "**Quinn** (<@" in next_.text
        late = await by_sam(valley, REQUESTS)
        last = await valley.sam.clicks("Accept", on=next_)
        assert "**Quinn** speaks for **Quinn & Sons** now" in last.text
        assert buttons(last) == []
        gone = await valley.sam.clicks("Decline", on=late)
        assert "That was decided already" in gone.text
        await comes(valley.pat.dm, "A steward did not agree that you speak for **Pat's Plant**")
    assert await speakers(valley) == {"Quinn & Sons": 1}


async def test_interest_for_an_organization_counts_once_a_steward_agreed(
    valley: Market,
) -> None:
    await needs_yes(valley)
    async with valley.bench.started():
        post = await valley.posted()
        form = await valley.pat.clicks("Interested", on=post)
        asked = await valley.pat.submits(form, {"Your organization": PLANT})
        assert "The stewards are asked whether you speak for **Pat's Plant**" in asked.text
        assert "press **Interested** again" in asked.text
        assert await valley.answers() == []
        await valley.sam.clicks("Accept", on=await by_sam(valley, REQUESTS))
        counted = await valley.pat.clicks("Interested", on=post)
        assert "Noted: Pat's Plant is interested" in counted.text


async def test_a_steward_needs_nobodys_yes(valley: Market) -> None:
    await needs_yes(valley)
    async with valley.bench.started():
        joined = await joins(valley, valley.sam, "Sam & Co")
    assert "You speak for **Sam & Co** now" in joined.text


async def test_a_request_of_somebody_who_is_forgotten_is_gone(valley: Market) -> None:
    await needs_yes(valley)
    stewards = await stewards_channel(valley)
    store = valley.bench.store
    await store.partners.join_or_ask(valley.id, valley.pat.id, PLANT, "Pat")
    exported = await store.privacy.export_person(valley.id, valley.pat.id)
    assert [one["organization"] for one in exported["asked_to_join"]] == [PLANT]
    await store.privacy.forget_person(valley.id, valley.pat.id)
    async with valley.bench.started():
        assert "Nobody waits" in (await by_sam(valley, REQUESTS)).text
        await valley.bench.settled()
    assert not stewards.history


# -- who left ------------------------------------------------------------------------------------


async def test_who_left_is_out_of_the_directory_and_the_reach_until_they_are_back(
    valley: Market,
) -> None:
    await valley.joins(valley.pat, PLANT, "welding")
    async with valley.bench.started():
        valley.pat.leaves()
        first = await valley.preview()
        assert PLANT in first.text
        with valley.bench.server.expecting(code=10007, times=1):
            await valley.ivy.clicks("Post", on=first)

            async def out() -> bool:
                return await speakers(valley) == {PLANT: 0}

            await eventually(out)
        assert "**Pat's Plant** · nobody speaks for it" in await listed(valley)
        shown = await valley.ray.uses("/partner profile", in_=valley.lounge, name=PLANT)
        assert "Speaking for it: nobody" in shown.text
        second = await valley.preview()
        assert PLANT not in second.text
        pat = valley.guild.member("Pat")
        await pat.says(valley.lounge, "Here I am again.")

        async def back() -> bool:
            return await speakers(valley) == {PLANT: 1}

        await eventually(back)
        third = await valley.preview()
        assert PLANT in third.text


async def test_who_wants_to_hear_nothing_is_found_out_by_looking(valley: Market) -> None:
    await valley.joins(valley.pat, PLANT, "welding", mode=Mode.OFF)
    await valley.joins(valley.quinn, "Quinn Co", "welding", mode=Mode.OFF)
    valley.pat.leaves()
    async with valley.bench.started() as client:
        assert await speakers(valley) == {PLANT: 1, "Quinn Co": 1}
        valley.bench.server.faults.fail("GET", "/guilds/*/members/*", status=403)
        with valley.bench.server.expecting(code=10007):
            await look_who_left(client)
            await look_who_left(client)
        assert await speakers(valley) == {PLANT: 0, "Quinn Co": 1}
    async with valley.bench.started():
        pat = valley.guild.member("Pat")
        mine = await pat.uses("/partner profile", in_=valley.lounge)
        assert PLANT in mine.text

        async def back() -> bool:
            return await speakers(valley) == {PLANT: 1, "Quinn Co": 1}

        await eventually(back)
