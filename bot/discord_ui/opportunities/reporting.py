"""/opportunity report: what was posted, whom it reached, what came of it; for stewards."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import discord
import structlog
from discord import app_commands, ui

from bot.adapters.discord.errors import handling
from bot.adapters.discord.limits import COMPONENTS_V2_TEXT
from bot.adapters.discord.send import NOBODY, Interaction, tell, with_retries
from bot.core.phrases import Phrases
from bot.discord_ui.checklists.briefs import NamedFile, show_files
from bot.discord_ui.checklists.quoting import NAME, clip
from bot.discord_ui.gate import steward_here
from bot.discord_ui.opportunities.group import opportunity_group
from bot.discord_ui.render import Page
from bot.discord_ui.views import view_of
from bot.opportunities.rules.report import OUTCOMES, Line, Report, make_report, to_csv

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

TABLE, CHART = "opportunities.csv", "opportunities.png"
_LONGEST = 3650
"""Days."""
_WORDS = ("answers", "outcomes", "by kind", "by organization", "more", "reached")
_ANSWERS = ("interested", "waiting", "not for us")
_log = structlog.get_logger()


def register(client: GuideClient) -> None:
    """Add the command."""
    services = client.services
    say = services.phrases.say

    @opportunity_group(client).command(name="report", description=say("opportunity_report_command"))
    @app_commands.describe(days=say("report_days_option"))
    async def report(
        interaction: Interaction, days: app_commands.Range[int, 1, _LONGEST] | None = None
    ) -> None:
        async with handling(interaction):
            if not await steward_here(interaction):
                return
            since = services.now() - timedelta(days=days) if days else None
            told = await services.store.opportunities.told(interaction.guild_id or 0, since)
            if not told:
                await tell(interaction, say("report_none", days=days))
                return
            await _give(interaction, client, make_report(told), days)


async def _give(
    interaction: Interaction, client: GuideClient, report: Report, days: int | None
) -> None:
    """Show the report with its chart and table where the acknowledgement stands."""
    services = client.services
    table = NamedFile(TABLE, to_csv(report).encode("utf-8", "replace"))
    chart = await _chart(client, report)
    page = report_page(report, services.phrases, days)

    def view() -> ui.LayoutView:
        shown = view_of(page)
        if chart is not None:
            picture = discord.MediaGalleryItem(f"attachment://{chart.name}")
            shown.add_item(ui.MediaGallery(picture))
        show_files(shown, [table])
        return shown

    files = [table] if chart is None else [chart, table]
    await with_retries(
        lambda: interaction.edit_original_response(
            view=view(), attachments=[file.fresh() for file in files], allowed_mentions=NOBODY
        )
    )


async def _chart(client: GuideClient, report: Report) -> NamedFile | None:
    """The picture; None where it can't be made: the text has everything."""
    services = client.services
    words = {
        what: services.phrases.say("report_label", what=what)
        for what in (*_WORDS, *_ANSWERS, *OUTCOMES)
    }
    try:
        async with client.turns.at("chart"):
            data = await asyncio.to_thread(services.report_chart, report, words)
    except Exception:  # noqa: BLE001  (the text has everything)
        _log.exception("chart_failed")
        return None
    return NamedFile(CHART, data) if data is not None else None


def report_page(report: Report, phrases: Phrases, days: int | None) -> Page:
    """The numbers as text; as many organizations as fit."""
    say = phrases.say
    lead = say("report_lead", days=days, posted=report.total.posted)
    foot = say("report_foot")
    texts = [lead, _line(report.total, phrases, say("report_label", what="total"))]
    room = COMPONENTS_V2_TEXT - len(foot) - sum(map(len, texts))
    groups = (("by kind", report.by_kind), ("by organization", report.by_organization))
    for what, lines in groups:
        label = say("report_label", what=what)
        text = _fitting(f"**{label[:1].upper()}{label[1:]}**", lines, phrases, room)
        room -= len(text)
        texts.append(text)
    return Page((*texts, foot))


def _fitting(head: str, lines: Sequence[Line], phrases: Phrases, room: int) -> str:
    kept = [head]
    for line in lines:
        text = _line(line, phrases, clip(line.name, NAME))
        if sum(len(before) + 1 for before in kept) + len(text) > room:
            break
        kept.append(text)
    return "\n".join(kept)


def _line(line: Line, phrases: Phrases, name: str) -> str:
    outcomes = [
        (phrases.say("report_label", what=outcome), line.outcomes[outcome])
        for outcome in OUTCOMES
        if line.outcomes.get(outcome)
    ]
    return phrases.say(
        "report_line",
        name=name,
        posted=line.posted,
        reached=line.reached,
        interested=line.interested,
        waiting=line.waiting,
        not_for_us=line.not_for_us,
        outcomes=outcomes,
    )
