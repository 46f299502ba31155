"""``published.json``: what everybody already knows of a trajectory, beside its report.

Whoever deletes the published report deletes the memory of it: the next one is made as the
first, and who kept the old pages can lay both side by side.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pilot.design import Trajectory
from pilot.disclosure import publication, without_gone
from pilot.errors import RunError
from pilot.results import Disclosed, Published, Study

PUBLISHED_MIME = "application/vnd.pilot.published+json"
FORMAT = 1
BACK = (
    "put it back from a backup; only when no earlier report went out, delete the folder it "
    "is in: the next report is then made as if it were the first"
)


@dataclass(frozen=True, slots=True, repr=False)
class PublicSoFar:
    """Every public report of a trajectory until now, as readers have them; for the team."""

    reports: tuple[Published, ...]

    def __repr__(self) -> str:
        last = self.reports[-1]
        return (
            f"PublicSoFar({len(self.reports)} reports, the last with {len(last.items)} items)"
        )

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        record = {
            "format": FORMAT,
            "reports": [each.to_record() for each in self.reports],
        }
        return {"text/plain": repr(self), PUBLISHED_MIME: record}


def already_public(place: str | Path) -> tuple[Published, ...]:
    """Read what was published before, the oldest first.

    Parameters
    ----------
    place : str or Path
        The file that the last report left; empty, or no file there: nothing was published.

    Raises
    ------
    RunError
        When it cannot be read: a report made without it could be subtracted from it.

    Examples
    --------
    >>> already_public("")
    ()
    """
    path = Path(place)
    if not str(place):
        return ()
    if not path.is_file():
        _refuse_forgotten(path)
        return ()
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if record["format"] != FORMAT:
            raise ValueError(f"format {record['format']}, not {FORMAT}")
        return tuple(Published.from_record(each) for each in record["reports"])
    except (ValueError, KeyError, TypeError, IndexError) as fault:
        raise RunError(
            str(path),
            f"cannot be read as a record of what was published: {fault!r}",
            BACK,
        ) from fault


def _refuse_forgotten(path: Path) -> None:
    """Refuse to go on where a report of real data stands there without its record."""
    run = path.with_name("run.json")
    if run.is_file() and not json.loads(run.read_text(encoding="utf-8"))["simulated"]:
        raise RunError(
            str(path), "is not there, though the report beside it was published", BACK
        )


def _refuse_other_names(study: Study, earlier: Sequence[Published]) -> None:
    """Refuse names that changed since: one thing under two names could be subtracted."""
    for report in earlier:
        if report.trajectory != study.trajectory.key:
            raise RunError(
                "published.json",
                f"is of {report.trajectory!r}, and this report of {study.trajectory.key!r}",
                BACK,
            )
    before = {name for report in earlier for name in _names(report)}
    now = _names_of(study.trajectory)
    for kind in ("outcome", "wave", "event"):
        gone = sorted(name for what, name in before - now if what == kind)
        new = sorted(name for what, name in now - before if what == kind)
        if gone and new:
            raise RunError(
                f"design, {kind} {', '.join(gone)}",
                f"stood in a report that was published, and the design has it no more; it has "
                f"{', '.join(new)}, which no report had",
                "give it back the key it had (labels may change), or take the new one out",
            )


def _names(report: Published) -> set[tuple[str, str]]:
    named = set()
    for key in report.items:
        kind, *place = key.split("|")
        if kind == "event":
            named.add(("event", place[0]))
        if kind == "estimate":
            named.add(("outcome", " of ".join(place[:2])))
            named |= {("wave", wave) for wave in place[2].split(" - ")}
    return named


def _names_of(trajectory: Trajectory) -> set[tuple[str, str]]:
    outcomes = {("outcome", f"{each.key} of {each.role}") for each in trajectory.outcomes()}
    events = {("event", each.key) for each in trajectory.events}
    return outcomes | events | {("wave", key) for key in trajectory.wave_keys}


def public_so_far(
    study: Study, public: Disclosed, earlier: Sequence[Published] = ()
) -> PublicSoFar:
    """Return what was public before, and what is now; a page made again counts once.

    Raises
    ------
    RunError
        When the earlier reports are another trajectory's, or the design has other keys now.

    Examples
    --------
    >>> import pilot
    >>> study = pilot.open_study("m-power", demo=True)
    >>> first = public_so_far(study, pilot.disclose(study))
    >>> again = pilot.disclose(study, first.reports)
    >>> public_so_far(study, again, first.reports) == first
    True
    """
    _refuse_other_names(study, earlier)
    before = [without_gone(each, study) for each in earlier]
    now = without_gone(publication(study, public, earlier), study)
    return PublicSoFar((*before, *([now] if now not in before else [])))
