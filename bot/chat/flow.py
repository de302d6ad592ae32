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
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from bot.chat.action import Action
from bot.chat.find import Noun
from bot.chat.letters import Composer, Work, letters_in, works_in
from bot.chat.screen import Form, Screen
from bot.core.outbox import NoticeKind

Shown = Screen | Form | None
Call = Callable[..., Awaitable[Shown]]
F = TypeVar("F", bound=Callable[..., Any])
_SPECS = "_flow_specs"


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
class Range:
    """Bounds of a whole number."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class PersonRef:
    """Somebody that a command names.

    Attributes:
        bot: no human being; `member` if they belong to the alliance.
    """

    id: int
    name: str
    bot: bool = False
    member: bool = True


@dataclass(frozen=True, slots=True)
class CommandOption:
    """An option of a command.

    Attributes:
        name: what people see; the flow knows it as `parameter`.
        kind: str, int, bool, `PersonRef`, or a type that only some adapters know (a channel, say).
        choices: the values that may be given; empty for any.
        noun: finds what is meant and completes it.
    """

    name: str
    parameter: str
    kind: Any
    required: bool
    default: Any = None
    choices: tuple[str, ...] = ()
    bounds: Range | None = None
    noun: Noun[Any] | None = None
    make: Callable[[str], Any] = str


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """A command: its full name without the slash, and the flow behind it."""

    name: str
    call: Call
    scope: Scope
    steward: bool
    private_if: str | None
    paced: bool
    once: bool
    elsewhere: bool
    options: tuple[CommandOption, ...]


@dataclass(frozen=True, slots=True)
class PressSpec:
    """What a press, or with `form` a form that was sent, leads to."""

    action: Action
    call: Call
    scope: Scope
    where: Where
    steward: bool
    anyone: bool
    paced: bool
    form: bool
    parameters: frozenset[str] = field(default=frozenset())


def command(
    name: str,
    *,
    scope: Scope = Scope.ANY,
    steward: bool = False,
    private_if: str | None = None,
    paced: bool = False,
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
        paced: it counts against how many questions a person may ask.
        once: it does something that must not happen twice if Discord tells of it twice.
        elsewhere: used directly, it may name another alliance.
        rename: names that people see, by parameter.
    """

    def mark(call: F) -> F:
        options = _options_of(call, rename or {})
        spec = CommandSpec(name, call, scope, steward, private_if, paced, once, elsewhere, options)
        return _noted(call, spec)

    return mark


def handles(
    *actions: Action,
    scope: Scope = Scope.ANY,
    where: Where = Where.HERE,
    steward: bool = False,
    anyone: bool = False,
    paced: bool = False,
) -> Callable[[F], F]:
    """Handle presses; a menu's flow gets `picked`, a list of values.

    Args:
        actions: the ids.
        scope: whose it is about, where the ids don't say so.
        where: what comes of it is shown.
        steward: only stewards may press it.
        anyone: also who is in the alliance no more; else the adapter asks where it can't be seen.
        paced: see `command`.
    """
    return _marking(
        actions, scope=scope, where=where, steward=steward, anyone=anyone, paced=paced, form=False
    )


def submits(
    *actions: Action,
    scope: Scope = Scope.ANY,
    where: Where = Where.HERE,
    steward: bool = False,
    anyone: bool = False,
    paced: bool = False,
) -> Callable[[F], F]:
    """Take forms that were sent; the flow gets the fields by their ids. See `handles`."""
    return _marking(
        actions, scope=scope, where=where, steward=steward, anyone=anyone, paced=paced, form=True
    )


@dataclass(frozen=True, slots=True)
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

    def press(self, id_: str, *, form: bool) -> tuple[PressSpec, dict[str, Any]] | None:
        """The flow of an id, with the arguments in it; None if there is none."""
        for spec in self.presses:
            if spec.form is form and (arguments := spec.action.read(id_)) is not None:
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


def _options_of(call: Callable[..., Any], names: Mapping[str, str]) -> tuple[CommandOption, ...]:
    hints = get_type_hints(call, include_extras=True)
    parameters = [one for one in inspect.signature(call).parameters.values() if one.name != "turn"]
    return tuple(_option_of(one, hints[one.name], names) for one in parameters)


def _option_of(parameter: inspect.Parameter, hint: Any, names: Mapping[str, str]) -> CommandOption:
    required = parameter.default is inspect.Parameter.empty
    kind, extras = _plain(hint)
    noun = next((extra for extra in extras if isinstance(extra, Noun)), None)
    bounds = next((extra for extra in extras if isinstance(extra, Range)), None)
    choices: tuple[str, ...] = ()
    make: Callable[[str], Any] = str
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        choices, make, kind = tuple(member.value for member in kind), kind, str
    elif get_origin(kind) is Literal:
        choices, kind = get_args(kind), str
    return CommandOption(
        name=names.get(parameter.name, parameter.name),
        parameter=parameter.name,
        kind=str if noun is not None else kind,
        required=required,
        default=None if required else parameter.default,
        choices=choices,
        bounds=bounds,
        noun=noun,
        make=make,
    )


def _plain(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """A type without `| None` and what annotates it."""
    extras: tuple[Any, ...] = ()
    while True:
        if get_origin(hint) is Annotated:
            hint, *more = get_args(hint)
            extras = (*extras, *more)
            continue
        kept = [one for one in get_args(hint) if one is not type(None)]
        if type(None) in get_args(hint) and get_origin(hint) is not Literal:
            hint = kept[0] if len(kept) == 1 else Union[tuple(kept)]  # noqa: UP007  (built here)
            continue
        return hint, extras
