"""JupyterLab in the right place, with a kernel that works."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pilot.errors import CallError
from pilot.workbench.kernel import whole_paths, write_kernelspec
from pilot.workbench.places import places

QUIET = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)


def open_lab(extra: Sequence[str] = ()) -> int:
    """Open JupyterLab on the notebooks until it is closed, and return its exit code.

    The kernel called ``python3`` is the Python that runs this, whatever a machine has
    installed under that name, and finds this package's data and reports.

    Parameters
    ----------
    extra : sequence of str
        Passed on to JupyterLab, such as ``--no-browser``.

    Raises
    ------
    CallError
        When there are no notebooks here.
    """
    here = places()
    if not here.notebooks.is_dir():
        raise CallError(
            str(here.notebooks),
            "there is no such folder",
            "run this in a clone of the project, where notebooks/ is",
        )
    with tempfile.TemporaryDirectory(prefix="pilot-lab-") as folder:
        command = lab_command(here.notebooks, extra)
        process = subprocess.Popen(command, env=lab_environment(Path(folder)))
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # JupyterLab heard it too, and asks its own question
                continue


def lab_command(notebooks: Path, extra: Sequence[str]) -> list[str]:
    """Return the command that opens JupyterLab on a folder."""
    root = f"--ServerApp.root_dir={notebooks}"
    return [sys.executable, "-m", "jupyterlab", root, *QUIET, *extra]


def lab_environment(folder: Path) -> dict[str, str]:
    """Return an environment in which ``python3`` is this Python.

    ``JUPYTER_PATH`` goes before what the user and the system have installed.
    """
    shelves = [str(write_kernelspec(folder)), os.environ.get("JUPYTER_PATH", "")]
    return {
        **os.environ,
        **whole_paths(),
        "JUPYTER_PATH": os.pathsep.join(shelf for shelf in shelves if shelf),
    }
