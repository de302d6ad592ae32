"""A form that is filled in line by line."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.chat.screen import Field, Form
from bot.core.errors import Refused
from bot.core.markup import clip, escape, one_line
from bot.core.phrases import Phrases

Send = Callable[[Mapping[str, str]], Awaitable[None]]

_BEGUN = 60
"""Characters of what a field has, where it is asked for."""


class Filling:
    """A form, and how far it is filled in.

    Args:
        form: what is asked for.
        send: takes what was typed, by the ids of the fields.
        at: when it was opened.
        phrases: the words.
    """

    def __init__(self, form: Form, send: Send, at: int, phrases: Phrases) -> None:
        self.form = form
        self.send = send
        self.at = at
        self.values = {field.id: field.value for field in form.fields}
        self._say = phrases.say
        self._place = 0
        self._named = False

    @property
    def done(self) -> bool:
        """Whether every field was asked for."""
        return self._place >= len(self.form.fields)

    @property
    def field(self) -> Field:
        """What is asked for."""
        return self.form.fields[self._place]

    @property
    def begun(self) -> str:
        """What the field has."""
        return self.values[self.field.id]

    def take(self, line: str) -> None:
        """Take a line for the field, and go on to the next.

        Raises:
            Refused: the field can't have it.
        """
        field = self.field
        if field.required and not line.strip():
            raise Refused(self._say("field_needed", label=escape(field.label)))
        if len(line) > field.most:
            raise Refused(self._say("field_too_long", long=len(line), most=field.most))
        self.values[field.id] = line
        self._place += 1

    def back(self) -> None:
        """Go to the field before."""
        self._place = max(self._place - 1, 0)

    def question(self) -> str:
        """Asks for the field; the first time it also says which form it is."""
        field = self.field
        title = "" if self._named else self.form.title
        self._named = True
        return self._say(
            "field_asked",
            title=escape(title),
            label=escape(field.label.rstrip("?:")),
            help=escape(field.help),
            hint=escape(one_line(field.hint)),
            begun=clip(self.begun, _BEGUN),
            required=field.required,
        )
