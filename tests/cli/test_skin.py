"""What people type, what they read, and the exit code a script reads."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pilot.cli import app
from pilot.cli.choices import own_language
from pilot.design import LANGUAGES

ROOT = Path(__file__).parents[2]
SHELF = (
    "krachtige-gezinnen, m-power, meet-the-parents, moeder-vadercentra, verbinding-empowerment"
)


def run(*words: str) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(app, words, prog_name="pilot")


def pilot(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a process, as people do."""
    return subprocess.run(
        [sys.executable, "-m", "pilot", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
    )


@pytest.mark.parametrize(
    "command",
    ["check", "clean", "freeze", "report", "plan", "instruments", "trajectories", "lab"],
)
def test_every_help_has_an_example(command: str) -> None:
    """`--help` explains a command, and shows a line that can be typed as it stands."""
    told = run(command, "--help")

    assert told.exit_code == 0
    assert re.search(rf"Examples?:\n    pilot {command}\b", told.output)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("report", "m-powr", "--demo"),
            f"trajectory: no trajectory is called 'm-powr'\n"
            f"  mend: did you mean 'm-power'? known: {SHELF}\n",
        ),
        (
            ("clean", "krachtige-gezinen"),
            "trajectory: no trajectory is called 'krachtige-gezinen'\n"
            f"  mend: did you mean 'krachtige-gezinnen'? known: {SHELF}\n",
        ),
        (
            ("check", "m-powr"),
            "TARGET: no trajectory or file is called 'm-powr'\n"
            f"  mend: did you mean 'm-power'? known: {SHELF}\n",
        ),
        (
            ("check", "demo"),
            "TARGET: 'demo' is a reserved word, not a trajectory\n"
            "  mend: name the trajectory first: pilot check m-power --demo\n",
        ),
        (
            ("check", "export.csv"),
            "export.csv: there is no such file\n  mend: check the path\n",
        ),
        (
            ("check", "m-power", "--as", "m-power"),
            "--as: 'm-power' is itself a design\n  mend: leave --as out, or name an export\n",
        ),
        (
            ("check", "m-power", "--language", "fr"),
            "--language: there is nothing in 'fr'\n  mend: use one of: nl, en\n",
        ),
        (
            ("report", "m-power", "--demo", "--language", "nl,dutch"),
            "--language: there is nothing in 'dutch'\n  mend: use one of: nl, en\n",
        ),
        (
            ("report", "m-power", "--demo", "--format", "pdf"),
            "--format: there are no reports as 'pdf' yet\n"
            "  mend: use html: it needs no network, and every browser prints it to PDF\n",
        ),
        (
            ("report", "m-power", "--demo", "-p", "demmo=1"),
            "report.ipynb, cell tagged 'parameters': declares no parameter 'demmo'\n"
            "  mend: did you mean 'demo'? known: trajectory, demo, data, earlier\n",
        ),
        (
            ("report", "m-power", "--demo", "-p", "trajectory=x"),
            "--parameter trajectory: the command itself sets this parameter\n"
            "  mend: leave it out and name it as the argument\n",
        ),
        (
            ("clean", "m-power", "--data", ""),
            "--data: is empty\n  mend: name a folder, or leave --data out\n",
        ),
        (
            ("report", "m-power", "m-power", "--demo"),
            "trajectories: 'm-power' was named 2 times\n  mend: name each once\n",
        ),
    ],
)
def test_a_wrong_call_is_told_and_exits_with_2(words: tuple[str, ...], told: str) -> None:
    """Place, cause and mend on stderr, the near word suggested, nothing on stdout."""
    said = run(*words)

    assert said.stderr == told
    assert said.stdout == ""
    assert said.exit_code == 2


def test_a_misspelt_command_or_option_is_suggested() -> None:
    """What typer itself refuses has exit code 2 and a suggestion too."""
    command, option = run("reprot"), run("report", "--dem")

    assert (command.exit_code, option.exit_code) == (2, 2)
    assert "Did you mean 'report'?" in command.stderr
    assert "--demo" in option.stderr


def test_an_instrument_that_is_not_there() -> None:
    """The catalogue names the near instrument."""
    said = run("instruments", "gse-100")

    assert said.exit_code == 2
    assert said.stderr.startswith(
        "instrument: no instrument is called 'gse-100'\n  mend: did you mean 'gse-10'?"
    )


