"""What a page showed, kept for the next report of the same trajectory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pandas as pd

from pilot.disclosure.basis import bases_of
from pilot.disclosure.earlier import standing_items
from pilot.disclosure.feasibility import as_count
from pilot.disclosure.items import items_of
from pilot.results import Disclosed, PublicCount, Published, Shown, Study

GONE = "-"
"""The mark of a family's values that are in the data no more."""


def publication(
    study: Study, public: Disclosed, earlier: Sequence[Published] = ()
) -> Published:
    """Return what a page shows, for the next report of the same trajectory.

    It holds the numbers as they were shown and no finer, marks of words instead of words,
    and beside each item a mark of every family it rests on. It is for the team.

    Parameters
    ----------
    study : Study
    public : Disclosed
        Made from it by `disclose`, with the same earlier reports.
    earlier : sequence of Published

    Examples
    --------
    >>> import pilot
    >>> study = pilot.open_study("m-power", demo=True)
    >>> first = publication(study, pilot.disclose(study))
    >>> again = pilot.disclose(study, [first])
    >>> publication(study, again, [first]) == first
    True
    """
    standing = standing_items(study, public, earlier)
    items = {
        key: standing[key].shown if key in standing else Shown(bases_of(study, key), told)
        for key, told in items_of(public).items()
    }
    return Published(
        lock=None if public.lock is None else public.lock.date().isoformat(),
        simulated=public.simulated,
        counts=tuple(dict.fromkeys(counts_of(public))),
        told=tuple(dict.fromkeys(told_of(public))),
        shares=tuple(_shares(public)),
        items=items,
        trajectory=study.trajectory.key,
    )


def counts_of(told: object) -> Iterator[PublicCount]:
    """Yield every count of families or people that stands anywhere in what is told."""
    if isinstance(told, PublicCount):
        yield told
    elif isinstance(told, pd.DataFrame):
        for name in told:
            yield from counts_of(tuple(told[name]))
    elif isinstance(told, tuple | list):
        for each in told:
            yield from counts_of(each)
    elif is_dataclass(told):
        for field in fields(told):
            yield from counts_of(getattr(told, field.name))


def told_of(public: Disclosed) -> Iterator[PublicCount]:
    """Yield the counts that shares are read beside: who started, answered, left, and n."""
    yield public.started
    for _, count in (*public.flow, *public.left):
        yield count
    for each in public.estimates:
        if not each.refused:
            yield each.n_families


def _shares(public: Disclosed) -> Iterator[Mapping[str, Any]]:
    names = ("measure", "role", "wave", "count", "base", "share", "line")
    for row in public.feasibility.to_dict("records"):
        of_people = isinstance(row["count"], PublicCount) and row["base"] is not None
        if of_people and (row["share"] is not None or row["line"] is not None):
            yield {name: row[name] for name in names} | {"base": as_count(row["base"])}


def without_gone(published: Published, study: Study) -> Published:
    """Return a record in which values that are in the data no more left no mark.

    Answers have few values, so a mark can be guessed back by trying them all: of who wanted
    everything removed nothing may stay. That there was a family stays, or it could be
    subtracted; values that changed count as another family's ever after.
    """
    items = {}
    for key, shown in published.items.items():
        known = {mark for marks in bases_of(study, key) for mark in marks}
        bases = tuple(
            tuple(mark if mark in known else GONE for mark in marks) for marks in shown.bases
        )
        items[key] = replace(shown, bases=bases)
    return replace(published, items=items)
