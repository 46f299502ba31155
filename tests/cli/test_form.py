"""`pilot form` writes a workbook that check, clean and report read back."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from pilot.cli import app
from pilot.workbench.places import places


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of a programme's exports, without those of its last wave."""
    source = places().demo / "krachtige-gezinnen"
    made = tmp_path / "data" / "raw" / "krachtige-gezinnen"
    made.mkdir(parents=True)
    for path in source.iterdir():
        if path.name != "t4.xlsx":
            (made / path.name).write_bytes(path.read_bytes())
    monkeypatch.setenv("PILOT_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return made


def invoke(*words: str) -> tuple[int, str]:
    """Run a command; return its exit code and everything it said."""
    done = CliRunner().invoke(app, list(words))
    return done.exit_code, done.output


@pytest.fixture
def number(folder: Path) -> str:
    """Type one parent's confidence twice, with one difference; return the number."""
    code, said = invoke("form", "krachtige-gezinnen", "--wave", "t4", "--role", "parent")
    made = Path.cwd() / "krachtige-gezinnen-t4-parent.xlsx"
    assert code == 0, said
    assert f"Gemaakt: {made}" in said
    book = load_workbook(made)
    for title in ("ouder 1", "ouder 2"):
        sheet = book[title]
        columns = {cell.value: cell.column for cell in sheet[6]}
        sheet.cell(7, columns["answered"]).value = "2026-02-10"
        for item in range(1, 11):
            answer = 4 if (item, title) == (3, "ouder 2") else 3
            sheet.cell(7, columns[f"gse_10_{item:02d}"]).value = answer
    book.save(folder / "getypt door Anna.xlsx")
    return str(book["ouder 1"]["B7"].value)


def test_what_differs_is_told_in_plain_words(number: str) -> None:
    """Put with the exports under any name, the form is read as what it says it is."""
    code, said = invoke("check", "krachtige-gezinnen", "--language", "nl")

    assert code == 0, said
    assert "Twee keer getypt, en niet hetzelfde (entry-differs, 1 keer)" in said
    assert "kolom gse_10_03" in said
    assert "3 | 4" in said


def test_what_is_typed_in_a_form_is_in_the_clean_tables(number: str) -> None:
    """What agrees is in the panel and the scores; the form stands in the manifest."""
    code, said = invoke("clean", "krachtige-gezinnen")
    below = places().processed("krachtige-gezinnen", demo=False)
    tables = [pd.read_parquet(below / f"{name}.parquet") for name in ("panel", "scores")]
    panel, scores = (
        table[(table["participant"] == number) & (table["wave"] == "t4")] for table in tables
    )
    manifest = json.loads((below / "manifest.json").read_text("utf-8"))

    assert code == 0, said
    assert panel["gse_10_01"].tolist() == [3]
    assert panel["gse_10_03"].isna().tolist() == [True]
    assert scores["gse_10_total"].tolist() == [30.0]  # nine answers of 3, times ten
    assert "getypt door Anna.xlsx" in manifest["inputs"]


def test_a_form_alone_is_checked_as_its_trajectory(folder: Path) -> None:
    """Before anything is typed there is nothing to remark."""
    name, english = "krachtige-gezinnen", ("--language", "en")
    invoke("form", name, "--wave", "t4", *english, "--output", "f.xlsx")
    code, said = invoke("check", "f.xlsx", "--as", name, *english)

    assert code == 0, said
    assert "form, nothing typed yet" in said
    assert "Nothing to remark." in said


def test_who_has_no_row_is_told(folder: Path) -> None:
    """Nobody of the register is left out without a word."""
    register = load_workbook(folder / "register.xlsx")
    sheet = register.active
    rol = [cell.value for cell in sheet[1]].index("rol") + 1
    sheet.cell(2, rol).value = "oma"
    register.save(folder / "register.xlsx")
    code, said = invoke("form", "krachtige-gezinnen", "--wave", "t0")

    assert code == 0, said
    assert (
        f"staan er niet op, want hun rol of locatie is onbekend: {sheet['A2'].value}\n" in said
    )


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("nl", "staan er niet op, want er is geen toestemming: "),
        ("en", "not on it, since consent was refused: "),
    ],
)
def test_who_refused_is_named_to_who_makes_the_form_only(
    folder: Path, language: str, told: str
) -> None:
    """In the language that was asked for; the workbook itself has neither number nor reason."""
    register = load_workbook(folder / "register.xlsx")
    sheet = register.active
    names = [cell.value for cell in sheet[1]]
    sheet.cell(2, names.index("toestemming") + 1).value = "nee"
    number = str(sheet["A2"].value)
    register.save(folder / "register.xlsx")
    words = ("form", "krachtige-gezinnen", "--wave", "t0", "--output", "f.xlsx")
    code, said = invoke(*words, "--language", language)
    cells = [
        str(cell.value)
        for sheet in load_workbook("f.xlsx")
        for row in sheet.iter_rows()
        for cell in row
    ]

    assert code == 0, said
    assert number in next(line for line in said.splitlines() if line.startswith(f"  {told}"))
    assert number not in cells


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--wave", "t9"], 2, "there is no wave 't9'"),
        ([], 2, "--wave"),
        (["--wave", "t4", "--language", "fr"], 2, "there is nothing in 'fr'"),
        (["--wave", "t4", "--output", "nowhere/f.xlsx"], 2, "there is no folder nowhere"),
        (["--wave", "t4", "--data", "nowhere"], 2, "there is no such folder"),
    ],
)
def test_a_wrong_call_ends_with_2(folder: Path, words: list[str], code: int, told: str) -> None:
    """Nothing is written, and the near word is named where there is one."""
    ended, said = invoke("form", "krachtige-gezinnen", *words)

    assert ended == code
    assert told in said
    assert not list(Path.cwd().glob("*.xlsx"))


def test_a_form_that_is_there_ends_with_1(folder: Path) -> None:
    """The second time asks for --force."""
    words = ("form", "krachtige-gezinnen", "--wave", "t4")

    assert invoke(*words)[0] == 0
    code, said = invoke(*words)
    assert (code, "--force" in said) == (1, True)
    assert invoke(*words, "--force")[0] == 0


def test_what_the_register_gave_to_say_is_told(folder: Path) -> None:
    """A date that is none is told when the form is made, in the language of the form."""
    register = load_workbook(folder / "register.xlsx")
    sheet = register.active
    names = [cell.value for cell in sheet[1]]
    sheet.cell(2, names.index("van") + 1).value = "ergens in mei"
    register.save(folder / "register.xlsx")
    code, said = invoke("form", "krachtige-gezinnen", "--wave", "t4", "--role", "parent")

    assert code == 0, said
    assert "ergens in mei" in said
    assert "register.xlsx" in said
