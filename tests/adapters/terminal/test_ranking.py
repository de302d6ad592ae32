"""What stewards see of a ranking: `search`, and `ask --explain`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.adapters.terminal.conftest import Run

ASKED = "who in my organization has to answer for what this alliance brings us?"
SIGNALS = {"text", "ask", "known", "close_text", "close_asks", "close_known"}


def test_search_shows_the_ranking_best_first(run: Run, ready: object) -> None:
    outcome = run("search", ASKED, "--limit", "3", "--json")
    (line,) = outcome.out.splitlines()
    found = json.loads(line)
    assert found["id"] == "1"
    first, *others = found["results"]
    assert len(others) == 2
    assert first["passage"] == "accountability-questions"
    assert set(first) == {"passage", "title", "document", "score", "signals"}
    assert set(first["signals"]) >= SIGNALS
    assert [one["score"] for one in found["results"]] == sorted(
        (one["score"] for one in found["results"]), reverse=True
    )
    assert "accountability-questions" in run("search", ASKED).out


def test_search_reads_a_file_of_questions(run: Run, ready: object, tmp_path: Path) -> None:
    file = tmp_path / "asked.jsonl"
    file.write_text(f'{json.dumps({"id": "a", "question": ASKED})}\n\n{{"id": 1}}\n', "utf-8")
    outcome = run("search", "--batch", str(file), "--limit", "1")
    good, bad = map(json.loads, outcome.out.splitlines())
    assert good["id"] == "a"
    assert len(good["results"]) == 1
    assert bad["results"] == []
    assert bad["error"]
    assert outcome.code == 1


def test_search_wants_a_question_or_a_file(run: Run, ready: object) -> None:
    assert run("search").code == 2
    assert "one of them" in run("search").err


def test_explain_says_what_decided_and_which_words_no_passage_has(run: Run, ready: object) -> None:
    why = json.loads(run("ask", ASKED, "--explain", "--json").out)["explain"]
    assert why["decided"] in {"ranking", "choice"}
    assert why["confidence"] >= why["threshold"]
    assert why["ranking"][0]["passage"] == "accountability-questions"
    far = json.loads(run("ask", "how do zebras yodel on Neptune", "--explain", "--json").out)
    assert far["explain"]["decided"] == "covered or not"
    assert {"zebras", "yodel"} <= set(far["explain"]["unknown"])
    assert (
        "Decided by: covered or not"
        in run("ask", "how do zebras yodel on Neptune", "--explain").out
    )
    assert "explain" not in json.loads(run("ask", ASKED, "--json").out)
