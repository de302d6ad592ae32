"""Setting up and looking after the guide, over the loopback Discord; only for stewards."""

from __future__ import annotations

import json
import logging

import pytest

from bot.alliances.records import ChannelPurpose
from tests.discord.bench import Bench, eventually
from tests.discord.steward import DRONES, NOTE, answered, ask, gap_in, stewarded
from tests.discord.walks import pings

STEWARDS_ONLY = "This is for the stewards"


# -- who may ---------------------------------------------------------------------------------------


async def test_only_stewards_may_use_guide(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    gap = await gap_in(small, valley.guild, DRONES)
    async with small.started():
        for command, options in (
            ("/guide setup", {}),
            ("/guide channel add", {"channel": valley.channel}),
            ("/guide channel remove", {"channel": valley.channel}),
            ("/guide roles", {}),
            ("/guide status", {}),
            ("/guide gaps", {}),
            ("/guide answer", {"gap": str(gap)}),
            ("/guide export", {}),
            ("/guide retention", {"days": 30}),
            ("/guide roles", {"clear": "both"}),
            ("/guide note remove", {"note": "note-1"}),
        ):
            refused = await valley.lea.uses(command, in_=valley.channel, **options)
            assert refused.ephemeral
            assert STEWARDS_ONLY in refused.text
        assert await valley.lea.types_into("/guide answer", in_=valley.channel, gap="") == []
        for typed in ("", "drone"):
            offered = await valley.lea.types_into(
                "/guide note remove", in_=valley.channel, note=typed
            )
            assert offered == []


async def test_the_steward_role_makes_a_steward(small: Bench) -> None:
    valley, coast = stewarded(small, "Valley"), stewarded(small, "Coast")
    role = valley.guild.role("guides")
    valley.lea.gains(role)
    async with small.started():
        await valley.sam.uses("/guide roles", in_=valley.channel, steward=role)
        page = await valley.lea.uses("/guide status", in_=valley.channel)
        assert "Status" in page.text
        form_gap = await gap_in(small, valley.guild, DRONES)
        form = await valley.lea.uses("/guide answer", in_=valley.channel, gap=str(form_gap))
        valley.lea.loses(role)
        late = await valley.lea.submits(form, {"Answer": NOTE})
        other = await coast.sam.uses("/guide roles", in_=coast.channel)
    assert STEWARDS_ONLY in late.text
    assert await small.store.answers.notes(valley.guild.id) == ()
    assert str(role.id) not in other.text


async def test_guide_is_not_offered_in_direct_messages(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    async with small.started():
        with pytest.raises(Exception, match="guide"):
            await valley.sam.uses("/guide status", in_=valley.sam.dm)


# -- setting up ------------------------------------------------------------------------------------


async def test_a_channel_is_added_used_and_removed(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    async with small.started():
        added = await valley.sam.uses(
            "/guide channel add", in_=valley.channel, channel=valley.channel
        )
        twice = await valley.sam.uses(
            "/guide channel add", in_=valley.channel, channel=valley.channel
        )
        said = await valley.lea.says(valley.channel, "how do we share credit?")
        answer = await valley.channel.next_message(after=said, by=small.server.bot)
        removed = await valley.sam.uses(
            "/guide channel remove", in_=valley.channel, channel=valley.channel
        )
        again = await valley.sam.uses(
            "/guide channel remove", in_=valley.channel, channel=valley.channel
        )
    assert "is now for questions" in added.text
    assert "every permission I need" in added.text
    assert "already" in twice.text
    assert "credit" in answer.text
    assert "is no longer for" in removed.text
    assert "was not for" in again.text


async def test_setup_says_which_permission_is_missing_where(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    closed, other = valley.guild.channel("closed"), valley.guild.channel("other")
    closed.deny(valley.guild.bot_member, "send_messages", "embed_links")
    for channel in (closed, other):
        await small.store.alliances.add_channel(
            valley.guild.id, channel.id, ChannelPurpose.QUESTIONS
        )
    async with small.started():
        page = await valley.sam.uses("/guide setup", in_=valley.channel)
        assert page.ephemeral
        lines = page.text.splitlines()
        (bad,) = [line for line in lines if f"<#{closed.id}>" in line]
        (good,) = [line for line in lines if f"<#{other.id}>" in line]
        assert "I lack" in bad
        assert "**Send Messages**" in bad
        assert "**Embed Links**" in bad
        assert "every permission" in good
        assert "What people will see" in page.text
        closed.allow(valley.guild.bot_member, "send_messages", "embed_links")
    async with small.started():
        checked = await valley.sam.clicks("Check again", on=page.message)
        assert checked.text.count("every permission I need") == 2


async def test_a_press_that_discord_sends_twice_is_no_error(
    small: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    valley = stewarded(small, "Valley")
    async with small.started():
        page = await valley.sam.uses("/guide setup", in_=valley.channel)
        small.server.faults.duplicate("INTERACTION_CREATE")
        checked = await valley.sam.clicks("Check again", on=page)
        assert "What people will see" in checked.text
    assert [line.message for line in caplog.records if line.levelno >= logging.ERROR] == []


async def test_setup_chooses_channels_and_roles_also_after_a_restart(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    first, second = valley.guild.channel("first"), valley.guild.channel("second")
    role = valley.guild.role("guides")
    async with small.started():
        page = await valley.sam.uses("/guide setup", in_=valley.channel)
        await valley.sam.selects("Channels where I answer", first, second, on=page)
    async with small.started():
        changed = await valley.sam.selects("Channels where I answer", second, on=page.message)
        assert f"<#{second.id}>" in changed.text
        await valley.sam.selects("Steward role", role, on=page.message)
        await valley.sam.selects("Intermediary role", role, on=page.message)
        await valley.sam.selects("Intermediary role", on=page.message)
        everyone = await valley.sam.selects("Steward role", valley.guild.everyone, on=page.message)
        assert "everybody's" in everyone.text
    used = await small.store.alliances.channels(valley.guild.id)
    assert [one.channel for one in used] == [second.id]
    settings = await small.store.alliances.settings(valley.guild.id)
    assert (settings.steward_role, settings.intermediary_role) == (role.id, None)


async def test_a_deleted_channel_is_named_in_setup(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    await small.store.alliances.add_channel(valley.guild.id, 424242, ChannelPurpose.QUESTIONS)
    async with small.started():
        page = await valley.sam.uses("/guide setup", in_=valley.channel)
    assert "424242" in page.text
    assert "no longer exists" in page.text


async def test_a_channel_deleted_while_the_bot_runs_loses_its_purposes(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    doomed = valley.guild.channel("doomed")
    await small.store.alliances.add_channel(valley.guild.id, doomed.id, ChannelPurpose.QUESTIONS)
    async with small.started():
        doomed.delete()

        async def forgotten() -> bool:
            return not await small.store.alliances.channels(valley.guild.id)

        await eventually(forgotten)


async def test_setup_fits_however_many_channels_lack_permissions(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    for number in range(60):
        channel = valley.guild.channel(f"room-{number}")
        channel.deny(valley.guild.bot_member, "send_messages", "embed_links")
        for purpose in ChannelPurpose:
            await small.store.alliances.add_channel(valley.guild.id, channel.id, purpose)
    async with small.started():
        page = await valley.sam.uses("/guide setup", in_=valley.channel)
    assert "more" in page.text


async def test_names_with_markup_never_ping_nor_break_the_setup(small: Bench) -> None:
    valley = stewarded(small, "**Valley** @everyone")
    async with small.started():
        page = await valley.sam.uses("/guide setup", in_=valley.channel)
    assert "**Valley**" not in page.text
    assert "@everyone" not in page.text
    assert not pings(page)


# -- status and export -----------------------------------------------------------------------------


async def test_status_shows_the_numbers_of_this_alliance(small: Bench) -> None:
    valley, coast = stewarded(small, "Valley"), stewarded(small, "Coast")
    await gap_in(small, valley.guild, DRONES)
    async with small.started():
        await ask(valley, "how do we share credit")
        here = await valley.sam.uses("/guide status", in_=valley.channel)
        there = await coast.sam.uses("/guide status", in_=coast.channel)
    assert here.ephemeral
    for words in ("Questions: 2", "Answered: 50 percent", "Open gaps: 1", "Latency", "Model"):
        assert words in here.text
    assert "Questions: 0" in there.text
    assert "no questions yet" in there.text


async def test_status_works_while_the_model_loads(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    load = small.load
    assert load is not None
    small.guide.gate.clear()

    def slow() -> object:
        small.guide.gate.wait(20)
        return load()

    small.load = slow  # type: ignore[assignment]
    async with small.started(ready=False):
        page = await valley.sam.uses("/guide status", in_=valley.channel)
        assert "still loading" in page.text
        gaps = await valley.sam.uses("/guide gaps", in_=valley.channel, until_="acknowledged")
        assert gaps.ack_seconds is not None
        assert gaps.ack_seconds < 1
        for command in ("/guide setup", "/guide roles", "/guide export", "/privacy export"):
            assert (await valley.sam.uses(command, in_=valley.channel)).ephemeral
        refused = await valley.sam.uses("/guide answer", in_=valley.channel, gap="5")
        assert "no open gap" in refused.text
        assert small.server.slowest_acknowledgement() < 1
        small.guide.gate.set()
        await gaps.until(lambda r: "no open gaps" in r.text, what="the gaps")


async def test_export_is_a_file_with_settings_notes_and_gaps(small: Bench) -> None:
    valley = stewarded(small, "Valley")
    gap = await gap_in(small, valley.guild, DRONES)
    await gap_in(small, valley.guild, "where can visitors park")
    async with small.started():
        await valley.sam.uses("/guide channel add", in_=valley.channel, channel=valley.channel)
        await answered(valley, gap)
        export = await valley.sam.uses("/guide export", in_=valley.channel)
    assert export.ephemeral
    (file,) = export.files
    content = json.loads(file.data)
    assert content["alliance"] == str(valley.guild.id)
    assert content["settings"]["retention_days"] == 180
    assert content["channels"] == [{"channel": str(valley.channel.id), "purpose": "questions"}]
    (note,) = content["notes"]
    assert (note["text"], note["author_name"]) == (NOTE, valley.sam.name)
    assert [one["question"] for one in content["gaps"]] == ["where can visitors park"]
    assert "person" not in json.dumps(content["gaps"])
