"""All exports of a trajectory, or one: read, claimed, and every cell accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pilot.design import Trajectory
from pilot.errors import CallError, IntakeError
from pilot.frames import Received
from pilot.intake.claims import Claim, claims_of, layout_of, near_source, sheets_of
from pilot.intake.description import Description, describe_export
from pilot.intake.entries import sheets_of_form, take_forms
from pilot.intake.events import events_of
from pilot.intake.forms import form_elsewhere
from pilot.intake.gathering import Gathered
from pilot.intake.likeness import best_claims
from pilot.intake.opening import read_tables, rule_of_stranger
from pilot.intake.patterns import exports_in
from pilot.intake.plan import plan_of
from pilot.intake.quotes import quotes_of
from pilot.intake.register import register_of
from pilot.intake.routing import route
from pilot.intake.table import Table


def read_exports(trajectory: Trajectory, folder: Path | str) -> Received:
    """Read every export of a trajectory as received, and say what became of each cell.

    Parameters
    ----------
    trajectory : Trajectory
        Its `sources` say which file and sheet holds what.
    folder : Path
        Where the exports are. Files below it are read too; nothing is written.

    Returns
    -------
    Received
        Responses, events and register as received, the list of files with their SHA-256,
        findings, quarantine, and counts that add up: every answer of a claimed file is
        either in the responses or in quarantine. The order of files and of columns makes
        no difference; rows follow their file, sorted as people count, and their number.

    Raises
    ------
    CallError
        When the folder is not there.
    IntakeError
        When no export in it could be read, telling of all of them.

    Notes
    -----
    One file that cannot be read is a finding, and the others are read. Text files from 2 MB
    on are read by pyarrow, column by column; a column that holds nothing but small whole
    numbers then comes as `int8` (`Int8` where cells are empty) instead of text.

    Examples
    --------
    >>> from pilot.design import load_trajectory
    >>> received = read_exports(load_trajectory("m-power"), "data/raw/demo/m-power")
    >>> row = received.counts.set_index("door").loc["intake"]
    >>> int(row["answers_in"] - row["answers_kept"] - row["answers_quarantined"])
    0
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise CallError(
            str(folder),
            "there is no such folder",
            f"put the exports of {trajectory.key} there, or name another folder with --data",
        )
    names = exports_in(folder)
    gathered, typed = Gathered(trajectory), []
    for name in names:
        claims = claims_of(name, trajectory)
        try:
            sheets = sheets_of_form(folder / name, name, gathered)
            if sheets is None:
                _read_file(folder / name, name, claims, gathered)
            typed += sheets or []
        except IntakeError as fault:
            gathered.unreadable(name, folder / name, claims, fault)
    take_forms(typed, gathered)
    gathered.refuse_nothing(str(folder))
    gathered.expect_files(names)
    return gathered.received()


def read_register(trajectory: Trajectory, folder: Path | None) -> Received:
    """Read the register of a trajectory, and nothing else.

    Parameters
    ----------
    trajectory : Trajectory
    folder : Path or None
        Where the exports are; None where there is no such folder yet.

    Returns
    -------
    Received
        Its `register` has no rows where none is there; its findings are the register's own.

    Raises
    ------
    IntakeError
        When a register cannot be read.
    """
    gathered = Gathered(trajectory)
    for name in exports_in(folder) if folder else ():
        claims = claims_of(name, trajectory)
        if any(claim.source.kind == "register" for claim in claims):
            _read_file(Path(str(folder)) / name, name, claims, gathered)
    return gathered.received()


