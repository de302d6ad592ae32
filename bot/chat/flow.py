"""How flows are known: by the command that begins them, or by the actions they handle.

    @command("checklist cancel")                      # its words come from prompts/ by convention
    async def cancel(turn: Turn, run: UnderWayRun | None = None) -> Screen: ...

    @handles(CANCEL)                                  # a press on a button or a pick from a menu
    async def cancelled(turn: Turn, alliance: int, run: int) -> Screen: ...

    @submits(REASON)                                  # a form that was sent, with its fields
    async def reason_given(turn: Turn, alliance: int, run: int, *, reason: str) -> Screen: ...

A flow returns a `Screen`, a `Form`, or None after it has shown everything itself, and raises
`Refused` for no. The descriptions of `/checklist cancel` and its option are the phrases
`checklist_cancel_command` and the first there is of `checklist_cancel_run_option`,
`checklist_run_option` and `run_option`.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import ModuleType
from typing import Any, TypeVar

from bot.chat.action import Action
from bot.chat.letters import Composer, Work, letters_in, works_in
from bot.chat.options import CommandOption, options_of
from bot.chat.screen import Form, Screen
from bot.core.outbox import NoticeKind
from bot.core.pace import Cost

Shown = Screen | Form | None
Call = Callable[..., Awaitable[Shown]]
F = TypeVar("F", bound=Callable[..., Any])
_SPECS = "_flow_specs"
ANYTHING = "anything"  # whatever is written goes into the field of the form that opens


class Scope(StrEnum):
    """Whose a command is about.

    - ALL: nobody's in particular.
    - ANY: the alliance at hand; in direct messages the chosen one, or none at all.
    - OWN: the same, but whoever is in no alliance is told so.
    - SERVER: only where an alliance is at home.
    """

    ALL = "all"
    ANY = "any"
    OWN = "own"
    SERVER = "server"


class Where(StrEnum):
    """Where what a press brings about is shown.

    - HERE: in place of the message that was pressed.
    - BESIDE: in a message of its own, seen by whoever pressed alone.
    - CARD: in place of a direct message, beside anything else.
    """

    HERE = "here"
    BESIDE = "beside"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """A command: its full name without the slash, and the flow behind it."""

    name: str
    call: Call
    scope: Scope
    steward: bool
    private_if: str | None
    cost: Cost
    once: bool
    elsewhere: bool
    options: tuple[CommandOption, ...]


@dataclass(frozen=True, slots=True)
class PressSpec:
    """What a press, with `form` a form that was sent, or with `stop` "no more of these" leads to."""

    action: Action
    call: Call
    scope: Scope
    where: Where
    steward: bool
    anyone: bool
    cost: Cost
    form: bool
    stop: bool = False
    said: str = ""
    parameters: frozenset[str] = field(default=frozenset())


def command(
    name: str,
    *,
    scope: Scope = Scope.ANY,
    steward: bool = False,
    private_if: str | None = None,
    cost: Cost = Cost.NOTHING,
    once: bool = False,
    elsewhere: bool = False,
    rename: Mapping[str, str] | None = None,
) -> Callable[[F], F]:
    """Begin a flow by a command.

    Args:
        name: its full name, such as "checklist cancel".
        scope: whose it is about.
        steward: only stewards may use it.
        private_if: the option that decides whether others see it; without, nobody else does.
        cost: of how much a person may ask within a while.
        once: it does something that must not happen twice if Discord tells of it twice.
        elsewhere: used directly, it may name another alliance.
        rename: names that people see, by parameter.
    """

    def mark(call: F) -> F:
        options = options_of(call, rename or {})
        spec = CommandSpec(name, call, scope, steward, private_if, cost, once, elsewhere, options)
        return _noted(call, spec)

    return mark


def handles(
    *actions: Action,
    scope: Scope = Scope.ANY,
    where: Where = Where.HERE,
    steward: bool = False,
    anyone: bool = False,
    cost: Cost = Cost.NOTHING,
    said: str = "",
) -> Callable[[F], F]:
    """Handle presses; a menu's flow gets `picked`, a list of values.

    Args:
        actions: the ids.
        scope: whose it is about, where the ids don't say so.
        where: what comes of it is shown.
        steward: only stewards may press it.
        anyone: also who is in the alliance no more; else the adapter asks where it can't be seen.
        cost: see `command`.
        said: what people mean who write instead of pressing, of `bot.core.spoken`, or `ANYTHING`.
    """
    how = {"scope": scope, "where": where, "steward": steward, "anyone": anyone, "cost": cost}
    return _marking(actions, **how, form=False, said=said)


def submits(
    *actions: Action,
    scope: Scope = Scope.ANY,
    where: Where = Where.HERE,
    steward: bool = False,
    anyone: bool = False,
    cost: Cost = Cost.NOTHING,
) -> Callable[[F], F]:
    """Take forms that were sent; the flow gets the fields by their ids. See `handles`."""
    return _marking(
        actions, scope=scope, where=where, steward=steward, anyone=anyone, cost=cost, form=True
    )


def stops(*actions: Action, where: Where = Where.HERE) -> Callable[[F], F]:
    """Take "no more of these", written below a message that has a button of these actions."""
    how = {"scope": Scope.ANY, "steward": False, "anyone": False, "cost": Cost.NOTHING}
    return _marking(actions, **how, where=where, form=False, stop=True)


@dataclass(frozen=True, slots=True, eq=False)
class Flows:
    """All flows of some modules, and who writes the letters of notices and does their work."""

    commands: tuple[CommandSpec, ...]
    presses: tuple[PressSpec, ...]
    letters: Mapping[NoticeKind, Composer]
    works: Mapping[NoticeKind, Work]

    @classmethod
    def of(cls, modules: Iterable[ModuleType]) -> Flows:
        """Collect what is marked in modules, in their order."""
        found: dict[int, CommandSpec | PressSpec] = {}
        letters: dict[NoticeKind, Composer] = {}
        works: dict[NoticeKind, Work] = {}
        for module in modules:
            for call in vars(module).values():
                if getattr(call, "__module__", None) == module.__name__:
                    found.update({id(spec): spec for spec in getattr(call, _SPECS, ())})
                    letters.update(letters_in(call))
                    works.update(works_in(call))
        specs = [*found.values()]
        return cls(
            tuple(spec for spec in specs if isinstance(spec, CommandSpec)),
            tuple(spec for spec in specs if isinstance(spec, PressSpec)),
            letters,
            works,
        )

    def press(
        self, id_: str, *, form: bool = False, stop: bool = False
    ) -> tuple[PressSpec, dict[str, Any]] | None:
        """The flow of an id, with the arguments in it; None if there is none."""
        for spec in self.presses:
            if (spec.form, spec.stop) == (form, stop) and (
                arguments := spec.action.read(id_)
            ) is not None:
                return spec, arguments
        return None


def opens_form(call: Call) -> bool:
    """Whether a flow returns a form as a rule, and so names it first: `-> Form | None`."""
    return str(inspect.signature(call).return_annotation).startswith(Form.__name__)


def _marking(actions: Sequence[Action], **how: Any) -> Callable[[F], F]:
    def mark(call: F) -> F:
        parameters = frozenset(inspect.signature(call).parameters) - {"turn"}
        for action in actions:
            _noted(call, PressSpec(action, call, parameters=parameters, **how))
        return call

    return mark


def _noted(call: F, spec: CommandSpec | PressSpec) -> F:
    setattr(call, _SPECS, [*getattr(call, _SPECS, ()), spec])
    return call
