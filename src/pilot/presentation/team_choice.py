"""For the team: why a method was chosen, what the others say, and what to know of each."""

from __future__ import annotations

from collections.abc import Sequence

from pilot.presentation.saying import is_share, moved, size_of
from pilot.presentation.words import Words
from pilot.results import Estimate


def choice(words: Words, estimates: Sequence[Estimate]) -> str:
    """Return the sentences that stand under the table of one outcome's methods.

    Parameters
    ----------
    words : Words
    estimates : sequence of Estimate
        Of one outcome, the planned one first.

    Examples
    --------
    >>> from pilot.design import Outcome, Text
    >>> total = Outcome("gse", Text(nl="a", en="a"), "better", 10, 40)
    >>> why = Text(nl="elk gezin telt", en="each family counts")
    >>> print(choice(Words("en"), [Estimate(total, "t1 - t0", "", "paired_t", chosen=why)]))
    Chosen because each family counts.
    """
    planned, *_ = estimates
    told = []
    if planned.chosen is not None:
        told.append(words("team.chosen", reason=planned.chosen.in_(words.language)))
    told += _beside(words, [each for each in estimates if each.standing == "alternative"])
    for each in estimates:
        told += _notes(words, each)
    return " ".join(told)


def _beside(words: Words, estimates: list[Estimate]) -> list[str]:
    """Say how far the alternatives lie apart, and how many leave out 0."""
    known = {each: each.estimate for each in estimates if not each.refused}
    values = [value for value in known.values() if value is not None]
    if not values:
        return []
    outcome = estimates[0].outcome
    say = moved if is_share(outcome) else size_of
    ends = {"low": say(words, outcome, min(values)), "high": say(words, outcome, max(values))}
    told = [words("team.alternatives_say", **ends)]
    whole = len([each for each in known if each.conf_low is not None])
    if whole:
        sure = len([each for each in known if _leaves_out_0(each)])
        counts = {"count": words.whole(sure), "all": words.whole(whole)}
        told.append(words("team.alternatives_sure", **counts))
    return told


def _leaves_out_0(estimate: Estimate) -> bool:
    low, high = estimate.conf_low, estimate.conf_high
    return low is not None and high is not None and (low > 0 or high < 0)


def _notes(words: Words, estimate: Estimate) -> list[str]:
    if not estimate.notes:
        return []
    key = f"methods.{estimate.method}"
    label = words(key) if words.has(key) else estimate.method
    notes = "; ".join(note.in_(words.language) for note in estimate.notes)
    return [words("team.note_of", method=label[:1].upper() + label[1:], note=notes)]
