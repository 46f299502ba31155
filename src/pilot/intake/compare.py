"""One row of a form beside the same person's row of another typing, answer by answer."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pilot.design import find
from pilot.design.dates import read_date
from pilot.design.forms import ABOUT, OCCASION, WHO
from pilot.design.manner import CODES, SYNONYMS, as_code, meaning
from pilot.findings import finding
from pilot.intake.entry import Entry
from pilot.intake.plan import Finding
from pilot.intake.table import plain

DIFFERS = "entry-differs"
DISPUTES = {"respondent": "entry-who-differs", ABOUT: "entry-child-differs"}

Row = tuple[Entry, int]


def compare_rows(one: Row, two: Row) -> None:
    """Compare a row with its second typing, which is then only a second look."""
    for column in dict.fromkeys((*one[0].table.header, *two[0].table.header)):
        if column in (*WHO[1:], *OCCASION, ABOUT):
            _compare_occasion(one, two, column)
        elif column in one[0].blanks:
            _compare_answers(one, two, column)
    _set_strays_aside(two)
    two[0].kept[two[1]] = False


def _compare_answers(one: Row, two: Row, column: str) -> None:
    said = [said_in(row, column) for row in (one, two)]
    if _same(*said):
        return
    told = tell_difference(one, two, column, said)
    for (entry, at), text in zip((one, two), said, strict=True):
        place = entry.place(column)
        if place is not None and text is not None:
            entry.cell_aside(at, place, told)
    _empty(one, column)


def _compare_occasion(one: Row, two: Row, column: str) -> None:
    """Compare when and how: what stands in one of the two only is taken from there."""
    for entry, at in (one, two):
        if (at, column) in entry.disputed:
            _dispute(one, column, entry.disputed[at, column])
            return
    said = [said_in(row, column) for row in (one, two)]
    meant = [_meant(row, column, text) for row, text in zip((one, two), said, strict=True)]
    if said[0] is None and said[1] is not None:
        _write(one, column, said[1])
    elif said[1] is not None and not (_same(*said) or (meant[0] and meant[0] == meant[1])):
        rule = DISPUTES.get(column, DIFFERS)
        _dispute(one, column, tell_difference(one, two, column, said, rule))


def _dispute(row: Row, column: str, told: Finding) -> None:
    """Empty a cell for good: no later typing fills what two earlier ones disagreed about."""
    entry, at = row
    entry.disputed.setdefault((at, column), told)
    _empty(row, column)


def set_disputed_aside(entry: Entry) -> None:
    """Set aside what nobody can place once all typings were compared.

    Where it is not clear who answered, the whole row: it may be a proxy's. Where it is not
    clear about which child, the answers about that child.
    """
    for (at, column), told in entry.disputed.items():
        if column == "respondent" and entry.kept[at]:
            entry.row_aside(at, told)
    for (at, column), told in entry.disputed.items():
        if column == ABOUT and entry.kept[at]:
            for name in entry.about_one:
                place = entry.place(name)
                if place is not None:
                    entry.cell_aside(at, place, told)
                    entry.table.columns[place][at] = pd.NA


def _meant(row: Row, column: str, text: str | None) -> object:
    """Return the day, site, child, code or word that a text stands for, if any."""
    if not text or (column in WHO and column != "site"):
        return None
    if column == "answered":
        return read_date(text).day
    if column == "site":
        return find(list(row[0].sites), text)
    if column == ABOUT:
        return plain(text).lstrip("0")
    if column not in SYNONYMS:
        return as_code(text) if column in CODES else None
    role, word = row[0].role, meaning(column, text)
    if column == "respondent" and role and (word == role.key or role.is_called(word)):
        return "self"
    return as_code(word)


def said_in(row: Row, column: str) -> str | None:
    """Return what one cell of a row holds; None where the sheet has no such column."""
    entry, at = row
    place = entry.place(column)
    return None if place is None else entry.cell(at, place)


def site_in(row: Row) -> str | None:
    """Return the site that a row is of: its form's, else as the design calls what it says."""
    entry, _ = row
    said = said_in(row, "site")
    own = entry.typed.marker.site or None
    return own if own or said is None else find(list(entry.sites), said) or said


def _same(one: str | None, two: str | None) -> bool:
    if one is None or two is None:
        return one is two
    return plain(one).replace(",", ".") == plain(two).replace(",", ".")


def tell_difference(
    one: Row, two: Row, column: str, said: Sequence[str | None], rule: str = DIFFERS
) -> Finding:
    """Tell that two typings differ, with what each says, and return the finding."""
    shown = " | ".join("\u2026" if text is None else text for text in said)
    other, at = two
    told = finding(
        rule,
        column=column,
        found=shown,
        expected=f"{other.table.file}, row {int(other.table.rows[at])}: the same",
        **one[0].where(one[1]),
    )
    one[0].findings.append(told)
    return told


def _empty(row: Row, column: str) -> None:
    _write(row, column, None)


def _write(row: Row, column: str, text: str | None) -> None:
    entry, at = row
    place = entry.place(column)
    if place is not None:
        entry.table.columns[place][at] = pd.NA if text is None else text


def _set_strays_aside(row: Row) -> None:
    """Set aside what a second typing holds in columns that nobody asked for."""
    entry, at = row
    for place in entry.answers:
        name = entry.table.header[place]
        if name not in entry.blanks and entry.table.filled(place)[at]:
            rule = "personal-data" if entry.aside.hide(place) else "unknown-column"
            told = finding(rule, file=entry.table.file, column=name)
            entry.findings.append(told)
            entry.cell_aside(at, place, told)
