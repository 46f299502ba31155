"""What is told of the answers in one column that were set aside, and their way there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pilot.cleaning.desk import Desk, Taken
from pilot.cleaning.meaning import Way
from pilot.cleaning.questions import Occasions, Question
from pilot.cleaning.reading import RULES, Reading
from pilot.cleaning.words import Places, tally, word_of
from pilot.design import Instrument

CELL_BY_CELL = ("out-of-range", "not-a-number")
"""Rules about one answer: somebody has to look at each. The others concern a column."""


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """One column that was judged.

    Parameters
    ----------
    question : Question
    ways : list of Way or None
        How it is read at each occasion.
    occasions : Occasions
    reading : Reading
    shifted : dict of str to str
        The finding of each file in which the instrument looks counted from 0.
    """

    question: Question
    ways: list[Way | None]
    occasions: Occasions
    reading: Reading
    shifted: dict[str, str]

    def expected(self, place: int, rule: str) -> str:
        """Return what an answer in this row might have been."""
        way = self.ways[int(self.occasions.codes[place])]
        if way is None or rule == "not-asked":
            asked = (f"{a.role} ({', '.join(a.waves) or 'all'})" for a in self.question.asked)
            return f"{self.question.instrument.key} is asked of {'; '.join(asked)}"
        return way.expected


def tell_verdict(desk: Desk, verdict: Verdict) -> None:
    """Tell of a column's spaces and broken rules, and set those answers aside.

    An answer that the form does not have is told by itself; 'no answer' and what a whole
    column shares is told once a file and column, with the words and how often they stand
    there.
    """
    column = desk.forms[verdict.question.column]
    reading = verdict.reading
    _tell_spaces(desk, verdict.question.column, reading.spaced)
    for code in np.unique(reading.rules):
        places = reading.faulty[reading.rules == code]
        names = desk.names(verdict.question.column, places)
        words = [word_of(value) for value in column.iloc[places]]
        taken = Taken(places, names, words, [])
        rule = RULES[code]
        if rule == "shifted-coding":
            files = desk.forms["file"].iloc[places]
            ids = [verdict.shifted[file] for file in files]
        elif rule in CELL_BY_CELL:
            ids = _tell_each(desk, verdict, rule, taken)
        else:
            ids = _tell_together(desk, verdict, rule, taken)
        desk.set_answers_aside(rule, Taken(places, names, words, ids))


def _tell_each(desk: Desk, verdict: Verdict, rule: str, taken: Taken) -> list[str]:
    ids = []
    for place, name, word in zip(taken.places.tolist(), taken.names, taken.said, strict=True):
        expected = verdict.expected(place, rule)
        ids.append(desk.tell_of_row(rule, place, column=name, found=word, expected=expected))
    return ids


def _tell_together(desk: Desk, verdict: Verdict, rule: str, taken: Taken) -> list[str]:
    files = desk.forms["file"].iloc[taken.places].to_numpy(dtype=object)
    table = pd.DataFrame({"file": files, "name": taken.names, "word": taken.said})
    ids = np.empty(len(table), dtype=object)
    for (file, name), group in table.groupby(["file", "name"], sort=True):
        what: dict[str, Any] = {"column": name, "found": tally(group["word"])}
        if rule != "no-answer-code":
            what["expected"] = verdict.expected(taken.places[group.index[0]], rule)
        if rule != "no-answer-code" and len(group) == 1:
            what["found"] = group["word"].iloc[0]
            told = desk.tell_of_row(rule, taken.places[group.index[0]], **what)
        else:
            told = desk.tell(rule, file=file, **what)
        ids[group.index.to_numpy()] = told
    return list(ids)


def _tell_spaces(desk: Desk, column: str, places: Places) -> None:
    if not len(places):
        return
    files = desk.forms["file"].iloc[places].to_numpy(dtype=object)
    table = pd.DataFrame({"file": files, "name": desk.names(column, places)})
    for (file, name), group in table.groupby(["file", "name"], sort=True):
        desk.tell("spaces", file=file, column=name, found=f"{len(group)}x")


def tell_shifted(desk: Desk, instrument: Instrument, file: str) -> str:
    """Tell that an instrument looks counted from 0 in a file; return the finding's name."""
    low, high = instrument.responses.low, instrument.responses.high
    found = f"{instrument.key}: 0 is there, {high} never"
    return desk.tell("shifted-coding", file=file, found=found, expected=f"{low} to {high}")


def tell_declared_shift(
    desk: Desk, instrument: Instrument, readings: list[Reading], occasions: Occasions
) -> None:
    """Tell of answers that were shifted as the design says, once a file."""
    for file in dict.fromkeys(file for file, _, _ in occasions.each):
        shift = desk.exports.shift(file, instrument.key)
        if shift:
            rows = occasions.where([each[0] == file for each in occasions.each])
            count = sum(int(reading.column.iloc[rows].notna().sum()) for reading in readings)
            if count:
                found = f"{instrument.key}: {count} answers, {shift:+d}"
                desk.tell("shifted", file=file, found=found)
