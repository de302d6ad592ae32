"""/topics: the library by theme, what is cited most first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.actions import BROWSE, READ_PASSAGE
from bot.answers.passage_screen import passage_option
from bot.chat.flow import command, handles
from bot.chat.screen import Menu, Option, Screen
from bot.chat.turn import Turn
from bot.core.errors import Refused
from bot.core.markup import clip
from bot.core.models import Passage, PassageKind
from bot.core.pace import Cost

_OF_MENU = 25
_MENUS = 4
_SHOWN = 5


@command("topics", cost=Cost.LOOKUP)
async def topics(turn: Turn) -> Screen:
    """Show the themes."""
    return Screen(turn.say("topics_head"), rows=[[_themes_menu(turn, await _themes(turn))]])


@handles(BROWSE, cost=Cost.LOOKUP)
async def theme_picked(turn: Turn, picked: Sequence[str]) -> Screen:
    """Show the passages of a theme, and the themes again."""
    themes = await _themes(turn)
    if (passages := themes.get(picked[0])) is None:
        raise Refused(turn.say("stale_button"))
    cited = await turn.store.answers.times_cited(turn.alliance)
    ordered = sorted(passages, key=lambda one: (-cited[one.id], one.title.casefold()))
    lines = [f"• {clip(one.title)}" for one in ordered[:_SHOWN]]
    menus = []
    for start in range(0, min(len(ordered), _OF_MENU * _MENUS), _OF_MENU):
        part = ordered[start : start + _OF_MENU]
        label = turn.say("topics_menu", first=start + 1, last=start + len(part))
        # No two menus of a message have one id: each names where it begins, instead of an exchange.
        id_ = READ_PASSAGE(turn.alliance, start)
        menus.append([Menu(label, id_, tuple(map(passage_option, part)))])
    head = turn.say("topics_theme", theme=clip(picked[0]), count=len(ordered))
    return Screen(head, "\n".join(lines), rows=[*menus, [_themes_menu(turn, themes)]])


async def _themes(turn: Turn) -> dict[str, list[Passage]]:
    """The passages by theme: cases, terms, notes, and guidance by the document it comes from."""
    found: dict[str, list[Passage]] = {}
    for passage in await turn.services.passages(turn.alliance):
        match passage.kind:
            case PassageKind.CASE:
                theme = turn.say("topics_cases")
            case PassageKind.GLOSSARY:
                theme = turn.say("topics_terms")
            case _:
                theme = passage.document.title
        found.setdefault(theme, []).append(passage)
    return found


def _themes_menu(turn: Turn, themes: dict[str, list[Passage]]) -> Menu:
    options = [
        Option(theme, theme[:100], turn.say("topics_count", count=len(passages)))
        for theme, passages in themes.items()
    ]
    return Menu(turn.say("topics_pick"), BROWSE(turn.alliance), tuple(options[:_OF_MENU]))
