"""Report runs, one or several, two at a time: one waits while the other computes."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pilot.design import LANGUAGES
from pilot.errors import PilotError
from pilot.workbench.make import ReportRun, make_report
from pilot.workbench.order import Order, settle
from pilot.workbench.watch import Stopped, Watch

AT_ONCE = 2
LOOK_AGAIN = 0.2  # seconds; a wait without an end would not hear Ctrl-C on Windows


@dataclass(frozen=True, slots=True)
class Ended:
    """How one of several runs ended: a report, or the error that stopped it."""

    order: Order
    seconds: float
    run: ReportRun | None = None
    fault: PilotError | None = None


Told = Callable[[Order, int, int], None]
Heard = Callable[[Ended], None]


def run_report(
    trajectory: str | Path,
    *,
    demo: bool = False,
    data: str | Path | None = None,
    languages: Sequence[str] = LANGUAGES,
    parameters: Mapping[str, Any] | None = None,
) -> ReportRun:
    """Run the report notebook for one trajectory and publish its pages.

    Parameters
    ----------
    trajectory : str or Path
        A name on the shelf or the path of a design.
    demo : bool
        The simulated exports; published in ``reports/demo/<trajectory>/latest/``.
    data : str or Path, optional
        Another folder of exports.
    languages : sequence of {"nl", "en"}
    parameters : dict, optional
        More parameters of the report notebook, by name.

    Returns
    -------
    ReportRun

    Raises
    ------
    CallError
        Before a kernel starts, when the call is wrong.
    RunError
        When the run failed; the last good report is still there, and ``failed.html``
        beside it says what failed and what to do.

    Examples
    --------
    >>> run_report("m-power", demo=True, languages=["nl", "fr"])
    Traceback (most recent call last):
    ...
    pilot.errors.CallError: language: there are no reports in 'fr'
      mend: use one of: nl, en
    """
    order = settle(trajectory, demo=demo, data=data, languages=languages, parameters=parameters)
    # A thread of its own, since a notebook that calls this has an event loop running.
    ended = run_reports([order], lambda *_: None, lambda _: None)[0]
    if ended.run is None:
        raise ended.fault or Stopped()
    return ended.run


def run_reports(
    orders: Sequence[Order], told: Told, heard: Heard, *, at_once: int = AT_ONCE
) -> list[Ended]:
    """Make several reports; one that fails leaves the others alone.

    Parameters
    ----------
    orders : sequence of Order
        Settled before, so that none is refused half-way.
    told : callable
        Called with an order, its cells done and all its cells; from another thread.
    heard : callable
        Called with each run as it ends.
    at_once : int
        How many kernels run side by side.

    Returns
    -------
    list of Ended
        In the order given.

    Raises
    ------
    KeyboardInterrupt
        When a person stops it: the kernels have ended, nothing is half-written.
    """
    watch = Watch()
    ended: dict[int, Ended] = {}
    with ThreadPoolExecutor(max_workers=at_once) as pool:
        places = {
            pool.submit(_one, order, watch, told): place for place, order in enumerate(orders)
        }
        waiting: set[Future[Ended]] = set(places)
        try:
            while waiting:
                done, waiting = wait(waiting, LOOK_AGAIN, FIRST_COMPLETED)
                for future in done:
                    ended[places[future]] = future.result()
                    heard(future.result())
        except BaseException:
            watch.stop()
            pool.shutdown(cancel_futures=True)
            raise
    return [ended[place] for place in sorted(ended)]


def _one(order: Order, watch: Watch, told: Told) -> Ended:
    began = time.perf_counter()
    try:
        run = make_report(order, watch, partial(told, order))
    except PilotError as fault:
        return Ended(order, time.perf_counter() - began, fault=fault)
    return Ended(order, run.seconds, run=run)
