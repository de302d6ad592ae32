"""Finding buttons, menus and form fields as a person would: by what is written on them."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tests.loopback.constants import SELECTS, ButtonStyle, Component, Json
from tests.loopback.errors import ScenarioError
from tests.loopback.limits import LIMITS
from tests.loopback.payloads.objects import attachment as attachment_payload
from tests.loopback.payloads.resolved import Resolved
from tests.loopback.validation.components import walk
from tests.loopback.world.model import File, Message, Modal, Version
from tests.loopback.world.text import control, render

if TYPE_CHECKING:
    from .actor import Actor

C = Component


Found = tuple[Json, Version | None]


def _candidates(message: Message, stale: bool) -> list[Found]:
    if not stale:
        return [(component, None) for component in walk(message.components)]
    versions = reversed(message.versions)
    return [(component, version) for version in versions for component in walk(version.components)]


def _names(component: Json) -> set[Any]:
    emoji = (component.get("emoji") or {}).get("name")
    return {component.get("label"), component.get("placeholder"), component.get("custom_id"), emoji}


def _find(message: Message, name: str, kinds: Container[object], stale: bool) -> Found:
    wanted = [found for found in _candidates(message, stale) if found[0].get("type") in kinds]
    named = [found for found in wanted if name in _names(found[0]) - {None}]
    for found in named:
        if not found[0].get("disabled"):
            return found
    if named:
        raise ScenarioError(f"{name!r} is disabled on:\n{render(message)}")
    offered = " ".join(control(component) for component, _ in wanted) or "none"
    raise ScenarioError(f"no {name!r} (there is: {offered}) on:\n{render(message)}")


def find_button(message: Message, name: str, *, stale: bool = False) -> Found:
    """Return the enabled button with this label, emoji or custom id.

    With `stale` it is looked for in earlier versions of the message, the latest first, and the
    version is returned too.

    Raises:
        ScenarioError: if there is none, it is disabled, or it merely links.
    """
    button, version = _find(message, name, {C.BUTTON}, stale)
    if button["style"] in (ButtonStyle.LINK, ButtonStyle.PREMIUM):
        raise ScenarioError(f"{name!r} opens a page, it does not reach the bot")
    return button, version


def find_select(message: Message, name: str, *, stale: bool = False) -> Found:
    """Return the enabled menu with this placeholder or custom id; `stale` as for buttons.

    Raises:
        ScenarioError: if there is none, or it is disabled.
    """
    return _find(message, name, SELECTS, stale)


def chosen(component: Json, picks: Sequence[Any], resolved: Resolved) -> list[str]:
    """Return the values of what was picked in a menu, radio or checkbox group.

    Raises:
        ScenarioError: for what is not offered, or too few or too many.
    """
    name = component.get("placeholder") or component["custom_id"]
    lowest, highest = component.get("min_values"), component.get("max_values")
    least = 1 if lowest is None else lowest
    if component.get("required") is False:
        least = 0
    if not least <= len(picks) <= (1 if highest is None else highest):
        raise ScenarioError(f"{name!r} takes {least} to {highest or 1} choices, got {len(picks)}")
    if "options" not in component:
        return [resolved.add(pick) for pick in picks]
    values = []
    for pick in picks:
        options = component["options"]
        found = next((o for o in options if o["value"] == pick), None)
        found = found or next((o for o in options if o["label"] == pick), None)
        if found is None:
            offered = ", ".join(repr(option["label"]) for option in options)
            raise ScenarioError(f"{name!r} has no {pick!r}; it offers {offered}")
        values.append(found["value"])
    return values


class Form:
    """Fills in a modal as Discord's client does, and gives what it would send."""

    def __init__(self, modal: Modal, actor: Actor, answers: Mapping[str, Any]) -> None:
        self.modal = modal
        self.answers = dict(answers)
        self.resolved = Resolved(actor.world, modal.interaction.guild)
        self.world = actor.world

    def data(self) -> Json:
        """Return the data of the submit interaction.

        Raises:
            ScenarioError: for an answer without a field, or one the client would not send.
        """
        rows = [self._row(row) for row in self.modal.components]
        if self.answers:
            fields = ", ".join(repr(name) for name in field_names(self.modal))
            raise ScenarioError(f"the form has no {sorted(self.answers)}; it has {fields}")
        data: Json = {"custom_id": self.modal.custom_id, "components": rows}
        if tables := self.resolved.tables():
            data["resolved"] = tables
        return data

    def _row(self, row: Json) -> Json:
        sent: Json = {"type": row["type"], "id": row.get("id", 0)}
        if row["type"] == C.LABEL:
            sent["component"] = self._field(row["component"], row["label"])
        elif row["type"] == C.ACTION_ROW:
            sent["components"] = [self._field(f, f["label"]) for f in row["components"]]
        return sent

    def _field(self, field: Json, label: str) -> Json:
        sent: Json = {"type": field["type"], "id": field.get("id", 0)}
        sent["custom_id"] = field["custom_id"]
        default: Any = None
        for name in (label, field["custom_id"]):
            if name in self.answers:
                default = self.answers.pop(name)
        kind = field["type"]
        if kind == C.TEXT_INPUT:
            sent["value"] = self._text(field, label, default)
        elif kind == C.CHECKBOX:
            sent["value"] = bool(field.get("default") if default is None else default)
        elif kind == C.FILE_UPLOAD:
            sent["values"] = self._files(field, label, default)
        elif kind == C.RADIO_GROUP:
            picks = self._picks(field, default)
            sent["value"] = chosen(field, picks, self.resolved)[0] if picks else None
        else:
            sent["values"] = chosen(field, self._picks(field, default), self.resolved)
        return sent

    def _picks(self, field: Json, answer: Any) -> list[Any]:
        if answer is None:
            return [o["value"] for o in field.get("options") or [] if o.get("default")]
        return list(answer) if isinstance(answer, list | tuple) else [answer]

    def _text(self, field: Json, label: str, answer: Any) -> str:
        text = str(field.get("value") or "" if answer is None else answer)
        required = field.get("required") is not False
        least = field.get("min_length") or 0
        most = field.get("max_length") or LIMITS["TEXT_INPUT_VALUE"]
        if required and not text:
            raise ScenarioError(f"{label!r} has to be filled in")
        if text and not least <= len(text) <= most:
            raise ScenarioError(f"{label!r} takes {least} to {most} characters, not {len(text)}")
        return text

    def _files(self, field: Json, label: str, answer: Any) -> list[str]:
        files = [answer] if isinstance(answer, File) else list(answer or [])
        if not files and field.get("required") is not False:
            raise ScenarioError(f"{label!r} takes a file")
        uploaded = [self.world.upload(file) for file in files]
        for one in uploaded:
            self.resolved.put("attachments", one.id, attachment_payload(one))
        return [str(one.id) for one in uploaded]


def field_names(modal: Modal) -> list[str]:
    """Return the labels of a form's fields."""
    names = []
    for row in modal.components:
        if row["type"] == C.LABEL:
            names.append(row["label"])
        elif row["type"] == C.ACTION_ROW:
            names += [field["label"] for field in row["components"]]
    return names
