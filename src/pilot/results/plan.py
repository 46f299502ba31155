"""The plan as it was frozen, and what was run otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Kind = Literal["method", "added", "dropped", "outcome", "waves", "design", "file"]


@dataclass(frozen=True, slots=True)
class Deviation:
    """One thing that was run otherwise than the frozen plan said.

    Parameters
    ----------
    kind : {"method", "added", "dropped", "outcome", "waves", "design", "file"}
        An outcome's method; an outcome that came in or went out; another part of an outcome,
        of a wave or of the design; the frozen file itself.
    where : str
        The outcome (``key, role``), wave or setting.
    frozen, run : str
        What the plan said, and what was run; empty where there is nothing.
    """

    kind: Kind
    where: str
    frozen: str = ""
    run: str = ""

    def to_record(self) -> dict[str, str]:
        """Return the deviation as it stands in ``results.json``."""
        return {
            "kind": self.kind,
            "where": self.where,
            "frozen": self.frozen,
            "run": self.run,
        }


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """Whether a plan was frozen, when, and each deviation from it.

    Parameters
    ----------
    hash : str
        Of the plan as it is now.
    frozen : date or None
        The day the plan was frozen; None where nobody did.
    frozen_hash : str or None
        Of the plan as it was frozen.
    before_last_wave : bool or None
        Whether that was before anyone answered at the last wave; None where it cannot be
        told.
    deviations : tuple of Deviation
    """

    hash: str = ""
    frozen: date | None = None
    frozen_hash: str | None = None
    before_last_wave: bool | None = None
    deviations: tuple[Deviation, ...] = ()

    def to_record(self) -> dict[str, Any]:
        """Return the plan as it stands in ``results.json``."""
        return {
            "hash": self.hash,
            "frozen": None if self.frozen is None else self.frozen.isoformat(),
            "frozen_hash": self.frozen_hash,
            "before_last_wave": self.before_last_wave,
            "deviations": [each.to_record() for each in self.deviations],
        }
