"""One pool of threads at a time: the encoder's.

numpy, faiss and torch each keep threads that spin while they wait; on a small machine they take
the cores from one another, and a forward pass takes three times as long. The searches here are
too small to gain from threads, so that numpy and faiss get one each.
"""

from __future__ import annotations

import contextlib
import ctypes

import faiss
from threadpoolctl import threadpool_limits


def leave_cores_to_encoder() -> None:
    """Limit the linear algebra of numpy, and faiss, to one thread for the rest of the process."""
    threadpool_limits(limits=1, user_api="blas")
    faiss.omp_set_num_threads(1)


def give_back_memory() -> None:
    """Give back to the system what embedding took for a moment; glibc keeps it otherwise."""
    with contextlib.suppress(OSError, AttributeError):  # another libc, or another system
        ctypes.CDLL("libc.so.6").malloc_trim(0)
