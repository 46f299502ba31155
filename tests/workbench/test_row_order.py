"""The order of an export and the names of people move no digit of ``results.json``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pilot.design import load_trajectory
from pilot.frames import Cleaned, Linked
from pilot.intake import read_exports
from pilot.workbench import results
from pilot.workbench.places import exports
from pilot.workbench.study import study_of, walk

PSEUDONYMS = ("participant", "family")


def otherwise(cleaned: Cleaned, linked: Linked, seed: int) -> tuple[Cleaned, Linked]:
    """Return the same people under other pseudonyms, in another order."""
    drawn = np.random.default_rng(seed)
    people = (linked.panel, linked.started, linked.due, cleaned.events, cleaned.register)
    renamed: dict[str, dict[Any, str]] = {}
    for column in PSEUDONYMS:
        known = pd.unique(pd.concat([table[column] for table in people]).dropna())
        new = [f"n{place:05d}" for place in drawn.permutation(len(known))]
        renamed[column] = dict(zip(known, new, strict=True))

    def turned(table: pd.DataFrame) -> pd.DataFrame:
        named = {
            column: table[column].map(renamed[column]).astype(table[column].dtype)
            for column in PSEUDONYMS
        }
        shuffled = table.assign(**named).iloc[drawn.permutation(len(table))]
        return shuffled.reset_index(drop=True)

    panel, started, due, events, register = (turned(table) for table in people)
    return (
        replace(cleaned, events=events, register=register),
        replace(linked, panel=panel, started=started, due=due),
    )


@pytest.mark.parametrize(
    "name", ["krachtige-gezinnen", "moeder-vadercentra", "verbinding-empowerment"]
)
def test_results_are_the_same_whoever_is_called_what(name: str) -> None:
    """Rows shuffled and everyone renamed: the file is the same, byte for byte."""
    design = load_trajectory(name)
    cleaned, linked = walk(design, read_exports(design, exports(design, demo=True)))
    first = results(study_of(design, cleaned, linked, simulated=True)).to_json()

    turned = otherwise(cleaned, linked, seed=3)
    assert list(turned[1].panel["participant"]) != list(linked.panel["participant"])
    assert results(study_of(design, *turned, simulated=True)).to_json() == first
