"""Which child the answers are about: one of the family, and the same one at each wave."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pilot.cleaning.alike import parts_of
from pilot.cleaning.consent import REMOVE, UNCLEAR, WITHDRAWN
from pilot.cleaning.desk import Desk, Taken, answered_in
from pilot.cleaning.reading import with_emptied
from pilot.cleaning.respondents import changed_forms, heading_at
from pilot.cleaning.spelling import spell_as_people
from pilot.cleaning.words import word_of

ADULT = 18
OF_CHILDREN = ("not-their-child", "another-child", "child-unknown", "child-spelt-otherwise")
NUMBER = re.compile(r"[^\s,|()]+")
OWN, GROWN, ELSEWHERE = "the person's own number", "an adult's number", "of another family"


def judge_index_child(desk: Desk) -> None:
    """Set answers aside that are about another child than at the person's first wave.

    Only of instruments that the design asks about one child (``index_child``); the rest of
    the form stays. The child's number is read as the register spells it. Where it is the
    person's own, an adult's or that of a child of another family, nobody knows which child
    was meant: these answers are set aside too, and the number is no measure for the other
    waves. A number that the register does not know may be a child that does not take part,
    and a form that does not say it is taken for one that was answered as designed: both
    count and are told, at each wave.
    """
    asked = [each for each in desk.trajectory.asked if each.index_child]
    if not asked or desk.forms["about"].isna().all():
        return
    spell_as_people(desk, "about")
    for role in dict.fromkeys(each.role for each in asked):
        columns = [
            name
            for each in asked
            if each.role == role
            for name in (
                *each.items_of(desk.trajectory.instruments[each.instrument]),
                *each.totals,
            )
            if name in desk.forms
        ]
        if desk.forms.loc[desk.forms["role"] == role, "about"].notna().any():
            _judge_role(desk, role, columns)


def forget_removed_children(desk: Desk) -> None:
    """Empty the number of a child that withdrew, or that has to be removed, in others' forms.

    What a parent said is the parent's and stays. After `judge_index_child`, whose findings
    lose the number too; told once a file, without it.
    """
    answers = desk.consent[desk.consent["use"] == "answers"]
    gone = (answers["why"] == WITHDRAWN) | answers["withdrawal"].isin([REMOVE, UNCLEAR])
    spelt = {parts_of(number) for number in answers.loc[gone, "participant"].astype("str")}
    about = desk.forms["about"]
    if not spelt or about.isna().all():
        return
    words = {word for word in about.dropna().astype("str").unique() if parts_of(word) in spelt}
    theirs = about.astype("str").isin(words).to_numpy(bool)
    for told in desk.findings:
        if told["rule"] in OF_CHILDREN:
            told |= {name: _without(told[name], spelt) for name in ("found", "expected")}
    for file, rows in desk.forms[theirs].groupby("file", sort=False):
        column = desk.exports.column(str(file), "about")
        found = f"{len(rows)} form{'s' * (len(rows) > 1)}"
        desk.tell("child-removed", file=file, column=column, found=found)
    if theirs.any():
        desk.replace({"about": about.mask(theirs)})


def _without(text: str | None, spelt: set[tuple[str, ...]]) -> str | None:
    """Return a text without the numbers of those who have to be removed."""
    if text is None:
        return None
    return NUMBER.sub(
        lambda word: "(removed)" if parts_of(word.group()) in spelt else word.group(), text
    )


def _judge_role(desk: Desk, role: str, columns: list[str]) -> None:
    known = _people(desk)
    answered = np.zeros(len(desk.forms), dtype=bool)
    for name in columns:
        answered |= answered_in(desk.forms[name])
    wrong: dict[int, str] = {}
    for place in np.flatnonzero((desk.forms["role"] == role).to_numpy(bool)).tolist():
        said = desk.forms["about"].iloc[place]
        why = None if pd.isna(said) else known.why_not(desk, place, str(said))
        if why:
            wrong[place] = _tell(desk, "not-their-child", place, f"{why}: {said}")
        elif answered[place]:
            _look(desk, place, known)
    _empty(desk, columns, "not-their-child", wrong)
    changed = [
        (place, before)
        for place, form, before in changed_forms(desk, "about", wrong)
        if form["role"] == role
    ]
    others = {
        place: desk.tell_of_row(
            "another-child",
            place,
            column=heading_at(desk, place, "about"),
            found=_at(desk, place, str(desk.forms["about"].iloc[place])),
            expected=f"{before['about']}, as at {before['wave']}",
        )
        for place, before in changed
    }
    _empty(desk, columns, "another-child", others)


def _look(desk: Desk, place: int, known: _People) -> None:
    said = desk.forms["about"].iloc[place]
    if pd.isna(said):
        _tell(desk, "child-not-said", place, None)
    elif known.children and str(said) not in known.families:
        _tell(desk, "child-unknown", place, str(said))


def _tell(desk: Desk, rule: str, place: int, found: str | None) -> str:
    return desk.tell_of_row(
        rule,
        place,
        column=heading_at(desk, place, "about"),
        found=_at(desk, place, found or "empty"),
        expected="the number of a child of the family",
    )


def _at(desk: Desk, place: int, said: str) -> str:
    return f"{said} at {desk.forms['wave'].iloc[place]}"


@dataclass(frozen=True, slots=True, eq=False)
class _People:
    """Who is known, by number.

    Attributes
    ----------
    families : dict of str to set of str
        In which families somebody was.
    children : set of str
        Who was in a role for people under 18.
    """

    families: dict[str, set[str]]
    children: set[str]

    def why_not(self, desk: Desk, place: int, number: str) -> str | None:
        """Return why a number cannot be the child of one form's person, or None."""
        form = desk.forms.iloc[place]
        person = str(form["participant"])
        if number == person:
            return OWN
        if number not in self.families:
            return None
        if number not in self.children:
            return GROWN
        own, theirs = self.families.get(person, set()), self.families[number]
        if not own and pd.notna(form["family"]):
            own = {str(form["family"])}
        return ELSEWHERE if own and theirs and not own & theirs else None


def _people(desk: Desk) -> _People:
    listed = desk.register if len(desk.register) else desk.forms
    young = {role.key for role in desk.trajectory.roles if role.ages[0] < ADULT}
    families: dict[str, set[str]] = {}
    children: set[str] = set()
    told = [listed[name].astype("str").tolist() for name in ("participant", "family", "role")]
    for number, family, role in zip(*told, strict=True):
        families.setdefault(number, set())
        if pd.notna(family):
            families[number].add(family)
        if pd.isna(role) or role in young:
            children.add(number)
    return _People(families, children)


def _empty(desk: Desk, columns: list[str], rule: str, told: dict[int, str]) -> None:
    places = np.array(sorted(told), dtype=np.intp)
    for name in columns if len(places) else ():
        column = desk.forms[name]
        gone = places[answered_in(column)[places]]
        if len(gone):
            said = [word_of(value) for value in column.iloc[gone]]
            ids = [told[at] for at in gone.tolist()]
            desk.set_answers_aside(rule, Taken(gone, desk.names(name, gone), said, ids))
            desk.replace({name: with_emptied(column, gone)})
