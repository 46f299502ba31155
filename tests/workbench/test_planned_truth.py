"""The planned estimates of the simulated trajectories, beside what they were drawn with."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import pilot
from pilot.results import Estimate, Study

TRUTH = Path(__file__).parents[1] / "simulation" / "truth"
OF_FAMILIES = ("krachtige-gezinnen", "m-power", "verbinding-empowerment", "meet-the-parents")
ITEMS = {"gse_10_total": ("gse-10", 10), "lsns_6_total": ("lsns-6", 6)}


@cache
def study(name: str) -> Study:
    """Walk a simulated trajectory."""
    return pilot.open_study(name, demo=True)


def true_change(name: str, row: Estimate) -> float:
    """Return the mean change of everyone who started, in points of the sum."""
    latent = json.loads((TRUTH / f"{name}.json").read_text("utf-8"))["latent_change"]
    form, items = ITEMS[row.outcome.key]
    return items * float(latent[f"{row.outcome.role} {form}"])


def primaries(name: str, method: str) -> list[Estimate]:
    """Return the estimates of both primary outcomes by one method."""
    return [e for e in study(name).estimates if e.outcome.primary and e.method == method]


@pytest.mark.parametrize("name", OF_FAMILIES)
def test_the_planned_interval_holds_the_change_of_everyone_who_started(name: str) -> None:
    """Also of those who left, whom complete pairs leave out."""
    rows = primaries(name, "mixed_kr")

    assert [row.standing for row in rows] == ["planned"] * 2
    for row in rows:
        assert row.conf_low < true_change(name, row) < row.conf_high
        assert row.incomplete_participants > 0


def test_over_four_trajectories_it_is_nearer_than_complete_pairs() -> None:
    """Mean square of both primaries' distance to the truth, all four together."""
    away = {
        method: np.mean(
            [
                (row.estimate - true_change(name, row)) ** 2
                for name in OF_FAMILIES
                for row in primaries(name, method)
            ]
        )
        for method in ("mixed_kr", "paired_t")
    }

    assert away["mixed_kr"] < away["paired_t"]


def test_where_sites_are_the_question_each_site_weighs_one() -> None:
    """Five centres: site means are planned, the sandwich and the bootstrap stand beside."""
    planned, *beside = [
        row
        for row in study("moeder-vadercentra").estimates
        if row.outcome.key == "gse_10_total"
    ]

    assert planned.method == "site_means_t"
    assert [row.method for row in beside if row.standing == "alternative"] == [
        "site_cr2", "site_wild", "paired_t", "sign_flip", "persons_t"
    ]  # fmt: skip
    assert planned.conf_low < true_change("moeder-vadercentra", planned) < planned.conf_high
    wild = next(row for row in beside if row.method == "site_wild")
    assert wild.smallest_p == 2 / 6**5
    assert [note.en[:37] for note in wild.notes] == ["a bootstrap over fewer than 6 sites h"]
