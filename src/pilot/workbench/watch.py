"""Watching over running kernels, so that who stops a run leaves nothing behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pilot.errors import RunError
from pilot.workbench.kernel import Kernel


class Stopped(RunError):  # noqa: N818 - no error: somebody's wish
    """Somebody stopped the run; nothing was published."""

    def __init__(self) -> None:
        super().__init__("this run", "was stopped", "run it again")


class Watch:
    """The kernels of runs that go on side by side, and the one word that stops them all."""

    def __init__(self) -> None:
        self._kernels: set[Kernel] = set()
        self._lock = threading.Lock()
        self._stop = threading.Event()

    @property
    def stopped(self) -> bool:
        """Whether somebody stopped the runs."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Stop every run: kernels end at once, and what waits does not begin."""
        with self._lock:
            self._stop.set()
            for kernel in self._kernels:
                kernel.kill()

    @contextmanager
    def over(self, kernel: Kernel) -> Iterator[None]:
        """Watch over a kernel while it runs.

        Raises
        ------
        Stopped
            When the runs were stopped before it began.
        """
        with self._lock:
            if self.stopped:
                raise Stopped
            self._kernels.add(kernel)
        try:
            yield
        finally:
            with self._lock:
                self._kernels.discard(kernel)
