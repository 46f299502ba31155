"""How often each person came: their own times, and those of the family together."""

from __future__ import annotations

import pandas as pd
import pytest

from pilot.design import Trajectory, load_trajectory
from pilot.frames import EVENTS
from pilot.linkage import attendance


@pytest.fixture
def design() -> Trajectory:
    """Return a trajectory that plans sessions."""
    return load_trajectory("krachtige-gezinnen")


def events(kind: str, *came: tuple[str | None, str | None, str | None]) -> pd.DataFrame:
    """Return events by participant, family and status."""
    rows = [
        {"event": kind, "participant": person, "family": family, "status": status}
        for person, family, status in came
    ]
    return pd.DataFrame(rows, columns=list(EVENTS))


STARTED = pd.DataFrame(
    {
        "participant": ["a1", "a2", "b1"],
        "family": ["a", "a", "b"],
        "site": "west",
        "role": ["parent", "child", "parent"],
    },
    index=[7, 8, 9],
)


def test_own_times_and_the_familys_add_up(design: Trajectory) -> None:
    """What a family attended together counts for each member; who never came has 0."""
    kind = next(each.key for each in design.events if each.dose)
    came = events(
        kind, ("a1", "a", None), ("a1", "a", "aanwezig"), (None, "a", None), ("b1", "b", "No")
    )
    times = attendance(came, STARTED, design)

    assert times is not None
    assert times.to_dict() == {7: 3.0, 8: 1.0, 9: 0.0}


def test_without_a_registered_session_there_is_none(design: Trajectory) -> None:
    """Nothing registered is not 'nobody came'."""
    other = events("something else", ("a1", "a", None))

    assert attendance(other, STARTED, design) is None
    assert attendance(other.head(0), STARTED, design) is None
