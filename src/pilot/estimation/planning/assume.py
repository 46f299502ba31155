"""What a design and the published figures say beforehand, and what is assumed for the rest."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from numbers import Real
from typing import Any, Literal

from pilot.design.outcome import Outcome
from pilot.design.trajectory import Trajectory
from pilot.errors import CallError, suggestion
from pilot.estimation.plan import GeneralisesTo
from pilot.estimation.retest import DAYS_A_MONTH, usual_movement
from pilot.results.prospect import Assumptions, Origin

HALF_SD = 0.5
SITE_ICC = 0.05
Unit = Literal["points", "sd"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One outcome and the change that a plan is about.

    Parameters
    ----------
    outcome : Outcome
    assumptions : Assumptions
    change : float
        Towards better, in `unit`.
    unit : {"points", "sd"}
    change_origin : {"given", "published", "assumed"}
    generalises_to : {"families", "sites"}
    """

    outcome: Outcome
    assumptions: Assumptions
    change: float
    unit: Unit = "points"
    change_origin: Origin = "given"
    generalises_to: GeneralisesTo = "families"


def planned_outcome(
    trajectory: Trajectory, key: str | None = None, role: str | None = None
) -> Outcome:
    """Return the outcome a plan is about: the one named, else the first primary one.

    Parameters
    ----------
    trajectory : Trajectory
    key : str, optional
    role : str, optional
        Whose outcome it is, needed where several roles have it.

    Raises
    ------
    CallError
        For an outcome or role the design does not have, one that several roles share, or
        one of which no mean is taken.
    """
    outcomes = trajectory.outcomes()
    if role is not None:
        outcomes = _of_role(outcomes, role)
    if key is None:
        return next((each for each in outcomes if each.level == "interval"), outcomes[0])
    named = [each for each in outcomes if each.key == key]
    if not named:
        known = [each.key for each in outcomes]
        raise CallError(
            "outcome", f"the design has none called {key!r}", suggestion(key, known)
        )
    if len(named) > 1:
        roles = [each.role for each in named]
        raise CallError(
            "outcome",
            f"{key!r} is an outcome of {' and of '.join(roles)}",
            f"name the role too: {' or '.join(f'--role {each}' for each in roles)}",
        )
    if named[0].level != "interval":
        raise CallError(
            "outcome",
            f"of {key!r} no mean is taken: its steps are an order, not a distance",
            "plan for an outcome with interval = true in the design",
        )
    return named[0]


def _of_role(outcomes: list[Outcome], role: str) -> list[Outcome]:
    theirs = [outcome for outcome in outcomes if outcome.role == role]
    if not theirs:
        known = list(dict.fromkeys(outcome.role for outcome in outcomes))
        cause = f"the design plans nothing for {role!r}"
        raise CallError("role", cause, suggestion(role, known))
    return theirs


def assume(trajectory: Trajectory, outcome: Outcome, **given: Any) -> tuple[Assumptions, Unit]:
    """Return what a plan of an outcome assumes, and the unit of its sizes.

    The standard deviation, mean and retest are the published ones where the outcome has
    them; the waves, sites and loss come from the design (its line for going on says how
    many must answer at the end). Without a standard deviation all sizes are in SD between
    persons, and floor and ceiling cannot be reckoned with.

    Parameters
    ----------
    trajectory : Trajectory
    outcome : Outcome
    **given
        Fields of `Assumptions` that are known better.

    Examples
    --------
    >>> from pilot.design import load_trajectory
    >>> design = load_trajectory("krachtige-gezinnen")
    >>> assumed, unit = assume(design, planned_outcome(design), lost=0.35)
    >>> assumed.sd, unit, assumed.sites, assumed.lost, assumed.origins["sd"]
    (5.01, 'points', 4, 0.35, 'published')
    """
    _refuse_no_numbers(given)
    found: dict[str, tuple[Any, Origin]] = {
        "months": (months_of(trajectory, outcome), "design"),
        "lost": (round(1 - trajectory.feasibility.post_valid.go, 4), "design"),
    }
    if trajectory.sites:
        found["sites"] = (len(trajectory.sites), "design")
    if trajectory.generalises_to == "sites":
        found["site_icc"] = (SITE_ICC, "assumed")
    found |= _scale(trajectory, outcome, with_sd="sd" in given)
    months = given.get("months", found["months"][0])
    known = usual_movement(outcome, (months[-1] - months[0]) * DAYS_A_MONTH)
    if known is not None:
        found["retest"] = (known.value, "published")
    values = {name: value for name, (value, _) in found.items()}
    bare = Assumptions(**values)
    origins = {name: origin for name, (_, origin) in found.items()}
    told: dict[str, Origin] = {
        name: origins.get(name, "assumed") for name in bare.__slots__ if name != "origins"
    }
    whole = Assumptions(**values, origins=told).with_given(**given)
    _refuse_beyond_scale(whole)
    return whole, "points" if "sd" in found or "sd" in given else "sd"


