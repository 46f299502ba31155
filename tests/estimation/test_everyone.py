"""The planned model: everyone with at least one score, by Kenward-Roger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from pilot.design.outcome import Outcome
from pilot.estimation import METHODS, Pairs, Plan, complete_pairs, plan_for
from pilot.estimation.everyone import EveryonesChange, change_of_everyone, model_of
from pilot.estimation.everyone_rows import averaged, everyone_of
from pilot.estimation.mixed import mixed_model
from pilot.estimation.reasons import Refusal
from pilot.results import Estimate

REFERENCE = Path(__file__).parents[1] / "reference"
CHANGES = pd.read_csv(REFERENCE / "planned" / "changes.csv", keep_default_na=False)
NUMBERS = [
    "estimate", "std_error", "df", "p_value",
    "conf_low", "conf_high", "conf_low_75", "conf_high_75",
]  # fmt: skip


def rows_of(name: str, families: str = "") -> pd.DataFrame:
    """Return the scores that R had."""
    rows = pd.read_csv(REFERENCE / "mixed" / "data" / f"{name}.csv")
    return rows[rows["family"].isin([int(each) for each in families.split()] or rows["family"])]


def changed(rows: pd.DataFrame, earlier: str = "t0", later: str = "t1") -> EveryonesChange:
    """Return the change of everyone between two waves."""
    return change_of_everyone(everyone_of(rows), earlier, later)


def people(seed: int, members: list[int], waves: int = 2, change: float = 0.0) -> pd.DataFrame:
    """Draw families with a level, waves of their own, and people who differ in them."""
    drawn = np.random.default_rng(seed)
    family = np.repeat(np.arange(len(members)), members)
    shape = (len(family), waves)
    level = drawn.normal(20, 2, len(members))[family] + drawn.normal(0, 1.5, len(family))
    shared = drawn.normal(0, 0.8, (len(members), waves))[family]
    score = level[:, None] + shared + drawn.normal(0, 1.2, shape) + change * np.arange(waves)
    return pd.DataFrame(
        {
            "participant": np.repeat([f"p{i}" for i in range(len(family))], waves),
            "family": np.repeat([f"f{i}" for i in family], waves),
            "wave": np.tile([f"t{i}" for i in range(waves)], len(family)),
            "months": np.tile(12.0 * np.arange(waves), len(family)),
            "score": score.ravel(),
        }
    )


@pytest.mark.parametrize("place", CHANGES.index, ids=CHANGES["name"])
def test_gives_what_lme4_and_pbkrtest_give(place: int) -> None:
    """Estimate, error, df, p and both intervals, with variances at zero told as R tells.

    Where one is at zero, R's error and df are those of clubSandwich.
    """
    said = CHANGES.loc[place]
    found = changed(rows_of(said["file"], said["families"]), said["earlier"], said["later"])

    assert_allclose(
        [getattr(found.change, name) for name in NUMBERS],
        said[NUMBERS].to_numpy(dtype=float),
        rtol=1e-5,
        atol=1e-5,
    )
    assert found.singular == said["singular"]


@pytest.mark.parametrize("place", CHANGES.index, ids=CHANGES["name"])
def test_gives_what_the_public_model_gives(place: int) -> None:
    """The fast way in and the way by formula are one model, to 1e-9.

    Where no variance is at zero; else the estimate alone, and the error follows from how
    families differ.
    """
    said = CHANGES.loc[place]
    rows = rows_of(said["file"], said["families"])
    model = model_of(everyone_of(rows))
    used = rows
    if model.averaged:
        used = rows.groupby(["family", "wave"], as_index=False)[["score", "months"]].mean()
    fit = mixed_model(model.formula, used, groups=model.groups)
    by_formula = fit.coefficients().iloc[-1]
    found = changed(rows, said["earlier"], said["later"])

    names = ["estimate", "std_error", "df", "p_value", "conf_low", "conf_high"]
    assert found.by_families == found.singular
    names = names[:1] if found.by_families else names
    assert_allclose(
        [getattr(found.change, name) for name in names],
        by_formula[names].to_numpy(dtype=float),
        rtol=1e-9,
    )
    assert found.at_zero == fit.at_zero
    assert model.averaged == (fit.n < len(rows) or "participant" not in model.groups)


@pytest.mark.parametrize(
    ("members", "waves", "groups", "is_averaged"),
    [
        ([1] * 6, 2, ("family",), True),
        ([1, 2, 1, 1, 3, 1], 2, ("family",), True),
        ([1, 2, 2, 1, 3, 1], 2, ("family", "family:wave", "participant"), False),
        ([1] * 6, 3, ("months | family",), True),
        ([1, 2, 1, 1, 3, 1], 5, ("months | family",), True),
        ([2] * 6, 5, ("months | family", "family:wave", "participant"), False),
    ],
)
def test_the_model_follows_from_who_was_asked_when(
    members: list[int], waves: int, groups: tuple[str, ...], is_averaged: bool
) -> None:
    """Two waves or more; no, few or several families with two members; never the scores."""
    rows = people(1, members, waves)
    model = model_of(everyone_of(rows))

    assert (model.formula, model.groups, model.averaged) == (
        "score ~ wave",
        groups,
        is_averaged,
    )
    assert model_of(everyone_of(rows.assign(score=7.0))) == model


def test_members_who_never_meet_are_averaged() -> None:
    """Two members who answered at different waves cannot tell what is shared at one."""
    rows = people(2, [2] * 6)
    second = rows["participant"].str[1:].astype(int) % 2 == 1
    apart = rows[second == (rows["wave"] == "t1")]
    left = rows[~second | (rows["wave"] == "t0")]

    assert not model_of(everyone_of(rows)).averaged
    assert not model_of(everyone_of(left)).averaged
    assert model_of(everyone_of(apart)).averaged


def test_who_has_no_family_is_one() -> None:
    """Unknown families are people; one that is named once holds at each wave."""
    rows = people(3, [1, 1, 2, 1])
    alone = everyone_of(rows.assign(family=None))
    later = rows["family"].where(rows["wave"] == "t1")

    assert (alone.n_families, alone.n_participants) == (5, 5)
    assert everyone_of(rows.drop(columns="family")).n_families == 5
    assert everyone_of(rows.assign(family=later)).n_families == 4
    assert set(everyone_of(rows).families) == {"f0", "f1", "f2", "f3"}


def test_is_the_paired_t_when_everybody_answered_twice(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """One person a family and nobody lost: the model and the paired t are one."""
    rows = people(4, [1] * 9)
    pairs = pairs_from(outcome, *(rows.score[rows.wave == wave] for wave in ("t0", "t1")))
    by_model, by_pairs = (METHODS[name](pairs, Plan(name)) for name in ("mixed_kr", "paired_t"))

    assert (by_model.df, by_model.n_families) == (pytest.approx(8), 9)
    for name in NUMBERS:
        assert getattr(by_model, name) == pytest.approx(getattr(by_pairs, name), rel=1e-9)
    for one, same in zip(by_model.standardised, by_pairs.standardised, strict=True):
        assert list(asdict(one).values())[1:] == pytest.approx(list(asdict(same).values())[1:])


@pytest.mark.parametrize("members", [1, 2, 3])
def test_is_the_paired_t_on_family_means_also_with_a_variance_at_zero(members: int) -> None:
    """Families of one size, nobody lost: 40 pilots, some with a variance at zero, to 1e-9."""
    singular = 0
    for seed in range(40):
        rows = people(seed, [members] * 6)
        found = changed(rows)
        means = rows.pivot_table(index="family", columns="wave", values="score")
        changes = (means["t1"] - means["t0"]).to_numpy()
        singular += found.singular

        expected = [changes.mean(), changes.std(ddof=1) / np.sqrt(6), 5.0]
        mine = [found.change.estimate, found.change.std_error, found.change.df]
        assert mine == pytest.approx(expected, rel=1e-9 if found.by_families else 1e-7)
        assert found.by_families == found.singular
    assert 0 < singular < 40


def test_families_that_change_alike_keep_the_model_s_error() -> None:
    """Members differ, means of families move by 1 exactly: no error of 0 from CR2."""
    rows = people(21, [2] * 6)
    moved = rows["wave"] == "t1"
    start = rows["score"].to_numpy()[0::2]
    off = np.tile([1.5, -1.5], 6) * np.repeat(np.arange(1.0, 7), 2) / 3
    rows.loc[moved, "score"] = start + 1.0 + off
    found = changed(rows)

    assert found.change.estimate == pytest.approx(1.0)
    assert ("family:wave" in found.at_zero, found.by_families) == (True, False)
    assert found.change.std_error > 0.1


def test_intervals_hold_as_they_say_where_members_share_no_change() -> None:
    """Five families of one to four, 500 pilots: the 75 % interval, within three errors.

    By Kenward-Roger alone it would hold 85 % of them.
    """
    held = []
    for seed in range(500):
        drawn = np.random.default_rng([31, seed])
        rows = people(seed, [1, 2, 3, 2, 4])
        rows["score"] = drawn.normal(size=len(rows)) + np.repeat(drawn.normal(size=12), 2)
        change = changed(rows).change
        held.append(change.conf_low_75 <= 0 <= change.conf_high_75)

    assert np.mean(held) == pytest.approx(0.75, abs=3 * np.sqrt(0.75 * 0.25 / 500))


@pytest.mark.parametrize("seed", range(60))
def test_odd_pilots_get_an_interval_or_a_refusal(seed: int) -> None:
    """Two to five waves, families of one to four, half of the scores lost, few steps."""
    drawn = np.random.default_rng([47, seed])
    sizes = [int(each) for each in drawn.integers(1, 5, drawn.integers(2, 13))]
    rows = people(seed, sizes, waves=int(drawn.integers(2, 6)))
    rows["score"] = rows["score"].round(int(drawn.integers(-1, 2)))
    kept = rows[drawn.random(len(rows)) > drawn.choice([0.0, 0.2, 0.5])]
    try:
        change = changed(kept, "t0", str(kept["wave"].max())).change
    except Refusal:
        return

    assert np.isfinite([change.estimate, change.df]).all()
    assert change.std_error > 0
    assert change.conf_low < change.conf_low_75 < change.conf_high_75 < change.conf_high


def test_swapping_waves_and_rescaling() -> None:
    """Swapped waves change the sign; other units of score and of time change only the unit."""
    rows = people(5, [1, 2, 2, 1, 3, 2, 1], waves=4).drop(index=[3, 9, 10, 20])
    one = changed(rows, "t0", "t3")
    back = changed(rows, "t3", "t0")
    other = changed(rows.assign(score=7 - 10 * rows.score, months=rows.months / 12), "t0", "t3")

    assert back.change.estimate == pytest.approx(-one.change.estimate, rel=1e-12)
    assert back.change.p_value == pytest.approx(one.change.p_value, rel=1e-12)
    assert other.change.estimate == pytest.approx(-10 * one.change.estimate, rel=1e-6)
    assert other.change.std_error == pytest.approx(10 * one.change.std_error, rel=1e-6)
    assert other.change.df == pytest.approx(one.change.df, rel=1e-5)


def test_names_and_order_change_no_digit() -> None:
    """Whole scores, so that people tie: other pseudonyms and rows in another order."""
    rows = people(6, [1, 2, 2, 1, 3, 2, 1]).round({"score": 0}).drop(index=[2, 11])
    other = rows.sample(frac=1, random_state=3)
    other["participant"] = "z" + other["participant"].str[::-1]
    other["family"] = other["family"].map(lambda name: f"q{9 - int(name[1])}")

    one, same = (
        change_of_everyone(everyone_of(each, ["t0", "t1"]), "t0", "t1")
        for each in (rows, other)
    )
    assert one == same


def test_a_form_without_a_date_stands_at_the_middle_of_its_wave() -> None:
    """The median of the others at that wave; not known of a whole wave, it is refused."""
    rows = people(7, [1] * 8, waves=3)
    rows["months"] += np.arange(len(rows)) % 5
    lost = rows["months"].mask(rows.index == 4)
    middle = rows.loc[(rows.wave == "t1") & (rows.index != 4), "months"].median()

    undated = changed(rows.assign(months=lost), "t0", "t2")
    assert undated == changed(rows.assign(months=lost.fillna(middle)), "t0", "t2")
    with pytest.raises(Refusal) as caught:
        changed(rows.assign(months=rows["months"].mask(rows.wave == "t1")), "t0", "t2")
    assert str(caught.value) == (
        "scores: when 't1' was answered is not known, and a line over more than two waves "
        "needs it\n  mend: give months since the start, or compare two waves"
    )


def test_waves_at_one_moment_are_no_line() -> None:
    """Three waves whose months are all 0: the refusal names months, and no variance."""
    with pytest.raises(Refusal) as caught:
        changed(people(7, [1] * 8, waves=3).assign(months=0.0), "t0", "t2")

    assert str(caught.value) == (
        "scores, months: all 24 values are 0; without spread there is nothing to estimate\n"
        "  mend: give months since each one's own start"
    )


def test_without_a_spread_nothing_is_standardised(outcome: Outcome) -> None:
    """All with both ends stand at 40 twice; the middle wave and who left make an estimate."""
    rows = pd.DataFrame(
        {
            "participant": [*"abcdef" * 3, "y", "z"],
            "wave": ["t0"] * 6 + ["t1"] * 6 + ["t2"] * 6 + ["t1", "t0"],
            "months": [0.0] * 6 + [6.0] * 6 + [12.0] * 6 + [6.0, 0.0],
            outcome.key: [40.0] * 6 + [40.0, 36, 40, 40, 40, 34] + [40.0] * 6 + [30.0, 37.0],
        }
    )
    row = METHODS["mixed_kr"](complete_pairs(rows, outcome, "t0", "t2"), plan_for(outcome))

    assert (row.refused, row.standardised) == (False, ())
    assert row.conf_low < row.estimate < row.conf_high


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda rows: rows[rows.wave == "t0"],
            "scores: nobody has a score at 't1'\n"
            "  mend: look in the flow at who is due and who left",
        ),
        (
            lambda rows: rows[rows.family == "f2"],
            "scores: all 4 scores belong to one family; how much families differ needs two\n"
            "  mend: follow more families, or show this one by itself",
        ),
        (
            lambda rows: rows.drop_duplicates("family").assign(wave=["t0", "t1"] * 3),
            "scores: each of the 6 families has one wave, so no change of a family is known\n"
            "  mend: link the waves, or follow the same people",
        ),
        (
            lambda rows: rows.assign(score=40.0),
            "scores: all 14 values are 40; without spread there is nothing to estimate\n"
            "  mend: show the values one by one",
        ),
        (
            lambda rows: rows.assign(score=rows["wave"].map({"t0": 12.0, "t1": 40.0})),
            "scores: the fixed effects give every one of the 12 values exactly; no spread is "
            "left\n  mend: show the values one by one",
        ),
        (
            lambda rows: rows.assign(
                score=rows["family"].str[1].astype(float) + 3.0 * (rows["wave"] == "t1")
            ),
            "groups 'family': fixed and random effects together give every value exactly (as "
            "when everybody changed alike), so nothing tells how sure an estimate is\n"
            "  mend: show the changes one by one",
        ),
    ],
    ids=["empty wave", "one family", "waves apart", "no spread", "exact", "all alike"],
)
def test_refuses_what_no_model_carries(
    change: Callable[[pd.DataFrame], pd.DataFrame], said: str
) -> None:
    """Each with its whole message, in Dutch too: never 0.0, never a crash."""
    rows = people(8, [1, 1, 2, 1, 1, 1])
    with pytest.raises(Refusal) as caught:
        changed(change(rows))

    assert str(caught.value) == said
    assert caught.value.reason_nl


def test_a_refused_model_is_a_refused_row_and_others_still_answer(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Everybody moved by 2: no number at all, and nothing that looks like one."""
    pairs = pairs_from(outcome, [12.0, 15, 19, 22, 30], [14.0, 17, 21, 24, 32])
    row = METHODS["mixed_kr"](pairs, plan_for(outcome))

    assert row.refused
    assert (row.estimate, row.conf_low, row.p_value) == (None, None, None)
    assert row.reason.startswith("fixed and random effects together give every value exactly")
    assert row.reason_nl.startswith("vaste en willekeurige effecten geven samen elke waarde")


