"""A description tells what is in an export, and nobody in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from pilot.intake import Description, read_export


def described(path: Path, text: str) -> Description:
    """Describe one text file."""
    path.write_text(text, encoding="utf-8")
    made = read_export(path)
    assert isinstance(made, Description)
    return made


def test_kinds_and_common_values(tmp_path: Path) -> None:
    """Each column is told by kind, empty cells, and values that several people share."""
    rows = [
        f"P{at};{at % 3 + 1};{'ja' if at < 6 else 'nee'};3-{at + 1}-2025;{at},5;"
        for at in range(9)
    ]
    rows.append("P9;99;anders;;1,5;")
    made = described(
        tmp_path / "a.csv", "nummer;q1;q2;datum;maat;leeg\n" + "\n".join(rows) + "\n"
    )
    columns = {column.name: column for column in made.sheets[0].columns}

    kinds = {name: column.kind for name, column in columns.items()}
    assert kinds == {
        "nummer": "text",
        "q1": "whole numbers",
        "q2": "text",
        "datum": "dates",
        "maat": "numbers",
        "leeg": "empty",
    }
    assert columns["q1"].examples == ("1", "2", "3", "99")
    assert columns["q2"].examples == ("ja",)
    assert (columns["datum"].filled, columns["datum"].empty) == (9, 1)


@pytest.mark.parametrize(
    "name", ["voornaam", "nummer", "gezin", "e-mail", "Opmerking", "postcode"]
)
def test_no_person_is_shown(tmp_path: Path, name: str) -> None:
    """Values of columns that look personal are never shown, however common."""
    made = described(tmp_path / "a.csv", f"{name};q\n" + "Fatima;3\n" * 8)

    assert made.sheets[0].columns[0].examples == ()
    assert "Fatima" not in str(made) + made.frame().to_string()


def test_rare_words_are_not_shown(tmp_path: Path) -> None:
    """Words that fewer than five rows share are not shown: they may be somebody's."""
    made = described(tmp_path / "a.csv", "wijk;q\n" + "Noord;3\n" * 5 + "Tuindorp;3\n" * 4)

    assert made.sheets[0].columns[0].examples == ("Noord",)


def test_whose_export_it_may_be(tmp_path: Path) -> None:
    """The trajectory on the shelf whose columns a file has is named, header rows and all."""
    header = "nummer;groep;datum;afname;taal;" + ";".join(f"gse{at:02}" for at in range(1, 11))
    text = (
        f"Eindmeting\n\n{header}\nMP-01;Groep 1;1-9-2025;papier;Nederlands" + ";3" * 10 + "\n"
    )
    made = described(tmp_path / "onbekend.csv", text)

    assert made.guesses[0].trajectory == "m-power"
    assert made.guesses[0].files == "eind.csv"
    assert made.sheets[0].columns[0].name == "nummer"
    assert "looks like eind.csv of m-power, which knows 100% of its columns" in str(made)


def test_every_sheet_is_told(tmp_path: Path) -> None:
    """A workbook is told sheet by sheet."""
    book = Workbook()
    book.active.append(["a", "b"])
    book.active.append([1, 2])
    book.create_sheet("Twee").append(["c"])
    book.save(tmp_path / "a.xlsx")

    assert str(read_export(tmp_path / "a.xlsx")) == (
        "a.xlsx: xlsx\n  [Sheet] 1 rows, 2 columns: a, b\n  [Twee] 0 rows, 1 columns: c"
    )


def test_a_title_above_the_names(tmp_path: Path) -> None:
    """A title of one cell does not hide by what the rows below it are split."""
    made = described(tmp_path / "a.csv", "\nBuurtmonitor\na,b\n1,2\n3,4\n")

    assert made.delimiter == ","
    assert made.sheets[0].rows == 3
