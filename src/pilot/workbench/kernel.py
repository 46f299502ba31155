"""Kernels of this very Python, whatever kernelspecs a machine has installed."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_event_loop, run_sync

from pilot.workbench.places import checkout, places

ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
)
HASH_SEED = 0


class ThisPython(AsyncKernelManager):
    """A kernel manager that starts `sys.executable` and asks no shelf of kernelspecs.

    It remembers its clients, so that who started the kernel can close their channels.
    """

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.clients: list[Any] = []

    @property
    def kernel_spec(self) -> KernelSpec:
        """The only kernelspec there is."""
        return KernelSpec(**kernelspec())

    def client(self, **traits: Any) -> Any:
        """Return a client, and remember it."""
        self.clients.append(super().client(**traits))
        return self.clients[-1]


def kernelspec() -> dict[str, Any]:
    """Return the kernelspec of this Python, as ``kernel.json`` would say it."""
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    return {
        "argv": command,
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "metadata": {"debugger": True, "supported_encryption": ["curve"]},
    }


def write_kernelspec(folder: Path) -> Path:
    """Write a ``python3`` kernelspec below a folder and return that folder.

    It belongs on ``JUPYTER_PATH``, where it goes before what the machine has installed.
    """
    spec = folder / "kernels" / "python3"
    spec.mkdir(parents=True, exist_ok=True)
    (spec / "kernel.json").write_text(json.dumps(kernelspec(), indent=1), encoding="utf-8")
    return folder


def kernel_environment(folder: Path) -> dict[str, str]:
    """Return the environment in which a notebook gives the same numbers anywhere.

    One BLAS thread, since two reports run side by side; a fixed hash seed; a profile of
    its own, so that no start-up file of a person's joins in; places as whole paths, since
    the kernel runs in another folder.
    """
    return {
        **os.environ,
        **whole_paths(),
        **dict.fromkeys(ONE_THREAD, "1"),
        "PYTHONHASHSEED": str(HASH_SEED),
        "IPYTHONDIR": str(folder / "ipython"),
    }


def whole_paths() -> dict[str, str]:
    """Return the variables that lead a process in another folder to the same places."""
    here, root = places(), checkout()
    entries = [entry for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry]
    own = [] if root is None else [str(root / "src")]
    return {
        "PYTHONPATH": os.pathsep.join(
            [*own, *(str(Path(entry).resolve()) for entry in entries)]
        ),
        "PILOT_DATA": str(here.data),
        "PILOT_REPORTS": str(here.reports),
    }


@dataclass(frozen=True, slots=True)
class Kernel:
    """A running kernel, owned by whoever started it."""

    manager: ThisPython
    process: Popen[bytes]
    errors: Path

    def kill(self) -> None:
        """End the kernel at once; a run that waits for it then fails."""
        self.process.kill()

    def death(self) -> str | None:
        """Return why the kernel's process is gone, or None while it lives."""
        code = self.process.poll()
        if code is None:
            return None
        last = self.errors.read_text(encoding="utf-8", errors="replace").strip()[-500:]
        return _reason(code) + (f"; its last words: {last}" if last else "")


def _reason(code: int) -> str:
    if code >= 0:
        return f"the kernel stopped by itself with exit code {code}"
    name = signal.Signals(-code).name
    reason = f"the kernel was ended by signal {-code} ({name})"
    if name == "SIGKILL":
        reason += "; often that is the system, out of memory"
    peak = _peak_memory()
    return f"{reason}. Kernels used up to {peak:.0f} MB of memory" if peak else reason


def _peak_memory() -> float | None:
    """Return the most memory that any ended child used, in MB; None where not told."""
    try:
        import resource
    except ImportError:  # Windows keeps no such count
        return None
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return used / (1e6 if sys.platform == "darwin" else 1e3)


@contextmanager
def started_kernel(folder: Path) -> Iterator[Kernel]:
    """Start a kernel that works in a folder, and end it whatever happens.

    The process is started on entering and nobody waits for it, so that its start-up and
    the caller's imports go together. Call it in a thread without an event loop of its own.

    Parameters
    ----------
    folder : Path
        An existing folder for its files and its working directory.
    """
    work = folder / "work"
    work.mkdir()
    loop = ensure_event_loop()
    manager = ThisPython(connection_file=str(folder / "kernel.json"))
    errors = folder / "kernel.err"
    with errors.open("wb") as told:
        run_sync(manager.start_kernel)(
            cwd=str(work), env=kernel_environment(folder), stderr=told, stdout=told
        )
    try:
        yield Kernel(manager, getattr(manager.provisioner, "process"), errors)  # noqa: B009
    finally:
        for client in manager.clients:
            client.stop_channels()
        run_sync(manager.shutdown_kernel)(now=True)
        run_sync(manager.cleanup_resources)()
        loop.close()
