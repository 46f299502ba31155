"""Stories as they may be shown: themes as counts, and words that were approved."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from pilot.disclosure.ledger import Ledger
from pilot.results import PublicStory, Study
from pilot.results.stories import DIRECTIONS

MOST = 3
"""At most so many quotes of one direction stand on the page."""
OWN_GOALS = "goals"
"""The domain of goals of one's own: who helped to write one knows whose it is."""


def story_counts(study: Study, role: str) -> list[int]:
    """Return every count of families that `public_stories` may show."""
    return [
        count
        for group in _groups(study)
        if _may_count(study, str(group["role"].iloc[0]), role)
        for _, count in _families(group, study)
    ]


def public_stories(study: Study, role: str, ledger: Ledger) -> tuple[PublicStory, ...]:
    """Return the stories of each role and domain that everybody may read.

    Themes are counted in families, by the ledger, where one of them holds for enough; of
    another role than the main one from `thresholds.people` on. Words are shown where at
    least `thresholds.families` families take part in the role, but for words about a goal of
    one's own: approving of words is not approving of being known by them to one's coach, so
    of those there are themes only. Of each direction that has
    any there is one at least, so that those that contradict the rest are there too. Which
    come first follows from the words alone: never from who said them or where they stood
    in the file.

    Parameters
    ----------
    study : Study
        Its `quotes` have a text only where it may be shown.
    role : str
        The main role.
    ledger : Ledger
        Opened with `story_counts` among its counts.
    """
    told = []
    for group in _groups(study):
        own, domain = str(group["role"].iloc[0]), str(group["domain"].iloc[0])
        counted = _families(group, study) if _may_count(study, own, role) else []
        told_apart = any(count >= ledger.threshold for _, count in counted)
        families = tuple((way, ledger.show(count)) for way, count in counted if told_apart)
        spoken = (
            domain != OWN_GOALS and _units(study, own) >= study.trajectory.thresholds.families
        )
        quotes = _quotes(group) if spoken else ()
        if families or quotes:
            told.append(PublicStory(own, domain, families, quotes))
    return tuple(told)


def _groups(study: Study) -> Iterator[pd.DataFrame]:
    """Yield the quotes of one role and domain, in the order of the design."""
    quotes = study.quotes
    if quotes.empty:
        return
    domains = dict.fromkeys(outcome.domain for outcome in study.trajectory.outcomes())
    for role in study.trajectory.roles:
        for domain in domains:
            here = quotes[(quotes["role"] == role.key) & (quotes["domain"] == domain)]
            if len(here):
                yield here


def _may_count(study: Study, own: str, main: str) -> bool:
    least = study.trajectory.thresholds
    people = int(study.started.loc[study.started["role"] == own, "participant"].nunique())
    enough = people >= (least.families if own == main else least.people)
    return enough and _units(study, own) >= least.families


def _units(study: Study, role: str) -> int:
    people = study.started[study.started["role"] == role]
    return int(people["family"].fillna(people["participant"]).nunique())


def _families(group: pd.DataFrame, study: Study) -> list[tuple[str, int]]:
    started = study.started.drop_duplicates("participant").set_index("participant")["family"]
    unit = group["participant"].map(started).fillna(group["participant"])
    return [(way, int(unit[group["direction"] == way].nunique())) for way in DIRECTIONS]


def _quotes(group: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    said = group.dropna(subset=["text"])
    told: list[tuple[str, str]] = []
    for way in DIRECTIONS:
        texts = set(said.loc[said["direction"] == way, "text"])
        told += [(way, text) for text in sorted(texts, key=_alphabetically)[:MOST]]
    return tuple(told)


def _alphabetically(text: str) -> tuple[str, str]:
    return text.casefold(), text
