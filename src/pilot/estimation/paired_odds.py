"""How many times as many got better as got worse, with an exact interval."""

from __future__ import annotations

from dataclasses import dataclass

from scipy import special

from pilot.design.text import Text
from pilot.errors import EstimationError
from pilot.estimation.ordinal import counts, exact_sign_test, family_signs
from pilot.estimation.pairs import Pairs
from pilot.estimation.reasons import refusal

_WORDS: dict[str, Text] = {
    "counts": Text(
        en="{units} a step or more for the better: {better}, for the worse: {worse}, on the "
        "same step: {same}",
        nl="{units} een stap of meer vooruit: {better}, achteruit: {worse}, op dezelfde stap: "
        "{same}",
    ),
    "neither": Text(
        en="{units} a step or more up: {better}, down: {worse}, on the same step: {same}",
        nl="{units} een stap of meer omhoog: {better}, omlaag: {worse}, op dezelfde stap: "
        "{same}",
    ),
}


@dataclass(frozen=True, slots=True)
class PairedOdds:
    """Better against worse among those that moved.

    Parameters
    ----------
    better, worse, same : int
        Families (or participants) that moved each way, and that did not.
    estimate : float or None
        better / worse; None where nobody got worse.
    conf_low, conf_high : float or None
        The exact interval; ``conf_high`` is None where it has no end.
    p_value : float
        Of the exact sign test (McNemar's).
    words : Text
        The counts as a line; where neither way is better it says up and down.
    """

    better: int
    worse: int
    same: int
    estimate: float | None
    conf_low: float
    conf_high: float | None
    conf_low_75: float
    conf_high_75: float | None
    p_value: float
    words: Text


def paired_odds(pairs: Pairs) -> PairedOdds:
    """Estimate how many times as likely better is as worse, among families that move.

    The generalised odds ratio of matched pairs: b / w, b families being better and w worse
    (the mean change of their members decides). Given that a family moves, better is a coin
    with chance p = odds / (1 + odds): Clopper and Pearson's limits of p, as odds, are exact
    whatever the families are like and however many steps the scale has.

    Parameters
    ----------
    pairs : Pairs
        Of one outcome; where neither way is better, 'better' is higher.

    Returns
    -------
    PairedOdds

    Raises
    ------
    Refusal
        Where nobody moved.

    Notes
    -----
    The interval is wide: it covers 95 % or more (97-99 at 8 to 30 families). Those that
    stayed the same do not enter, so 3 better of 4 and 3 better of 40 with 1 worse give the
    same odds: read it beside `net_better`, which counts everyone. Not for a sum the design
    calls interval.

    References
    ----------
    Agresti (1980). Generalized odds ratios for ordinal data. Biometrics, 36(1), 59-67.
    Clopper & Pearson (1934). The use of confidence or fiducial limits. Biometrika, 26(4),
    404-413. Fay (2010). Two-sided exact tests and matching confidence intervals for
    discrete data. R Journal, 2(1), 53-58 (``mcnemar.exact``).

    Examples
    --------
    >>> from pilot.estimation.example import ladder_pairs
    >>> told = paired_odds(ladder_pairs())
    >>> told.estimate, round(told.conf_low, 2), round(told.conf_high, 1)
    (5.0, 0.56, 236.5)
    >>> told.words.en
    'participants a step or more for the better: 5, for the worse: 1, on the same step: 2'
    """
    better, worse, n = counts(family_signs(pairs))
    if not better + worse:
        raise refusal(
            "nobody_moved", pairs.where, "show the steps they stand on", n=n, units=pairs.units
        )
    low, high = odds_interval(better, worse)
    low_75, high_75 = odds_interval(better, worse, conf_level=0.75)
    key = "counts" if pairs.outcome.better_sign else "neither"
    said = {"better": better, "worse": worse, "same": n - better - worse}
    return PairedOdds(
        **said,
        estimate=better / worse if worse else None,
        conf_low=low,
        conf_high=high,
        conf_low_75=low_75,
        conf_high_75=high_75,
        p_value=exact_sign_test(better, worse),
        words=Text(
            en=_WORDS[key].en.format(units=pairs.units.en, **said),
            nl=_WORDS[key].nl.format(units=pairs.units.nl, **said),
        ),
    )


def odds_interval(
    better: int, worse: int, conf_level: float = 0.95
) -> tuple[float, float | None]:
    """Return the exact interval of better / worse; without an end where nobody got worse.

    Parameters
    ----------
    better, worse : int
        Pairs that moved each way.
    conf_level : float
        Coverage of the interval.

    Examples
    --------
    >>> low, high = odds_interval(7, 1)  # R: binom.test(7, 8)$conf.int as odds
    >>> f"{low:.4f} {high:.4f}"
    '0.8993 315.4834'
    >>> odds_interval(0, 3)[0], odds_interval(3, 0)[1]
    (0.0, None)
    """
    if min(better, worse) < 0 or not better + worse:
        raise EstimationError(
            where="odds_interval",
            cause=f"{better} better and {worse} worse",
            mend="give how many moved each way, one or more in all",
        )
    tail = (1 - conf_level) / 2
    low = float(special.betaincinv(better, worse + 1, tail)) if better else 0.0
    high = float(special.betaincinv(better + 1, worse, 1 - tail)) if worse else 1.0
    return low / (1 - low), high / (1 - high) if high < 1 else None
