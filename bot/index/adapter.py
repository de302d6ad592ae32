"""A low-rank adapter for the encoder: small changes to its weights, trained on this library's asks.

The file holds, for each adapted linear layer, the factors A (r x in) and B (out x r) of
Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models" (2021); loading adds B A to the
weights, so that an adapted model costs no more than the plain one. (peft could load them too, at
the price of a heavier install and a slower start on the steward's machine; it is used to train.)
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.errors import ModelUnusable
from bot.core.files import sha256_of

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_DOWN, _UP = ".A", ".B"
MODEL_KEY = "model_sha256"


def adapter_fingerprint(file: Path) -> str:
    """The hash of an adapter's file, part of the fingerprint of the model it is merged into."""
    return sha256_of(file)


def made_for(file: Path) -> str:
    """The hash of the weights that an adapter was trained on.

    Raises:
        ModelUnusable: not an adapter.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(file, framework="pt") as stored:
            return str((stored.metadata() or {})[MODEL_KEY])
    except (OSError, SafetensorError, KeyError) as error:
        raise ModelUnusable(
            f"The adapter {file.name} can't be read ({error}); run `python -m bot fit` or restore it."
        ) from error


def merge_adapter(model: SentenceTransformer, file: Path) -> None:
    """Add an adapter to a model's weights, in place."""
    import torch
    from safetensors.torch import load_file

    factors = load_file(file)
    layers = dict(model[0].named_modules())
    with torch.no_grad():
        for name in sorted(key.removesuffix(_DOWN) for key in factors if key.endswith(_DOWN)):
            layer = layers[name]
            change = factors[name + _UP].float() @ factors[name + _DOWN].float()
            layer.weight.add_(change)


def save_adapter(factors: dict[str, tuple[object, object]], file: Path, model_sha256: str) -> None:
    """Write factors (A, B) by layer name as 16-bit floats."""
    import torch
    from safetensors.torch import save_file

    tensors = {}
    for name, (down, up) in factors.items():
        assert isinstance(down, torch.Tensor)
        assert isinstance(up, torch.Tensor)
        tensors[name + _DOWN] = down.detach().to(torch.float16).contiguous()
        tensors[name + _UP] = up.detach().to(torch.float16).contiguous()
    save_file(tensors, file, metadata={MODEL_KEY: model_sha256})
