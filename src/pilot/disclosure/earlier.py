"""A report beside those that were published before it: nothing may follow from both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pilot.disclosure.basis import Basis, bases_of, differ
from pilot.disclosure.items import items_of, put_back
from pilot.results import Disclosed, Published, Shown, Study

HELD_ALWAYS = ("answers",)
"""Of answers that were set aside nothing is in a basis: told anew only with other families."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An item that stays as an earlier report had it, and whether anything changed since."""

    shown: Shown
    lock: str | None
    changed: bool


def beside_earlier(study: Study, public: Disclosed, earlier: Sequence[Published]) -> Disclosed:
    """Return a page that can be laid beside the earlier ones.

    Each item rests on families. Where for at least one of them, but for fewer than the
    threshold, an answer is other than when the item was published, it stays as it was: the
    difference of two numbers would be about these few. Whether the page says so follows from
    this alone, never from the new number: who knows who was late would read it there.

    Parameters
    ----------
    study : Study
    public : Disclosed
        Its counts already shown by a ledger that knows the earlier ones.
    earlier : sequence of Published
        The oldest first.
    """
    standing = standing_items(study, public, earlier)
    made = put_back(public, {key: each.shown.told for key, each in standing.items()})
    there = items_of(made)
    kept = tuple((key, standing[key].lock) for key in there if key in standing)
    return replace(made, kept=tuple(each for each in kept if standing[each[0]].changed))


def standing_items(
    study: Study, public: Disclosed, earlier: Sequence[Published]
) -> dict[str, Standing]:
    """Return the items that stay as an earlier report had them, by their key."""
    if public.small or not earlier:
        return {}
    known = dict.fromkeys(key for report in earlier for key in report.items)
    found = {key: _stands(study, key, earlier) for key in known}
    return {key: each for key, each in found.items() if each is not None}


def _stands(study: Study, key: str, earlier: Sequence[Published]) -> Standing | None:
    """Return an item as the newest report has it that it cannot be told apart from."""
    now = bases_of(study, key)
    for report in reversed(earlier):
        shown = report.items.get(key)
        if shown is not None and _few_apart(shown, now, key, study):
            first = next(each for each in earlier if each.items.get(key) == shown)
            changed = any(map(differ, shown.bases, now))
            return Standing(shown, first.lock, changed)
    return None


def _few_apart(shown: Shown, now: Sequence[Basis], key: str, study: Study) -> bool:
    least = 0 if key in HELD_ALWAYS else 1
    return any(
        least <= differ(one, other) < study.trajectory.thresholds.families
        for one, other in zip(shown.bases, now, strict=False)
    )
