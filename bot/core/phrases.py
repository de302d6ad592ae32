"""The words the bot says, as the domain asks for them; the texts themselves stand in `prompts/`."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class Phrase(StrEnum):
    """Every template that code uses, with the variables it gives in `VARIABLES`."""

    EXAMPLE_LEAD = "example_lead"
    OTHER_SOURCE_LEAD = "other_source_lead"
    NOT_COVERED = "not_covered"
    NO_FIGURE = "no_figure"
    NO_DATE = "no_date"
    NO_PERSON = "no_person"
    NO_RULE = "no_rule"
    NO_CURRENT = "no_current"
    NO_SERVICE = "no_service"
    UNKNOWN_NAME = "unknown_name"
    OFF_TOPIC = "off_topic"
    OTHER_LANGUAGE = "other_language"
    NEARBY = "nearby"


VARIABLES: dict[Phrase, frozenset[str]] = {
    Phrase.OTHER_SOURCE_LEAD: frozenset({"document"}),
    Phrase.UNKNOWN_NAME: frozenset({"name"}),
    Phrase.NEARBY: frozenset({"titles"}),
}


class Phrases(Protocol):
    """Fills in templates."""

    def say(self, phrase: Phrase, **variables: object) -> str:
        """The words of a phrase with its variables filled in."""
