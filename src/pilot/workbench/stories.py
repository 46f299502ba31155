"""Stories as they stand in ``results.json``, and how far their two coders agree."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pilot.estimation.agreement import agreement
from pilot.results import Agreement, Study
from pilot.results.stories import DIRECTIONS


def coders_of(quotes: pd.DataFrame) -> tuple[Agreement, ...]:
    """Return the agreement of two coders about the direction of each quote, if there are two.

    Kappa without weights: ``mixed`` does not lie between better and worse.
    """
    if quotes["second_direction"].isna().all():
        return ()
    first, second = quotes["direction"], quotes["second_direction"]
    told = agreement(first, second, kind="kappa", name="coders", categories=DIRECTIONS)
    return (told,)


def stories_record(study: Study) -> list[dict[str, Any]]:
    """Return the coded quotes by role and domain; the words only where they may be shown."""
    rows: list[dict[str, Any]] = []
    if study.quotes.empty:
        return rows
    for (role, domain), group in study.quotes.groupby(["role", "domain"], sort=True):
        shown = group.dropna(subset=["text"]).sort_values(["direction", "text"])
        rows.append(
            {
                "role": role,
                "domain": domain,
                "quotes": len(group),
                "participants": int(group["participant"].nunique()),
                "directions": {
                    way: int((group["direction"] == way).sum()) for way in DIRECTIONS
                },
                "withheld": int(group["text"].isna().sum()),
                "shown": [
                    {"direction": way, "text": text}
                    for way, text in zip(shown["direction"], shown["text"], strict=True)
                ],
            }
        )
    return rows
