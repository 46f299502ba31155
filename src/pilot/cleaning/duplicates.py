"""One code, one role, one wave, more than one form."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from pilot.cleaning.desk import Desk
from pilot.cleaning.words import Column, word_of
from pilot.design.manner import fold
from pilot.frames import items_of

PERSON = ["participant", "role", "wave"]
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")

Form = dict[str, str | float]


def judge_duplicates(desk: Desk) -> None:
    """Judge forms that claim to be the same person's at the same wave.

    The same answers twice: the first, by file and row, is kept. Different answers: all of
    them are set aside, since nobody knows whose they are. Parts of one form that stand in
    different files and answer different questions are no duplicates.
    """
    if _all_different(desk.forms["participant"]):
        return
    again = np.flatnonzero(desk.forms.duplicated(PERSON, keep=False).to_numpy(bool))
    if not len(again):
        return
    columns = items_of(desk.forms)
    named: dict[int, tuple[str, str]] = {}
    suspects = desk.forms.iloc[again].reset_index(drop=True)
    for _, group in suspects.groupby(PERSON, sort=False):
        ordered = group.sort_values(["file", "row"], kind="stable")
        told = _judge(desk, again[ordered.index.to_numpy()], ordered, columns)
        named.update(told)
    for rule in ("duplicate", "same-code-twice"):
        _set_aside(desk, named, rule)


def _all_different(codes: Column) -> bool:
    """Return whether each code is there once: numbers that differ are words that differ."""
    try:
        numbers = np.sort(codes.astype("Int64").to_numpy(dtype=np.int64))
    except ValueError:
        return bool(codes.is_unique)
    return bool((numbers[1:] > numbers[:-1]).all()) or bool(codes.is_unique)


def _judge(
    desk: Desk, places: np.ndarray, group: pd.DataFrame, columns: list[str]
) -> dict[int, tuple[str, str]]:
    forms = [_answers(row, columns) for _, row in group[columns].iterrows()]
    files = group["file"].tolist()
    if _parts_of_one(forms, files):
        return {}
    same = all(form == forms[0] for form in forms)
    rule = "duplicate" if same else "same-code-twice"
    named = {}
    for number, place in enumerate(places.tolist()):
        if same and number == 0:
            continue
        other = group.iloc[0 if number else 1]
        told = desk.tell_of_row(
            rule,
            place,
            column=desk.exports.column(files[number], "participant"),
            found=f"{group['participant'].iloc[0]} at {group['wave'].iloc[0]}, "
            f"also in {other['file']}, row {other['row']}",
            expected="one form a person and wave",
        )
        named[place] = (rule, told)
    return named


def _answers(row: Column, columns: list[str]) -> Form:
    """Return what a form says, however it was written: '3', '3,0' and 3 are one answer."""
    said: Form = {}
    for column, value in row[columns].dropna().items():
        word = fold(word_of(value))
        number = NUMBER.fullmatch(word)
        said[str(column)] = float(word.replace(",", ".")) if number else word
    return said


def _parts_of_one(forms: list[Form], files: list[str]) -> bool:
    different = set().union(*forms)
    overlapping = len(different) < sum(len(form) for form in forms)
    return len(set(files)) == len(files) and not overlapping


def _set_aside(desk: Desk, named: dict[int, tuple[str, str]], rule: str) -> None:
    """Set the rows of one rule aside; positions of the other rule move up accordingly."""
    mine = sorted(place for place, (its, _) in named.items() if its == rule)
    desk.set_rows_aside(mine, rule, [named[place][1] for place in mine])
    moved = {
        place - int(np.searchsorted(mine, place)): told
        for place, told in named.items()
        if told[0] != rule
    }
    named.clear()
    named.update(moved)
