"""Reads `prompts/` into templates that refuse a missing or an extra variable."""

from __future__ import annotations

from pathlib import Path

from jinja2 import StrictUndefined, Template, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.content.models import TemplatesFile
from bot.content.problems import ProblemList, line_at, parse_yaml, validate
from bot.core.checklists.brief_phrases import VARIABLES as BRIEF_VARIABLES
from bot.core.checklists.brief_phrases import BriefPhrase
from bot.core.checklists.phrases import VARIABLES as CHECKLIST_VARIABLES
from bot.core.checklists.phrases import ChecklistPhrase
from bot.core.errors import ContentInvalid, Problem
from bot.core.opportunities.partner_phrases import VARIABLES as PARTNER_VARIABLES
from bot.core.opportunities.partner_phrases import PartnerPhrase
from bot.core.opportunities.phrases import VARIABLES as OPPORTUNITY_VARIABLES
from bot.core.opportunities.phrases import OpportunityPhrase
from bot.core.opportunities.terminal_phrases import VARIABLES as BOARD_VARIABLES
from bot.core.opportunities.terminal_phrases import BoardPhrase
from bot.core.phrases import VARIABLES as ANSWER_VARIABLES
from bot.core.phrases import Phrase, Spoken
from bot.core.terminal_phrases import VARIABLES as TERMINAL_VARIABLES
from bot.core.terminal_phrases import TerminalPhrase

PHRASES: tuple[Spoken, ...] = (
    *Phrase,
    *ChecklistPhrase,
    *BriefPhrase,
    *OpportunityPhrase,
    *PartnerPhrase,
    *BoardPhrase,
    *TerminalPhrase,
)
VARIABLES = {
    **ANSWER_VARIABLES,
    **CHECKLIST_VARIABLES,
    **BRIEF_VARIABLES,
    **OPPORTUNITY_VARIABLES,
    **PARTNER_VARIABLES,
    **BOARD_VARIABLES,
    **TERMINAL_VARIABLES,
}

_environment = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined,
    autoescape=False,
    keep_trailing_newline=True,
)


class TemplatePhrases:
    """All phrases, compiled; implements `bot.core.phrases.Phrases`."""

    def __init__(self, templates: dict[Spoken, Template]) -> None:
        self._templates = templates

    def say(self, phrase: Spoken, **variables: object) -> str:
        """The words of a phrase.

        Raises:
            ValueError: a variable is missing or was not declared.
        """
        declared = VARIABLES.get(phrase, frozenset())
        if set(variables) != declared:
            raise ValueError(f"{phrase} takes {sorted(declared)}, not {sorted(variables)}")
        return self._templates[phrase].render(**variables)


def read_phrases(prompts: Path) -> TemplatePhrases:
    """Read all templates below the folder `prompts`.

    Raises:
        ContentInvalid: with every problem found.
    """
    phrases, problems = examine_phrases(prompts)
    if phrases is None:
        raise ContentInvalid(problems)
    return phrases


def examine_phrases(prompts: Path) -> tuple[TemplatePhrases | None, list[Problem]]:
    """Read all templates; None when there is any problem."""
    problems = ProblemList()
    found: dict[Spoken, Template] = {}
    known = {str(phrase): phrase for phrase in PHRASES}
    for file in sorted(prompts.glob("*.yaml")):
        name = f"{prompts.name}/{file.name}"
        try:
            parsed = parse_yaml(file.read_text("utf-8"), name, 1, problems)
        except (OSError, UnicodeDecodeError) as error:
            problems.add(name, 0, f"can't be read: {error}")
            continue
        content = validate(TemplatesFile, parsed, name, 1, problems) if parsed else None
        if content is None or parsed is None:
            continue
        for key, entry in content.templates.items():
            line = 1 + line_at(parsed[1], ("templates", key))
            if key not in known:
                problems.add(name, line, f"the program has no phrase {key!r}")
                continue
            phrase = known[key]
            if phrase in found:
                problems.add(name, line, f"the phrase {key!r} is given twice")
            _compare(name, line, "declares", set(entry.variables), phrase, problems)
            try:
                used = meta.find_undeclared_variables(_environment.parse(entry.text))
                found[phrase] = _environment.from_string(entry.text)
            except TemplateError as error:
                problems.add(name, line, f"not a valid template: {error}")
                continue
            _compare(name, line, "uses", used, phrase, problems)
    for phrase in PHRASES:
        if phrase not in found and not problems.problems:
            problems.add(prompts.name, 0, f"no template for the phrase {phrase!s}")
    return (None, sorted(problems.problems)) if problems.problems else (TemplatePhrases(found), [])


def _compare(
    name: str, line: int, verb: str, given: set[str], phrase: Spoken, problems: ProblemList
) -> None:
    expected = VARIABLES.get(phrase, frozenset())
    if given != expected:
        problems.add(
            name, line, f"{phrase!s} {verb} {sorted(given)}; the program gives {sorted(expected)}"
        )
