"""Commands, buttons, menus, forms and completions, through a real client."""

from __future__ import annotations

import pytest
from discord import app_commands

from tests.loopback.clock import ManualClock
from tests.loopback.errors import InteractionFailedError, ScenarioError
from tests.loopback.server import DiscordServer
from tests.loopback.world.guilds import Member
from tests.loopback.world.model import Choice, File

from .sample_commands import Interaction, with_commands
from .small_bot import SmallBot, running


async def test_a_command_is_answered_in_public_or_in_private(
    server: DiscordServer, bot: SmallBot, rosa: Member
) -> None:
    channel = rosa.guild.channel("questions")
    async with running(server, with_commands(bot)):
        private = await rosa.uses("/ask", question="backbones")
        public = await rosa.uses("/ask", question="trust", private=False)
    assert private.ephemeral
    assert private.text == "About backbones"
    assert not public.ephemeral
    assert [message.content for message in channel.history] == ["About trust"]
    assert "Alliance Guide (only Rosa sees this):" in channel.transcript()
    assert "backbones" not in channel.transcript(server.bot)
    assert "backbones" in channel.transcript(rosa)


async def test_the_first_follow_up_fills_a_deferred_answer_whatever_its_own_privacy(
    server: DiscordServer, bot: SmallBot, rosa: Member
) -> None:
    async with running(server, with_commands(bot)):
        response = await rosa.uses("/think", private=True)
        second = await response.followup()
    assert response.kind == "message"
    assert response.message.content == "first"
    assert response.ephemeral
    assert (second.content, second.ephemeral) == ("second", True)
    assert response.interaction.callback == 5


async def test_a_deferred_public_answer_counts_as_a_message_once_it_is_filled(
    server: DiscordServer, bot: SmallBot, rosa: Member
) -> None:
    channel = rosa.guild.channel("questions")
    async with running(server, with_commands(bot)):
        asked = await rosa.says(channel, "hello")
        await rosa.uses("/think", until_="sent")
        message = await channel.next_message(after=asked, by=server.bot)
    assert message.content == "first"
    assert not message.ephemeral


async def test_a_button_opens_a_form_and_the_form_changes_the_message(
    server: DiscordServer, bot: SmallBot, rosa: Member
) -> None:
    async with running(server, with_commands(bot)):
        step = await rosa.uses("/step")
        form = await rosa.clicks("Answer", on=step)
        assert form.fields == ["Your answer"]
        answered = await rosa.submits(form, {"Your answer": "Ask the sponsor"})
    assert answered.kind == "update"
    assert answered.message is step.message
    assert step.message.content == "Noted: Ask the sponsor"
    assert step.message.versions[0].content == "Step 1"


async def test_a_form_is_checked_before_it_is_sent(
    server: DiscordServer, bot: SmallBot, rosa: Member
) -> None:
    async with running(server, with_commands(bot)):
        form = await rosa.clicks("Answer", on=await rosa.uses("/step"))
        with pytest.raises(ScenarioError, match="0 to 20 characters, not 21"):
            await rosa.submits(form, {"Your answer": "x" * 21})
        with pytest.raises(ScenarioError, match="has to be filled in"):
            await rosa.submits(form, {})
        with pytest.raises(ScenarioError, match="it has 'Your answer'"):
            await rosa.submits(form, {"Your answer": "a", "Mine": "b"})
        tom = rosa.guild.member("Tom")
        with pytest.raises(ScenarioError, match="on Rosa's screen"):
            await tom.submits(form, {"Your answer": "a"})


async def test_a_disabled_button_can_only_be_clicked_by_someone_who_saw_it_before(
    server: DiscordServer, bot: SmallBot, rosa: Member
) -> None:
    async with running(server, with_commands(bot)):
        step = await rosa.uses("/step")
        skipped = await rosa.clicks("Skip", on=step)
        assert skipped.text == "Skipped"
        with pytest.raises(ScenarioError, match="'Skip' is disabled"):
            await rosa.clicks("Skip", on=step)
        with pytest.raises(ScenarioError, match=r"no 'Next' \(there is: \[Answer\]"):
            await rosa.clicks("Next", on=step)


async def test_a_deferred_click_is_answered_by_a_follow_up_and_an_edit(
    server: DiscordServer, bot: SmallBot, rosa: Member
) -> None:
    async with running(server, with_commands(bot)):
        step = await rosa.uses("/step")
        shared = await rosa.clicks("Share", on=step)
        await shared.until(lambda response: "It was shared" in response.text)
    assert [outcome.kind for outcome in shared.interaction.outcomes] == ["followup", "edit"]
    assert [message.ephemeral for message in shared.messages] == [True, False]


async def test_a_menu_takes_a_label_or_a_value(
    server: DiscordServer, bot: SmallBot, rosa: Member
) -> None:
    async with running(server, with_commands(bot)):
        step = await rosa.uses("/step")
        for pick in ("Backbone", "p1"):
            read = await rosa.selects("Read a passage", pick, on=step)
            assert (read.text, read.ephemeral) == ("Passage p1", True)
        with pytest.raises(ScenarioError, match="it offers 'Backbone'"):
            await rosa.selects("Read a passage", "Trust", on=step)


