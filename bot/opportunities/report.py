"""/opportunity report: what was posted, whom it reached, what came of it; for stewards."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

import structlog

from bot.chat.fit import Listing
from bot.chat.flow import Scope, command
from bot.chat.options import Range
from bot.chat.screen import File, Screen
from bot.chat.turn import Context, Turn
from bot.core.errors import Refused
from bot.core.markup import NAME, clip
from bot.core.pace import Cost
from bot.opportunities.rules.report import OUTCOMES, Line, Report, make_report, to_csv

TABLE, CHART = "opportunities.csv", "opportunities.png"
Days = Annotated[int, Range(1, 3650)]
_LABELS = ("answers", "outcomes", "by kind", "by organization", "more", "reached")
_ANSWERS = ("interested", "waiting", "not for us")
_log = structlog.get_logger()


@command("opportunity report", scope=Scope.OWN, steward=True, cost=Cost.QUESTION)
async def report(turn: Turn, days: Days | None = None) -> Screen:
    """The numbers as text, as a table and as a picture."""
    since = turn.now - timedelta(days=days) if days else None
    told = await turn.store.opportunities.told(turn.alliance, since)
    if not told:
        raise Refused(turn.say("report_none", days=days))
    made = make_report(told)
    files = [File(TABLE, to_csv(made).encode("utf-8", "replace"))]
    if (chart := await _chart(turn, made)) is not None:
        files.insert(0, File(CHART, chart, picture=True))
    return Screen(
        turn.say("report_lead", days=days, posted=made.total.posted),
        _line(turn, made.total, turn.say("report_label", what="total")),
        _listing(turn, "by kind", made.by_kind),
        _listing(turn, "by organization", made.by_organization),
        turn.say("report_foot"),
        files=files,
    )


async def _chart(turn: Turn, made: Report) -> bytes | None:
    """The picture; None where it can't be made: the text has everything."""
    words = {what: turn.say("report_label", what=what) for what in (*_LABELS, *_ANSWERS, *OUTCOMES)}
    try:
        async with turn.alone("chart"):
            return await asyncio.to_thread(turn.services.report_chart, made, words)
    except Exception:  # noqa: BLE001  (the text has everything)
        _log.exception("chart_failed")
        return None


def _listing(context: Context, what: str, lines: Sequence[Line]) -> Listing:
    """As many lines as fit; the table has all."""
    label = context.say("report_label", what=what)
    head = f"**{label[:1].upper()}{label[1:]}**"
    return Listing([_line(context, line, clip(line.name, NAME)) for line in lines], head=head)


def _line(context: Context, line: Line, name: str) -> str:
    outcomes = [
        (context.say("report_label", what=outcome), line.outcomes[outcome])
        for outcome in OUTCOMES
        if line.outcomes.get(outcome)
    ]
    return context.say(
        "report_line",
        name=name,
        posted=line.posted,
        reached=line.reached,
        interested=line.interested,
        waiting=line.waiting,
        not_for_us=line.not_for_us,
        outcomes=outcomes,
    )
