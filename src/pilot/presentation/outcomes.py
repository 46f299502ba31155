"""Every planned outcome: how far it changed and how sure that is."""

from __future__ import annotations

from pilot.design import Outcome
from pilot.presentation.earlier import earlier_notes
from pilot.presentation.figure_change import change_picture
from pilot.presentation.figure_groups import groups_picture
from pilot.presentation.markup import Column, Table, heading, paragraph, section
from pilot.presentation.piece import Piece, in_both
from pilot.presentation.saying import (
    digits_of,
    facing,
    is_share,
    leading,
    moved,
    number_of,
    reading,
    size_of,
    unit_of,
    wave_label,
)
from pilot.presentation.words import Words
from pilot.results import Disclosed, PublicEstimate

WHO, WAVES, MINIMAL = 1, 2, 7  # places of columns that stand in the caption where all are alike
HELD = "88"  # of 100 intervals in simulations, below which estimation gives none
NUMBERS = ("n", "change", "interval_95", "interval_75", "minimal")


def outcomes_section(disclosed: Disclosed) -> Piece:
    """Return the table of all outcomes, the figure of the primary ones, and the groups."""
    return in_both(
        "outcomes",
        "public",
        lambda words: _section(words, disclosed),
        design=disclosed.trajectory,
    )


def _section(words: Words, disclosed: Disclosed) -> str:
    unit = unit_of(words, disclosed)
    if disclosed.small:
        least = words.whole(disclosed.trajectory.thresholds.families)
        body = [paragraph(words("outcomes.small", threshold=least, unit=unit))]
    else:
        primary = any(each.outcome.primary for each in disclosed.estimates)
        body = [
            paragraph(words("outcomes.intro" if primary else "outcomes.intro_none")),
            _figure(words, disclosed),
            _table(words, disclosed).html(),
            *_notes(words, disclosed, unit),
            _groups(words, disclosed),
        ]
    return section("outcomes", words.language, words("outcomes.title"), *body)


def _figure(words: Words, disclosed: Disclosed) -> str:
    shown = [each for each in leading(disclosed.estimates) if each.estimate is not None]
    return change_picture(words, shown, simulated=disclosed.simulated) if shown else ""


def _table(words: Words, disclosed: Disclosed) -> Table:
    names = ("outcome", "who", "waves", *NUMBERS, "reading")
    columns = tuple(
        Column(words(f"outcomes.{name}"), name in NUMBERS, words=name == "change")
        for name in names
    )
    rows = tuple(_row(words, disclosed, each) for each in disclosed.estimates)
    caption = words("outcomes.caption")
    alike = [place for place in (WHO, WAVES) if len({row[place] for row in rows}) == 1]
    if alike:
        caption = words("outcomes.caption_of", what=", ".join(rows[0][each] for each in alike))
    gone = alike if _has_minimal(disclosed) else [*alike, MINIMAL]
    return Table(caption, columns, rows, kind="wide").without(*gone)


def _has_minimal(disclosed: Disclosed) -> bool:
    outcomes = [each.outcome for each in disclosed.estimates]
    return any(each.minimal_change is not None and not is_share(each) for each in outcomes)


def _row(words: Words, disclosed: Disclosed, estimate: PublicEstimate) -> tuple[str, ...]:
    outcome, trajectory, digits = estimate.outcome, disclosed.trajectory, digits_of(estimate)
    label = outcome.label.in_(words.language)
    waves = [wave_label(words, trajectory, key) for key in (estimate.earlier, estimate.later)]
    return (
        words("outcomes.primary", label=label) if outcome.primary else label,
        trajectory.role(outcome.role).label.in_(words.language),
        words("outcomes.between", earlier=waves[0], later=waves[1]),
        words("number.dash") if estimate.refused else number_of(words, estimate.n_families),
        _change(words, estimate, unit_of(words, disclosed, outcome.role)),
        interval(words, outcome, estimate.conf_low, estimate.conf_high, digits),
        interval(words, outcome, estimate.conf_low_75, estimate.conf_high_75, digits),
        _minimal(words, outcome),
        _reading(words, estimate),
    )


def _change(words: Words, estimate: PublicEstimate, unit: str) -> str:
    if estimate.refused or estimate.estimate is None:
        return words(f"outcomes.refused_{reading(estimate).replace(' ', '_')}", unit=unit)
    outcome, digits = estimate.outcome, digits_of(estimate)
    if is_share(outcome):
        return moved(words, outcome, estimate.estimate)
    size = size_of(words, outcome, estimate.estimate, digits)
    return f"{size}{facing(words, outcome)}"


def interval(
    words: Words, outcome: Outcome, low: float | None, high: float | None, digits: int = 1
) -> str:
    """Return an interval as it stands in a table; a dash where there is none."""
    if low is None or high is None:
        return words("number.dash")
    ends = {
        "low": size_of(words, outcome, low, digits),
        "high": size_of(words, outcome, high, digits),
    }
    return words("change.share_range" if is_share(outcome) else "number.range", **ends)


def _minimal(words: Words, outcome: Outcome) -> str:
    if outcome.minimal_change is None or is_share(outcome):
        return words("number.dash")
    return words.plain(outcome.minimal_change.value)


def _reading(words: Words, estimate: PublicEstimate) -> str:
    if not estimate.outcome.primary:
        return words("outcomes.exploratory")
    if estimate.refused:
        return words("number.dash")
    return words(f"outcomes.{estimate.verdict.replace(' ', '_')}")


def _notes(words: Words, disclosed: Disclosed, unit: str) -> list[str]:
    notes = [paragraph(words("outcomes.note"), "note")]
    if _has_minimal(disclosed):
        notes.append(paragraph(words("outcomes.note_minimal"), "note"))
    if any(is_share(each.outcome) for each in disclosed.estimates):
        notes.append(paragraph(words("outcomes.note_ordinal", unit=unit), "note"))
    notes += [
        paragraph(words(f"outcomes.caution_{end}", what=", ".join(labels), held=HELD), "note")
        for end, labels in _cautions(words, disclosed).items()
    ]
    return [*notes, *earlier_notes(words, disclosed, "estimate")]


def _cautions(words: Words, disclosed: Disclosed) -> dict[str, list[str]]:
    """Return the outcomes of which many people stood at an end of the scale, by that end."""
    said: dict[str, list[str]] = {}
    for each in disclosed.estimates:
        if each.caution is not None:
            said.setdefault(each.caution, []).append(each.outcome.label.in_(words.language))
    return said


def _groups(words: Words, disclosed: Disclosed) -> str:
    shown = [each for each in leading(disclosed.estimates) if each.groups]
    pictures = [groups_picture(words, each, simulated=disclosed.simulated) for each in shown]
    if not pictures:
        return ""
    return "\n".join(
        [
            heading(words("outcomes.groups_title"), 3),
            paragraph(words("outcomes.groups_text")),
            *pictures,
        ]
    )
