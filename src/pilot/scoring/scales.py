"""Scoring: every scale of a form at once, each row by the form's own key."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pilot.design import Instrument, Scale, load_instrument
from pilot.errors import CallError, ScoringError, suggestion
from pilot.scoring.answers import Flags, read_answers
from pilot.scoring.combine import COMBINE
from pilot.scoring.refusals import refuse_absent, refuse_outside


def score(
    responses: pd.DataFrame,
    instrument: Instrument | str,
    *,
    scales: Sequence[str] | None = None,
    confirmed: bool = False,
) -> pd.DataFrame:
    """Score the scales of an instrument, one column a scale.

    Parameters
    ----------
    responses : DataFrame
        One row a participant and wave; one column an item, named by its id. Other columns
        are left alone. An answer is a whole number as the form stores it, or the words of
        one of its options (upper or lower case); empty is no answer. De Jong Gierveld is
        stored as 1 = nee, 2 = min of meer, 3 = ja: give the words where a file's numbers
        may mean something else.
    instrument : Instrument or str
        Says which items form a scale and how they combine; a name is looked up on the
        shelf.
    scales : list of str, optional
        The scales wanted, as ``"total"`` or ``"gse_10_total"``. By default all that are
        verified.
    confirmed : bool
        Somebody compared the printed form with the key: score unverified scales too.

    Returns
    -------
    DataFrame
        Same index, float64, columns ``<instrument>_<scale>``. A row with fewer than
        `min_answered` answers scores NaN; with enough of them a sum is the own mean times
        the number of items, and a count is a lower bound.

    Raises
    ------
    ScoringError
        When an item's column is not there, an answer is none the form offers, the scale's
        key is unverified and nobody confirmed it, or it has no items.
    CallError
        When no instrument or scale has that name.

    Examples
    --------
    >>> import pandas as pd
    >>> answers = {f"gse_10_{i:02d}": [3, 4] for i in range(1, 11)}
    >>> score(pd.DataFrame(answers), "gse-10")
       gse_10_total
    0          30.0
    1          40.0
    """
    form = load_instrument(instrument) if isinstance(instrument, str) else instrument
    chosen = chosen_scales(form, scales, confirmed=confirmed)
    items = [item for item in form.items if any(item in scale.items for scale in chosen)]
    refuse_absent(responses, items, form)
    running = [(scale, COMBINE[scale.combine](scale, form, responses)) for scale in chosen]
    outside: dict[str, Flags] = {}
    for item in items:
        answers = read_answers(responses[item], item, form)
        if answers.outside is not None:
            outside[item] = answers.outside
            continue
        for scale, making in running:
            if item in scale.items:
                making.add(item, answers)
    refuse_outside(outside, responses, form)
    made = {form.score_name(scale): making.score() for scale, making in running}
    return pd.DataFrame(made, index=responses.index, copy=False)


def chosen_scales(
    form: Instrument, wanted: Sequence[str] | None, *, confirmed: bool = False
) -> list[Scale]:
    """Return the scales to score: those wanted, or all that may be.

    Raises
    ------
    ScoringError
        When one wanted is unverified and not confirmed, or has no items; or when none of
        the form may be scored.
    CallError
        When the form has no such scale.
    """
    chosen = _asked_for(form, wanted)
    ready_made = [scale for scale in chosen if scale.combine not in COMBINE]
    if ready_made and (wanted is not None or ready_made == chosen):
        raise ScoringError(
            f"{form.key}.toml, scale {ready_made[0].key!r}",
            "exports carry its total ready-made, without items to score",
            "read the total itself: trajectory file, [asked] totals",
        )
    chosen = [scale for scale in chosen if scale.combine in COMBINE]
    verified = [scale for scale in chosen if scale.verified]
    if confirmed or len(verified) == len(chosen):
        return chosen
    if wanted is None and verified:
        return verified
    scale = next(scale for scale in chosen if not scale.verified)
    raise ScoringError(
        f"{form.key}.toml, scale {scale.key!r}",
        f"its key is not verified: {scale.why}",
        "compare the printed form with the key, then pass confirmed=True, "
        "or list the scale in the trajectory file, [asked] confirmed",
    )


def _asked_for(form: Instrument, wanted: Sequence[str] | None) -> list[Scale]:
    if wanted is None:
        return form.scales
    named = {scale.key: scale for scale in form.scales}
    named |= {form.score_name(scale): scale for scale in form.scales}
    for name in wanted:
        if name not in named:
            raise CallError(
                f"instrument {form.key!r}",
                f"has no scale {name!r}",
                suggestion(name, [scale.key for scale in form.scales]),
            )
    return [named[name] for name in dict.fromkeys(wanted)]
