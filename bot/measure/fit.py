"""The command `fit`: trains the adapter, fits the weights, prints the risk-coverage curve."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from bot import resources
from bot.content.library import read_library
from bot.content.phrases import read_phrases
from bot.core.errors import ConfigurationError
from bot.core.models import Library
from bot.core.text import words
from bot.guide.calibration import Calibration, neutral_calibration
from bot.guide.guide import Limits
from bot.guide.retrieval import CLOSE_SIGNALS, SIGNALS
from bot.index.build import indexed_texts
from bot.index.cache import EmbeddingCache, write_shipped
from bot.index.encoder import SentenceEncoder, load_encoder
from bot.index.pieces import PieceCache
from bot.measure import calibrate
from bot.measure.apart import apart_assessor
from bot.measure.fit_choice import fit_choice, fit_follow_up, fit_unclear
from bot.measure.labels import LabelledQuestion, read_questions
from bot.measure.once import OnceEncoder
from bot.settings import Settings

BANK = "-bank"
"""Ends the id of a question that stands in the library."""
OTHERS_EVERY = 3
"""Every so many asks are enough to show what wants guidance and nothing else."""
PRACTICE = "practice"
"""The hand whose questions the adapter is trained on; weights are fitted on all others."""


def fit_all(
    settings: Settings, labelled: Sequence[Path], console: Console, *, with_adapter: bool
) -> None:
    """Fit everything below `bot/fitted/` anew.

    Args:
        settings: where content and data are.
        labelled: questions for the weights, beside those of the library's many hands.
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
    if with_adapter:
        _train(settings, library, console)
    encoder = resources.load_model(settings)
    cache = EmbeddingCache(resources.cache_folder(settings), encoder)
    texts = indexed_texts(library)
    vectors, _ = cache.vectors(
        texts, lambda done, all_: console.print(f"embedded {done} of {all_}")
    )
    write_shipped(resources.SHIPPED_VECTORS, encoder, texts, vectors)
    apart = [question for file in labelled for question in read_questions(file)]
    fitted = _fit_weights(settings, library, encoder, _of_hands(library, apart) + apart, console)
    resources.CALIBRATION.write_text(fitted.model_dump_json(indent=1) + "\n", "utf-8")
    console.print(f"Written to {resources.FITTED.name}/. Now run `python -m bot index`.")


def _of_hands(library: Library, labelled: Sequence[LabelledQuestion]) -> list[LabelledQuestion]:
    """The library's questions of hands whose labelled ones are not given.

    The adapter has seen those of one of the hands.
    """
    known = {one.id.rpartition("-")[0] for one in labelled} | {PRACTICE}
    return [
        LabelledQuestion(
            id=f"{one.hand}{BANK}",
            question=one.text,
            type="situational" if one.passage else "neardomain",
            gold=[one.passage] if one.passage else [],
        )
        for one in library.questions
        if one.hand not in known
    ]


def _mostly(hand: str, hands: Sequence[str], covered: Sequence[bool]) -> bool:
    """Whether most questions of a hand are covered."""
    own = [yes for one, yes in zip(hands, covered, strict=True) if one == hand]
    return sum(own) > len(own) / 2


def _train(settings: Settings, library: Library, console: Console) -> None:
    from bot.measure.training import AdapterTraining, Lesson

    plain = load_encoder(None, None, settings.model.batch_size)
    numbers = {passage.id: number for number, passage in enumerate(library.passages)}
    lessons = [
        Lesson(one.text, (numbers[one.passage],) if one.passage else ())
        for one in library.questions
        if one.hand == PRACTICE
    ]
    training = AdapterTraining(library, plain.model, lessons)
    training.run(console.print)
    resources.FITTED.mkdir(exist_ok=True)
    training.save(resources.ADAPTER, plain.fingerprint)


