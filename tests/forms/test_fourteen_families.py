"""A whole wave of fourteen families, typed twice by script with errors, comes out whole."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from openpyxl import Workbook

from pilot.cleaning import clean
from pilot.design import Trajectory, load_trajectory
from pilot.design.forms import Blank, blanks_of
from pilot.intake import read_exports
from pilot.workbench.form import FormWanted, write_form

ERRORS = 0.02
WAVE = "t2"
HEADER = [
    "nummer",
    "gezin",
    "school",
    "organisatie",
    "rol",
    "geboortejaar",
    "van",
    "tot",
    "reden",
]
LABELS = {"parent": "ouder", "child": "kind"}

Paper = dict[tuple[str, str, str], str]  # role, number and column: what the paper form says


def registered(folder: Path) -> list[tuple[str, str]]:
    """Write a register of fourteen families at four schools; return (role, number)."""
    book = Workbook()
    book.active.append(HEADER)
    people = []
    for family in range(1, 15):
        school = f"School {('Noord', 'Oost', 'Zuid', 'West')[family % 4]}"
        members = [("parent", 1), ("child", 3)] + [("parent", 2)] * (family % 2)
        for role, place in sorted(members, key=lambda member: member[1]):
            number = f"{family:02d}-{place}"
            born = 1985 if role == "parent" else 2013
            row = [number, f"G{family}", school, "", LABELS[role], born, "2024-02-05"]
            book.active.append([*row, None, None])
            people.append((role, number))
    # Somebody who left before this wave has no row in the form.
    gone = ["15-1", "G15", "School Oost", "", "ouder", 1980, "2024-02-05", "2024-06-01"]
    book.active.append([*gone, "verhuisd"])
    folder.mkdir(parents=True)
    book.save(folder / "register.xlsx")
    return people


def written(design: Trajectory, people: list[tuple[str, str]], seed: int) -> Paper:
    """Return paper forms: a number for each question, -8 now and then, some left empty."""
    random = np.random.default_rng(seed)
    paper: Paper = {}
    for role, number in people:
        paper[role, number, "answered"] = f"2025-02-{random.integers(3, 28):02d}"
        for blank in blanks_of(design, role, WAVE):
            chance = random.random()
            codes = [str(code) for code, _ in blank.codes]
            answer = str(random.choice(codes)) if chance > 0.04 else "-8"
            if chance > 0.02:
                paper[role, number, blank.column] = answer
    return paper


def typed(paper: Paper, blanks: dict[str, Blank], seed: int) -> Paper:
    """Return what somebody types of the paper: two in a hundred answers are another one."""
    random = np.random.default_rng(seed)
    done = dict(paper)
    for key, answer in paper.items():
        if key[2] in blanks and random.random() < ERRORS:
            codes = [str(code) for code, _ in blanks[key[2]].codes]
            done[key] = str(random.choice([code for code in codes if code != answer]))
    return done


def entered(typist: Any, answers: Paper, blanks: dict[str, Blank], entry: int) -> None:
    """Type everything in: a number alone, or from the list where a number says too little."""
    rows: dict[tuple[str, str], dict[str, object]] = defaultdict(dict)
    for (role, number, column), answer in answers.items():
        cell: object = answer
        if column in blanks and answer != "-8":
            blank = blanks[column]
            word = dict(blank.codes)[int(answer)]
            cell = int(answer) if blank.bare else f"{answer} - {word}"
        rows[role, number][column] = cell
    for (role, number), cells in rows.items():
        typist.types(number, cells, role=LABELS[role], entry=entry)


def held(responses: pd.DataFrame) -> dict[tuple[str, str], float]:
    """Return every answer that is kept, by number and column."""
    rows = responses.set_index("participant")
    columns = [name for name in rows.columns if name[-2:].isdecimal()]
    return {
        (str(number), column): float(rows.loc[number, column])
        for number, column in product(rows.index, columns)
        if not pd.isna(rows.loc[number, column])
    }


@dataclass(frozen=True)
class Wave:
    """One wave: the paper forms, and what two people typed of them."""

    folder: Path
    numbers: dict[str, int]
    blanks: dict[str, Blank]
    paper: Paper
    first: Paper
    second: Paper
    typist: Any

    @property
    def agreed(self) -> list[tuple[str, str, str]]:
        """The answers that both typed alike."""
        return [
            k for k in self.paper if k[2] in self.blanks and self.first[k] == self.second[k]
        ]

    @property
    def differ(self) -> list[tuple[str, str, str]]:
        """The answers that they did not."""
        return [key for key in self.paper if self.first[key] != self.second[key]]


@pytest.fixture
def wave(tmp_path: Path, typist: Any) -> Wave:
    """Give a wave of fourteen families that was typed twice, with errors."""
    design = load_trajectory("krachtige-gezinnen")
    folder = tmp_path / design.key
    people = registered(folder)
    path = folder / "tweede meting.xlsx"
    made = write_form(FormWanted(design.key, WAVE, data=tmp_path, output=path))
    blanks = {b.column: b for role in LABELS for b in blanks_of(design, role, WAVE)}
    paper = written(design, people, seed=20250203)
    first, second = (typed(paper, blanks, seed=seed) for seed in (1, 2))
    hand = typist(path)
    entered(hand, first, blanks, 1)
    entered(hand, second, blanks, 2)
    hand.saves()
    return Wave(folder, made.people, blanks, paper, first, second, hand)


def test_every_difference_is_found_and_nothing_else(wave: Wave) -> None:
    """Both values of each are set aside; every other answer counts once."""
    received = read_exports(load_trajectory("krachtige-gezinnen"), wave.folder)
    told = received.findings[received.findings["rule"] == "entry-differs"]
    found = list(zip(told["participant"], told["column"], strict=True))
    door = received.counts.set_index("door").loc["intake"]

    assert wave.numbers == {"parent": 21, "child": 14}
    assert len(received.responses) == 35
    assert sorted(found) == sorted(key[1:] for key in wave.differ)
    assert 30 < len(found) < 60
    assert len(received.quarantine) == 2 * len(found)
    assert door["answers_kept"] == len(wave.agreed)
    assert door["answers_in"] == len(wave.agreed) + 2 * len(found)
    errors = received.findings[received.findings["severity"] == "error"]
    assert set(errors["rule"]) == {"entry-differs"}


def test_once_corrected_on_paper_the_wave_comes_out_whole(wave: Wave) -> None:
    """What cleaning keeps is the paper, but for answers both mistook in the same way."""
    corrected = {key: wave.paper[key] for key in wave.differ}
    for entry in (1, 2):
        entered(wave.typist, corrected, wave.blanks, entry)
    wave.typist.saves()
    design = load_trajectory("krachtige-gezinnen")
    cleaned = clean(read_exports(design, wave.folder), design)
    meant = {key: wave.first[key] for key in wave.agreed} | {
        key: wave.paper[key] for key in wave.differ
    }
    mistaken = [key for key in wave.agreed if wave.first[key] != wave.paper[key]]

    assert held(cleaned.responses) == {
        key[1:]: float(answer) for key, answer in meant.items() if answer != "-8"
    }
    assert len(mistaken) <= 3
    assert not (cleaned.findings["severity"] == "error").any()
