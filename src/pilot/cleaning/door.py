"""The door of the room: every step in its order, and the count of what went in and came out."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from pilot.cleaning.answers import judge_answers
from pilot.cleaning.content import without_content
from pilot.cleaning.course import course_at, judge_far_dates
from pilot.cleaning.desk import Desk, count_answers
from pilot.cleaning.duplicates import judge_duplicates
from pilot.cleaning.duration import read_durations
from pilot.cleaning.happened import judge_events, judge_register
from pilot.cleaning.index_child import forget_removed_children, judge_index_child
from pilot.cleaning.keying import look_at_keying
from pilot.cleaning.lines import look_for_straight_lines
from pilot.cleaning.listed import Listed
from pilot.cleaning.occasions import judge_occasions
from pilot.cleaning.order import judge_order
from pilot.cleaning.permission import judge_consent, look_before_consent
from pilot.cleaning.quoted import judge_quotes
from pilot.cleaning.raters import own_and_rated
from pilot.cleaning.respondents import judge_respondents, look_at_respondents
from pilot.cleaning.spelling import look_at_spellings
from pilot.cleaning.windows import judge_windows, look_outside_windows
from pilot.cleaning.written import read_written_dates
from pilot.cleaning.zeros import with_zeros
from pilot.design import Trajectory
from pilot.errors import CleaningError
from pilot.findings import findings_table, quarantine_table, together
from pilot.frames import COUNTS, Cleaned, Received

STEPS: tuple[Callable[[Desk], None], ...] = (
    judge_occasions,
    read_written_dates,
    read_durations,
    judge_consent,
    judge_windows,
    judge_duplicates,
    judge_order,
    judge_far_dates,
    judge_respondents,
    judge_index_child,
    forget_removed_children,
    look_outside_windows,
    look_at_spellings,
    look_before_consent,
    judge_answers,
    look_for_straight_lines,
    look_at_keying,
    look_at_respondents,
)
"""Who and when, then what: a step may rely on what those before it set aside."""

STEPS_OF_RATERS = tuple(
    step for step in STEPS if step not in (judge_respondents, look_at_respondents)
)
"""Who rates is not the person, and need not be."""


def clean(received: Received, trajectory: Trajectory) -> Cleaned:
    """Judge every row and every answer that the exports hold.

    Nothing is dropped or repaired in silence: what is not kept is in the quarantine with
    the finding that says where it stands, what was found there and how to mend it.

    Parameters
    ----------
    received : Received
        What the exports said, by `pilot.read_exports`.
    trajectory : Trajectory
        The design, by `pilot.load_trajectory`.

    Returns
    -------
    Cleaned
        `responses` with wave, role and site as keys, `answered` as a date, and items as
        whole numbers in the instrument's own coding; findings, quarantine and counts
        include those of the room before. `consent` says whose answers may be used; events
        are those of people the register knows, each once. Rows that others filled in about
        a person are judged apart from the person's own.

    Raises
    ------
    CleaningError
        When rows or answers got lost on the way, which is a fault of this code.

    References
    ----------
    World Bank DIME, iefieldkit (`ieduplicates`, `iecodebook`): what is wrong with a form is
    a finding that a person decides about, not a repair.

    Examples
    --------
    >>> import pilot
    >>> study = pilot.load_trajectory("m-power")
    >>> from pilot.frames import COUNTS, EVENTS, FILES, FINDINGS, QUARANTINE, REGISTER
    >>> from pilot.frames import RESPONSES, Received, empty
    >>> tables = (RESPONSES, EVENTS, REGISTER, FILES, FINDINGS, QUARANTINE, COUNTS)
    >>> nothing = Received(*(empty(columns) for columns in tables))
    >>> pilot.clean(nothing, study).counts["answers_in"].tolist()
    [0]
    """
    received = with_zeros(received)
    forms = received.responses.reset_index(drop=True)
    rows_in, answers_in = len(forms), count_answers(forms)
    desk, *others = (
        Desk(trajectory, part, received.register, received.events, received.headings)
        for part in own_and_rated(forms, trajectory)
    )
    for step in STEPS:
        step(desk)
    for other in others:
        for step in STEPS_OF_RATERS:
            step(other)
        desk.take_in(other)
    course = course_at(desk)
    listed = [
        judge_register(desk, course),
        judge_events(desk, course),
        judge_quotes(desk, received),
    ]
    quarantine = together(quarantine_table([]), *desk.aside)
    door = {
        "door": "cleaning",
        "rows_in": rows_in,
        "rows_kept": len(desk.forms),
        "rows_quarantined": desk.rows_aside,
        "answers_in": answers_in,
        "answers_kept": count_answers(desk.forms),
        "answers_quarantined": int(quarantine["column"].notna().sum()),
    }
    _refuse_a_leak(door)
    return _cleaned(received, desk, listed, (door, quarantine))


def _cleaned(
    received: Received,
    desk: Desk,
    listed: list[Listed],
    forms: tuple[dict[str, object], pd.DataFrame],
) -> Cleaned:
    door, quarantine = forms
    told = [desk.findings, *(each.findings for each in listed)]
    found = findings_table([record for records in told for record in records])
    aside = together(quarantine, *(each.quarantine() for each in listed))
    doors = [door, *(each.door() for each in listed if each.came[0])]
    quarantine, findings = without_content(
        together(received.quarantine, aside),
        together(received.findings, found.drop_duplicates("id")),
        desk,
    )
    return Cleaned(
        responses=desk.forms,
        events=listed[1].frame,
        register=listed[0].frame,
        files=received.files,
        findings=findings,
        quarantine=quarantine,
        counts=together(received.counts, pd.DataFrame(doors, columns=list(COUNTS))),
        consent=desk.consent,
        quotes=listed[2].frame,
        headings=received.headings,
    )


def _refuse_a_leak(door: dict[str, object]) -> None:
    for what in ("rows", "answers"):
        came, kept, aside = (door[f"{what}_{end}"] for end in ("in", "kept", "quarantined"))
        if came != kept + aside:  # type: ignore[operator]
            raise CleaningError(
                f"door 'cleaning', {what}",
                f"{came} came in, but {kept} were kept and {aside} set aside",
                "report this with the export's structure: it is a fault of pilot",
            )
