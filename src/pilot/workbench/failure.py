"""When a run fails: one page in Dutch and English that says what, where, and what to do."""

from __future__ import annotations

import re
import sys
import tempfile
from dataclasses import replace
from html import escape
from pathlib import Path

from pilot.dutch import in_dutch
from pilot.errors import PilotError
from pilot.presentation import Failure, failure_page
from pilot.workbench.order import Order
from pilot.workbench.places import places
from pilot.workbench.publish import told

PAGE = "failed.html"
# From the root or a drive, of two parts or more; a date or a choice such as and/or is none.
ABSOLUTE = re.compile(
    r"(?<![\w./\\])(?:[A-Za-z]:[\\/]+|\\\\|/)[^\s'\"<>:,;)]+[\\/][^\s'\"<>:,;)]+"
)


def tell_failure(order: Order, fault: PilotError) -> None:
    """Write the page beside ``latest/``, which stays as it is."""
    where, cause, mend = (
        without_places(words, order) for words in (fault.where, fault.cause, fault.mend)
    )
    failure = Failure(
        title=order.trajectory.title,
        where=where,
        cause=cause,
        mend=mend,
        last_good=order.latest.is_dir(),
    )
    with told(order.folder):
        (order.folder / PAGE).write_text(in_both(failure), encoding="utf-8", newline="\n")


def untell_failure(order: Order) -> None:
    """Take the page away: the newest run went well."""
    with told(order.folder):
        (order.folder / PAGE).unlink(missing_ok=True)


def without_places(words: str, order: Order) -> str:
    """Return words without where on this machine anything stands: the page may be sent on.

    Data, exports and reports keep their place within these; of every other file only the
    name stays.
    """
    known = {
        str(order.exports): order.exports.name,
        str(places().data): "data",
        str(places().reports): "reports",
        str(order.notebook.parent): "notebooks",
        str(Path(tempfile.gettempdir())): "tmp",
        sys.prefix: "python",
        str(Path.home()): "home",
    }
    for place in sorted(known, key=len, reverse=True):
        for written in (place.replace("\\", "\\\\"), place):
            words = re.sub(rf"{re.escape(written)}(?=[\\/:'\"\s,;)]|$)", known[place], words)
    return ABSOLUTE.sub(lambda path: re.split(r"[\\/]+", path[0])[-1], words)


def in_both(failure: Failure) -> str:
    """Return one page: Dutch first, then the same in English, one level lower.

    The Dutch part tells in Dutch what `in_dutch` has words for; the rest stays English and
    is marked so.
    """
    where, cause, mend = (_dutch(s) for s in (failure.where, failure.cause, failure.mend))
    ours = replace(failure, where=where or failure.where, cause_nl=cause, mend_nl=mend)
    dutch, english = failure_page(ours, "nl"), failure_page(failure, "en")
    if where:
        dutch = dutch.replace(f'<p lang="en">{escape(where)}</p>', f"<p>{escape(where)}</p>")
    title = _inside("h1", english)
    said = re.sub(r"(</?h)2>", r"\g<1>3>", _inside("main", english))
    return dutch.replace("</main>", f'<div lang="en">\n<h2>{title}</h2>\n{said}</div>\n</main>')


def _dutch(words: str) -> str:
    """Return words in Dutch, or nothing where there is none for them."""
    dutch = in_dutch(words)
    return "" if dutch == words else dutch


def _inside(tag: str, page: str) -> str:
    found: list[str] = re.findall(rf"<{tag}\b[^>]*>(.*)</{tag}>", page, flags=re.DOTALL)
    return found[0]
