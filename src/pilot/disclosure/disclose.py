"""From a study to what everybody may know of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Literal

from pilot.disclosure.asking import asked_otherwise
from pilot.disclosure.cells import Cell, join_smallest
from pilot.disclosure.change import Change, changes
from pilot.disclosure.earlier import beside_earlier
from pilot.disclosure.feasibility import feasibility_counts, public_feasibility
from pilot.disclosure.happened import count_events, show_events
from pilot.disclosure.ledger import Ledger, open_ledger
from pilot.disclosure.quotes import public_stories, story_counts
from pilot.disclosure.tally import Tally, tally
from pilot.results import Disclosed, PlanStanding, PublicCount, Published, Study

WAVE_COLUMNS = ["wave", "label_nl", "label_en", "state", "opens", "closes"]
DOORS = ("intake", "cleaning", "linkage")
"""The doors that questionnaires go through; events, quotes and the register have others."""


def disclose(study: Study, earlier: Sequence[Published] = ()) -> Disclosed:
    """Return all that a public page may know of a study, and nothing else.

    Counts go through a ledger: exact, or between two edges, so that no two published
    numbers can be subtracted to find fewer families or people than the threshold.
    Estimates are rounded, without p, d or df, and shown from that many families on. Counts
    of better, cannot tell and worse are joined until each holds. Nothing is told by site.

    Parameters
    ----------
    study : Study
        From `open_study`.
    earlier : sequence of Published
        What was published of this trajectory before, the oldest first. Those that are of
        other data (simulated, or real) do not count.

    Returns
    -------
    Disclosed

    Notes
    -----
    The number planned is a number of the plan and not of people, so it does not count in
    the ledger. Of an earlier report every count stays told, so that no count of this one may
    be subtracted from it; and where fewer families than the threshold (but some) answered
    otherwise since then, an estimate, an activity, the goals or a story stays as it was.

    References
    ----------
    Hundepool et al. (2012). Statistical Disclosure Control. Wiley.

    Examples
    --------
    >>> import pilot
    >>> public = pilot.disclose(pilot.open_study("krachtige-gezinnen", demo=True))
    >>> public.started
    PublicCount(exact=14, low=None, high=None)
    """
    earlier = [each for each in earlier if each.simulated == study.simulated]
    return beside_earlier(study, _anew(study, earlier), earlier)


def _anew(study: Study, earlier: Sequence[Published]) -> Disclosed:
    counted, shown = tally(study), changes(study)
    small = counted.started < study.trajectory.thresholds.families
    cells = _cells_of_leaving(counted, study.trajectory.thresholds.families)
    happened = count_events(study)
    ledger = open_ledger(
        [*_wanted(study, counted, shown, cells), *happened.counts],
        study.trajectory.thresholds.families,
        [count for report in earlier for count in report.counts],
    )
    reach = study.trajectory.reach
    flow, events = _each(counted.flow, ledger), _each(counted.events, ledger, small)
    estimates = () if small else tuple(each.show(ledger) for each in shown)
    left, goals = _left(counted, cells, ledger), _each(counted.goals, ledger, small)
    told = [
        ledger.show(counted.started),
        *(count for _, count in (*flow, *left)),
        *(each.n_families for each in estimates if not each.refused),
    ]
    return Disclosed(
        trajectory=study.trajectory,
        simulated=study.simulated,
        lock=study.lock,
        waves=study.waves[WAVE_COLUMNS].copy(),
        planned_families=reach.families or reach.participants,
        started=ledger.show(counted.started),
        started_participants=ledger.show(counted.people),
        flow=flow,
        left=left,
        feasibility=public_feasibility(study, counted.role, ledger, told, earlier),
        estimates=estimates,
        events=events,
        answers_in=None if small else _answers(study),
        answers_set_aside_share=None if small else _set_aside(study),
        small=small,
        role=counted.role,
        family_roles=counted.family_roles,
        goals=goals,
        plan=_plan(study.plan),
        deviations=len(study.plan.deviations),
        n_sites=counted.sites if counted.sites >= ledger.threshold else None,
        happened=show_events(study, happened, ledger),
        stories=() if small else public_stories(study, counted.role, ledger),
        asked_otherwise=() if small else asked_otherwise(study),
    )


def _plan(plan: PlanStanding) -> Literal["none", "before", "after", "unknown"]:
    if plan.frozen is None:
        return "none"
    if plan.before_last_wave is None:
        return "unknown"
    return "before" if plan.before_last_wave else "after"


def _wanted(
    study: Study, counted: Tally, shown: Sequence[Change], cells: Sequence[Cell]
) -> list[int]:
    """Return every count that will be shown, what readers need most first.

    Of few families how often something happened is no such count: it only stands as a band.
    """
    small = counted.started < study.trajectory.thresholds.families
    happened = () if small else (*counted.events, *counted.goals)
    primary = [each for each in shown if each.estimate.outcome.primary]
    others = [each for each in shown if not each.estimate.outcome.primary]
    return [
        counted.started,
        counted.people,
        *(each.counts[0] for each in primary if each.counts),
        *(count for _, count in counted.flow),
        *chain.from_iterable(each.counts for each in primary),
        *(count for _, count in cells),
        *(count for _, count in happened),
        *chain.from_iterable(each.counts for each in others),
        *feasibility_counts(study, counted.role),
        *story_counts(study, counted.role),
    ]


def _each(
    counts: Sequence[tuple[str, int]], ledger: Ledger, banded: bool = False
) -> tuple[tuple[str, PublicCount], ...]:
    """Return counts as shown; of few families how often something happened is a band."""
    return tuple((name, ledger.show(count, exactly=not banded)) for name, count in counts)


def _cells_of_leaving(counted: Tally, least: int) -> tuple[Cell, ...]:
    """Return the cells of who left; none of one to four, since of nobody there is none."""
    cells = join_smallest([((reason,), count) for reason, count in counted.left], least)
    return tuple(cell for cell in cells if cell[1] >= least)


def _left(
    counted: Tally, cells: Sequence[Cell], ledger: Ledger
) -> tuple[tuple[str, PublicCount], ...]:
    """Return who left why; reasons that hold only together are told without their names.

    Not exactly where the rest would tell how few stayed, or how few missed a wave.
    """
    stayed = counted.started - sum(count for _, count in cells)
    exactly = all(not 0 < rest < ledger.threshold for rest in (stayed, counted.missed))
    return tuple(
        (
            names[0] if len(names) == 1 and count >= ledger.threshold else "other",
            ledger.show(count, exactly=exactly),
        )
        for names, count in cells
    )


def _answers(study: Study) -> int:
    """Return how many answers came in, in hundreds: forms and families stay uncounted."""
    intake = study.counts[study.counts["door"] == "intake"]
    return round(int(intake["answers_in"].sum()) / 100) * 100


def _set_aside(study: Study) -> float:
    """Return which share of the answers on questionnaires was set aside, at any door."""
    doors = study.counts[study.counts["door"].isin(DOORS)]
    came = int(doors.loc[doors["door"] == "intake", "answers_in"].sum())
    aside = int(doors["answers_quarantined"].sum())
    return round(aside / came, 2) if came else 0.0
