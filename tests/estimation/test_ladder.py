"""What so many families can carry."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pilot.design.outcome import Outcome
from pilot.estimation import METHODS, REASONS, Pairs, Plan, rung_for


@pytest.mark.parametrize(
    ("n", "name", "estimated", "p_shown"),
    [
        (0, "profiles", False, "nowhere"),
        (4, "profiles", False, "nowhere"),
        (5, "interval", True, "appendix"),
        (9, "interval", True, "appendix"),
        (10, "planned test", True, "report"),
        (30, "planned test", True, "report"),
        (31, "above 30", True, "report"),
    ],
)
def test_the_rung_follows_from_n(n: int, name: str, estimated: bool, p_shown: str) -> None:
    """The edges are those of the ladder."""
    rung = rung_for(n)

    assert (rung.name, rung.estimated, rung.p_shown) == (name, estimated, p_shown)


def test_the_rung_is_said_in_words() -> None:
    """In both languages, with what is given and what is not."""
    words = rung_for(7).words

    assert words.en == (
        "5 to 9 families: the mean change with its 75% and 95% interval, and counts better, "
        "cannot tell and worse; the exact p-value only in the appendix"
    )
    assert words.nl == (
        "5 tot en met 9 gezinnen: de gemiddelde verandering met een marge van 75% en 95%, en "
        "aantallen beter, niet te zeggen en slechter; de exacte p-waarde alleen in de bijlage"
    )
    assert "the share better minus the share worse" in rung_for(12, level="ordinal").words.en


def test_sites_like_these_need_four_sites() -> None:
    """Twenty families at three sites say nothing about sites; an ordinal outcome never does."""
    few = rung_for(20, generalises_to="sites", n_sites=3)
    enough = rung_for(20, generalises_to="sites", n_sites=4)

    assert (few.estimated, few.p_shown) == (False, "nowhere")
    assert few.words.en.endswith("; refused for sites like these: 3 with a pair, 4 needed")
    assert enough.estimated
    assert enough.words.en.endswith("; over 4 site means, each weighing 1")
    assert rung_for(20, generalises_to="sites", n_sites=3, level="ordinal").estimated


OF_ONE_GROUP = [
    name
    for name, method in sorted(METHODS.items())
    if not method.__module__.startswith("pilot.estimation.comparison")
]


@pytest.mark.parametrize("name", OF_ONE_GROUP)
def test_below_five_families_nothing_is_estimated(
    name: str, outcome: Outcome, ladder: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Every number is None but n and the smallest p; the reason is said in both languages."""
    asked = ladder if name in ("net_better", "sign_test", "signed_ranks") else outcome
    family, site = ["a", "a", "b", "c", "d"], ["w", "w", "x", "y", "z"]
    pairs = pairs_from(asked, [11, 12, 13, 12, 14], [12, 14, 13, 15, 15], family, site)
    row = METHODS[name](pairs, Plan(name, generalises_to="sites"))

    assert row.refused
    assert row.rung == "profiles"
    assert row.reason == (
        "4 families with both waves; a mean, its interval and a test are given from 5, below "
        "that only profiles, counts and stories"
    )
    assert row.reason_nl == (
        "4 gezinnen met beide metingen; een gemiddelde met marge en toets geven we vanaf 5, "
        "daaronder alleen profielen, aantallen en verhalen"
    )
    record = row.to_record()
    for field in ("estimate", "std_error", "p_value", "conf_low", "conf_high_75"):
        assert record[field] is None
    assert (row.n_participants, row.n_families, row.n_sites) == (5, 4, 4)
    assert row.smallest_p == 0.25  # one family did not change
    assert row.direction is None


def test_five_families_have_an_interval(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """And a p for the appendix."""
    pairs = pairs_from(outcome, [20] * 5, [21, 23, 22, 26, 20])
    row = METHODS["paired_t"](pairs, Plan("paired_t"))

    assert (row.refused, row.rung, row.n_families) == (False, "interval", 5)
    assert row.conf_low < row.conf_low_75 < 2.4 < row.conf_high_75 < row.conf_high
    assert 0 < row.p_value < 1
    assert row.smallest_p == 2**2 / 2**5


def test_all_alike_is_refused_not_certain(
    outcome: Outcome, pairs_from: Callable[..., Pairs]
) -> None:
    """Everybody at the ceiling: no change, no spread, no interval of width 0."""
    pairs = pairs_from(outcome, [40] * 8, [40] * 8)

    for name in ("paired_t", "persons_t"):
        row = METHODS[name](pairs, Plan("paired_t"))
        assert row.refused
        assert row.reason == (
            "all 8 changes are 0; without spread nothing tells how sure the mean is"
        )
    flipped = METHODS["sign_flip"](pairs, Plan("paired_t"))
    assert (flipped.estimate, flipped.p_value, flipped.smallest_p) == (0, 1, 1)
    assert flipped.conf_low is None
    assert flipped.direction == "same"


def test_every_reason_is_said_in_both_languages() -> None:
    """With the same gaps to fill."""
    for key, reason in REASONS.items():
        assert reason.nl != reason.en, key
        gaps = [{part.split(":")[0].split("!")[0] for part in _gaps(words)} for words in
                (reason.nl, reason.en)]  # fmt: skip
        assert gaps[0] == gaps[1], key


def _gaps(words: str) -> list[str]:
    return [part.split("}")[0] for part in words.split("{")[1:]]
