"""The command `fit`: trains the adapter, fits the weights, prints the risk-coverage curve."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from bot import resources
from bot.content.library import read_library
from bot.content.phrases import read_phrases
from bot.core.errors import ConfigurationError
from bot.core.models import Library, Question
from bot.core.text import words
from bot.guide.coverage import Calibration, neutral_calibration
from bot.guide.guide import Guide, Limits
from bot.index.build import build_index
from bot.index.encoder import SentenceEncoder, load_encoder
from bot.index.index import open_index
from bot.measure import calibrate
from bot.measure.evaluate import LabelledQuestion, read_questions
from bot.settings import Settings

_HELD_BACK = 4
"""One question in so many is kept from the adapter, so that weights are fitted on unseen ones."""


def is_held_back(question: LabelledQuestion) -> bool:
    """Whether a question serves the weights and not the adapter; decided by its text alone."""
    digest = hashlib.sha256(question.question.encode()).digest()
    return digest[-1] % _HELD_BACK == 0


def fit_all(
    settings: Settings,
    practice: Sequence[Path],
    weights: Sequence[Path],
    console: Console,
    *,
    with_adapter: bool,
) -> None:
    """Fit everything below `bot/fitted/` anew.

    Args:
        settings: where content and data are.
        practice: questions for the adapter; those held back from it serve the weights.
        weights: further questions for the weights alone.
        console: hears what goes on.
        with_adapter: whether the adapter is trained, or the one there kept.

    Raises:
        ConfigurationError: another model is configured than the one the program comes with.
    """
    if settings.model.name is not None:
        raise ConfigurationError(
            "`fit` is for the model the program comes with; unset MODEL__NAME."
        )
    library = read_library(settings.knowledge_dir)
    questions = [question for file in practice for question in read_questions(file)]
    seen = [question for question in questions if not is_held_back(question)]
    unseen = [question for question in questions if is_held_back(question)]
    apart = [question for file in weights for question in read_questions(file)]
    if with_adapter:
        _train(settings, library, seen, console)
    encoder = resources.load_model(settings)
    fitted = _fit_weights(settings, library, encoder, seen, (unseen, apart), console)
    resources.CALIBRATION.write_text(fitted.model_dump_json(indent=1) + "\n", "utf-8")
    console.print(f"Written to {resources.FITTED.name}/. Now run `python -m bot index`.")


def _train(
    settings: Settings, library: Library, questions: Sequence[LabelledQuestion], console: Console
) -> None:
    from bot.measure.training import AdapterTraining, Lesson

    plain = load_encoder(None, None, settings.model.batch_size)
    lessons = [
        Lesson(q.question, tuple(calibrate.numbers_of(library, q.gold)))
        for q in questions
        if not q.history
    ]
    training = AdapterTraining(library, plain.model, lessons)
    training.run(console.print)
    resources.FITTED.mkdir(exist_ok=True)
    training.save(resources.ADAPTER, plain.fingerprint)


def _fit_weights(
    settings: Settings,
    library: Library,
    encoder: SentenceEncoder,
    seen: Sequence[LabelledQuestion],
    held: tuple[Sequence[LabelledQuestion], Sequence[LabelledQuestion]],
    console: Console,
) -> Calibration:
    unseen = [q for group in held for q in group if words(q.question)]
    apart = {id(question) for question in held[1]}
    phrases = read_phrases(settings.prompts_dir)
    limits = Limits(settings.answer.question_characters, settings.answer.history_turns)
    with tempfile.TemporaryDirectory() as folder:
        build_index(Path(folder), library, (encoder.name, "fit"), encoder)
        index = open_index(Path(folder), library, "fit")

        def guide(calibration: Calibration) -> Guide:
            return Guide(library, index, encoder, calibration, phrases, limits)

        def read(question: LabelledQuestion) -> Question:
            return guide(start).read(question.question, question.history)

        start = neutral_calibration()
        answerable = [question for question in unseen if question.gold]
        ranked = guide(start).assess_many([read(question) for question in answerable])
        gold = [calibrate.numbers_of(library, question.gold) for question in answerable]
        fusion = calibrate.fit_fusion(ranked, gold)
        texts = [(ask, True) for passage in library.passages for ask in passage.asks]
        texts += [(beyond, False) for passage in library.passages for beyond in passage.beyond]
        texts += [(question, False) for question in library.uncovered]
        texts += [(question.question, bool(question.gold)) for question in seen]
        kind = calibrate.fit_kind(
            encoder.encode([text for text, _ in texts]), [covered for _, covered in texts]
        )
        fused = start.model_copy(update={"fusion": fusion, "kind": kind})
        assessed = guide(fused).assess_many([read(question) for question in unseen])
    covered = [bool(question.gold) for question in unseen]
    counts = [
        (calibrate.APART_WEIGHT if id(q) in apart else 1.0)
        * (calibrate.OFF_DOMAIN_WEIGHT if q.type == "offdomain" else 1.0)
        for q in unseen
    ]
    coverage, chances = calibrate.fit_coverage([one.features for one in assessed], covered, counts)
    judged = [(c, a) for c, a, q in zip(chances, covered, unseen, strict=True) if id(q) in apart]
    judged = judged or list(zip(chances, covered, strict=True))
    curve = calibrate.risk_coverage([chance for chance, _ in judged], [yes for _, yes in judged])
    off_topic = calibrate.fit_off_topic(
        [float(one.ranking.scores[0]) for one in assessed], [q.type for q in unseen]
    )
    table = calibrate.curve_table(curve)
    console.print(table)
    resources.RISK_COVERAGE.write_text(table + "\n", "utf-8")
    return fused.model_copy(
        update={
            "coverage": coverage,
            "threshold": calibrate.pick_threshold(curve),
            "off_topic": off_topic,
        }
    )
