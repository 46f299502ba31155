"""Every file, sheet, row and column goes to the source that the design names."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from pilot.intake import read_export, read_exports
from pilot.intake.patterns import counted, exports_in, key_of, stars

HEADER = "nummer;datum;b1;b2;b3;b4;b5;b6;gezondheid"


def saved(path: Path, text: str) -> Path:
    """Write one export."""
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def row(received, at: int = 0) -> dict[str, object]:
    """Return one response, only what is filled in."""
    return received.responses.iloc[at].dropna().to_dict()


def test_a_response_says_who_where_when_and_how(design, folder: Path) -> None:
    """What the source says of every row, and what its columns say, stand in the response."""
    sources = """
[[sources]]
files = "t0-*.csv"
wave = "t0"
site = "{1}"
role = "parent"
mode = "papier"
language_column = "taal"
respondent = "self"
interviewer_column = "wie"
interpreter_column = "tolk"
form_version = "2"
date_column = "datum"
unused_columns = ["notitie*"]
"""
    saved(
        folder / "T0-School_Noord.csv",
        HEADER + ";taal;wie;tolk;notitie 1\nP1;1-2-2025;3;4;;1;2;3;goed;Turks;I1;nee;belt\n",
    )
    received = read_exports(design(sources), folder)

    assert row(received) == {
        "file": "T0-School_Noord.csv",
        "row": 2,
        "participant": "P1",
        "site": "noord",
        "role": "parent",
        "wave": "t0",
        "answered": "1-2-2025",
        "respondent": "self",
        "mode": "papier",
        "language": "Turks",
        "interviewer": "I1",
        "interpreter": "nee",
        "form_version": "2",
        "brs_01": "3",
        "brs_02": "4",
        "brs_04": "1",
        "brs_05": "2",
        "brs_06": "3",
        "self_rated_health_01": "goed",
    }
    assert len(received.findings) == 0
    assert received.counts.iloc[0].to_dict() == {
        "door": "intake",
        "rows_in": 1,
        "rows_kept": 1,
        "rows_quarantined": 0,
        "answers_in": 6,
        "answers_kept": 6,
        "answers_quarantined": 0,
    }


def test_a_word_the_design_does_not_know_stays_as_it_is(design, folder: Path) -> None:
    """An unknown site in a file's name goes on as written, for cleaning to judge."""
    sources = '[[sources]]\nfiles = "t0-*.csv"\nwave = "t0"\nsite = "{1}"\nrole = "parent"\n'
    saved(folder / "t0-oost.csv", "nummer;b1\nP1;3\n")

    assert read_exports(design(sources), folder).responses["site"].tolist() == ["oost"]


def test_a_wide_file_gives_a_response_a_wave(design, folder: Path) -> None:
    """Waves in column names become rows, by any name of the wave; dates of the wave too."""
    sources = """
[[sources]]
files = "wide.csv"
waves_in_columns = true
role = "parent"
date_column = "datum_{wave}"
"""
    asked = '[[asked]]\ninstrument = "brs"\nrole = "parent"\ncolumns = "{wave}_b{item}"\n'
    items = [f"{wave}_b{item}" for wave in ("voor", "na") for item in range(1, 7)]
    text = "nummer;datum_t0;datum_t1;" + ";".join(items) + "\n"
    text += "P1;2025-01-02;2025-06-03;" + "1;1;1;1;1;1;2;2;2;2;2;2\n"
    text += "P2;2025-01-04;;" + "3;;;;;;;;;;;\n"
    text += "P3;;2025-06-05;" + ";;;;;;;;;;;\n"
    text += "P4;;;" + ";;;;;;;;;;;\n"
    saved(folder / "wide.csv", text)
    received = read_exports(design(sources, asked), folder)
    frame = received.responses

    told = frame[["row", "wave", "participant", "answered", "brs_01"]].fillna("")
    assert told.to_numpy().tolist() == [
        [2, "t0", "P1", "2025-01-02", "1"],
        [3, "t0", "P2", "2025-01-04", "3"],
        [5, "t0", "P4", "", ""],
        [2, "t1", "P1", "2025-06-03", "2"],
        [4, "t1", "P3", "2025-06-05", ""],
    ]
    assert received.counts["rows_in"].tolist() == [5]
    assert received.counts["answers_in"].tolist() == [13]
    assert len(received.findings) == 0


