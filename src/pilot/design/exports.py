"""How an export names its columns, and what the design says about the file it came in."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatch

from pilot.design.asking import Asked, Source
from pilot.design.trajectory import Trajectory, find


@dataclass(frozen=True, slots=True)
class Exports:
    """The design's sources, asked by file.

    Parameters
    ----------
    trajectory : Trajectory
    """

    trajectory: Trajectory
    _known: dict[str, list[Source]] = field(default_factory=dict)

    def sources(self, file: str) -> list[Source]:
        """Return the sources of responses that claim a file, or a sheet of one."""
        if file not in self._known:
            name, sheet = _name_and_sheet(file)
            self._known[file] = [
                source
                for source in self.trajectory.sources
                if source.kind == "responses"
                and fnmatch(name.casefold(), source.files.casefold())
                and (source.sheet is None or _plain(source.sheet) == _plain(sheet))
            ]
        return self._known[file]

    def column(self, file: str, name: str, wave: str = "") -> str:
        """Return what a file calls one of the occasion's columns.

        Parameters
        ----------
        name : {"participant", "wave", "role", "site", "answered", "respondent"}
        """
        fields = {"participant": "code", "answered": "date_column"}
        key = fields.get(name, f"{name}_column")
        given = [getattr(source, key) for source in self.sources(file)]
        named = [str(each) for each in given if each]
        if not named and name == "participant":
            return self.trajectory.participant.code
        return named[0].replace("{wave}", self._wave_word(wave)) if named else name

    def wave_column(self, file: str) -> str | None:
        """Return the column in which a file tells the wave; None where it does not."""
        given = [source.wave_column for source in self.sources(file)]
        return next((column for column in given if column), None)

    def register_column(self, name: str) -> str:
        """Return what the register calls one of its columns."""
        registers = [s for s in self.trajectory.sources if s.kind == "register"]
        return next((s.columns[name] for s in registers if name in s.columns), name)

    def shift(self, file: str, instrument: str) -> int:
        """Return what the design says must be added to a file's answers."""
        shifts = [source.shift.get(instrument, 0) for source in self.sources(file)]
        return next((shift for shift in shifts if shift), 0)

    def heading(self, column: str, role: str | None, wave: str | None) -> str:
        """Return what the export calls an item or ready-made total of a role and wave."""
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


def _plain(word: str) -> str:
    return " ".join(word.casefold().split())
