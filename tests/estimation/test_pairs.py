"""Who has a score at both waves, and what is refused on the way."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pilot.design.outcome import Outcome
from pilot.errors import EstimationError
from pilot.estimation import Pairs, complete_pairs


def test_pairs_people_and_averages_families(scores: pd.DataFrame, outcome: Outcome) -> None:
    """Two parents of one family are one change; children of another role are not in it."""
    pairs = complete_pairs(scores, outcome, "m0", "m24")

    assert pairs.contrast == "m24 - m0"
    assert len(pairs.table) == 8
    assert pairs.families["change"].to_dict() == {"a": 4, "b": 1, "c": 3, "e": 3.5, "f": 3}
    assert pairs.families["members"].to_dict() == {"a": 2, "b": 2, "c": 1, "e": 2, "f": 1}
    assert pairs.families["site"].to_dict() == {
        "a": "north", "b": "north", "c": "north", "e": "south", "f": "south"
    }  # fmt: skip
    assert pairs.n_sites == 2
    assert pairs.units.en == "families"


def test_who_left_is_kept_apart(scores: pd.DataFrame, outcome: Outcome) -> None:
    """One mother has no later score; every score of the role stays at hand."""
    pairs = complete_pairs(scores, outcome, "m0", "m24")

    assert list(pairs.lost["participant"]) == ["p5"]
    assert pairs.lost["before"].tolist() == [25.0]
    assert len(pairs.everyone) == 17
    assert list(pairs.everyone.columns) == [
        "participant", "wave", "family", "site", "months", "score"
    ]  # fmt: skip


def test_the_order_of_rows_matters_to_nobody(scores: pd.DataFrame, outcome: Outcome) -> None:
    """People are matched by their key, never by position."""
    shuffled = scores.sample(frac=1, random_state=4)
    pairs, again = (complete_pairs(each, outcome, "m0", "m24") for each in (scores, shuffled))

    assert again.families["change"].to_dict() == pairs.families["change"].to_dict()


def test_swapping_the_waves_swaps_the_changes(scores: pd.DataFrame, outcome: Outcome) -> None:
    """Later minus earlier."""
    forth = complete_pairs(scores, outcome, "m0", "m24")
    back = complete_pairs(scores, outcome, "m24", "m0")

    assert (back.families["change"] == -forth.families["change"]).all()


def test_without_families_people_count(scores: pd.DataFrame, outcome: Outcome) -> None:
    """No family known: everyone is one; a site all-missing is no site."""
    bare = scores.assign(family=np.nan, site=None)
    pairs = complete_pairs(bare, outcome, "m0", "m24")

    assert len(pairs.families) == 8
    assert pairs.units.en == "participants"
    assert pairs.n_sites == 0


def test_whoever_has_no_family_joins_none(scores: pd.DataFrame, outcome: Outcome) -> None:
    """A participant called like a family is not put into it."""
    mixed = scores.assign(
        family=scores["family"].mask(scores["participant"] == "p8"),
        participant=scores["participant"].replace("p8", "a"),
    )
    pairs = complete_pairs(mixed, outcome, "m0", "m24")

    assert pairs.families["members"].to_dict()["a"] == 2
    assert pairs.families["members"].to_dict()["alone: a"] == 1


def test_the_family_is_the_one_at_the_earlier_wave(outcome: Outcome) -> None:
    """A father who moved out later still counts where he started."""
    rows = pd.DataFrame(
        {
            "participant": ["x", "x"],
            "family": ["then", "now"],
            "site": ["north", "south"],
            "wave": ["m0", "m24"],
            "gse_10_total": [20.0, 22.0],
        }
    )
    pairs = complete_pairs(rows, outcome, "m0", "m24")

    assert pairs.families["site"].to_dict() == {"then": "north"}


def test_a_family_at_two_sites_is_where_most_members_are(
    scores: pd.DataFrame, outcome: Outcome
) -> None:
    """At a tie it is the first site by name, whoever comes first in the table."""
    moved = scores.assign(site=scores["site"].mask(scores["participant"] == "p1", "south"))
    more = scores[scores["participant"] == "p1"].assign(participant="p9", site="south")

    for frame, site in ((moved, "north"), (pd.concat([more, moved]), "south")):
        pairs = complete_pairs(frame, outcome, "m0", "m24")
        assert pairs.families.loc["a", "site"] == site
        assert pairs.families.loc["b", "site"] == "north"


def test_without_roles_everyone_counts(scores: pd.DataFrame, outcome: Outcome) -> None:
    """A trajectory of one role need not name it."""
    pairs = complete_pairs(scores.assign(role=None), outcome, "m0", "m24")

    assert len(pairs.table) == 10


def test_started_says_who_is_due(scores: pd.DataFrame, outcome: Outcome) -> None:
    """Someone who never answered is lost; someone not due yet is not."""
    started = pd.DataFrame(
        {
            "participant": ["p5", "p0", "q1", "q2", "k9"],
            "family": ["d", "a", "x", "x", "y"],
            "site": ["south", "north", "north", "north", "north"],
            "role": ["parent"] * 4 + ["child"],
        }
    )
    lost = complete_pairs(scores, outcome, "m0", "m24", started=started).lost
    assert list(lost["participant"]) == ["p5", "q1", "q2"]
    assert list(lost["family"]) == ["d", "x", "x"]
    assert lost["before"].isna().tolist() == [False, True, True]

    due = started.assign(wave=["m12", "m24", "m24", "m12", "m24"])
    lost = complete_pairs(scores, outcome, "m0", "m24", started=due).lost
    assert list(lost["participant"]) == ["q1"]


def test_nobody_at_a_wave_gives_empty_pairs(scores: pd.DataFrame, outcome: Outcome) -> None:
    """Refusing is the method's job."""
    assert complete_pairs(scores, outcome, "m0", "m36").families.empty


