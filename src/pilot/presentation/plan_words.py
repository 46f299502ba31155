"""What so many families can show, in sentences, and what that rests on."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd

from pilot.design import Language
from pilot.presentation.words import Words
from pilot.results import Prospect

NEARLY_ALL = 0.995  # share of pilots with an answer above which nothing is said of the others


def plan_sentences(
    prospect: Prospect, families: int, language: Language = "nl", *, compared: bool = False
) -> list[str]:
    """Say what so many families can and cannot show: for an application, one thing a line.

    Parameters
    ----------
    prospect : Prospect
    families : int
        One of the numbers that were planned for.
    language : {"nl", "en"}
    compared : bool
        Whether the design has a comparison group.

    Examples
    --------
    >>> from pilot.design import Outcome, Text
    >>> from pilot.results import Assumptions
    >>> row = {"families": 4, "reason": "too few", "reason_nl": "te weinig"}
    >>> total = Outcome("x", Text(nl="Score", en="Score"), "better", 0, 10)
    >>> frame = pd.DataFrame([row])
    >>> prospect = Prospect(
    ...     total, "sd", 0.5, "assumed", "mixed_kr", "families", Assumptions(), 9, 1, frame
    ... )
    >>> plan_sentences(prospect, 4, "en")[0]
    'With 4 families we give no mean and no margin: too few.'
    """
    words, row = Words(language), prospect.row(families)
    closing = [
        words("plan.learning"),
        words("plan.promise_groups" if compared else "plan.promise"),
    ]
    if row["reason"]:
        return [refused_sentence(words, row), words("plan.refused_then"), *closing]
    return [*_can(words, prospect, row), *_cannot(words, prospect, row), *closing]


def refused_sentence(words: Words, row: pd.Series) -> str:
    """Return why so many families get no mean."""
    reason = row["reason_nl"] if words.language == "nl" else row["reason"]
    return words("plan.refused", families=words.whole(row["families"]), reason=reason)


def _can(words: Words, prospect: Prospect, row: pd.Series) -> Iterator[str]:
    lost = prospect.assumptions.lost > 0
    yield words(
        "plan.begin" if lost else "plan.begin_all",
        families=words.whole(row["families"]),
        pairs=words.whole(row["families_with_pair"]),
    )
    if prospect.generalises_to == "sites":
        yield words("plan.begin_sites", sites=words.whole(row["sites"]))
    unit = unit_word(words, prospect)
    yield words(
        "plan.margin",
        label=prospect.outcome.label.in_(words.language),
        wide=size(words, prospect, row["half_width_95_simulated"]),
        unit=unit,
        scale=_scale(words, prospect),
    )
    narrow = size(words, prospect, row["half_width_75_simulated"])
    yield words("plan.narrow", narrow=narrow, unit=unit)


def _cannot(words: Words, prospect: Prospect, row: pd.Series) -> Iterator[str]:
    unit, least = unit_word(words, prospect), row["detectable_change_simulated"]
    if math.isfinite(least):
        yield words("plan.seen_from", least=size(words, prospect, least), unit=unit)
    else:
        yield words("plan.seen_never")
    change = size(words, prospect, prospect.change)
    yield words("plan.chance", change=change, unit=unit, power=words.whole(100 * row["power"]))
    left = size(words, prospect, row["change_left"])
    if left != change:
        yield words("plan.left", change=change, left=left, unit=unit)
    if prospect.outcome.primary:
        yield words("plan.chance_holm", power=words.whole(100 * row["power_holm"]))
    if row["answered"] < NEARLY_ALL:
        yield words("plan.answered", share=words.whole(100 * (1 - row["answered"])))


def plan_assumptions(prospect: Prospect, language: Language = "nl") -> list[str]:
    """Say what a plan assumes, each with where it comes from; one thing a line."""
    words, assumed = Words(language), prospect.assumptions
    unit = unit_word(words, prospect)
    told = [
        words(
            "plan.assume_change",
            value=size(words, prospect, prospect.change),
            unit=unit,
            origin=words(f"plan.origin_{prospect.change_origin}"),
        ),
        *_about_scores(words, prospect, unit),
        *_about_families(words, prospect),
        words(
            "plan.assumed_method",
            method=words(f"plan.{prospect.method}"),
            simulations=words.whole(prospect.simulations),
            seed=str(prospect.seed),
        ),
    ]
    if assumed.skew:
        told.insert(-1, _one(words, prospect, "skew"))
    return told


def _about_scores(words: Words, prospect: Prospect, unit: str) -> Iterator[str]:
    assumed = prospect.assumptions
    if prospect.unit == "sd":
        yield words("plan.assume_no_scale")
    else:
        for name in ("sd", "mean"):
            value, origin = words.plain(getattr(assumed, name)), _origin(words, prospect, name)
            yield words(f"plan.assume_{name}", value=value, unit=unit, origin=origin)
        if assumed.low is not None and assumed.high is not None:
            low, high = words.plain(assumed.low), words.plain(assumed.high)
            yield words("plan.assume_scale", low=low, high=high)
    yield words(
        "plan.assume_months",
        count=words.whole(len(assumed.months)),
        value=words.listed([words.plain(month, 1) for month in assumed.months]),
        origin=_origin(words, prospect, "months"),
    )
    yield words(
        "plan.assume_retest",
        value=words.plain(assumed.retest),
        origin=_origin(words, prospect, "retest"),
        spread=words.number(assumed.sd_change, 2),
        unit=unit,
    )
    if len(assumed.months) > 2:
        yield _one(words, prospect, "lasting")


def _about_families(words: Words, prospect: Prospect) -> Iterator[str]:
    assumed = prospect.assumptions
    yield _one(words, prospect, "members")
    if assumed.members > 1:
        yield _one(words, prospect, "family_icc")
        yield _one(words, prospect, "change_icc")
    yield _one(words, prospect, "sites")
    if assumed.site_icc:
        yield _one(words, prospect, "site_icc")
    yield words(
        f"plan.assume_lost_{assumed.lost_by}",
        value=words.percent(assumed.lost),
        origin=_origin(words, prospect, "lost"),
        origin_by=_origin(words, prospect, "lost_by"),
    )


def _one(words: Words, prospect: Prospect, name: str) -> str:
    value = words.plain(float(getattr(prospect.assumptions, name)))
    return words(f"plan.assume_{name}", value=value, origin=_origin(words, prospect, name))


def _origin(words: Words, prospect: Prospect, name: str) -> str:
    return words(f"plan.origin_{prospect.assumptions.origins.get(name, 'given')}")


def unit_word(words: Words, prospect: Prospect) -> str:
    """Return what sizes are in: points of the scale, or SD."""
    return words(f"plan.{prospect.unit}")


def whole_unit(words: Words, prospect: Prospect) -> str:
    """Return the same as it stands without a number: ``in punten``."""
    return words(f"plan.in_{prospect.unit}")


def size(words: Words, prospect: Prospect, value: float) -> str:
    """Return a size as it is told: points in one decimal, SD in two."""
    if math.isnan(value):
        return words("number.dash")
    if math.isinf(value):
        return words("plan.never")
    return words.number(value, 1 if prospect.unit == "points" else 2)


def _scale(words: Words, prospect: Prospect) -> str:
    if prospect.unit == "sd":
        return ""
    outcome = prospect.outcome
    low, high = words.plain(outcome.low), words.plain(outcome.high)
    return words("plan.scale", low=low, high=high)
