"""What a bot has to survive: its own end, lost sessions, clicks on what is old."""

from __future__ import annotations

import re

import discord
import pytest

from tests.loopback.clock import ManualClock
from tests.loopback.errors import InteractionFailedError
from tests.loopback.server import DiscordServer
from tests.loopback.world.guilds import Member

from .sample_commands import Interaction
from .small_bot import SmallBot, running


class Next(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"step:(?P<n>\d+)"):
    """A button that keeps its state in its custom id."""

    def __init__(self, number: int) -> None:
        self.number = number
        button: discord.ui.Button[discord.ui.View] = discord.ui.Button(
            label="Next", custom_id=f"step:{number}"
        )
        super().__init__(button)

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, __: discord.ui.Item[discord.ui.View], match: re.Match[str]
    ) -> Next:
        return cls(int(match["n"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        view = discord.ui.View(timeout=None).add_item(Next(self.number + 1))
        await interaction.response.edit_message(content=f"Step {self.number + 1}", view=view)


def stepping(bot: SmallBot) -> SmallBot:
    bot.add_dynamic_items(Next)

    @bot.tree.command(name="start", description="Start")
    async def start(interaction: Interaction) -> None:
        view = discord.ui.View(timeout=None).add_item(Next(1))
        await interaction.response.send_message("Step 1", view=view, ephemeral=True)

    return bot


async def test_an_old_button_works_after_a_restart(server: DiscordServer, rosa: Member) -> None:
    async with running(server, stepping(SmallBot())):
        step = await rosa.uses("/start")
    await server.disconnected()
    async with running(server, stepping(SmallBot())):
        await rosa.clicks("Next", on=step)
        await rosa.clicks("Next", on=step)
        assert step.text == "Step 3"
        stale = await rosa.clicks("step:1", on=step, stale=True)
        assert stale.text == "Step 2"


async def test_a_click_while_the_bot_is_away_fails_unless_it_comes_back_in_time(
    server: DiscordServer, rosa: Member, bot: SmallBot, clock: ManualClock
) -> None:
    async with running(server, stepping(bot)):
        step = await rosa.uses("/start")
        await server.gateway.drop()
        caught_up = await rosa.clicks("Next", on=step)
        assert caught_up.text == "Step 2"
    await server.disconnected()
    response = await rosa.clicks("Next", on=step, until_="sent")
    with server.expecting(kind="unacknowledged"):
        clock.advance(3)
    with pytest.raises(InteractionFailedError):
        await response.arrive()


async def test_a_click_delivered_twice_is_acknowledged_once(
    server: DiscordServer, rosa: Member, bot: SmallBot
) -> None:
    async with running(server, stepping(bot)):
        step = await rosa.uses("/start")
        server.faults.duplicate("INTERACTION_CREATE")
        with server.expecting(kind="double acknowledgement", times=1) as twice:
            await rosa.clicks("Next", on=step)
            await server.until(lambda: twice.seen, what="refusal of the second answer")
    assert step.text == "Step 2"