async def test_completions_come_while_typing_and_can_be_chosen(
    server: DiscordServer, bot: SmallBot, rosa: Member
) -> None:
    async with running(server, with_commands(bot)):
        choices = await rosa.types_into("/passage", title="acc")
        assert choices == [Choice("Accountability", "accountability"), Choice("Access", "access")]
        read = await rosa.uses("/passage", title=choices[0])
    assert read.text == "Passage accountability"


async def test_a_nested_command_gets_files_channels_roles_and_people(
    server: DiscordServer, bot: SmallBot, rosa: Member
) -> None:
    guild = rosa.guild
    async with running(server, with_commands(bot)):
        done = await rosa.uses(
            "/guide library add",
            file=File("notes.md", b"# Notes", "text/markdown"),
            channel=guild.channel("questions"),
            role=guild.role("Steward"),
            who=guild.member("Tom"),
            copies=2,
        )
    assert done.text == "notes.md questions Steward Tom 2: # Notes"


async def test_options_are_checked_as_the_client_checks_them(
    server: DiscordServer, bot: SmallBot, rosa: Member
) -> None:
    async with running(server, with_commands(bot)):
        for line, options, problem in (
            ("/ask", {}, "'question' of /ask is required"),
            ("/ask", {"question": 3}, "takes a string"),
            ("/ask", {"question": "a", "private": "yes"}, "takes a boolean"),
            ("/ask", {"question": "a", "loud": True}, "no option"),
            ("/guide library", {}, "is not complete: add"),
            ("/guide library remove", {}, "it has add"),
            ("/help", {}, "no command /help"),
        ):
            with pytest.raises(ScenarioError, match=problem):
                await rosa.uses(line, **options)
    assert not server.interactions


async def test_a_command_works_in_direct_messages(
    server: DiscordServer, bot: SmallBot, rosa: Member
) -> None:
    async with running(server, with_commands(bot)):
        answer = await rosa.uses("/ask", question="trust", private=False, in_=rosa.dm)
    assert answer.message.channel is rosa.dm
    assert rosa.dm.transcript().startswith("-- direct messages with Rosa --")


async def test_an_interaction_left_alone_fails_after_three_seconds(
    server: DiscordServer, bot: SmallBot, rosa: Member, clock: ManualClock
) -> None:
    async with running(server, with_commands(bot)):
        response = await rosa.uses("/silent", until_="sent")
        clock.advance(2.9)
        assert not response.interaction.failed
        with server.expecting(kind="unacknowledged", times=1):
            clock.advance(0.2)
        with pytest.raises(InteractionFailedError, match="did not respond to 'silent' by Rosa"):
            await response.arrive()


async def test_the_time_to_acknowledge_is_measured(
    server: DiscordServer, bot: SmallBot, rosa: Member, clock: ManualClock
) -> None:
    async with running(server, with_commands(bot)):
        server.gateway.pause()
        response = await rosa.uses("/ask", question="trust", until_="sent")
        clock.advance(1.5)
        server.gateway.go_on()
        await response.arrive()
    assert response.ack_seconds == pytest.approx(1.5)
    assert server.slowest_acknowledgement() == pytest.approx(1.5)


async def test_the_first_callback_is_timed_where_it_comes_in_whatever_becomes_of_it(
    server: DiscordServer, bot: SmallBot, rosa: Member, clock: ManualClock
) -> None:
    async with running(server, with_commands(bot)):
        gate = server.faults.hold("POST", "/interactions/*/*/callback")
        response = await rosa.uses("/ask", question="trust", until_="sent")
        assert response.interaction.seconds_to_callback is None
        await gate.arrived()
        clock.advance(1.5)
        gate.release()
        await response.arrive()
    assert response.interaction.seconds_to_callback == 0
    assert response.ack_seconds == pytest.approx(1.5)


async def test_requests_are_counted_by_route_for_a_block(
    server: DiscordServer, bot: SmallBot, rosa: Member
) -> None:
    async with running(server, with_commands(bot)):
        with server.counting() as requests:
            await rosa.types_into("/passage", title="a")
            await rosa.types_into("/passage", title="ac")
        await rosa.uses("/ask", question="trust")
    assert requests == {("POST", "/interactions/{interaction_id}/{token}/callback"): 2}
    assert requests.of("/callback") == requests.of("POST ") == 2
    assert requests.of("/members") == 0


async def test_commands_can_be_kept_from_members_and_from_direct_messages(
    server: DiscordServer, bot: SmallBot, rosa: Member
) -> None:
    @bot.tree.command(name="setup", description="Set up")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def setup(interaction: Interaction) -> None:
        await interaction.response.send_message("Set up", ephemeral=True)

    maya = rosa.guild.member("Maya", permissions=["manage_guild"])
    async with running(server, bot):
        with pytest.raises(ScenarioError, match="Rosa is not offered /setup"):
            await rosa.uses("/setup")
        with pytest.raises(ScenarioError, match="not offered in direct messages"):
            await maya.uses("/setup", in_=maya.dm)
        assert (await maya.uses("/setup")).text == "Set up"


async def test_commands_reach_a_server_that_was_joined_later(
    server: DiscordServer, bot: SmallBot, rosa: Member
) -> None:
    async with running(server, with_commands(bot)):
        later = server.guild("Ridge Alliance")
        later.channel("questions")
        answer = await later.member("Tom").uses("/ask", question="trust")
    assert answer.text == "About trust"
