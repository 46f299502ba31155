"""Jacobson and Truax's three cut-offs, and who recovered."""

from __future__ import annotations

import numpy as np
import pytest

from pilot.design.instrument import Reference
from pilot.errors import CallError, EstimationError
from pilot.estimation import Refusal, clinical_change, clinical_cut_off, reliable_change

CLINIC = Reference(population="couples in therapy", mean=40, sd=7.5, source="p. 13")
OTHERS = Reference(population="other couples", mean=60, sd=7.5, source="p. 13")


@pytest.mark.parametrize(("criterion", "value"), [("a", 55), ("b", 45), ("c", 50)])
def test_agrees_with_jacobson_and_truax_1991(criterion: str, value: float) -> None:
    """Their hypothetical groups, 40 and 60 with SD 7.5: cut-offs 55, 45 and 50."""
    assert clinical_cut_off(criterion, clinical=CLINIC, reference=OTHERS) == value


def test_unequal_spreads_move_c_towards_the_narrow_group() -> None:
    """At c both groups are as many of their own SDs away, whichever way is better."""
    wide = Reference(population="others", mean=60, sd=15, source="made up")
    cut = clinical_cut_off("c", clinical=CLINIC, reference=wide)

    assert (cut - 40) / 7.5 == pytest.approx((60 - cut) / 15)
    mirrored = [
        Reference(population="m", mean=100 - group.mean, sd=group.sd, source="made up")
        for group in (CLINIC, wide)
    ]
    low = {"clinical": mirrored[0], "reference": mirrored[1], "higher_is": "worse"}
    for criterion in "abc":
        up = clinical_cut_off(criterion, clinical=CLINIC, reference=wide)
        assert clinical_cut_off(criterion, **low) == pytest.approx(100 - up)


def test_recovered_is_reliable_and_across() -> None:
    """Far across: recovered. Far and short of it: improved. Barely across: nobody can tell."""
    before, after = [32.5, 32.5, 49.0, 52.0, 55.0], [52.5, 47.5, 51.0, 70.0, 40.0]
    people = reliable_change(before, after, reliability=0.80, sd=7.5)
    told = clinical_change(people, before, after, cut_off=50)

    assert list(told) == ["recovered", "improved", "cannot tell", "improved", "worse"]
    down = [100 - np.array(wave) for wave in (before, after)]
    worse = reliable_change(*down, reliability=0.80, sd=7.5, higher_is="worse")
    mirrored = clinical_change(worse, *down, cut_off=50, higher_is="worse")
    assert list(mirrored) == list(told)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            {"criterion": "d"},
            "clinical_cut_off: no criterion 'd'\n  mend: use one of: a, b, c",
        ),
        (
            {"criterion": "b", "clinical": CLINIC},
            "clinical_cut_off: no published mean and SD of people in general\n"
            "  mend: give one with its source, or leave it out",
        ),
        (
            {"criterion": "a", "reference": OTHERS},
            "clinical_cut_off: no published mean and SD of people who sought help\n"
            "  mend: give one with its source, or leave it out",
        ),
        (
            {"criterion": "b", "reference": Reference(population="", mean=1, source="")},
            "clinical_cut_off: no published mean and SD of people in general\n"
            "  mend: give one with its source, or leave it out",
        ),
        (
            {"criterion": "c", "clinical": OTHERS, "reference": CLINIC},
            "clinical_cut_off: the clinical mean 60 is no worse than the reference mean 40\n"
            "  mend: check the two groups and `higher_is`",
        ),
        (
            {"criterion": "a", "clinical": CLINIC, "higher_is": "neither"},
            "clinical_cut_off: neither way is better, so nobody can be called improved\n"
            "  mend: leave it out",
        ),
    ],
)
def test_refusals(call: dict[str, object], message: str) -> None:
    """A cut-off needs published groups that differ the right way."""
    with pytest.raises((CallError, EstimationError)) as caught:
        clinical_cut_off(**call)

    assert str(caught.value) == message


def test_refusals_are_in_dutch_too() -> None:
    """The report prints them."""
    with pytest.raises(Refusal) as caught:
        clinical_cut_off("b")

    assert caught.value.reason_nl == (
        "er is geen gepubliceerd gemiddelde met SD van mensen in het algemeen"
    )


def test_refuses_other_people() -> None:
    """Two verdicts for three scores."""
    people = reliable_change([1.0, 2.0], [2.0, 4.0], reliability=0.8)
    with pytest.raises(EstimationError) as caught:
        clinical_change(people, [1.0, 2.0, 3.0], [2.0, 4.0, 5.0], cut_off=2)

    assert str(caught.value) == (
        "clinical_change: 2 people, 3 scores before and 3 after\n"
        "  mend: give what reliable_change returned for these scores"
    )
