"""From scores to estimates: every outcome, nothing absent."""

from __future__ import annotations

import json
import math
import pickle
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from pilot.design.instrument import Reliability
from pilot.design.outcome import Outcome
from pilot.design.text import Text
from pilot.errors import CallError, EstimationError
from pilot.estimation import (
    METHODS,
    complete_pairs,
    contrast_pairs,
    contrasts_of,
    estimate_change,
    holm,
    holm_primaries,
    individual_changes,
    plan_for,
    sites_left_out,
    with_holm,
)
from pilot.estimation.plan import MIXED_FROM
from pilot.estimation.reasons import refusal
from pilot.results import Estimate

WAVES = ["m0", "m12", "m24"]
ONE_WAVE = "has scores at one wave only so far; a change needs two"


def test_a_plan_answers_with_one_method_and_shows_the_others(
    scores: pd.DataFrame, outcome: Outcome
) -> None:
    """Planned first, then alternatives, then sensitivities; every row says for whom."""
    rows = estimate_change(scores, outcome, WAVES)

    assert [(row.method, row.standing) for row in rows] == [
        ("mixed_kr", "planned"),
        ("paired_t", "alternative"),
        ("sign_flip", "alternative"),
        ("persons_t", "alternative"),
        ("pooled_within_sites", "alternative"),
        ("worst_case", "sensitivity"),
        ("best_case", "sensitivity"),
    ]
    planned, paired, flipped = rows[:3]
    assert paired.estimate == pytest.approx(14.5 / 5)
    assert (paired.n_participants, paired.n_families, paired.n_sites) == (8, 5, 2)
    assert paired.estimand == (
        "mean change of families at the sites that took part, over those with both waves, "
        "each weighing 1"
    )
    assert planned.estimand == (
        "mean change of families at the sites that took part, over everyone who started "
        "with at least one score"
    )
    assert flipped.reason == "with 5 changes no exact interval reaches 95%"
    assert not flipped.refused
    assert "symmetric about 0" in flipped.estimand


def test_the_planned_row_says_who_counts_and_why_it_was_chosen(
    scores: pd.DataFrame, outcome: Outcome
) -> None:
    """One person of a sixth family has one wave: used, counted apart, and told."""
    planned, *others = estimate_change(scores, outcome, WAVES)

    assert (planned.n_participants, planned.n_families) == (9, 6)
    assert (planned.incomplete_participants, planned.incomplete_families) == (1, 1)
    assert (planned.complete_participants, planned.complete_families) == (8, 5)
    assert planned.notes[0].en == (
        "1 of 9 people lack one of the two waves; what they did answer counts"
    )
    assert planned.chosen == plan_for(outcome).reason
    assert planned.chosen.en.endswith("everyone who filled in at least one form counts")
    assert all(row.chosen is None for row in others)


def test_the_choice_depends_on_the_number_of_families_only(outcome: Outcome) -> None:
    """Below the number from which the model holds, each family with both waves weighs 1."""
    few, enough = (plan_for(outcome, n_families=n) for n in (MIXED_FROM - 1, MIXED_FROM))

    assert (few.planned, enough.planned) == ("paired_t", "mixed_kr")
    assert few.alternatives == ("sign_flip", "persons_t", "pooled_within_sites")
    assert few.reason.en == (
        f"fewer than {MIXED_FROM} families have both waves, too few for a model that keeps "
        "those with one"
    )


def test_the_contrast_is_last_minus_first_wave_with_data(
    scores: pd.DataFrame, outcome: Outcome
) -> None:
    """Of the waves held and asked; m12 was held and nobody answered."""
    always = replace(outcome, waves=())
    filled = scores.assign(gse_10_total=scores["gse_10_total"].fillna(20.0))

    assert contrast_pairs(scores, always, WAVES).contrast == "m24 - m0"
    assert contrast_pairs(scores, always, [*WAVES, "m36"]).contrast == "m24 - m0"
    assert contrast_pairs(filled, always, ["m0", "m12"]).contrast == "m12 - m0"
    assert contrast_pairs(filled, outcome, WAVES).contrast == "m24 - m0"
    early = replace(outcome, waves=("m0", "m12"))
    assert contrast_pairs(filled, early, WAVES).contrast == "m12 - m0"


