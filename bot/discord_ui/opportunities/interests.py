"""/partner interests: what an organization looks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import CHOICE_VALUE, CHOICES, COMMAND_OPTION_LENGTH
from bot.adapters.discord.send import Interaction, acknowledge, tell
from bot.chat.services import Services
from bot.core.markup import one_line
from bot.discord_ui.checklists.choosing import alliance_to_complete
from bot.discord_ui.checklists.quoting import NAME, clip
from bot.discord_ui.questions import own_alliance
from bot.opportunities.rules.interests import (
    INTEREST_LENGTH,
    MOST_INTERESTS,
    complete,
    seems_foreign,
    topic_words,
)
from bot.opportunities.rules.matching import interests_of
from bot.opportunities.rules.models import folded
from bot.opportunities.rules.offer_form import REGION_LENGTH

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

Typed = app_commands.Range[str, 1, COMMAND_OPTION_LENGTH]
_NOTHING = frozenset({"none", "nothing", "-"})
_ANYWHERE = frozenset({"anywhere", "everywhere", "none", "-"})
_ROOM = 1500
"""Characters of a list of interests as it is echoed."""


def register(client: GuideClient, group: app_commands.Group) -> None:
    """Add the command."""
    services = client.services
    say = services.phrases.say
    topics = topic_words(services.library)

    @group.command(name="interests", description=say("partner_interests_command"))
    @app_commands.describe(
        wanted=say("partner_topics_option"),
        region=say("partner_region_option"),
        organization=say("partner_organization_option"),
    )
    @app_commands.rename(wanted="topics")
    async def interests(
        interaction: Interaction,
        wanted: Typed | None = None,
        region: Typed | None = None,
        organization: Typed | None = None,
    ) -> None:
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            alliance = await own_alliance(client, interaction)
            if alliance is None:
                return
            own = (await services.store.people.person(alliance, interaction.user.id)).organizations
            meant = organization_meant(services, own, organization)
            words = meant[1]
            if meant[0]:
                words = await _change(services, alliance, meant[0], wanted, region)
            await tell(interaction, words)

    @interests.autocomplete("wanted")
    async def suggest(_: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [
            app_commands.Choice(name=one, value=one)
            for one in complete(typed, topics, CHOICES, CHOICE_VALUE)
        ]

    @interests.autocomplete("organization")
    async def mine(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        from bot.discord_ui.opportunities.partners import complete_names

        alliance = await alliance_to_complete(interaction)
        person = await services.store.people.person(alliance, interaction.user.id)
        return complete_names(person.organizations, typed)


def organization_meant(
    services: Services, own: tuple[str, ...], named: str | None
) -> tuple[str, str]:
    """Which of somebody's organizations is meant, or the words why none is; one is empty."""
    say = services.phrases.say
    if not own:
        return "", say("partner_of_none")
    if named is None:
        return own[0], ""
    found = next((one for one in own if folded(one) == folded(named)), "")
    names = [clip(one) for one in own]
    return found, "" if found else say("partner_not_yours", name=clip(named), own=names)


async def _change(
    services: Services, alliance: int, organization: str, topics: str | None, region: str | None
) -> str:
    """Change what an organization looks for, where that was given, and say how it is now."""
    store, say = services.store, services.phrases.say
    wanted = None if topics is None else interests_of(topics)
    place = None if region is None else one_line(region)
    if wanted is not None and [one.casefold() for one in wanted] in [[one] for one in _NOTHING]:
        wanted = ()
    elif topics is not None and not wanted:
        return say("interests_empty")
    if wanted and (len(wanted) > MOST_INTERESTS or max(map(len, wanted)) > INTEREST_LENGTH):
        return say("interests_too_long", most=MOST_INTERESTS, length=INTEREST_LENGTH)
    if place is not None and len(place) > REGION_LENGTH:
        return say("region_too_long", most=REGION_LENGTH)
    if place is not None and place.casefold() in _ANYWHERE:
        place = ""
    if wanted is not None or place is not None:
        await store.people.set_profile(alliance, organization, interests=wanted, region=place)
    profile = next(one for one in await store.people.partners(alliance) if one.name == organization)
    lines = [
        say(
            "interests_are",
            organization=clip(organization),
            interests=clip(", ".join(profile.interests), _ROOM),
            region=clip(profile.region),
            changed=wanted is not None or place is not None,
        )
    ]
    if topics is not None and _has_gap(topics):
        lines.append(say("interests_some_empty"))
    if foreign := [clip(one, NAME) for one in wanted or () if seems_foreign(one)]:
        quoted = ", ".join(f"“{one}”" for one in foreign[:3])
        lines.append(say("interests_foreign", interests=quoted))
    return "\n".join(lines)


def _has_gap(topics: str) -> bool:
    """Whether there is nothing between two commas, or before the first."""
    *items, _ = topics.split(",")
    return any(not item.strip() for item in items)
