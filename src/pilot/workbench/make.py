"""One report: from raw exports to published pages, whole or not at all."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pilot.errors import PilotError, RunError, unforeseen
from pilot.workbench.execute import Executed, Progress, execute
from pilot.workbench.kernel import started_kernel
from pilot.workbench.made import input_hashes
from pilot.workbench.order import Order
from pilot.workbench.publish import alone, aside
from pilot.workbench.watch import Stopped, Watch


@dataclass(frozen=True, slots=True)
class ReportRun:
    """A published report.

    Attributes
    ----------
    trajectory : str
    simulated : bool
    folder : Path
        ``.../latest``, with the pages.
    paths : dict
        Each published file by its name there, such as ``"nl.html"`` or ``"share/nl.html"``.
    results : dict
        What ``results.json`` holds.
    seconds : float
    """

    trajectory: str
    simulated: bool
    folder: Path
    paths: dict[str, Path]
    results: dict[str, Any]
    seconds: float


def make_report(order: Order, watch: Watch, progress: Progress) -> ReportRun:
    """Make and publish one report that was settled before.

    Raises
    ------
    RunError
        When it failed, after telling so in ``failed.html``.
    """
    from pilot.workbench.failure import tell_failure, untell_failure

    began = time.perf_counter()
    with alone(order.latest, f"the report of {order.trajectory.key}"):
        try:
            results = _make(order, watch, progress)
        except Exception as fault:
            if watch.stopped:
                raise Stopped from fault
            known = fault if isinstance(fault, PilotError) else unforeseen(fault)
            tell_failure(order, known)
            raise known from fault
        untell_failure(order)
    found = sorted(path for path in order.latest.rglob("*") if path.is_file())
    return ReportRun(
        trajectory=order.trajectory.key,
        simulated=order.simulated,
        folder=order.latest,
        paths={path.relative_to(order.latest).as_posix(): path for path in found},
        results=results,
        seconds=time.perf_counter() - began,
    )


def _make(order: Order, watch: Watch, progress: Progress) -> dict[str, Any]:
    with aside(order.latest) as staging:
        began = time.perf_counter()
        executed, inputs = _run_notebook(order, watch, progress)
        from pilot.workbench.assemble import Raw, assemble

        raw = Raw(order, executed, inputs, time.perf_counter() - began)
        results = assemble(raw, staging)
        if watch.stopped:
            raise Stopped
    return results


def _run_notebook(
    order: Order, watch: Watch, progress: Progress
) -> tuple[Executed, dict[str, str]]:
    with (
        tempfile.TemporaryDirectory(prefix="pilot-", ignore_cleanup_errors=True) as folder,
        started_kernel(Path(folder)) as kernel,
        watch.over(kernel),
    ):
        before = input_hashes(order.exports)
        executed = execute(order.notebook, order.parameters, kernel, progress)
    if input_hashes(order.exports) != before:
        raise RunError(
            str(order.exports),
            "the exports changed while the report was being made",
            "wait until they are all there, then run again",
        )
    return executed, before