def test_the_order_of_waves_is_the_designs(scores: pd.DataFrame, outcome: Outcome) -> None:
    """Not the order of rows, nor of names."""
    renamed = scores.replace({"wave": {"m0": "z", "m24": "a"}}).iloc[::-1]
    asked = replace(outcome, waves=())

    assert contrast_pairs(renamed, asked, ["z", "m12", "a"]).contrast == "a - z"


@pytest.mark.parametrize(
    ("waves", "asked", "contrast", "reason"),
    [
        (["m0"], ("m0", "m24"), "m24 - m0", ONE_WAVE),
        (["m0"], (), "? - m0", ONE_WAVE),
        (["m12"], ("m12", "m36"), "m36 - m12", "has no scores at any wave held so far"),
        (WAVES, ("m24",), "? - m24", "was asked at one wave only, and a change needs two"),
    ],
)
def test_an_outcome_without_a_change_yet_is_a_refused_row(  # noqa: PLR0913 - a table
    waves: list[str],
    asked: tuple[str, ...],
    contrast: str,
    reason: str,
    scores: pd.DataFrame,
    outcome: Outcome,
) -> None:
    """A wave not yet held is no fault, and no outcome is ever absent."""
    (row,) = estimate_change(scores, replace(outcome, waves=asked), waves)

    assert (row.refused, row.contrast, row.reason) == (True, contrast, reason)
    assert (row.method, row.rung) == ("mixed_kr", "profiles")
    assert row.estimand.startswith("mean change of families")
    assert row.reason_nl
    assert row.to_record()["estimate"] is None


def test_nobody_at_both_waves_is_a_refused_row(scores: pd.DataFrame, outcome: Outcome) -> None:
    """Everybody left and others came."""
    others = scores.assign(
        participant=scores["participant"] + scores["wave"].where(scores["wave"] == "m24", "")
    )
    row = estimate_change(others, outcome, WAVES)[0]

    assert row.reason == "nobody has a score at both 'm0' and 'm24'"
    assert (row.n_families, row.smallest_p) == (0, None)


def test_an_outcome_that_was_not_scored_is_a_refused_row(
    scores: pd.DataFrame, outcome: Outcome
) -> None:
    """Scoring may have refused the scale; the outcome stays visible."""
    unscored = replace(outcome, key="lsns_6_total")
    rows = estimate_change(scores, [outcome, unscored], WAVES)

    assert rows[-1].outcome.key == "lsns_6_total"
    assert rows[-1].reason == "has no scores at any wave held so far"


def test_ordinal_outcomes_are_answered_by_net_shares(
    scores: pd.DataFrame, outcome: Outcome
) -> None:
    """Also where the design generalises to sites, and the estimand says for whom it holds."""
    steps = replace(outcome, level="ordinal")
    rows = estimate_change(scores, steps, WAVES, generalises_to="sites")

    assert [row.method for row in rows] == [
        "net_better",
        "sign_test",
        "worst_case",
        "best_case",
    ]
    assert rows[0].estimate == 1.0
    assert "at the sites that took part" in rows[0].estimand
    assert rows[2].estimate == pytest.approx(4 / 6)


def test_sites_refuse_two_sites_and_families_still_answer_beside_it(
    scores: pd.DataFrame, outcome: Outcome
) -> None:
    """The planned row is refused with its reason; the alternative is no replacement."""
    rows = estimate_change(scores, outcome, WAVES, generalises_to="sites")

    assert (rows[0].method, rows[0].refused, rows[0].standing) == (
        "site_means_t", True, "planned"
    )  # fmt: skip
    beside = {row.method: row for row in rows if row.standing == "alternative"}
    assert [name for name, row in beside.items() if row.refused] == ["site_cr2", "site_wild"]
    assert list(beside) == ["site_cr2", "site_wild", "paired_t", "sign_flip", "persons_t"]


