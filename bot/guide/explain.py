"""Why an answer came out as it did, for stewards: what was ranked, with signals, and what decided."""

from __future__ import annotations

from bot.core.models import Library
from bot.core.text import content_words
from bot.guide.assessment import Assessment
from bot.guide.contract import ResultRecord
from bot.guide.search_index import SearchIndex


def results(
    assessment: Assessment, library: Library, index: SearchIndex, limit: int
) -> list[ResultRecord]:
    """The first passages of a ranking."""
    ranking = assessment.ranking
    found = []
    for place, number in enumerate(ranking.passages[:limit]):
        passage = library.by_id[index.ids[int(number)]]
        signals = {name: round(float(row[place]), 4) for name, row in ranking.signals.items()}
        found.append(
            ResultRecord(
                passage=passage.id,
                title=passage.title,
                document=passage.document.id,
                score=round(float(ranking.scores[place]), 4),
                signals=signals,
            )
        )
    return found


def unknown_words(assessment: Assessment, index: SearchIndex) -> list[str]:
    """The words of a question that no passage has."""
    words = dict.fromkeys(content_words(assessment.query.text))
    return [word for word in words if not any(map(index.knows, index.terms(word)))]
