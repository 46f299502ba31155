"""The days on which anything of a programme can have happened."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pilot.cleaning.desk import Desk
from pilot.cleaning.listed import Listed
from pilot.cleaning.words import Column, Flags
from pilot.cleaning.written import date_heading
from pilot.design import Trajectory
from pilot.design.span import A_YEAR, calendar_span

YEAR = pd.Timedelta(A_YEAR)
Days = tuple[pd.Timestamp, pd.Timestamp]


def course_of(trajectory: Trajectory, dated: list[Column]) -> Days | None:
    """Return the first and last day that a programme can know of.

    A year before its first wave opens until a year after its last wave closes. Where
    everyone has a clock of their own, no wave has a day: then from a year before until a
    year after those dates that follow each other within a year, seen from the middle one;
    what lies beyond a wider gap is a slip of the pen.

    Parameters
    ----------
    trajectory : Trajectory
    dated : list of Series of datetime
        All the dates there are.
    """
    calendar = calendar_span(trajectory.waves)
    if calendar is not None:
        return pd.Timestamp(calendar[0]), pd.Timestamp(calendar[1])
    days = np.sort(pd.concat([pd.to_datetime(each) for each in dated]).dropna().to_numpy())
    if not len(days):
        return None
    middle = (len(days) - 1) // 2
    wide = np.flatnonzero(np.diff(days) > YEAR.to_timedelta64())
    start = max((gap + 1 for gap in wide if gap < middle), default=0)
    end = min((gap for gap in wide if gap >= middle), default=len(days) - 1)
    return pd.Timestamp(days[start]) - YEAR, pd.Timestamp(days[end]) + YEAR


def judge_far_dates(desk: Desk) -> None:
    """Tell of dates of answering outside the course and leave them empty.

    Nobody can have answered then; the answers count, and the date moves neither elapsed
    time nor the data lock.
    """
    answered = desk.forms["answered"]
    course = course_of(desk.trajectory, _dates(desk))
    if course is None or answered.isna().all():
        return
    far = outside(answered, course)
    for place in np.flatnonzero(far).tolist():
        form = desk.forms.iloc[place]
        desk.tell_of_row(
            "date-beyond-course",
            place,
            column=date_heading(desk, place),
            found=f"{form['answered']:%Y-%m-%d} at {form['wave']}",
            expected=in_words(course),
        )
    if far.any():
        desk.replace({"answered": answered.mask(far)})


def set_far_dates_aside(listed: Listed, name: str, course: Days | None) -> None:
    """Set dates of events aside that lie outside the course, or of the register after it.

    Somebody may have come to the programme long before anyone thought of measuring, and an
    end without a reason may be planned: those stay.
    """
    if course is None or listed.frame.empty:
        return
    days = pd.to_datetime(listed.frame[name])
    far = outside(days, course)
    if listed.kind == "register":
        happened = (name != "end") | listed.frame["reason"].notna()
        far = ((days > course[1]) & happened).to_numpy(bool)
    ids = {
        place: listed.tell(
            "date-beyond-course",
            place,
            column=listed.heading(place, name),
            found=f"{days[place]:%Y-%m-%d}",
            expected=in_words(course),
        )
        for place in listed.marked(far)
    }
    if ids:
        listed.set_cells_aside(name, ids)


def outside(days: Column, course: Days) -> Flags:
    """Return which days are known and lie outside a course."""
    return ((days < course[0]) | (days > course[1])).to_numpy(bool)


def in_words(course: Days) -> str:
    """Return a course as a person reads it."""
    return f"{course[0]:%Y-%m-%d} to {course[1]:%Y-%m-%d}"


def course_at(desk: Desk) -> Days | None:
    """Return the course as all dates on the desk tell it."""
    return course_of(desk.trajectory, _dates(desk))


def _dates(desk: Desk) -> list[Column]:
    return [desk.forms["answered"], desk.events["date"], desk.register["start"]]
