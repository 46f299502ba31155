"""What stands beside the estimates: always the same rows, each a number or a reason."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from pilot.design.history import StatedShift
from pilot.design.instrument import Reference, Reliability
from pilot.design.outcome import Outcome
from pilot.design.then_test import ThenTest
from pilot.estimation import (
    Seen,
    beside,
    bootstrap_change,
    contrast_pairs,
    contrasts_of,
    dose_slope,
    estimate_change,
    individual_change,
    paired_odds,
    posterior_changes,
    proportional_odds,
    sign_flip,
    slopes,
    tipping_point,
)
from pilot.estimation.beside import OF_MEANS, OF_STEPS, SLOPES
from pilot.estimation.history import history_shift
from pilot.estimation.means import paired_t
from pilot.estimation.means import sign_flip as sign_flip_row
from pilot.estimation.plan import Plan
from pilot.results import Beside

WAVES = ("m0", "m24")
KNOWN = Reliability(value=0.85, kind="alpha", source="made up")
ADULTS = Reference(population="adults", mean=30.0, sd=4.0, source="made up")


def panel(seed: int = 3, families: int = 14, left: int = 4) -> pd.DataFrame:
    """Draw a parent of each family, +3 points on average; the last families leave."""
    drawn = np.random.default_rng(seed)
    people = pd.DataFrame(
        {
            "participant": [f"p{i:02d}" for i in range(families)],
            "family": [f"f{i:02d}" for i in range(families)],
            "site": ["north", "south"] * (families // 2),
            "role": "parent",
        }
    )
    level = drawn.normal(26, 4, families)
    before = (level + drawn.normal(0, 1.5, families)).round().clip(10, 40)
    after = (level + 3 + drawn.normal(0, 1.5, families)).round().clip(10, 40)
    before[families - left :] -= 6
    after[families - left :] = np.nan
    waves = zip(WAVES, (0.0, 24.0), (before, after), strict=True)
    return pd.concat(
        [people.assign(wave=w, months=m, gse_10_total=s, ladder=s // 10) for w, m, s in waves],
        ignore_index=True,
    )


def told_of(scores: pd.DataFrame, outcome: Outcome, **more: object) -> dict[str, Beside]:
    """Return the rows of one outcome by name."""
    return {
        each.name: each for each in beside(contrasts_of(scores, outcome, WAVES), Seen(**more))
    }


@pytest.fixture
def known(outcome: Outcome) -> Outcome:
    """Return the outcome with a published reliability and reference group."""
    return replace(outcome, reliability=(KNOWN,), reference=(ADULTS,))


def test_every_row_is_there_answered_or_not(known: Outcome, ladder: Outcome) -> None:
    """Two waves, one wave, or four families: the same names in the same order."""
    whole, one = panel(), panel()[lambda t: t["wave"] == "m0"]
    few = panel(families=4, left=0)
    for scores in (whole, one, few):
        for outcome, names in ((known, OF_MEANS), (ladder, OF_STEPS)):
            rows = beside(contrasts_of(scores, outcome, WAVES))
            assert [row.name for row in rows] == list(names)
            assert all(row.refused == (not row.numbers) for row in rows)
            assert all(bool(row.reason) == bool(row.reason_nl) == row.refused for row in rows)


def test_rows_say_what_their_methods_say(known: Outcome) -> None:
    """Each row holds the numbers of the public function it is named after."""
    scores = panel()
    told, pairs = told_of(scores, known), contrast_pairs(scores, known, WAVES)
    tip = tipping_point(pairs, paired_t(pairs, Plan("paired_t")))
    first, second = posterior_changes(pairs)
    flags = individual_change(pairs)

    assert told["tipping_point"].numbers["change_of_leavers"] == tip.change_of_leavers
    assert told["tipping_point"].words == tip.words
    assert told["posterior_beyond_history"].numbers["estimate"] == first.estimate
    assert told["posterior_as_usually_seen"].numbers["conf_low"] == second.conf_low
    assert told["false_flags"].numbers == {"n": 10, "expected": 0.5, "at_95": flags.false_at_95}
    assert told["index_jacobson_truax"].numbers["improved"] == flags.improved


def test_planted_leavers_are_found(known: Outcome) -> None:
    """Four who started 6 points lower leave: the table says so, about as far."""
    numbers = told_of(panel(families=200, left=80), known)["attrition"].numbers

    assert (numbers["n_stayed"], numbers["n_left"]) == (120, 80)
    assert -7.5 < numbers["difference"] < -4.5


def test_planted_change_is_found_again(known: Outcome) -> None:
    """A true change of 3 points lies within both posteriors of 60 families."""
    told = told_of(panel(families=60, left=0), known)
    for name in ("posterior_beyond_history", "posterior_as_usually_seen"):
        numbers = told[name].numbers
        assert numbers["conf_low"] < 3 < numbers["conf_high"]
        assert numbers["probability_better"] > 0.99


def test_who_came_more_often_changed_more_and_no_cause_is_claimed(known: Outcome) -> None:
    """Attendance that grows with change has a high rank correlation, in careful words."""
    scores = panel(left=0)
    pairs = contrast_pairs(scores, known, WAVES)
    change = pd.Series(pairs.after - pairs.before, index=pairs.table["participant"])
    told = told_of(scores, known, dose=change.rank())["dose"]

    assert told.numbers["rho"] > 0.99
    assert "that does not show that coming did it" in told.words.en


@pytest.mark.parametrize(
    ("name", "en", "nl"),
    [
        (
            "dose",
            "no attendance was registered, so nothing can be held beside the change",
            "er is geen opkomst bijgehouden; naast de verandering valt dus niets te leggen",
        ),
        (
            "imputed_t",
            "10 families with both waves; filling in who left is done from 20",
            "10 gezinnen met beide metingen; wie afviel vullen we pas in vanaf 20",
        ),
        (
            "usual_movement",
            "no published retest over about 24 months tells how people usually move",
            "geen gepubliceerde hertest over ongeveer 24 maanden zegt hoe mensen gewoonlijk "
            "schommelen",
        ),
        (
            "index_hsu_linn_lord",
            "no published mean says where such people stand at the later wave without a "
            "programme",
            "geen gepubliceerd gemiddelde zegt waar zulke mensen later staan zonder programma",
        ),
    ],
)
def test_what_cannot_be_said_has_its_reason(
    known: Outcome, name: str, en: str, nl: str
) -> None:
    """The whole reason stands in the row, in both languages."""
    row = told_of(panel(), known)[name]

    assert (row.refused, row.reason, row.reason_nl) == (True, en, nl)
    assert row.to_record()["reason"] == en


def test_a_stated_history_is_held_against_the_planned_estimate(known: Outcome) -> None:
    """The numbers are those of `history_shift`; without a stated shift it is refused."""
    stated = replace(known, history=StatedShift(shift=1.0, source="made up"))
    scores = panel()
    planned = estimate_change(scores, stated, WAVES)
    row = told_of(scores, stated, estimates=tuple(planned))["history_shift"]
    bare = told_of(scores, known)["history_shift"]
    found = history_shift(planned[0], 1.0, "made up")

    assert row.numbers["method"] == planned[0].method
    assert row.numbers["remains"] == found.remains
    assert row.words == found.words
    assert bare.reason == (
        "the design states no shift of the neighbourhood itself, with its source"
    )
    assert bare.reason_nl == "het ontwerp noemt geen verschuiving van de buurt zelf, met bron"


def test_a_then_test_stands_beside_the_change(known: Outcome) -> None:
    """The start, looked back at 2 points lower, shifts by 2; nobody asked: refused."""
    scores = panel(left=0)
    first = scores.set_index("participant").loc[lambda t: t["wave"] == "m0", "gse_10_total"]
    noise = pd.Series([-1.0, 1.0] * 7, index=first.index)
    back = scores["participant"].map(first - 2 + noise)
    asked = scores.assign(gse_10_then_total=back.where(scores["wave"] == "m24"))
    then = ThenTest("gse_10_total", "gse_10_then_total", "parent", "m0", "m24")
    numbers = told_of(asked, known, then_tests=(then,))["response_shift"].numbers

    assert (numbers["shift_estimate"], numbers["n"]) == (-2.0, 14)
    assert numbers["as_asked_estimate"] + 2 == pytest.approx(numbers["by_then_test_estimate"])
    assert told_of(scores, known)["response_shift"].reason == (
        "nobody was asked afterwards how the start was, so no shift can be told"
    )


def test_families_are_drawn_again_from_twelve(known: Outcome) -> None:
    """Twelve families: the numbers of `bootstrap_change`; eleven: its reason."""
    twelve, eleven = (panel(families=14, left=left) for left in (2, 3))
    drawn = bootstrap_change(contrast_pairs(twelve, known, WAVES).changes)
    numbers = told_of(twelve, known)["bootstrap_change"].numbers

    assert (numbers["conf_low"], numbers["conf_high"]) == (drawn.conf_low, drawn.conf_high)
    assert (numbers["n"], numbers["resamples"]) == (12, 10_000)
    assert told_of(eleven, known)["bootstrap_change"].reason == (
        "11 families; drawing families again and again covers 78, 91 and 94% at 4, 8 and 16 "
        "where it says 95%, so it is done from 12"
    )


def test_without_families_participants_are_drawn(known: Outcome) -> None:
    """Where nobody has a family the reason counts participants."""
    alone = panel(left=4).drop(columns="family")
    reason = told_of(alone, known)["bootstrap_change"].reason_nl or ""

    assert reason.startswith("10 deelnemers; steeds opnieuw trekken")


def test_each_further_time_has_its_slope(known: Outcome) -> None:
    """Beside the rank correlation: the points of `dose_slope`, or why there are none."""
    scores = panel(left=0)
    pairs = contrast_pairs(scores, known, WAVES)
    times = pd.Series(np.arange(14) % 7, index=pairs.table["participant"])
    found, row = dose_slope(pairs, times), told_of(scores, known, dose=times)["dose_slope"]

    assert row.numbers["estimate"] == found.slope.estimate
    assert (row.numbers["method"], row.numbers["n_people"]) == ("lm", 14)
    few = panel(families=8, left=0)
    assert told_of(few, known, dose=times)["dose_slope"].reason == (
        "8 families with a change and an attendance; how the two go together is told from 10"
    )
    assert told_of(scores, known)["dose_slope"].reason == (
        "no attendance was registered, so nothing can be held beside the change"
    )


def test_odds_stand_beside_the_ranks(ladder: Outcome) -> None:
    """Counts and their ratio always, a model of steps from twenty families."""
    steps = replace(ladder, key="ladder", role="parent", low=0, high=4)
    many, few = panel(families=24, left=0), panel(left=0)
    pairs, told = contrast_pairs(many, steps, WAVES), told_of(many, steps)
    odds = paired_odds(pairs)

    assert told["paired_odds"].words == odds.words
    assert told["paired_odds"].numbers["better"] == odds.better > odds.worse
    assert told["proportional_odds"].numbers["estimate"] == proportional_odds(pairs).estimate
    assert told_of(few, steps)["proportional_odds"].reason == (
        "14 families with both waves; a proportional odds model is fitted from 20, for below "
        "that its interval is too narrow or has no end"
    )


def test_half_steps_are_a_reason_and_no_crash(ladder: Outcome) -> None:
    """A missing answer made up for may give a half step: one refused row, the rest stay."""
    steps = replace(ladder, key="ladder", role="parent", low=0, high=4)
    scores = panel(families=24, left=0)
    scores["ladder"] = scores["ladder"] + np.where(np.arange(48) == 40, 0.5, 0.0)
    told = told_of(scores, steps)

    assert told["proportional_odds"].reason == (
        "its scores are no whole steps of a scale with at most 15"
    )
    assert not told["paired_odds"].refused


def test_lines_of_families_need_three_waves(known: Outcome) -> None:
    """Two waves are refused; three give a row a family, in both the table and the row."""
    two = told_of(panel(), known)["family_slopes"]
    middle = panel(seed=4)[lambda t: t["wave"] == "m24"].assign(wave="m12", months=12.0)
    three = pd.concat([panel(left=0), middle.dropna(subset="gse_10_total")])
    outcome = replace(known, waves=("m0", "m12", "m24"))
    contrasts = contrasts_of(three, outcome, ["m0", "m12", "m24"])
    table = slopes(contrasts)
    (row,) = (each for each in beside(contrasts) if each.name == "family_slopes")

    assert two.refused
    assert list(table.columns) == list(SLOPES)
    assert (row.numbers["n"], row.numbers["highest"]) == (14, table["slope_per_year"].max())
    assert slopes(contrasts_of(panel(), known, WAVES)).empty


def test_records_are_plain_and_unrounded(known: Outcome) -> None:
    """JSON takes each record as it is: no NaN, no array, no number of numpy."""
    rows = [row.to_record() for row in beside(contrasts_of(panel(left=1), known, WAVES))]

    assert json.loads(json.dumps(rows, allow_nan=False)) == rows
    attrition = next(row["numbers"] for row in rows if row["name"] == "attrition")
    assert attrition["sd_left"] is None, "one leaver has no SD"


def test_without_a_cut_off_nobody_recovers(outcome: Outcome, known: Outcome) -> None:
    """The line is the published one; without a reference group it is refused."""
    passed = told_of(panel(), known)["clinical_cut_off"].numbers
    bare = told_of(panel(), replace(outcome, reliability=(KNOWN,)))["clinical_cut_off"]

    assert (passed["cut_off"], passed["population"]) == (22.0, "adults")
    assert passed["recovered"] <= passed["beyond_before"]
    assert bare.reason == "no published mean and SD of people in general"


def test_drawn_signs_are_told_with_draws_and_seed(known: Outcome) -> None:
    """Above 20 families the row says what was drawn, how often, and from which seed."""
    pairs = {n: contrast_pairs(panel(families=n, left=0), known, WAVES) for n in (20, 22, 40)}
    rows = {n: sign_flip_row(each, Plan("paired_t")) for n, each in pairs.items()}
    counted = [sign_flip(each.changes).sampled for each in pairs.values()]

    assert counted == [False, False, True], "two of the 22 did not change"
    assert rows[20].notes == ()
    assert rows[40].to_record()["notes"] == [note.model_dump() for note in rows[40].notes]
    assert rows[40].notes[0].en == (
        "p and interval come from 99,999 draws of signs with seed 1938: the patterns of more "
        "than 20 changes are too many to count one by one"
    )
    assert rows[22].notes[0].nl == (
        "de marge komt uit 99.999 lotingen van tekens met startgetal 1938: bij meer dan 20 "
        "veranderingen zijn er te veel patronen om ze een voor een te tellen"
    )
