"""What happens to people on the way runs through flow, scores and estimates."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import pytest

from pilot.results import Estimate, Study
from pilot.workbench.study import study_of, walk

# Sum scores at t0 and t1 of six families, one parent each: changes 1, 2, 3, 4, 5, 6.
FAMILIES = range(1, 7)


def gse(total: int) -> dict[str, int]:
    """Return ten answers that add up to a total."""
    answers = [total // 10 + (place < total % 10) for place in range(10)]
    return {f"gse_10_{number:02d}": answer for number, answer in enumerate(answers, start=1)}


def forms(making: ModuleType, families: Any = FAMILIES, **cells: Any) -> list[dict]:
    """Return the forms of parents p1 to p6 at t0 and t1: 20 points, then 1 to 6 more."""
    return [
        making.form(f"p{n}", wave, **gse(20 + later * n), **cells)
        for n in families
        for later, wave in enumerate(("t0", "t1"))
    ]


def people(families: Any = FAMILIES, **changes: dict) -> list[dict]:
    """Return their register, at North for odd numbers and South for even ones."""
    return [
        {"participant": f"p{n}", "family": f"F{n}", "site": ("zuid", "noord")[n % 2]}
        | changes.get(f"p{n}", {})
        for n in families
    ]


def study(making: ModuleType, rows: list[dict], listed: list[dict], **design: Any) -> Study:
    """Walk the whole corridor."""
    planned = making.design(**design)
    came = making.received(*rows, register=making.register(*listed))
    return study_of(planned, *walk(planned, came), simulated=True)


def paired(walked: Study) -> Estimate:
    """Return the t interval on family means of the first primary outcome."""
    rows = [e for e in walked.estimates if e.outcome.key == "gse_10_total"]
    return next(e for e in rows if e.method == "paired_t")


def flow(walked: Study, wave: str, role: str = "parent") -> dict[str, tuple[int, int]]:
    """Return people and families by stage, or by reason for leaving."""
    rows = walked.flow[(walked.flow["wave"] == wave) & (walked.flow["role"] == role)]
    return {
        str(row.reason if row.stage == "left" else row.stage): (
            row.n_participants,
            row.n_families,
        )
        for row in rows.itertuples()
        if row.n_participants
    }


def test_nothing_happens(making: ModuleType) -> None:
    """The base: six families, a mean change of 3.5."""
    walked = study(making, forms(making), people())

    assert paired(walked).estimate == pytest.approx(3.5)
    assert (paired(walked).n_families, paired(walked).n_sites) == (6, 2)
    assert flow(walked, "t1") == {"expected": (6, 6), "answered": (6, 6)}


def test_a_family_that_splits_stays_one_cluster(making: ModuleType) -> None:
    """The father moves out and gets a family number of his own: still family 1's change."""
    listed = [
        *people(),
        {"participant": "p7", "family": "F1", "site": "noord", "end": "2025-05-01"},
        {"participant": "p7", "family": "F9", "site": "noord", "start": "2025-05-01"},
    ]
    rows = [*forms(making), *forms(making, [7])]
    walked = study(making, rows, listed)

    assert flow(walked, "t1") == {"expected": (7, 6), "answered": (7, 6)}
    scores = walked.scores.set_index(["participant", "wave"])["family"]
    assert scores["p7"].tolist() == ["F1", "F1"]
    changes = [(1 + 7) / 2, 2, 3, 4, 5, 6]
    assert paired(walked).estimate == pytest.approx(np.mean(changes))
    assert paired(walked).n_families == 6


def test_a_family_that_moves_counts_where_it_started(making: ModuleType) -> None:
    """From North to South between the waves: one family of North, and no finding."""
    moved = {"site": "noord", "end": "2025-05-01", "reason": "moved"}
    listed = [*people(p1=moved), {"participant": "p1", "site": "zuid", "start": "2025-05-01"}]
    rows = forms(making)
    rows[1]["site"] = "zuid"
    walked = study(making, rows, listed)

    assert walked.scores.loc[walked.scores["participant"] == "p1", "site"].tolist() == [
        "noord",
        "noord",
    ]
    assert flow(walked, "t1") == {"expected": (6, 6), "answered": (6, 6)}
    assert paired(walked).estimate == pytest.approx(3.5)
    assert set(walked.findings["rule"]) <= {"wave-open"}


def test_a_school_that_stops_stays_in_the_flow(making: ModuleType) -> None:
    """South closes after t0: its three families left for that reason, and have no change."""
    gone = {"end": "2025-04-01", "reason": "school stopped"}
    listed = people(p2=gone, p4=gone, p6=gone)
    rows = forms(making)
    rows = [row for row in rows if row["wave"] == "t0" or row["participant"] in "p1 p3 p5"]
    walked = study(making, rows, listed)

    assert flow(walked, "t1") == {
        "expected": (3, 3),
        "answered": (3, 3),
        "school stopped": (3, 3),
    }
    assert len(walked.started) == 6
    assert len(walked.scores) == 9
    assert paired(walked).n_families == 3


