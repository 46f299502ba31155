"""Questionnaires that real people filled in, from raw file to report, without any Python.

Each is a trajectory of its own: a design beside this file and an export that stands outside
the project. The expected numbers were computed with R 4.2.2.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

import pilot
from pilot.results import Estimate, Study

HERE = Path(__file__).parent
EXPORTS = HERE.parents[2] / "shared" / "real"
NAMES = ("state-anxiety", "prison-stress", "beat-the-blues", "dutch-schools")

pytestmark = pytest.mark.skipif(
    not EXPORTS.is_dir(), reason="the real data stand outside the project"
)


@cache
def study(name: str) -> Study:
    """Walk one of them through the corridor."""
    return pilot.open_study(HERE / f"{name}.toml", data=EXPORTS)


def estimate(name: str, method: str, role: str | None = None) -> Estimate:
    """Return the one row of a method."""
    rows = [
        each
        for each in study(name).estimates
        if each.method == method and role in (None, each.outcome.role)
    ]
    assert len(rows) == 1
    return rows[0]


def standardised(row: Estimate, name: str) -> float:
    """Return one of its standardised changes."""
    return next(each.estimate for each in row.standardised if each.name == name)


def test_state_anxiety_from_items() -> None:
    """Twenty items, ten of them reversed: means, SDs, change, t, p, alpha and retest r."""
    walked = study("state-anxiety")
    row = estimate("state-anxiety", "paired_t")
    wide = walked.scores.pivot_table(
        index="participant", columns="wave", values="sai_20_total", observed=True
    ).dropna()

    assert walked.panel["participant"].nunique() == 200
    assert row.n_participants == len(wide) == 159
    assert wide["before"].mean() == pytest.approx(2.1072327044, abs=5e-11)
    assert wide["before"].std() == pytest.approx(0.55864428114, abs=5e-12)
    assert wide["after"].mean() == pytest.approx(2.1226415094, abs=5e-11)
    assert wide["after"].std() == pytest.approx(0.53809609611, abs=5e-12)
    assert wide["before"].corr(wide["after"]) == pytest.approx(0.68056922347, abs=5e-12)
    assert row.estimate == pytest.approx(0.0154088050, abs=5e-11)
    assert row.conf_low == pytest.approx(-0.0533085847, abs=5e-11)
    assert row.conf_high == pytest.approx(0.0841261947, abs=5e-11)
    assert row.statistic == pytest.approx(0.44288365442, abs=5e-12)
    assert row.df == 158
    assert row.p_value == pytest.approx(0.65845564589, abs=5e-12)
    assert row.direction == "worse"
    alpha = walked.reliability.set_index("wave").loc["before", "alpha"]
    assert alpha == pytest.approx(0.92276643204, abs=5e-12)


@pytest.mark.parametrize(
    ("role", "n", "change", "interval", "t", "p", "d_z", "d_av", "exact"),
    [
        (
            "sport", 15, -3.9333333333, (-7.0762338040, -0.7904328626),
            -2.684196032, 0.017798827, -0.69305643533, -0.54603052821, 0.01953125,
        ),
        (
            "control", 11, 7.3636363636, (1.1605949521, 13.5666777751),
            2.6450257519, 0.0245215293, 0.79750527091, 0.80808709769, 0.03515625,
        ),
    ],
)  # fmt: skip
def test_prison_stress_from_totals(  # noqa: PLR0913 - one published row, number by number
    role: str, n: int, change: float, interval: tuple[float, float],
    t: float, p: float, d_z: float, d_av: float, exact: float,
) -> None:  # fmt: skip
    """Two groups whose totals stand ready-made in one wide file."""
    row = estimate("prison-stress", "paired_t", role)

    assert (row.n_participants, row.df) == (n, n - 1)
    assert row.estimate == pytest.approx(change, abs=5e-11)
    assert (row.conf_low, row.conf_high) == pytest.approx(interval, abs=5e-11)
    assert row.statistic == pytest.approx(t, abs=5e-10)
    assert row.p_value == pytest.approx(p, abs=5e-10)
    assert standardised(row, "d_z") == pytest.approx(d_z, abs=5e-12)
    assert standardised(row, "d_av") == pytest.approx(d_av, abs=5e-12)
    assert estimate("prison-stress", "sign_flip", role).p_value == exact


def test_beat_the_blues_waves_and_stayers() -> None:
    """Five waves of which ever fewer were answered; the 52 who stayed look better."""
    walked = study("beat-the-blues")
    row = estimate("beat-the-blues", "paired_t")

    assert list(walked.waves["answered"]) == [100, 97, 73, 58, 52]
    assert row.n_participants == 52
    assert row.estimate == pytest.approx(-11.8846153846, abs=5e-11)
    assert (row.conf_low, row.conf_high) == pytest.approx(
        (-14.8090185641, -8.9602122051), abs=5e-11
    )
    assert row.direction == "better"


def test_dutch_schools_pairs_among_holes() -> None:
    """4,106 pupils in 216 schools: the pairs that are whole, and their mean gain."""
    row = estimate("dutch-schools", "persons_t")

    assert (row.n_participants, row.n_sites) == (3587, 197)
    assert row.estimate == pytest.approx(6.8681349317, abs=5e-11)


@pytest.mark.parametrize("name", NAMES)
def test_every_answer_is_used_or_set_aside(name: str) -> None:
    """At each door, rows and answers in equal those kept and those in quarantine."""
    counts = study(name).counts

    assert (counts["rows_in"] == counts["rows_kept"] + counts["rows_quarantined"]).all()
    assert (
        counts["answers_in"] == counts["answers_kept"] + counts["answers_quarantined"]
    ).all()


def test_a_report_comes_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From raw file to pages in both languages, for a trajectory nobody programmed."""
    monkeypatch.setenv("PILOT_REPORTS", str(tmp_path))
    pilot.run_report(HERE / "prison-stress.toml", data=EXPORTS)
    latest = tmp_path / "prison-stress" / "latest"
    results = json.loads((latest / "results.json").read_text(encoding="utf-8"))

    assert {"nl.html", "en.html", "index.html", "team.html"} <= {
        each.name for each in latest.iterdir()
    }
    assert not results["simulated"]
    assert {each["role"] for each in results["estimates"]} == {"sport", "control"}
