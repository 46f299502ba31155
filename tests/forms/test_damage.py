"""What Dutch Excel, LibreOffice and busy people do to a form is survived or told."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pilot.cleaning import clean
from pilot.design import Trajectory
from pilot.errors import IntakeError
from pilot.findings import rules
from pilot.frames import Cleaned, Received, items_of
from pilot.intake import Description, read_export, read_exports

Maker = Callable[..., Any]
Designer = Callable[..., Trajectory]
HERE = Path(__file__).parent
FIRST_ROW = 7


def told(station: Received | Cleaned, rule: str) -> list[dict[str, Any]]:
    """Return the findings of a rule."""
    return station.findings[station.findings["rule"] == rule].to_dict("records")


def read(design: Trajectory, path: Path) -> Received:
    """Read the folder that a form stands in; every answer and row is accounted for."""
    received = read_exports(design, path.parent)
    row = received.counts.set_index("door").loc["intake"]
    assert row["answers_in"] == row["answers_kept"] + row["answers_quarantined"]
    assert row["rows_in"] == row["rows_kept"] + row["rows_quarantined"]
    return received


def said(received: Received) -> list[dict[str, Any]]:
    """Return what was read of each person, without file and row."""
    frame = received.responses.sort_values("participant")
    columns = sorted(set(frame.columns) - {"file", "row", "family"})
    rows = frame[columns].to_dict("records")
    return [{k: v for k, v in row.items() if not pd.isna(v)} for row in rows]


def as_csv(sheet: Worksheet, delimiter: str = ";", encoding: str = "cp1252") -> bytes:
    """Return a sheet as Excel saves it as CSV: hidden columns too, only this one sheet."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    for row in sheet.iter_rows(values_only=True):
        writer.writerow(["" if value is None else value for value in row])
    return text.getvalue().encode(encoding)


def filled(form: Maker, answers: dict[str, Any], name: str = "form.xlsx") -> Any:
    """Return a form in which two parents were typed."""
    return form(name).types("007", answers | {"interviewer": "José"}).types("P3", answers)


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(";", "cp1252"), (",", "utf-8-sig"), ("\t", "utf-16")]
)
def test_a_sheet_saved_as_csv_reads_as_the_workbook_did(
    form: Maker, design: Designer, answers: dict[str, Any], delimiter: str, encoding: str
) -> None:
    """Every cell comes back, under a name that the design gives to another export.

    The design shifts the answers of t0.csv by one: a form is never shifted.
    """
    typist = filled(form, answers)
    path = typist.saves()
    whole = said(read(design(), path))
    path.unlink()
    path = path.with_name("t0.csv")
    path.write_bytes(as_csv(typist.sheet(), delimiter, encoding))
    received = read(design(), path)
    cleaned = clean(received, design())

    assert said(received) == whole
    assert whole[0]["interviewer"] == "José"
    assert list(cleaned.findings["rule"]) == []
    assert cleaned.responses["brs_01"].tolist() == [3, 3]


