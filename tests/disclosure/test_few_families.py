"""What is told of fewer families than the threshold, and of a goal of one's own."""

from __future__ import annotations

from pathlib import Path

import pilot
from pilot.disclosure import disclose
from pilot.presentation import method_section
from pilot.results import PublicCount

FOUR = Path(__file__).parents[2] / "data/raw/demo/variants/krachtige-gezinnen-four-families"


def test_of_four_families_only_bands_are_left() -> None:
    """No number of languages, hours or answers, and activities between two round numbers."""
    public = disclose(pilot.open_study("krachtige-gezinnen", demo=True, data=FOUR))
    table = public.feasibility.set_index("measure")

    assert table.loc[["languages", "minutes"], "count"].isna().all()
    assert (public.answers_in, public.answers_set_aside_share) == (None, None)
    assert dict(public.events)["attendance"] == PublicCount(None, 300, 500)
    assert all(count.exact is None for _, count in (*public.events, *public.goals))
    assert "So we do not show how many answers they gave." in method_section(public).html["en"]


def test_words_about_a_goal_of_one_s_own_are_shown_of_nobody() -> None:
    """A coach knows whose goal it is: two approved quotes about goals stay away."""
    study = pilot.open_study("m-power", demo=True)
    goals = study.quotes[study.quotes["domain"] == "goals"]
    said = repr(disclose(study).stories)

    assert len(goals["text"].dropna()) == 2
    assert not any(text in said for text in goals["text"].dropna())
    assert "Ik sta weer op tijd op." in said
