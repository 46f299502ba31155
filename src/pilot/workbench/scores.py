"""Every score of a panel: each form that was asked, for whom and when it was asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from pilot.design import Asked, Instrument, Outcome, Trajectory
from pilot.errors import ScoringError
from pilot.frames import GROUP, KEYS, RELIABILITY
from pilot.scoring import reliability, score

READY_MADE = "given"


def score_panel(panel: pd.DataFrame, trajectory: Trajectory) -> pd.DataFrame:
    """Score every form that people fill in about themselves, one row a person and wave.

    Parameters
    ----------
    panel : DataFrame
        Columns `PANEL`, then the items and ready-made totals.
    trajectory : Trajectory

    Returns
    -------
    DataFrame
        Same index; columns `KEYS`, then one a score. An unverified scale is there only if
        the trajectory confirmed it; a ready-made total fills what the items leave empty.
    """
    scores = panel[[*KEYS, *([GROUP] if trajectory.groups else [])]].copy()
    for asked in trajectory.asked:
        if asked.rated_by is None:
            rows = panel[asked_here(panel, asked, trajectory)]
            add_scores(scores, rows, asked, trajectory.instruments[asked.instrument])
    return scores


def add_scores(
    scores: pd.DataFrame, rows: pd.DataFrame, asked: Asked, form: Instrument
) -> None:
    """Add every score of one form to a table; what is known of a score already stays."""
    for name, values in _scored(rows, asked, form):
        so_far = scores.get(name, pd.Series(float("nan"), index=scores.index))
        scores[name] = so_far.fillna(values.astype(float).reindex(scores.index))


def consistency_table(panel: pd.DataFrame, trajectory: Trajectory) -> pd.DataFrame:
    """Return how well the items of each planned outcome hang together at its first wave.

    Returns
    -------
    DataFrame
        Columns `RELIABILITY`; where it cannot be told, `reason` says why.
    """
    rows = [_consistency(panel, outcome, trajectory) for outcome in trajectory.outcomes()]
    return pd.DataFrame(rows, columns=list(RELIABILITY))


def asked_here(panel: pd.DataFrame, asked: Asked, trajectory: Trajectory) -> pd.Series:
    """Return which rows are of a role and wave that something is asked of."""
    return (panel["role"] == asked.role) & panel["wave"].isin(trajectory.waves_of(asked))


def _scored(
    rows: pd.DataFrame, asked: Asked, form: Instrument
) -> Iterable[tuple[str, pd.Series]]:
    wanted = [
        scale.key
        for scale in form.scales
        if scale.combine != READY_MADE and (scale.verified or scale.key in asked.confirmed)
    ]
    if wanted and any(item in rows.columns for item in form.items):
        made = score(_with_items(rows, form), form, scales=wanted, confirmed=True)
        yield from ((str(name), made[name]) for name in made.columns)
    yield from ((name, rows[name]) for name in asked.totals if name in rows.columns)


def _with_items(rows: pd.DataFrame, form: Instrument) -> pd.DataFrame:
    """Return rows with a column for every item: one that no export had is empty."""
    absent = [item for item in form.items if item not in rows.columns]
    return rows.assign(**{item: pd.array([pd.NA] * len(rows), dtype="Int8") for item in absent})


def _consistency(
    panel: pd.DataFrame, outcome: Outcome, trajectory: Trajectory
) -> dict[str, Any]:
    form = trajectory.instruments[outcome.instrument]
    scale = next(each for each in form.scales if form.score_name(each) == outcome.key)
    of_role = panel[panel["role"] == outcome.role]
    waves = [wave for wave in outcome.waves if (of_role["wave"] == wave).any()]
    row: dict[str, Any] = dict.fromkeys(RELIABILITY)
    row |= {"outcome": outcome.key, "role": outcome.role, "n_items": len(scale.items)}
    if not waves:
        return row | {"reason": "nobody has answered it yet"}
    first = of_role[of_role["wave"] == waves[0]]
    row |= {"wave": waves[0]}
    try:
        found = reliability(_with_items(first, form), form, scale.key, confirmed=True)
    except ScoringError as why:
        return row | {"reason": why.cause}
    lowest = min(found.item_rest, key=lambda item: found.item_rest[item])
    return row | {
        "n": found.n,
        "alpha": found.alpha,
        "conf_low": found.conf_low,
        "conf_high": found.conf_high,
        "lowest_item": lowest,
        "lowest_item_rest": found.item_rest[lowest],
    }
