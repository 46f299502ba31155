"""How many persons each of the seven indices of reliable change flags."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pilot.estimation.cut_offs import clinical_change, clinical_cut_off
from pilot.estimation.indices import METHODS
from pilot.estimation.individual import (
    known_error,
    published_sd,
    refuse_who_cannot_be_told,
)
from pilot.estimation.pairs import Pairs
from pilot.estimation.reasons import refusal
from pilot.estimation.reliable import reliable_change
from pilot.estimation.t import no_spread

INDICES = tuple(METHODS)


def counts_by_index(pairs: Pairs, index: str) -> dict[str, Any]:
    """Count who improved, who is worse and of whom nobody can tell, by one index.

    Parameters
    ----------
    pairs : Pairs
        Of one outcome; persons count here, not families.
    index : str
        One of the seven of `reliable_change`.

    Returns
    -------
    dict
        ``improved, cannot_tell, worse, threshold``; threshold is None where no single
        number of points says it.

    Raises
    ------
    Refusal
        As `individual_change`, and where the index needs a population's mean and SD that
        nobody published.

    Notes
    -----
    The seven stand side by side to show how much the choice matters. Not to pick one
    afterwards: Jacobson and Truax's is the one that was planned.

    References
    ----------
    See `reliable_change`.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from pilot.design.instrument import Reliability
    >>> from pilot.estimation.example import SLEEP, sleep_pairs
    >>> known = Reliability(value=0.9, kind="alpha", source="made up for this example")
    >>> pairs = replace(sleep_pairs(), outcome=replace(SLEEP, reliability=(known,)))
    >>> counts_by_index(pairs, "hageman-arrindell")["improved"]
    9
    """
    people = _judged(pairs, index)
    counted = people["verdict"].value_counts()
    threshold = float(people["threshold"].iloc[0])
    return {
        "improved": int(counted.get("improved", 0)),
        "cannot_tell": int(counted.get("cannot tell", 0)),
        "worse": int(counted.get("worse", 0)),
        "threshold": None if np.isnan(threshold) else threshold,
    }


def passed_cut_off(pairs: Pairs) -> dict[str, Any]:
    """Count who passed the line two SDs from people in general, and changed reliably.

    Jacobson and Truax's criterion b, from the first published reference group with a mean
    and an SD; the persons are judged by their own index.

    Returns
    -------
    dict
        ``criterion, cut_off, population, beyond_before, beyond_after, recovered``: how many
        stood on the worse side at either wave, and how many of them recovered.

    Raises
    ------
    Refusal
        As `individual_change`, and without such a group.

    Notes
    -----
    Not to conclude from where families were not chosen for being badly off: the line then
    says who was asked.

    References
    ----------
    Jacobson & Truax (1991). Journal of Consulting and Clinical Psychology, 59(1), 12-19.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from pilot.design.instrument import Reference, Reliability
    >>> from pilot.estimation.example import SLEEP, sleep_pairs
    >>> known = Reliability(value=0.9, kind="alpha", source="made up")
    >>> others = Reference(population="others", mean=6.0, sd=2.0, source="made up")
    >>> told = replace(SLEEP, reliability=(known,), reference=(others,))
    >>> passed = passed_cut_off(replace(sleep_pairs(), outcome=told))
    >>> passed["cut_off"], passed["beyond_before"], passed["beyond_after"]
    (2.0, 7, 6)
    """
    outcome = pairs.outcome
    people = _judged(pairs, "jacobson-truax")
    group = next((each for each in outcome.reference if each.sd is not None), None)
    if group is None:
        raise refusal("no_reference_group", pairs.where, "publish one, with its source")
    line = clinical_cut_off("b", reference=group, higher_is=outcome.higher_is)
    told = clinical_change(
        people, pairs.before, pairs.after, cut_off=line, higher_is=outcome.higher_is
    )
    sign = outcome.better_sign
    return {
        "criterion": "b",
        "cut_off": line,
        "population": group.population.en,
        "population_nl": group.population.nl,
        "beyond_before": int((sign * pairs.before < sign * line).sum()),
        "beyond_after": int((sign * pairs.after < sign * line).sum()),
        "recovered": int((told == "recovered").sum()),
    }


def _judged(pairs: Pairs, index: str) -> pd.DataFrame:
    refuse_who_cannot_be_told(pairs)
    known, (sd, _) = known_error(pairs), published_sd(pairs.outcome)
    if sd is None and (len(pairs.before) < 2 or no_spread(np.sort(pairs.before))):
        raise refusal(
            "no_spread_before", pairs.where, "publish a reference SD", n=len(pairs.before)
        )
    group = next((each for each in pairs.outcome.reference if each.sd is not None), None)
    return reliable_change(
        pairs.before,
        pairs.after,
        reliability=known.value,
        sd=sd,
        mean=None if group is None else group.mean,
        method=index,
        higher_is=pairs.outcome.higher_is,
    )
