"""Whose export a file looks like, by its columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pilot.design import Trajectory
from pilot.errors import IntakeError
from pilot.intake.claims import Claim
from pilot.intake.events import columns_of_events
from pilot.intake.layout import Layout
from pilot.intake.opening import read_tables
from pilot.intake.plan import plan_of
from pilot.intake.register import columns_of_register
from pilot.intake.table import Table

ALIKE = 0.5  # share of a table's columns from which it is taken for a source's


@dataclass(frozen=True, slots=True)
class Guess:
    """A source that a table may belong to, and the share of its columns that it knows."""

    trajectory: str
    files: str
    sheet: str | None
    share: float
    claim: Claim
    table: Table


class Reading:
    """One file, read once for every row its header may stand on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._tables: dict[int, list[Table]] = {}

    def tables(self, header_row: int) -> list[Table]:
        """Return the file's sheets with the names on one row, none when it holds no names."""
        if header_row not in self._tables:
            layout = Layout(header_rows=(("*", header_row), (None, header_row)))
            try:
                self._tables[header_row] = read_tables(self.path, self.path.name, layout)
            except IntakeError:
                self._tables[header_row] = []
        return self._tables[header_row]


def guesses(read: Reading, trajectory: Trajectory) -> list[Guess]:
    r"""Return the sources of a trajectory that know a file's columns, the likeliest first.

    Examples
    --------
    >>> import tempfile
    >>> from pilot.design import load_trajectory
    >>> path = Path(tempfile.mkdtemp()) / "export.csv"
    >>> _ = path.write_text("nummer;huisdier\nP1;hond\n", encoding="utf-8")
    >>> guesses(Reading(path), load_trajectory("m-power"))
    []
    """
    found = []
    for source in trajectory.sources:
        if source.kind == "ignored":
            continue
        claim = Claim(source)
        for table in read.tables(source.header_row):
            known = known_columns(table, claim, trajectory)
            share = len(known) / len(table.header)
            if share >= ALIKE and len(known) > 1:
                found.append(
                    Guess(trajectory.key, source.files, source.sheet, share, claim, table)
                )
    return sorted(found, key=lambda guess: -guess.share)


def known_columns(table: Table, claim: Claim, trajectory: Trajectory) -> set[int]:
    """Return the columns of a table that a source knows."""
    match claim.source.kind:
        case "responses":
            strays = plan_of(table, [claim], trajectory).strays
            return {*range(len(table.header))} - {*strays}
        case "events":
            return columns_of_events(table, claim, trajectory)
        case _:
            return columns_of_register(table, claim, trajectory)


def best_claims(path: Path, trajectory: Trajectory) -> list[Claim]:
    """Return the sources that know a file's columns best: all that name the same file."""
    found = guesses(Reading(path), trajectory)
    return [guess.claim for guess in found if guess.files == found[0].files][:1]


def likeliest(path: Path, trajectories: Iterable[Trajectory]) -> list[Guess]:
    """Return the best guess of each trajectory that has one, the likeliest first."""
    read = Reading(path)
    best = [found[0] for each in trajectories if (found := guesses(read, each))]
    return sorted(best, key=lambda guess: -guess.share)
