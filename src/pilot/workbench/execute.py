"""One papermill run of one notebook: what its cells showed, or which cell failed and why."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pilot.errors import PilotError, RunError
from pilot.workbench.kernel import Kernel

START_SECONDS = 120
Progress = Callable[[int, int], None]


class CellFailure(RunError):  # noqa: N818 - what happened, and it is an error
    """A notebook stopped: in which cell, under which heading, and why."""

    def __init__(self, where: str, cause: str, mend: str, *, cell: int, heading: str) -> None:
        super().__init__(where, cause, mend)
        self.cell, self.heading = cell, heading


@dataclass(frozen=True, slots=True)
class Executed:
    """What a notebook run gave.

    Attributes
    ----------
    outputs : tuple of dict
        Every cell's mime bundles, in the order shown.
    durations : dict
        Seconds of each cell, by ``"<number>: <first line>"``.
    """

    outputs: tuple[dict[str, Any], ...]
    durations: dict[str, float]

    def of_kind(self, mime: str) -> list[Any]:
        """Return the content of every output of one mime type."""
        return [bundle[mime] for bundle in self.outputs if mime in bundle]


def execute(
    notebook: Path, parameters: Mapping[str, Any], kernel: Kernel, progress: Progress
) -> Executed:
    """Run a notebook with papermill in a kernel that was started before.

    Parameters
    ----------
    notebook : Path
        The source; it is not written to, and no executed copy is kept.
    parameters : dict
        Already held against the notebook's contract.
    kernel : Kernel
    progress : callable
        Called with the cells done and all cells.

    Raises
    ------
    CellFailure
        When a cell raised, or the kernel died in it.
    RunError
        When the kernel never answered.
    """
    import papermill  # takes a second, in which the kernel starts
    from nbclient.exceptions import DeadKernelError

    logging.getLogger("papermill").addHandler(logging.NullHandler())
    node = papermill.iorw.load_notebook_node(str(notebook))
    at = _Place(notebook.name, node, progress)
    try:
        done = papermill.execute_notebook(
            node,
            None,
            parameters=dict(parameters),
            kernel_name="python3",
            progress_bar=False,
            start_timeout=START_SECONDS,
            km=kernel.manager,
            on_cell_start=at.begin,
        )
    except papermill.PapermillExecutionError as fault:
        raise at.failure(*_cause_and_mend(fault)) from None
    except DeadKernelError:
        raise at.failure(
            kernel.death() or "the kernel died",
            "run it again; if it happens again, close other programs and try once more",
        ) from None
    except RuntimeError as fault:
        if at.cell is not None:
            raise
        raise RunError(
            f"the kernel of {sys.executable}",
            f"did not start: {kernel.death() or fault}",
            "run `python -m ipykernel_launcher --version` with this Python; "
            "if that fails, install the package again",
        ) from fault
    return Executed(tuple(_bundles(done.cells)), dict(_durations(done.cells)))


class _Place:
    """Where a run is, told to whoever watches and kept for the error."""

    def __init__(self, name: str, node: Any, progress: Progress) -> None:
        self.name, self.node, self.progress = name, node, progress
        self.cell: int | None = None

    def begin(self, cell: Any, cell_index: int) -> None:
        """Note the cell that begins (papermill put one cell of its own in)."""
        del cell
        self.cell = cell_index
        self.progress(cell_index, len(self.node.cells) + 1)

    def failure(self, cause: str, mend: str) -> CellFailure:
        """Return the error, with the cell's number as a person counts it."""
        number = max(self.cell or 0, 1)
        before = self.node.cells[:number]
        heading = _heading(cell.source for cell in before if cell.cell_type == "markdown")
        where = f"{self.name}, cell {number}" + (f", under {heading!r}" if heading else "")
        return CellFailure(where, cause, mend, cell=number, heading=heading)


def _heading(sources: Iterable[str]) -> str:
    found = [
        line for source in sources for line in source.splitlines() if re.match("#+ ", line)
    ]
    return found[-1].lstrip("# ") if found else ""


def _cause_and_mend(fault: Any) -> tuple[str, str]:
    ours = {kind.__name__ for kind in _kinds(PilotError)}
    cause, told, mend = str(fault.evalue).rpartition("\n  mend: ")
    if fault.ename in ours and told:
        return cause, mend
    return (
        f"{fault.ename}: {fault.evalue}",
        "this is a fault in the program, not in the data: "
        "tell who looks after it, with this text",
    )


def _kinds(error: type[PilotError]) -> Iterable[type[PilotError]]:
    yield error
    for kind in error.__subclasses__():
        yield from _kinds(kind)


def _bundles(cells: Iterable[Any]) -> Iterable[dict[str, Any]]:
    for cell in cells:
        for output in cell.get("outputs", []):
            if "data" in output:
                yield dict(output["data"])


def _durations(cells: Iterable[Any]) -> Iterable[tuple[str, float]]:
    own = [cell for cell in cells if "injected-parameters" not in cell.metadata.get("tags", [])]
    for number, cell in enumerate(own, start=1):
        if cell.cell_type == "code":
            first = cell.source.strip().partition("\n")[0]
            yield f"{number}: {first}", float(cell.metadata.papermill["duration"])