def test_a_wave_to_come_is_no_fault(design, folder: Path, rules) -> None:
    """A wide file with no column of the later wave is whole; with some of them it is not."""
    sources = '[[sources]]\nfiles = "w.csv"\nwaves_in_columns = true\nrole = "parent"\n'
    asked = '[[asked]]\ninstrument = "brs"\nrole = "parent"\ncolumns = "b{item}_{wave}"\n'
    items = [f"b{item}_t0" for item in range(1, 7)]
    saved(folder / "w.csv", "nummer;" + ";".join(items) + "\nP1;1;1;1;1;1;1\n")
    trajectory = design(sources, asked)
    assert rules(read_exports(trajectory, folder)) == []

    saved(folder / "w.csv", "nummer;" + ";".join(items) + ";b1_t1\nP1;1;1;1;1;1;1;2\n")
    received = read_exports(trajectory, folder)
    assert rules(received) == ["missing-column"] * 5
    assert received.findings["column"].tolist() == [f"b{item}_t1" for item in range(2, 7)]


def test_rows_go_to_the_source_that_selects_them(design, folder: Path) -> None:
    """One file of parents and children: each row to its own source, the rest told and kept."""
    sources = """
[[sources]]
files = "all.csv"
wave_column = "meting"
role = "parent"
rows = { soort = "Ouder" }
[[sources]]
files = "all.csv"
wave_column = "meting"
role = "child"
rows = { soort = "kind" }
"""
    saved(
        folder / "all.csv",
        "nummer;meting;soort;b1;b2;b3;b4;b5;b6;gezondheid;cijfer\n"
        "P1;t0;ouder ;1;2;3;4;5;1;goed;\n"
        "K1;t0;KIND;;;;;;;;8\n"
        "K2;t0;kind;3;;;;;;;7\n"
        "X1;t1;hond;1;;;;;;;\n"
        "X2;t1;;;;;;;;;\n",
    )
    received = read_exports(design(sources), folder)

    kept = received.responses[["participant", "role", "wave"]].to_numpy().tolist()
    assert kept == [["P1", "parent", "t0"], ["K1", "child", "t0"], ["K2", "child", "t0"]]
    told = received.findings.set_index("row")
    assert told.loc[5, ["rule", "participant", "found"]].tolist() == [
        "row-not-selected",
        "X1",
        "soort = hond",
    ]
    aside = received.quarantine[["row", "participant", "column", "value", "rule"]]
    assert aside.fillna("").to_numpy().tolist() == [
        [5, "X1", "b1", "1", "row-not-selected"],
        [6, "X2", "", "", "row-not-selected"],
        [4, "K2", "b1", "3", "not-asked"],
    ]
    assert received.counts.iloc[0, 1:].tolist() == [5, 3, 2, 11, 9, 2]


def test_rows_that_belong_to_another_study(design, folder: Path, rules) -> None:
    """An ignored source with the same pattern claims the rest of a file without a word."""
    sources = """
[[sources]]
files = "all.csv"
wave = "t0"
role = "parent"
rows = { studie = "ons" }
[[sources]]
files = "all.csv"
kind = "ignored"
why = "another study"
[[sources]]
files = "*"
kind = "ignored"
why = "the rest of the folder"
"""
    ours = "nummer;studie;b1;b2;b3;b4;b5;b6;gezondheid\nP1;ons;1;1;1;1;1;1;goed\n"
    saved(folder / "all.csv", ours + "Q1;zij;5;5;5;5;5;5;slecht\n")
    saved(folder / "foto.png", "no picture")
    received = read_exports(design(sources), folder)

    assert rules(received) == []
    assert received.counts.iloc[0, 1:].tolist() == [1, 1, 0, 7, 7, 0]
    assert received.files[["file", "kind"]].to_numpy().tolist() == [
        ["all.csv", "responses"],
        ["foto.png", "ignored"],
    ]


def test_the_rest_of_the_folder_is_not_the_rest_of_a_file(design, folder: Path, rules) -> None:
    """A source that ignores every other file hides no row of a file that is read."""
    sources = """
[[sources]]
files = "all.csv"
wave = "t0"
role = "parent"
rows = { studie = "ons" }
[[sources]]
files = "*"
kind = "ignored"
why = "the rest of the folder"
"""
    text = "nummer;studie;b1;b2;b3;b4;b5;b6;gezondheid\nQ1;zij;5;5;5;5;5;5;slecht\n"
    saved(folder / "all.csv", text)

    assert rules(read_exports(design(sources), folder)) == ["row-not-selected"]


