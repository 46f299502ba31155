"""A pilot's mean beside a published norm, with the uncertainty of both."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pilot.design.instrument import Reference
from pilot.design.outcome import Outcome
from pilot.design.text import Language, Text
from pilot.errors import CallError, suggestion
from pilot.estimation.panel import rows_of
from pilot.estimation.reasons import FAMILIES, PEOPLE, refusal
from pilot.estimation.t import by_t, finite, no_spread

NARROW = 5  # points of a scale, up to which two decimals are told
ABOVE = Text(nl="boven", en="above")
BELOW = Text(nl="onder", en="below")
WORDS = Text(
    en="at {wave!r} the mean of {n} {units} is {mean}: {size} {side} the mean of {population} "
    "({norm}, n = {norm_n}), with a 95% interval of the difference from {low} to {high}. Who "
    "took part differs from them in more than the programme: this is a place on a scale, no "
    "change and no effect",
    nl="op {wave!r} is het gemiddelde van {n} {units} {mean}: {size} {side} het gemiddelde van "
    "{population} ({norm}, n = {norm_n}), met een 95%-marge van het verschil van {low} tot "
    "{high}. Wie meedeed, verschilt van hen in meer dan het programma: dit is een plek op een "
    "schaal, geen verandering en geen effect",
)


@dataclass(frozen=True, slots=True)
class NormComparison:
    """How far a pilot's mean lies from a published one. It has no verdict and no p.

    Attributes
    ----------
    difference, std_error, df : float
        Mean minus norm; both means' variances; Welch and Satterthwaite's df.
    conf_low, conf_high, conf_low_75, conf_high_75 : float
    mean : float
        Of the families at the wave.
    norm : Reference
        The published mean, with its population, n, SD and source.
    wave : str
    n : int
        Families, or participants where no family is known.
    units : Text
        What n counts, in words.
    """

    outcome: Outcome
    wave: str
    mean: float
    n: int
    norm: Reference
    difference: float
    std_error: float
    df: float
    conf_low: float
    conf_high: float
    conf_low_75: float
    conf_high_75: float
    units: Text = FAMILIES

    @property
    def words(self) -> Text:
        """One sentence in nl and en: it names the population and calls nothing an effect."""
        return Text(nl=self._in("nl"), en=self._in("en"))

    def _in(self, language: Language) -> str:
        digits = 2 if self.outcome.high - self.outcome.low <= NARROW else 1
        numbers = {
            "mean": self.mean,
            "size": abs(self.difference),
            "norm": self.norm.mean,
            "low": self.conf_low,
            "high": self.conf_high,
        }
        said = {name: f"{number:.{digits}f}" for name, number in numbers.items()}
        if language == "nl":
            said = {name: number.replace(".", ",") for name, number in said.items()}
        side = (ABOVE if self.difference >= 0 else BELOW).in_(language)
        return WORDS.in_(language).format(
            wave=self.wave,
            n=self.n,
            units=self.units.in_(language),
            side=side,
            population=self.norm.population.in_(language),
            norm_n=self.norm.n,
            **said,
        )


def compare_with_norm(
    scores: pd.DataFrame, outcome: Outcome, wave: str, *, population: str | None = None
) -> NormComparison:
    """Put the mean at one wave beside a published norm.

    d = m - M, s.e. = sqrt(s^2/n + SD^2/N), df by Welch and Satterthwaite; m is the mean
    over families of their members' mean, s the SD between families. The norm's own
    standard error is never left out: a norm of 60 students is no fixed point.

    Parameters
    ----------
    scores : DataFrame
        As for `estimate_change`.
    outcome : Outcome
        Its `reference` holds the published norms.
    wave : str
    population : str, optional
        Whose norm, as the instrument's file names it in either language; needed where there
        are several. Take
        the group that is most like these people, never a country's average for people who
        were asked because they are not average.

    Returns
    -------
    NormComparison

    Raises
    ------
    Refusal
        Without a norm, with one that lacks its n or SD, with fewer than two families, or
        when all scores are equal.
    CallError
        When no norm has that population, or several could be meant.

    Notes
    -----
    Never an ANCOVA, never a test of a change, never 'now above average': norm and pilot are
    other people, asked by others at another time.

    References
    ----------
    Crawford & Howell (1998). Comparing an individual's test score against norms derived
    from small samples. The Clinical Neuropsychologist, 12(4), 482-486 (norms are samples).
    Welch (1947). Biometrika, 34, 28-35.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from pilot.estimation.comparison.example import group_scores
    >>> from pilot.estimation.example import SLEEP
    >>> norm = Reference(population="patients elsewhere", n=40, mean=1.1, sd=1.6, source="-")
    >>> found = compare_with_norm(group_scores(), replace(SLEEP, reference=(norm,)), "one")
    >>> f"{found.difference:.2f} [{found.conf_low:.2f}, {found.conf_high:.2f}]"
    '-0.35 [-1.69, 0.99]'
    """
    where = f"outcome {outcome.key!r}, {wave}"
    norm = _norm(outcome, population, where)
    rows = rows_of(scores, outcome, [wave])
    means = finite(rows.groupby(_units(rows), sort=False)["score"].mean().to_numpy(), where)
    n, units = len(means), FAMILIES if rows["family"].notna().any() else PEOPLE
    if n < 2:
        raise refusal("few_beside_norm", where, "wait for more answers", n=n, units=units)
    if no_spread(means):
        value = float(means[0])
        raise refusal("same_beside_norm", where, "show the scores", n=n, value=value)
    parts = (float(np.var(means, ddof=1)) / n, (norm.sd or 0.0) ** 2 / (norm.n or 1))
    df = sum(parts) ** 2 / (parts[0] ** 2 / (n - 1) + parts[1] ** 2 / ((norm.n or 2) - 1))
    found = by_t(float(means.mean()) - norm.mean, math.sqrt(sum(parts)), df)
    return NormComparison(
        outcome=outcome,
        wave=wave,
        mean=float(means.mean()),
        n=n,
        norm=norm,
        difference=found.estimate,
        std_error=found.std_error,
        df=df,
        conf_low=found.conf_low,
        conf_high=found.conf_high,
        conf_low_75=found.conf_low_75,
        conf_high_75=found.conf_high_75,
        units=units,
    )


def _units(rows: pd.DataFrame) -> pd.Series:
    if rows["family"].isna().all():
        return rows["participant"]
    return rows["family"].fillna("alone: " + rows["participant"].astype("str"))


def _norm(outcome: Outcome, population: str | None, where: str) -> Reference:
    known = {each.population.en: each for each in outcome.reference}
    dutch = {each.population.nl: each.population.en for each in outcome.reference}
    if not known:
        raise refusal("no_norm", where, "tell the change, and leave norms out")
    if population is None and len(known) > 1:
        raise CallError(
            "compare_with_norm, population",
            f"{len(known)} norms could be meant",
            f"use one of: {', '.join(known)}",
        )
    chosen = next(iter(known)) if population is None else dutch.get(population, population)
    if chosen not in known:
        raise CallError(
            "compare_with_norm, population",
            f"no norm of {chosen!r}",
            suggestion(chosen, known),
        )
    norm = known[chosen]
    needed = ((norm.n, 2, Text(nl="de n", en="n")), (norm.sd, 0, Text(nl="de SD", en="SD")))
    for value, least, lacking in needed:
        if not value or value < least:
            raise refusal(
                "norm_without_n",
                where,
                "look them up in the source, and add them to the instrument's file",
                population=Text(nl=repr(norm.population.nl), en=repr(norm.population.en)),
                lacking=lacking,
            )
    return norm
