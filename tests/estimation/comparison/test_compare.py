"""Two groups compared: identities, refusals with their whole message, simulated truth."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from pilot import compare_groups
from pilot.design import Groups, Outcome, Text
from pilot.errors import CallError, EstimationError
from pilot.estimation import Refusal, complete_pairs, estimate_change
from pilot.estimation.comparison import glass_delta, group_table
from pilot.estimation.plan import Versus
from pilot.results import Estimate

SCORE = Outcome("score", Text(nl="Score", en="Score"), "better", 0, 100)
STEPS = Outcome("score", Text(nl="Trede", en="Step"), "better", 0, 6, level="ordinal")
WAVES = ["t0", "t1"]


def table(
    before: list[float], after: list[float], group: list[Any], **columns: list[Any]
) -> pd.DataFrame:
    """Return scores of as many people at two waves."""
    people = {"participant": [f"p{at:02d}" for at in range(len(before))], "group": group}
    kept = pd.DataFrame(people | columns)
    return pd.concat(
        [kept.assign(wave="t0", score=before), kept.assign(wave="t1", score=after)]
    )


def drawn(seed: int, n: int = 8, gain: float = 3.0, **columns: list[Any]) -> pd.DataFrame:
    """Return n people in each of two groups, the first gaining more."""
    dice = np.random.default_rng(seed)
    before = dice.normal(25, 5, 2 * n)
    group = ["new"] * n + ["usual"] * n
    after = before + dice.normal(0, 3, 2 * n) + np.repeat([gain, 0.0], n)
    return table(list(before), list(after), group, **columns)


def difference(data: pd.DataFrame, method: str = "ancova", **how: Any) -> Estimate:
    """Return the row of the difference."""
    return compare_groups(data, SCORE, WAVES, reference="usual", method=method, **how)[0]  # type: ignore[arg-type]


# -- identities ----------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["ancova", "difference", "welch", "permutation"])
def test_swapping_the_groups_turns_the_sign(method: str) -> None:
    """Group minus reference: called the other way round, only the sign differs."""
    forth = difference(drawn(1), method)
    back = compare_groups(drawn(1), SCORE, WAVES, reference="new", method=method)[0]  # type: ignore[arg-type]

    assert forth.estimate is not None
    assert back.estimate == pytest.approx(-forth.estimate, rel=1e-9)
    assert back.p_value == pytest.approx(forth.p_value, rel=1e-7)
    assert (forth.group, back.group) == ("new - usual", "usual - new")


@pytest.mark.parametrize("method", ["ancova", "difference", "welch"])
def test_other_units_scale_the_answer(method: str) -> None:
    """Scores in other units: estimate and limits scale, t, df and p stay."""
    own = difference(drawn(2), method)
    data = drawn(2)
    moved = difference(data.assign(score=7 + 2 * data["score"]), method)

    for name in ("estimate", "conf_low", "conf_high", "conf_low_75", "std_error"):
        assert getattr(moved, name) == pytest.approx(2 * getattr(own, name), rel=1e-7), name
    assert (moved.df, moved.p_value) == pytest.approx((own.df, own.p_value), rel=1e-6)


def test_order_and_names_change_no_digit() -> None:
    """Rows shuffled and people renamed: every number is the same to the last digit."""
    data = drawn(3)
    other = data.assign(participant=data["participant"].str.replace("p", "z9"))
    shuffled = other.sample(frac=1, random_state=4)

    for method in ("ancova", "difference", "welch", "permutation"):
        one, two = difference(data, method), difference(shuffled, method)
        assert (one.estimate, one.p_value) == (two.estimate, two.p_value), method


def test_difference_of_complete_people_is_the_pooled_t() -> None:
    """Alone and complete, the mixed model's interaction is Student's t on changes."""
    data = drawn(5)
    wide = data.pivot_table(index=["participant", "group"], columns="wave", values="score")
    change = (wide["t1"] - wide["t0"]).reset_index(name="change")
    sides = [change.loc[change["group"] == each, "change"] for each in ("new", "usual")]
    peer = stats.ttest_ind(*sides)
    row = difference(data, "difference")

    assert row.statistic == pytest.approx(peer.statistic, rel=1e-7)
    assert (row.df, row.p_value) == pytest.approx((14, peer.pvalue), rel=1e-6)


def test_with_equal_starts_ancova_is_the_difference() -> None:
    """Where both groups began alike, what before explains does not move the estimate."""
    before = [20.0, 22.0, 25.0, 29.0, 31.0]
    data = table(
        before * 2, [21, 26, 26, 33, 33, 20, 21, 25, 28, 32], ["new"] * 5 + ["usual"] * 5
    )

    assert difference(data).estimate == pytest.approx(difference(data, "welch").estimate)


def test_who_has_one_wave_counts_in_the_mixed_model_only() -> None:
    """Everyone with a score counts; the other methods keep complete pairs and say so."""
    data = drawn(6)
    gone = data[~((data["wave"] == "t1") & data["participant"].isin(["p01", "p12"]))]
    everyone, pairs = difference(gone, "difference"), difference(gone)

    assert (everyone.n_participants, everyone.incomplete_participants) == (16, 2)
    assert (pairs.n_participants, pairs.n_by_group) == (14, (7, 7))


def test_a_persons_group_is_the_one_at_the_start() -> None:
    """Whoever waits at first and joins later stays in the waiting group."""
    data = drawn(7)
    later = data["wave"] == "t1"
    joined = data.assign(
        group=data["group"].where(~(later & (data["participant"] == "p15")), "new")
    )

    assert difference(joined).estimate == difference(data).estimate


def test_the_change_within_each_group_follows() -> None:
    """After the difference stand both groups, which add up to everybody."""
    rows = compare_groups(drawn(8), SCORE, WAVES, reference="usual")

    assert [row.group for row in rows] == ["new - usual", "new", "usual"]
    assert [row.compares for row in rows] == [True, False, False]
    assert [row.n_participants for row in rows] == [16, 8, 8]


def test_groups_may_be_numbers() -> None:
    """An arm coded 0 and 1 is an arm."""
    data = drawn(9)
    coded = data.assign(arm=(data["group"] == "new").astype(int))
    row = compare_groups(coded, SCORE, WAVES, group="arm", reference="0")[0]

    assert (row.group, row.estimate) == ("1 - 0", difference(data).estimate)


def test_net_shares_recover_variance_from_both_sides() -> None:
    """Zou and Donner's limits by hand from Tango's, and no p."""
    from pilot.estimation import tango_interval

    after = [3, 3, 3, 3, 2, 1, 2, 2, 2, 2, 1, 3]
    data = table([2] * 12, after, ["new"] * 6 + ["usual"] * 6)
    row = compare_groups(data, STEPS, WAVES, reference="usual", method="net")[0]
    (l1, u1), (l0, u0) = tango_interval(4, 1, 6), tango_interval(1, 1, 6)

    assert row.estimate == pytest.approx(0.5)
    assert row.conf_low == pytest.approx(0.5 - math.hypot(0.5 - l1, u0 - 0.0))
    assert row.conf_high == pytest.approx(0.5 + math.hypot(u1 - 0.5, 0.0 - l0))
    assert row.p_value is None


def test_glass_delta_is_corrected_by_the_references_df() -> None:
    """J(n0 - 1) = G((n0 - 1) / 2) / (sqrt((n0 - 1) / 2) G((n0 - 2) / 2))."""
    group, reference = [4.0, 6.0, 9.0], [1.0, 2.0, 4.0, 3.0, 2.0]
    plain, corrected = (
        glass_delta(group, reference),
        glass_delta(group, reference, corrected=True),
    )
    bias = math.gamma(2) / (math.sqrt(2) * math.gamma(1.5))

    assert corrected.estimate == pytest.approx(plain.estimate * bias, rel=1e-12)
    assert (corrected.conf_low, corrected.conf_high) == (plain.conf_low, plain.conf_high)


# -- a design's groups ----------------------------------------------------------------------

GROUPS = Groups(reference="usual", levels=["new", "usual"])


def test_with_groups_the_difference_is_what_was_planned() -> None:
    """ANCOVA answers; the rest stands beside it, and both groups by themselves."""
    rows = estimate_change(drawn(10), SCORE, WAVES, groups=GROUPS)

    assert [(row.method, row.standing, row.group) for row in rows] == [
        ("ancova", "planned", "new - usual"),
        ("difference_in_differences", "alternative", "new - usual"),
        ("welch_change", "alternative", "new - usual"),
        ("permutation", "alternative", "new - usual"),
        ("group_difference", "alternative", "new - usual"),
        ("paired_t", "alternative", "new"),
        ("paired_t", "alternative", "usual"),
    ]
    assert rows[0].to_record()["group"] == "new - usual"
    assert rows[0].to_record()["n_by_group"] == [8, 8]


def test_groups_are_compared_while_they_differ() -> None:
    """A waiting list that takes part after t1 is compared up to t1."""
    data = drawn(11)
    third = data[data["wave"] == "t1"].assign(wave="t2", score=lambda rows: rows["score"] + 9)
    until = Groups(reference="usual", levels=["new", "usual"], until="t1")
    rows = estimate_change(pd.concat([data, third]), SCORE, [*WAVES, "t2"], groups=until)

    assert rows[0].contrast == "t1 - t0"
    assert rows[0].estimate == difference(data).estimate


def test_before_the_second_wave_the_comparison_is_still_to_come() -> None:
    """One wave so far: a refused row of the planned method, with its groups."""
    first = drawn(12).query("wave == 't0'")
    (row,) = estimate_change(first, SCORE, ["t0"], groups=GROUPS)

    assert (row.method, row.group, row.refused) == ("ancova", "new - usual", True)
    assert row.reason == "has scores at one wave only so far; a change needs two"


def test_an_ordinal_outcome_is_compared_by_net_shares() -> None:
    """Its steps are an order: no ANCOVA."""
    data = table([2] * 12, [3, 3, 3, 3, 2, 1, 2, 2, 2, 2, 1, 3], ["new"] * 6 + ["usual"] * 6)
    rows = estimate_change(data, STEPS, WAVES, groups=GROUPS)

    assert [row.method for row in rows] == ["net_difference", "net_better", "net_better"]


# -- refusals -------------------------------------------------------------------------------


def sites(*counts: int) -> list[str]:
    """Return that many people at each of some sites."""
    return [f"s{at}" for at, count in enumerate(counts) for _ in range(count)]


REFUSED = {
    "nobody in a level": (
        drawn(1).query("group == 'new'"),
        {},
        "nobody in group 'usual' has a score at both waves",
        "niemand in groep 'usual' heeft een score op beide metingen",
    ),
    "one in a group": (
        drawn(1).query("group == 'new' or participant == 'p09'"),
        {},
        "1 participants in group 'usual' with both waves; a comparison needs 2 in each group",
        "1 deelnemers in groep 'usual' met beide metingen; een vergelijking vraagt er 2 per "
        "groep",
    ),
    "few sites an arm": (
        drawn(1, site=sites(3, 3, 2, 3, 3, 2)),
        {},
        "3 site(s) in group 'new'; where whole sites are compared, how sure a difference is "
        "can be told from 4 sites in each group, and below that the groups are only described",
        "3 locatie(s) in groep 'new'; waar hele locaties worden vergeleken, weten we pas vanaf "
        "4 locaties per groep hoe zeker een verschil is; daaronder beschrijven we de groepen "
        "alleen",
    ),
    "one site": (
        drawn(1, site=sites(16)),
        {"cluster": "site"},
        "all 16 participants are at one site, so sites cannot be compared",
        "alle 16 deelnemers horen bij één locatie; locaties zijn niet te vergelijken",
    ),
    "a site unknown": (
        drawn(1, site=[None, *sites(7, 8)]),
        {"cluster": "site"},
        "1 of 16 participants have no site, so site means would leave them out",
        "van 1 van de 16 deelnemers is de locatie onbekend; gemiddelden per locatie zouden hen "
        "weglaten",
    ),
    "before is constant": (
        drawn(1).assign(score=lambda rows: rows["score"].where(rows["wave"] == "t1", 5.0)),
        {},
        "all 16 scores before are 5, so there is no start to adjust for",
        "alle 16 scores vooraf zijn 5; er is geen begin om rekening mee te houden",
    ),
    "before follows from the group": (
        table([5.0] * 4 + [7.0] * 4, [5, 6, 7, 8, 6, 7, 8, 9], ["new"] * 4 + ["usual"] * 4),
        {},
        "the scores before follow from the group, so the two cannot be told apart",
        "de scores vooraf volgen uit de groep; de twee zijn niet te scheiden",
    ),
    "nothing left over": (
        table([1, 2, 3, 4, 5, 6], [3, 4, 5, 5, 6, 7], ["new"] * 3 + ["usual"] * 3),
        {},
        "group and score before give all 6 scores after exactly; without spread nothing tells "
        "how sure the difference is",
        "groep en score vooraf geven alle 6 scores achteraf precies; zonder spreiding weten we "
        "niet hoe zeker het verschil is",
    ),
    "changes alike": (
        table([1, 2, 3, 4, 5, 6], [3, 4, 5, 5, 6, 7], ["new"] * 3 + ["usual"] * 3),
        {"method": "welch"},
        "within each group all changed alike; without spread nothing tells how sure the "
        "difference is",
        "binnen elke groep veranderden allen evenveel; zonder spreiding weten we niet hoe "
        "zeker het verschil is",
    ),
    "sites of both groups": (
        drawn(1, site=sites(2, 2, 2, 2) * 2),
        {"cluster": "site", "method": "welch"},
        "4 site(s) hold people of both groups, so site means are no two samples",
        "op 4 locatie(s) zitten mensen van beide groepen; gemiddelden per locatie zijn dan "
        "geen twee steekproeven",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_groups_cannot_carry_is_a_reason(case: str) -> None:
    """A refused row with its whole reason in both languages, and no number."""
    data, how, en, nl = REFUSED[case]
    levels = pd.CategoricalDtype(["new", "usual"])
    row = difference(data.assign(group=data["group"].astype(levels)), **how)

    assert (row.reason, row.reason_nl) == (en, nl)
    assert row.refused
    assert (row.estimate, row.p_value, row.conf_low) == (None, None, None)


def test_few_sites_leave_a_description_without_verdict() -> None:
    """3 sites an arm: the means stand, and no p, interval or verdict anywhere."""
    data = drawn(1, gain=30, site=sites(3, 3, 2, 3, 3, 2))
    rows = estimate_change(data, SCORE, WAVES, groups=GROUPS)
    told = [row for row in rows if not row.refused]

    assert [(row.method, row.group) for row in told] == [
        ("group_difference", "new - usual"),
        ("paired_t", "new"),
        ("paired_t", "usual"),
    ]
    for row in told:
        assert row.estimate is not None
        assert (row.p_value, row.smallest_p, row.conf_low, row.conf_high_75) == (None,) * 4
        assert row.verdict == "cannot tell"
        assert (row.reason or "").startswith("3 site(s) in group 'new'; where whole sites")


def test_a_start_in_turns_needs_five_sites() -> None:
    """Four sites that start one after another are described only, whole message."""
    turns = Groups(reference="usual", levels=["new", "usual"], start="in turns")
    data = drawn(1, site=sites(4, 4, 4, 4))
    row = estimate_change(data, SCORE, WAVES, groups=turns)[0]

    assert row.reason == (
        "4 sites start in turns; how sure a difference is can be told from 5 sites, and below "
        "that the groups are only described"
    )


def test_four_sites_an_arm_are_compared() -> None:
    """Where it is allowed, CR2 by site answers with few df."""
    row = difference(drawn(2, site=sites(2, 2, 2, 2, 2, 2, 2, 2)))

    assert not row.refused
    assert row.df is not None
    assert row.df < 8


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            drawn(1).assign(group="usual"),
            "outcome 'score': all 32 participants are in group 'usual'; there is nothing to "
            "compare\n  mend: compare with somebody else",
        ),
        (
            drawn(1).assign(group=["new", "usual", "third", "third"] * 8),
            "outcome 'score': 3 groups (new, usual, third), and a comparison is of two\n"
            "  mend: keep the rows of two groups",
        ),
    ],
)
def test_one_group_or_three_are_no_comparison(data: pd.DataFrame, message: str) -> None:
    """A constant group, or too many: refused at once."""
    with pytest.raises(Refusal) as refused:
        difference(data)

    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("how", "message"),
    [
        (
            {"group": "grup", "reference": "usual"},
            "compare_groups, group: no column 'grup'\n"
            "  mend: did you mean 'group'? known: participant, group, wave, score",
        ),
        (
            {"reference": "usul"},
            "compare_groups, reference: no group is called 'usul'\n"
            "  mend: did you mean 'usual'? known: new, usual",
        ),
        (
            {"reference": "usual", "method": "anova"},
            "compare_groups, method: no method 'anova'\n  mend: did you mean 'ancova'? known: "
            "ancova, difference, welch, permutation, net, described",
        ),
        (
            {"reference": "usual", "cluster": "school"},
            "compare_groups, cluster: no cluster 'school'\n  mend: use one of: family, site",
        ),
    ],
)
def test_wrong_words_are_refused(how: dict[str, Any], message: str) -> None:
    """A misspelt column, group, method or cluster: the near word is named."""
    with pytest.raises(CallError) as refused:
        compare_groups(drawn(1), SCORE, WAVES, **how)

    assert str(refused.value) == message


def test_infinite_scores_are_refused() -> None:
    """They are no answers."""
    data = drawn(1).reset_index(drop=True)
    data.loc[3, "score"] = math.inf
    with pytest.raises(EstimationError) as refused:
        difference(data)

    assert str(refused.value) == (
        "scores, column 'score': holds 1 infinite value(s)\n"
        "  mend: find the division by zero that made them, or leave them empty"
    )


def test_a_group_table_describes() -> None:
    """Means and SD between persons of each group."""
    data = table([1.0, 3, 5, 7], [2.0, 6, 5, 9], ["new", "new", "usual", "usual"])
    pairs = complete_pairs(data, SCORE, "t0", "t1")
    told = group_table(pairs, Versus("new", "usual")).set_index("group")

    assert told.loc["new", ["before", "after", "change"]].tolist() == [2, 4, 2]
    assert told.loc["usual", "sd_change"] == pytest.approx(math.sqrt(2))


# -- simulated truth ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "family"),
    [("ancova", False), ("welch", False), ("ancova", True), ("difference", True)],
)
def test_intervals_hold_the_true_difference(method: str, family: bool) -> None:
    """100 pilots of 8 families a group: 95 in 100 intervals hold it, within three errors."""
    dice, held, runs = np.random.default_rng(20261122), 0, 100
    members = 2 if family else 1
    homes = [f"f{at:02d}" for at in range(16) for _ in range(members)]
    group = ["new"] * 8 * members + ["usual"] * 8 * members
    for _ in range(runs):
        shared = np.repeat(dice.normal(0, 3, 16), members)
        moved = np.repeat(dice.normal(0, 1.5 if family else 0.0, 16), members)
        before = 25 + shared + dice.normal(0, 3, len(homes))
        gain = np.where(np.array(group) == "new", 2.0, 0.0)
        after = before + gain + moved + dice.normal(0, 2, len(homes))
        row = difference(table(list(before), list(after), group, family=homes), method)
        held += (row.conf_low or 0) <= 2 <= (row.conf_high or 0)

    assert held / runs == pytest.approx(0.95, abs=3 * math.sqrt(0.95 * 0.05 / runs))
