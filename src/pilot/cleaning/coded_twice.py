"""A quote that two coders wrote in two rows is one quote, which both have judged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from pilot.cleaning.listed import Listed

PERMISSIONS = ("consent", "approved")


def join_coders(listed: Listed) -> None:
    """Join the rows of two coders; set aside what is written down once more.

    The same person's same words about the same domain, coded by somebody else, are the
    second coder's direction of the first row. Who consented or approved in one row only,
    did not. A third coding, and a row of the same coder, is set aside.

    Parameters
    ----------
    listed : Listed
        Quotes whose domain, role and direction are known.
    """
    second: dict[int, str] = {}
    again: dict[int, str] = {}
    frame: Any = listed.frame
    for first, place in _repeated(frame):
        _refuse_where_one_does(frame, first, place)
        expected = f"row {int(frame.loc[first, 'row'])}: the same"
        if _is_second_coder(frame, first, place):
            frame.loc[first, "second_direction"] = frame.loc[place, "direction"]
            frame.loc[place, "direction"] = None
            second[place] = listed.tell("quote-second-coder", place, expected=expected)
        else:
            again[place] = listed.tell("quote-repeated", place, expected=expected)
    listed.set_rows_aside(second | again)


def _repeated(quotes: pd.DataFrame) -> Iterator[tuple[int, int]]:
    """Yield each row that repeats an earlier one, beside the first of its kind."""
    said = quotes.dropna(subset=["text"])
    who = zip(said["participant"], said["role"], said["domain"], strict=True)
    firsts: dict[tuple[object, ...], int] = {}
    for place, whose, text in zip(said.index, who, said["text"], strict=True):
        first = firsts.setdefault((*whose, _plain(str(text))), int(place))
        if first != place:
            yield first, int(place)


def _is_second_coder(quotes: Any, first: int, place: int) -> bool:
    names = [_plain(str(each)) for each in quotes.loc[[first, place], "coder"].fillna("")]
    free = pd.isna(quotes.loc[first, "second_direction"])
    return bool(free and names[0] and names[1] and names[0] != names[1])


def _refuse_where_one_does(quotes: Any, first: int, place: int) -> None:
    """Let the words of two rows stay only with a yes in both."""
    for name in PERMISSIONS:
        if quotes.loc[place, name] != "yes" and quotes.loc[first, name] == "yes":
            quotes.loc[first, name] = "no"


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