def _refuse_no_numbers(given: dict[str, Any]) -> None:
    for name, value in given.items():
        if name == "months":
            _refuse_no_waves(value)
        elif name in ("lost_by", "origins") or (name in ("low", "high") and value is None):
            continue
        elif not _is_number(value, endless=name not in ("low", "high")):
            raise CallError(name, f"{value!r} is no number", "give a number")
        elif name == "sites" and math.isfinite(value) and int(value) != value:
            raise CallError(name, f"{value!r} is no whole number", "give a whole number")


def _is_number(value: object, *, endless: bool = True) -> bool:
    """Return whether a value is a number; `Assumptions` judges its size, but for the ends."""
    number = isinstance(value, Real) and not isinstance(value, bool)
    return number and (endless or not math.isnan(value))  # type: ignore[arg-type]


def _refuse_no_waves(months: object) -> None:
    told: list[Any] = list(months) if isinstance(months, Iterable) else [months]
    known = all(_is_number(month) and math.isfinite(month) for month in told)
    if not known or len(told) < 2 or told != sorted(set(told)):
        words = (f"{month:g}" if _is_number(month) else str(month) for month in told)
        said = ", ".join(words) or "none"
        mend = "give two or more rising months: 0, 12"
        raise CallError("months", f"{said} are no waves in order", mend)


def _refuse_beyond_scale(assumed: Assumptions) -> None:
    """Refuse people who differ by more than half of them at each end of the scale."""
    if assumed.low is None or assumed.high is None:
        return
    most = (assumed.high - assumed.low) / 2
    if assumed.sd > most:
        cause = f"{assumed.sd:g} is not possible on a scale of {assumed.low:g} to "
        raise CallError("sd", f"{cause}{assumed.high:g}", f"give at most {most:g}")


def usual_change(outcome: Outcome, assumed: Assumptions) -> tuple[float, Origin]:
    """Return the smallest change that matters as published, else half a standard deviation."""
    if outcome.minimal_change is not None:
        return outcome.minimal_change.value, "published"
    return HALF_SD * assumed.sd, "assumed"


def months_of(trajectory: Trajectory, outcome: Outcome) -> tuple[float, ...]:
    """Return when an outcome's waves lie: the middle of each window, from the first on.

    Raises
    ------
    CallError
        When it is asked at one wave only.

    Examples
    --------
    >>> from pilot.design import load_trajectory
    >>> design = load_trajectory("moeder-vadercentra")
    >>> months_of(design, design.outcomes()[0])
    (0.0, 5.0, 11.5)
    """
    waves = [
        wave for wave in trajectory.waves if not outcome.waves or wave.key in outcome.waves
    ]
    if len(waves) < 2:
        raise CallError(
            "outcome", f"{outcome.key!r} is asked at one wave only", "plan a second wave for it"
        )
    unit = 1.0 if waves[0].rolling else DAYS_A_MONTH
    middles = [(wave.start + wave.end) / 2 / unit for wave in waves]
    return tuple(round(middle - middles[0], 1) for middle in middles)


def _scale(
    trajectory: Trajectory, outcome: Outcome, *, with_sd: bool
) -> dict[str, tuple[Any, Origin]]:
    """Return the scale in points, where a standard deviation is published or given."""
    known = [each for each in outcome.reference if each.sd]
    if not known and not with_sd:
        return {}
    middle = (outcome.low + outcome.high) / 2
    found: dict[str, tuple[Any, Origin]] = {
        "mean": (known[0].mean, "published") if known else (middle, "assumed"),
        "low": (outcome.low, "design"),
        "high": (outcome.high, "design"),
        "step": (_step(trajectory, outcome), "design"),
    }
    if known:
        found["sd"] = (known[0].sd, "published")
    return found


def _step(trajectory: Trajectory, outcome: Outcome) -> float:
    """Return the steps in which scores come."""
    theirs = (each for each in trajectory.planned if each.outcome == outcome.key)
    asked = (trajectory.where_asked(each) for each in theirs)
    scale = next(form.scales[at] for entry, form, at in asked if entry.role == outcome.role)
    if scale.combine == "mean":
        return scale.times / len(scale.items)
    return scale.times if scale.combine in ("sum", "count", "single") else 0.0
