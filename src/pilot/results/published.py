"""What was already published of a trajectory, for the next report to be held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pilot.results.counts import PublicCount


@dataclass(frozen=True, slots=True)
class Shown:
    """One item of a public page as it was shown.

    Parameters
    ----------
    bases : tuple of tuple of str
        What it rests on, each with a mark of every family (or site): of the values alone,
        never of a code. They stay with the team.
    told : dict
        The numbers and words as they stood on the page, as JSON has them.
    """

    bases: tuple[tuple[str, ...], ...]
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Published:
    """One public report, as exactly as a reader has it: rounded, banded, withheld.

    Parameters
    ----------
    lock : str or None
        Until which day its data run, which is what the report is called by.
    simulated : bool
    counts : tuple of PublicCount
        Every number of families or people on it, each once.
    told : tuple of PublicCount
        Those of who started, answered and left, and of whom estimates are.
    shares : tuple of dict
        Rows of the feasibility table with a share or a line.
    items : dict
        What is kept or replaced as a whole, by its key.
    trajectory : str
        Whose report it is.
    """

    lock: str | None
    simulated: bool
    counts: tuple[PublicCount, ...] = ()
    told: tuple[PublicCount, ...] = ()
    shares: tuple[Mapping[str, Any], ...] = ()
    items: Mapping[str, Shown] = field(default_factory=dict)
    trajectory: str = ""

    def to_record(self) -> dict[str, Any]:
        """Return it as plain JSON values.

        Examples
        --------
        >>> Published("2025-05-12", True, (PublicCount(14),)).to_record()["counts"]
        [14]
        """
        bases = dict.fromkeys(marks for each in self.items.values() for marks in each.bases)
        places = {marks: place for place, marks in enumerate(bases)}
        return {
            "trajectory": self.trajectory,
            "lock": self.lock,
            "simulated": self.simulated,
            "counts": [count_record(each) for each in self.counts],
            "told": [count_record(each) for each in self.told],
            "shares": [
                dict(row)
                | {"count": count_record(row["count"]), "base": count_record(row["base"])}
                for row in self.shares
            ],
            "bases": [" ".join(marks) for marks in bases],
            "items": {
                key: {
                    "bases": " ".join(str(places[marks]) for marks in each.bases),
                    "told": dict(each.told),
                }
                for key, each in self.items.items()
            },
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Published:
        """Return what `to_record` made.

        Examples
        --------
        >>> one = Published("2025-05-12", True, (PublicCount(None, 9, 14),))
        >>> Published.from_record(one.to_record()) == one
        True
        """
        bases = [tuple(marks.split()) for marks in record["bases"]]
        return cls(
            trajectory=record["trajectory"],
            lock=record["lock"],
            simulated=record["simulated"],
            counts=tuple(count_from(each) for each in record["counts"]),
            told=tuple(count_from(each) for each in record["told"]),
            shares=tuple(
                dict(row) | {"count": count_from(row["count"]), "base": count_from(row["base"])}
                for row in record["shares"]
            ),
            items={
                key: Shown(
                    tuple(bases[int(place)] for place in each["bases"].split()), each["told"]
                )
                for key, each in record["items"].items()
            },
        )


def count_record(count: PublicCount) -> int | str | None:
    """Return a count as JSON has it: a number, the ends of a band, or nothing.

    Examples
    --------
    >>> count_record(PublicCount(14)), count_record(PublicCount(None, 9, 14))
    (14, '9-14')
    """
    if count.low is None and count.high is None:
        return count.exact
    return "-".join("" if end is None else str(end) for end in (count.low, count.high))


def count_from(record: int | str | None) -> PublicCount:
    """Return what `count_record` made."""
    if not isinstance(record, str):
        return PublicCount(record)
    low, high = (int(end) if end else None for end in record.split("-"))
    return PublicCount(None, low, high)