def test_who_changes_role_is_followed_in_each(making: ModuleType) -> None:
    """A parent who becomes a coach: answers as a coach are no later wave of the parent."""
    coach = {"key": "coach", "label": {"nl": "coach", "en": "coach"}}
    content = making.tomllib.loads(making.DESIGN)
    asked = [*content["asked"], content["asked"][0] | {"role": "coach"}]
    planned = [each | {"role": "parent"} for each in content["planned"]]
    changed = {"role": "parent", "end": "2025-05-01"}
    listed = [
        *people(p6=changed),
        {"participant": "p6", "family": "F6", "role": "coach", "start": "2025-05-01"},
    ]
    rows = forms(making)
    lsns = {name: None for name in rows[-1] if name.startswith("lsns")}
    rows[-1] |= {"role": "coach"} | lsns
    parts = {"roles": [*content["roles"], coach], "asked": asked, "planned": planned}
    walked = study(making, rows, listed, **parts)

    assert flow(walked, "t1") == {
        "expected": (5, 5),
        "answered": (5, 5),
        "changed role": (1, 1),
    }
    assert flow(walked, "t1", "coach")["answered"] == (1, 1)
    assert paired(walked).estimate == pytest.approx(3.0)
    assert paired(walked).n_families == 5
    assert set(walked.findings["rule"]) <= {"wave-open"}


def test_who_joins_late_is_not_missed_before(making: ModuleType) -> None:
    """Started in May: not due at t0, answered at t1, and no change from a wave never lived."""
    late = {"participant": "p7", "family": "F7", "site": "noord", "start": "2025-05-01"}
    rows = [*forms(making), making.form("p7", "t1", **gse(30))]
    walked = study(making, rows, [*people(), late])

    assert flow(walked, "t0") == {"expected": (6, 6), "answered": (6, 6), "not due": (1, 1)}
    assert flow(walked, "t1") == {"expected": (7, 7), "answered": (7, 7)}
    assert paired(walked).estimate == pytest.approx(3.5)
    assert walked.panel.set_index("participant").loc["p7", "months"] == 0


def test_everyone_has_a_clock_of_their_own(making: ModuleType) -> None:
    """Rolling entry: two months apart, and half a year is half a year for each."""
    days = {n: f"2025-{n:02d}-01" for n in FAMILIES}
    listed = people(**{f"p{n}": {"start": day} for n, day in days.items()})
    rows = forms(making)
    for row in rows:
        n = int(row["participant"][1:])
        row["answered"] = f"2025-{n + (6 if row['wave'] == 't1' else 0):02d}-08"
    walked = study(making, rows, listed, rolling=True)

    months = walked.panel.loc[walked.panel["wave"] == "t1", "months"]
    assert months.between(6.1, 6.3).all()
    assert making.told(walked, "outside-window") == []
    assert flow(walked, "t1") == {"expected": (6, 6), "answered": (6, 6)}
    assert paired(walked).estimate == pytest.approx(3.5)


def test_children_are_averaged_per_family_apart_from_adults(making: ModuleType) -> None:
    """Brother and sister are one family's change; their parent's answer is in another."""
    content = making.tomllib.loads(making.DESIGN)
    outcome = {"outcome": "life_satisfaction_total", "domain": "wellbeing"}
    planned = [*content["planned"], *(outcome | {"role": role} for role in ("parent", "child"))]
    children = [
        {"participant": f"c{n}{twin}", "family": f"F{n}", "role": "child", "birth_year": 2013}
        for n in FAMILIES
        for twin in "ab"[: 2 if n == 1 else 1]
    ]
    rows = forms(making, life_satisfaction_01=9)
    for child in children:
        code = child["participant"]
        change = {"c1a": 4, "c1b": 2}.get(code, 1)
        for wave, mark in (("t0", 3), ("t1", 3 + change)):
            rows.append(making.child(code, wave, life_satisfaction_01=mark))
    walked = study(making, rows, [*people(), *children], planned=planned)
    name = walked.trajectory.outcomes()[-1].key
    found = {
        e.outcome.role: e
        for e in walked.estimates
        if e.outcome.key == name and e.method == "paired_t"
    }

    assert flow(walked, "t1", "child")["answered"] == (7, 6)
    assert found["child"].estimate == pytest.approx((3 + 5 * 1) / 6)
    assert (found["child"].n_participants, found["child"].n_families) == (7, 6)
    assert found["parent"].estimate in (None, 0)


def test_who_withdrew_counts_until_then(making: ModuleType) -> None:
    """Consent withdrawn between the waves: started, left, and no later score."""
    own = {"consent_answers": "yes", "consent_giver": "self", "consent_date": "2025-01-02"}
    gone = own | {"withdrawn": "2025-05-01", "withdrawal": "stop"}
    listed = [person | own for person in people()]
    listed[5] |= gone
    walked = study(making, forms(making), listed)

    assert flow(walked, "t1") == {
        "expected": (5, 5),
        "answered": (5, 5),
        "withdrew": (1, 1),
    }
    assert paired(walked).estimate == pytest.approx(3.0)
    assert walked.consent["participant"].nunique() == 6
    assert len(walked.responses) == 11


def test_who_never_consented_did_not_start(making: ModuleType) -> None:
    """Refused: neither in the flow nor in a score; the finding and the quarantine tell it."""
    own = {"consent_answers": "yes", "consent_giver": "self", "consent_date": "2025-01-02"}
    listed = [person | own for person in people()]
    listed[5] |= {"consent_answers": "no"}
    walked = study(making, forms(making), listed)

    assert flow(walked, "t0") == {"expected": (5, 5), "answered": (5, 5)}
    assert "p6" not in walked.scores["participant"].tolist()
    assert paired(walked).n_families == 5
    assert len(walked.quarantine) == 32
