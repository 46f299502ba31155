"""One thread for linear algebra: on small matrices a second one costs more than it saves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any


@contextmanager
def one_thread() -> Iterator[None]:
    """Hold BLAS to one thread, where threadpoolctl (which comes with scikit-learn) is there.

    Examples
    --------
    >>> with one_thread():
    ...     1 + 1
    2
    """
    pools = _pools()
    if pools is None:
        yield
        return
    with pools.limit(limits=1, user_api="blas"):
        yield


@cache
def _pools() -> Any:
    try:
        return import_module("threadpoolctl").ThreadpoolController()
    except ImportError:
        return None
