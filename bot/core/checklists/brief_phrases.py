"""What stands in the brief of a run; the texts stand in `prompts/brief.yaml`."""

from __future__ import annotations

from bot.core.phrases import Spoken


class BriefPhrase(Spoken):
    """Every template of the brief; `VARIABLES` has what they are given."""

    BRIEF_FACTS = "brief_facts"
    BRIEF_ANSWERS = "brief_answers"
    BRIEF_SET_ASIDE = "brief_set_aside"
    BRIEF_WHO = "brief_who"
    BRIEF_UNDERSTOOD = "brief_understood"
    BRIEF_UNANSWERED = "brief_unanswered"
    BRIEF_BEHIND = "brief_behind"
    BRIEF_GAPS = "brief_gaps"
    BRIEF_NO_GAPS = "brief_no_gaps"
    BRIEF_GAP = "brief_gap"
    BRIEF_COMMITMENTS = "brief_commitments"
    BRIEF_NO_COMMITMENTS = "brief_no_commitments"
    BRIEF_COMMITMENT_COLUMNS = "brief_commitment_columns"
    BRIEF_PROMISE = "brief_promise"
    BRIEF_BY_WHEN = "brief_by_when"
    BRIEF_CHANGES = "brief_changes"
    BRIEF_NO_CHANGES = "brief_no_changes"
    BRIEF_THEN_NOW = "brief_then_now"
    BRIEF_STILL_OPEN = "brief_still_open"
    BRIEF_GAPS_CLOSED = "brief_gaps_closed"
    BRIEF_SOURCES = "brief_sources"
    BRIEF_SOURCE = "brief_source"


VARIABLES: dict[Spoken, frozenset[str]] = {
    BriefPhrase.BRIEF_FACTS: frozenset(
        {
            "run",
            "version",
            "owner",
            "team",
            "status",
            "people",
            "started",
            "finished",
            "answered",
            "steps",
        }
    ),
    BriefPhrase.BRIEF_WHO: frozenset({"name", "organization"}),
    BriefPhrase.BRIEF_UNDERSTOOD: frozenset({"value"}),
    BriefPhrase.BRIEF_UNANSWERED: frozenset({"skipped", "required"}),
    BriefPhrase.BRIEF_BEHIND: frozenset({"passages"}),
    BriefPhrase.BRIEF_GAP: frozenset({"question", "reason", "detail", "titles"}),
    BriefPhrase.BRIEF_PROMISE: frozenset({"alone", "what", "who", "day", "when"}),
    BriefPhrase.BRIEF_BY_WHEN: frozenset({"day", "moved", "status"}),
    BriefPhrase.BRIEF_CHANGES: frozenset({"run", "since"}),
    BriefPhrase.BRIEF_THEN_NOW: frozenset({"then", "answered", "skipped", "reason"}),
    BriefPhrase.BRIEF_SOURCE: frozenset({"title", "authors", "publisher", "year"}),
}
"""The variables of each template that has any."""
