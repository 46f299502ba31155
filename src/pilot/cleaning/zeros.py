"""Numbers that lost their leading zeros in Excel, a whole file of them: 001 became 1."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from pilot.findings import finding, findings_table, together
from pilot.frames import Received


def with_zeros(received: Received) -> Received:
    """Return what was received, the register and events with the zeros that they lost.

    A register of which no number has a leading zero is matched with the forms, a file of
    events or quotes with the register; only where the numbers that have zeros are all of one
    length, and no number stands there both with and without. Then each number has one
    spelling that it can have. Told once a file; never joined in silence.
    """
    told: list[dict[str, Any]] = []
    forms, headings = received.responses["participant"], received.headings
    register = _restored(received.register, forms, headings, told)
    listed = register["participant"]
    events, quotes = (
        _restored(table, listed, headings, told) for table in (received.events, received.quotes)
    )
    if not told:
        return received
    findings = together(received.findings, findings_table(told))
    return replace(received, register=register, events=events, quotes=quotes, findings=findings)


def _restored(
    table: pd.DataFrame,
    known: pd.Series,
    headings: dict[tuple[str, str], str],
    told: list[dict[str, Any]],
) -> pd.DataFrame:
    """Return a table with the zeros of the known numbers in each file that lost them all."""
    width = None if table.empty else _length(known)
    if width is None:
        return table
    listed = _figures(known)
    numbers = table["participant"].astype("str").copy()
    whole = {number: number.zfill(width) for number in _figures(numbers)}
    seen = len(told)
    for file, own in numbers.groupby(table["file"], sort=False):
        short = [number for number in _figures(own) if len(number) < width]
        lost = [number for number in short if whole[number] in listed]
        if not lost or any(number.startswith("0") for number in _figures(own)):
            continue
        numbers.loc[own.index] = own.map(lambda number: whole.get(number, number))
        column = headings.get((str(file), "participant"))
        found = f"{len(short)} numbers, such as {lost[0]}"
        expected = f"such as {whole[lost[0]]}"
        told.append(
            finding("zeros-lost", file=file, column=column, found=found, expected=expected)
        )
    if len(told) == seen:
        return table
    spelt = {"participant": numbers}
    if "consent_giver" in table:
        spelt["consent_giver"] = (
            table["consent_giver"]
            .map(lambda giver: whole.get(giver, giver), na_action="ignore")
            .astype("str")
        )
    return table.assign(**spelt)


def _length(numbers: pd.Series) -> int | None:
    """Return how long numbers with zeros are; None where that is not one length."""
    figures = _figures(numbers)
    lengths = {len(number) for number in figures if number.startswith("0")}
    length = max(lengths, default=0)
    both = any(len(each) < length and each.zfill(length) in figures for each in figures)
    return length if len(lengths) == 1 and not both else None


def _figures(numbers: pd.Series) -> dict[str, None]:
    """Return the different numbers that are nothing but figures, in their order."""
    words = numbers.dropna().astype("str").str.strip().unique()
    return dict.fromkeys(str(word) for word in words if str(word).isdecimal())