def test_swapping_the_waves_swaps_the_sign(scores: pd.DataFrame, outcome: Outcome) -> None:
    """Through the whole call."""
    forth = estimate_change(scores, outcome, WAVES)[0]
    back = estimate_change(scores, outcome, WAVES[::-1])[0]

    assert back.estimate == -forth.estimate
    assert back.standardised[0].estimate == pytest.approx(-forth.standardised[0].estimate)


def test_pseudonyms_and_row_order_change_no_digit(
    scores: pd.DataFrame, outcome: Outcome
) -> None:
    """The same numbers under other names in another order."""
    other = scores.sample(frac=1, random_state=9)
    other["participant"] = other["participant"].map(lambda name: f"z{9 - int(name[1])}{name}")
    other["family"] = other["family"].map(dict(zip("abcdef", "qponml", strict=True)))

    for one, same in zip(
        estimate_change(scores, outcome, WAVES),
        estimate_change(other, outcome, WAVES),
        strict=True,
    ):
        assert one.to_record() == same.to_record()


def test_rows_are_plain_numbers(scores: pd.DataFrame, outcome: Outcome) -> None:
    """They go to JSON as they are, and to another process."""
    for row in estimate_change(scores, outcome, WAVES):
        assert json.loads(json.dumps(row.to_record(), allow_nan=False)) == row.to_record()
        assert pickle.loads(pickle.dumps(row)) == row


def test_a_refusal_travels_between_processes() -> None:
    """With its Dutch."""
    why = refusal("no_scores", "outcome 'x'", "ask it")

    assert pickle.loads(pickle.dumps(why)).reason_nl == why.reason_nl


def test_refuses_an_unknown_generalisation(scores: pd.DataFrame, outcome: Outcome) -> None:
    """A word the design cannot say."""
    with pytest.raises(CallError) as caught:
        estimate_change(scores, outcome, WAVES, generalises_to="family")

    assert str(caught.value) == (
        "generalises_to: 'family' is nothing an estimate generalises to\n"
        "  mend: did you mean 'families'? known: families, sites"
    )


def test_every_planned_name_is_in_the_registry(outcome: Outcome, ladder: Outcome) -> None:
    """A plan cannot name a method that is not there, and methods carry their own name."""
    for each in (outcome, ladder):
        for generalises_to in ("families", "sites"):
            assert {name for name, _ in plan_for(each, generalises_to)} <= set(METHODS)
    assert [function.__name__ for function in METHODS.values()] == list(METHODS)


def test_individual_changes_stand_for_the_same_contrast(
    scores: pd.DataFrame, outcome: Outcome
) -> None:
    """One of persons for each outcome, refused ones too."""
    alpha = Reliability(value=0.84, kind="alpha", source="a published table")
    known = replace(outcome, reliability=(alpha,))
    counted, unknown, later = individual_changes(
        contrasts_of(scores, [known, outcome, replace(known, waves=("m24",))], WAVES)
    )

    assert counted.contrast == "m24 - m0"
    assert counted.improved + counted.cannot_tell + counted.worse == 8
    assert counted.expected_false == pytest.approx(0.4)
    assert unknown.refused
    assert later.reason == "was asked at one wave only, and a change needs two"


def test_sites_are_left_out_of_every_outcome_that_stands(
    scores: pd.DataFrame, outcome: Outcome
) -> None:
    """Outcomes below the ladder, and those of one site, have no rows."""
    frame = sites_left_out(
        contrasts_of(scores, [outcome, replace(outcome, role="child")], WAVES)
    )

    assert list(frame.columns) == [
        "outcome", "role", "contrast", "site_left_out", "estimate", "n"
    ]  # fmt: skip
    assert list(frame["site_left_out"]) == ["north", "south"]
    assert set(frame["role"]) == {"parent"}
    assert sites_left_out(contrasts_of(scores.assign(site=None), outcome, WAVES)).empty


