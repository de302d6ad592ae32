"""Reads `prompts/` into templates that refuse a missing or an extra variable.

A phrase's text is its only declaration: its variables are those that the template uses.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jinja2 import StrictUndefined, Template, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.content.models import TemplatesFile
from bot.content.phrase_use import said_in_program
from bot.content.problems import ProblemList, line_at, parse_yaml, validate
from bot.core.about_bot import ABOUT_BOT, AboutBot
from bot.core.errors import ContentInvalid, Problem

_environment = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined,
    autoescape=False,
    keep_trailing_newline=True,
)


@dataclass(frozen=True)
class _Written:
    """The text of a template with where it stands; compiled when it is first used."""

    text: str
    file: str
    line: int

    @cached_property
    def template(self) -> Template:
        return _environment.from_string(self.text)

    @cached_property
    def variables(self) -> frozenset[str]:
        return frozenset(meta.find_undeclared_variables(_environment.parse(self.text)))


class TemplatePhrases:
    """All phrases; implements `bot.core.phrases.Phrases`."""

    def __init__(self, written: dict[str, _Written]) -> None:
        self._written = written

    def say(self, phrase: str, /, **variables: object) -> str:
        """The words of a phrase.

        Raises:
            KeyError: there is no such phrase.
            ValueError: a variable is missing, or the template uses none of that name.
        """
        written = self._written[phrase]
        if variables.keys() != written.variables:
            takes = sorted(written.variables)
            raise ValueError(f"{phrase} takes {takes}, not {sorted(variables)}")
        return written.template.render(**variables)

    def __contains__(self, phrase: object) -> bool:
        """Whether there is a phrase of a name."""
        return phrase in self._written

    @property
    def variables(self) -> dict[str, frozenset[str]]:
        """The variables of each phrase by its name."""
        return {name: written.variables for name, written in self._written.items()}


def read_phrases(prompts: Path) -> TemplatePhrases:
    """Read all templates below the folder `prompts`.

    Raises:
        ContentInvalid: with every problem found.
    """
    problems = ProblemList()
    phrases = _read(prompts, problems)
    if problems.problems:
        raise ContentInvalid(sorted(problems.problems))
    return phrases


def examine_phrases(prompts: Path) -> list[Problem]:
    """Everything that is wrong with the templates, also beside what the program says."""
    problems = ProblemList()
    written = _read(prompts, problems)._written  # noqa: SLF001  (the same module)
    said = said_in_program()
    for name, one in written.items():
        try:
            one.template  # noqa: B018  (compiled now, to see whether it can be)
        except TemplateError as error:
            problems.add(one.file, one.line, f"not a valid template: {error}")
            continue
        if name not in said.names and not name.startswith(ABOUT_BOT):
            problems.add(one.file, one.line, f"the program has no phrase {name!r}")
        for given in said.variables.get(name, ()):
            if given != one.variables:
                problems.add(
                    one.file,
                    one.line,
                    f"{name} uses {sorted(one.variables)}; the program gives {sorted(given)}",
                )
                break
    if not problems.problems:
        for name in sorted(said.variables.keys() - written.keys()):
            problems.add(prompts.name, 0, f"no template for the phrase {name}")
    return sorted(problems.problems)


def examine_about_bot(prompts: Path, known: AboutBot) -> list[Problem]:
    """Whether each kind of what is said about the bot has its phrase, and each such phrase a kind."""
    problems = ProblemList()
    written = _read(prompts, ProblemList())._written  # noqa: SLF001  (the same module)
    phrases = {kind.phrase for kind in known.kinds}
    for name in sorted(phrases - written.keys()):
        problems.add(prompts.name, 0, f"no template for the phrase {name}")
    for name, one in written.items():
        if name.startswith(ABOUT_BOT) and name not in phrases:
            problems.add(one.file, one.line, f"about-the-bot.yaml has no kind for {name!r}")
        elif name in phrases and one.variables:
            problems.add(one.file, one.line, f"{name} takes no variables")
    return sorted(problems.problems)


def _read(prompts: Path, problems: ProblemList) -> TemplatePhrases:
    """The templates that can be read."""
    found: dict[str, _Written] = {}
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
        for phrase, entry in content.templates.items():
            line = 1 + line_at(parsed[1], ("templates", phrase))
            if phrase in found:
                problems.add(name, line, f"the phrase {phrase!r} is given twice")
            try:
                _environment.parse(entry.text)
            except TemplateError as error:
                problems.add(name, line, f"not a valid template: {error}")
                continue
            found[phrase] = _Written(entry.text, name, line)
    return TemplatePhrases(found)
