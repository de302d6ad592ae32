"""Slash commands out of flows: names, options and their words, in Discord's shapes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import discord
from discord import app_commands

from bot.adapters.discord.limits import COMMAND_OPTION_LENGTH
from bot.adapters.discord.router import ELSEWHERE, Router, choices_of
from bot.adapters.discord.send import Interaction
from bot.chat.find import Choice
from bot.chat.flow import CommandSpec, Flows, Scope
from bot.chat.options import CommandOption, PersonRef
from bot.core.phrases import Phrases, phrase_of_command, phrases_of_option

Command = app_commands.Command[Any, ..., None]


@lru_cache(maxsize=4)
def commands_of(flows: Flows, phrases: Phrases) -> Sequence[Command | app_commands.Group]:
    """All commands of flows, for the tree of any client, in groups by their names."""
    specs = flows.commands
    top: dict[str, Command | app_commands.Group] = {}
    for spec in specs:
        command = _command(spec, phrases)
        *above, _ = spec.name.split()
        group = _group(top, above, specs, phrases)
        if group is None:
            top[command.name] = command
        else:
            group.add_command(command)
    return tuple(top.values())


def _group(
    top: dict[str, Command | app_commands.Group],
    names: Sequence[str],
    specs: Sequence[CommandSpec],
    phrases: Phrases,
) -> app_commands.Group | None:
    """The group of these names, made with those above where there is none yet."""
    group: app_commands.Group | None = None
    for place, name in enumerate(names):
        known = top.get(name) if group is None else group.get_command(name)
        if isinstance(known, app_commands.Group):
            group = known
            continue
        full = " ".join(names[: place + 1])
        inside = [spec for spec in specs if spec.name.startswith(f"{full} ")]
        made = app_commands.Group(
            name=name,
            description=phrases.say(phrase_of_command(full)),
            guild_only=group is None and all(spec.scope is Scope.SERVER for spec in inside),
        )
        if group is None:
            top[name] = made
        else:
            group.add_command(made)
        group = made
    return group


def _command(spec: CommandSpec, phrases: Phrases) -> Command:
    async def callback(interaction: Interaction, **given: Any) -> None:
        await interaction.client.router.command(interaction, spec, given)

    parameters = [_parameter(option) for option in spec.options]
    described = {
        option.parameter: phrases.say(
            next(one for one in phrases_of_option(spec.name, option.name) if one in phrases)
        )
        for option in spec.options
    }
    if spec.elsewhere:
        parameters.append(
            inspect.Parameter(
                ELSEWHERE,
                inspect.Parameter.KEYWORD_ONLY,
                default=None,
                annotation=str | None,
            )
        )
        described[ELSEWHERE] = phrases.say(phrases_of_option(spec.name, ELSEWHERE)[0])
    _sign(callback, parameters)
    app_commands.describe(**described)(callback)
    app_commands.rename(
        **{one.parameter: one.name for one in spec.options if one.name != one.parameter}
    )(callback)
    app_commands.choices(
        **{
            one.parameter: [app_commands.Choice(name=value, value=value) for value in one.choices]
            for one in spec.options
            if one.choices
        }
    )(callback)
    command: Command = app_commands.Command(
        name=spec.name.split()[-1],
        description=phrases.say(phrase_of_command(spec.name)),
        callback=callback,
    )
    if spec.scope is Scope.SERVER and " " not in spec.name:
        command.guild_only = True
    for option in spec.options:
        if option.noun is not None:
            command.autocomplete(option.parameter)(_completer(spec, option))
    if spec.elsewhere:
        command.autocomplete(ELSEWHERE)(_alliances)
    return command


def _parameter(option: CommandOption) -> inspect.Parameter:
    kind: Any = option.kind
    if kind is str and not option.choices:
        kind = app_commands.Range[str, 1, COMMAND_OPTION_LENGTH]
    elif kind is int and option.bounds is not None:
        kind = app_commands.Range[int, option.bounds.least, option.bounds.most]
    elif kind is PersonRef:
        kind = discord.Member | discord.User
    required = option.required
    return inspect.Parameter(
        option.parameter,
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if required else option.default,
        annotation=kind if required or kind is bool else kind | None,
    )


def _sign(callback: Callable[..., Any], parameters: Sequence[inspect.Parameter]) -> None:
    """Let a function look as if it had these parameters: that is how discord.py knows options."""
    first = inspect.Parameter(
        "interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=discord.Interaction
    )
    # Required options come first, whatever the order in which a flow takes them.
    ordered = sorted(parameters, key=lambda one: one.default is not inspect.Parameter.empty)
    callback.__signature__ = inspect.Signature([first, *ordered])  # type: ignore[attr-defined]


def _completer(spec: CommandSpec, option: CommandOption) -> Any:
    async def complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        router: Router = interaction.client.router
        return await router.complete(interaction, spec, option, typed)

    return complete


async def _alliances(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    if interaction.guild is not None:
        return []
    guilds = await interaction.client.memberships.of(interaction.user.id, widely=False)
    fitting = [guild for guild in guilds if typed.lower() in guild.name.lower()]
    return choices_of([Choice(guild.name, str(guild.id)) for guild in fitting])
