"""The simulated exports: made again as they are, and holding only what exports hold."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pyreadstat
import pytest
from openpyxl import load_workbook
from tests.simulation.make import SIMULATIONS, make_all

from pilot.design import load_trajectory

HERE = Path(__file__).parent
DEMO = HERE.parents[1] / "data" / "raw" / "demo"
FIVE = [name for name in SIMULATIONS if "/" not in name]
CODES = re.compile(r"(KG-\d\d-\d|MP-\d\d|MV-\d\d|VE-\d\d-\d|VE-[CV]\d|AP-\d\d)\Z")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make everything once more, elsewhere."""
    folder = tmp_path_factory.mktemp("made")
    make_all(folder / "data", folder / "truth")
    return folder


def files_in(folder: Path) -> list[str]:
    """Return the files below a folder."""
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def content(path: Path) -> Any:
    """Return what a file says.

    Bytes, but for workbooks and SPSS files: how openpyxl writes XML, zlib packs it and
    ReadStat signs its header differs between their versions, and says nothing of the data.
    """
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        return {page.title: list(page.iter_rows(values_only=True)) for page in book}
    if path.suffix == ".sav":
        frame, known = pyreadstat.read_sav(path, user_missing=True)
        labels = (known.column_labels, known.variable_value_labels, known.missing_ranges)
        return frame.to_csv(), labels, known.original_variable_types
    return path.read_bytes()


@pytest.mark.parametrize("name", SIMULATIONS)
def test_the_exports_are_those_that_the_generator_makes(made: Path, name: str) -> None:
    """Nobody changed a simulated export by hand: the generator makes the same ones again."""
    here, again = DEMO / name, made / "data" / name

    assert files_in(here) == files_in(again)
    for file in files_in(here):
        assert content(here / file) == content(again / file), file
    truth = f"{Path(name).name}.json"
    assert (HERE / "truth" / truth).read_bytes() == (made / "truth" / truth).read_bytes()


def test_the_generator_gives_the_same_bytes_each_time(made: Path, tmp_path: Path) -> None:
    """No clock stands in any file: a second run gives the same bytes, workbooks too."""
    make_all(tmp_path / "data", tmp_path / "truth")

    assert files_in(made) == files_in(tmp_path)
    for file in files_in(made):
        assert (made / file).read_bytes() == (tmp_path / file).read_bytes(), file


def test_no_clock_in_the_committed_workbooks() -> None:
    """Workbooks carry the fixed time that the generator gives them, in each zip entry."""
    for path in DEMO.rglob("*.xlsx"):
        with ZipFile(path) as book:
            assert {entry.date_time for entry in book.infolist()} == {(2026, 4, 1, 9, 0, 0)}, (
                path
            )


@pytest.mark.parametrize("name", SIMULATIONS)
def test_every_folder_says_that_it_is_simulated(name: str) -> None:
    """The folder itself says so, in both languages, for whoever finds only that."""
    note = (DEMO / name / "SIMULATED.txt").read_text("utf-8")

    assert "gesimuleerd" in note
    assert "simulated" in note


@pytest.mark.parametrize("name", SIMULATIONS)
def test_people_have_numbers_only(name: str) -> None:
    """Everyone is a number of the trajectory's own pattern; no name stands in the truth."""
    truth = json.loads((HERE / "truth" / f"{Path(name).name}.json").read_text("utf-8"))

    assert all(CODES.match(code) for code in truth["people"])


@pytest.mark.parametrize("name", FIVE)
def test_every_trajectory_of_the_shelf_is_simulated(name: str) -> None:
    """Each of the five has exports for every source that its design names."""
    design = load_trajectory(name)
    exports = files_in(DEMO / name)

    for source in design.sources:
        pattern = source.files.replace("*", "[^/]*").replace(".", r"\.")
        assert any(re.fullmatch(pattern, file) for file in exports), source.files


def test_the_interim_exports_are_the_first_four_waves() -> None:
    """The interim variant is the same course before its fifth wave, not another one."""
    whole, interim = DEMO / "krachtige-gezinnen", DEMO / "variants/krachtige-gezinnen-interim"
    waves = [file for file in files_in(interim) if re.match(r"t\d", file)]

    assert waves == [
        "t0-noord.xlsx",
        "t0-oost.xlsx",
        "t0-west.xlsx",
        "t0-zuid.xlsx",
        "t1.xlsx",
        "t2.xlsx",
        "t3.xlsx",
    ]
    for file in waves:
        assert content(interim / file) == content(whole / file)


SIZES = [
    ("krachtige-gezinnen", "parent", 22, 14, 4, 5),
    ("krachtige-gezinnen", "child", 20, 13, 4, 5),
    ("krachtige-gezinnen-four-families", "parent", 6, 4, 4, 5),
    ("m-power", "man", 36, 36, 5, 3),
    ("moeder-vadercentra", "visitor", 60, 60, 5, 3),
    ("verbinding-empowerment", "parent", 30, 24, 1, 2),
    ("verbinding-empowerment", "coach", 6, 6, 1, 2),
    ("verbinding-empowerment", "volunteer", 8, 8, 1, 2),
    ("meet-the-parents", "parent", 40, 40, 1, 3),
]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}-{size[1]}")
def test_the_courses_have_their_size(size: tuple[str, str, int, int, int, int]) -> None:
    """As many people, families, sites and waves as the trajectories describe."""
    name, role, *counts = size
    truth = json.loads((HERE / "truth" / f"{name}.json").read_text("utf-8"))
    lives = {code: life for code, life in truth["people"].items() if life["role"] == role}
    families = {life["family"] or code for code, life in lives.items()}
    sites = {life["site"] for life in lives.values()}

    assert [len(lives), len(families), len(sites), len(truth["waves"])] == counts


def test_a_third_of_krachtige_gezinnen_is_lost_by_the_end() -> None:
    """Some 35 % of those who started did not fill in the last form, for several reasons."""
    truth = json.loads((HERE / "truth" / "krachtige-gezinnen.json").read_text("utf-8"))
    lives = truth["people"].values()

    lost = sum("t4" not in life["waves"] for life in lives) / len(lives)

    assert 0.33 <= lost <= 0.38
    assert {life["reason"] for life in lives} - {None} == {
        "school gestopt",
        "verhuisd",
        "gestopt",
        "gescheiden",
    }


@pytest.mark.parametrize("name", FIVE)
def test_the_design_holds_no_truth_and_no_person(name: str) -> None:
    """No participant's number, mail address or telephone number stands in a design."""
    text = (HERE.parents[1] / "src/pilot/trajectories" / f"{name}.toml").read_text("utf-8")
    truth = json.loads((HERE / "truth" / f"{name}.json").read_text("utf-8"))

    assert not [code for code in truth["people"] if code in text]
    assert not re.search(r"@|\b0\d{1,3}[- ]?\d{6,}\b|\+31", text)
