"""Reading what an answer rests on, by words: a source in full, or where all of it comes from."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.answer_screen import record_of
from bot.answers.cited_source import LAST, source_wished
from bot.answers.passage_screen import passage_screens, reading_menu, reading_option
from bot.answers.records import Exchange
from bot.chat.screen import Screen
from bot.core.markup import SENTENCE, SOURCE, clip
from bot.guide.contract import CitationRecord
from bot.services import Services


async def source_screens(
    services: Services, text: str, previous: Exchange | None, room: int
) -> Sequence[Screen]:
    """What shows the source of an answer that a text asks for; nothing where it asks for none."""
    wish = source_wished(text) if previous is not None else None
    if previous is None or wish is None:
        return ()
    record = record_of(previous)
    cited = record.citations if record.answered else record.related
    if not cited or not (record.answered or wish.number):
        return ()
    if not wish.number:
        return [origin_screen(services, previous.alliance, cited)]
    number = len(cited) if wish.number == LAST else wish.number
    if not 0 < number <= len(cited):
        words = services.phrases.say("source_unknown", number=number, count=len(cited))
        return [origin_screen(services, previous.alliance, cited, words)]
    passage = await services.passage(previous.alliance, cited[number - 1].passage)
    if passage is None:
        return [Screen(services.phrases.say("passage_gone"))]
    return passage_screens(passage, services.phrases.say, room)


def origin_screen(
    services: Services, alliance: int, cited: Sequence[CitationRecord], lead: str = ""
) -> Screen:
    """Where an answer comes from: each source with document, section and the words it gave."""
    say = services.phrases.say
    lines = [
        say(
            "source_line",
            number=citation.marker,
            title=clip(citation.title),
            document=clip(citation.source.title, SOURCE),
            section=clip(citation.source.section, SOURCE),
            quote=clip(citation.quote, SENTENCE),
        )
        for citation in cited
    ]
    options = [
        reading_option(one.passage, one.title, one.source.title, one.source.section)
        for one in cited
    ]
    menu = reading_menu(say, alliance, options)
    return Screen(lead or say("sources_lead"), *lines, rows=[menu])
