"""All that stands beside the estimates of an outcome: each a row, refused ones with reason."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial
from typing import Any

import pandas as pd

from pilot.estimation import misleading, otherwise
from pilot.estimation.around import Around, Seen, Tell
from pilot.estimation.by_index import INDICES
from pilot.estimation.contrasts import Contrast, Contrasts
from pilot.estimation.posterior import PRIORS
from pilot.estimation.reasons import Refusal
from pilot.estimation.slopes import family_slopes
from pilot.results import Beside

SLOPES = ("outcome", "role", "family", "slope_per_year", "std_error", "waves")


def beside(contrasts: Contrasts, seen: Seen | None = None) -> list[Beside]:
    """Tell, for each outcome, how its change could mislead and what else can be said of it.

    Parameters
    ----------
    contrasts : Contrasts
        As `contrasts_of` makes them, with who started.
    seen : Seen, optional
        Who came how often, what was asked looking back, and the estimates.

    Returns
    -------
    list of Beside
        For each outcome the rows that its level has, always the same ones in the same
        order. What the data or the publications cannot carry is a refused row.

    Notes
    -----
    For the team. None of it is a second chance to find a result: the plan names the method
    that answers, and these say how far to believe it.

    References
    ----------
    Each row's method has its own: `tipping_point`, `floor_and_ceiling`, `attrition_table`,
    `expected_regression`, `posterior_change`, `dose_response`, `individual_change`,
    `reliable_change`, `clinical_cut_off`, `probability_of_improvement`, `becker_d`,
    `dose_slope`, `response_shift`, `history_shift`, `bootstrap_change`, `signed_ranks`,
    `paired_odds`, `proportional_odds`.

    Examples
    --------
    >>> from pilot.estimation.contrasts import contrasts_of
    >>> from pilot.estimation.example import SLEEP, sleep_pairs
    >>> people = sleep_pairs().table
    >>> scores = pd.concat(
    ...     people[["participant"]].assign(wave=wave, sleep=people[column])
    ...     for wave, column in (("one", "before"), ("other", "after"))
    ... )
    >>> contrasts = contrasts_of(scores, SLEEP, ["one", "other"])
    >>> told = {each.name: each for each in beside(contrasts)}
    >>> f"{told['probability_of_improvement'].numbers['estimate']:.2f}"
    '0.90'
    >>> told["dose"].reason
    'no attendance was registered, so nothing can be held beside the change'
    """
    return [
        row for contrast in contrasts.each for row in _rows(contrasts, contrast, seen or Seen())
    ]


def slopes(contrasts: Contrasts) -> pd.DataFrame:
    """Return `family_slopes` of every outcome that has them: three waves, five families.

    Returns
    -------
    DataFrame
        ``outcome, role, family, slope_per_year, std_error, waves``.

    Examples
    --------
    >>> from pilot.estimation.contrasts import contrasts_of
    >>> from pilot.estimation.example import SLEEP
    >>> nobody = pd.DataFrame({"participant": ["a"], "wave": ["one"], "sleep": [1.0]})
    >>> len(slopes(contrasts_of(nobody, SLEEP, ["one"])))
    0
    """
    told = []
    for contrast in contrasts.each:
        if isinstance(contrast.pairs, Refusal):
            continue
        try:
            found = family_slopes(contrast.pairs, contrasts.waves)
        except Refusal:  # its reason stands in the row of `beside`
            continue
        outcome = contrast.outcome
        told.append(found.assign(outcome=outcome.key, role=outcome.role))
    if not told:
        return pd.DataFrame(columns=list(SLOPES))
    return pd.concat(told, ignore_index=True)[list(SLOPES)]


def _rows(contrasts: Contrasts, contrast: Contrast, seen: Seen) -> Iterator[Beside]:
    tells = OF_STEPS if contrast.outcome.level == "ordinal" else OF_MEANS
    if isinstance(contrast.pairs, Refusal):
        yield from (_refused(contrast, name, contrast.pairs) for name in tells)
        return
    around = Around(contrasts.scores, contrast.pairs, contrasts.waves, seen)
    for name, tell in tells.items():
        try:
            numbers, words = tell(around)
        except Refusal as why:
            yield _refused(contrast, name, why)
        else:
            yield Beside(contrast.outcome, contrast.words, name, _finite(numbers), words)


def _refused(contrast: Contrast, name: str, why: Refusal) -> Beside:
    return Beside(
        contrast.outcome,
        contrast.words,
        name,
        refused=True,
        reason=why.cause,
        reason_nl=why.reason_nl,
    )


def _finite(numbers: dict[str, Any]) -> dict[str, Any]:
    return {
        name: None if isinstance(value, float) and not math.isfinite(value) else value
        for name, value in numbers.items()
    }


OF_STEPS: dict[str, Tell] = {
    "tipping_point": misleading.tipping,
    "floor_and_ceiling": misleading.ends,
    "attrition": misleading.who_left,
    "dose": misleading.dose,
    "signed_ranks": partial(otherwise.by_method, name="signed_ranks"),
    "paired_odds": otherwise.odds,
    "proportional_odds": otherwise.odds_of_steps,
}
OF_MEANS: dict[str, Tell] = {
    "tipping_point": misleading.tipping,
    "floor_and_ceiling": misleading.ends,
    "attrition": misleading.who_left,
    "expected_regression": misleading.regression,
    **{
        f"posterior_{prior.key.replace(' ', '_')}": partial(otherwise.posterior, prior=prior)
        for prior in PRIORS
    },
    "dose": misleading.dose,
    "dose_slope": misleading.slope_of_dose,
    "response_shift": misleading.response,
    "history_shift": misleading.history,
    "false_flags": otherwise.flags,
    "usual_movement": otherwise.usual_movement,
    **{
        f"index_{index.replace('-', '_')}": partial(otherwise.index_counts, index=index)
        for index in INDICES
    },
    "clinical_cut_off": otherwise.cut_off,
    "probability_of_improvement": otherwise.improvement,
    "becker_d": otherwise.becker,
    "family_slopes": otherwise.lines,
    "imputed_t": partial(otherwise.by_method, name="imputed_t"),
    "bootstrap_change": otherwise.drawn_again,
}
