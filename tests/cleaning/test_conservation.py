"""Laws that hold for any export, however it was shuffled, damaged or cut."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot.cleaning import clean
from pilot.frames import Received, items_of

WORDS = (
    "1",
    "2",
    "3",
    "4",
    "0",
    "5",
    "99",
    "weet niet",
    " 3",
    "3,0",
    "2.5",
    "ja",
    "vier",
    "",
    "  ",
)
CODES = ("p1", "p2", "p3", " p1", "p4", None, "")
WAVES = ("t0", "t1", "t2", "begin", "onbekend", None)
ROLES = ("parent", "child", "moeder", "tante", None)
SITES = ("noord", "School Zuid", "oost", None)
DATES = ("2025-01-20", "2025-06-16", "2-7-2025", "2025-11-17", "2024-03-03", "45677", "x", None)
ANSWERS = ("gse_10_01", "gse_10_02", "lsns_6_01", "djg_6_03", "who_5_total", "shoe_size")

rows = st.fixed_dictionaries(
    {
        "file": st.sampled_from(["a.csv", "b.csv"]),
        "participant": st.sampled_from(CODES),
        "wave": st.sampled_from(WAVES),
        "role": st.sampled_from(ROLES),
        "site": st.sampled_from(SITES),
        "answered": st.sampled_from(DATES),
        **{name: st.sampled_from([*WORDS, None]) for name in ANSWERS},
    }
)
exports = st.lists(rows, max_size=14)


def outcome(cleaned: Any) -> tuple[Any, ...]:
    """Return what was kept, set aside and told, whatever the order."""
    kept = cleaned.responses.sort_values(["file", "row"]).reset_index(drop=True)
    aside = sorted(map(str, cleaned.quarantine.to_numpy().tolist()))
    return kept, aside, sorted(map(str, cleaned.findings.to_numpy().tolist()))


@settings(max_examples=60, deadline=None)
@given(came=exports)
def test_every_row_and_answer_is_kept_or_in_quarantine(
    making: ModuleType, came: list[dict[str, Any]]
) -> None:
    """Rows and answers in = kept + set aside; each with the finding that says why."""
    received = making.received(*came)
    cleaned = clean(received, making.design())
    door = cleaned.counts.iloc[-1]

    assert making.leaks(cleaned) == []
    assert door["rows_in"] == len(came)
    assert door["answers_in"] == int(
        received.responses[items_of(received.responses)].count().sum()
    )
    assert door["rows_kept"] == len(cleaned.responses)


@settings(max_examples=60, deadline=None)
@given(came=exports)
def test_an_answer_stands_in_one_place_only(
    making: ModuleType, came: list[dict[str, Any]]
) -> None:
    """No cell is both kept and set aside, and none is set aside twice."""
    received = making.received(*came)
    cleaned = clean(received, making.design())
    names = dict(
        zip(ANSWERS, ("GSE_1", "GSE_2", "LSNS_1", "DJG_3", "WHO", "shoe_size"), strict=True)
    )
    long = cleaned.responses.melt(["file", "row"], items_of(cleaned.responses)).dropna()
    kept = set(zip(long["file"], long["row"], long["variable"].map(names), strict=True))
    set_aside = cleaned.quarantine.dropna(subset=["column"])
    cells = list(zip(set_aside["file"], set_aside["row"], set_aside["column"], strict=True))

    assert len(set(cells)) == len(cells)
    # A parent's column and a child's have one name only where both are asked the same.
    assert not kept & set(cells)


@settings(max_examples=40, deadline=None)
@given(came=exports, data=st.data())
def test_the_order_of_rows_changes_nothing(
    making: ModuleType, came: list[dict[str, Any]], data: st.DataObject
) -> None:
    """Shuffled rows, with the numbers they had, give the same kept, quarantine and findings."""
    received = making.received(*came)
    order = data.draw(st.permutations(range(len(came))))
    mixed = received.responses.iloc[list(order)].reset_index(drop=True)
    first = outcome(clean(received, making.design()))
    second = outcome(clean(_with(received, mixed), making.design()))

    pd.testing.assert_frame_equal(first[0], second[0])
    assert first[1:] == second[1:]


@settings(max_examples=40, deadline=None)
@given(came=exports)
def test_what_was_kept_is_kept_again(making: ModuleType, came: list[dict[str, Any]]) -> None:
    """Clean responses are in order: a second cleaning takes no number away.

    Codes of instruments whose bare numbers are not trusted are words in exports and
    numbers afterwards; they are left out here.
    """
    once = clean(making.received(*came), making.design()).responses.drop(
        columns=["djg_6_03"], errors="ignore"
    )
    twice = clean(_with(making.received(), once), making.design())
    again = twice.responses

    lost = twice.quarantine.loc[twice.quarantine["rule"] != "empty-form"]
    assert lost["column"].tolist() == []
    assert again["gse_10_01"].count() == once["gse_10_01"].count() if len(once) else True


def _with(received: Received, responses: pd.DataFrame) -> Received:
    return Received(
        responses,
        received.events,
        received.register,
        received.files,
        received.findings,
        received.quarantine,
        received.counts,
    )
