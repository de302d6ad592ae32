"""/opportunity digest now: everything open that fits somebody; or all of it as a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from discord import app_commands

from bot.adapters.discord.errors import handling
from bot.adapters.discord.send import NOBODY, Interaction, acknowledge, fill, tell, with_retries
from bot.chat.services import Services
from bot.checklists.rules.paper import Block, Bullets, Heading, Paragraph, to_markdown
from bot.core.phrases import Phrases
from bot.discord_ui.checklists.briefs import NamedFile
from bot.discord_ui.checklists.quoting import clip
from bot.discord_ui.gate import is_steward
from bot.discord_ui.opportunities.digests import DigestMenu, digest_page, digest_rows
from bot.discord_ui.opportunities.group import opportunity_group
from bot.discord_ui.opportunities.outcomes import OutcomeMenu
from bot.discord_ui.opportunities.reach import nearness
from bot.discord_ui.questions import own_alliance
from bot.discord_ui.views import view_of
from bot.opportunities.rules.digest import make_digest
from bot.opportunities.rules.matching import match
from bot.opportunities.rules.models import Opportunity, folded
from bot.opportunities.rules.replies import side

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

FILE = "opportunities.md"


def register(client: GuideClient) -> None:
    """Add the command, and the menus of digests and of what is asked later."""
    client.add_dynamic_items(DigestMenu, OutcomeMenu)
    services = client.services
    say = services.phrases.say
    digests = app_commands.Group(
        name="digest",
        description=say("opportunity_digest_command"),
        parent=opportunity_group(client),
    )

    @digests.command(name="now", description=say("opportunity_digest_now_command"))
    @app_commands.describe(shape=say("digest_format_option"))
    @app_commands.rename(shape="format")
    async def now(interaction: Interaction, shape: Literal["file"] | None = None) -> None:
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            alliance = await own_alliance(client, interaction)
            if alliance is None:
                return
            if shape is None:
                await _show(interaction, alliance)
            elif await is_steward(interaction):
                await _give(interaction, alliance)
            else:
                await tell(interaction, say("stewards_only"))


async def _show(interaction: Interaction, alliance: int) -> None:
    """Show somebody what fits; a digest that waits for them leaves that out then."""
    services: Services = interaction.client.services
    phrases, person = services.phrases, interaction.user.id
    found = await fitting(services, alliance, person)
    if not found:
        listeners = await services.store.people.listeners(alliance)
        interests = any(one.person == person and one.interests for one in listeners)
        await tell(interaction, phrases.say("digest_nothing", interests=interests))
        return
    moment = services.now()
    page, shown = digest_page(make_digest(found, (), moment), phrases, moment, "", "now")
    await fill(interaction, view_of(page, *digest_rows(alliance, shown, phrases)))
    await services.store.opportunities.digest_shown(alliance, person, [one.id for one in shown])


async def fitting(services: Services, alliance: int, person: int) -> tuple[Opportunity, ...]:
    """What is open, fits a person, isn't of their own organization, and has no answer of theirs."""
    store = services.store
    own = [one for one in await store.people.listeners(alliance) if one.person == person]
    known = await store.opportunities.opportunities(alliance) if own else ()
    names = {folded(one.organization) for one in own}
    sides = {side(person, name) for name in ("", *(one.organization for one in own))}
    interests = list(dict.fromkeys(interest for one in own for interest in one.interests))
    found = []
    for one in known:
        mine = one.poster == person or (one.organization and folded(one.organization) in names)
        if mine:
            continue
        answers = await store.opportunities.answers(alliance, one.id)
        if any(side(said.person, said.organization) in sides for said in answers):
            continue
        (near,) = await nearness(services, interests, [one.offer])
        if match(one.offer, own, near, services.stems):
            found.append(one)
    return tuple(found)


async def _give(interaction: Interaction, alliance: int) -> None:
    """Give a steward everything that is open as a file."""
    services: Services = interaction.client.services
    say = services.phrases.say
    known = await services.store.opportunities.opportunities(alliance)
    words = say("digest_file", count=len(known))
    if not known:
        await tell(interaction, words)
        return
    name = interaction.guild.name if interaction.guild else ""
    text = to_markdown(digest_paper(known, services.phrases, services.now(), name))
    file = NamedFile(FILE, text.encode("utf-8", "replace"))
    await with_retries(
        lambda: interaction.edit_original_response(
            content=words, attachments=[file.fresh()], allowed_mentions=NOBODY
        )
    )


def digest_paper(
    known: Sequence[Opportunity], phrases: Phrases, now: datetime, alliance: str
) -> tuple[Block, ...]:
    """What is open, for people who aren't on Discord: with all they need to answer."""
    say = phrases.say
    blocks: list[Block] = [
        Heading(1, say("digest_paper_title", alliance=clip(alliance))),
        Paragraph(say("digest_paper_facts", day=now.astimezone(UTC), count=len(known))),
    ]
    for kind, ones in make_digest(known, (), now).fresh:
        blocks.append(Heading(2, say("digest_paper_kind", kind=kind.value)))
        for one in ones:
            blocks += _entry(one, phrases)
    return tuple(blocks)


def _entry(one: Opportunity, phrases: Phrases) -> list[Block]:
    offer = one.offer
    deadline = f"{offer.deadline.astimezone(UTC):%Y-%m-%d %H:%M}" if offer.deadline else ""
    facts = {
        "organization": one.organization or one.poster_name,
        "audience": offer.audience,
        "region": offer.region,
        "deadline": deadline,
        "capacity": str(offer.capacity or ""),
        "contact": offer.contact,
        "link": offer.link,
    }
    lines = [
        phrases.say("digest_paper_fact", what=what, value=" ".join(value.split()))
        for what, value in facts.items()
        if value
    ]
    return [
        Heading(3, f"{offer.title} (#{one.id})"),
        Paragraph(offer.description),
        Bullets(tuple(lines)),
    ]
