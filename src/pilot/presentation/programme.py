"""What the programme is, in the items of TIDieR; what the design does not say stays visible."""

from __future__ import annotations

from pilot.design import Text, Trajectory
from pilot.presentation.markup import Column, Table
from pilot.presentation.words import Words


def programme_table(words: Words, trajectory: Trajectory) -> Table:
    """Return the programme in ten lines: name, why, what, who, how, where, when, changes.

    Parameters
    ----------
    words : Words
    trajectory : Trajectory
        Its `about`; nothing of participants stands in it.

    References
    ----------
    Hoffmann et al. (2014). Better reporting of interventions: template for intervention
    description and replication (TIDieR) checklist and guide. BMJ, 348, g1687.

    Examples
    --------
    >>> from pilot.design import load_trajectory
    >>> table = programme_table(Words("en"), load_trajectory("m-power"))
    >>> [row[0] for row in table.rows][:3], len(table.rows)
    (['name', 'why', 'what'], 10)
    """
    about, language = trajectory.about, words.language
    sessions = _sessions(words, trajectory)
    told = {
        "name": trajectory.title.in_(language),
        "why": _said(words, about.why),
        "what": about.done.in_(language),
        "who": _said(words, about.who) or about.organisation,
        "how": _said(words, about.how),
        "where": about.place,
        "when": " ".join(each for each in (_said(words, about.often), sessions) if each),
        "tailoring": _said(words, about.tailoring),
        "modifications": _said(words, about.modifications),
        "how_well": words("programme.see_table") if sessions else "",
    }
    rows = tuple(
        (words(f"programme.{item}"), said or words("feasibility.not_recorded"))
        for item, said in told.items()
    )
    columns = (Column(words("programme.item")), Column(words("programme.said")))
    return Table(words("programme.caption"), columns, rows, kind="wide")


def _said(words: Words, text: Text | None) -> str:
    return "" if text is None else text.in_(words.language)


def _sessions(words: Words, trajectory: Trajectory) -> str:
    planned = [each.planned_sessions for each in trajectory.events if each.dose]
    total = sum(each for each in planned if each)
    return words("programme.sessions", sessions=words.whole(total)) if total else ""
