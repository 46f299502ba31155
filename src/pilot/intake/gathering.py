"""What all files gave, gathered into one `Received`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pilot.design import Source, Trajectory
from pilot.design.dates import read_date
from pilot.design.forms import is_form
from pilot.design.span import calendar_span
from pilot.errors import IntakeError
from pilot.findings import ROW, finding, findings_table
from pilot.frames import (
    COUNTS,
    EVENTS,
    FILES,
    QUARANTINE,
    QUOTES,
    REGISTER,
    Received,
    empty,
    items_of,
)
from pilot.intake.claims import Claim
from pilot.intake.forms import COPY_OVER
from pilot.intake.headers import nearest_name
from pilot.intake.opening import AS_XLSX, NO_PASSWORD
from pilot.intake.patterns import stars
from pilot.intake.plan import Finding, Plan
from pilot.intake.register import Read
from pilot.intake.routing import Routed
from pilot.intake.stacking import stack
from pilot.intake.table import Table

STRANGE = {
    "other-spreadsheet": ("is a spreadsheet pilot does not read ({suffix})", AS_XLSX),
    "protected-file": ("is protected with a password", NO_PASSWORD),
}


class Gathered:
    """Everything read so far of one trajectory's exports."""

    def __init__(self, trajectory: Trajectory) -> None:
        self.trajectory = trajectory
        self.parts: list[pd.DataFrame] = []
        self.events: list[pd.DataFrame] = []
        self.register: list[pd.DataFrame] = []
        self.quotes: list[pd.DataFrame] = []
        self.headings: dict[tuple[str, str], str] = {}
        self.aside: list[pd.DataFrame] = []
        self.findings: list[Finding] = []
        self.counts: dict[str, dict[str, Any]] = {}
        self.files: list[dict[str, Any]] = []
        self.faults: list[IntakeError] = []
        self.strangers: list[IntakeError] = []
        self.read_kinds: set[str] = set()
        self._hashes: dict[Path, str] = {}
        self._typed: set[tuple[str | None, ...]] = set()

    # -- what a table gave ----------------------------------------------------------------

    def take_responses(self, plan: Plan, routed: Routed, path: Path) -> None:
        """Add the responses of one table."""
        self.parts += routed.responses
        self.findings += routed.findings
        self.aside += routed.aside
        answers = sum(
            int(np.count_nonzero(part[name].notna()))
            for part in routed.responses
            for name in items_of(part)
        )
        aside = sum(int(piece["column"].notna().sum()) for piece in routed.aside)
        self._count(
            {
                "door": "intake",
                "rows_in": routed.rows_kept + routed.rows_aside,
                "rows_kept": routed.rows_kept,
                "rows_quarantined": routed.rows_aside,
                "answers_in": routed.answers_in,
                "answers_kept": answers,
                "answers_quarantined": aside,
            },
            plan.table.file,
        )
        slots = plan.slots
        if is_form(plan.table.file):
            self._typed |= {
                (slot.said.get("wave"), slot.said.get("role"), slot.claim.source.rated_by)
                for slot in slots
            }
        self._list(
            plan.table,
            path,
            "responses",
            wave=_words(slot.said.get("wave") for slot in slots),
            site=_words(slot.said.get("site") for slot in slots),
            role=_words(slot.said.get("role") for slot in slots),
        )

    def take_register(self, table: Table, read: Read, path: Path) -> None:
        """Add a register."""
        self.register.append(read.frame)
        self.headings |= {(table.file, name): said for name, said in read.headings.items()}
        self._take(table, [read], path, "register")

    def take_quotes(self, table: Table, read: Read, path: Path) -> None:
        """Add the quotes of one table."""
        self.quotes.append(read.frame)
        self.headings |= {(table.file, name): said for name, said in read.headings.items()}
        self._take(table, [read], path, "quotes")

    def take_events(self, table: Table, reads: Sequence[Read], path: Path) -> None:
        """Add the events of one table."""
        self.events += [read.frame for read in reads]
        self._take(table, reads, path, "events")

    def _take(self, table: Table, reads: Sequence[Read], path: Path, kind: str) -> None:
        for read in reads:
            self.findings += read.findings
            self.aside += read.aside.pieces
            self._count(read.counts, table.file)
        self._list(table, path, kind)

    def _count(self, counts: dict[str, Any], file: str) -> None:
        came, kept, aside = (
            counts[f"answers_{part}"] for part in ("in", "kept", "quarantined")
        )
        if came != kept + aside:
            raise IntakeError(
                file,
                f"{came} answers came in, {kept} were kept and {aside} set aside: "
                "this is a fault of pilot",
                "report it, with the design and the names of the columns",
            )
        total = self.counts.setdefault(
            counts["door"], dict.fromkeys(COUNTS, 0) | {"door": counts["door"]}
        )
        for name in COUNTS[1:]:
            total[name] += counts[name]

    # -- what nobody claims, or nobody can read --------------------------------------------

    def unclaimed_file(self, name: str, path: Path, near: str, *, listed: bool) -> None:
        """Tell of a file that no source claims."""
        self.findings.append(finding("unclaimed-file", file=name, expected=near))
        if listed:
            self._list_file(name, path, "unclaimed")

    def strange_file(self, name: str, path: Path, rule: str, form: str | None) -> None:
        """Tell of a spreadsheet that cannot be read, and whose form it is if it is one.

        A form of this trajectory holds answers that would be missed; of another spreadsheet
        it is told as the reason only where nothing else could be read.
        """
        cause, mend = STRANGE[rule]
        suffix = ".xls" if path.suffix.lower() == ".xlsx" else path.suffix.lower()
        found = suffix if form is None else f"{suffix}, a form of {form}"
        place = {} if rule == "protected-file" else {"found": found, "expected": ".xlsx"}
        self.findings.append(finding(rule, file=name, **place))
        faults = self.faults if form == self.trajectory.key else self.strangers
        faults.append(IntakeError(name, cause.format(suffix=suffix), mend))
        self._list_file(name, path, "unreadable")

    def unclaimed_sheet(self, table: Table, path: Path) -> None:
        """Tell of a sheet that no source claims."""
        self.findings.append(
            finding("unclaimed-sheet", file=table.file, found=f"{len(table.rows)} rows")
        )
        self._list(table, path, "unclaimed")

    def untouched_form(self, table: Table, path: Path) -> None:
        """List a form in which nobody has typed anything yet."""
        self._list(table, path, "form")

    def other_form(self, table: Table, path: Path, trajectory: str) -> None:
        """Tell of a form that was made for another trajectory."""
        mine = self.trajectory.key
        told = finding("other-form", file=table.file, found=trajectory, expected=mine)
        self.findings.append(told)
        cause = f"is a form of {trajectory}, not of {mine}"
        self.faults.append(IntakeError(table.file, cause, f"move it to where {trajectory} is"))
        self._list(table, path, "unclaimed")

    def missing_sheet(self, name: str, claim: Claim, tables: Sequence[Table]) -> None:
        """Tell of a sheet that a source names and a file lacks."""
        sheets = [str(table.sheet) for table in tables]
        wanted = str(claim.source.sheet)
        self.findings.append(
            finding(
                "missing-sheet",
                file=name,
                found=nearest_name(wanted, sheets) or ", ".join(sheets),
                expected=wanted,
            )
        )

    def ignored_file(self, name: str, path: Path) -> None:
        """List a file that the design ignores, without reading it."""
        self._list_file(name, path, "ignored")

    def ignored_sheet(self, table: Table, path: Path) -> None:
        """List a sheet that the design ignores."""
        self._list(table, path, "ignored")

    def unreadable(
        self, name: str, path: Path, claims: Sequence[Claim], fault: IntakeError
    ) -> None:
        """Tell of a file that cannot be read; it is raised when no other can be."""
        if any(claim.source.kind != "ignored" for claim in claims):
            self.faults.append(fault)
        known = {mend: rule for rule, (_, mend) in STRANGE.items()}
        known |= {COPY_OVER: "form-without-names"}
        rule = known.get(fault.mend, "unreadable-file")
        told = finding(rule, file=name, found=fault.cause, expected="an export")
        self.findings.append(told | {"mend": fault.mend})
        self._list_file(name, path, "unreadable")

    def refuse_nothing(self, folder: str) -> None:
        """Refuse to go on when not one export could be read.

        Raises
        ------
        IntakeError
            Telling of every file that could not be read, or of what the design expects.
        """
        if "responses" in self.read_kinds or (self.read_kinds and not self.faults):
            return
        faults = self.faults or self.strangers
        if faults:
            causes = "\n  ".join(f"{fault.where}: {fault.cause}" for fault in faults)
            mends = dict.fromkeys(fault.mend for fault in faults)
            raise IntakeError(folder, f"no export could be read\n  {causes}", "; ".join(mends))
        patterns = dict.fromkeys(source.files for source in self.trajectory.sources)
        raise IntakeError(
            folder,
            f"holds no export of {self.trajectory.key}",
            f"put the exports there, named as the design says: {', '.join(patterns)}",
        )

    # -- what is not there ----------------------------------------------------------------

    def expect_files(self, names: Sequence[str]) -> None:
        """Tell of sources without a file, where a later date shows that it should be there."""
        lacking = [
            source
            for source in self.trajectory.sources
            if source.kind != "ignored"
            and (source.wave, source.role, source.rated_by) not in self._typed
            and not any(stars(source.files, name) is not None for name in names)
        ]
        seen = self._latest_date() if lacking else None
        told = dict.fromkeys(
            (source.files, source.wave) for source in lacking if self._is_due(source, seen)
        )
        for files, wave in told:
            self.findings.append(finding("source-without-file", file=files, found=wave))

    def _is_due(self, source: Source, seen: date | None) -> bool:
        if source.kind != "responses":
            return True
        closes = [
            wave.closes for wave in self.trajectory.waves if source.wave in (None, wave.key)
        ]
        known = [day for day in closes if day is not None]
        return bool(known) and seen is not None and min(known) < seen

    def _latest_date(self) -> date | None:
        answered = [day for part in self.parts for day in _days(part["answered"])]
        frames = [frame["date"] for frame in self.events]
        frames += [frame["start"] for frame in self.register]
        frames += [frame["end"].where(frame["reason"].notna()) for frame in self.register]
        dated = [day.date() for column in frames for day in column.dropna().unique()]
        days = [day for day in (*answered, *dated) if day]
        span = calendar_span(self.trajectory.waves)
        return max([day for day in days if span is None or day <= span[1]], default=None)

    # -- together -------------------------------------------------------------------------

    def _list(self, table: Table, path: Path, kind: str, **words: str | None) -> None:
        self.read_kinds |= {kind} & {"responses", "register", "events", "form"}
        self.files.append(
            dict.fromkeys(FILES)
            | {
                "file": table.name,
                "sheet": table.sheet,
                "kind": kind,
                "rows": len(table.rows) + len(table.too_long),
                "columns": len(table.header),
                "sha256": self._sha256(path),
            }
            | words
        )

    def _list_file(self, name: str, path: Path, kind: str) -> None:
        listed = {"file": name, "kind": kind, "sha256": self._sha256(path)}
        self.files.append(dict.fromkeys(FILES) | listed)

    def _sha256(self, path: Path) -> str | None:
        if path not in self._hashes:
            try:
                with path.open("rb") as stream:
                    self._hashes[path] = hashlib.file_digest(stream, "sha256").hexdigest()
            except OSError:
                return None  # it is told of already, as a file that cannot be read
        return self._hashes[path]

    def received(self) -> Received:
        """Return everything as one bundle."""
        parts, self.parts = self.parts, []
        intake = dict.fromkeys(COUNTS, 0) | {"door": "intake"}
        doors = {"intake": intake} | self.counts
        return Received(
            responses=stack(parts, self.trajectory),
            events=_below(self.events, EVENTS),
            register=_below(self.register, REGISTER),
            quotes=_below(self.quotes, QUOTES),
            headings=self.headings,
            files=_typed(pd.DataFrame(self.files, columns=list(FILES))),
            findings=findings_table(self.findings),
            quarantine=_below(self.aside, QUARANTINE).astype(ROW),
            counts=pd.DataFrame(list(doors.values()), columns=list(COUNTS)),
        )


def _days(texts: pd.Series) -> list[date | None]:
    return [read_date(str(text)).day for text in texts.dropna().unique()]


def _below(frames: Sequence[pd.DataFrame], columns: tuple[str, ...]) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return frames[0] if frames else empty(columns)
    return pd.concat(filled, ignore_index=True)


def _typed(files: pd.DataFrame) -> pd.DataFrame:
    words = dict.fromkeys(set(FILES) - {"rows", "columns"}, "str")
    return files.astype(words | {"rows": "Int64", "columns": "Int64"})


def _words(words: Any) -> str | None:
    known = dict.fromkeys(word for word in words if word)
    return ", ".join(known) if known else None
