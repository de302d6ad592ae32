"""Commands of a small bot, for the server's own tests."""

from __future__ import annotations

import discord
from discord import app_commands

from .small_bot import SmallBot

Interaction = discord.Interaction[SmallBot]


class Form(discord.ui.Modal, title="Step 1"):
    answer: discord.ui.TextInput[Form] = discord.ui.TextInput(label="Your answer", max_length=20)

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(content=f"Noted: {self.answer.value}")


class Step(discord.ui.View):
    @discord.ui.button(label="Answer", custom_id="answer")
    async def answer(self, interaction: Interaction, _: discord.ui.Button[Step]) -> None:
        await interaction.response.send_modal(Form())

    @discord.ui.button(label="Skip", custom_id="skip")
    async def skip(self, interaction: Interaction, button: discord.ui.Button[Step]) -> None:
        button.disabled = True
        await interaction.response.edit_message(content="Skipped", view=self)

    @discord.ui.button(label="Share", custom_id="share")
    async def share(self, interaction: Interaction, _: discord.ui.Button[Step]) -> None:
        await interaction.response.defer()
        await interaction.followup.send("Shared", ephemeral=True)
        await interaction.edit_original_response(content="It was shared")

    @discord.ui.select(
        placeholder="Read a passage",
        custom_id="read",
        options=[discord.SelectOption(label="Backbone", value="p1")],
    )
    async def read(self, interaction: Interaction, menu: discord.ui.Select[Step]) -> None:
        await interaction.response.send_message(f"Passage {menu.values[0]}", ephemeral=True)


def with_commands(bot: SmallBot) -> SmallBot:
    @bot.tree.command(name="ask", description="Ask a question")
    async def ask(interaction: Interaction, question: str, private: bool = True) -> None:
        await interaction.response.send_message(f"About {question}", ephemeral=private)

    @bot.tree.command(name="think", description="Answer late")
    async def think(interaction: Interaction, private: bool = False) -> None:
        await interaction.response.defer(ephemeral=private)
        await interaction.followup.send("first", ephemeral=not private)
        await interaction.followup.send("second", ephemeral=True)

    @bot.tree.command(name="step", description="Show a step")
    async def step(interaction: Interaction) -> None:
        await interaction.response.send_message("Step 1", view=Step())

    @bot.tree.command(name="passage", description="Read a passage")
    async def passage(interaction: Interaction, title: str) -> None:
        await interaction.response.send_message(f"Passage {title}")

    @passage.autocomplete("title")
    async def titles(_: Interaction, current: str) -> list[app_commands.Choice[str]]:
        known = ["Accountability", "Access", "Backbone"]
        fitting = [title for title in known if title.lower().startswith(current)]
        return [app_commands.Choice(name=title, value=title.lower()) for title in fitting]

    @bot.tree.command(name="silent", description="Never answers")
    async def silent(interaction: Interaction) -> None:
        pass

    guide = app_commands.Group(name="guide", description="Administer")
    library = app_commands.Group(name="library", description="Documents", parent=guide)

    @library.command(name="add", description="Add a document")
    async def add(
        interaction: Interaction,
        *,
        file: discord.Attachment,
        channel: discord.TextChannel,
        role: discord.Role,
        who: discord.Member,
        copies: app_commands.Range[int, 1, 3] = 1,
    ) -> None:
        data = (await file.read()).decode()
        names = f"{file.filename} {channel.name} {role.name} {who.display_name} {copies}"
        await interaction.response.send_message(f"{names}: {data}")

    bot.tree.add_command(guide)
    return bot
