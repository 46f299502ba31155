"""When a run fails: one page in Dutch and English that says what, where, and what to do."""

from __future__ import annotations

import re

from pilot.errors import PilotError
from pilot.presentation import Failure, failure_page
from pilot.workbench.order import Order
from pilot.workbench.publish import told

PAGE = "failed.html"


def tell_failure(order: Order, fault: PilotError) -> None:
    """Write the page beside ``latest/``, which stays as it is."""
    failure = Failure(
        title=order.trajectory.title,
        where=fault.where,
        cause=fault.cause,
        mend=fault.mend,
        last_good=order.latest.is_dir(),
    )
    with told(order.folder):
        (order.folder / PAGE).write_text(in_both(failure), encoding="utf-8", newline="\n")


def untell_failure(order: Order) -> None:
    """Take the page away: the newest run went well."""
    with told(order.folder):
        (order.folder / PAGE).unlink(missing_ok=True)


def in_both(failure: Failure) -> str:
    """Return one page: Dutch first, then the same in English, one level lower."""
    dutch, english = failure_page(failure, "nl"), failure_page(failure, "en")
    title = _inside("h1", english)
    said = re.sub(r"(</?h)2>", r"\g<1>3>", _inside("main", english))
    return dutch.replace("</main>", f'<div lang="en">\n<h2>{title}</h2>\n{said}</div>\n</main>')


def _inside(tag: str, page: str) -> str:
    found: list[str] = re.findall(rf"<{tag}\b[^>]*>(.*)</{tag}>", page, flags=re.DOTALL)
    return found[0]
