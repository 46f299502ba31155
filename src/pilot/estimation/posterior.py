"""What to believe of a mean change, given what such changes usually are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pilot.design.text import Text
from pilot.estimation.ladder import refuse_below_the_ladder
from pilot.estimation.mean_density import UnitPrior, distribution
from pilot.estimation.pairs import Pairs
from pilot.estimation.reasons import refusal
from pilot.estimation.standardised import spread_on_average
from pilot.estimation.t import no_spread


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed of a change before it is seen: normal, in d_av towards better."""

    key: str
    mean: float
    sd: float
    words: Text


PRIORS = (
    Prior(
        "beyond history",
        mean=0.18,
        sd=0.18,
        words=Text(
            en="change beyond history and regression, as controlled Dutch studies saw it",
            nl="verandering bovenop wat vanzelf gebeurt, zoals Nederlandse studies met een "
            "vergelijkingsgroep die zagen",
        ),
    ),
    Prior(
        "as usually seen",
        mean=0.5,
        sd=0.3,
        words=Text(
            en="uncontrolled change as usually seen",
            nl="verandering zonder vergelijkingsgroep, zoals die meestal gezien wordt",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Posterior:
    """A mean change under one prior, in points of the score.

    Parameters
    ----------
    estimate : float
        The posterior mean.
    conf_low, conf_high, conf_low_75, conf_high_75 : float
        Between which the mean change lies with 95 % and with 75 % probability.
    probability_better : float
        That the mean change is for the better.
    probability_important : float or None
        That it exceeds the published minimal important change; None where there is none.
    """

    prior: Prior
    estimate: float
    conf_low: float
    conf_high: float
    conf_low_75: float
    conf_high_75: float
    probability_better: float
    probability_important: float | None


def posterior_changes(pairs: Pairs) -> tuple[Posterior, ...]:
    """Return the mean change under both stated priors, always both.

    See `posterior_change` for the model and when not to use it.

    Examples
    --------
    >>> from pilot.estimation.example import sleep_pairs
    >>> for each in posterior_changes(sleep_pairs()):
    ...     print(
    ...         f"{each.prior.key}: {each.estimate:.2f} [{each.conf_low:.2f}, "
    ...         f"{each.conf_high:.2f}]"
    ...     )
    beyond history: 0.93 [0.19, 1.69]
    as usually seen: 1.39 [0.65, 2.11]
    """
    return tuple(posterior_change(pairs, prior) for prior in PRIORS)


def posterior_change(pairs: Pairs, prior: Prior) -> Posterior:
    """Weigh the changes of families against what such changes usually are.

    A person's change is m + family + person, normal, with variance s^2 and correlation c
    between members of a family. Priors: m / s_av normal with the prior's mean and SD
    (towards better), s_av being the root of the mean variance between persons of the two
    waves (`persons_variance`), itself known with 2 (n - 1) / (1 + r^2) df (n families, r
    the correlation of the waves); c uniform on 0 to 1; s proportional to 1 / s. s is
    integrated out exactly, s_av and c by Gauss-Legendre and m by quadrature on a grid. With
    a flat prior and one person a family it is the t interval.

    Parameters
    ----------
    pairs : Pairs
        Of one interval outcome, from 5 families.
    prior : Prior
        One of `PRIORS`, or another that is stated beforehand.

    Returns
    -------
    Posterior

    Raises
    ------
    Refusal
        For ordinal outcomes, where neither way is better, below 5 families, without spread.

    Notes
    -----
    A change between two waves of one group, not an effect of the programme: the first prior
    only says how large changes were where others served as comparison. With few families
    the prior decides: show both, and the plain interval beside them. Not to choose the
    prior afterwards, and not for sites like these.

    References
    ----------
    Gelman et al. (2013). Bayesian data analysis, 3rd ed., ch. 3 and 5.
    Lee, Whitehead, Jacques & Julious (2014). The statistical interpretation of pilot
    trials. BMC Medical Research Methodology, 14, 41.

    Examples
    --------
    >>> from pilot.estimation.example import sleep_pairs
    >>> posterior = posterior_change(sleep_pairs(), PRIORS[1])
    >>> f"{posterior.probability_better:.4f}"
    '0.9996'
    """
    _refuse(pairs)
    towards = pairs.outcome.better_sign
    held = distribution(pairs, _in_points(pairs, prior))

    def beyond(points: float) -> float:
        share = held.share_below(points * towards)
        return 1 - share if towards > 0 else share

    low, high, low_75, high_75 = (
        held.quantile(share) for share in (0.025, 0.975, 0.125, 0.875)
    )
    minimal = pairs.outcome.minimal_change
    return Posterior(
        prior,
        estimate=held.mean,
        conf_low=low,
        conf_high=high,
        conf_low_75=low_75,
        conf_high_75=high_75,
        probability_better=beyond(0.0),
        probability_important=None if minimal is None else beyond(minimal.value),
    )


def as_table(posteriors: tuple[Posterior, ...]) -> pd.DataFrame:
    """Return posteriors as a frame, one row a prior, for the notebooks.

    Examples
    --------
    >>> from pilot.estimation.example import sleep_pairs
    >>> list(as_table(posterior_changes(sleep_pairs()))["prior"])
    ['beyond history', 'as usually seen']
    """
    numbers = [name for name in Posterior.__slots__ if name != "prior"]
    return pd.DataFrame(
        [
            {"prior": each.prior.key} | {name: getattr(each, name) for name in numbers}
            for each in posteriors
        ]
    )


def _in_points(pairs: Pairs, prior: Prior) -> UnitPrior:
    """Return the prior over what s_av may be: its square has 2 (n - 1) / (1 + r^2) df."""
    before, after = pairs.before, pairs.after
    alike = no_spread(np.sort(before)) or no_spread(np.sort(after))
    r = 0.0 if alike else float(np.corrcoef(before, after)[0, 1])
    return UnitPrior.over(
        mean=prior.mean * pairs.outcome.better_sign,
        sd=prior.sd,
        unit=spread_on_average(before, after, pairs.table["family"]),
        df=2 * (len(pairs.families) - 1) / (1 + r**2),
    )


def _refuse(pairs: Pairs) -> None:
    if pairs.outcome.level == "ordinal":
        raise refusal("mean_of_ordinal", pairs.where, "use net_better")
    if not pairs.outcome.better_sign:
        raise refusal("individual_neither", pairs.where, "leave it out")
    refuse_below_the_ladder(pairs)
    changes = np.sort(pairs.changes)
    if no_spread(changes):
        raise refusal(
            "no_spread",
            pairs.where,
            "show the changes one by one",
            n=len(changes),
            value=float(changes.mean()) + 0.0,
        )
