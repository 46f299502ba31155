"""The door of the room: every step in its order, and the count of what went in and came out."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from pilot.cleaning.answers import judge_answers
from pilot.cleaning.desk import Desk, count_answers
from pilot.cleaning.duplicates import judge_duplicates
from pilot.cleaning.keying import look_at_keying
from pilot.cleaning.lines import look_for_straight_lines
from pilot.cleaning.occasions import judge_occasions
from pilot.cleaning.order import judge_order
from pilot.cleaning.respondents import look_at_respondents
from pilot.cleaning.windows import judge_windows, look_outside_windows
from pilot.cleaning.written import read_written_dates
from pilot.design import Trajectory
from pilot.errors import CleaningError
from pilot.findings import findings_table, quarantine_table, together
from pilot.frames import COUNTS, Cleaned, Received

STEPS: tuple[Callable[[Desk], None], ...] = (
    judge_occasions,
    read_written_dates,
    judge_windows,
    judge_duplicates,
    judge_order,
    look_outside_windows,
    judge_answers,
    look_for_straight_lines,
    look_at_keying,
    look_at_respondents,
)
"""Who and when, then what: a step may rely on what those before it set aside."""


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
        include those of the room before. Register and events are those received.

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
    desk = Desk(trajectory, received.responses.reset_index(drop=True), received.register)
    rows_in, answers_in = len(desk.forms), count_answers(desk.forms)
    for step in STEPS:
        step(desk)
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
    found = findings_table(desk.findings)
    return Cleaned(
        responses=desk.forms,
        events=received.events,
        register=received.register,
        files=received.files,
        findings=together(received.findings, found.drop_duplicates("id")),
        quarantine=together(received.quarantine, quarantine),
        counts=together(received.counts, pd.DataFrame([door], columns=list(COUNTS))),
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
