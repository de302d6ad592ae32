"""The file formats of `knowledge/` and `prompts/`, as models that forbid unknown keys.

They describe what a person writes; `bot.core.models` has what the program works with. The JSON
Schemas in `knowledge/schemas/` are generated from these classes.
"""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from bot.core.zones import Zones

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]

ASKS = (6, 10)
BEYOND = (2, 4)
WORDS = (40, 180)
_POSSIBLE = {"yes-no": ["yes", "no"], "rating": ["1", "2", "3", "4", "5"]}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DocumentEntry(_Strict):
    """One source document; `note` says honestly what is not known about it."""

    id: Identifier
    title: Line
    authors: Line
    publisher: Line
    year: Annotated[int, Field(ge=1900, le=2100)] | None
    series: Line | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https://\S+$")] | None = None
    note: Prose


class DocumentsFile(_Strict):
    """`documents.yaml`: all source documents."""

    documents: Annotated[list[DocumentEntry], Field(min_length=1)]


class SourceReference(_Strict):
    """The document, and the section of it, that a passage was written from."""

    document: Identifier
    section: Line


class PassageHead(_Strict):
    """What stands above the text of a passage."""

    id: Identifier
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    kind: Literal["guidance", "case", "glossary"]
    topics: Annotated[list[Identifier], Field(min_length=1)]
    source: SourceReference
    stage: Literal["starting", "running", "renewing"] | None = None
    illustrates: Annotated[list[Identifier], Field(min_length=1)] | None = None
    sector: Line | None = None
    place: Line | None = None
    outcome: Line | None = None
    asks: Annotated[list[Line], Field(min_length=ASKS[0], max_length=ASKS[1])]
    beyond: Annotated[list[Line], Field(min_length=BEYOND[0], max_length=BEYOND[1])]

    @model_validator(mode="after")
    def _case_keys_belong_to_cases(self) -> PassageHead:
        if self.kind == "case" and (self.illustrates is None or self.sector is None):
            raise ValueError("a case says what it illustrates and in which sector")
        given = {"illustrates", "sector", "place", "outcome"} & self.model_fields_set
        if self.kind != "case" and given:
            raise ValueError(f"only a case has {', '.join(sorted(given))}")
        return self

    @model_validator(mode="after")
    def _no_question_twice(self) -> PassageHead:
        seen: set[str] = set()
        for question in (*self.asks, *self.beyond):
            if question.casefold() in seen:
                raise ValueError(f"the question {question!r} stands here twice")
            seen.add(question.casefold())
        return self


class ConditionEntry(_Strict):
    """A step is asked only when the answer to an earlier step is one of these."""

    step: Identifier
    is_in: Annotated[list[Line], Field(alias="is", min_length=1)]


class StepEntry(_Strict):
    """One step of a checklist."""

    id: Identifier
    question: Line
    why: Prose
    passages: Annotated[list[Identifier], Field(min_length=1)]
    case: Identifier | None = None
    type: Literal["text", "choice", "yes-no", "rating", "date"] = "text"
    choices: Annotated[list[Line], Field(min_length=2, max_length=25)] | None = None
    required: bool
    commitment: bool = False
    when: ConditionEntry | None = None

    @model_validator(mode="after")
    def _choices_belong_to_choice(self) -> StepEntry:
        if (self.type == "choice") != (self.choices is not None):
            raise ValueError("choices stand with the type choice, and only there")
        return self


class ChecklistFile(_Strict):
    """One checklist: the questions that matter, in order."""

    id: Identifier
    version: Annotated[int, Field(ge=1)]
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    purpose: Prose
    audience: Line
    overview: Identifier
    """The passage that says as a whole what the steps go through one by one."""
    minutes: Annotated[int, Field(ge=1, le=180)]
    steps: Annotated[list[StepEntry], Field(min_length=2, max_length=25)]

    @model_validator(mode="after")
    def _steps_are_ordered(self) -> ChecklistFile:
        answers: dict[str, list[str]] = {}
        for step in self.steps:
            if step.id in answers:
                raise ValueError(f"two steps have the id {step.id!r}")
            if step.when is not None:
                if step.when.step not in answers:
                    raise ValueError(
                        f"step {step.id!r} depends on {step.when.step!r}, which is no earlier step"
                    )
                possible = answers[step.when.step]
                if not set(step.when.is_in) <= set(possible):
                    raise ValueError(f"step {step.id!r} waits for an answer that can't be given")
            answers[step.id] = _POSSIBLE.get(step.type, step.choices or [])
        return self


