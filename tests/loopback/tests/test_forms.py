"""Forms with every kind of field, and commands of the server, through a real client."""

from __future__ import annotations

import discord
import pytest
from discord import app_commands

from tests.loopback.errors import ScenarioError
from tests.loopback.server import DiscordServer
from tests.loopback.world.guilds import Member
from tests.loopback.world.model import File

from .sample_commands import Interaction
from .small_bot import SmallBot, running

UI = discord.ui
Option = discord.SelectOption


class Everything(discord.ui.Modal, title="Commitment"):
    note = UI.TextDisplay[discord.ui.LayoutView]("Say what will be done.")
    what = UI.Label[discord.ui.Modal](
        text="What", component=UI.TextInput(style=discord.TextStyle.paragraph, default="Call")
    )
    mode = UI.Label[discord.ui.Modal](
        text="Mode",
        component=UI.Select(options=[Option(label="Daily", value="d"), Option(label="Off")]),
    )
    who = UI.Label[discord.ui.Modal](text="Who", component=UI.UserSelect())
    proof = UI.Label[discord.ui.Modal](text="Proof", component=UI.FileUpload(required=False))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        what, mode, who, proof = (
            label.component for label in (self.what, self.mode, self.who, self.proof)
        )
        assert isinstance(what, UI.TextInput)
        assert isinstance(mode, UI.Select)
        assert isinstance(who, UI.UserSelect)
        assert isinstance(proof, UI.FileUpload)
        files = [(await file.read()).decode() for file in proof.values]
        people = [person.display_name for person in who.values]
        text = f"{what.value} {mode.values} {people} {files}"
        await interaction.response.send_message(text, ephemeral=True)


class Choices(discord.ui.Modal, title="Choices"):
    rating = UI.Label[discord.ui.Modal](
        text="Rating",
        component=UI.RadioGroup(
            options=[discord.RadioGroupOption(label=str(n), value=str(n)) for n in (1, 2)]
        ),
    )
    topics = UI.Label[discord.ui.Modal](
        text="Topics",
        component=UI.CheckboxGroup(
            options=[discord.CheckboxGroupOption(label=t, value=t) for t in ("trust", "data")],
            max_values=2,
        ),
    )
    agree = UI.Label[discord.ui.Modal](text="Agree", component=UI.Checkbox())

    async def on_submit(self, interaction: discord.Interaction) -> None:
        rating, topics, agree = (
            label.component for label in (self.rating, self.topics, self.agree)
        )
        assert isinstance(rating, UI.RadioGroup)
        assert isinstance(topics, UI.CheckboxGroup)
        assert isinstance(agree, UI.Checkbox)
        text = f"{rating.value} {topics.values} {agree.value}"
        await interaction.response.send_message(text, ephemeral=True)


def with_forms(bot: SmallBot) -> SmallBot:
    @bot.tree.command(name="commit", description="Commit to something")
    async def commit(interaction: Interaction) -> None:
        await interaction.response.send_modal(Everything())

    @bot.tree.command(name="choose", description="Choose")
    async def choose(interaction: Interaction) -> None:
        await interaction.response.send_modal(Choices())

    return bot


async def test_a_form_takes_text_menus_people_and_files(
    server: DiscordServer, bot: SmallBot, rosa: Member
) -> None:
    tom = rosa.guild.member("Tom")
    async with running(server, with_forms(bot)):
        form = await rosa.uses("/commit")
        assert form.fields == ["What", "Mode", "Who", "Proof"]
        answers = {"Mode": "Daily", "Who": [tom], "Proof": File("a.txt", b"signed")}
        sent = await rosa.submits(form, answers)
        form = await rosa.uses("/commit")
        without = await rosa.submits(form, {"What": "Write", "Mode": "Off", "Who": tom})
    assert sent.text == "Call ['d'] ['Tom'] ['signed']"
    assert without.text == "Write ['Off'] ['Tom'] []"


async def test_a_form_takes_one_choice_many_or_a_tick(
    server: DiscordServer, bot: SmallBot, rosa: Member
) -> None:
    async with running(server, with_forms(bot)):
        form = await rosa.uses("/choose")
        answers = {"Rating": "2", "Topics": ["trust", "data"], "Agree": True}
        assert (await rosa.submits(form, answers)).text == "2 ['trust', 'data'] True"
        with pytest.raises(ScenarioError, match="has no '3'"):
            await rosa.submits(form, answers | {"Rating": "3"})


async def test_a_command_of_one_server_is_offered_there_only(
    server: DiscordServer, bot: SmallBot, rosa: Member
) -> None:
    place = discord.Object(rosa.guild.id)

    @bot.tree.command(name="local", description="Here only", guild=place)
    async def local(interaction: Interaction) -> None:
        await interaction.response.send_message("Here", ephemeral=True)

    elsewhere = server.guild("Ridge Alliance")
    elsewhere.channel("questions")
    async with running(server, bot):
        await bot.tree.sync(guild=place)
        await server.registered("local")
        assert (await rosa.uses("/local")).text == "Here"
        with pytest.raises(ScenarioError, match="no command /local"):
            await elsewhere.member("Tom").uses("/local")


async def test_choices_and_ranges_of_options_are_kept(
    server: DiscordServer, bot: SmallBot, rosa: Member
) -> None:
    @bot.tree.command(name="close", description="Close")
    @app_commands.choices(outcome=[app_commands.Choice(name="Filled", value="filled")])
    async def close(
        interaction: Interaction,
        outcome: app_commands.Choice[str],
        hour: app_commands.Range[int, 0, 23] = 9,
    ) -> None:
        await interaction.response.send_message(f"{outcome.value} {hour}")

    async with running(server, bot):
        for outcome in ("Filled", "filled"):
            assert (await rosa.uses("/close", outcome=outcome, hour=23)).text == "filled 23"
        with pytest.raises(ScenarioError, match="is one of Filled"):
            await rosa.uses("/close", outcome="lost")
        with pytest.raises(ScenarioError, match="from 0 to 23, not 24"):
            await rosa.uses("/close", outcome="Filled", hour=24)
