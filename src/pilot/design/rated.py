"""What somebody else says of a person: the same form, filled in by a coach beside the own one.

It is a form of its own, since it is another's view: ``instrument = "gse-10-coach"`` under
``[[asked]]``, with ``rated_by = "coach"``, is the ten items of ``gse-10`` as a coach rates a
person of that role. Its items are ``gse_10_coach_01`` and on, its score is
``gse_10_coach_total``. It is compared with the person's own form, never averaged with it.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import get_args

from pilot.design.asking import Asked, Rater
from pilot.design.derived import derived_form
from pilot.design.instrument import Instrument, Scale
from pilot.design.outcome import Outcome
from pilot.design.text import Text
from pilot.design.trajectory import Trajectory
from pilot.errors import DesignError

RATERS: tuple[str, ...] = get_args(Rater)
ADDED = {
    "partner": Text(nl="gezien door de partner", en="as the partner sees it"),
    "parent": Text(nl="gezien door de ouder", en="as the parent sees it"),
    "child": Text(nl="gezien door het kind", en="as the child sees it"),
    "coach": Text(nl="gezien door de coach", en="as the coach sees it"),
}
MANY = 7
"""From so many different values on, a sum is read as a number and no longer as steps."""


@dataclass(frozen=True, slots=True)
class Rated:
    """A planned outcome that somebody else rates too.

    Parameters
    ----------
    outcome : Outcome
        The person's own.
    score : str
        What the rater's score is called.
    rater : str
        Who rates.
    waves : tuple of str
        When.
    steps : tuple of int
        The ordered steps there are, also those nobody used; empty where the score is read
        as a number.
    """

    outcome: Outcome
    score: str
    rater: str
    waves: tuple[str, ...]
    steps: tuple[int, ...] = ()


def rater_of(key: str, known: Container[str]) -> str | None:
    """Return who rates with a form that is derived from one on the shelf; else None.

    A form that is on the shelf itself, such as one printed for parents, is not derived.

    Examples
    --------
    >>> rater_of("gse-10-coach", ["gse-10"]), rater_of("gse-10", ["gse-10"])
    ('coach', None)
    """
    if key in known:
        return None
    found = (each for each in RATERS if key.endswith(f"-{each}"))
    return next((each for each in found if key.removesuffix(f"-{each}") in known), None)


def rated_form(form: Instrument, rater: str) -> Instrument:
    """Return a form as somebody else fills it in: the same items under names of their own.

    Examples
    --------
    >>> from pilot.design import load_instrument
    >>> rated = rated_form(load_instrument("participatieladder"), "coach")
    >>> list(rated.items), rated.score_name(rated.scales[0])
    (['participatieladder_coach_01'], 'participatieladder_coach_total')
    """
    return derived_form(form, rater, ADDED[rater])


def own_form(asked: Asked) -> str:
    """Return the key of the person's own form that a rated one stands beside."""
    return asked.instrument.removesuffix(f"-{asked.rated_by}")


def rated_columns(trajectory: Trajectory) -> list[str]:
    """Return every item and ready-made score that somebody else rates, in the design's order.

    Examples
    --------
    >>> from pilot.design import load_trajectory
    >>> rated_columns(load_trajectory("m-power"))
    ['participatieladder_coach_01']
    """
    names = (name for asked in trajectory.rated for name in columns_rated(trajectory, asked))
    return list(dict.fromkeys(names))


def columns_rated(trajectory: Trajectory, asked: Asked) -> list[str]:
    """Return the items and ready-made scores of one rated form."""
    return [*asked.items_of(trajectory.instruments[asked.instrument]), *asked.totals]


def rated_apart(trajectory: Trajectory, asked: Asked, wave: str | None) -> bool:
    """Return whether a rated form comes in a file of its raters at a wave.

    Then the same column in a person's own file is the person's own.
    """
    return any(
        source.kind == "responses"
        and source.rated_by is not None
        and source.rated_by == asked.rated_by
        and _may_be(source.role, asked.role)
        and _may_be(source.wave, wave)
        for source in trajectory.sources
    )


def _may_be(said: str | None, key: str | None) -> bool:
    return said is None or key is None or "{" in said or said == key


def rated_outcomes(trajectory: Trajectory) -> list[Rated]:
    """Return every planned outcome that somebody else rates too.

    Examples
    --------
    >>> from pilot.design import load_trajectory
    >>> ladder = rated_outcomes(load_trajectory("m-power"))[0]
    >>> ladder.outcome.key, ladder.rater, ladder.steps
    ('participatieladder_total', 'coach', (1, 2, 3, 4, 5, 6))
    """
    found: dict[tuple[str, str, str], Rated] = {}
    for asked in trajectory.rated:
        form, plain = trajectory.instruments[asked.instrument], own_form(asked)
        scores = {f"{plain.replace('-', '_')}_{each.key}": each for each in form.scales}
        for outcome in trajectory.outcomes():
            if outcome.role != asked.role or outcome.key not in scores:
                continue
            score, rater = form.score_name(scores[outcome.key]), str(asked.rated_by)
            key = (outcome.key, outcome.role, rater)
            before = found[key].waves if key in found else ()
            waves = (*before, *trajectory.waves_of(asked))
            lived = tuple(wave for wave in trajectory.wave_keys if wave in waves)
            steps = () if score in asked.totals else steps_of(outcome, scores[outcome.key])
            found[key] = Rated(outcome, score, rater, lived, steps)
    return list(found.values())


