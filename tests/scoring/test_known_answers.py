"""Scores a person can work out by hand from the published keys."""

import numpy as np
import pandas as pd
import pytest

from pilot.design import load_instrument
from pilot.scoring import score


def alike(name: str, answer: float | str, rows: int = 1) -> pd.DataFrame:
    """Return people who gave one answer to every item."""
    return pd.DataFrame({item: [answer] * rows for item in load_instrument(name).items})


@pytest.mark.parametrize(
    ("name", "answer", "column", "expected"),
    [
        ("gse-10", 3, "gse_10_total", 30),
        ("alcos-12", 5, "alcos_12_total", 5 * 5 + 7 * 1),
        ("rses", 3, "rses_total", 15),
        ("pss-10", 4, "pss_10_total", 24),
        ("pss-4", 4, "pss_4_total", 8),
        ("brs", 5, "brs_total", 3),
        ("who-5", 3, "who_5_total", 60),
        ("sampson-cohesion", 5, "sampson_cohesion_total", 8 * 5 + 2 * 1),
        ("mspss", 6, "mspss_friends", 6),
        ("djg-6", "min of meer", "djg_6_total", 6),
        ("djg-6", "ja", "djg_6_total", 3),
        ("djg-6", "ja", "djg_6_emotional", 3),
        ("djg-6", "ja", "djg_6_social", 0),
        ("djg-6", "nee", "djg_6_total", 3),
        ("djg-6", "nee", "djg_6_emotional", 0),
        ("djg-6", "nee", "djg_6_social", 3),
        ("djg-6", "nee!", "djg_6_total", 3),
        ("self-rated-health", "Zeer goed", "self_rated_health_total", 5),
        ("lsns-6", 2, "lsns_6_family", 6),
        ("lsns-6", "drie of vier", "lsns_6_total", 18),
    ],
)
def test_same_answer_everywhere(
    name: str, answer: float | str, column: str, expected: float
) -> None:
    """Someone who ticks one column lands where the key says."""
    assert score(alike(name, answer), name)[column].tolist() == [expected]


def test_oslo_at_its_highest() -> None:
    """4 + 5 + 5 is the fourteen at which support is strongest."""
    answers = pd.DataFrame({"osss_3_01": [4], "osss_3_02": [5], "osss_3_03": [5]})

    assert score(answers, "osss-3")["osss_3_total"].tolist() == [14]


def test_personal_financial_wellness_is_not_rounded() -> None:
    """The manual's own example: a total of 28 over eight items is 3.5."""
    answers = pd.DataFrame(
        [[4, 4, 4, 4, 3, 3, 3, 3]], columns=list(load_instrument("pfw").items)
    )

    assert score(answers, "pfw")["pfw_total"].tolist() == [3.5]


def test_self_efficacy_is_prorated_from_seven_answers_on() -> None:
    """Seven answers of 3 score 30; with six there is no score."""
    answers = alike("gse-10", 3.0, rows=2)
    answers.loc[0, ["gse_10_01", "gse_10_05", "gse_10_10"]] = np.nan
    answers.loc[1, ["gse_10_01", "gse_10_05", "gse_10_06", "gse_10_10"]] = np.nan

    scored = score(answers, "gse-10")["gse_10_total"]

    assert scored[0] == 30
    assert np.isnan(scored[1])


def test_prorating_takes_the_own_mean_after_reversal() -> None:
    """Rosenberg: positives 3, negatives 0 but one lacking, is still 30 of 30."""
    answers = alike("rses", 3.0)
    answers[["rses_02", "rses_05", "rses_06", "rses_08", "rses_09"]] = 0.0
    answers["rses_09"] = np.nan

    assert score(answers, "rses")["rses_total"].tolist() == [30]


@pytest.mark.parametrize(
    "name", ["lsns-6", "osss-3", "mspss", "brs", "pss-10", "pss-4", "who-5", "pfw", "mhc-sf"]
)
def test_one_lacking_answer_is_one_too_many(name: str) -> None:
    """Where no source gives a missing rule, every item is required."""
    answers = alike(name, 2.0)
    answers.iloc[0, 0] = np.nan

    assert np.isnan(score(answers, name)[f"{load_instrument(name).stem}_total"][0])


def test_loneliness_with_one_answer_lacking_is_a_lower_bound() -> None:
    """Five of six: the total is the count seen, not 6; the part with the hole has none."""
    answers = alike("djg-6", "min of meer", rows=2).astype(object)
    answers.loc[0, "djg_6_03"] = None
    answers.loc[1, ["djg_6_03", "djg_6_04"]] = None

    scored = score(answers, "djg-6")

    assert scored.loc[0, "djg_6_total"] == 5
    assert np.isnan(scored.loc[0, "djg_6_emotional"])
    assert scored.loc[0, "djg_6_social"] == 3
    assert scored.loc[1].isna().all()


def test_loneliness_reads_words_and_house_codes_alike() -> None:
    """1 is nee, 2 min of meer, 3 ja, however the words are spaced and capitalised."""
    words = pd.DataFrame(
        {item: [" NEE", "Min  of meer", "ja "] for item in load_instrument("djg-6").items}
    )
    codes = pd.DataFrame({item: [1, 2, 3] for item in load_instrument("djg-6").items})

    pd.testing.assert_frame_equal(score(words, "djg-6"), score(codes, "djg-6"))


def test_cohesion_in_the_proposed_formula() -> None:
    """0, 2.5, 5, 7.5, 10 a statement, the first reversed: (10 + 7.5 + 5 + 2.5) / 4."""
    answers = pd.DataFrame(
        {
            "sociale_cohesie_01": ["helemaal oneens"],
            "sociale_cohesie_02": ["eens"],
            "sociale_cohesie_03": ["niet eens, niet oneens"],
            "sociale_cohesie_04": ["oneens"],
        }
    )

    scored = score(answers, "sociale-cohesie", confirmed=True)

    assert scored["sociale_cohesie_total"].tolist() == [6.25]