def read_export(
    path: Path | str, trajectory: Trajectory | None = None
) -> Received | Description:
    r"""Read one export: as a trajectory would, or just to see what is in it.

    Parameters
    ----------
    path : Path
        A CSV, XLSX or SAV file, wherever it stands.
    trajectory : Trajectory, optional
        Whose export it is. A file that no source claims by its name is read as the source
        whose columns it has, which is told as a finding.

    Returns
    -------
    Received or Description
        With a trajectory the same as `read_exports` gives. Without one a description:
        sheets, columns and which trajectory would claim it.

    Raises
    ------
    CallError
        When there is no such file.
    IntakeError
        When it cannot be read, with the reason and what to do.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "eerste.csv"
    >>> _ = path.write_text("nummer;q1\nP1;3\nP2;4\n", encoding="utf-8")
    >>> print(read_export(path))
    eerste.csv: csv, utf-8, delimiter ';'
      2 rows, 2 columns: nummer, q1
    """
    path = Path(path)
    if not path.is_file():
        raise CallError(str(path), "there is no such file", "check the path")
    if trajectory is None:
        return describe_export(path)
    gathered = Gathered(trajectory)
    sheets = sheets_of_form(path, path.name, gathered)
    if sheets is not None:
        take_forms(sheets, gathered)
        return gathered.received()
    name, claims = _claimed_by_name(path, trajectory)
    if not claims:
        claims = best_claims(path, trajectory)
        near = near_source(name, trajectory)
        read_as = f"read as {claims[0].source.files}, whose columns it has" if claims else near
        gathered.unclaimed_file(name, path, read_as, listed=not claims)
    if claims:
        _read_file(path, name, claims, gathered)
    return gathered.received()


def _claimed_by_name(path: Path, trajectory: Trajectory) -> tuple[str, list[Claim]]:
    """Return the name by which a file is claimed: its own, or with the folders above it."""
    parts = path.resolve().parts
    for depth in range(1, min(4, len(parts))):
        name = "/".join(parts[-depth:])
        claims = [each for each in claims_of(name, trajectory) if each.source.files != "*"]
        if claims:
            return name, claims
    return path.name, []


def _read_file(path: Path, name: str, claims: Sequence[Claim], gathered: Gathered) -> None:
    if not claims:
        _tell_unclaimed(path, name, gathered)
        return
    if all(claim.source.kind == "ignored" and not claim.source.sheet for claim in claims):
        gathered.ignored_file(name, path)
        return
    tables = read_tables(path, name, layout_of(claims, gathered.trajectory))
    claimed: dict[int, list[Claim]] = {}
    for claim in claims:
        sheets = sheets_of(claim, tables)
        if not sheets and claim.source.kind != "ignored":
            gathered.missing_sheet(name, claim, tables)
        for table in sheets:
            claimed.setdefault(tables.index(table), []).append(claim)
    for place, table in enumerate(tables):
        if place in claimed:
            _read_table(table, path, claimed[place], gathered)
        else:
            gathered.unclaimed_sheet(table, path)


def _tell_unclaimed(path: Path, name: str, gathered: Gathered) -> None:
    rule = rule_of_stranger(path, name)
    if rule is None:
        near = near_source(name, gathered.trajectory)
        gathered.unclaimed_file(name, path, near, listed=True)
        return
    marker = form_elsewhere(path, name)
    gathered.strange_file(name, path, rule, None if marker is None else marker.trajectory)


def _read_table(table: Table, path: Path, claims: list[Claim], gathered: Gathered) -> None:
    kinds = {claim.source.kind for claim in claims}
    if "responses" in kinds:
        plan = plan_of(table, claims, gathered.trajectory)
        gathered.take_responses(plan, route(plan, gathered.trajectory), path)
    if "register" in kinds:
        claim = next(claim for claim in claims if claim.source.kind == "register")
        gathered.take_register(table, register_of(table, claim, gathered.trajectory), path)
    if "events" in kinds:
        reads = events_of(table, claims, gathered.trajectory)
        gathered.take_events(table, reads, path)
    if "quotes" in kinds:
        claim = next(claim for claim in claims if claim.source.kind == "quotes")
        gathered.take_quotes(table, quotes_of(table, claim, gathered.trajectory), path)
    if kinds == {"ignored"}:
        gathered.ignored_sheet(table, path)
