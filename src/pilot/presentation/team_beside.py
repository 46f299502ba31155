"""For the team, under each outcome: what could mislead here, in short sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from pilot.design import Outcome, Trajectory
from pilot.presentation.markup import bullets, heading
from pilot.presentation.saying import (
    is_share,
    moved,
    reason_in,
    share_ways,
    size_of,
    wave_label,
)
from pilot.presentation.words import Words
from pilot.results import Beside

WARN_FROM = 0.20 - 1e-9  # a share of people at one end of a scale
MOST_UNLIKELY = 0.01
WHOLE_FROM = 10  # a ratio so large needs no decimal
ENDS = {1: ("worst", "best"), -1: ("best", "worst"), 0: ("lowest", "highest")}

PRIMARY_ONLY = {
    "clinical_cut_off", "probability_of_improvement", "becker_d", "usual_movement",
    "family_slopes", "dose_slope", "bootstrap_change",
}  # fmt: skip

Say = Callable[[Words, Trajectory, Beside], str]


def beside_lines(
    words: Words, trajectory: Trajectory, told: Mapping[str, Beside], level: int = 4
) -> str:
    """Return what stands beside one outcome as a list, and what cannot be said with why.

    Of an exploratory outcome less is told here; ``results.json`` has all of it.

    Parameters
    ----------
    words : Words
    trajectory : Trajectory
    told : mapping of name to Beside
        As `Study.told_beside` returns it.
    level : int
        Of its heading.
    """
    shown = [
        each
        for name, each in told.items()
        if name in SENTENCES and (each.outcome.primary or name not in PRIMARY_ONLY)
    ]
    lines = [
        _line(words(f"beside.{each.name}"), SENTENCES[each.name](words, trajectory, each))
        for each in shown
        if not each.refused
    ]
    if not shown:
        return ""
    items = "".join(f"<li>{line}</li>" for line in lines)
    return "\n".join(
        part
        for part in (
            heading(words("beside.title"), level),
            f"<ul>{items}</ul>" if items else "",
            bullets(_unsaid(words, [each for each in shown if each.refused])),
        )
        if part
    )


def _line(lead: str, said: str) -> str:
    return f"<strong>{escape(lead)}:</strong> {escape(said)}"


def _unsaid(words: Words, refused: list[Beside]) -> list[str]:
    """Return one line a reason, with all it keeps from being said."""
    leads: dict[str, list[str]] = {}
    for each in refused:
        leads.setdefault(reason_in(words, each), []).append(words(f"beside.{each.name}"))
    return [
        words("beside.unsaid", what=words.listed(named), reason=reason)
        for reason, named in leads.items()
    ]


def _own_words(words: Words, trajectory: Trajectory, told: Beside) -> str:
    """Return the sentence that the method itself gives."""
    said = "" if told.words is None else told.words.in_(words.language)
    return f"{said[:1].upper()}{said[1:]}."


def _stayers(words: Words, trajectory: Trajectory, told: Beside) -> str:
    """Say over whom the tipping point holds: the planned model may use more people."""
    outcome, value = told.outcome, told.numbers["stayers"]
    size = moved(words, outcome, value) if is_share(outcome) else size_of(words, outcome, value)
    said = "" if told.words is None else told.words.in_(words.language)
    return words("beside.stayers", stayers=size, said=said)


def _ends(words: Words, trajectory: Trajectory, told: Beside) -> str:
    numbers = told.numbers
    wave = wave_label(words, trajectory, str(numbers["wave"]))
    shares = dict(
        zip(ENDS[told.outcome.better_sign], (numbers["floor"], numbers["ceiling"]), strict=True)
    )
    parts = {"n": words.whole(numbers["n"]), "wave": wave}
    high = {end: share for end, share in shares.items() if share >= WARN_FROM}
    if not any(shares.values()):
        return words("beside.ends_none", **parts)
    if not high:
        return words("beside.ends_room", **parts, share=words.percent(max(shares.values())))
    return " ".join(
        words(f"beside.ends_{end}", **parts, share=words.percent(share))
        for end, share in high.items()
    )


def _false_flags(words: Words, trajectory: Trajectory, told: Beside) -> str:
    return words(
        "beside.flags",
        n=words.whole(told.numbers["n"]),
        expected=words.number(told.numbers["expected"]),
        most=words.whole(told.numbers["at_95"]),
    )


def _posterior(words: Words, trajectory: Trajectory, told: Beside) -> str:
    numbers, outcome = told.numbers, told.outcome
    important = numbers["probability_important"]
    chances = [words("beside.chance", share=_chance(words, numbers["probability_better"]))]
    if important is not None and outcome.minimal_change is not None:
        points = words.plain(outcome.minimal_change.value)
        share = _chance(words, important)
        chances.append(words("beside.chance_important", points=points, share=share))
    return words(
        "beside.posterior",
        prior="" if told.words is None else told.words.in_(words.language),
        estimate=size_of(words, outcome, numbers["estimate"]),
        interval=_between(words, outcome, numbers),
        chances=words.listed(chances),
    )


def _chance(words: Words, share: float) -> str:
    """Return a probability in whole percents, never as none or certain."""
    if share < MOST_UNLIKELY:
        return words("beside.below", share=words.percent(MOST_UNLIKELY))
    if share > 1 - MOST_UNLIKELY:
        return words("beside.above", share=words.percent(1 - MOST_UNLIKELY))
    return words.percent(share)


def _between(words: Words, outcome: Outcome, numbers: Mapping[str, Any]) -> str:
    return words(
        "number.range",
        low=size_of(words, outcome, numbers["conf_low"]),
        high=size_of(words, outcome, numbers["conf_high"]),
    )


def _dose(words: Words, trajectory: Trajectory, told: Beside) -> str:
    numbers = told.numbers
    ends = {
        name: words.number(numbers[f"conf_{name}"], 2, signed=True) for name in ("low", "high")
    }
    rho = words.number(numbers["rho"], 2, signed=True)
    figures = words(
        "beside.rho",
        rho=rho,
        interval=words("number.range", **ends),
        n=words.whole(numbers["n"]),
    )
    return f"{_own_words(words, trajectory, told)} {figures}"


def _movement(words: Words, trajectory: Trajectory, told: Beside) -> str:
    numbers = told.numbers
    return words(
        "beside.movement",
        points=words.number(numbers["threshold"]),
        **{name: words.whole(numbers[name]) for name in ("improved", "cannot_tell", "worse")},
    )


def _improvement(words: Words, trajectory: Trajectory, told: Beside) -> str:
    names = ("estimate", "conf_low", "conf_high", "observed")
    return words(
        "beside.improvement",
        **{name: words.percent(told.numbers[name]) for name in names},
    )


def _becker(words: Words, trajectory: Trajectory, told: Beside) -> str:
    low, high = (words.number(told.numbers[f"conf_{end}"], 2) for end in ("low", "high"))
    return words(
        "beside.becker",
        estimate=words.number(told.numbers["estimate"], 2),
        interval=words("number.range", low=low, high=high),
    )


def _cut_off(words: Words, trajectory: Trajectory, told: Beside) -> str:
    counts = ("beyond_before", "beyond_after", "recovered")
    named = "population_nl" if words.language == "nl" else "population"
    return words(
        "beside.cut_off",
        line=words.plain(told.numbers["cut_off"], 1),
        population=str(told.numbers[named]),
        **{name: words.whole(told.numbers[name]) for name in counts},
    )


def _slopes(words: Words, trajectory: Trajectory, told: Beside) -> str:
    names = ("lowest", "median", "highest")
    shown = {name: words.number(told.numbers[name], signed=True) for name in names}
    return words("beside.slopes", n=words.whole(told.numbers["n"]), **shown)


def _imputed(words: Words, trajectory: Trajectory, told: Beside) -> str:
    return words(
        "beside.imputed",
        estimate=size_of(words, told.outcome, told.numbers["estimate"]),
        interval=_between(words, told.outcome, told.numbers),
        n=words.whole(told.numbers["n_families"]),
    )


def _dose_slope(words: Words, trajectory: Trajectory, told: Beside) -> str:
    names = ("estimate", "conf_low", "conf_high")
    shown = {name: words.number(told.numbers[name], 2, signed=True) for name in names}
    return words(
        "beside.slope_of_dose",
        estimate=shown["estimate"],
        interval=words("number.range", low=shown["conf_low"], high=shown["conf_high"]),
        n=words.whole(told.numbers["n_people"]),
    )


def _drawn_again(words: Words, trajectory: Trajectory, told: Beside) -> str:
    return words(
        "beside.drawn_again",
        estimate=size_of(words, told.outcome, told.numbers["estimate"]),
        interval=_between(words, told.outcome, told.numbers),
        n=words.whole(told.numbers["n"]),
    )


def _paired_odds(words: Words, trajectory: Trajectory, told: Beside) -> str:
    """Say the counts, and their ratio: one end of it where all went the same way."""
    numbers = told.numbers
    key = "odds_open" if not numbers["worse"] else "odds_most" if not numbers["better"] else ""
    said = words(f"beside.{key or 'odds'}", **_odds(words, told))
    return f"{_own_words(words, trajectory, told)} {said}"


def _steps(words: Words, trajectory: Trajectory, told: Beside) -> str:
    return words("beside.steps", **_odds(words, told))


def _odds(words: Words, told: Beside) -> dict[str, str]:
    names = {"estimate": "estimate", "low": "conf_low", "high": "conf_high"}
    shown = {name: _ratio(words, told.numbers[key]) for name, key in names.items()}
    more, less = share_ways(words, told.outcome)
    interval = words("number.range", low=shown["low"], high=shown["high"])
    return shown | {"more": more, "less": less, "interval": interval}


def _ratio(words: Words, value: float | None) -> str:
    if value is None:
        return words("number.dash")
    return words.number(value, 0 if value >= WHOLE_FROM else 1)


def _ranks(words: Words, trajectory: Trajectory, told: Beside) -> str:
    p = {name: words.number(told.numbers[name], 3) for name in ("p_value", "smallest_p")}
    return words("beside.ranks", **p)


SENTENCES: dict[str, Say] = {
    "tipping_point": _stayers,
    "floor_and_ceiling": _ends,
    "expected_regression": _own_words,
    "posterior_beyond_history": _posterior,
    "posterior_as_usually_seen": _posterior,
    "dose": _dose,
    "dose_slope": _dose_slope,
    "false_flags": _false_flags,
    "usual_movement": _movement,
    "clinical_cut_off": _cut_off,
    "probability_of_improvement": _improvement,
    "becker_d": _becker,
    "family_slopes": _slopes,
    "imputed_t": _imputed,
    "bootstrap_change": _drawn_again,
    "signed_ranks": _ranks,
    "paired_odds": _paired_odds,
    "proportional_odds": _steps,
    "response_shift": _own_words,
    "history_shift": _own_words,
}


def index_cell(words: Words, told: Beside | None) -> str:
    """Return better, cannot tell and worse by one index in one cell; a dash where refused."""
    if told is None or told.refused:
        return words("number.dash")
    counts = (told.numbers[name] for name in ("improved", "cannot_tell", "worse"))
    return words("beside.counts", **dict(zip("abc", map(words.whole, counts), strict=True)))
