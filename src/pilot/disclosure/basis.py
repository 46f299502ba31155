"""On which families' answers a number rests, so that two reports can be told apart."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import sha256

import pandas as pd

from pilot.disclosure.tally import main_role
from pilot.frames import GROUP, PANEL
from pilot.results import Study

Basis = tuple[str, ...]
MARK = 12
LED = (
    "language",
    "minutes",
    "mode",
    "respondent",
    "interviewer",
    "interpreter",
    "form_version",
)
HAPPENED = ("date", "kind", "minutes", "status", "level", "weight", "rater", "topic")


def bases_of(study: Study, key: str) -> tuple[Basis, ...]:
    """Return marks of each family that an item of the page rests on, in no telling order.

    A mark follows from a family's own values alone. A code is in none, so that new numbers
    for the same people make no other basis. Each thing that a number rests on has a basis
    of its own: what changes for everybody, such as a date, must not hide what changed for
    one. An estimate rests on all answers to its questions, and once more on those of its
    two waves, by group where it compares groups.

    Parameters
    ----------
    study : Study
    key : str
        As `pilot.disclosure.items` names it: kind and place, with ``|`` between.
    """
    kind, *place = key.split("|")
    return _KINDS[kind](study, place)


def differ(one: Basis, other: Basis) -> int:
    """Return for how many families two bases differ.

    Examples
    --------
    >>> differ(("a", "b", "b"), ("a", "b", "c")), differ(("a", "b"), ("a", "b", "c"))
    (1, 1)
    """
    first, second = Counter(one), Counter(other)
    return max((first - second).total(), (second - first).total())


def _apart(
    rows: pd.DataFrame, told: Iterable[str], unit: pd.Series, beside: tuple[str, ...] = ()
) -> tuple[Basis, ...]:
    """Return a basis for each column, with those that say which row it is about."""
    return tuple(_marks(rows, (*beside, name), unit) for name in told if name in rows)


def _marks(rows: pd.DataFrame, columns: Iterable[str], unit: pd.Series) -> Basis:
    told = [name for name in columns if name in rows]
    lines: dict[str, list[str]] = {}
    for whose, values in zip(
        unit.astype("str").fillna(""), rows[told].itertuples(index=False), strict=True
    ):
        lines.setdefault(whose, []).append("\t".join(map(_written, values)))
    return tuple(sorted(_mark(sorted(each)) for each in lines.values()))


def _mark(lines: Iterable[str]) -> str:
    return sha256("\n".join(lines).encode()).hexdigest()[:MARK]


def _written(value: object) -> str:
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.6g}"
    return "" if value is None or value is pd.NaT or value is pd.NA else str(value)


def _unit(rows: pd.DataFrame, study: Study) -> pd.Series:
    """Return whose a row is: the family's, where there is none the person's, or the site's."""
    family = study.started.drop_duplicates("participant").set_index("participant")["family"]
    own = rows["family"] if "family" in rows else rows["participant"].map(family)
    own = own.fillna(rows["participant"].map(family)).fillna(rows["participant"])
    return own.fillna(rows["site"]) if "site" in rows else own


def _estimate(study: Study, place: list[str]) -> tuple[Basis, ...]:
    outcome, role, contrast = place[:3]
    scores = study.scores
    if outcome not in scores:
        return ()
    rows = scores[(scores["role"] == role) & scores[outcome].notna()]
    ends = rows[rows["wave"].isin(contrast.split(" - "))]
    parts = [rows, ends]
    if GROUP in rows:
        parts += [own for _, own in ends.groupby(GROUP, sort=True)]
    columns = (outcome, "months", "site", GROUP)
    return tuple(
        basis
        for part in parts
        for basis in _apart(part, columns, _unit(part, study), ("wave",))
    )


def _forms(study: Study, place: list[str]) -> tuple[Basis, ...]:
    """Return the basis of what tells of forms: of one role, or of all."""
    panel = study.panel
    items = panel[[name for name in panel if name not in (*PANEL, GROUP)]]
    rows = panel.assign(items=items.notna().sum(axis=1))
    if place and place[0]:
        rows = rows[rows["role"] == place[0]]
    return _apart(rows, (*LED, "items"), _unit(rows, study), ("wave", "role"))


def _event(study: Study, place: list[str]) -> tuple[Basis, ...]:
    rows = study.events
    if place and place[0]:
        rows = rows[rows["event"] == place[0]]
    return _apart(rows, HAPPENED, _unit(rows, study), ("event",))


def _means(study: Study, means: str) -> pd.DataFrame:
    keys = [each.key for each in study.trajectory.events if each.means == means]
    return study.events[study.events["event"].isin(keys)]


def _requests(study: Study, _: list[str]) -> tuple[Basis, ...]:
    rows = _means(study, "request")
    return _apart(rows, HAPPENED, _unit(rows, study), ("event",))


def _goals(study: Study, _: list[str]) -> tuple[Basis, ...]:
    """Return the basis of goals, whether they came as events or on a form."""
    rated = [
        item
        for instrument in study.trajectory.instruments.values()
        for scale in instrument.scales
        if scale.combine == "goal_attainment"
        for item in scale.items
        if item in study.panel
    ]
    events, panel = _means(study, "goal"), study.panel.dropna(subset=rated, how="all")
    told = [*_apart(events, HAPPENED, _unit(events, study), ("event",))]
    if rated:
        told.append(_marks(panel, ("wave", *rated), _unit(panel, study)))
    return tuple(told)


def _kept(study: Study, place: list[str]) -> tuple[Basis, ...]:
    """Return a mark of each site whose answers about principles are of a period."""
    table = study.happened.fidelity
    if table.empty:
        return ()
    rows = table[table["period"].astype("str") == place[0]]
    return (_marks(rows, ("kept", "asked"), rows["site"]),)


def _row(study: Study, place: list[str]) -> tuple[Basis, ...]:
    if place[0] == "minutes":
        return _event(study, [])
    role = main_role(study.trajectory) if place[0] == "minutes_per_form" else place[1]
    return _forms(study, [role])


def _story(study: Study, place: list[str]) -> tuple[Basis, ...]:
    role, domain = place
    quotes = study.quotes
    if quotes.empty:
        return ()
    rows = quotes[(quotes["role"] == role) & (quotes["domain"] == domain)]
    return (_marks(rows, ("direction", "text"), _unit(rows, study)),)


_KINDS: dict[str, Callable[[Study, list[str]], tuple[Basis, ...]]] = {
    "estimate": _estimate,
    "event": _event,
    "goals": _goals,
    "requests": _requests,
    "kept": _kept,
    "row": _row,
    "answers": _forms,
    "asked": _forms,
    "story": _story,
}
