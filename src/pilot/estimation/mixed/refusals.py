"""Every reason for which a mixed model is refused, in both languages, in one place."""

from __future__ import annotations

import numpy as np

from pilot.design.text import Text
from pilot.errors import CallError
from pilot.estimation.reasons import Refusal

REASONS: dict[str, Text] = {
    "no_rows": Text(
        en="none of the {n} rows has a value in every column used",
        nl="geen van de {n} rijen heeft een waarde in alle gebruikte kolommen",
    ),
    "infinite": Text(
        en="row {row} holds an infinite value ({n} in all)",
        nl="rij {row} bevat een oneindige waarde ({n} in totaal)",
    ),
    "undefined": Text(
        en="row {row} has no value once the formula is worked out ({n} such rows in all)",
        nl="rij {row} heeft geen waarde na het uitrekenen van de formule ({n} zulke rijen in "
        "totaal)",
    ),
    "one_level": Text(
        en="all {n} rows have the same value, {level}; there is nothing to compare",
        nl="alle {n} rijen hebben dezelfde waarde, {level}; er is niets te vergelijken",
    ),
    "empty_level": Text(
        en="level {level} has no rows{after}",
        nl="niveau {level} heeft geen rijen{after_nl}",
    ),
    "empty_cell": Text(
        en="no row belongs to it, so it has no estimate",
        nl="geen enkele rij hoort erbij, dus er is geen schatting",
    ),
    "collinear": Text(
        en="follows from {others}, so their effects cannot be told apart",
        nl="volgt uit {others}; de effecten zijn niet van elkaar te scheiden",
    ),
    "too_few_rows": Text(
        en="{n} rows for {p} fixed effects and {k} variances; at least {needed} are needed",
        nl="{n} rijen voor {p} vaste effecten en {k} varianties; er zijn er minstens {needed} "
        "nodig",
    ),
    "no_spread": Text(
        en="all {n} values are {value:g}; without spread there is nothing to estimate",
        nl="alle {n} waarden zijn {value:g}; zonder spreiding valt er niets te schatten",
    ),
    "exact_fit": Text(
        en="the fixed effects give every one of the {n} values exactly; no spread is left",
        nl="de vaste effecten geven alle {n} waarden precies; er blijft geen spreiding over",
    ),
    "no_residual": Text(
        en="fixed and random effects together give every value exactly (as when everybody "
        "changed alike), so nothing tells how sure an estimate is",
        nl="vaste en willekeurige effecten geven samen elke waarde precies (zoals wanneer "
        "iedereen evenveel verandert); hoe zeker een schatting is, weten we dan niet",
    ),
    "one_group": Text(
        en="all {n} rows belong to one level, {level}; its variance needs at least two",
        nl="alle {n} rijen horen bij één niveau, {level}; voor een variantie zijn er minstens "
        "twee nodig",
    ),
    "row_each": Text(
        en="each of its {n} levels has one row, so its variance is the residual's",
        nl="elk van de {n} niveaus heeft één rij; de variantie is dan die van de rest",
    ),
    "same_partition": Text(
        en="divides the rows into the same {n} groups as {other!r}, so whose variance it is "
        "cannot be told",
        nl="verdeelt de rijen in dezelfde {n} groepen als {other!r}; van wie de variantie is, "
        "valt niet te zeggen",
    ),
    "told_by_fixed": Text(
        en="its levels are told apart by the fixed effects already; no variance is left",
        nl="de niveaus worden al onderscheiden door de vaste effecten; er blijft geen "
        "variantie over",
    ),
    "not_apart": Text(
        en="the variances of {terms} cannot be told apart by these rows",
        nl="de varianties van {terms} zijn met deze rijen niet te onderscheiden",
    ),
    "not_found": Text(
        en="no largest likelihood was found after {looks} steps",
        nl="na {looks} stappen is geen grootste aannemelijkheid gevonden",
    ),
    "kenward_roger_ml": Text(
        en="Kenward-Roger corrects restricted likelihood only, and this fit is by method='ml'",
        nl="Kenward-Roger corrigeert alleen restricted likelihood; dit model is met "
        "method='ml' geschat",
    ),
    "wave_twice": Text(
        en="{group} {level} has more than one row at {wave}",
        nl="{group} {level} heeft meer dan één rij op {wave}",
    ),
    "few_complete": Text(
        en="{n} of {group} have all {waves} waves; a covariance for every pair of waves needs "
        "{needed}",
        nl="{n} van {group} hebben alle {waves} meetmomenten; een covariantie voor elk paar "
        "vraagt er {needed}",
    ),
    "waves_follow": Text(
        en="one wave follows exactly from the others, so their covariance has no inverse",
        nl="één meetmoment volgt precies uit de andere; de covariantie heeft geen inverse",
    ),
    "too_large": Text(
        en="{rows} rows hang together through {levels} levels, too many to be worked out",
        nl="{rows} rijen hangen samen via {levels} niveaus; dat is te veel om uit te rekenen",
    ),
    "no_f": Text(
        en="so few rows tell too little to test {q} combinations together: Kenward-Roger "
        "leaves them no degrees of freedom",
        nl="zo weinig rijen zeggen te weinig om {q} combinaties samen te toetsen: "
        "Kenward-Roger laat geen vrijheidsgraden over",
    ),
    "wave_empty": Text(
        en="nobody has a score at {wave}",
        nl="niemand heeft een score op {wave}",
    ),
    "one_family": Text(
        en="all {n} scores belong to one family; how much families differ needs two",
        nl="alle {n} scores horen bij één gezin; hoeveel gezinnen verschillen, vraagt er twee",
    ),
    "waves_apart": Text(
        en="each of the {n} families has one wave, so no change of a family is known",
        nl="elk van de {n} gezinnen heeft één meetmoment; van geen gezin is een verandering "
        "bekend",
    ),
    "no_months": Text(
        en="when {wave} was answered is not known, and a line over more than two waves needs "
        "it",
        nl="wanneer {wave} is ingevuld, is niet bekend; een lijn over meer dan twee "
        "meetmomenten vraagt dat wel",
    ),
    "rows_depend": Text(
        en="row {row} is zero or follows from the rows above it",
        nl="rij {row} is nul of volgt uit de rijen erboven",
    ),
}


