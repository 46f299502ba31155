"""Every comparison that R made too: `tests/reference/comparison/make_comparison.R`."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pilot import compare_groups
from pilot.design import Outcome, Text
from pilot.results import Estimate

HERE = Path(__file__).parents[2] / "reference" / "comparison"
INPUTS = pd.read_csv(HERE / "inputs.csv", dtype={"family": "str", "site": "str"})
ANSWERS = pd.read_csv(HERE / "answers.csv", skipinitialspace=True)
SCORE = Outcome("score", Text(nl="Score", en="Score"), "better", 0, 100)
METHODS = {
    "ancova": "ancova",
    "difference_in_differences": "difference",
    "welch_change": "welch",
    "permutation": "permutation",
}
# lmer's optimiser stops where the deviance moves by 1e-12: its answers hold to about 1e-7.
BY_LMER = {("families", "ancova"), ("within", "ancova")} | {
    (name, "difference_in_differences") for name in ("alone", "small", "families", "within")
}


def scores_of(name: str) -> pd.DataFrame:
    """Return one data set, a row a person and wave."""
    people = INPUTS[INPUTS["set"] == name]
    kept = people[["participant", "family", "site"]].assign(
        arm=people["arm"].map({1: "new", 0: "usual"})
    )
    return pd.concat([kept.assign(wave=w, score=people[w]) for w in ("before", "after")])


def compared(name: str, method: str) -> Estimate:
    """Return the difference between the two groups of a data set."""
    found = compare_groups(
        scores_of(name),
        SCORE,
        ["before", "after"],
        group="arm",
        reference="usual",
        method=METHODS[method],  # type: ignore[arg-type]
    )
    return found[0]


CASES = [
    pytest.param(row, id=f"{row['set']}-{row['method']}")
    for row in ANSWERS[~ANSWERS["method"].isin(["glass_delta", "permutation"])].to_dict(
        "records"
    )
]


def test_all_cases_are_there() -> None:
    """R answered for every data set: alone, in families, within families, by site."""
    assert len(CASES) == 15
    assert set(ANSWERS["set"]) == {"alone", "small", "families", "within", "sites"}


@pytest.mark.parametrize("answer", CASES)
def test_differences_are_those_of_r(answer: dict[str, float]) -> None:
    """lm, lmer with Kenward-Roger, CR2 with Satterthwaite, Welch: every number."""
    name, method = str(answer["set"]), str(answer["method"])
    row = compared(name, method)
    rel = 1e-6 if (name, method) in BY_LMER else 1e-12

    assert not row.refused
    assert row.n_by_group[0] > 0
    for column in ("estimate", "std_error", "df", "p_value", "conf_low", "conf_high"):
        assert getattr(row, column) == pytest.approx(answer[column], rel=rel), column


@pytest.mark.parametrize("name", ["alone", "small", "families", "sites"])
def test_permutation_counts_what_r_counts(name: str) -> None:
    """Every arrangement, by combn: the share as far out, and the smallest there can be."""
    answer = ANSWERS[(ANSWERS["set"] == name) & (ANSWERS["method"] == "permutation")].iloc[0]
    row = compared(name, "permutation")

    assert row.estimate == pytest.approx(answer["estimate"], rel=1e-12)
    assert row.p_value == pytest.approx(answer["p_value"], rel=1e-12)
    assert row.smallest_p == pytest.approx(answer["conf_low"], rel=1e-12)


@pytest.mark.parametrize("name", ["alone", "small"])
def test_glass_delta_is_that_of_effectsize(name: str) -> None:
    """The difference over the reference's SD; effectsize searches its limits to 1e-4."""
    answer = ANSWERS[(ANSWERS["set"] == name) & (ANSWERS["method"] == "glass_delta")].iloc[0]
    (delta,) = compared(name, "welch_change").standardised

    assert delta.name == "glass_delta"
    assert delta.estimate == pytest.approx(answer["estimate"], rel=1e-12)
    assert delta.conf_low == pytest.approx(answer["conf_low"], abs=1e-4)
    assert delta.conf_high == pytest.approx(answer["conf_high"], abs=1e-4)
