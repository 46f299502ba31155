"""How well the items of a scale hang together in these data, and which item runs against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd

from pilot.design import Instrument, Scale, load_instrument
from pilot.errors import ScoringError
from pilot.scoring.answers import Flags, read_answers
from pilot.scoring.refusals import refuse_absent, refuse_outside
from pilot.scoring.scales import chosen_scales

FEWEST_PEOPLE = 3
FEWEST_ITEMS = 2


@dataclass(frozen=True, slots=True, repr=False)
class Consistency:
    """Cronbach's alpha of one scale in one set of answers, with its interval.

    A property of these answers, not of the scale: for reliable change use a published
    reliability.

    Parameters
    ----------
    scale : str
        The score's name.
    alpha, conf_low, conf_high, conf_level : float
    n : int
        Rows in which every item was answered; only these count.
    item_rest : dict
        Item id to its correlation with the sum of the other items. NaN where an item, or
        the rest, does not vary. A negative one means a forgotten or double reversal.
    """

    scale: str
    alpha: float
    conf_low: float
    conf_high: float
    conf_level: float
    n: int
    item_rest: dict[str, float]

    def __repr__(self) -> str:
        return (
            f"Consistency({self.scale}: alpha {self.alpha:.2f} "
            f"[{self.conf_low:.2f}, {self.conf_high:.2f}], "
            f"n = {self.n}, {len(self.item_rest)} items)"
        )

    def _repr_html_(self) -> str:
        cells = {
            "scale": self.scale,
            "alpha": f"{self.alpha:.2f}",
            f"{self.conf_level:.0%} CI": f"[{self.conf_low:.2f}, {self.conf_high:.2f}]",
            "n": str(self.n),
            "items": str(len(self.item_rest)),
            "lowest item-rest r": f"{min(self.item_rest.values()):.2f}",
        }
        head = "".join(f'<th scope="col">{escape(key)}</th>' for key in cells)
        body = "".join(f"<td>{escape(value)}</td>" for value in cells.values())
        return f"<table><tr>{head}</tr><tr>{body}</tr></table>"


def reliability(
    responses: pd.DataFrame,
    instrument: Instrument | str,
    scale: str | None = None,
    *,
    conf_level: float = 0.95,
    confirmed: bool = False,
) -> Consistency:
    """Return Cronbach's alpha of a scale, over the rows that answered all of its items.

    Parameters
    ----------
    responses : DataFrame
        The answers, as `score` takes them. One wave at a time: two waves of one person
        are not two people.
    instrument : Instrument or str
        The form.
    scale : str, optional
        Which of its scales; by default the first that may be scored.
    conf_level : float
        Coverage of the interval.
    confirmed : bool
        As in `score`.

    Returns
    -------
    Consistency
        Alpha (of a counted scale: KR-20), Feldt's interval, n and item-rest correlations.

    Raises
    ------
    ScoringError
        With fewer than two items, fewer than three complete rows, or no variance.

    References
    ----------
    Cronbach (1951). Coefficient alpha and the internal structure of tests. Psychometrika,
    16, 297-334. Feldt, Woodruff & Salih (1987). Statistical inference for coefficient
    alpha. Applied Psychological Measurement, 11, 93-103.

    Examples
    --------
    >>> import pandas as pd
    >>> answers = pd.DataFrame({f"brs_{i:02d}": [1, 3, 4, 5] for i in range(1, 7)})
    >>> answers = answers.assign(**{f"brs_{i:02d}": [5, 3, 1, 2] for i in (2, 4, 6)})
    >>> reliability(answers, "brs")
    Consistency(brs_total: alpha 0.99 [0.95, 1.00], n = 4, 6 items)
    """
    form, chosen = _form_and_scale(instrument, scale, confirmed=confirmed)
    complete = _complete_rows(responses, form, chosen)
    alpha = _alpha(complete, form.score_name(chosen))
    conf_low, conf_high = _feldt(alpha, complete.shape, conf_level)
    return Consistency(
        scale=form.score_name(chosen),
        alpha=alpha,
        conf_low=conf_low,
        conf_high=conf_high,
        conf_level=conf_level,
        n=len(complete),
        item_rest=_item_rest(complete),
    )


def item_rest(
    responses: pd.DataFrame,
    instrument: Instrument | str,
    scale: str | None = None,
    *,
    confirmed: bool = False,
) -> dict[str, float]:
    """Return each item's correlation with the sum of the others, after reversal.

    A negative one asks whether an item was reversed twice, or not at all.

    Raises
    ------
    ScoringError
        With fewer than two items or fewer than three complete rows.

    Examples
    --------
    >>> import pandas as pd
    >>> answers = pd.DataFrame({f"pss_4_{i:02d}": [0, 1, 3, 4] for i in range(1, 5)})
    >>> {item: round(r, 2) for item, r in item_rest(answers, "pss-4").items()}
    {'pss_4_01': -1.0, 'pss_4_02': -1.0, 'pss_4_03': -1.0, 'pss_4_04': -1.0}
    """
    form, chosen = _form_and_scale(instrument, scale, confirmed=confirmed)
    return _item_rest(_complete_rows(responses, form, chosen))


def _form_and_scale(
    instrument: Instrument | str, name: str | None, *, confirmed: bool
) -> tuple[Instrument, Scale]:
    form = load_instrument(instrument) if isinstance(instrument, str) else instrument
    wanted: Sequence[str] | None = None if name is None else [name]
    scale = chosen_scales(form, wanted, confirmed=confirmed)[0]
    where = f"reliability of {form.score_name(scale)!r}"
    if scale.combine == "goal_attainment":
        raise ScoringError(
            where,
            "goals differ from person to person: they share no reliability",
            "report the ratings and who gave them",
        )
    if len(scale.items) < FEWEST_ITEMS:
        raise ScoringError(
            where,
            f"it has {len(scale.items)} item; consistency needs two or more",
            "use a published retest reliability",
        )
    return form, scale


def _complete_rows(responses: pd.DataFrame, form: Instrument, scale: Scale) -> pd.DataFrame:
    refuse_absent(responses, scale.items, form)
    outside: dict[str, Flags] = {}
    complete = np.ones(len(responses), np.bool_)
    keyed = {}
    for item in scale.items:
        answers = read_answers(responses[item], item, form)
        if answers.outside is not None:
            outside[item] = answers.outside
            continue
        if answers.missing is not None:
            complete &= ~answers.missing
        keyed[item] = answers.keyed(item, scale, form)
    refuse_outside(outside, responses, form)
    table = pd.DataFrame({item: codes[complete] for item, codes in keyed.items()}, dtype=float)
    if len(table) < FEWEST_PEOPLE:
        raise ScoringError(
            f"reliability of {form.score_name(scale)!r}",
            f"{len(table)} of {len(responses)} rows answered all {len(scale.items)} items; "
            f"at least {FEWEST_PEOPLE} are needed",
            "use a published reliability",
        )
    return table


def _alpha(complete: pd.DataFrame, name: str) -> float:
    if not complete.sum(axis="columns").var():
        raise ScoringError(
            f"reliability of {name!r}",
            f"all {len(complete)} rows have the same total: there is nothing to compare",
            "use a published reliability",
        )
    from pingouin import cronbach_alpha  # slow to import, and only wanted here

    alpha, _ = cronbach_alpha(data=complete)
    return float(alpha)


def _feldt(alpha: float, shape: tuple[int, int], conf_level: float) -> tuple[float, float]:
    """Return the interval that pingouin prints in three digits, unrounded."""
    from scipy.stats import f

    n, k = shape
    tail = (1 - conf_level) / 2
    df1, df2 = n - 1, (n - 1) * (k - 1)
    low = 1 - (1 - alpha) * f.isf(tail, df1, df2)
    high = 1 - (1 - alpha) * f.isf(1 - tail, df1, df2)
    return float(low), float(high)


def _item_rest(complete: pd.DataFrame) -> dict[str, float]:
    table = complete.to_numpy()
    covariance = np.cov(table, rowvar=False)
    own = np.diag(covariance)
    with_total = covariance.sum(axis=1)
    rest = covariance.sum() - 2 * with_total + own
    spread = np.sqrt(np.clip(own * rest, 0, None))
    r = np.divide(with_total - own, spread, out=np.full(len(own), np.nan), where=spread > 0)
    return dict(zip(complete.columns, r.tolist(), strict=True))
