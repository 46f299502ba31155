"""Answers without consent, or given after it was withdrawn, are set aside and not kept."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pilot.cleaning.alike import in_dispute
from pilot.cleaning.asked import NO_GUARDIAN, OF_AGE, WITHDRAWN, Asked, everybody
from pilot.cleaning.desk import Desk
from pilot.cleaning.spelling import as_listed
from pilot.cleaning.words import Column, Flags

RULES = ("no-consent", "withdrawn")
# What the register says of numbers and consent is no answer.
SHOWN: tuple[str, ...] = (
    "unclear-consent",
    "withdrawal-undated",
    "register-twice",
    "register-spelt-otherwise",
    "consent-disagrees",
    "unknown-role",
    "two-roles",
)
SHOWN_OF_REGISTERS = ("unreadable-date",)  # in a form's file, what is typed for a date


def judge_consent(desk: Desk) -> None:
    """Set aside the forms of people whose answers may not be used.

    Never consented: all their forms. Withdrawn: those answered since, or at a wave that
    closed since where the form has no date; with removal, or where nobody wrote down when or
    how, all of them. Of a young person with no consent but their own, those answered before
    it, while they may have been under 16. Told once a person, at the register's row.
    """
    answers = desk.consent[desk.consent["use"] == "answers"]
    if answers.empty:
        return
    said = answers.set_index("participant")
    who = as_listed(desk.forms["participant"], refused_first(answers))
    why = who.map(said["why"]).astype("str")
    never = (why.notna() & (why != WITHDRAWN)).to_numpy(bool)
    gone = (why == WITHDRAWN).to_numpy(bool) | _since(desk, who.map(said["withdrawn"]))
    _tell_disputes(desk, answers)
    ids = {rule: _tell(desk, answers, rule) for rule in RULES}
    people = everybody(desk.register, desk.trajectory)
    alone = _before_their_own(desk, who, people, ids["no-consent"])
    never = never | (alone & ~gone)
    rules = np.where(never, "no-consent", np.where(gone, "withdrawn", ""))
    for rule in RULES:
        places = np.flatnonzero(rules == rule)
        names = [ids[rule][code] for code in who.iloc[places]]
        desk.set_rows_aside(places.tolist(), rule, names)
        who, rules = who[rules != rule], rules[rules != rule]
    told = who.isin([code for each in ids.values() for code in each]).to_numpy(bool)
    desk.permit(desk.forms[told])
    _tell_grown_up(desk, who, people)


def _since(desk: Desk, withdrawn: Column) -> Flags:
    """Return which forms were answered after their person withdrew."""
    when = _days_of(desk).fillna(pd.Timestamp.max.floor("D").as_unit("us"))
    return (when > pd.to_datetime(withdrawn)).to_numpy(bool)


def _days_of(desk: Desk) -> Column:
    """Return when each form was answered, or its wave closed where nobody wrote it."""
    ends = {wave.key: wave.closes for wave in desk.trajectory.waves if wave.closes}
    closes = pd.to_datetime(desk.forms["wave"].map(ends))
    return desk.forms["answered"].fillna(closes)


def _before_their_own(
    desk: Desk, who: Column, people: list[Asked], ids: dict[str, str]
) -> Flags:
    """Return which forms came before a young person's own yes, when a guardian's was needed."""
    early = np.zeros(len(who), dtype=bool)
    when = _days_of(desk)
    for person in people:
        day = person.alone_since
        if day is None or person.number in ids:
            continue
        last_minor = pd.Timestamp(f"{int(person.rows[0].birth_year) + OF_AGE}-12-31")
        forms = ((who == person.number) & (when < day) & (when <= last_minor)).to_numpy(bool)
        if forms.any():
            early = early | forms
            ids[person.number] = _tell_no_consent(
                desk, person, f"{NO_GUARDIAN} before {day:%Y-%m-%d}"
            )
    return early


def _tell_no_consent(desk: Desk, person: Asked, found: str) -> str:
    row = person.rows[0]
    return desk.tell(
        "no-consent",
        file=row.file,
        row=int(row.row),
        participant=person.number,
        column=desk.exports.register_column("consent_answers", row.file),
        found=found,
        expected="consent to use the answers",
    )


def _tell(desk: Desk, answers: pd.DataFrame, rule: str) -> dict[str, str]:
    gone = answers["withdrawal"].notna() & (answers["given"] | (answers["why"] == WITHDRAWN))
    told = answers[gone] if rule == "withdrawn" else answers[~answers["given"] & ~gone]
    ids = {}
    for row in told.to_dict("records"):
        column = "withdrawn" if rule == "withdrawn" else "consent_answers"
        ids[str(row["participant"])] = desk.tell(
            rule,
            file=row["file"],
            row=row["row"],
            participant=row["participant"],
            column=desk.exports.register_column(column, row["file"]),
            found=_in_words(row) if rule == "withdrawn" else row["why"],
            expected="consent to use the answers",
        )
    return ids


def _tell_disputes(desk: Desk, answers: pd.DataFrame) -> None:
    rows = answers.set_index("participant")[["file", "row"]].astype(object)
    for numbers in in_dispute(answers):
        places = [f"{file}, row {row}" for file, row in rows.loc[numbers].to_numpy().tolist()]
        told = [f"{each} ({place})" for each, place in zip(numbers, places, strict=True)]
        file = rows.loc[numbers[-1], "file"]
        desk.tell(
            "consent-disagrees",
            file=file,
            row=rows.loc[numbers[-1], "row"],
            participant=numbers[-1],
            column=desk.exports.register_column("participant", str(file)),
            found=" | ".join(told),
            expected="one spelling for one person, or two numbers that differ",
        )


def _in_words(row: dict[Any, Any]) -> str:
    when = row["withdrawn"]
    return f"{row['withdrawal']}, {'no date' if pd.isna(when) else f'{when:%Y-%m-%d}'}"


def look_before_consent(desk: Desk) -> None:
    """Tell of forms answered before the day of consent; they are kept."""
    said = desk.consent[desk.consent["use"] == "answers"].set_index("participant")["date"]
    if said.empty or desk.forms.empty:
        return
    dates = pd.to_datetime(desk.forms["participant"].map(said))
    early = (desk.forms["answered"] < dates).to_numpy(bool)
    for place in np.flatnonzero(early).tolist():
        form = desk.forms.iloc[place]
        desk.tell_of_row(
            "before-consent",
            place,
            column=desk.exports.column(str(form["file"]), "answered", str(form["wave"])),
            found=f"{form['answered']:%Y-%m-%d}",
            expected=f"from {dates.iloc[place]:%Y-%m-%d} on",
        )


def _tell_grown_up(desk: Desk, who: Column, people: list[Asked]) -> None:
    """Tell of who is 16 at a form that is used, and was not asked for their own consent.

    A year of birth does not say on which day: in the year of turning 16 it is possible, and
    certain from the next year on.
    """
    last = _days_of(desk).groupby(who.to_numpy()).max().dropna()
    for person in people:
        row = person.rows[0]
        if not person.young or pd.isna(row.birth_year) or person.number not in last.index:
            continue
        born, year = int(row.birth_year), last[person.number].year
        sure = "certainly" if year - born > OF_AGE else "possibly"
        if year - born >= OF_AGE and not _spoke(person):
            desk.tell(
                "turned-16",
                file=row.file,
                row=int(row.row),
                participant=person.number,
                column=desk.exports.register_column("birth_year", row.file),
                found=f"{born}: {sure} 16 in {year}",
                expected="consent given by 'self' at 16",
            )


def _spoke(person: Asked) -> bool:
    """Return whether a young person said yes or no at 16, or nobody else spoke for them."""
    alone = not person.minor and not person.guarded()
    return alone or bool(person.own("yes") or person.own("no"))


def refused_first(answers: pd.DataFrame) -> pd.Series:
    """Return the numbers, so that of two that are spelt alike a refusal is found first."""
    return answers.sort_values("given", kind="stable")["participant"]
