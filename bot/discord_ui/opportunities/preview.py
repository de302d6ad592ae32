"""The preview of a draft: how the post will look, whom it reaches and why; **Post**, **Discard**."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import discord

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import COMPONENTS_V2_TEXT
from bot.adapters.discord.permissions import missing_permissions, named
from bot.adapters.discord.send import Interaction, fill
from bot.alliances.records import ChannelPurpose
from bot.core.phrases import Phrases
from bot.discord_ui.checklists.quoting import NAME, clip
from bot.discord_ui.gate import updating, whisper_beside
from bot.discord_ui.opportunities.card import link_of, post_page, stamp
from bot.discord_ui.opportunities.choosing import find_by_id, why_not_post
from bot.discord_ui.opportunities.items import Key, Step, StepButton
from bot.discord_ui.opportunities.reach import Reached, find_alike, find_matches, reached_by
from bot.discord_ui.render import Page, notice
from bot.discord_ui.views import view_of
from bot.opportunities.rules.matching import Reason
from bot.opportunities.rules.models import Mode, Opportunity, State
from bot.opportunities.rules.records import Published, PublishTrouble
from bot.opportunities.rules.replies import Counts, is_open

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient
    from bot.chat.services import Services

_ROOM_FOR_REACH = 1300
"""Characters of the list of partners; the rest is for the post."""
_ROOM_FOR_MORE = 150
"""Characters kept for the lines that say how many more there are."""
_MOST_IN_MODE = 8
_MODES = (Mode.INSTANT, Mode.DAILY, Mode.WEEKLY)
_LOOKS, _PAUSE = 30, 0.1
"""How often, and after how many seconds each, it is looked whether the post stands."""


async def show(interaction: Interaction, draft: Opportunity, why: str = "") -> None:
    """Show a draft where the acknowledgement stands; `why` says why it isn't posted yet."""
    services: Services = interaction.client.services
    phrases = services.phrases
    matches = await find_matches(services, draft.alliance, draft.offer)
    alike = await find_alike(services, draft.alliance, draft.offer)
    missing = why or await _why_nowhere(interaction, await _channel(interaction))
    page = preview_page(draft, reached_by(draft, matches), alike, phrases, services, missing)
    key = (draft.alliance, draft.id)
    await fill(interaction, view_of(page, [StepButton.of(step, key, phrases) for step in Step]))


def preview_page(
    draft: Opportunity,
    reached: Sequence[Reached],
    alike: Opportunity | None,
    phrases: Phrases,
    services: Services,
    why: str = "",
) -> Page:
    """The page of a preview.

    Args:
        draft: what is to be posted.
        reached: whom it will reach.
        alike: an open one that it is much like.
        phrases: the words.
        services: tell the time.
        why: why it can't be posted as things stand; empty if it can.
    """
    deadline = draft.offer.deadline
    lead = phrases.say("preview_lead", id=draft.id, deadline=stamp(deadline))
    lines = [why] if why else []
    if alike is not None:
        title = clip(alike.offer.title)
        link = link_of(alike)
        lines.append(phrases.say("preview_alike", id=alike.id, title=title, link=link))
    notes, now = "\n".join(lines), services.now()
    left = COMPONENTS_V2_TEXT - len(lead) - len(notes)
    facts = post_page(draft, Counts(), phrases, now, 0)
    room = min(left - sum(map(len, facts.texts)), _ROOM_FOR_REACH)
    partners = reach_text(reached, draft, phrases, room)
    post = post_page(draft, Counts(), phrases, now, left - len(partners))
    return Page(tuple(filter(None, (lead, *post.texts, partners, notes))))


def reach_text(reached: Sequence[Reached], draft: Opportunity, phrases: Phrases, room: int) -> str:
    """The partners that will hear, by how they do, each with the reason; in `room` characters."""
    if not reached:
        return phrases.say("preview_nobody")
    blocks = [phrases.say("preview_reach", count=len({one.organization for one in reached}))]
    for mode in _MODES:
        here = [one for one in reached if one.mode is mode]
        if not here:
            continue
        lines: list[str] = []
        head = phrases.say("preview_mode", mode=mode.value, count=len(here))
        for one in here[:_MOST_IN_MODE]:
            line = phrases.say(
                "preview_partner",
                name=clip(one.organization, NAME),
                reason=reason_words(one.match.reasons[:1], draft, phrases),
            )
            size = sum(len(text) + 1 for text in (*blocks, head, *lines, line))
            if size > room - _ROOM_FOR_MORE:
                break
            lines.append(line)
        if len(lines) < len(here):
            lines.append(phrases.say("preview_more", count=len(here) - len(lines)))
        blocks.append("\n".join([head, *lines]))
    return "\n".join(blocks)


def reason_words(reasons: Iterable[Reason], draft: Opportunity, phrases: Phrases) -> str:
    """Why an opportunity fits, in words."""
    kind = draft.offer.kind.value
    return ", ".join(
        phrases.say(
            "match_reason",
            ground=reason.ground.value,
            interest=clip(reason.interest, NAME),
            kind=kind,
        )
        for reason in reasons
    )


