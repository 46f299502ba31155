"""For the team: every method beside the planned one, and reliable change per person."""

from __future__ import annotations

from pilot.design import Outcome
from pilot.presentation.markup import (
    Column,
    Table,
    bullets,
    details,
    heading,
    paragraph,
    section,
)
from pilot.presentation.outcomes import interval
from pilot.presentation.piece import Piece, in_both
from pilot.presentation.saying import is_share, moved, reason_in, size_of, wave_label
from pilot.presentation.team_asking import asking_sentence
from pilot.presentation.team_beside import beside_lines, index_cell
from pilot.presentation.team_choice import choice
from pilot.presentation.words import Words
from pilot.results import Beside, Estimate, IndividualChange, Study

ESTIMATE_COLUMNS = (
    "method", "standing", "estimate", "interval_95", "interval_75",
    "p", "p_adjusted", "smallest_p", "d_z", "d_av", "n",
)  # fmt: skip
PERSON_COLUMNS = (
    "outcome", "who", "improved", "cannot_tell", "worse",
    "expected", "at_95", "threshold", "reliability", "source",
)  # fmt: skip
INDEX = "index_"
INDICES = (
    "jacobson_truax", "gulliksen_lord_novick", "hsu_linn_lord", "edwards_nunnally",
    "nunnally_kotsch", "hageman_arrindell", "maassen",
)  # fmt: skip
WORDS_ONLY = {"method", "standing", "outcome", "who", "source"}


def team_alternatives(study: Study) -> Piece:
    """Return every estimate of every outcome: planned, alternative and sensitivity."""
    outcomes = study.trajectory.outcomes()

    def write(words: Words) -> str:
        return section(
            "team-alternatives",
            words.language,
            words("team.alternatives_title"),
            paragraph(words("team.alternatives_intro")),
            *(_methods(words, study, each) for each in outcomes),
        )

    return in_both("team-alternatives", "team", write)


def team_individual(study: Study) -> Piece:
    """Return how many people changed reliably, and how many would by chance."""

    def write(words: Words) -> str:
        return section(
            "team-individual",
            words.language,
            words("team.individual_title"),
            paragraph(words("team.individual_intro")),
            _people(words, study),
            details(words("team.indices_title"), *_indices(words, study)),
        )

    return in_both("team-individual", "team", write)


def columns_of(words: Words, names: tuple[str, ...]) -> tuple[Column, ...]:
    """Return the columns of a team table by their keys."""
    return tuple(
        Column(words(f"team.{name}"), numbers=name not in WORDS_ONLY) for name in names
    )


def _methods(words: Words, study: Study, outcome: Outcome) -> str:
    """Return the table of one outcome and what stands beside it; folded if exploratory."""
    known = [
        each
        for each in study.estimates
        if (each.outcome.key, each.outcome.role) == (outcome.key, outcome.role)
    ]
    if not known:
        return ""
    planned = known[0]
    parts = {
        "label": outcome.label.in_(words.language),
        "role": study.trajectory.role(outcome.role).label.in_(words.language),
        "contrast": _contrast(words, study, planned),
    }
    caption = "alternatives_caption" if outcome.primary else "alternatives_exploratory"
    said = words(f"team.{caption}", **parts)
    table = Table(
        words("team.alternatives_of", label=parts["label"]),
        columns_of(words, ESTIMATE_COLUMNS),
        tuple(estimate_row(words, each) for each in known),
        kind="wide",
        note=_rung(words, planned.rung),
    )
    body = (
        table.without_empty().html(),
        _caution(words, planned),
        paragraph(choice(words, known)),
        paragraph(asked) if (asked := asking_sentence(words, study, outcome)) else "",
        beside_lines(
            words, study.trajectory, study.told_beside(outcome), 4 if outcome.primary else 3
        ),
    )
    if outcome.primary:
        return "\n".join([heading(said, 3), *(part for part in body if part)])
    return details(said, *body)


def _caution(words: Words, planned: Estimate) -> str:
    """Return how well the planned method does on scores like these, where that is known."""
    known = planned.caution_nl if words.language == "nl" else planned.caution
    return paragraph(known, "warning") if known else ""


def _contrast(words: Words, study: Study, estimate: Estimate) -> str:
    later, _, earlier = estimate.contrast.partition(" - ")
    waves = [wave_label(words, study.trajectory, key) for key in (earlier, later)]
    return words("outcomes.between", earlier=waves[0], later=waves[1])


def _rung(words: Words, rung: str) -> str:
    key = f"rungs.{rung}"
    return words("team.rung", rung=words(key) if words.has(key) else rung) if rung else ""