def test_one_item_in_two_columns(design, folder: Path) -> None:
    """Where roles answer the same item in columns of their own, the row's role decides."""
    sources = '[[sources]]\nfiles = "t0.csv"\nwave = "t0"\nrole_column = "rol"\n'
    asked = """
[[asked]]
instrument = "life-satisfaction"
role = "parent"
columns = "o_cijfer"
[[asked]]
instrument = "life-satisfaction"
role = "child"
columns = "k_cijfer"
[[asked]]
instrument = "brs"
role = "parent"
columns = "b{item}"
"""
    saved(
        folder / "t0.csv",
        "nummer;rol;o_cijfer;k_cijfer;b1;b2\nP1;ouder;7;;1;2\nK1;kind;;9;;\nK2;kind;4;8;;\n",
    )
    received = read_exports(design(sources, asked), folder)

    assert received.responses["life_satisfaction_01"].tolist() == ["7", "9", "8"]
    assert received.quarantine[["row", "column", "value", "rule"]].to_numpy().tolist() == [
        [4, "o_cijfer", "4", "not-asked"]
    ]


def test_ready_made_totals(design, folder: Path, rules) -> None:
    """A column with a ready-made score stands under the score's name; items are not missed."""
    sources = '[[sources]]\nfiles = "t0.csv"\nwaves_in_columns = true\nrole = "parent"\n'
    asked = """
[[asked]]
instrument = "brs"
role = "parent"
totals = { brs_total = "BRS{wave}" }
"""
    saved(folder / "t0.csv", "nummer;BRSvoor;BRSna\nP1;3,5;4\n")
    received = read_exports(design(sources, asked), folder)

    assert received.responses[["wave", "brs_total"]].to_numpy().tolist() == [
        ["t0", "3,5"],
        ["t1", "4"],
    ]
    assert rules(received) == []


def test_columns_that_the_design_does_not_know(design, folder: Path) -> None:
    """An unknown column is told once, with the near name, and each answer is set aside."""
    saved(
        folder / "t0.csv",
        HEADER.replace("b4", "b_4") + ";huisdier\nP1;;3;4;2;5;1;3;goed;hond\nP2;;;;;2;;;;\n",
    )
    received = read_exports(design(), folder)

    told = received.findings[["rule", "column", "found", "expected"]].fillna("")
    assert told.to_numpy().tolist() == [
        ["missing-column", "b4", "b_4", "brs_04"],
        ["unknown-column", "b_4", "", "perhaps b4"],
        ["unknown-column", "huisdier", "", "a column that the design names"],
    ]
    aside = received.quarantine.set_index("finding")
    near, pet = received.findings["id"].tolist()[1:]
    assert aside.loc[near, ["participant", "wave", "role", "value"]].to_numpy().tolist() == [
        ["P1", "t0", "parent", "5"],
        ["P2", "t0", "parent", "2"],
    ]
    assert aside.loc[pet, "value"] == "hond"


def test_a_column_of_another_role(design, folder: Path) -> None:
    """A question for children in the parents' file is set aside as not asked."""
    saved(folder / "t0.csv", HEADER + ";cijfer\nP1;;3;4;2;5;1;3;goed;8\n")
    received = read_exports(design(), folder)

    assert received.findings[["rule", "column", "expected"]].to_numpy().tolist() == [
        ["not-asked", "cijfer", "only of child"]
    ]
    assert received.quarantine["value"].tolist() == ["8"]


def test_spaces_and_case_in_a_header(design, folder: Path) -> None:
    """A header that differs in spaces and case alone is recognised, and told of."""
    saved(folder / "t0.csv", HEADER.replace("b1", " B1 ") + "\nP1;;3;4;2;5;1;3;goed\n")
    received = read_exports(design(), folder)

    assert received.responses["brs_01"].tolist() == ["3"]
    told = received.findings[["rule", "severity", "column", "expected"]].to_numpy().tolist()
    assert told == [["column-spelling", "note", " B1 ", "b1"]]