# -- pressed ---------------------------------------------------------------------------------------


async def post_pressed(interaction: Interaction, key: Key) -> None:
    """**Post**: open the draft to all, exactly once."""
    client: GuideClient = interaction.client
    async with handling(interaction), updating(interaction), client.turns.at(("post", key)):
        draft = await _draft_of(interaction, key)
        if draft is None:
            return
        channel = await _channel(interaction)
        why = await why_not_post(interaction) or await _why_nowhere(interaction, channel)
        if why or channel is None:
            await show(interaction, draft, why)
            return
        services = client.services
        matches = await find_matches(services, draft.alliance, draft.offer)
        published = await services.store.opportunities.publish(
            draft.alliance, draft.id, matches, channel.id, cap=services.opportunity_cap
        )
        if isinstance(published, PublishTrouble):
            await _say_trouble(interaction, draft, published)
            return
        client.dispatch("notices")
        await _show_posted(interaction, published, channel)


async def discard_pressed(interaction: Interaction, key: Key) -> None:
    """**Discard**: give the draft up."""
    async with handling(interaction), updating(interaction):
        draft = await _draft_of(interaction, key)
        if draft is None:
            return
        services: Services = interaction.client.services
        if await services.store.opportunities.discard(draft.alliance, draft.id):
            await fill(interaction, view_of(notice(services.phrases.say("draft_discarded"))))
        else:
            await whisper_beside(interaction, services.phrases.say("draft_gone"))


async def _draft_of(interaction: Interaction, key: Key) -> Opportunity | None:
    """The draft of a preview; None after saying what became of it."""
    services: Services = interaction.client.services
    say = services.phrases.say
    found = await find_by_id(interaction, *key)
    if found is None or found.poster != interaction.user.id:
        await whisper_beside(interaction, say("draft_gone"))
        return None
    if found.state is not State.DRAFT:
        await whisper_beside(interaction, _posted_already(found, services))
        return None
    return found


async def _say_trouble(
    interaction: Interaction, draft: Opportunity, trouble: PublishTrouble
) -> None:
    """Say why it was not posted."""
    services: Services = interaction.client.services
    say = services.phrases.say
    if trouble is PublishTrouble.CAP:
        organization = clip(draft.organization, NAME)
        cap = services.opportunity_cap
        words = say("post_cap", cap=cap, organization=organization)
        await show(interaction, draft, words)
    elif trouble is PublishTrouble.PAST:
        await show(interaction, draft, say("post_past"))
    elif trouble is PublishTrouble.ALREADY:
        found = await services.store.opportunities.opportunity(draft.alliance, draft.id)
        await whisper_beside(interaction, _posted_already(found or draft, services))
    else:
        await whisper_beside(interaction, say("draft_gone"))


def _posted_already(found: Opportunity, services: Services) -> str:
    closed = not is_open(found, services.now())
    return services.phrases.say("post_already", id=found.id, link=link_of(found), closed=closed)


async def _show_posted(
    interaction: Interaction, published: Published, channel: discord.TextChannel
) -> None:
    """Say where it will stand, then where it stands."""
    services: Services = interaction.client.services
    posted = published.opportunity

    def page(link: str) -> Page:
        words = services.phrases.say(
            "opportunity_posted",
            id=posted.id,
            title=clip(posted.offer.title),
            channel=channel.mention,
            link=link,
            reached=published.reached,
            closes=stamp(posted.closes),
            deadline=posted.offer.deadline is not None,
        )
        return notice(words)

    await fill(interaction, view_of(page("")))
    for _ in range(_LOOKS):
        now = await services.store.opportunities.opportunity(posted.alliance, posted.id)
        if now is not None and now.message is not None:
            await fill(interaction, view_of(page(link_of(now))))
            return
        if interaction.client.stopping:
            return
        await asyncio.sleep(_PAUSE)


async def _channel(interaction: Interaction) -> discord.TextChannel | None:
    """Where opportunities are posted; None if there is no such channel."""
    services: Services = interaction.client.services
    guild = interaction.guild
    if guild is None:
        return None
    for one in await services.store.alliances.channels(guild.id, ChannelPurpose.OPPORTUNITIES):
        channel = guild.get_channel(one.channel)
        if isinstance(channel, discord.TextChannel):
            return channel
    return None


async def _why_nowhere(interaction: Interaction, channel: discord.TextChannel | None) -> str:
    """The words why nothing can be posted to a channel; empty if it can."""
    phrases: Phrases = interaction.client.services.phrases
    if channel is None:
        return phrases.say("no_opportunity_channel")
    has = channel.permissions_for(channel.guild.me)
    if missing := missing_permissions(has, in_thread=False):
        return phrases.say(
            "opportunity_channel_lacking", channel=channel.mention, permissions=named(missing)
        )
    return ""
