"""`pilot check` tells a student what came in, what is wrong, and what to do next."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pilot.cli import app
from pilot.workbench.places import places

DEMO = places().demo
EXPORT = DEMO / "m-power" / "intake.csv"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
TRAJECTORIES = [
    "krachtige-gezinnen",
    "m-power",
    "meet-the-parents",
    "moeder-vadercentra",
    "verbinding-empowerment",
]
# Words that no Dutch sentence has, so that no English is left in what a student reads.
ENGLISH = re.compile(
    r"\b(the|this|that|which|with|and|or|expected|found|answers?|forms?|rows?|column|times"
    r"|nobody|file|register's|one|lies|years|months|after|before|same|first|also|names?)\b"
)


def check(*words: str | Path) -> Result:
    """Run `pilot check`."""
    return CliRunner().invoke(app, ["check", *map(str, words)], prog_name="pilot")


@pytest.fixture
def bad(tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that makes one of the files students bring by mistake."""

    def make(kind: str) -> Path:
        path = tmp_path / kind
        match kind:
            case "empty.csv":
                path.touch()
            case "photo.csv":
                path.write_bytes(PICTURE)
            case "half.xlsx":
                whole = (DEMO / "krachtige-gezinnen" / "t1.xlsx").read_bytes()
                path.write_bytes(whole[: len(whole) // 2])
            case _:
                names = ",".join(f"v{column}" for column in range(200))
                row = ",".join(str(column % 7) for column in range(200))
                path.write_text("\n".join([names, *[row] * 20]), encoding="utf-8")
        return path

    return make


@pytest.mark.parametrize("name", TRAJECTORIES)
def test_a_trajectory_is_told_in_dutch(name: str) -> None:
    """Files, counts, findings by rule and the next step; not a word of English among them."""
    said = check(name, "--demo", "--language", "nl", "--all")

    assert said.exit_code == 0
    for heading in (
        "Wat elk bestand werd",
        "Hoeveel er meetelt",
        "Wat er is gevonden",
        "Wat nu",
    ):
        assert f"\n{heading}\n" in said.output
    assert f"pilot report {name} --demo" in said.output
    told = [line for line in said.output.splitlines() if line.lstrip().startswith("- ")]
    assert not [
        line for line in told if ENGLISH.search(re.sub(r"(?<=gevonden: )[^,]*", "", line))
    ]


def test_a_finding_says_where_what_and_how_to_mend() -> None:
    """File, row, column, found, expected and mend stand together under the rule."""
    said = check("krachtige-gezinnen", "--demo", "--language", "en")

    assert (
        "  ERROR  An answer that is not on the form (out-of-range, 1 time)\n"
        "    Look at the form, or say in the design under answers what the value means.\n"
        "    - t3.xlsx[Ouders], row 14, column GSE_9, found: 6, expected: 1 to 4\n"
    ) in said.output
    assert "  kopie van groepsfoto-lijst.xlsx  nobody claims it\n" in said.output
    assert re.search(
        r"^  t0-noord.xlsx\[Ouders\] +answers, wave: .*School Noord", said.output, re.M
    )


def test_the_counts_add_up() -> None:
    """What came in is what counts and what was set aside."""
    said = check("m-power", "--demo", "--language", "nl")
    came, kept, aside = map(
        int,
        re.findall(
            r"(\d+) antwoorden kwamen binnen: (\d+) tellen mee, (\d+) zijn opzij gezet",
            said.output,
        )[0],
    )

    assert came == kept + aside
    assert aside > 0


@pytest.mark.parametrize("kind", ["empty.csv", "photo.csv", "half.xlsx"])
@pytest.mark.parametrize("design", [(), ("--as", "m-power")])
def test_what_cannot_be_read_is_told(
    kind: str, design: tuple[str, ...], bad: Callable[[str], Path]
) -> None:
    """Exit 1, in the student's language: what it is instead, and what to do; no traceback."""
    path = bad(kind)
    cause, mend = {
        "empty.csv": (
            "is leeg",
            "exporteer de antwoorden opnieuw, als CSV, XLSX of SAV",
        ),
        "photo.csv": (
            "is een plaatje (PNG), geen export",
            "exporteer de antwoorden opnieuw, als CSV, XLSX of SAV",
        ),
        "half.xlsx": (
            "is maar een half werkboek: het is niet heel opgeslagen",
            "open het in Excel, sla het opnieuw op en kopieer het hele bestand",
        ),
    }[kind]
    said = check(path, *design, "--language", "nl")

    assert said.stderr == (
        f"Dit kan niet worden gelezen: {kind}\n  Waarom: {cause}\n  Wat nu: {mend}\n"
    )
    assert said.stdout == ""
    assert said.exit_code == 1


def test_the_same_in_english(bad: Callable[[str], Path]) -> None:
    """A student who reads English gets the error's own words."""
    said = check(bad("photo.csv"), "--language", "en")

    assert said.stderr == (
        "This cannot be read: photo.csv\n"
        "  Why: is a picture (PNG), not an export\n"
        "  What now: export the answers again, as CSV, XLSX or SAV\n"
    )


def test_a_stranger_is_described(bad: Callable[[str], Path]) -> None:
    """A file of 200 columns that no design knows: what is in it, and two ways on."""
    said = check(bad("stranger.csv"), "--language", "nl")

    assert said.exit_code == 0
    assert "20 rijen, 200 kolommen\n" in said.output
    assert "  ... en nog 140 kolommen\n" in said.output
    assert "Geen enkel ontwerp kent deze kolommen." in said.output
    assert "1. Is het van een ander traject? `pilot trajectories` noemt ze" in said.output
    assert "2. Is het van een nieuw traject? Maak er een ontwerp voor" in said.output


def test_an_export_without_a_design_is_described() -> None:
    """Its columns, and whose it looks like, with the line to type next."""
    said = check(EXPORT, "--language", "en")

    assert said.exit_code == 0
    assert said.output.startswith("intake.csv: csv, cp1252, ';'\n")
    assert "This looks like intake.csv of m-power" in said.output
    assert f'1. Read it so: pilot check "{EXPORT}" --as m-power\n' in said.output


def test_an_export_with_its_design_is_checked() -> None:
    """One export is read and cleaned as its design says."""
    said = check(EXPORT, "--as", "m-power", "--language", "nl")

    assert said.exit_code == 0
    assert re.search(
        r"^  intake.csv  antwoorden, meting: intake, rol: .*, 37 rijen$", said.output, re.M
    )
    assert f'Kijk opnieuw: pilot check "{EXPORT}" --as m-power' in said.output


def test_an_export_with_another_design(bad: Callable[[str], Path]) -> None:
    """The design claims nothing of it: the student hears whose it is instead."""
    said = check(EXPORT, "--as", "krachtige-gezinnen", "--language", "nl")

    assert said.exit_code == 0
    assert "intake.csv  hoort nergens bij" in said.output
    assert "Dit lijkt op intake.csv van m-power" in said.output
    assert f'1. Lees het zo: pilot check "{EXPORT}" --as m-power\n' in said.output
    stranger = check(bad("stranger.csv"), "--as", "m-power", "--language", "nl")
    assert stranger.exit_code == 0
    assert "Geen enkel ontwerp kent deze kolommen." in stranger.output


def test_a_folder_without_an_export_cannot_be_read(tmp_path: Path) -> None:
    """A folder that holds nothing of the design: exit 1, and the names it looks for."""
    said = check("m-power", "--data", tmp_path, "--language", "nl")

    assert said.exit_code == 1
    assert "Waarom: bevat geen export van m-power" in said.stderr
    assert "intake.csv" in said.stderr


def test_a_folder_is_no_target(tmp_path: Path) -> None:
    """Who names a folder hears how to say whose exports are in it."""
    said = check(tmp_path)

    assert said.exit_code == 2
    assert said.stderr == (
        f"{tmp_path}: is a folder\n"
        f'  mend: say whose exports these are: pilot check TRAJECTORY --data "{tmp_path}"\n'
    )


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither beside the exports, nor in data or reports, nor where one stands."""
    exports = tmp_path / "exports"
    shutil.copytree(DEMO / "m-power", exports)
    monkeypatch.setenv("PILOT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PILOT_REPORTS", str(tmp_path / "reports"))
    monkeypatch.chdir(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    said = check("m-power", "--data", exports)

    assert said.exit_code == 0
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before
    assert f'--data "{exports}"' in said.output
