"""Progress while reports are made: bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from pilot.workbench.order import Order
from pilot.workbench.run import Ended, run_reports


def show(orders: Sequence[Order]) -> list[Ended]:
    """Make reports, show how far they are, and end with one table of them all."""
    console = Console()
    ended = _bars(orders, console) if console.is_terminal else _lines(orders)
    _summary(ended, console)
    return ended


def _bars(orders: Sequence[Order], console: Console) -> list[Ended]:
    columns: tuple[Any, ...] = (TextColumn("{task.description}"), BarColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bars:
        tasks = {
            order.trajectory.key: bars.add_task(order.trajectory.key, start=False)
            for order in orders
        }

        def told(order: Order, done: int, of: int) -> None:
            task = tasks[order.trajectory.key]
            if not done:
                bars.start_task(task)
            bars.update(task, completed=done, total=of)

        def heard(ended: Ended) -> None:
            bars.remove_task(tasks[ended.order.trajectory.key])
            console.print(_line(ended), markup=False, highlight=False)

        return run_reports(orders, told, heard)


def _lines(orders: Sequence[Order]) -> list[Ended]:
    def heard(ended: Ended) -> None:
        print(_line(ended), flush=True)  # noqa: T201 - the command line's own words

    return run_reports(orders, lambda *_: None, heard)


def _line(ended: Ended) -> str:
    what = "failed" if ended.run is None else "published"
    return f"{ended.order.trajectory.key}: {what} after {ended.seconds:.1f} s"


def _summary(ended: Sequence[Ended], console: Console) -> None:
    table = Table("trajectory", "report", "seconds", "open", box=None, pad_edge=False)
    for each in ended:
        if each.run is not None:
            row = ("published", f"{each.seconds:.1f}", str(each.run.folder / "index.html"))
        else:
            row = ("failed", f"{each.seconds:.1f}", str(each.order.folder / "failed.html"))
        table.add_row(each.order.trajectory.key, *row)
    wide = console if console.is_terminal else Console(width=200)
    wide.print(table)