def estimate_row(words: Words, estimate: Estimate) -> tuple[str, ...]:
    """Return one estimate as the team reads it."""
    outcome, dash = estimate.outcome, words("number.dash")
    standing = words(f"team.{estimate.standing}")
    persons = estimate.method == "persons_t"
    n = words.whole(estimate.n_participants if persons else estimate.n_families)
    if estimate.refused or estimate.estimate is None:
        said = words("team.refused", reason=reason_in(words, estimate))
        return (_named(words, estimate), standing, said, *[dash] * 2, *[""] * 5, n)
    return (
        _named(words, estimate),
        standing,
        _size(words, outcome, estimate.estimate),
        interval(words, outcome, estimate.conf_low, estimate.conf_high),
        interval(words, outcome, estimate.conf_low_75, estimate.conf_high_75),
        p_value(words, estimate.p_value),
        p_value(words, estimate.p_adjusted),
        p_value(words, estimate.smallest_p),
        _standardised(words, estimate, "d_z"),
        _standardised(words, estimate, "d_av"),
        n,
    )


def _named(words: Words, estimate: Estimate) -> str:
    """Return the method, and which groups or group it is about where there are groups."""
    label = method_label(words, estimate.method)
    return f"{estimate.group}: {label}" if estimate.group else label


def _size(words: Words, outcome: Outcome, value: float) -> str:
    return moved(words, outcome, value) if is_share(outcome) else size_of(words, outcome, value)


def method_label(words: Words, method: str) -> str:
    """Return what a method is called; an unknown one by its own name."""
    key = f"methods.{method}"
    return words(key) if words.has(key) else method


def p_value(words: Words, value: float | None) -> str:
    """Return a p-value in three decimals, never as 0.

    Examples
    --------
    >>> p_value(Words("en"), 0.00004), p_value(Words("nl"), 0.0312)
    ('< 0.001', '0,031')
    """
    if value is None:
        return ""
    if value < 0.001:
        return f"< {words.number(0.001, 3)}"
    return words.number(value, 3)


def _standardised(words: Words, estimate: Estimate, name: str) -> str:
    for each in estimate.standardised:
        if each.name == name:
            low, high = words.number(each.conf_low, 2), words.number(each.conf_high, 2)
            return f"{words.number(each.estimate, 2)} [{low}; {high}]"
    return ""


def _people(words: Words, study: Study) -> str:
    shown = [each for each in study.individual if not each.refused]
    refused = [each for each in study.individual if each.refused]
    rows = tuple(_person_row(words, study, each) for each in shown)
    table = Table(
        words("team.individual_caption"), columns_of(words, PERSON_COLUMNS), rows, "wide"
    )
    told = bullets(_reasons(words, refused))
    return (table.html() if rows else paragraph(words("team.individual_none"))) + told


def _reasons(words: Words, refused: list[IndividualChange]) -> list[str]:
    """Return one line a reason, with the outcomes it holds for."""
    outcomes: dict[str, list[str]] = {}
    for each in refused:
        label = each.outcome.label.in_(words.language)
        known = outcomes.setdefault(reason_in(words, each), [])
        known += [] if label in known else [label]
    return [
        words("team.not_computed", outcomes=words.listed(labels), reason=reason)
        for reason, labels in outcomes.items()
    ]


def _person_row(words: Words, study: Study, change: IndividualChange) -> tuple[str, ...]:
    dash = words("number.dash")
    return (
        change.outcome.label.in_(words.language),
        study.trajectory.role(change.outcome.role).label.in_(words.language),
        words.whole(change.improved),
        words.whole(change.cannot_tell),
        words.whole(change.worse),
        words.number(change.expected_false),
        dash if change.false_at_95 is None else words.whole(change.false_at_95),
        dash if change.threshold is None else words.number(change.threshold),
        dash if change.reliability is None else words.plain(change.reliability, 3),
        change.source_nl if words.language == "nl" else change.source,
    )


def _indices(words: Words, study: Study) -> list[str]:
    """Return the counts of each index in one table, and why some have none."""
    told = {outcome: study.told_beside(outcome) for outcome in study.trajectory.outcomes()}
    known = {
        outcome: {name: each for name, each in rows.items() if name.startswith(INDEX)}
        for outcome, rows in told.items()
    }
    rows = [
        (
            outcome.label.in_(words.language),
            *(index_cell(words, each.get(f"{INDEX}{name}")) for name in INDICES),
        )
        for outcome, each in known.items()
        if not all(one.refused for one in each.values())
    ]
    if not rows:
        return []
    columns = (
        Column(words("team.outcome")),
        *(Column(words(f"team.{INDEX}{name}"), numbers=True) for name in INDICES),
    )
    caption = words("team.indices_caption")
    return [
        paragraph(words("team.indices_intro")),
        Table(caption, columns, tuple(rows), kind="wide").html(),
        bullets(_why_no_index(words, known)),
    ]


def _why_no_index(words: Words, known: dict[Outcome, dict[str, Beside]]) -> list[str]:
    """Return one line a reason with the indices it holds for, of outcomes that have any."""
    names: dict[str, list[str]] = {}
    for rows in known.values():
        if all(each.refused for each in rows.values()):
            continue
        for name, each in rows.items():
            if each.refused:
                listed = names.setdefault(reason_in(words, each), [])
                label = words(f"team.{name}")
                listed += [] if label in listed else [label]
    return [
        words("team.not_computed", outcomes=words.listed(labels), reason=reason)
        for reason, labels in names.items()
    ]
