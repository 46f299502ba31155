"""For the team: what people say of themselves and what a coach says of them, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pilot.presentation.markup import Column, Table, bullets, heading, paragraph
from pilot.presentation.saying import wave_label
from pilot.presentation.words import Words
from pilot.results import Agreement, SideBySide, Study

NUMBERS = ("own_n", "rated_n", "both", "own", "rated", "higher", "same", "lower")
Told = tuple[SideBySide, list[Agreement]]


def ratings_told(words: Words, study: Study) -> Iterator[str]:
    """Return the parts about ratings; none where nobody rated anybody else."""
    told = list(_side_by_side(study))
    if not told:
        return
    yield heading(words("ratings.title"), 3)
    yield paragraph(words("ratings.intro"))
    columns = (
        *(Column(words(f"ratings.{name}")) for name in ("outcome", "rater", "wave")),
        *(Column(words(f"ratings.{name}"), numbers=True) for name in NUMBERS),
    )
    rows = tuple(_row(words, study, each) for each in told)
    yield Table(words("ratings.caption"), columns, rows, kind="wide").html()
    yield bullets(" ".join(_sentences(words, study, each)) for each in told)
    yield paragraph(words("ratings.no_proof"), "note")
    yield from independence(words, study)


def independence(words: Words, study: Study) -> Iterator[str]:
    """Return, where families are known, that agreement treats people of one as independent."""
    if study.started["family"].notna().any():
        yield paragraph(words("ratings.independent"), "note")


def _side_by_side(study: Study) -> Iterator[Told]:
    rated = [each for each in study.agreements if each.beside is not None]
    for beside, agreements in groupby(rated, key=lambda each: each.beside):
        if beside is not None:
            yield beside, list(agreements)


def _row(words: Words, study: Study, told: Told) -> tuple[str, ...]:
    beside, (first, *_) = told
    counts = (beside.n_own, beside.n_rated, first.n_pairs)
    ways = (beside.rated_higher, beside.same, beside.rated_lower)
    return (
        _label(words, study, beside),
        words(f"ratings.by_{beside.rater}"),
        wave_label(words, study.trajectory, beside.wave),
        *map(words.whole, counts),
        *(_middle(words, each) for each in (beside.own, beside.rated)),
        *map(words.whole, ways),
    )


def _label(words: Words, study: Study, beside: SideBySide) -> str:
    outcome = study.outcome(beside.outcome, beside.role).label.in_(words.language)
    if len(study.trajectory.roles) == 1:
        return outcome
    role = study.trajectory.role(beside.role).label.in_(words.language)
    return f"{outcome} ({role})"


def _middle(words: Words, value: float | None) -> str:
    return words("number.dash") if value is None else words.plain(value, 1)


def _sentences(words: Words, study: Study, told: Told) -> Iterator[str]:
    beside, agreements = told
    where = {
        "outcome": _label(words, study, beside),
        "wave": wave_label(words, study.trajectory, beside.wave),
        "rater": words(f"ratings.the_{beside.rater}"),
    }
    yield words("ratings.both_n", n=words.whole(agreements[0].n_pairs), **where)
    if not agreements[0].n_pairs:
        return
    yield _direction(words, beside, where["rater"])
    for each in agreements:
        yield _far(words, each, where["rater"])


def _direction(words: Words, beside: SideBySide, rater: str) -> str:
    counts = {
        "higher": words.whole(beside.rated_higher),
        "same": words.whole(beside.same),
        "lower": words.whole(beside.rated_lower),
    }
    more = beside.rated_higher - beside.rated_lower
    way = "as_often" if more == 0 else "more_often_higher" if more > 0 else "more_often_lower"
    return words(f"ratings.{way}", rater=rater, **counts)


def _far(words: Words, told: Agreement, rater: str) -> str:
    """Return how far the two agree, with the interval, or why there is none."""
    reason = (told.reason_nl if words.language == "nl" else told.reason) or ""
    if told.estimate is None:
        return words(f"ratings.{told.kind}_none", reason=reason)
    decimals = 1 if told.kind == "difference" else 2

    def number(value: float | None) -> str:
        dash = words("number.dash")
        signed = told.kind == "difference"
        return dash if value is None else words.number(value, decimals, signed=signed)

    parts = {"estimate": number(told.estimate), "rater": rater, "reason": reason}
    parts |= {"low": number(told.limits_low), "high": number(told.limits_high)}
    if told.conf_low is None or told.conf_high is None:
        key = f"{told.kind}_bare" if reason else f"{told.kind}_alone"
        return words(f"ratings.{key}", **parts)
    ends = {"conf_low": number(told.conf_low), "conf_high": number(told.conf_high)}
    return words(f"ratings.{told.kind}", **parts, **ends)
