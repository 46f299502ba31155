"""`pilot plan` tells in plain words what so many families can and cannot show."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner, Result

from pilot.cli import app

FEW = ("--simulations", "200", "--language", "en")


def plan(*words: str) -> Result:
    """Run `pilot plan`."""
    return CliRunner().invoke(app, ["plan", *words], prog_name="pilot")


def test_a_plan_is_told_in_one_screen() -> None:
    """Sentences, a table and what it rests on; exit code 0, nothing on stderr."""
    said = plan("krachtige-gezinnen", "--families", "4,8,16", "--change", "3", *FEW)

    assert said.exit_code == 0
    assert said.stderr == ""
    assert said.stdout.startswith("With 16 families at the start, we expect 11 families")
    assert "no promise that the programme works" in said.stdout
    assert re.search(r"^ +families  with pair  margin 95%", said.stdout, re.M)
    assert (
        "\nWhat this rests on\n  - The change we want to see: 3.0 points (given).\n"
        in said.stdout
    )
    assert (
        "With 4 families we give no mean and no margin: 4 families with both waves"
        in said.stdout
    )


def test_every_option_reaches_the_plan() -> None:
    """What is typed stands among the assumptions, marked as given."""
    said = plan(
        "krachtige-gezinnen", "--families", "12", "--sites", "3", "--lost", "0.35",
        "--lost-by", "score", "--sd", "4", "--retest", "0.6", "--members", "1.5",
        "--change-icc", "0.3", "--site-icc", "0.1", "--skew", "1", "--months", "0,9",
        "--change-sd", "0.5", "--seed", "5", *FEW,
    )  # fmt: skip

    assert said.exit_code == 0
    for line in (
        "The change we want to see: 2.0 points (given).",
        "SD 4 points (given).",
        "2 measurements, in month 0 and 9 (given).",
        "first and the last score: 0.6 (given).",
        "People a family: 1.5 (given).",
        "The same for change: 0.3 (given).",
        "Sites: 3 (given).",
        "lies between sites: 0.1 (given).",
        "35% of the families (given), rather those who started worse (given).",
        "Skewness of the changes: 1 (given).",
        "200 invented pilots for each number of families, seed 5.",
    ):
        assert line in said.stdout, line


def test_dutch_is_dutch() -> None:
    """No English word is left in what a Dutch reader sees."""
    said = plan(
        "moeder-vadercentra", "--families", "6,30", "--simulations", "200", "--language", "nl"
    )

    assert said.exit_code == 0
    english = r"\b(the|families|margin|chance|with|and|measurements|people|assumed|given)\b"
    assert not re.findall(english, said.stdout)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("m-power", "--families", "8,twelve"),
            "--families: 'twelve' is no number\n"
            "  mend: give numbers with commas between: 4,8,16\n",
        ),
        (
            ("m-power", "--families", ","),
            "--families: names no number\n  mend: give numbers with commas between: 4,8,16\n",
        ),
        (
            ("m-power", "--lost", "35"),
            "lost: 35 is not possible\n  mend: give a share from 0 to .95\n",
        ),
        (
            ("m-power", "--months", "0,nan"),
            "months: 0, nan are no waves in order\n"
            "  mend: give two or more rising months: 0, 12\n",
        ),
        (
            ("m-power", "--seed=-1"),
            "seed: -1 is no seed\n  mend: give a whole number from 0\n",
        ),
        (
            ("m-power", "--change", "2", "--change-sd", "1"),
            "--change-sd: stands beside --change\n  mend: give one of the two\n",
        ),
        (
            ("m-power", "--language", "fr"),
            "--language: there is nothing in 'fr'\n  mend: use one of: nl, en\n",
        ),
    ],
)
def test_a_wrong_call_exits_with_2(words: tuple[str, ...], told: str) -> None:
    """Place, cause and mend on stderr, nothing on stdout."""
    said = plan(*words)

    assert said.stderr == told
    assert said.stdout == ""
    assert said.exit_code == 2
