"""How much more change went with each further session, persons within families."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pilot.design.text import Text
from pilot.estimation.dose import FAMILIES_FROM, refuse_no_dose
from pilot.estimation.pairs import Pairs
from pilot.estimation.reasons import refusal
from pilot.estimation.t import MeanT, by_t, no_spread

AVERAGED_TO = 2  # families of two or more up to which each family is averaged first

_WORDS: dict[str, Text] = {
    "more": Text(
        en="with each further time that people came went {slope} more points for the better; "
        "that does not show that coming did it, for who is doing well may also come more "
        "easily",
        nl="bij elke keer vaker komen hoorde {slope} punt meer vooruitgang; dat toont niet dat "
        "het komen dat deed, want wie het goed gaat komt misschien ook makkelijker",
    ),
    "less": Text(
        en="with each further time that people came went {slope} points for the better, so "
        "less; that does not show that coming did harm, for who has it hard may need to come "
        "more often",
        nl="bij elke keer vaker komen hoorde {slope} punt vooruitgang, dus minder; dat toont "
        "niet dat het komen kwaad deed, want wie het moeilijk heeft komt misschien juist "
        "vaker",
    ),
    "neither": Text(
        en="whether change went with how often people came cannot be told from so few",
        nl="of de verandering samenging met hoe vaak mensen kwamen, is met zo weinig niet te "
        "zeggen",
    ),
}


@dataclass(frozen=True, slots=True)
class DoseSlope:
    """Points of change, towards better, that went with one unit more of attendance.

    ``method`` says whether families were averaged (``lm``) or persons modelled with a
    random intercept for the family (``lmm``, Kenward-Roger).
    """

    slope: MeanT
    method: str
    n_families: int
    n_people: int
    words: Text


def dose_slope(pairs: Pairs, dose: pd.Series) -> DoseSlope:
    """Regress change on attendance, with members of a family sharing an intercept.

    ``change ~ dose + (1 | family)`` by REML with Kenward-Roger degrees of freedom, over
    persons with both scores and an attendance. With at most two families of more than one
    such person each family is averaged first, and it is the regression line through
    families.

    Parameters
    ----------
    pairs : Pairs
        Of one outcome whose scores have a mean.
    dose : Series
        Attendance (times, hours) by participant; give 0 to who never came.

    Returns
    -------
    DoseSlope

    Raises
    ------
    Refusal
        Below 10 families with both, for ordinal outcomes, where neither way is better, and
        where all came equally often or changed equally much.

    Notes
    -----
    The mixed version of `dose_response`: it answers in points and uses members of one
    family who came unequally often. One family that came very often can draw the line by
    itself: read it beside the rank correlation. Never a dose to prescribe: nobody drew by
    lot who came.

    References
    ----------
    Kenward & Roger (1997). Small sample inference for fixed effects from restricted maximum
    likelihood. Biometrics, 53(3), 983-997.

    Examples
    --------
    >>> from pilot.estimation.example import sleep_pairs
    >>> pairs = sleep_pairs()
    >>> came = pd.Series([3, 9, 4, 5, 1, 2, 8, 4, 9, 6], index=pairs.table["participant"])
    >>> told = dose_slope(pairs, came)
    >>> f"{told.slope.estimate:.2f} [{told.slope.conf_low:.2f}, {told.slope.conf_high:.2f}]"
    '0.35 [0.15, 0.56]'
    """
    _refuse_outcome(pairs)
    refuse_no_dose(dose)
    people = pd.DataFrame(
        {
            "family": pairs.table["family"],
            "dose": pairs.table["participant"].map(dose).astype(float),
            "change": (pairs.after - pairs.before) * pairs.outcome.better_sign,
        }
    ).dropna()
    families = people.groupby("family")[["dose", "change"]].mean()
    _refuse_few_or_alike(pairs, people, families)
    together = int((people.groupby("family").size() > 1).sum())
    averaged = together <= AVERAGED_TO
    slope = _through(families, pairs.where) if averaged else _mixed(people)
    return DoseSlope(
        slope, "lm" if averaged else "lmm", len(families), len(people), _words(slope)
    )


def _through(families: pd.DataFrame, where: str) -> MeanT:
    order = np.lexsort((families["change"], families["dose"]))
    dose, change = (families[name].to_numpy()[order] for name in ("dose", "change"))
    apart = dose - dose.mean()
    squares, df = float(apart @ apart), len(dose) - 2
    slope = float(apart @ change) / squares
    rest = change - change.mean() - slope * apart
    if no_spread(np.sort(np.append(change[:1], change[:1] + rest))):
        raise refusal("one_line", where, "show the points themselves", n=len(dose))
    return by_t(slope, float(np.sqrt(float(rest @ rest) / df / squares)), float(df))


def _mixed(people: pd.DataFrame) -> MeanT:
    from pilot.estimation.mixed import mixed_model

    fit = mixed_model("change ~ dose", people, groups="family")
    table = fit.coefficients()
    row = table.loc[table["term"] == "dose", ["estimate", "std_error", "df"]]
    estimate, std_error, df = row.to_numpy(dtype=float)[0].tolist()
    return by_t(estimate, std_error, df)


def _refuse_outcome(pairs: Pairs) -> None:
    if pairs.outcome.level == "ordinal":
        raise refusal("mean_of_ordinal", pairs.where, "read the rank correlation")
    if not pairs.outcome.better_sign:
        raise refusal("individual_neither", pairs.where, "leave it out")


def _refuse_few_or_alike(pairs: Pairs, people: pd.DataFrame, families: pd.DataFrame) -> None:
    if len(families) < FAMILIES_FROM:
        raise refusal(
            "few_for_dose",
            pairs.where,
            "show the attendance by itself",
            n=len(families),
            units=pairs.units,
            needed=FAMILIES_FROM,
        )
    if any(no_spread(np.sort(people[name].to_numpy())) for name in ("dose", "change")):
        raise refusal("same_dose", pairs.where, "show the attendance by itself")


def _words(slope: MeanT) -> Text:
    key = "more" if slope.conf_low > 0 else "less" if slope.conf_high < 0 else "neither"
    shown = f"{slope.estimate:+.2f}"
    return Text(
        en=_WORDS[key].en.format(slope=shown),
        nl=_WORDS[key].nl.format(slope=shown.replace(".", ",")),
    )
