"""Change as asked and change by the then-test, side by side: what the start came to mean."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from pilot.design.outcome import Outcome
from pilot.design.text import Text
from pilot.design.then_test import ThenTest
from pilot.errors import EstimationError
from pilot.estimation.ladder import INTERVAL_FROM
from pilot.estimation.panel import rows_of
from pilot.estimation.reasons import FAMILIES, PEOPLE, refusal
from pilot.estimation.standardised import family_means
from pilot.estimation.t import MeanT, mean_t

Scores = NDArray[np.float64]

_WORDS: dict[str, Text] = {
    "lower": Text(
        en="looking back, they place the start lower than they did then",
        nl="terugkijkend leggen zij het begin lager dan toen",
    ),
    "higher": Text(
        en="looking back, they place the start higher than they did then",
        nl="terugkijkend leggen zij het begin hoger dan toen",
    ),
    "unsure": Text(
        en="whether they place the start differently, looking back, cannot be told from so few",
        nl="of zij het begin terugkijkend anders leggen, is met zo weinig niet te zeggen",
    ),
}
_BESIDE = Text(
    en="the change is {asked} as asked before and after, and {then} by what they say of the "
    "start now; {shifted}. A then-test measures memory too, and the wish to have gained: the "
    "two stand side by side, and neither replaces the other",
    nl="de verandering is {asked} zoals vooraf en achteraf gevraagd, en {then} volgens wat zij "
    "nu van het begin zeggen; {shifted}. Een then-test meet ook het geheugen, en de wens om "
    "vooruit te zijn gegaan: de twee staan naast elkaar en vervangen elkaar niet",
)


@dataclass(frozen=True, slots=True)
class ResponseShift:
    """Three means over the same families, none of them chosen above another.

    Parameters
    ----------
    as_asked : MeanT
        Later score minus the score given at the start.
    by_then_test : MeanT
        Later score minus what the start is said to have been, looking back.
    shift : MeanT
        What the start is said to have been, minus the score given then; ``as_asked``'s
        estimate minus ``by_then_test``'s.
    n : int
        Families, or participants where no family is given.
    n_people : int
        Who gave all three scores.
    n_left_out : int
        Who lacks one of the three.
    words : Text
        The sentence for the report.
    """

    as_asked: MeanT
    by_then_test: MeanT
    shift: MeanT
    n: int
    n_people: int
    n_left_out: int
    words: Text


def response_shift(
    pre: ArrayLike, then: ArrayLike, post: ArrayLike, *, family: ArrayLike | None = None
) -> ResponseShift:
    """Set the change as asked beside the change by the then-test, over the same families.

    A then-test asks afterwards how things were at the start, on the same form. Of whoever
    gave all three scores: post - pre, post - then and then - pre, the members of a family
    averaged, each with the t interval of `mean_t`.

    Parameters
    ----------
    pre, then, post : array of float
        Scores of the same people in the same order, NaN where one is lacking.
    family : array, optional
        The family of each person.

    Returns
    -------
    ResponseShift

    Raises
    ------
    Refusal
        When nobody has a then-test, below 5 families with all three, and when one of the
        three changes is the same for all.

    Notes
    -----
    Neither change is the true one. The then-test leaves out that people learn what the
    questions are about, and brings in memory, implicit theories of change and thanks; it
    showed larger changes also on items where only the desirable answer can have moved.
    Never choose between the two after seeing them; not for outcomes whose steps are an
    order only; and not as correction of another pilot's change.

    References
    ----------
    Howard & Dailey (1979). Response-shift bias: a source of contamination of self-report
    measures. Journal of Applied Psychology, 64(2), 144-150.
    Schwartz & Sprangers (2010). Guidelines for improving the stringency of response shift
    research using the thentest. Quality of Life Research, 19(4), 455-464.

    Examples
    --------
    >>> pre, then, post = [20, 24, 22, 30, 27], [17, 23, 18, 26, 26], [25, 25, 28, 31, 29]
    >>> told = response_shift(pre, then, post)
    >>> [round(each.estimate, 1) for each in (told.as_asked, told.by_then_test, told.shift)]
    [3.0, 5.6, -2.6]
    >>> told.words.en[:60]
    'the change is +3.0 as asked before and after, and +5.6 by wh'
    """
    scores = _columns(pre, then, post)
    if np.isnan(scores[1]).all():
        raise refusal("no_then_test", "response_shift", "read the change as asked by itself")
    whole = np.asarray(~np.isnan(scores).any(axis=0), dtype=np.bool_)
    first, looked_back, last = (column[whole] for column in scores)
    members = None if family is None else _members(family, whole)
    units = PEOPLE if family is None else FAMILIES
    asked, by_then, shift = (
        family_means(change, members)
        for change in (last - first, last - looked_back, looked_back - first)
    )
    if len(asked) < INTERVAL_FROM:
        raise refusal(
            "few_with_then_test",
            "response_shift",
            "show the three scores of each one to the team",
            n=len(asked),
            units=units,
            needed=INTERVAL_FROM,
        )
    means = (
        mean_t(asked, "response_shift, post - pre"),
        mean_t(by_then, "response_shift, post - then"),
        mean_t(shift, "response_shift, then - pre"),
    )
    left_out = int((~whole).sum())
    return ResponseShift(*means, len(asked), int(whole.sum()), left_out, _words(*means))


def shift_of(scores: pd.DataFrame, outcome: Outcome, then: ThenTest) -> ResponseShift:
    """Set both changes side by side from the scores of a study.

    Parameters
    ----------
    scores : DataFrame
        One row a participant and wave, with a column for the outcome and for its then-test.
    outcome : Outcome
        The one the then-test repeats.
    then : ThenTest
        From `pilot.design.then_tests`.

    Returns
    -------
    ResponseShift

    Raises
    ------
    Refusal
        As `response_shift`, and for ordinal outcomes.

    Examples
    --------
    >>> from pilot.estimation.example import SLEEP
    >>> then = ThenTest("sleep", "sleep_then", "participant", "one", "other")
    >>> scores = pd.DataFrame(
    ...     {
    ...         "participant": [*"abcde", *"abcde"],
    ...         "wave": ["one"] * 5 + ["other"] * 5,
    ...         "sleep": [5.0, 6, 4, 7, 6, 7, 7, 6, 7, 8],
    ...         "sleep_then": [None] * 5 + [4.0, 5, 4, 5, 6],
    ...     }
    ... )
    >>> round(shift_of(scores, SLEEP, then).shift.estimate, 2)
    -0.8
    """
    if outcome.level == "ordinal":
        where = f"outcome {outcome.key!r}, then-test"
        raise refusal("mean_of_ordinal", where, "show the three steps of each to the team")
    if then.score not in scores:
        raise refusal("no_then_test", f"outcome {outcome.key!r}", "read the change as asked")
    looking_back = replace(outcome, key=then.score)
    asked = rows_of(scores, outcome, (then.about, then.wave))
    back = rows_of(scores, looking_back, (then.wave,)).set_index("participant")
    sides = [asked[asked["wave"] == wave].set_index("participant") for wave in _waves(then)]
    index = sides[0].index.union(sides[1].index, sort=False).union(back.index, sort=False)
    pre, post, then_ = (side.reindex(index) for side in (*sides, back))
    family = pre["family"].fillna(post["family"]).fillna(then_["family"])
    known = None if family.isna().all() else family.fillna(index.to_series()).to_numpy()
    return response_shift(pre["score"], then_["score"], post["score"], family=known)


def _waves(then: ThenTest) -> tuple[str, str]:
    return then.about, then.wave


def _columns(pre: ArrayLike, then: ArrayLike, post: ArrayLike) -> Scores:
    columns = [np.asarray(scores, dtype=float).ravel() for scores in (pre, then, post)]
    lengths = [len(column) for column in columns]
    if len(set(lengths)) > 1:
        raise EstimationError(
            where="response_shift",
            cause=f"{lengths[0]} scores before, {lengths[1]} then-tests and {lengths[2]} after",
            mend="give all three of the same people in one order, NaN where one is lacking",
        )
    scores = np.array(columns)
    infinite = int(np.isinf(scores).sum())
    if infinite:
        raise EstimationError(
            where="response_shift",
            cause=f"{infinite} scores are infinite",
            mend="leave them empty (NaN)",
        )
    return scores


def _members(family: ArrayLike, whole: NDArray[np.bool_]) -> NDArray[np.str_]:
    names = np.asarray(family).ravel()
    if len(names) != len(whole):
        raise EstimationError(
            where="response_shift, family",
            cause=f"{len(names)} families for {len(whole)} people",
            mend="give the family of each person, in the same order",
        )
    return names.astype(str)[whole]


def _words(asked: MeanT, by_then: MeanT, shift: MeanT) -> Text:
    side = "lower" if shift.conf_high < 0 else "higher" if shift.conf_low > 0 else "unsure"
    points = {"asked": f"{asked.estimate:+.1f}", "then": f"{by_then.estimate:+.1f}"}
    commas = {name: number.replace(".", ",") for name, number in points.items()}
    return Text(
        en=_BESIDE.en.format(shifted=_WORDS[side].en, **points),
        nl=_BESIDE.nl.format(shifted=_WORDS[side].nl, **commas),
    )