def test_two_columns_of_one_name(design, folder: Path) -> None:
    """The first column of a name is read; the second is set aside and told of."""
    saved(folder / "t0.csv", HEADER + ";b1\nP1;;3;4;2;5;1;3;goed;5\n")
    received = read_exports(design(), folder)

    assert received.responses["brs_01"].tolist() == ["3"]
    assert received.quarantine[["column", "value", "rule"]].to_numpy().tolist() == [
        ["b1", "5", "column-twice"]
    ]


def test_a_file_without_numbers_of_people(design, folder: Path) -> None:
    """Without the column of numbers every row is kept, without a number, and that is told."""
    saved(folder / "t0.csv", HEADER.replace("nummer", "numer") + "\nP1;;3;4;2;5;1;3;goed\n")
    received = read_exports(design(), folder)

    assert received.responses["participant"].isna().tolist() == [True]
    told = received.findings.iloc[0]
    assert (told["rule"], told["column"], told["found"]) == (
        "missing-column",
        "nummer",
        "numer",
    )


def test_rows_of_another_length_are_told(design, folder: Path) -> None:
    """A row with a cell too many is set aside whole; one that stops early is kept."""
    saved(folder / "t0.csv", HEADER + "\nP1;;3;4;2;5;1;3;goed;maar;moe\nP2;;3;4\n")
    received = read_exports(design(), folder)

    assert received.responses["participant"].tolist() == ["P2"]
    told = received.findings[["rule", "row", "participant", "found", "expected"]].fillna("")
    assert told.to_numpy().tolist() == [
        ["long-row", 2, "P1", "11 cells", "9 cells"],
        ["short-row", 3, "", "", "9 cells"],
    ]
    aside = received.quarantine
    assert aside["column"].tolist()[-3:] == ["gezondheid", "(column J)", "(column K)"]
    assert received.counts.iloc[0, 1:].tolist() == [2, 1, 1, 11, 2, 9]


@pytest.fixture
def workbook(folder: Path) -> Path:
    """Write a workbook with two sheets that the design names and one that it does not."""
    book = Workbook()
    book.active.title = "Ouders"
    book.active.append(["nummer", "b1", "b2", "b3", "b4", "b5", "b6", "gezondheid"])
    book.active.append(["P1", 3, 4, 2, 5, 1, 3, "goed"])
    children = book.create_sheet("kinderen ")
    children.append(["nummer", "cijfer"])
    children.append(["K1", 8])
    book.create_sheet("Toelichting").append(["Wie dit leest"])
    book.create_sheet("Leeg")
    book.save(folder / "t0.xlsx")
    return folder / "t0.xlsx"


SHEETS = """
[[sources]]
files = "t0.xlsx"
sheet = "Ouders"
wave = "t0"
role = "parent"
[[sources]]
files = "t0.xlsx"
sheet = "Kinderen"
wave = "t0"
role = "child"
"""


@pytest.mark.usefixtures("workbook")
def test_sheets_go_to_their_own_source(design, folder: Path) -> None:
    """A sheet is found apart from spaces and case; one that nobody names is told of."""
    received = read_exports(design(SHEETS), folder)

    told = received.responses[["file", "role", "life_satisfaction_01"]].fillna("")
    assert told.to_numpy().tolist() == [
        ["t0.xlsx[Ouders]", "parent", ""],
        ["t0.xlsx[kinderen ]", "child", "8"],
    ]
    assert received.findings[["rule", "file"]].to_numpy().tolist() == [
        ["unclaimed-sheet", "t0.xlsx[Toelichting]"]
    ]


@pytest.mark.usefixtures("workbook")
def test_a_sheet_that_is_missing(design, folder: Path) -> None:
    """A sheet that the design names and the file lacks is told, with the near name."""
    received = read_exports(design(SHEETS.replace('"Kinderen"', '"Kindern"')), folder)
    told = received.findings[received.findings["rule"] == "missing-sheet"].iloc[0]

    assert (told["file"], told["found"], told["expected"]) == (
        "t0.xlsx",
        "kinderen ",
        "Kindern",
    )


def test_a_file_that_nobody_claims(design, folder: Path) -> None:
    """A file that no source names is listed and told, with the near pattern."""
    saved(folder / "t0.csv", HEADER + "\nP1;;3;4;2;5;1;3;goed\n")
    saved(folder / "to.csv", "x\n1\n")
    received = read_exports(design(), folder)

    assert received.findings[["rule", "file", "expected"]].to_numpy().tolist() == [
        ["unclaimed-file", "to.csv", "perhaps t0.csv"]
    ]
    assert received.files.set_index("file").loc["to.csv", "kind"] == "unclaimed"
    assert received.files["sha256"].str.len().tolist() == [64, 64]


