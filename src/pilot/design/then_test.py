"""A then-test: the same form asked afterwards about how things were at the start.

It is a form of its own, since its question is another one: ``instrument = "gse-10-then"``
under ``[[asked]]``, with ``then_of = "t0"``, is the ten items of ``gse-10`` asked again about
t0. Its items are ``gse_10_then_01`` and on, its score is ``gse_10_then_total``.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from pilot.design.derived import derived_form
from pilot.design.instrument import Instrument
from pilot.design.text import Text
from pilot.design.trajectory import Trajectory
from pilot.errors import DesignError, suggestion

ENDING = "then"
SUFFIX = f"-{ENDING}"
ADDED = Text(nl="teruggekeken", en="looking back")


@dataclass(frozen=True, slots=True)
class ThenTest:
    """Which score looks back at which wave.

    Parameters
    ----------
    outcome, score : str
        The score as asked at the time, and the one asked afterwards.
    role : str
        Whose scores they are.
    about, wave : str
        The wave looked back at, and the one at which that was asked.
    """

    outcome: str
    score: str
    role: str
    about: str
    wave: str


def plain_form(key: str, known: Container[str]) -> str | None:
    """Return the form that a key stands for: itself, or what its then-test repeats.

    Examples
    --------
    >>> plain_form("gse-10-then", ["gse-10"]), plain_form("gse-11-then", ["gse-10"])
    ('gse-10', None)
    """
    plain = key if key in known else key.removesuffix(SUFFIX)
    return plain if plain in known else None


def then_form(form: Instrument) -> Instrument:
    """Return the then-test of a form: the same items and scoring under names of their own.

    Examples
    --------
    >>> from pilot.design import load_instrument
    >>> then = then_form(load_instrument("gse-10"))
    >>> then.key, list(then.items)[0], then.score_name(then.scales[0])
    ('gse-10-then', 'gse_10_then_01', 'gse_10_then_total')
    """
    return derived_form(form, ENDING, ADDED)


def then_tests(trajectory: Trajectory) -> list[ThenTest]:
    """Return every planned outcome that is also asked as a then-test, and where.

    Examples
    --------
    >>> from pilot.design import load_trajectory
    >>> then_tests(load_trajectory("m-power"))
    []
    """
    found = []
    for asked in trajectory.asked:
        if asked.then_of is None:
            continue
        form = trajectory.instruments[asked.instrument]
        plain = form.key.removesuffix(SUFFIX).replace("-", "_")
        backs = {f"{plain}_{scale.key}": form.score_name(scale) for scale in form.scales}
        found += [
            ThenTest(outcome.key, backs[outcome.key], asked.role, asked.then_of, asked.waves[0])
            for outcome in trajectory.outcomes()
            if outcome.key in backs and outcome.role == asked.role
        ]
    return found


def check_then_tests(trajectory: Trajectory, name: str) -> None:
    """Refuse a then-test that looks back at nothing, or that does not say at what."""
    order = trajectory.wave_keys
    for place, asked in enumerate(trajectory.asked, start=1):
        where = f"{name} [asked[{place}]"
        is_then = asked.instrument.endswith(SUFFIX)
        if is_then != (asked.then_of is not None):
            raise DesignError(
                f"{where}.then_of]",
                f"{asked.instrument!r} {'does not say' if is_then else 'says'} which wave it "
                "looks back at",
                f"give a form that ends in {SUFFIX!r} and `then_of`, or neither",
            )
        if asked.then_of is None:
            continue
        if asked.then_of not in order:
            raise DesignError(
                f"{where}.then_of]",
                f"no wave is called {asked.then_of!r}",
                suggestion(asked.then_of, order),
            )
        waves = trajectory.waves_of(asked)
        if len(waves) != 1 or order.index(waves[0]) <= order.index(asked.then_of):
            raise DesignError(
                f"{where}.waves]",
                f"looks back at {asked.then_of!r} from {', '.join(waves)}",
                "name one later wave at which it is asked",
            )
        _refuse_nothing_to_compare(trajectory, where, place)


def _refuse_nothing_to_compare(trajectory: Trajectory, where: str, place: int) -> None:
    asked = trajectory.asked[place - 1]
    plain = asked.instrument.removesuffix(SUFFIX)
    at = [
        wave
        for other in trajectory.asked_of(asked.role)
        if other.instrument == plain
        for wave in trajectory.waves_of(other)
    ]
    for wave in (asked.then_of, *asked.waves):
        if wave not in at:
            raise DesignError(
                f"{where}.instrument]",
                f"{plain!r} is not asked of role {asked.role!r} at wave {wave!r}",
                "ask it then too: a then-test is read beside both waves",
            )
