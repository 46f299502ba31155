"""What can so many families show? From a design to a plan that can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from numbers import Real
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from pilot.design import LANGUAGES, Language, Outcome, Trajectory, load_trajectory
from pilot.errors import CallError, suggestion
from pilot.estimation.planning import (
    FAMILIES_ASKED,
    SEED,
    SIMULATIONS,
    Ask,
    assume,
    foresee,
    planned_outcome,
    usual_change,
)
from pilot.presentation import (
    plan_assumptions,
    plan_lines,
    plan_sentences,
    plan_table,
    plot_plan,
)
from pilot.presentation.markup import Table
from pilot.presentation.words import Words
from pilot.results import Assumptions, Prospect

if TYPE_CHECKING:
    from pilot.presentation.picture import Picture

UNITS = ("points", "sd")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class StudyPlan:
    """What each number of families can show of one outcome, with words and figures.

    Attributes
    ----------
    prospect : Prospect
        The numbers, unrounded.
    families : int
        The number that sentences are about unless told: the one in the design, or of those
        planned for the nearest.
    compared : bool
        Whether the design has a comparison group, which a plan leaves out.
    """

    prospect: Prospect
    families: int
    compared: bool = False

    @property
    def frame(self) -> pd.DataFrame:
        """One row a number of families; see `Prospect` for the columns."""
        return self.prospect.frame.copy()

    @property
    def assumptions(self) -> Assumptions:
        """What the plan rests on."""
        return self.prospect.assumptions

    def sentence(self, language: Language = "nl", families: int | None = None) -> str:
        """Return what so many families can and cannot show, for a funding application."""
        return " ".join(self.sentences(language, families))

    def sentences(self, language: Language = "nl", families: int | None = None) -> list[str]:
        """Return the same, one thing a line."""
        number = self.families if families is None else families
        return plan_sentences(self.prospect, number, language, compared=self.compared)

    def assumed(self, language: Language = "nl") -> list[str]:
        """Return what the plan rests on, in words, each with where it comes from."""
        return plan_assumptions(self.prospect, language)

    def table(self, language: Language = "nl") -> Table:
        """Return the numbers as a table."""
        return plan_table(self.prospect, language)

    def lines(self, language: Language = "nl") -> list[str]:
        """Return the numbers people ask for first as lines of text."""
        return plan_lines(self.prospect, language)

    def plot(self, language: Language = "nl") -> Picture:
        """Return the margin and the chance against the number of families."""
        return plot_plan(self.prospect, language)

    def _repr_html_(self) -> str:
        return "\n<hr>\n".join(
            f'<div lang="{each}">\n{self._html(each)}\n</div>' for each in LANGUAGES
        )

    def _html(self, language: Language) -> str:
        told = "".join(f"<p>{escape(line)}</p>" for line in self.sentences(language))
        rests = "".join(f"<li>{escape(line)}</li>" for line in self.assumed(language))
        title = escape(Words(language)("plan.assumed_title"))
        table = self.table(language).html()
        return f"{told}\n{table}\n<p><strong>{title}</strong></p>\n<ul>{rests}</ul>"

    def __repr__(self) -> str:
        return repr(self.prospect).replace("Prospect(", "StudyPlan(", 1)


def plan(  # noqa: PLR0913 - each is something a planner chooses, and all but one by name
    trajectory: Trajectory | str | Path,
    families: Sequence[int] = FAMILIES_ASKED,
    *,
    change: float | None = None,
    change_in: Literal["points", "sd"] = "points",
    outcome: str | None = None,
    role: str | None = None,
    simulations: int = SIMULATIONS,
    seed: int = SEED,
    **assumed: Any,
) -> StudyPlan:
    """Say what so many families can and cannot show, before anybody is asked anything.

    Parameters
    ----------
    trajectory : Trajectory, str or Path
        A design, its name on the shelf, or its file.
    families : sequence of int
        Numbers of families that start.
    change : float, optional
        The change, towards better, that power is about. Default: the published smallest
        change that matters, else half a standard deviation between persons.
    change_in : {"points", "sd"}
        Whether `change` is in points of the outcome's scale or in standard deviations
        between persons (d_av).
    outcome : str, optional
        Key of an outcome of the design; default the first primary one. Plan the other
        primary one too: their scales differ.
    role : str, optional
        Whose outcome, where several roles have it; default the only one that has.
    simulations : int
        Pilots drawn for each number of families; at least 200.
    seed : int
    **assumed
        Fields of `pilot.results.Assumptions` that are known better: ``lost=0.35``,
        ``sites=4``, ``sd=4.2``, ``retest=0.6``, ``members=1.5``, ``lost_by="score"``,
        ``skew=1``, ``months=(0, 12)`` ...

    Returns
    -------
    StudyPlan
        ``.frame``, ``.sentence(language)``, ``.plot(language)``, ``.table(language)``.

    Raises
    ------
    CallError
        For an unknown trajectory, outcome or assumption, or one that is not possible; for an
        outcome of several roles without one; for a change in points where no standard
        deviation is known.

    Notes
    -----
    Margins follow from the t interval on families with both waves, half = t(n - 1) s /
    sqrt(n), and from simulated pilots analysed as the design plans it: under ``families``
    the mixed model with Kenward-Roger, under ``sites`` the t on site means. Holm's
    correction for two primary outcomes lies between power at .05 and at .025. Below five
    families no mean is given, so nothing is powered.

    Not to choose the assumptions until the answer pleases; not as a promise that a
    programme works: a pilot plans for learning, feasibility first.

    References
    ----------
    Lancaster, Dodd & Williamson (2004). Design and analysis of pilot studies. Journal of
    Evaluation in Clinical Practice, 10(2), 307-312.
    Bell, Whitehead & Julious (2018). Guidance for using pilot studies to inform the design
    of intervention trials with continuous outcomes. Clinical Epidemiology, 10, 153-157.
    Kenward & Roger (1997). Biometrics, 53, 983-997.

    Examples
    --------
    >>> twelve = plan("krachtige-gezinnen", [12], change=3, lost=0, simulations=200)
    >>> twelve.frame[["half_width_95", "detectable_change", "smallest_p"]].round(2)
       half_width_95  detectable_change  smallest_p
    0           3.18               4.45         0.0
    >>> print(twelve.sentences("en")[0])
    We reckon with 12 families that have both measurements.
    """
    if change_in not in UNITS:
        cause = f"{change_in!r} is nothing a change is measured in"
        raise CallError("change_in", cause, suggestion(change_in, UNITS))
    design = trajectory if isinstance(trajectory, Trajectory) else load_trajectory(trajectory)
    planned = planned_outcome(design, outcome, role)
    assumptions, unit = assume(design, planned, **assumed)
    asked, origin = usual_change(planned, assumptions)
    if change is not None:
        asked = _in_unit(change, change_in, unit, planned, assumptions)
        origin = "given"
    ask = Ask(planned, assumptions, asked, unit, origin, design.generalises_to)
    prospect = foresee(ask, families, simulations=simulations, seed=seed)
    nearest = _nearest(prospect, design.reach.families)
    return StudyPlan(prospect, nearest, compared=design.groups is not None)


def _in_unit(
    change: Any, given_in: str, unit: str, outcome: Outcome, assumed: Assumptions
) -> float:
    if not isinstance(change, Real):
        raise CallError("change", f"{change!r} is no number", "give a number")
    if given_in == unit:
        return float(change)
    if given_in == "sd":
        return float(change) * assumed.sd
    raise CallError(
        "change",
        f"{change:g} points of {outcome.key!r} cannot be weighed: no standard deviation of it "
        "is published",
        "give sd=..., or the change with change_in='sd'",
    )


def _nearest(prospect: Prospect, planned: int | None) -> int:
    numbers = [int(number) for number in prospect.frame["families"]]
    if planned is None:
        return numbers[-1]
    return min(numbers, key=lambda number: abs(number - planned))
