"""Answers without consent, or given after it was withdrawn, are set aside and not kept."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pilot.cleaning.consent import OF_AGE, REMOVE, WITHDRAWN, under_16
from pilot.cleaning.desk import Desk
from pilot.cleaning.spelling import as_listed
from pilot.cleaning.words import Column, Flags

NOT_KEPT = "(not kept: no consent)"
RULES = ("no-consent", "withdrawn")


def judge_consent(desk: Desk) -> None:
    """Set aside the forms of people whose answers may not be used.

    Never consented: all their forms. Withdrawn: those answered since, or at a wave that
    closed since where the form has no date; with removal, or where nobody wrote down when,
    all of them. Told once a person, at the register's row.
    """
    answers = desk.consent[desk.consent["use"] == "answers"]
    if answers.empty:
        return
    said = answers.set_index("participant")
    who = as_listed(desk.forms["participant"], refused_first(answers))
    why = who.map(said["why"]).astype("str")
    never = (why.notna() & (why != WITHDRAWN)).to_numpy(bool)
    gone = (why == WITHDRAWN).to_numpy(bool) | _since(desk, who.map(said["withdrawn"]))
    ids = {rule: _tell(desk, answers, rule) for rule in RULES}
    _tell_grown_up(desk, said)
    rules = np.where(never, "no-consent", np.where(gone, "withdrawn", ""))
    for rule in RULES:
        places = np.flatnonzero(rules == rule)
        names = [ids[rule][code] for code in who.iloc[places]]
        desk.set_rows_aside(places.tolist(), rule, names)
        who, rules = who[rules != rule], rules[rules != rule]


def _since(desk: Desk, withdrawn: Column) -> Flags:
    """Return which forms were answered after their person withdrew."""
    ends = {wave.key: wave.closes for wave in desk.trajectory.waves if wave.closes}
    closes = pd.to_datetime(desk.forms["wave"].map(ends))
    answered = desk.forms["answered"]
    when = answered.fillna(closes).fillna(pd.Timestamp.max.floor("D").as_unit("us"))
    return (when > pd.to_datetime(withdrawn)).to_numpy(bool)


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
            column=desk.exports.register_column(column),
            found=_in_words(row) if rule == "withdrawn" else row["why"],
            expected="consent to use the answers",
        )
    return ids


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


def _tell_grown_up(desk: Desk, said: pd.DataFrame) -> None:
    """Tell of who turned 16 since consent was given, and gave none of their own."""
    last = desk.forms.groupby("participant", sort=False)["answered"].max().dropna()
    people: dict[str, list[Any]] = {}
    for row in desk.register.dropna(subset=["birth_year"]).itertuples(index=False):
        if row.participant in said.index and row.participant in last.index:
            people.setdefault(str(row.participant), []).append(row)
    for code, rows in people.items():
        year, born = last[code].year, int(rows[0].birth_year)
        own = any(map(_is_own, rows))
        if under_16(rows[0], desk.trajectory) and _turned(rows[0], year) and not own:
            desk.tell(
                "turned-16",
                file=rows[0].file,
                row=int(rows[0].row),
                participant=code,
                column=desk.exports.register_column("birth_year"),
                found=f"{born}: {year - born} in {year}",
                expected="consent given by 'self' at 16",
            )


def _turned(row: Any, year: int) -> bool:
    """Return whether somebody was not yet 16 in the year of consent, and is in this one."""
    began = row.consent_date if pd.notna(row.consent_date) else row.start
    born = int(row.birth_year)
    return year - born >= OF_AGE and pd.notna(began) and began.year - born < OF_AGE


def _is_own(row: Any) -> bool:
    day, born = row.consent_date, int(row.birth_year)
    of_age = bool(pd.notna(day)) and day.year - born >= OF_AGE
    return bool(of_age and row.consent_giver == "self" and row.consent_answers == "yes")


def without_content(
    quarantine: pd.DataFrame, findings: pd.DataFrame, consent: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return quarantine and findings without what people said who did not consent.

    Of them, file, row and column stay, so that everything is still accounted for.
    """
    answers = consent[consent["use"] == "answers"]
    gone = set(answers.loc[~answers["given"].astype(bool), "participant"].astype("str"))
    listed = refused_first(answers)
    theirs = as_listed(quarantine["participant"], listed).isin(gone)
    theirs |= quarantine["rule"].isin(RULES)
    value = quarantine["value"].mask(theirs & quarantine["value"].notna(), NOT_KEPT)
    of_them = as_listed(findings["participant"], listed).isin(gone)
    of_them &= findings["found"].notna() & ~findings["rule"].isin(RULES)
    found = findings["found"].mask(of_them, NOT_KEPT)
    return quarantine.assign(value=value), findings.assign(found=found)


def refused_first(answers: pd.DataFrame) -> pd.Series:
    """Return the numbers, so that of two that are spelt alike a refusal is found first."""
    return answers.sort_values("given", kind="stable")["participant"]


def removed(consent: pd.DataFrame) -> set[str]:
    """Return the numbers of people of whom nothing may be kept."""
    gone = consent[(consent["use"] == "answers") & (consent["withdrawal"] == REMOVE)]
    return set(gone["participant"].astype("str"))
