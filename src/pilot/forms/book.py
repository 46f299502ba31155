"""A whole form: explanation, one sheet a role and time of typing, lists, and the marker."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pilot.design import Language, Trajectory
from pilot.design.forms import (
    EXPLANATION,
    MARK,
    Blank,
    Marker,
    asking_hash,
    blanks_of,
    occasion_of,
    version_of,
)
from pilot.forms.explanation import write_explanation
from pilot.forms.lists import Lists
from pilot.forms.people import Person
from pilot.forms.sheet import Entry, write_sheet
from pilot.forms.words import say

LISTS = f"{MARK}-lists"
LONGEST_TITLE = 29  # Excel allows 31; two are for the number of the typing
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
ENTRIES = {1: "first", 2: "second"}


@dataclass(frozen=True, slots=True)
class Form:
    """What a form is to be for.

    Parameters
    ----------
    trajectory : Trajectory
    wave : str
        A wave's key.
    roles : tuple of str
        Keys of roles; each gets sheets of its own.
    site : str
        A site's key; empty for all sites.
    language : {"nl", "en"}
    version : str
        Of the package that makes it.
    open_rows : int
        Rows without a number, below those of the register.
    rater : str
        Who fills it in about these people; empty where they answer themselves.
    """

    trajectory: Trajectory
    wave: str
    roles: tuple[str, ...]
    site: str = ""
    language: Language = "nl"
    version: str = ""
    open_rows: int = 10
    rater: str = ""

    def marker(self, role: str, entry: int) -> Marker:
        """Return what a sheet says of itself."""
        return Marker(
            self.trajectory.key,
            self.wave,
            role,
            self.site,
            self.language,
            entry,
            asking_hash(self.trajectory, role, self.wave, self.rater) if entry else "",
            self.rater,
        )

    def heading(self, *parts: str) -> str:
        """Return which form this is, as a person reads it."""
        wave = self.trajectory.wave(self.wave).label.in_(self.language)
        title = self.trajectory.title.in_(self.language)
        where = self.site_label(self.site) or say("head", "all_sites", self.language)
        who = [say("raters", self.rater, self.language)] if self.rater else []
        return " \u2013 ".join([title, f"{wave} ({self.wave})", where, *who, *parts])

    def site_label(self, key: str) -> str:
        """Return what a site is called; its own word where the design does not know it."""
        labels = {site.key: site.label.in_(self.language) for site in self.trajectory.sites}
        return labels.get(key, key)


def form_workbook(form: Form, people: Mapping[str, Sequence[Person]]) -> bytes:
    """Return a form as the bytes of an XLSX workbook.

    Parameters
    ----------
    form : Form
    people : mapping of str to sequence of Person
        By role: whose numbers are filled in. Open rows are added below them.

    Examples
    --------
    >>> from pilot.design import load_trajectory
    >>> design = load_trajectory("m-power")
    >>> raw = form_workbook(Form(design, design.wave_keys[0], ("man",)), {"man": []})
    >>> raw[:2]
    b'PK'
    """
    book = Workbook()
    explanation = book.active
    explanation.title = say("sheets", "explanation", form.language)
    lists = Lists(book.create_sheet(LISTS), form.language)
    titles = _write_entries(book, form, people, lists)
    asked = [(_role(form, role), _blanks(form, role)) for role in form.roles]
    none = form.marker(form.roles[0], EXPLANATION)
    listed = [person for role in form.roles for person in people[role]]
    write_explanation(explanation, none, form.heading(), asked, listed)
    lists.sheet.cell(1, 1, str(none))
    _write_marker(book.create_sheet(MARK), form, titles)
    for sheet in (lists.sheet, book[MARK]):
        sheet.sheet_state = "hidden"
    book.move_sheet(lists.sheet, offset=len(titles))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _write_entries(
    book: Workbook, form: Form, people: Mapping[str, Sequence[Person]], lists: Lists
) -> dict[str, Marker]:
    titles: dict[str, Marker] = {}
    for role in form.roles:
        known = [replace(each, site=form.site_label(each.site)) for each in people[role]]
        rows = (*known, *[Person("")] * form.open_rows)
        for number, which in ENTRIES.items():
            title = _title(form, role, which)
            marker = form.marker(role, number)
            heading = form.heading(_role(form, role), say("head", which, form.language))
            entry = Entry(
                marker,
                heading,
                form.language,
                _blanks(form, role),
                rows,
                told=_told(form, rows),
                occasion=occasion_of(form.trajectory, role, form.wave, form.rater),
                version="" if form.rater else version_of(form.trajectory, role),
            )
            write_sheet(book.create_sheet(title), entry, lists)
            titles[title] = marker
    return titles


def _blanks(form: Form, role: str) -> tuple[Blank, ...]:
    return tuple(blanks_of(form.trajectory, role, form.wave, form.rater))


def _told(form: Form, rows: Sequence[Person]) -> tuple[str, ...]:
    """Return what stands beside the number: of a form for one site, not the site.

    The group only where the register does not know it: who types need not know either.
    """
    groups = form.trajectory.groups
    wanted = {
        "family": form.trajectory.participant.family or any(row.family for row in rows),
        "site": not form.site and (form.trajectory.sites or any(row.site for row in rows)),
        "group": groups and groups.column and not any(row.group for row in rows),
    }
    return tuple(name for name, shown in wanted.items() if shown)


def _role(form: Form, role: str) -> str:
    return form.trajectory.role(role).label.in_(form.language)


def _title(form: Form, role: str, which: str) -> str:
    word = FORBIDDEN.sub(" ", _role(form, role))[:LONGEST_TITLE].strip()
    return say("sheets", which, form.language, role=word)


def _write_marker(sheet: Worksheet, form: Form, titles: Mapping[str, Marker]) -> None:
    """Write down what the form is, for who looks inside and for when a first cell got lost."""
    sheet.cell(1, 1, str(form.marker(form.roles[0], EXPLANATION)))
    for row in (
        ("trajectory", form.trajectory.key),
        ("wave", form.wave),
        ("site", form.site),
        ("roles", ", ".join(form.roles)),
        *([("rated by", form.rater)] if form.rater else []),
        ("language", form.language),
        ("pilot", form.version),
    ):
        sheet.append(row)
    for title, marker in titles.items():
        sheet.append((title, str(marker)))