def test_a_variance_at_zero_is_told(outcome: Outcome, pairs_from: Callable[..., Pairs]) -> None:
    """High scores fell and low ones rose: an estimate, an interval, and a note."""
    pairs = pairs_from(outcome, [12.0, 14, 19, 22, 30, 26], [29.0, 26, 21, 20, 17, 19])
    row = METHODS["mixed_kr"](pairs, plan_for(outcome))

    assert [note.en for note in row.notes] == [
        "these scores show no differences between participants in level beyond chance: that "
        "variance is estimated as 0",
        "the margin therefore follows from how participants differ among themselves (CR2), "
        "not from the model's variances",
    ]
    assert row.notes[0].nl.endswith("die variantie is geschat op 0")
    assert row.notes[1].nl == (
        "de marge volgt daarom uit hoe deelnemers onderling verschillen (CR2), niet uit de "
        "varianties van het model"
    )
    paired = METHODS["paired_t"](pairs, plan_for(outcome))
    assert row.std_error == pytest.approx(paired.std_error, rel=1e-9)
    assert row.estimate == pytest.approx(1.5)
    assert (row.refused, row.df) == (False, pytest.approx(5))


def test_members_are_averaged_aloud(outcome: Outcome, pairs_from: Callable[..., Pairs]) -> None:
    """One family of two among six: the team reads that its members were averaged."""
    family = ["a", "a", "b", "c", "d", "e", "f"]
    pairs = pairs_from(
        outcome, [12.0, 14, 19, 22, 30, 25, 20], [15.0, 15, 24, 21, 33, 29, 20], family
    )
    row = METHODS["mixed_kr"](pairs, plan_for(outcome))

    assert (row.n_participants, row.n_families) == (7, 6)
    assert [note.en for note in row.notes] == [
        "few families have two members who answered twice, so members are averaged within "
        "their family first"
    ]
    paired = METHODS["paired_t"](pairs, plan_for(outcome))
    assert row.estimate == pytest.approx(paired.estimate, rel=1e-12)


