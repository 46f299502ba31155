"""Every reader brings who answered, how, in which language and about whom."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from openpyxl import Workbook

from pilot.intake import read_exports

COLUMNS = {
    "respondent": "invuller",
    "mode": "afname",
    "language": "taal",
    "interviewer": "afgenomen door",
    "interpreter": "tolk",
    "form_version": "versie",
    "about": "over kind",
}
SOURCE = """
[[sources]]
files = "t0.*"
wave = "t0"
role = "parent"
""" + "\n".join(f'{name}_column = "{column}"' for name, column in COLUMNS.items())
WORDS = ["zelf", "interview", "Turks", "I2", "ja", "2b", "K7"]
ITEMS = [f"b{number}" for number in range(1, 7)]
BIG = 2**21


def write(path: Path, table: pd.DataFrame) -> None:
    """Write a table in the format that the name says."""
    if path.suffix == ".xlsx":
        book = Workbook()
        for row in [list(table.columns), *table.to_numpy().tolist()]:
            book.active.append(row)
        book.save(path)
    elif path.suffix == ".sav":
        named = {column: column.replace(" ", "_") for column in table}
        pyreadstat.write_sav(table.rename(columns=named), path)
    else:
        table.to_csv(path, sep=";", index=False)


@pytest.mark.parametrize("kind", ["small.csv", "big.csv", "xlsx", "sav"])
def test_each_reader_brings_them(design, folder: Path, kind: str) -> None:
    """Survey export, big file, workbook and SPSS file: seven columns, as they were written."""
    rows = 60_000 if kind == "big.csv" else 2
    table = pd.DataFrame({"nummer": [f"P{n}" for n in range(rows)]})
    for column, word in zip(COLUMNS.values(), WORDS, strict=True):
        table[column] = [word if n % 2 == 0 else "" for n in range(rows)]
    for item in ITEMS:
        table[item] = "3"
    path = folder / f"t0.{kind.split('.')[-1]}"
    write(path, table)
    assert (path.stat().st_size > BIG) == (kind == "big.csv")
    source = SOURCE.replace("afgenomen door", "afgenomen_door").replace(
        "over kind", "over_kind"
    )
    asked = '[[asked]]\ninstrument = "brs"\nrole = "parent"\ncolumns = "b{item}"'
    received = read_exports(design(source if kind == "sav" else SOURCE, asked), folder)

    first, second = (received.responses.iloc[at] for at in (0, 1))
    assert first[list(COLUMNS)].tolist() == WORDS
    assert second[list(COLUMNS)].isna().all()
    assert "unknown-column" not in set(received.findings["rule"])


def test_a_wide_file_has_them_a_wave(design, folder: Path) -> None:
    """``afname_t0`` and ``afname_t1``: each wave its own mode."""
    source = """
[[sources]]
files = "breed.csv"
waves_in_columns = true
role = "parent"
mode_column = "afname_{wave}"
"""
    asked = '[[asked]]\ninstrument = "brs"\nrole = "parent"\ncolumns = "b{item}_{wave}"'
    names = [f"b{number}_{wave}" for wave in ("t0", "t1") for number in range(1, 7)]
    lines = [";".join(["nummer", "afname_t0", "afname_t1", *names])]
    lines += [";".join(["P1", "papier", "telefoon", *"333333444444"])]
    (folder / "breed.csv").write_text("\n".join(lines), encoding="utf-8")
    received = read_exports(design(source, asked), folder)

    assert received.responses[["wave", "mode"]].to_numpy().tolist() == [
        ["t0", "papier"],
        ["t1", "telefoon"],
    ]
