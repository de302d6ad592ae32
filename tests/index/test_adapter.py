"""The low-rank adapter: kept in a file, merged into a model, refused for another one."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from bot.core.errors import ModelUnusable
from bot.index.adapter import adapter_fingerprint, made_for, merge_adapter, save_adapter
from bot.index.encoder import SHIPPED_SHA256, fingerprint_of, load_encoder


def tiny_model() -> torch.nn.Sequential:
    """A model whose first module has two linear layers, one of them named `inner.key`."""
    torch.manual_seed(0)
    inner = torch.nn.ModuleDict({"key": torch.nn.Linear(4, 3), "value": torch.nn.Linear(4, 3)})
    return torch.nn.Sequential(torch.nn.ModuleDict({"inner": inner}))


def factors() -> tuple[torch.Tensor, torch.Tensor]:
    """A (2 x 4) and B (3 x 2), exact in 16 bits."""
    down = torch.tensor([[1.0, 0.5, 0.0, -1.0], [0.0, 2.0, 0.25, 0.0]])
    up = torch.tensor([[1.0, 0.0], [0.5, -1.0], [0.0, 4.0]])
    return down, up


def test_merging_adds_the_product_of_the_factors_to_the_layer_and_to_no_other(
    tmp_path: Path,
) -> None:
    model, file = tiny_model(), tmp_path / "adapter.safetensors"
    before = {name: values.clone() for name, values in model.state_dict().items()}
    down, up = factors()
    save_adapter({"inner.key": (down, up)}, file, "0" * 64)

    merge_adapter(model, file)  # type: ignore[arg-type]

    after = model.state_dict()
    torch.testing.assert_close(
        after["0.inner.key.weight"], before["0.inner.key.weight"] + up @ down
    )
    for name in set(before) - {"0.inner.key.weight"}:
        torch.testing.assert_close(after[name], before[name])


def test_an_adapter_says_which_model_it_was_made_for(tmp_path: Path) -> None:
    file = tmp_path / "adapter.safetensors"
    save_adapter({"inner.key": factors()}, file, "ab" * 32)

    assert made_for(file) == "ab" * 32


def test_the_fingerprint_of_a_model_tells_its_adapters_apart(tmp_path: Path) -> None:
    files = [tmp_path / "one.safetensors", tmp_path / "two.safetensors"]
    down, up = factors()
    save_adapter({"inner.key": (down, up)}, files[0], SHIPPED_SHA256)
    save_adapter({"inner.key": (down, up * 2)}, files[1], SHIPPED_SHA256)

    one, two = (fingerprint_of(None, None, file) for file in files)

    assert len({one, two, SHIPPED_SHA256}) == 3
    assert one == fingerprint_of(None, None, files[0])
    assert adapter_fingerprint(files[0]) in one


def test_an_adapter_for_another_model_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "adapter.safetensors"
    save_adapter({"inner.key": factors()}, file, "0" * 64)

    with pytest.raises(ModelUnusable, match=r"trained on another model.*python -m bot fit"):
        load_encoder(None, None, 32, file)


@pytest.mark.parametrize("content", [b"", b"not an adapter", bytes(64)])
def test_a_file_that_is_no_adapter_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "adapter.safetensors"
    file.write_bytes(content)

    with pytest.raises(ModelUnusable, match=r"adapter\.safetensors can't be read"):
        fingerprint_of(None, None, file)


def test_an_adapter_that_names_no_model_is_refused(tmp_path: Path) -> None:
    from safetensors.torch import save_file

    file = tmp_path / "adapter.safetensors"
    save_file({"inner.key.A": torch.zeros(2, 4)}, file)

    with pytest.raises(ModelUnusable, match="can't be read"):
        made_for(file)


def test_a_missing_adapter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="can't be read"):
        made_for(tmp_path / "adapter.safetensors")
