"""One pool of threads at a time: the encoder's.

numpy, faiss and torch each keep threads that spin while they wait; on a small machine they take
the cores from one another, and a forward pass takes three times as long. The searches here are
too small to gain from threads, so that numpy and faiss get one each.
"""

from __future__ import annotations

import faiss
from threadpoolctl import threadpool_limits


def leave_cores_to_encoder() -> None:
    """Limit the linear algebra of numpy, and faiss, to one thread for the rest of the process."""
    threadpool_limits(limits=1, user_api="blas")
    faiss.omp_set_num_threads(1)
