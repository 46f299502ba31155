"""Making a form: whose numbers stand in it, what it is called, and writing it safely."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from pilot import __version__
from pilot.design import Language, Trajectory, find, load_trajectory
from pilot.design.forms import blanks_of
from pilot.errors import CallError, RunError, suggestion
from pilot.forms import Form, Person, form_workbook, nowhere_at, people_at
from pilot.frames import FINDINGS, Received, empty
from pilot.intake import read_register
from pilot.workbench.left_out import Asked, LeftOut, fit_for_age, without_consent
from pilot.workbench.places import exports

ROWS_WITHOUT_REGISTER = 40
LONGEST_NAME = 200  # signs; disks take 255 bytes, and a lock's name is longer
LOCKS = ("~${name}", ".~lock.{name}#")  # of Excel and of LibreOffice


@dataclass(frozen=True, slots=True)
class FormWanted:
    """What a form is to be, in the words of a call.

    Parameters
    ----------
    trajectory : str or Path
        A name on the shelf or the path of a design.
    wave : str
        A wave's key or another of its names.
    site, role : str, optional
        The same of a site and a role; all sites, and every role that is asked, by default.
    language : {"nl", "en"}
    demo, data
        Where the register stands, as in `open_study`; without one, rows are left open.
    output : Path, optional
        The file to write; named after what it is, in the current folder, by default.
    force : bool
        Whether a file that stands there is replaced.
    rated_by : str, optional
        Who is to fill it in about these people, such as ``coach``: with only the forms that
        this one rates.
    """

    trajectory: str | Path
    wave: str
    site: str | None = None
    role: str | None = None
    language: Language = "nl"
    demo: bool = False
    data: str | Path | None = None
    output: Path | None = None
    force: bool = False
    rated_by: str | None = None


@dataclass(frozen=True, slots=True)
class FormMade:
    """A form that was written.

    Attributes
    ----------
    path : Path
    people : dict of str to int
        How many numbers were filled in, by role.
    items : dict of str to int
        How many answers a row waits for, by role.
    nowhere : tuple of str
        Numbers of the register without a row, since their role or site is unknown.
    findings : DataFrame
        What the register gave to say; columns `FINDINGS`.
    left_out : tuple of LeftOut
        Who is in at the wave, but does not consent, withdrew, was not asked, or is of
        another age than what is asked.
    """

    path: Path
    people: dict[str, int]
    items: dict[str, int]
    nowhere: tuple[str, ...] = ()
    findings: pd.DataFrame = field(default_factory=lambda: empty(FINDINGS))
    left_out: tuple[LeftOut, ...] = ()


def write_form(wanted: FormWanted) -> FormMade:
    """Write a workbook to type in the answers of one wave, which intake reads back.

    Parameters
    ----------
    wanted : FormWanted

    Returns
    -------
    FormMade

    Raises
    ------
    CallError
        For an unknown wave, site, role or rater, with the near word, or a wrong output.
    DesignError, IntakeError
        When the design cannot be right, or the register cannot be read.
    RunError
        When the file stands there already, is open in Excel, or cannot be written.

    Notes
    -----
    Items stand there by their ids and our own short labels, never by their wording. Who
    does not consent to answers being used, left before the wave, or is of another age than
    everything that is asked, has no row; `left_out` says who and why, and the form does not.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> made = write_form(FormWanted("m-power", "end", demo=True, output=folder / "end.xlsx"))
    >>> made.path.name, made.items["man"] > 30
    ('end.xlsx', True)
    """
    design = load_trajectory(wanted.trajectory)
    form = _settle(design, wanted)
    path = _output(form, wanted)
    read = _register(design, wanted)
    register, refused = _taking_part(read.register, form)
    people, other_ages = _people(register, form)
    if not any(people.values()):
        form = replace(form, open_rows=ROWS_WITHOUT_REGISTER)
    _write(path, form_workbook(form, people), force=wanted.force)
    return FormMade(
        path,
        {role: len(listed) for role, listed in people.items()},
        {role: len(blanks_of(design, role, form.wave, form.rater)) for role in form.roles},
        tuple(nowhere_at(register, design, form.wave, form.site)),
        read.findings,
        (*refused, *other_ages),
    )


def _people(
    register: pd.DataFrame, form: Form
) -> tuple[dict[str, list[Person]], list[LeftOut]]:
    """Return who has a row, by role, and who is of another age than what is asked."""
    people, left = {}, []
    for role in form.roles:
        here = people_at(register, form.trajectory, form.wave, role, form.site)
        asked = Asked.at(form.trajectory, form.wave, role, form.rater)
        people[role], others = fit_for_age(here, register, asked)
        left += others
    return people, left


def _settle(design: Trajectory, wanted: FormWanted) -> Form:
    wave = find(design.waves, wanted.wave)
    if wave is None:
        raise _unknown("--wave", "wave", wanted.wave, design.wave_keys)
    site = find(design.sites, wanted.site) if wanted.site else ""
    if site is None:
        keys = [each.key for each in design.sites]
        raise _unknown("--site", "site", str(wanted.site), keys)
    rater = _rater(design, wanted)
    roles = _roles(design, wanted, wave, rater)
    return Form(design, wave, roles, site, wanted.language, __version__, rater=rater)


def _rater(design: Trajectory, wanted: FormWanted) -> str:
    if wanted.rated_by is None:
        return ""
    known = list(dict.fromkeys(str(asked.rated_by) for asked in design.rated))
    word = wanted.rated_by.strip().casefold()
    if word not in known:
        raise _unknown("--rated-by", "rater", wanted.rated_by, known)
    return word


def _roles(design: Trajectory, wanted: FormWanted, wave: str, rater: str) -> tuple[str, ...]:
    asked = [role.key for role in design.roles if blanks_of(design, role.key, wave, rater)]
    if wanted.role is None:
        if not asked:
            whom = f"nobody is rated by a {rater}" if rater else "nobody is asked anything"
            raise CallError("--wave", f"{whom} at {wave}", "name another wave")
        return tuple(asked)
    role = find(design.roles, wanted.role)
    if role is None:
        raise _unknown("--role", "role", wanted.role, [each.key for each in design.roles])
    if role not in asked:
        nothing = f"is rated by no {rater}" if rater else "is asked nothing"
        others = f"name one of: {', '.join(asked)}" if asked else "name another wave"
        raise CallError("--role", f"{role!r} {nothing} at {wave}", others)
    return (role,)


def _unknown(option: str, kind: str, word: str, known: Iterable[str]) -> CallError:
    return CallError(option, f"there is no {kind} {word!r}", suggestion(word, known))


def _output(form: Form, wanted: FormWanted) -> Path:
    if wanted.output is None:
        parts = [form.trajectory.key, form.wave, form.site]
        parts += [form.roles[0]] if wanted.role else []
        parts += [form.rater]
        return Path.cwd() / ("-".join(part for part in parts if part) + ".xlsx")
    path = Path(wanted.output).expanduser()
    if path.suffix.lower() != ".xlsx":
        raise CallError(
            "--output", f"{path.name!r} is no workbook", "let its name end in .xlsx"
        )
    if len(path.name) > LONGEST_NAME:
        cause = f"a name of {len(path.name)} signs is too long"
        raise CallError("--output", cause, f"give a name of at most {LONGEST_NAME} signs")
    if not path.parent.is_dir():
        raise CallError("--output", f"there is no folder {path.parent}", "make it first")
    return path


def _register(design: Trajectory, wanted: FormWanted) -> Received:
    """Return the register as read; an empty one where nobody has put it anywhere yet."""
    try:
        folder = exports(design, demo=wanted.demo, data=wanted.data)
    except CallError:
        if wanted.demo or wanted.data:
            raise
        return read_register(design, None)
    return read_register(design, folder)


def _taking_part(register: pd.DataFrame, form: Form) -> tuple[pd.DataFrame, list[LeftOut]]:
    """Return the register without who does not consent or withdrew, and who these are.

    Only those who would have had a row on this form are told of.
    """
    gone = without_consent(register, form.trajectory, form.wave)
    left = [
        LeftOut(person.number, gone[person.number])
        for role in form.roles
        for person in people_at(register, form.trajectory, form.wave, role, form.site)
        if person.number in gone
    ]
    return register[~register["participant"].isin(list(gone))], left


def _write(path: Path, content: bytes, *, force: bool) -> None:
    """Write a file whole or not at all."""
    for lock in LOCKS:
        if path.with_name(lock.format(name=path.name)).exists():
            raise RunError(str(path), "is open in another program", "close it and try again")
    if path.exists() and not force:
        raise RunError(
            str(path),
            "stands there already, perhaps with answers in it",
            "name another file with --output, or replace it with --force",
        )
    staged = path.with_name(f".aside-{os.getpid()}-{path.name}")
    try:
        staged.write_bytes(content)
        staged.replace(path)
    except OSError as fault:
        raise RunError(
            str(path),
            f"cannot be written: {fault.strerror or fault}",
            "close it in Excel and try again, or name another place with --output",
        ) from fault
    finally:
        staged.unlink(missing_ok=True)
