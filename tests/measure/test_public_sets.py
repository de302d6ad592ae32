"""Public sets: figures on made-up sets of the same form."""

from __future__ import annotations

import json
from pathlib import Path

import ir_measures
import numpy as np
import pytest
from ir_measures import nDCG

from bot.core.typed_words import TypedWords
from bot.guide.calibration import neutral_calibration
from bot.guide.search_index import Pieces
from bot.index.pieces import GROUPS, Lens, PassageTexts, PieceTable
from bot.settings import Settings
from tests.conftest import BagOfWordsEncoder
from tests.public_sets import banking, scifact
from tests.public_sets.shared import guide_over

THINGS = ("card", "refund", "exchange", "salary", "cheque", "loan", "insurance", "statement")
ASKS = ("where is my {}", "how long does the {} take", "i lost the {}", "can i have a {}", "{} is late",
        "why was the {} declined", "change my {}", "cancel the {}", "{} fee", "second {} please")  # fmt: skip


def written(folder: Path, name: str, rows: list[dict[str, object]]) -> Path:
    file = folder / name
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return file


def intents(folder: Path) -> Path:
    rows: list[dict[str, object]] = [
        {"text": ask.format(thing), "intent": thing} for thing in THINGS for ask in ASKS
    ]
    rows += [{"text": "", "intent": None, "oos": "in-domain"}]
    rows += [{"text": f"who likes cats {n}?", "intent": None, "oos": "in-domain"} for n in "abcde"]
    rows += [{"text": "how tall are trees?", "intent": None, "oos": "far"}]
    return written(folder, "train.jsonl", rows)


def test_some_are_left_aside_at_the_head_of_each_intent(tmp_path: Path) -> None:
    asked = banking.read_asked(intents(tmp_path), 3)
    assert [one.text for one in asked if one.intent == "card"] == [
        ask.format("card") for ask in ASKS[3:]
    ]
    assert sum(not one.intent for one in asked) == 2


def test_what_is_left_out_is_not_known(tmp_path: Path) -> None:
    train = banking.read_asked(intents(tmp_path))
    whole = banking.known_of(train, 6, rest=True, uncovered=True)
    assert [len(asks) for asks in whole.asks.values()] == [6] * len(THINGS)
    assert len(whole.bank) == 4 * len(THINGS) + 6
    away: set[str] = set()
    for kept, asked in banking.left_out(whole):
        known = {ask for asks in kept.asks.values() for ask in asks} | {o.text for o in kept.bank}
        assert known.isdisjoint(one.text for one in asked)
        assert all(one.intent in kept.asks for one in asked if one.intent)
        away |= whole.asks.keys() - kept.asks.keys()
    assert away == whole.asks.keys()


def judged(*rows: tuple[str, str, float]) -> list[banking.Judged]:
    return [banking.Judged(banking.Asked("?", wanted), found, sure) for wanted, found, sure in rows]


def test_the_triple_counts_what_is_refused() -> None:
    answers = judged(
        ("card", "card", 0.9), ("card", "loan", 0.8), ("loan", "loan", 0.2), ("", "loan", 0.1),
        ("", "card", 0.7),
    )  # fmt: skip
    assert [one.value for one in banking.triple(answers, 0.5)] == [0.3333, 0.5, 0.5]
    assert banking.precision_as_in_paper(answers, 0.5) == pytest.approx(540 / (540 + 2000 / 3))
    assert banking.at_share(answers, 0.6) == 0.8
    assert banking.triple(answers, banking.at_best(answers))[1].value == 1.0


def test_intents_are_told_by_their_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(banking, "FOLDS", 2)
    train = banking.read_asked(intents(tmp_path))
    known = banking.known_of(train, 0, rest=False, uncovered=True)
    trial = banking.Trial(Settings(), BagOfWordsEncoder(), TypedWords())
    weights = trial.ranked(known, neutral_calibration())
    coverage, unseen = trial.decided(known, weights)
    asked = [banking.Asked(f"my {thing} please", thing) for thing in THINGS]
    asked.append(banking.Asked("who likes cats or trees?", ""))
    answers = [one.judged(coverage) for one in trial.see(known, asked, weights)]
    assert [one.found for one in answers[:-1]] == list(THINGS)
    assert min(one.confidence for one in answers[:-1]) > answers[-1].confidence
    assert {one.asked.intent for one in unseen} == {"", *THINGS}


class Blank(BagOfWordsEncoder):
    """As `Unread`, over the model without a model."""

    def read(self, texts: list[str]) -> tuple[np.ndarray, list[Pieces]]:  # type: ignore[override]
        none = Pieces(np.empty(0, np.int64), np.empty((0, self.dimension), np.float32))
        return self.encode(texts), [none] * len(texts)

    def piece_table(self, passages: list[PassageTexts]) -> PieceTable:  # type: ignore[override]
        lens = Lens.of([])
        return PieceTable.of(lens, [[lens.blank] * len(GROUPS) for _ in passages])


def test_claims_find_their_abstracts(tmp_path: Path) -> None:
    rows = [
        {"id": str(n), "title": f"On the {thing}", "text": f"A {thing} helps. It is small."}
        for n, thing in enumerate(THINGS)
    ]
    written(tmp_path, "corpus.jsonl", rows)
    claims = [
        {"id": "1", "question": "The loan helps.", "relevant": ["5"]},
        {"id": "2", "question": "Refund or salary is small.", "relevant": ["1", "3"]},
    ]
    written(tmp_path, "queries.jsonl", claims)
    for sentences in (False, True):
        library = scifact.read_abstracts(tmp_path, sentences=sentences)
        with guide_over(library, Blank(), scifact.weights("text", "words"), Settings()) as guide:
            assert scifact.searched(guide, scifact.read_claims(tmp_path)) == [1.0, 1.0]


def test_ndcg_is_that_of_others() -> None:
    random = np.random.default_rng(4)
    for _ in range(50):
        found = [str(n) for n in random.permutation(30)[:10]]
        relevant = {str(n) for n in random.choice(30, int(random.integers(1, 14)), replace=False)}
        qrels = {"q": dict.fromkeys(relevant, 1)}
        run = {"q": {one: -float(place) for place, one in enumerate(found)}}
        theirs = ir_measures.calc_aggregate([nDCG @ 10], qrels, run)[nDCG @ 10]
        assert scifact.ndcg(found, relevant) == pytest.approx(theirs)


def test_an_interval_holds_the_mean() -> None:
    low, high = scifact.interval([0.0, 1.0] * 200)
    assert 0.43 < low < 0.5 < high < 0.57
