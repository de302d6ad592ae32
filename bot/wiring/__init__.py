"""The composition root: from settings to working services. Only this package picks classes.

`parts` is what the terminal and Discord are both made of, `guide` what answers in this process,
`serving` what Discord needs beside it.
"""

from __future__ import annotations

from bot.wiring.guide import IndexReport, current_index, make_guide, refresh_index
from bot.wiring.parts import (
    ADAPTER,
    CALIBRATION,
    FITTED,
    RISK_COVERAGE,
    Content,
    ServeOptions,
    adapter_for,
    index_folder,
    load_calibration,
    load_model,
    local_zone,
    model_fingerprint,
    open_storage,
    read_content,
    utc_now,
)
from bot.wiring.serving import (
    features,
    flows,
    load_shelf,
    make_client,
    make_services,
    make_worker,
)

__all__ = [
    "ADAPTER",
    "CALIBRATION",
    "FITTED",
    "RISK_COVERAGE",
    "Content",
    "IndexReport",
    "ServeOptions",
    "adapter_for",
    "current_index",
    "features",
    "flows",
    "index_folder",
    "load_calibration",
    "load_model",
    "load_shelf",
    "local_zone",
    "make_client",
    "make_guide",
    "make_services",
    "make_worker",
    "model_fingerprint",
    "open_storage",
    "read_content",
    "refresh_index",
    "utc_now",
]