def test_the_catalogues() -> None:
    """Both shelves can be read, and one of each in full."""
    forms, form = run("instruments"), run("instruments", "gse-10")
    courses, course = run("trajectories"), run("trajectories", "m-power")

    assert {said.exit_code for said in (forms, form, courses, course)} == {0}
    assert re.search(r"^gse-10 +10 +12-120 +General Self-Efficacy Scale$", forms.output, re.M)
    assert "scale gse_10_total: Vertrouwen in eigen kunnen / Self-efficacy" in form.output
    assert "  sum of 10, 10 to 40, interval" in form.output
    assert re.search(r"^m-power +intake halfway end", courses.output, re.M)
    assert re.search(r"^outcome gse_10_total \(\w+, primary\): ", course.output, re.M)


@pytest.mark.parametrize(
    ("words", "debug"),
    [(("clean", "m-power"), False), (("--debug", "clean", "m-power"), True)],
)
def test_a_traceback_is_shown_only_when_asked_for(
    words: tuple[str, ...], debug: bool, tmp_path: Path
) -> None:
    """People read three lines; who mends the program adds --debug, anywhere."""
    said = pilot(*words, PILOT_DATA=str(tmp_path))

    assert said.returncode == 2
    assert ("Traceback" in said.stderr) is debug
    assert said.stderr.endswith(
        f"{tmp_path / 'raw' / 'm-power'}: there is no such folder\n"
        "  mend: put the exports there, say where they are with --data FOLDER, "
        "or use the simulated ones with --demo\n"
    )


def test_debug_may_stand_anywhere(tmp_path: Path) -> None:
    """`pilot clean m-power --debug` is what people type."""
    said = pilot("clean", "m-power", "--debug", PILOT_DATA=str(tmp_path))

    assert "Traceback" in said.stderr
    assert said.returncode == 2


def test_what_nobody_foresaw_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the program is three lines with exit code 1, and asks to be told of."""

    def broken() -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("pilot.design.instrument_names", broken)
    said = run("instruments")

    assert said.exit_code == 1
    assert said.stderr == (
        "pilot: an error that nobody foresaw: ZeroDivisionError: division by zero\n"
        "  mend: run it again with --debug and send what it prints to who looks after pilot\n"
    )


@pytest.mark.parametrize(
    "words", [("check", "m-power", "--demo"), ("instruments",), ("--help",)]
)
def test_whoever_stops_reading_hears_nothing_more(words: tuple[str, ...]) -> None:
    """`pilot check m-power --demo | head -1` is no error that nobody foresaw."""
    reads, writes = os.pipe()
    os.close(reads)
    said = subprocess.run(
        [sys.executable, "-m", "pilot", *words],
        stdout=writes,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    os.close(writes)

    assert said.stderr == b""
    assert said.returncode == 141


def test_ctrl_c_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, no traceback, and the exit code that a shell knows."""

    def stopped() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pilot.design.instrument_names", stopped)
    said = run("instruments")

    assert said.exit_code == 130
    assert said.stderr == "Stopped. Nothing was left half-written.\n"


@pytest.mark.parametrize("way", ["PILOT_DATA", "--data"])
def test_no_real_exports_is_told(tmp_path: Path, way: str) -> None:
    """`pilot report` alone makes every report that has exports, and says so when none has."""
    raw = tmp_path / "raw"
    said = (
        pilot("report", PILOT_DATA=str(tmp_path))
        if way == "PILOT_DATA"
        else pilot("report", "--data", str(raw))
    )

    assert said.returncode == 2
    assert said.stderr == (
        f"{raw}: holds exports of none of the trajectories\n"
        "  mend: name the trajectory whose exports they are, put them in a folder with its "
        "name there, or use the simulated ones with --demo\n"
    )


def test_help_is_light() -> None:
    """Asking for help imports neither pandas nor a notebook library."""
    script = (
        "import sys\nfrom pilot.cli import main\nsys.argv = ['pilot', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'pandas', 'numpy', 'papermill', 'nbformat', 'pydantic', 'matplotlib'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True)

    assert done.returncode == 0, done.stderr.decode()
    assert b"Usage: pilot" in done.stdout


def test_the_version_is_told() -> None:
    """`pilot --version` needs no command."""
    said = run("--version")

    assert said.exit_code == 0
    assert re.fullmatch(r"pilot \d+\.\d+\.\d+\n", said.output)


@pytest.mark.parametrize(
    ("named", "language"), [("en_GB.UTF-8", "en"), ("nl_NL", "nl"), ("C.UTF-8", "nl")]
)
def test_the_machine_speaks_dutch_or_english(
    named: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """English where the machine is English, Dutch everywhere else."""
    monkeypatch.setenv("LC_ALL", named)

    assert own_language() == language
    assert language in LANGUAGES