def steps_of(outcome: Outcome, scale: Scale) -> tuple[int, ...]:
    """Return the ordered steps of a score; none where it is read as a number.

    A number is what the design declares `interval`, a mean, and a sum or count of at least
    `MANY` values.
    """
    low, high = scale.range
    few = scale.combine == "single" or (
        scale.combine in ("sum", "count") and high - low + 1 < MANY
    )
    if outcome.level == "interval" or not few or scale.times != 1:
        return ()
    return tuple(range(int(low), int(high) + 1))


def check_ratings(trajectory: Trajectory, name: str) -> None:
    """Refuse a rated form that stands beside nothing, or that is taken for the person's own.

    Raises
    ------
    DesignError
        For the first fault found.
    """
    for place, asked in enumerate(trajectory.asked, start=1):
        if asked.rated_by is not None:
            where = f"{name} [asked[{place}]"
            _refuse_wrong_name(asked, where)
            _refuse_one_voice(trajectory, asked, where)
            _refuse_nothing_beside(trajectory, asked, where)
            _refuse_unverified(trajectory, asked, where)
    raters = [asked.rated_by for asked in trajectory.rated]
    for place, source in enumerate(trajectory.sources, start=1):
        if source.rated_by is not None and source.rated_by not in raters:
            raise DesignError(
                f"{name} [sources[{place}].rated_by]",
                f"nothing that is asked is rated by {source.rated_by!r}",
                f"add a form to [[asked]] with `rated_by = {source.rated_by!r}`",
            )
    for place, planned in enumerate(trajectory.planned, start=1):
        _refuse_planned(trajectory, planned.outcome, f"{name} [planned[{place}].outcome]")


def _refuse_wrong_name(asked: Asked, where: str) -> None:
    if not asked.instrument.endswith(f"-{asked.rated_by}"):
        raise DesignError(
            f"{where}.rated_by]",
            f"{asked.instrument!r} is rated by {asked.rated_by!r}, but not called so",
            f"ask '{asked.instrument}-{asked.rated_by}', or leave `rated_by` out",
        )


def _refuse_one_voice(trajectory: Trajectory, asked: Asked, where: str) -> None:
    """Refuse to compare a rater with a form that this rater fills in for the person."""
    if asked.rated_by in trajectory.role(asked.role).answered_by:
        raise DesignError(
            f"{where}.rated_by]",
            f"{asked.rated_by!r} answers the own forms of role {asked.role!r} already",
            "take it out of `answered_by`, or leave the rated form out",
        )


def _refuse_nothing_beside(trajectory: Trajectory, asked: Asked, where: str) -> None:
    plain = own_form(asked)
    at = [
        wave
        for other in trajectory.asked_of(asked.role)
        if other.instrument == plain
        for wave in trajectory.waves_of(other)
    ]
    for wave in trajectory.waves_of(asked):
        if wave not in at:
            raise DesignError(
                f"{where}.instrument]",
                f"{plain!r} is not asked of role {asked.role!r} at wave {wave!r}",
                "ask it then too: a rating is read beside the person's own answer",
            )


def _refuse_unverified(trajectory: Trajectory, asked: Asked, where: str) -> None:
    form = trajectory.instruments[asked.instrument]
    stem = own_form(asked).replace("-", "_")
    planned = [each.key for each in trajectory.outcomes() if each.role == asked.role]
    for scale in form.scales:
        wanted = f"{stem}_{scale.key}" in planned and not scale.verified
        if wanted and scale.key not in asked.confirmed:
            raise DesignError(
                f"{where}.confirmed]",
                f"scale {scale.key!r} of {form.key!r} is not verified: {scale.why}",
                f"compare it with the printed form, then add {scale.key!r} to `confirmed`",
            )


def _refuse_planned(trajectory: Trajectory, outcome: str, where: str) -> None:
    for asked in trajectory.rated:
        form = trajectory.instruments[asked.instrument]
        for scale in form.scales:
            if form.score_name(scale) == outcome:
                own = f"{own_form(asked).replace('-', '_')}_{scale.key}"
                raise DesignError(
                    where,
                    f"{outcome!r} is what a {asked.rated_by} says of a person, and no outcome",
                    f"plan {own!r}; the rating stands beside it",
                )