def test_holm_counts_a_refused_primary(outcome: Outcome, scores: pd.DataFrame) -> None:
    """The number of tests was fixed beforehand: one refused does not make the other cheaper."""
    first = replace(outcome, primary=True)
    second = replace(first, key="lsns_6_total")
    rows = estimate_change(scores, [first, second, outcome], WAVES)
    frame = holm_primaries(rows)

    assert list(frame["outcome"]) == ["gse_10_total", "lsns_6_total"]
    assert frame["p_value"][0] == rows[0].p_value
    assert frame["p_adjusted"][0] == 2 * rows[0].p_value
    assert math.isnan(frame["p_adjusted"][1])


def test_with_holm_a_verdict_asks_for_the_adjusted_p() -> None:
    """An interval without 0 is no verdict once two primaries share the 5 %; others keep it."""
    gse = Outcome("gse", Text(nl="a", en="a"), "better", 10, 40, primary=True)
    wide = {"estimate": 2.0, "conf_low": 0.1, "conf_high": 3.9}
    rows = [
        Estimate(gse, "b - a", "", "paired_t", p_value=0.04, **wide),
        Estimate(gse, "b - a", "", "sign_flip", "alternative", p_value=0.04, **wide),
        Estimate(replace(gse, key="lsns"), "b - a", "", "paired_t", refused=True, reason="x"),
        Estimate(
            replace(gse, key="who", primary=False), "b - a", "", "t", p_value=0.04, **wide
        ),
    ]
    told = with_holm(rows)

    assert [row.p_adjusted for row in told] == [0.08, None, None, None]
    assert [row.verdict for row in rows] == ["better", "better", "refused", "better"]
    assert [row.verdict for row in told] == ["cannot tell", "better", "refused", "better"]
    assert [row.to_record() for row in told] == [row.to_record() for row in rows]
    assert list(holm_primaries(rows)["p_adjusted"].dropna()) == [0.08]


def test_holm_refuses_what_is_no_p() -> None:
    """A t in the wrong column is found."""
    with pytest.raises(EstimationError) as caught:
        holm([0.02, 2.7])

    assert str(caught.value) == "holm: p = 2.7 is outside 0 to 1\n  mend: give p-values"


def simulated(seed: int, change: float) -> pd.DataFrame:
    """Twelve families of one to three parents, their own mean and their own change."""
    drawn = np.random.default_rng(seed)
    members = 1 + np.arange(12) % 3
    family = np.repeat([f"f{i}" for i in range(12)], members)
    level = np.repeat(drawn.normal(28, 4, 12), members) + drawn.normal(0, 3, len(family))
    moved = np.repeat(drawn.normal(change, 3, 12), members)
    people = pd.DataFrame(
        {"participant": [f"p{i}" for i in range(len(family))], "family": family}
    )
    after = level + moved + drawn.normal(0, 2, len(family))
    return pd.concat(
        [
            people.assign(wave="m0", gse_10_total=level + drawn.normal(0, 2, len(family))),
            people.assign(wave="m24", gse_10_total=after),
        ]
    )


def test_a_simulated_truth_comes_back(outcome: Outcome) -> None:
    """Over 250 pilots with a true change of 2.5 the estimates centre on it, 95 % cover it."""
    rows = [answer(simulated(seed, 2.5), outcome, "paired_t") for seed in range(250)]

    estimates = np.array([row.estimate for row in rows])
    covered = np.mean([row.conf_low <= 2.5 <= row.conf_high for row in rows])
    assert estimates.mean() == pytest.approx(2.5, abs=3 * estimates.std() / math.sqrt(250))
    assert covered == pytest.approx(0.95, abs=3 * math.sqrt(0.95 * 0.05 / 250))


def test_ignoring_families_rejects_too_often(outcome: Outcome) -> None:
    """Why persons_t is never planned: without any change it rejects more than family means."""
    pilots = [simulated(1000 + seed, 0.0) for seed in range(250)]
    families, persons = (
        np.mean([answer(pilot, outcome, name).p_value < 0.05 for pilot in pilots])
        for name in ("paired_t", "persons_t")
    )

    assert families <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / 250)
    assert persons > families + 0.03


def answer(scores: pd.DataFrame, outcome: Outcome, name: str) -> Estimate:
    """Answer with one method only."""
    return METHODS[name](complete_pairs(scores, outcome, "m0", "m24"), plan_for(outcome))
