"""How an export names its columns, and what the design says about the file it came in."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatch

from pilot.design.asking import Asked, Source
from pilot.design.forms import is_form
from pilot.design.happening import folded
from pilot.design.trajectory import Trajectory, find


@dataclass(frozen=True, slots=True)
class Exports:
    """The design's sources, asked by file.

    Parameters
    ----------
    trajectory : Trajectory
    headings : dict of (str, str) to str, optional
        What a register calls its columns, by file and name, as it was read.
    """

    trajectory: Trajectory
    headings: dict[tuple[str, str], str] = field(default_factory=dict)
    _known: dict[str, list[Source]] = field(default_factory=dict)

    def sources(self, file: str) -> list[Source]:
        """Return the sources of responses that claim a file, or a sheet of one.

        A form that pilot made says itself what it is: no source claims it.
        """
        if file not in self._known:
            name, sheet = _name_and_sheet(file)
            self._known[file] = [
                source
                for source in self.trajectory.sources
                if source.kind == "responses"
                and not is_form(file)
                and fnmatch(name.casefold(), source.files.casefold())
                and (source.sheet is None or folded(source.sheet) == folded(sheet))
            ]
        return self._known[file]

    def column(self, file: str, name: str, wave: str = "") -> str:
        """Return what a file calls one of the occasion's columns.

        Parameters
        ----------
        name : {"participant", "wave", "role", "site", "group", "answered", "respondent", ...}
        """
        if is_form(file):
            return name
        fields = {
            "participant": "code",
            "answered": "date_column",
            "minutes": "duration_column",
        }
        key = fields.get(name, f"{name}_column")
        given = [getattr(source, key) for source in self.sources(file)]
        named = [str(each) for each in given if each]
        if not named and name == "participant":
            return self.trajectory.participant.code
        groups = self.trajectory.groups
        if not named and name == "group" and groups and groups.column:
            return groups.column
        return named[0].replace("{wave}", self._wave_word(wave)) if named else name

    def wave_column(self, file: str) -> str | None:
        """Return the column in which a file tells the wave; None where it does not."""
        given = [source.wave_column for source in self.sources(file)]
        return next((column for column in given if column), None)

    def register_column(self, name: str, file: str | None = None) -> str | None:
        """Return what a register calls one of its columns; None where nothing says it.

        The design says it, else the register itself as it was read.
        """
        registers = [s for s in self.trajectory.sources if s.kind == "register"]
        told = next((s.columns[name] for s in registers if name in s.columns), None)
        return told or self.headings.get((str(file), name))

    def event_column(self, file: str, name: str) -> str:
        """Return what a file of events calls one of its columns."""
        path, _ = _name_and_sheet(file)
        given = [
            {"participant": source.code or self.trajectory.participant.code} | source.columns
            for source in self.trajectory.sources
            if source.kind == "events" and fnmatch(path.casefold(), source.files.casefold())
        ]
        return next((columns[name] for columns in given if name in columns), name)

    def shift(self, file: str, instrument: str) -> int:
        """Return what the design says must be added to a file's answers."""
        shifts = [source.shift.get(instrument, 0) for source in self.sources(file)]
        return next((shift for shift in shifts if shift), 0)

    def heading(
        self, column: str, role: str | None, wave: str | None, file: str | None = None
    ) -> str:
        """Return what the export calls an item or ready-made total of a role and wave."""
        if is_form(file or ""):
            return column
        for asked in self._asking(column, role):
            if column in asked.totals:
                return asked.totals[column].replace("{wave}", self._wave_word(wave))
            return asked.column(column, self._wave_word(wave))
        return column

    def _asking(self, column: str, role: str | None) -> list[Asked]:
        asking = [
            asked
            for asked in self.trajectory.asked
            if column in asked.totals
            or column in asked.items_of(self.trajectory.instruments[asked.instrument])
        ]
        return sorted(asking, key=lambda asked: asked.role != role)

    def _wave_word(self, wave: str | None) -> str:
        key = find(self.trajectory.waves, wave or "")
        if key is None:
            return wave or ""
        names = self.trajectory.wave(key).names
        return names[0] if names else key


def _name_and_sheet(file: str) -> tuple[str, str]:
    if file.endswith("]") and "[" in file:
        name, _, sheet = file[:-1].rpartition("[")
        return name, sheet
    return file, ""
