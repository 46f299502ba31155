"""From an outcome, its assumptions and numbers of families to what they can show."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from pilot.estimation.ladder import INTERVAL_FROM, SITES_FROM
from pilot.estimation.planning.assume import Ask
from pilot.estimation.planning.formula import Reach, reach_of
from pilot.estimation.planning.possible import (
    families_asked,
    refuse_no_change,
    refuse_no_draws,
)
from pilot.estimation.planning.trials import METHODS, trials
from pilot.estimation.reasons import FAMILIES, Refusal, refusal
from pilot.results.prospect import Prospect

FAMILIES_ASKED = (4, 6, 8, 12, 16, 24, 30)
SIMULATIONS = 2_000
SEED = 20250101


def foresee(
    ask: Ask,
    families: Sequence[int] = FAMILIES_ASKED,
    *,
    simulations: int = SIMULATIONS,
    seed: int = SEED,
) -> Prospect:
    """Return what each number of families can show.

    Parameters
    ----------
    ask : Ask
        Outcome, change and assumptions.
    families : sequence of int
        Families that start.
    simulations : int
        Pilots drawn for each; 2,000 give power to about 2 points.
    seed : int

    Returns
    -------
    Prospect

    Raises
    ------
    CallError
        For numbers no pilot can have.

    Notes
    -----
    By formula: the t interval on families with both waves (see `reach_of`), a family being
    the mean of its members. By simulation: the planned method of the design, with families
    that leave, steps, floor and ceiling. What a plan cannot know is whether its assumptions
    hold: vary them. It is no promise that a programme works, and a pilot is there to learn
    whether a larger study can be done.

    References
    ----------
    Lancaster, Dodd & Williamson (2004). Design and analysis of pilot studies. Journal of
    Evaluation in Clinical Practice, 10(2), 307-312.
    Bell, Whitehead & Julious (2018). Guidance for using pilot studies to inform the design
    of intervention trials with continuous outcomes. Clinical Epidemiology, 10, 153-157.

    Examples
    --------
    >>> from pilot.design.text import Text
    >>> from pilot.design.outcome import Outcome
    >>> from pilot.results.prospect import Assumptions
    >>> total = Outcome("score", Text(nl="score", en="score"), "better", 10, 40)
    >>> ask = Ask(total, Assumptions(lost=0.0), change=1.0, unit="sd")
    >>> prospect = foresee(ask, [12], simulations=500)
    >>> prospect.frame[["half_width_95", "detectable_change", "smallest_p"]].round(4)
       half_width_95  detectable_change  smallest_p
    0         0.6354             0.8887      0.0005
    """
    asked = families_asked(families)
    refuse_no_draws(simulations, seed)
    refuse_no_change(ask)
    simulations, seed = int(simulations), int(seed)
    rows = [_row(ask, number, simulations, seed) for number in asked]
    return Prospect(
        outcome=ask.outcome,
        unit=ask.unit,
        change=ask.change,
        change_origin=ask.change_origin,
        method=METHODS[ask.generalises_to],
        generalises_to=ask.generalises_to,
        assumptions=ask.assumptions,
        simulations=simulations,
        seed=seed,
        frame=pd.DataFrame(rows),
    )


def _row(ask: Ask, families: int, simulations: int, seed: int) -> dict[str, Any]:
    assumed = ask.assumptions
    pairs = families * (1 - assumed.lost)
    sites = min(assumed.sites, families)
    row: dict[str, Any] = {
        "families": families,
        "sites": sites,
        "waves": len(assumed.months),
        "families_with_pair": pairs,
        **_by_formula(ask, pairs, sites),
    }
    why = _refused(ask, families, sites)
    if why is not None:
        return row | _no_answer(why)
    planned, paired = trials(ask, families, simulations, seed)
    if not planned.answered:
        mend = "plan for more families that stay, or look at floor and ceiling"
        where = f"outcome {ask.outcome.key!r}"
        return row | _no_answer(refusal("no_pilot_answered", where, mend, n=simulations))
    return row | {
        "power": planned.power,
        "power_holm": planned.power_holm,
        "half_width_95_simulated": planned.half_width_95,
        "half_width_75_simulated": planned.half_width_75,
        "coverage_95": planned.coverage_95,
        "coverage_75": planned.coverage_75,
        "detectable_change_simulated": planned.detectable,
        "power_t": paired.power,
        "coverage_95_t": paired.coverage_95,
        "coverage_75_t": paired.coverage_75,
        "answered": planned.answered,
        "change_left": planned.change_left * (ask.outcome.better_sign or 1),
        "reason": "",
        "reason_nl": "",
    }


SIMULATED = (
    "power",
    "power_holm",
    "half_width_95_simulated",
    "half_width_75_simulated",
    "coverage_95",
    "coverage_75",
    "detectable_change_simulated",
    "power_t",
    "coverage_95_t",
    "coverage_75_t",
    "change_left",
)


def _no_answer(why: Refusal) -> dict[str, Any]:
    told = {"answered": 0.0, "reason": why.cause, "reason_nl": why.reason_nl}
    return dict.fromkeys(SIMULATED, math.nan) | told


def _by_formula(ask: Ask, pairs: float, sites: int) -> dict[str, float]:
    assumed = ask.assumptions
    units, spread = pairs, assumed.sd_family_change
    if ask.generalises_to == "sites":
        within = assumed.change_share_within_sites * sites / max(pairs, 1e-9)
        units, spread = float(sites), assumed.sd_change * math.sqrt(assumed.site_icc + within)
    nothing = Reach(math.nan, math.nan, math.nan, math.nan)
    reach = reach_of(units) if units > 1 else nothing
    return {
        "half_width_95": spread * reach.half_width_95,
        "half_width_75": spread * reach.half_width_75,
        "detectable_change": spread * reach.detectable,
        "smallest_p": min(reach.smallest_p, 1.0),
    }


def _refused(ask: Ask, families: int, sites: int) -> Refusal | None:
    """Return why no pilot of this shape is ever given a mean."""
    where = f"outcome {ask.outcome.key!r}"
    if families < INTERVAL_FROM:
        mend = "plan for profiles, counts and stories, or for more families"
        found = {"n": families, "units": FAMILIES, "needed": INTERVAL_FROM}
        return refusal("few_units", where, mend, **found)
    if ask.generalises_to == "sites" and sites < SITES_FROM:
        mend = "plan for more sites, or generalise to the families that take part"
        return refusal("few_sites", where, mend, n=sites, needed=SITES_FROM)
    return None