def test_sites_that_are_the_families_do_no_harm(outcome: Outcome) -> None:
    """The model has no term for sites: one family a site is as good as one site."""
    rows = people(9, [1, 2, 2, 2, 1, 1]).rename(columns={"score": outcome.key})
    row, same = (
        METHODS["mixed_kr"](
            complete_pairs(rows.assign(site=site), outcome, "t0", "t1"), plan_for(outcome)
        )
        for site in (rows["family"], "one")
    )

    assert not row.refused
    assert (row.n_sites, same.n_sites) == (6, 1)
    assert replace(row, n_sites=1) == same


def test_averaging_keeps_what_each_family_said() -> None:
    """Means of scores and months a family and wave; families of one stay as they are."""
    rows = people(10, [2, 1, 3], waves=2)
    means = rows.groupby(["family", "wave"])["score"].mean()
    found = averaged(everyone_of(rows))

    assert len(found.score) == 6
    assert sorted(found.score) == pytest.approx(sorted(means))
    assert len(averaged(everyone_of(people(10, [1] * 4))).score) == 8


def test_recovers_a_truth_that_pairs_miss(outcome: Outcome) -> None:
    """Who was worse off leaves more often, and change follows the start: 300 pilots of 14.

    The model's mean lies within three Monte Carlo errors of the truth and its interval
    covers it; the mean over those who stayed is off by more, with the sign of who left.
    """
    truth, found, paired = 2.0, [], []
    for seed in range(300):
        rows = left_by_score(seed, truth).rename(columns={"score": outcome.key})
        pairs = complete_pairs(rows, outcome, "t0", "t1")
        found.append(METHODS["mixed_kr"](pairs, plan_for(outcome)))
        paired.append(METHODS["paired_t"](pairs, plan_for(outcome)))
    model, stayers = (np.array([row.estimate for row in each]) for each in (found, paired))
    error = model.std() / np.sqrt(len(model))

    assert abs(model.mean() - truth) < 3 * error
    assert stayers.mean() < truth - 6 * error
    assert covered(found, truth) >= 0.95 - 3 * np.sqrt(0.05 * 0.95 / 300)


def left_by_score(seed: int, change: float) -> pd.DataFrame:
    """Fourteen people with a level of their own; the lower the first, the fewer stay."""
    drawn = np.random.default_rng(seed)
    level = drawn.normal(20, 2, 14)
    before, after = level + drawn.normal(0, 2, 14), level + change + drawn.normal(0, 2, 14)
    stays = drawn.random(14) < 1 / (1 + np.exp(-(0.7 + (before - 20) / 2.5)))
    stays[np.argsort(before)[-6:]] = True
    names = [f"p{i}" for i in range(14)]
    both = pd.DataFrame({"participant": names, "wave": "t0", "months": 0.0, "score": before})
    later = pd.DataFrame({"participant": names, "wave": "t1", "months": 12.0, "score": after})
    return pd.concat([both, later[stays]], ignore_index=True)


def covered(rows: list[Estimate], truth: float) -> float:
    """Return the share of intervals that hold the truth."""
    return float(np.mean([row.conf_low <= truth <= row.conf_high for row in rows]))
