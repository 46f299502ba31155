"""Every answer judged: kept as a whole number of the form, or set aside for a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from pilot.cleaning.desk import Desk, Taken, answered_in
from pilot.cleaning.questions import Occasions, Question, occasions_of, questions_of, ways_of
from pilot.cleaning.reading import (
    NO_ANSWER,
    NOT_ASKED,
    SHIFTED,
    Reading,
    read_column,
    with_emptied,
)
from pilot.cleaning.shifts import shifted_files
from pilot.cleaning.verdicts import Verdict, tell_declared_shift, tell_shifted, tell_verdict
from pilot.cleaning.words import Flags, Places, tally, word_of
from pilot.frames import items_of


def judge_answers(desk: Desk) -> None:
    """Judge every answer on the desk by the form it was given on.

    Kept: what the form offers, in the form's own coding, whether the export wrote its
    number or its words. Set aside: 'does not know' and the like, numbers and words that
    the form does not have, answers of a role or wave that is not asked, bare numbers where
    files disagree about their meaning, and all answers of an instrument in a file that
    look counted from 0 where the form begins at 1.
    """
    questions = questions_of(desk.trajectory)
    occasions = occasions_of(desk)
    held = items_of(desk.forms)
    for group in _by_instrument([questions[name] for name in held if name in questions]):
        _judge_instrument(desk, group, occasions)
    for name in held:
        if name not in questions:
            _set_stranger_aside(desk, name)


def _by_instrument(questions: list[Question]) -> Iterator[list[Question]]:
    for key in dict.fromkeys(question.instrument.key for question in questions):
        yield [question for question in questions if question.instrument.key == key]


def _judge_instrument(desk: Desk, group: list[Question], occasions: Occasions) -> None:
    ways = [ways_of(desk, question, occasions) for question in group]
    readings = [
        read_column(question, desk.forms[question.column], its, occasions)
        for question, its in zip(group, ways, strict=True)
    ]
    tell_declared_shift(desk, group[0].instrument, readings, occasions)
    files = _shifted(group, readings, occasions)
    names = {file: tell_shifted(desk, group[0].instrument, file) for file in files}
    if names:
        rows = occasions.flags([file in names for file, _, _ in occasions.each])
        readings = [
            _without(desk, question, reading, rows)
            for question, reading in zip(group, readings, strict=True)
        ]
    for question, its, reading in zip(group, ways, readings, strict=True):
        tell_verdict(desk, Verdict(question, its, occasions, reading, names))
    columns = zip(group, readings, strict=True)
    desk.replace({question.column: reading.column for question, reading in columns})


def _shifted(group: list[Question], readings: list[Reading], occasions: Occasions) -> list[str]:
    """Return the files in which an instrument looks counted from 0."""
    bare = [
        reading.bare
        for question, reading in zip(group, readings, strict=True)
        if question.begins_at_one and reading.bare is not None
    ]
    if not any(item.zero_seen for item in bare):
        return []
    codes, names = pd.factorize(np.array([file for file, _, _ in occasions.each], dtype=object))
    flags = shifted_files(bare, codes[occasions.codes])
    return [str(name) for name, flag in zip(names, flags, strict=True) if flag]


def _without(desk: Desk, question: Question, reading: Reading, rows: Flags) -> Reading:
    """Return a reading in which no number of these rows is believed."""
    if question.scale is not None:
        return reading
    rules = np.zeros(len(rows), dtype=np.uint8)
    rules[reading.faulty] = reading.rules
    doubted = rows & answered_in(desk.forms[question.column])
    doubted &= ~np.isin(rules, (NO_ANSWER, NOT_ASKED))
    rules[doubted] = SHIFTED
    faulty = np.flatnonzero(rules)
    column = with_emptied(reading.column, np.flatnonzero(doubted))
    return replace(reading, column=column, faulty=faulty, rules=rules[faulty])


def _set_stranger_aside(desk: Desk, name: str) -> None:
    """Set a whole column aside that is no question of this trajectory."""
    column = desk.forms[name]
    places: Places = np.flatnonzero(answered_in(column))
    words = [word_of(value) for value in column.iloc[places]]
    told = desk.tell("unknown-column", column=name, found=tally(words))
    names, ids = [name] * len(places), [told] * len(places)
    desk.set_answers_aside("unknown-column", Taken(places, names, words, ids))
    desk.forms = desk.forms.drop(columns=name)