def refusal_of(scores: pd.DataFrame, outcome: Outcome) -> str:
    """Return the whole message that these scores are refused with."""
    with pytest.raises(EstimationError) as caught:
        complete_pairs(scores, outcome, "m0", "m24")
    return str(caught.value)


def test_refuses_a_participant_twice_in_a_wave(scores: pd.DataFrame, outcome: Outcome) -> None:
    """Which of the two is right is for cleaning to say."""
    doubled = pd.concat([scores, scores[scores["participant"] == "p3"]])

    assert refusal_of(doubled, outcome) == (
        "scores, wave m0: participant p3 stands there 2 times\n"
        "  mend: keep one row a participant and wave; the findings name the duplicates"
    )


def test_one_form_in_each_role_is_no_duplicate(scores: pd.DataFrame, outcome: Outcome) -> None:
    """What a coach filled in about somebody is another row, and never meets their own."""
    coach = scores[scores["role"] == "parent"].assign(role="coach", gse_10_total=40.0)
    both = pd.concat([scores, coach])

    pairs = complete_pairs(both, outcome, "m0", "m24")
    assert pairs.families["change"].to_dict()["a"] == 4


def test_refuses_infinite_scores(scores: pd.DataFrame, outcome: Outcome) -> None:
    """A division by zero is not a very good score."""
    broken = scores.assign(gse_10_total=scores["gse_10_total"].replace(20.0, np.inf))

    assert refusal_of(broken, outcome) == (
        "scores, column 'gse_10_total': holds 1 infinite value(s)\n"
        "  mend: find the division by zero that made them, or leave them empty"
    )


def test_refuses_words_in_a_score(scores: pd.DataFrame, outcome: Outcome) -> None:
    """With the word."""
    worded = scores.astype({"gse_10_total": object})
    worded.loc[2, "gse_10_total"] = "n.v.t."

    assert refusal_of(worded, outcome) == (
        "scores, column 'gse_10_total': holds 'n.v.t.', which is no number\n"
        "  mend: score the clean responses again, or mend the export"
    )


def test_refuses_a_lacking_column(scores: pd.DataFrame, outcome: Outcome) -> None:
    """With the near one."""
    renamed = scores.rename(columns={"gse_10_total": "gse_total"})

    assert refusal_of(renamed, outcome) == (
        "scores: has no column 'gse_10_total'\n"
        "  mend: did you mean 'gse_total'? known: participant, family, site, role, wave, "
        "months, gse_total"
    )


def test_refuses_rows_of_nobody(scores: pd.DataFrame, outcome: Outcome) -> None:
    """They would all be paired with each other."""
    nameless = scores.assign(participant=scores["participant"].mask(scores.index < 2))

    assert refusal_of(nameless, outcome) == (
        "scores, column 'participant': is empty in 2 row(s)\n"
        "  mend: link the waves first: every row belongs to somebody"
    )


@pytest.mark.parametrize("wave", ["before", "after"])
def test_pairs_made_by_hand_are_checked_too(wave: str, outcome: Outcome) -> None:
    """The value refuses what cannot be right."""
    table = pd.DataFrame(
        {
            "participant": ["p1", "p2"],
            "family": ["p1", "p2"],
            "site": [None, None],
            "before": [1.0, 2.0],
            "after": [2.0, 3.0],
        }
    )
    table.loc[1, wave] = np.nan
    with pytest.raises(EstimationError) as caught:
        Pairs(outcome, "m0", "m24", table)

    assert str(caught.value) == (
        "outcome 'gse_10_total', m24 - m0: 1 of 2 participants lack a finite score, first p2\n"
        "  mend: use complete_pairs(...), which keeps them apart"
    )
