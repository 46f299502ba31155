"""For the team, under each outcome: whether the last wave was asked as the first one was."""

from __future__ import annotations

import re
from typing import Any

from pilot.design import Outcome
from pilot.presentation.words import Words
from pilot.results import Study

ANY = "any"
CHANGE = re.compile(r"(.+?) > (.+?) \((\d+)\)(?:, |$)")  # as linkage writes them
MOST = 3


def asking_sentence(words: Words, study: Study, outcome: Outcome) -> str:
    """Return for how many the way of asking changed, and how; nothing where nobody knows.

    Parameters
    ----------
    words : Words
    study : Study
    outcome : Outcome
    """
    ways = {str(row["what"]): row for row in _rows(study, outcome)}
    whole = ways.pop(ANY, None)
    if whole is None or not whole["n_known"]:
        return ""
    between = _between(words, whole, ways)
    if not whole["n_changed"]:
        return " ".join([words("asking.same"), *between])
    changed = [_way(words, row) for row in ways.values() if row["n_changed"]]
    told = words(
        "asking.changed",
        n=words.whole(whole["n_changed"]),
        all=words.whole(whole["n_participants"]),
        ways=words.listed(changed),
    )
    return " ".join([told, *between])


def _between(words: Words, whole: dict[str, Any], ways: dict[str, dict[str, Any]]) -> list[str]:
    """Return for how many a wave between went otherwise, where there are any."""
    seen = [row | {"what": what} for what, row in ways.items() if row["n_changed_between"]]
    if not seen:
        return []
    told = [
        words(f"asking.{row['what']}", n=words.whole(row["n_changed_between"])) for row in seen
    ]
    if not whole["n_changed_between"]:
        return [words("asking.between_too", ways=words.listed(told))]
    n, people = (words.whole(whole[name]) for name in ("n_changed_between", "n_participants"))
    return [words("asking.between", n=n, all=people, ways=words.listed(told))]


def _rows(study: Study, outcome: Outcome) -> list[dict[str, Any]]:
    known = study.changes_of_asking
    if known.empty:
        return []
    here = (known["outcome"] == outcome.key) & (known["role"] == outcome.role)
    return [
        {str(name): value for name, value in row.items()}
        for row in known[here].to_dict("records")
    ]


def _way(words: Words, row: dict[str, Any]) -> str:
    said = words(f"asking.{row['what']}", n=words.whole(row["n_changed"]))
    kinds = CHANGE.findall(row["changes"])
    if not kinds:
        return said
    told = [_from_to(words, *kind, alone=len(kinds) == 1) for kind in kinds[:MOST]]
    if len(kinds) > MOST:
        told.append(words("asking.more"))
    return f"{said} ({'; '.join(told)})"


def _from_to(words: Words, was: str, now: str, count: str, *, alone: bool) -> str:
    known = {"was": _known(words, was), "now": _known(words, now)}
    if alone:
        return words("asking.from_to", **known)
    return words("asking.from_to_n", **known, n=words.whole(int(count)))


def _known(words: Words, value: str) -> str:
    key = f"asking.is_{value}"
    return words(key) if words.has(key) else value