def _fit_weights(
    settings: Settings,
    library: Library,
    encoder: SentenceEncoder,
    labelled: Sequence[LabelledQuestion],
    console: Console,
) -> Calibration:
    """Fit on questions, each as if the library had none of the same hand."""
    usable = [question for question in labelled if words(question.question)]
    usable.sort(key=lambda question: question.id)
    phrases = read_phrases(settings.prompts_dir)
    limits = Limits(settings.answer.question_characters, settings.answer.history_turns)
    cache = EmbeddingCache(resources.cache_folder(settings), encoder, resources.SHIPPED_VECTORS)
    resources.SHIPPED_PIECES.unlink(missing_ok=True)
    shipped = PieceCache(resources.SHIPPED_PIECES, encoder.fingerprint)
    reader = OnceEncoder(encoder, cache, shipped)
    hands = {one.hand for one in library.questions} - {PRACTICE}
    with apart_assessor(library, reader, phrases, limits, sorted(hands)) as apart:
        start = neutral_calibration()
        answerable = [question for question in usable if question.gold]
        gold = [calibrate.numbers_of(library, question.gold) for question in answerable]
        fusion = calibrate.fit_fusion(apart.assess(start, answerable), gold, SIGNALS)
        start = start.model_copy(update={"fusion": fusion})
        every = (*SIGNALS, *CLOSE_SIGNALS)
        reading = calibrate.fit_fusion(apart.assess(start, answerable), gold, every)
        texts = [(ask, True) for passage in library.passages for ask in passage.asks]
        texts += [(beyond, False) for passage in library.passages for beyond in passage.beyond]
        texts += [(question, False) for question in library.uncovered]
        texts += [(q.text, bool(q.passage)) for q in library.questions if q.hand == PRACTICE]
        vectors, _ = cache.vectors([text for text, _ in texts])
        kind = calibrate.fit_kind(vectors, [covered for _, covered in texts])
        asks = [ask for passage in library.passages for ask in passage.asks][::OTHERS_EVERY]
        kinds = calibrate.fit_kinds(library.kinds, asks, lambda texts: reader.read(texts)[0])
        fused = start.model_copy(update={"reading": reading, "kind": kind, "kinds": kinds})
        following = [question for question in answerable if question.history]
        follow_up = fit_follow_up(
            list(zip(following, apart.assess(fused, following), strict=True)), library
        )
        fused = fused.model_copy(update={"follow_up": follow_up})
        assessed = apart.assess(fused, usable)
        by_hand = [bool(apart.hand(question)) for question in usable]
    groups = [
        q.id.rpartition("-")[0] if told else str(i % calibrate.FOLDS)
        for i, (q, told) in enumerate(zip(usable, by_hand, strict=True))
    ]
    # Whoever wrote only questions and their passages has said nothing of other fitting ones.
    full = [i for i, q in enumerate(usable) if not q.id.endswith(BANK)]
    labelled_fully = [(usable[i], assessed[i]) for i in full]
    several, choice, choice_threshold = fit_choice(
        labelled_fully, library, [groups[i] for i in full]
    )
    unclear, unclear_threshold = fit_unclear(labelled_fully, [groups[i] for i in full])
    decided = [i for i, q in enumerate(usable) if q.type != "underspecified"]
    covered = [bool(usable[i].gold) for i in decided]
    counts = [
        (1.0 if by_hand[i] else calibrate.LABELLED_WEIGHT)
        * (calibrate.OFF_DOMAIN_WEIGHT if usable[i].type == "offdomain" else 1.0)
        for i in decided
    ]
    coverage, chances = calibrate.fit_coverage(
        [assessed[i].features for i in decided], covered, counts, [groups[i] for i in decided]
    )
    curve = calibrate.risk_coverage(chances, covered)
    # Label files without a hand resemble the asks: how strangers fare decides. Who wrote mostly near
    # misses wrote the others to look like them, as nobody asks.
    hand_of = [groups[i] if by_hand[i] else "" for i in decided]
    judging = {hand for hand in hand_of if hand and _mostly(hand, hand_of, covered)}
    judged = [
        (chance, yes)
        for chance, yes, hand in zip(chances, covered, hand_of, strict=True)
        if hand in judging
    ]
    off_topic = calibrate.fit_off_topic(
        [
            float(assessed[i].ranking.scores[0])
            for i, hand in zip(decided, hand_of, strict=True)
            if hand in judging or not hand
        ],
        [
            usable[i].type
            for i, hand in zip(decided, hand_of, strict=True)
            if hand in judging or not hand
        ],
    )
    table = calibrate.curve_table(curve)
    console.print(table)
    resources.RISK_COVERAGE.write_text(table + "\n", "utf-8")
    return fused.model_copy(
        update={
            "coverage": coverage,
            "threshold": calibrate.pick_threshold(*zip(*judged, strict=True)),
            "off_topic": off_topic,
            "several": several,
            "choice": choice,
            "choice_threshold": choice_threshold,
            "unclear": unclear,
            "unclear_threshold": unclear_threshold,
        }
    )