def test_both_sheets_saved_as_csv_are_compared(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """Each text file says itself which typing it is."""
    typist = form().types("007", answers).types("007", answers | {"brs_05": 1}, entry=2)
    path = typist.saves()
    path.unlink()
    for entry in (1, 2):
        path.with_name(f"map{entry}.csv").write_bytes(as_csv(typist.sheet(entry=entry)))
    received = read(design(), path)

    assert [seen["found"] for seen in told(received, "entry-differs")] == ["5 | 1"]


def test_zeros_that_excel_took_from_a_number_come_back(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """The hidden key still knows 007 where the cell says 7, and that is told."""
    typist = filled(form, answers)
    sheet = typist.sheet()
    sheet.cell(FIRST_ROW, typist.columns(sheet)["participant"]).value = 7
    received = read(design(), typist.saves())
    (seen,) = told(received, "number-restored")

    assert [seen[key] for key in ("row", "participant", "found", "expected")] == [
        7,
        "007",
        "7",
        "007",
    ]
    assert received.responses["participant"].tolist() == ["007", "P3"]


@pytest.mark.parametrize("turned", [datetime.datetime(2025, 4, 3), "3-apr", "apr-03"])
def test_a_code_that_became_a_date_is_told_and_set_aside(
    form: Maker, design: Designer, answers: dict[str, Any], turned: object
) -> None:
    """Nobody can say whether 3-4 was a 3 or a 4: the cell does not count."""
    typist = filled(form, answers).types("P3", {"brs_01": turned})
    cleaned = clean(read(design(), typist.saves()), design())
    (seen,) = told(cleaned, "not-a-number")

    assert (seen["participant"], seen["column"], seen["row"]) == ("P3", "brs_01", 9)
    assert cleaned.responses["brs_01"].isna().tolist() == [False, True]


def test_a_date_that_excel_made_of_the_text_is_read(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """The date of answering may be a real date, Dutch, or Excel's number of days."""
    typist = form().types("007", answers | {"answered": datetime.datetime(2025, 1, 20)})
    typist.types("008", answers | {"answered": 45677}).types(
        "P3", answers | {"answered": "20-1-2025"}
    )
    cleaned = clean(read(design(), typist.saves()), design())

    assert set(cleaned.responses["answered"]) == {pd.Timestamp("2025-01-20")}


def test_rows_behind_a_filter_are_read_and_told(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """A filter that was left on hides rows from people, not from us."""
    typist = filled(form, answers)
    sheet = typist.sheet()
    sheet.auto_filter.ref = "A6:Z9"
    sheet.row_dimensions[FIRST_ROW].hidden = True
    received = read(design(), typist.saves())

    assert received.responses["participant"].tolist() == ["007", "P3"]
    assert [(seen["file"], seen["found"]) for seen in told(received, "hidden-rows")] == [
        ("form.xlsx[ouder 1] (form)", "1 rows")
    ]


def swapped(typist: Any, columns: list[str]) -> None:
    """Swap these columns of the first and the last parent, as half a sort does."""
    sheet, places = typist.sheet(), typist.columns(typist.sheet())
    for column in columns:
        one, two = (sheet.cell(row, places[column]) for row in (FIRST_ROW, FIRST_ROW + 2))
        one.value, two.value = two.value, one.value


@pytest.mark.parametrize(
    "chosen",
    [
        ["participant"],
        ["participant", "family", "site"],
        ["key", "participant", "family", "site", "answered"],
        ["key", "participant", "family", "site", "answered", "mode", "key_1"],
    ],
    ids=["numbers", "shown", "left", "first block"],
)
def test_half_a_sort_is_seen_and_its_rows_are_set_aside(
    form: Maker, design: Designer, answers: dict[str, Any], chosen: list[str]
) -> None:
    """Numbers sorted apart from answers give nobody another's answers."""
    typist = filled(form, answers)
    swapped(typist, chosen)
    received = read(design(), typist.saves())

    assert len(told(received, "row-moved")) == 2
    assert len(received.responses) == 0
    assert set(received.quarantine["rule"]) == {"row-moved"}
    assert len(received.quarantine) == 16


def test_a_whole_sort_changes_nothing(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """Rows that were sorted whole are the same rows."""
    typist = filled(form, answers)
    whole = said(read(design(), typist.saves()))
    swapped(typist, list(typist.columns(typist.sheet())))
    received = read(design(), typist.saves())

    assert said(received) == whole
    assert list(received.findings["rule"]) == []


def test_a_number_that_was_typed_over_is_told(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """Whose answers these are is not guessed."""
    typist = filled(form, answers)
    sheet = typist.sheet()
    sheet.cell(FIRST_ROW, typist.columns(sheet)["participant"]).value = "P4"
    received = read(design(), typist.saves())
    (seen,) = told(received, "row-moved")

    assert (seen["found"], seen["expected"], seen["row"]) == ("P4", "007", 7)
    assert received.responses["participant"].tolist() == ["P3"]


def test_merged_cells_are_told_and_the_first_is_read(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """Merging kept one answer and lost the others: they are missing, not made up."""
    typist = filled(form, answers)
    sheet = typist.sheet()
    place = typist.columns(sheet)["brs_01"]
    sheet.merge_cells(start_row=7, start_column=place, end_row=7, end_column=place + 2)
    received = read(design(), typist.saves())
    row = received.responses.set_index("participant").loc["007"]

    assert [len(seen["found"].split(":")) for seen in told(received, "merged-cells")] == [2]
    assert row["brs_01"] == "3"
    assert row[["brs_02", "brs_03"]].isna().all()


def test_inserted_rows_and_columns_are_survived(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """The marker and the names are looked for, not counted; an empty column is no column."""
    typist = filled(form, answers)
    whole = said(read(design(), typist.saves()))
    sheet = typist.sheet()
    sheet.insert_rows(1, 2)
    sheet.insert_rows(10, 1)
    sheet.insert_cols(1)
    sheet.insert_cols(14, 2)
    received = read(design(), typist.saves())

    assert said(received) == whole
    assert list(received.findings["rule"]) == []


def test_renamed_and_moved_sheets_are_known_by_what_they_say(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """A sheet under another name, alone in another workbook, is still the same form."""
    typist = filled(form, answers)
    whole = said(read(design(), typist.saves()))
    typist.path.unlink()
    book = Workbook()
    book.active.title = "Blad1"
    for row in typist.sheet().iter_rows():
        for cell in row:
            book.active.cell(cell.row, cell.column).value = cell.value
    path = typist.path.with_name("zomaar een naam.xlsx")
    book.save(path)
    received = read(design(), path)

    assert said(received) == whole
    assert set(received.responses["file"]) == {"zomaar een naam.xlsx[Blad1] (form)"}


def test_a_sheet_without_its_hidden_columns_is_known_by_its_title(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """Whoever deleted the hidden columns took the keys: rows are read, and it is told."""
    typist = filled(form, answers)
    whole = said(read(design(), typist.saves()))
    sheet = typist.sheet()
    for name, place in reversed(typist.columns(sheet).items()):
        if name.startswith("key"):
            sheet.delete_cols(place)
    received = read(design(), typist.saves())

    assert said(received) == whole
    assert [seen["column"] for seen in told(received, "key-lost")] == ["key"]


def test_what_somebody_added_is_told_and_kept_apart(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """A column and a sheet of their own: the column's cells go to quarantine."""
    typist = filled(form, answers).types("007", answers, entry=2)
    for entry in (1, 2):
        sheet = typist.sheet(entry=entry)
        place = sheet.max_column + 1
        sheet.cell(6, place).value = "opmerking"
        sheet.cell(FIRST_ROW, place).value = "belde terug"
    typist.book.create_sheet("lijstje").append(["melk", "brood"])
    received = read(design(), typist.saves())

    (added,) = told(received, "unclaimed-sheet")
    assert added["file"] == "form.xlsx[lijstje]"
    assert [(seen["file"], seen["column"]) for seen in told(received, "unknown-column")] == [
        ("form.xlsx[ouder 1] (form)", "opmerking"),
        ("form.xlsx[ouder 2] (form)", "opmerking"),
    ]
    aside = received.quarantine
    assert aside["column"].tolist() == ["opmerking", "opmerking"]
    assert len(received.responses) == 2


def test_a_form_without_its_row_of_names_is_refused(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """Which column is which cannot be known any more; the whole message says what to do."""
    typist = filled(form, answers)
    typist.sheet().delete_rows(6)
    path = typist.saves()

    with pytest.raises(IntakeError) as caught:
        read_export(path, design())
    assert str(caught.value) == (
        "form.xlsx[ouder 1]: is a form without the row that names its columns\n"
        "  mend: make a new one with `pilot form` and copy the answers into it"
    )


def test_a_form_without_its_row_of_names_is_told_beside_others(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """Where other files can be read it is a finding, with the same thing to do."""
    form("heel.xlsx").types("007", answers).saves()
    typist = filled(form, answers)
    typist.sheet().delete_rows(6)
    received = read(design(), typist.saves())

    (each,) = told(received, "form-without-names")
    assert (each["file"], each["severity"]) == ("form.xlsx", "error")
    assert rules()["form-without-names"].mend.en == (
        "Make a new form with `pilot form` and copy the answers into it. "
        "Until then nothing in this file counts."
    )
    assert received.responses["participant"].tolist() == ["007"]


def test_half_a_form_is_unreadable_not_somebody_elses_file(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """What a broken stick left of an hour's typing is told as damage, with what to do."""
    path = form("heel.xlsx").types("007", answers).saves()
    half = path.with_name("half.xlsx")
    half.write_bytes(path.read_bytes()[:9000])
    received = read(design(), path)
    (seen,) = told(received, "unreadable-file")

    assert (seen["file"], seen["found"]) == ("half.xlsx", "is only half a workbook")
    assert seen["mend"] == "open it in Excel, save it again and copy the whole file"
    assert not told(received, "unclaimed-file")
    assert len(received.responses) == 1


def test_an_export_that_only_mentions_a_form_is_an_export(
    design: Designer, tmp_path: Path
) -> None:
    """The word alone makes no form: what the design claims is read as always."""
    path = tmp_path / "t0.csv"
    path.write_text("nummer;b1;hulp\nP1;3;pilot-form\n", encoding="utf-8")
    received = read_exports(design(), tmp_path)

    assert received.responses["brs_01"].tolist() == ["3"]


@pytest.mark.parametrize("name", ["libreoffice.xlsx", "libreoffice.csv"])
def test_what_libreoffice_saved_reads_as_what_openpyxl_wrote(
    form: Maker, design: Designer, answers: dict[str, Any], tmp_path: Path, name: str
) -> None:
    """`save_with_libreoffice.py` typed in a form and let LibreOffice save it again."""
    typist = filled(form, answers)
    whole = said(read(design(), typist.saves()))
    folder = tmp_path / "saved"
    folder.mkdir()
    path = folder / name
    path.write_bytes((HERE / name).read_bytes())
    received = read(design(), path)

    assert said(received) == whole
    assert list(received.findings["rule"]) == []
    assert items_of(received.responses) == items_of(read(design(), typist.path).responses)


def test_what_libreoffice_saved_is_still_a_form_to_type_in() -> None:
    """Lists, lock and hidden sheets went through LibreOffice unharmed."""
    book = load_workbook(HERE / "libreoffice.xlsx")
    sheet = book["ouder 1"]

    assert [each.title for each in book if each.sheet_state == "hidden"] == [
        "pilot-form-lists",
        "pilot-form",
    ]
    assert sheet.protection.sheet
    assert {rule.type for rule in sheet.data_validations.dataValidation} == {
        "decimal",
        "list",
        "textLength",
    }


def test_a_form_of_which_nobody_said_whose_it_is_says_so_itself(form: Maker) -> None:
    """Described without a design, it names its trajectory; the lists are no data."""
    seen = read_export(form().saves())

    assert isinstance(seen, Description)
    assert [guess.trajectory for guess in seen.guesses] == ["tables"]
    assert [sheet.name for sheet in seen.sheets] == ["ouder 1", "ouder 2", "kind 1", "kind 2"]


@pytest.mark.parametrize("seed", range(10))
def test_no_sort_of_some_columns_gives_anybody_another_persons_answers(
    form: Maker, design: Designer, answers: dict[str, Any], seed: int
) -> None:
    """Any run of columns sorted apart is seen, unless it lies within one instrument."""
    random = np.random.default_rng(seed)
    typist = form()
    for place, number in enumerate(("007", "008", "P3"), start=1):
        typist.types(number, answers | {f"brs_{item:02d}": place for item in range(1, 7)})
        typist.types(number, {"help_given_01": place, "self_rated_health_01": place})
    sheet, columns = typist.sheet(), list(typist.columns(typist.sheet()))
    first, last = sorted(random.choice(len(columns) - 1, size=2, replace=False))
    chosen = columns[first : last + 1]
    for column in chosen:
        place = typist.columns(sheet)[column]
        cells = [sheet.cell(row, place) for row in range(FIRST_ROW, FIRST_ROW + 3)]
        values = [cell.value for cell in cells]
        for cell, value in zip(cells, values[1:] + values[:1], strict=True):
            cell.value = value
    received = read(design(), typist.saves())
    kept = received.responses.set_index("participant")
    inside = all(name.startswith("brs_") for name in chosen)
    meant = {"007": "1", "008": "2", "P3": "3"}
    wrong = [
        (number, item)
        for number in kept.index
        for item in items_of(received.responses)
        if kept.loc[number, item] != meant[number]
    ]

    assert wrong == [] or inside
    assert len(received.responses) in (0, 3)


def with_outcomes(path: Path, outcomes: dict[str, str]) -> None:
    """Write into a workbook what Excel would have computed, as openpyxl cannot."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for formula, outcome in outcomes.items():
        old = f"<f>{formula}</f><v />".encode()
        found = [name for name, part in parts.items() if old in part]
        assert len(found) == 1, formula
        new = f"<f>{formula}</f><v>{outcome}</v>".encode()
        parts[found[0]] = parts[found[0]].replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


def test_an_answer_that_is_a_formula_counts_and_is_told(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """What Excel computed is read, and the finding names the cell and the formula."""
    typist = filled(form, answers).types("007", {"brs_02": "=1+1", "answered": "=TODAY()"})
    path = typist.saves()
    with_outcomes(path, {"1+1": "2", "TODAY()": "45677"})
    received = read(design(), path)
    row = received.responses.set_index("participant").loc["007"]

    assert row[["brs_02", "answered"]].tolist() == ["2", "45677"]
    assert [
        (seen["row"], seen["participant"], seen["column"], seen["found"], seen["expected"])
        for seen in told(received, "formula")
    ] == [
        (7, "007", "answered", "=TODAY()", "typed: 45677"),
        (7, "007", "brs_02", "=1+1", "typed: 2"),
    ]


def test_formulas_of_an_export_are_told_by_their_column(
    design: Designer, tmp_path: Path
) -> None:
    """Once a column of answers, with its first row; other columns may hold what they like."""
    book = Workbook()
    for row in (["nummer", "b1", "som"], ["P1", "=1+1", "=9+9"], ["P2", "=1+2", 3]):
        book.active.append(row)
    path = tmp_path / "t0.xlsx"
    book.save(path)
    with_outcomes(path, {"1+1": "2", "1+2": "3", "9+9": "18"})
    received = read_exports(design(), tmp_path)
    (seen,) = told(received, "formula")

    assert received.responses["brs_01"].tolist() == ["2", "3"]
    assert [seen[key] for key in ("file", "row", "column", "found", "expected")] == [
        "t0.xlsx[Sheet]",
        2,
        "b1",
        "=1+1",
        "typed answers; 2 rows hold a formula",
    ]


def as_ods(path: Path, text: str) -> None:
    """Write the part of an ODS in which the text of cells stands."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<text:p>{text}</text:p>")


ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
ENCRYPTED += "EncryptedPackage".encode("utf-16-le")
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    "case",
    [
        ("lijst.xls", OLD, "other-spreadsheet", ".xls"),
        ("lijst.xlsx", OLD, "other-spreadsheet", ".xls"),
        ("lijst.numbers", b"PK\x03\x04Index", "other-spreadsheet", ".numbers"),
        ("lijst.xlsx", ENCRYPTED, "protected-file", None),
    ],
)
def test_a_spreadsheet_that_cannot_be_read_is_told_with_what_to_do(
    form: Maker,
    design: Designer,
    answers: dict[str, Any],
    case: tuple[str, bytes, str, str | None],
) -> None:
    """Also where no source names it: answers may stand in it, and a form beside it is read."""
    name, content, rule, found = case
    path = form().types("007", answers).saves()
    path.with_name(name).write_bytes(content)
    received = read(design(), path)

    assert [(seen["rule"], seen["file"]) for seen in received.findings.to_dict("records")] == [
        (rule, name)
    ]
    assert received.findings["found"].fillna("").tolist() == [found or ""]
    assert len(received.responses) == 1
    for word in (".xlsx", "opnieuw"):
        assert word in rules()[rule].mend.nl


def test_a_form_saved_as_ods_says_that_it_is_one(
    form: Maker, design: Designer, answers: dict[str, Any]
) -> None:
    """Alone in the folder it is the reason that nothing could be read, with the way out."""
    typist = form()
    mark = typist.sheet().cell(1, 1).value
    path = typist.types("008", answers).saves()
    as_ods(path.with_name("getypt.ods"), mark)
    (seen,) = told(read(design(), path), "other-spreadsheet")
    path.unlink()

    assert seen["found"] == ".ods, a form of tables"
    with pytest.raises(IntakeError) as caught:
        read_exports(design(), path.parent)
    assert str(caught.value) == (
        f"{path.parent}: no export could be read\n"
        "  getypt.ods: is a spreadsheet pilot does not read (.ods)\n"
        "  mend: open it in Excel or LibreOffice, save it as XLSX, and use that file"
    )
