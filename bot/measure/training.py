"""Trains the encoder's low-rank adapter on questions whose passage is known.

For each question all passages compete, together with "none of them" (the nearest questions the
library does not answer), and the encoder is moved so that the right one wins: a softmax over the
same similarities that retrieval uses. The vectors questions are compared with are refreshed once
an epoch, so that a step costs one batch of short texts.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import torch
from peft import LoraConfig, get_peft_model
from peft.tuners.lora import LoraLayer
from sentence_transformers import SentenceTransformer
from torch.nn.functional import normalize

from bot.core.models import Library
from bot.index.adapter import save_adapter
from bot.index.build import passage_texts

RANK = 6
EPOCHS = 3
BATCH = 64
LEARNING_RATE = 1e-3
SCALE = 12.0
_TEMPERATURE = 0.05
_DROPOUT = 0.1
_WARMUP = 0.1
_UNCOVERED_WEIGHT = 0.5
_LAYERS = ["query", "key", "value", "dense"]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question and the numbers of the passages that answer it; none when it is not covered."""

    question: str
    passages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Bank:
    """Texts that questions are compared with, and the passage each belongs to."""

    texts: list[str]
    owners: torch.Tensor

    @classmethod
    def of(cls, library: Library, role: str) -> _Bank:
        """All texts of one role."""
        pairs = [(t, i) for i, p in enumerate(library.passages) for t in passage_texts(p)[role]]
        return cls([text for text, _ in pairs], torch.tensor([owner for _, owner in pairs]))


class AdapterTraining:
    """One training run; `run` gives the adapted model's factors to a file."""

    def __init__(
        self, library: Library, model: SentenceTransformer, lessons: Sequence[Lesson], seed: int = 0
    ) -> None:
        torch.manual_seed(seed)
        self._random = random.Random(seed)  # noqa: S311  (shuffles, keeps no secret)
        self._passages = len(library.passages)
        config = LoraConfig(
            r=RANK, lora_alpha=2 * RANK, lora_dropout=_DROPOUT, target_modules=_LAYERS
        )
        self._model = model
        get_peft_model(cast("torch.nn.Module", model[0].auto_model), config)  # changes it in place
        self._text = _Bank.of(library, "text")
        self._sentences = _Bank.of(library, "sentences")
        self._asks = _Bank.of(library, "asks")
        own = [Lesson(beyond, ()) for passage in library.passages for beyond in passage.beyond]
        own += [Lesson(question, ()) for question in library.uncovered]
        uncovered = [*own, *(lesson for lesson in lessons if not lesson.passages)]
        self._uncovered = _Bank([lesson.question for lesson in uncovered], torch.tensor([]))
        asked = [
            Lesson(text, (int(owner),))
            for text, owner in zip(self._asks.texts, self._asks.owners, strict=True)
        ]
        covered = [lesson for lesson in lessons if lesson.passages]
        # each lesson with its own place in the bank it stands in, which must not count for it
        self._lessons = [(lesson, i, -1) for i, lesson in enumerate(asked)]
        self._lessons += [(lesson, -1, -1) for lesson in covered]
        self._lessons += [(lesson, -1, i) for i, lesson in enumerate(uncovered)]

    def run(self, tell: Callable[[str], None]) -> None:
        """Train; `tell` hears of each epoch."""
        bias = torch.nn.Parameter(torch.tensor(0.5))
        factors = [p for p in self._model.parameters() if p.requires_grad]
        groups: list[dict[str, Any]] = [
            {"params": factors},
            {"params": [bias], "lr": 1e-2, "weight_decay": 0.0},
        ]
        optimizer = torch.optim.AdamW(groups, lr=LEARNING_RATE, weight_decay=0.01)
        steps = EPOCHS * (len(self._lessons) // BATCH)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer,
            lambda step: min(1.0, (step + 1) / (_WARMUP * steps)) * max(0.02, 1 - step / steps),
        )
        for epoch in range(EPOCHS):
            banks = self._refresh()
            self._model.train()
            self._random.shuffle(self._lessons)
            total = 0.0
            for start in range(0, len(self._lessons) - BATCH + 1, BATCH):
                loss = self._loss(self._lessons[start : start + BATCH], banks, bias)
                optimizer.zero_grad()
                loss.backward()  # type: ignore[no-untyped-call]
                optimizer.step()
                schedule.step()
                total += loss.item()
            tell(f"epoch {epoch + 1} of {EPOCHS}: loss {total / (len(self._lessons) // BATCH):.3f}")
        self._model.eval()

    def save(self, file: Path, model_sha256: str) -> None:
        """Write the factors; the scaling of the training is folded into B."""
        found: dict[str, tuple[object, object]] = {}
        for name, module in self._model[0].named_modules():
            if isinstance(module, LoraLayer):
                down = module.lora_A["default"].weight
                up = module.lora_B["default"].weight * module.scaling["default"]
                found[name] = (down, up)
        save_adapter(found, file, model_sha256)

    def _refresh(self) -> dict[str, torch.Tensor]:
        self._model.eval()
        banks = {
            "text": self._text.texts,
            "sentences": self._sentences.texts,
            "asks": self._asks.texts,
            "uncovered": self._uncovered.texts,
        }
        with torch.no_grad():
            return {
                name: torch.tensor(
                    self._model.encode(
                        texts, normalize_embeddings=True, batch_size=BATCH, show_progress_bar=False
                    )
                )
                for name, texts in banks.items()
            }

    def _loss(
        self,
        batch: Sequence[tuple[Lesson, int, int]],
        banks: dict[str, torch.Tensor],
        bias: torch.Tensor,
    ) -> torch.Tensor:
        features = self._model.preprocess([lesson.question for lesson, _, _ in batch])
        vectors = normalize(self._model(features)["sentence_embedding"], dim=-1)
        asks = _without_self(vectors @ banks["asks"].T, [own for _, own, _ in batch])
        uncovered = _without_self(vectors @ banks["uncovered"].T, [own for _, _, own in batch])
        scores = (
            vectors @ banks["text"].T
            + self._pool(asks, self._asks.owners)
            + 0.5 * self._pool(vectors @ banks["sentences"].T, self._sentences.owners)
        )
        none = 1.5 * uncovered.topk(3, dim=1).values.mean(dim=1) + bias
        among = torch.log_softmax(SCALE * scores, dim=1)
        with_none = torch.log_softmax(SCALE * torch.cat([scores, none[:, None]], dim=1), dim=1)
        losses = []
        for row, (lesson, _, _) in enumerate(batch):
            if lesson.passages:
                right = torch.tensor(lesson.passages)
                losses.append(
                    -among[row, right].mean() - _UNCOVERED_WEIGHT * with_none[row, right].mean()
                )
            else:
                losses.append(-_UNCOVERED_WEIGHT * with_none[row, self._passages])
        return torch.stack(losses).mean()

    def _pool(self, similarities: torch.Tensor, owners: torch.Tensor) -> torch.Tensor:
        """A soft maximum per passage: log-sum-exp over the texts it owns."""
        sums = torch.zeros(similarities.shape[0], self._passages)
        sums = sums.index_add(1, owners, torch.exp(similarities / _TEMPERATURE))
        return _TEMPERATURE * torch.log(sums + 1e-9)


def _without_self(similarities: torch.Tensor, own: Sequence[int]) -> torch.Tensor:
    places = torch.arange(similarities.shape[1])[None]
    return similarities.masked_fill(places == torch.tensor(own)[:, None], -1.0)
