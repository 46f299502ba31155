"""The planned method for families: everyone with at least one score, Kenward-Roger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from pilot.design.text import Text
from pilot.estimation.everyone import EveryonesChange, change_of_everyone
from pilot.estimation.everyone_rows import Everyone, everyone_of
from pilot.estimation.means import by_persons
from pilot.estimation.pairs import Pairs
from pilot.estimation.plan import Plan
from pilot.estimation.rows import estimator, from_mean

_NOTES: dict[str, Text] = {
    "incomplete": Text(
        en="{k} of {n} people lack one of the two waves; what they did answer counts",
        nl="van {k} van de {n} mensen ontbreekt een van de twee metingen; wat zij wel "
        "invulden, telt mee",
    ),
    "averaged": Text(
        en="few families have two members who answered twice, so members are averaged within "
        "their family first",
        nl="weinig gezinnen hebben twee leden die tweemaal invulden; leden zijn daarom eerst "
        "per gezin gemiddeld",
    ),
    "family": Text(
        en="these scores show no differences between {units} in level beyond chance: that "
        "variance is estimated as 0",
        nl="deze scores tonen tussen {units} geen verschil in niveau dat groter is dan "
        "toeval: die variantie is geschat op 0",
    ),
    "months | family": Text(
        en="these scores do not show levels and lines over time of {units} apart from each "
        "other and from chance: a variance is estimated as 0, or a correlation as 1",
        nl="deze scores laten niveau en lijn van {units} niet los van elkaar en van toeval "
        "zien: een variantie is geschat op 0, of een samenhang op 1",
    ),
    "family:wave": Text(
        en="these scores show nothing that members of a family share at one wave only: that "
        "variance is estimated as 0",
        nl="deze scores tonen niets wat leden van een gezin alleen op één meting delen: die "
        "variantie is geschat op 0",
    ),
    "participant": Text(
        en="these scores show no lasting differences between members of a family: that "
        "variance is estimated as 0",
        nl="deze scores tonen geen blijvend verschil tussen leden van een gezin: die "
        "variantie is geschat op 0",
    ),
    "by_families": Text(
        en="the margin therefore follows from how {units} differ among themselves (CR2), not "
        "from the model's variances",
        nl="de marge volgt daarom uit hoe {units} onderling verschillen (CR2), niet uit de "
        "varianties van het model",
    ),
}


@estimator(
    "mean change of {units} at the sites that took part, over everyone who started with at "
    "least one score",
    level="interval",
)
def mixed_kr(pairs: Pairs, plan: Plan) -> dict[str, Any]:
    """Estimate the mean change from everyone with at least one score, by a mixed model.

    See `pilot.estimation.everyone` for the model, its sources and when it is which, and for
    the margin where a variance is estimated as 0. Beside it d_z and d_av with the same
    standard error and degrees of freedom, over the SDs between persons with both waves.

    Use it where the design generalises to families. Not for sites like these: it has no
    term for sites, and rejects 10-22 % of true nulls when sites differ in change.

    References
    ----------
    Kenward & Roger (1997). Small sample inference for fixed effects from restricted maximum
    likelihood. Biometrics, 53, 983-997.

    Examples
    --------
    >>> from pilot.estimation.example import sleep_pairs
    >>> mixed_kr(sleep_pairs(), Plan("mixed_kr"))
    Estimate(sleep, other - one: 1.58 [0.70, 2.46], n = 10, mixed_kr)
    >>> mixed_kr(sleep_pairs(left=2), Plan("mixed_kr")).incomplete_participants
    2
    """
    rows = scores_of(pairs)
    everyone = everyone_of(rows, plan.waves)
    found = change_of_everyone(everyone, pairs.earlier, pairs.later, pairs.where)
    homes = rows.dropna(subset=["site"]).drop_duplicates("participant")["site"]
    return from_mean(found.change) | {
        "standardised": by_persons(found.change, pairs),
        "n_participants": everyone.n_participants,
        "n_families": everyone.n_families,
        "n_sites": int(homes.nunique()),
        "incomplete_participants": everyone.n_participants - len(pairs.table),
        "incomplete_families": everyone.n_families - len(pairs.families),
        "notes": tuple(_notes(pairs, everyone, found)),
    }


def scores_of(pairs: Pairs) -> pd.DataFrame:
    """Return every score of the role; of pairs made by hand, those at the two waves.

    Examples
    --------
    >>> from pilot.estimation.example import sleep_pairs
    >>> len(scores_of(sleep_pairs(left=2)))
    22
    """
    if len(pairs.everyone):
        return pairs.everyone
    people = pd.concat([pairs.table, pairs.lost], ignore_index=True)
    sides = [
        people.assign(wave=wave, score=people[column])
        for wave, column in ((pairs.earlier, "before"), (pairs.later, "after"))
    ]
    return pd.concat(sides, ignore_index=True).dropna(subset=["score"])


def _notes(pairs: Pairs, everyone: Everyone, found: EveryonesChange) -> Iterator[Text]:
    n = everyone.n_participants
    if n > len(pairs.table):
        yield _said("incomplete", k=n - len(pairs.table), n=n)
    if found.model.averaged and n > everyone.n_families:
        yield _said("averaged")
    for entry in found.model.groups:
        if entry.rpartition("| ")[2] in found.at_zero:
            yield _said(entry, units=pairs.units)
    if found.by_families:
        yield _said("by_families", units=pairs.units)


def _said(key: str, units: Text | None = None, **parts: int) -> Text:
    words, known = _NOTES[key], units or Text(nl="", en="")
    return Text(
        nl=words.nl.format(units=known.nl, **parts),
        en=words.en.format(units=known.en, **parts),
    )
