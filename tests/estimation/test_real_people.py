"""Questionnaires that real people filled in, from a folder beside the repository.

The expected numbers were computed with R 4.2.2 and printed to ten digits.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pilot.design.outcome import Outcome
from pilot.design.text import Text
from pilot.estimation import Pairs, complete_pairs, estimate_change, standardised_change
from pilot.results import Estimate

REAL = Path(__file__).parents[2].parent / "shared" / "real"
pytestmark = pytest.mark.skipif(
    not REAL.is_dir(), reason="../shared/real is not beside the repository"
)

HALF_DIGIT = 5e-11


def long(
    people: pd.DataFrame, waves: dict[str, str], participant: str, score: str
) -> pd.DataFrame:
    """Turn one row a person into one row a person and wave."""
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "participant": people[participant].astype(str),
                    "family": None,
                    "site": None,
                    "role": None,
                    "wave": wave,
                    "months": float(place),
                    score: people[column].astype(float),
                }
            )
            for place, (wave, column) in enumerate(waves.items())
        ]
    )


def stress_of(group: str) -> dict[str, Estimate]:
    """Estimate the change in perceived stress of one group of prisoners, by method."""
    people = pd.read_csv(REAL / "prison_stress.csv").query("Group == @group")
    outcome = Outcome("pss_10_total", Text(nl="Stress", en="Stress"), "worse", 0, 40)
    waves = {"before": "PSSbefore", "after": "PSSafter"}
    scores = long(people, waves, "Subject", outcome.key)
    return {row.method: row for row in estimate_change(scores, outcome, list(waves))}


@pytest.mark.parametrize(
    ("group", "n", "change", "t", "p", "d_z", "d_av", "exact_p"),
    [
        (
            "Sport", 15, (-3.9333333333, -7.0762338040, -0.7904328626),
            -2.684196032, 0.017798827, -0.69305643533, -0.54603052821, 0.01953125,
        ),
        (
            "Control", 11, (7.3636363636, 1.1605949521, 13.5666777751),
            2.6450257519, 0.0245215293, 0.79750527091, 0.80808709769, 0.03515625,
        ),
    ],
)  # fmt: skip
def test_prison_stress(  # noqa: PLR0913 - one argument a published number
    group: str,
    n: int,
    change: tuple[float, float, float],
    t: float,
    p: float,
    d_z: float,
    d_av: float,
    exact_p: float,
) -> None:
    """Paired t, d_z, d_av and the exact p of both groups, to the last digit given.

    Nobody left, so the planned mixed model gives the paired t too.
    """
    rows = stress_of(group)

    for row in (rows["paired_t"], rows["mixed_kr"]):
        assert (row.n_families, row.standing == "planned") == (n, row.method == "mixed_kr")
        estimates = (row.estimate, row.conf_low, row.conf_high)
        assert estimates == pytest.approx(change, abs=HALF_DIGIT)
        assert row.statistic == pytest.approx(t, abs=5e-10)
        assert row.p_value == pytest.approx(p, abs=5e-10)
        assert [each.estimate for each in row.standardised] == pytest.approx(
            [d_z, d_av], abs=5e-12
        )
        assert row.direction == ("better" if group == "Sport" else "worse")
    assert rows["sign_flip"].p_value == exact_p


def depression() -> tuple[pd.DataFrame, Outcome, list[str]]:
    """Beat the Blues: depression at five occasions, half of the patients gone by the last."""
    people = pd.read_csv(REAL / "beat_the_blues.csv")
    outcome = Outcome("bdi_total", Text(nl="Somberheid", en="Depression"), "worse", 0, 63)
    waves = {wave: f"bdi.{wave}" for wave in ("pre", "2m", "3m", "5m", "8m")}
    return long(people, waves, "subject", outcome.key), outcome, list(waves)


def test_beat_the_blues_complete_pairs() -> None:
    """The 52 who stayed to 8 months, to the last digit given; 48 left."""
    scores, outcome, waves = depression()
    rows = {row.method: row for row in estimate_change(scores, outcome, waves)}
    paired = rows["paired_t"]

    assert (paired.contrast, paired.n_families) == ("8m - pre", 52)
    assert paired.rung == "above 30"
    assert (paired.estimate, paired.conf_low, paired.conf_high) == pytest.approx(
        (-11.8846153846, -14.8090185641, -8.9602122051), abs=HALF_DIGIT
    )


def test_beat_the_blues_those_who_left_could_hide_it() -> None:
    """Everyone is kept for the bounds: 100 people, and a worst case on the other side of 0."""
    scores, outcome, waves = depression()
    rows = {row.method: row for row in estimate_change(scores, outcome, waves)}
    pairs: Pairs = complete_pairs(scores, outcome, "pre", "8m")

    assert [len(pairs.table), len(pairs.lost), len(pairs.everyone)] == [52, 48, 380]
    assert rows["worst_case"].n_families == 100
    assert rows["best_case"].estimate < rows["paired_t"].estimate < rows["worst_case"].estimate
    assert rows["worst_case"].direction == "worse"


def test_state_anxiety_paired_change() -> None:
    """Study XRAY, mean of 20 items with nine reversed: change, t, df and p."""
    items = pd.read_csv(REAL / "state_anxiety.csv").query("study == 'XRAY' and time in [1, 2]")
    reverse = ["calm", "secure", "at.ease", "rested", "comfortable", "confident", "relaxed",
               "content", "joyful", "pleasant"]  # fmt: skip
    answers = items.drop(columns=["study", "time", "id"])
    answers[reverse] = 5 - answers[reverse]
    anxiety = Outcome("sai_mean", Text(nl="Spanning", en="Anxiety"), "worse", 1, 4)
    scores = items[["id", "time"]].assign(sai_mean=answers.mean(axis=1, skipna=False))
    scores = scores.rename(columns={"id": "participant", "time": "wave"})
    rows = {row.method: row for row in estimate_change(scores, anxiety, [1, 2])}
    paired = rows["paired_t"]

    assert (paired.estimate, paired.conf_low, paired.conf_high) == pytest.approx(
        (0.0154088050, -0.0533085847, 0.0841261947), abs=HALF_DIGIT
    )
    assert paired.statistic == pytest.approx(0.44288365442, abs=5e-12)
    assert (paired.df, paired.n_families) == (158, 159)
    assert paired.p_value == pytest.approx(0.65845564589, abs=5e-12)
    assert rows["sign_flip"].p_value == pytest.approx(paired.p_value, abs=0.01)


def test_dutch_schools_mean_gain() -> None:
    """3,587 pupils in 197 schools, the school as family: persons' gain is the published one."""
    pupils = pd.read_csv(REAL / "dutch_schools.csv")
    pupils["participant"] = pupils.index.astype(str)
    reading = Outcome("language", Text(nl="Taal", en="Language"), "better", 0, 100)
    scores = pd.concat(
        pupils[["participant"]].assign(
            family=pupils["sch"].astype(str), wave=wave, language=pupils[column]
        )
        for wave, column in (("pre", "lpr"), ("post", "lpo"))
    )
    rows = {row.method: row for row in estimate_change(scores, reading, ["pre", "post"])}

    assert rows["persons_t"].n_participants == 3587
    assert rows["persons_t"].n_families == 197
    assert rows["persons_t"].estimate == pytest.approx(6.8681349317, abs=HALF_DIGIT)


def test_standardised_change_of_prisoners_by_hand() -> None:
    """The public function on arrays gives what the estimate carries."""
    people = pd.read_csv(REAL / "prison_stress.csv").query("Group == 'Sport'")
    paired = stress_of("Sport")["paired_t"]

    for each, by in zip(paired.standardised, ("change", "average"), strict=True):
        assert standardised_change(people["PSSbefore"], people["PSSafter"], by=by) == each