TWO_WAVES = """
[[sources]]
files = "t0.csv"
wave = "t0"
role = "parent"
date_column = "datum"
[[sources]]
files = "t1.csv"
wave = "t1"
role = "parent"
date_column = "datum"
"""


@pytest.mark.parametrize(
    ("date", "told"),
    [("2025-01-03", []), ("2025-06-30", []), ("1-7-2025", [["source-without-file", "t1.csv"]])],
)
def test_a_wave_without_its_file(
    design, folder: Path, date: str, told: list[list[str]]
) -> None:
    """A missing file is a finding only when a later date shows that its wave is over."""
    saved(folder / "t0.csv", HEADER + f"\nP1;{date};3;4;2;5;1;3;goed\n")
    received = read_exports(design(TWO_WAVES), folder)

    assert received.findings[["rule", "file"]].to_numpy().tolist() == told


def test_order_of_columns_makes_no_difference(design, folder: Path, held) -> None:
    """The same answers come out whatever the order of the columns, items in the design's."""
    saved(folder / "t0.csv", HEADER + "\nP1;;3;4;2;5;1;3;goed\n")
    one = read_exports(design(), folder)
    turned = ";".join(HEADER.split(";")[::-1])
    saved(folder / "t0.csv", turned + "\ngoed;3;1;5;2;4;3;;P1\n")
    other = read_exports(design(), folder)

    pd.testing.assert_frame_equal(one.responses, other.responses)
    assert held(one) == held(other)


def test_files_come_in_the_order_people_count(folder: Path) -> None:
    """t2 comes before t10, folders too; hidden, lock and readme files are left out."""
    names = ["t10.csv", "t2.csv", "oud/t1.csv", "~$t2.xlsx", ".DS_Store", "SIMULATED.txt"]
    for name in [*names, "README.md", "oud/Thumbs.db", ".git/x.csv"]:
        saved(folder / name, "x")

    assert exports_in(folder) == ["oud/t1.csv", "t2.csv", "t10.csv"]
    assert counted("T2.csv") < counted("t10.csv")


def test_patterns_below_the_folder() -> None:
    """Stars catch words, do not cross a folder, and letters of any case fit."""
    assert stars("scholen/t?-*.xlsx", "Scholen/T1-West.XLSX") == ("West",)
    assert stars("*.csv", "oud/t1.csv") is None
    assert stars("t[01].csv", "t2.csv") is None


def test_names_in_file_names(design) -> None:
    """A hyphen or underscore in a file's name may stand for a space of the site's name."""
    trajectory = design()

    assert key_of(trajectory.sites, "school-noord") == "noord"
    assert key_of(trajectory.sites, "North_School") == "noord"
    assert key_of(trajectory.sites, "oost") == "oost"


def test_one_export_of_a_trajectory(design, tmp_path: Path) -> None:
    """One file is claimed by its name, wherever it stands."""
    path = saved(tmp_path / "elders" / "t0.csv", HEADER + "\nP1;;3;4;2;5;1;3;goed\n")
    received = read_export(path, design())

    assert received.responses["file"].tolist() == ["t0.csv"]
    assert len(received.findings) == 0


def test_one_export_under_another_name(design, tmp_path: Path) -> None:
    """A file of another name is read as the source whose columns it has, and that is told."""
    path = saved(tmp_path / "mijn export.csv", HEADER + "\nP1;;3;4;2;5;1;3;goed\n")
    received = read_export(path, design())

    assert received.responses["brs_01"].tolist() == ["3"]
    assert received.findings[["rule", "expected"]].to_numpy().tolist() == [
        ["unclaimed-file", "read as t0.csv, whose columns it has"]
    ]


def test_an_export_of_somebody_else(design, tmp_path: Path) -> None:
    """A stranger of 200 columns is a finding, not answers."""
    columns = ";".join(f"v{at}" for at in range(200))
    path = saved(tmp_path / "anders.csv", f"{columns}\n" + ";".join("1" * 200) + "\n")
    received = read_export(path, design())

    assert len(received.responses) == 0
    assert received.findings["rule"].tolist() == ["unclaimed-file"]
    assert received.files["kind"].tolist() == ["unclaimed"]