class AboutBotEntry(_Strict):
    """One kind of thing that people say to the bot about itself."""

    overheard: bool
    says: Annotated[list[Line], Field(min_length=3)]


class AboutBotFile(_Strict):
    """`about-the-bot.yaml`: by kind what is said to the bot, and what only looks like it."""

    kinds: dict[
        Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$", max_length=40)],
        AboutBotEntry,
    ]
    unlike: list[Line] = []

    @model_validator(mode="after")
    def _nothing_twice(self) -> AboutBotFile:
        every = [*self.unlike, *(text for kind in self.kinds.values() for text in kind.says)]
        said = Counter(map(str.casefold, every))
        twice = [text for text, count in said.items() if count > 1]
        if twice:
            raise ValueError(f"{twice[0]!r} stands here twice")
        return self


_Wording = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
_Wordings = list[_Wording]


class SpokenEntry(_Strict):
    """What is written for one thing that a button does."""

    day: bool = False
    says: Annotated[_Wordings, Field(min_length=1)]
    alone: _Wordings
    unless: _Wordings


class SpokenFile(_Strict):
    """`words-for-buttons.yaml`: what people write where a button was meant."""

    kinds: dict[Annotated[str, StringConstraints(pattern=r"^[a-z]+$", max_length=20)], SpokenEntry]
    other: _Wordings
    every: _Wordings
    doubts: _Wordings
    fillers: _Wordings
    requests: _Wordings


class AskedLine(_Strict):
    """A line of `questions/*.jsonl`: a question as somebody of that name would put it."""

    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    passage: Identifier | None = None
    """The passage that answers it; without one the library doesn't cover it."""


class UncoveredFile(_Strict):
    """`uncovered.yaml`: questions that people may ask and that no passage answers."""

    questions: Annotated[list[Line], Field(min_length=1)]

    @model_validator(mode="after")
    def _none_twice(self) -> UncoveredFile:
        twice = [q for q, count in Counter(map(str.casefold, self.questions)).items() if count > 1]
        if twice:
            raise ValueError(f"the question {twice[0]!r} stands here twice")
        return self


def _known_zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("the time zone database has no such zone") from None


_ZoneName = Annotated[str, AfterValidator(_known_zone)]
_SaidZone = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class ZonesFile(_Strict):
    """`zones.yaml`: what people call a time zone beside the names of the database.

    By zone; then names that may mean several zones, and short names of states, as behind a city.
    """

    zones: dict[_ZoneName, Annotated[list[_SaidZone], Field(min_length=1)]]
    several: dict[_SaidZone, Annotated[list[_ZoneName], Field(min_length=2, max_length=5)]] = Field(
        default_factory=dict
    )
    short: dict[_SaidZone, _SaidZone] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _no_name_twice(self) -> ZonesFile:
        names = [*(name for names in self.zones.values() for name in names), *self.several]
        said = Counter(name.casefold() for name in names)
        twice = [name for name, count in said.items() if count > 1]
        if twice:
            raise ValueError(f"the name {twice[0]!r} stands here twice")
        return self

    @model_validator(mode="after")
    def _known_states(self) -> ZonesFile:
        more = {name: zone for zone, names in self.zones.items() for name in names}
        zones = Zones(more, self.several)
        unknown = [name for name in self.short.values() if not zones.readings(name)]
        if unknown:
            raise ValueError(f"{unknown[0]!r} is short for something, and has no time zone here")
        return self


class TemplateEntry(_Strict):
    """One thing the bot says: what for, and the words."""

    purpose: Line
    text: Annotated[str, StringConstraints(min_length=1)]


class TemplatesFile(_Strict):
    """A file of `prompts/`: templates by name."""

    templates: dict[Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")], TemplateEntry]