def refused(key: str, where: str, mend: str, **parts: object) -> Refusal:
    """Return the refusal that a key of `REASONS` stands for, its gaps filled in.

    Examples
    --------
    >>> print(refused("row_each", "groups 'participant'", "leave it out", n=8))
    groups 'participant': each of its 8 levels has one row, so its variance is the residual's
      mend: leave it out
    """
    words = REASONS[key]
    cause = words.en.format(**_listed(parts, "and"))
    reason_nl = words.nl.format(**_listed(parts, "en"))
    return Refusal(where, cause, mend, reason_nl)


def _listed(parts: dict[str, object], word: str) -> dict[str, object]:
    """Return parts with each list of names written out."""
    return {
        key: f" {word} ".join(map(repr, part)) if isinstance(part, list) else part
        for key, part in parts.items()
    }


def worded(value: object) -> str:
    """Return a value as a person writes it: ``3``, not ``np.int64(3)``.

    Examples
    --------
    >>> import numpy as np
    >>> worded(np.int64(3)), worded("t1")
    ('3', "'t1'")
    """
    plain = value.item() if isinstance(value, np.generic) else value
    return repr(plain)


def wrong_call(where: str, cause: str, mend: str) -> CallError:
    """Return the error of a call that cannot be meant.

    Examples
    --------
    >>> print(wrong_call("method", "no method 'reml2'", "use one of: reml, ml"))
    mixed_model, method: no method 'reml2'
      mend: use one of: reml, ml
    """
    return CallError(f"mixed_model, {where}", cause, mend)
