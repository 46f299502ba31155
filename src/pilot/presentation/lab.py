"""One sentence, one figure, one table: what a researcher asks of estimates in JupyterLab."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pilot.design import Language, Text
from pilot.presentation.figure_change import change_alt, draw_change
from pilot.presentation.markup import Column, Table
from pilot.presentation.outcomes import interval
from pilot.presentation.saying import (
    digits_of,
    is_share,
    moved,
    number_of,
    points_of,
    reason_in,
    size_of,
)
from pilot.presentation.team_change import (
    ESTIMATE_COLUMNS,
    columns_of,
    estimate_row,
    method_label,
)
from pilot.presentation.words import Words
from pilot.results import Estimate, PublicEstimate

if TYPE_CHECKING:
    from pilot.presentation.picture import Picture

METHODS = {True: "net_better", False: "paired_t"}
COMPARED = {
    (True, False): "net_difference",
    (False, False): "ancova",
    (False, True): "difference_in_differences",
}


def describe(estimate: Estimate | PublicEstimate, language: Language = "en") -> str:
    r"""Say an estimate in one sentence: reading, size, intervals, n and method.

    Parameters
    ----------
    estimate : Estimate or PublicEstimate
    language : {"en", "nl"}

    Returns
    -------
    str
        'Better' and 'worse' only where the 95 % interval excludes 0; else 'cannot tell'.

    Examples
    --------
    >>> from pilot.design import Outcome, Text
    >>> label = Text(nl="Vertrouwen in eigen kunnen", en="Self-efficacy")
    >>> total = Outcome("gse_10_total", label, "better", low=10, high=40)
    >>> change = Estimate(
    ...     total,
    ...     "t1 - t0",
    ...     "",
    ...     "paired_t",
    ...     estimate=1.84,
    ...     conf_low=0.2,
    ...     conf_high=3.48,
    ...     conf_low_75=0.95,
    ...     conf_high_75=2.73,
    ...     n_families=9,
    ... )
    >>> print(describe(change).replace("; ", ";\n  "))
    Self-efficacy: better, +1.8 points on average on a scale of 10 to 40;
      95% interval +0.2 to +3.5, 75% interval +0.9 to +2.7 (n = 9, mean per family, t interval).
    """
    words = _words(language, [estimate])
    outcome = estimate.outcome
    parts = {"label": outcome.label.in_(language), "n": _n(words, estimate)}
    if estimate.refused or estimate.estimate is None:
        return words("describe.refused", **parts, reason=_reason(words, estimate))
    method, size = _method(estimate), _size(words, estimate, estimate.estimate)
    parts |= {
        "reading": words(f"describe.{estimate.verdict.replace(' ', '_')}"),
        "size": size,
        "points": points_of(words, size.lstrip("+\N{MINUS SIGN}")),
        "low": words.plain(outcome.low),
        "high": words.plain(outcome.high),
        "interval": _intervals(words, estimate),
        "method": method_label(words, method),
    }
    return words("describe.net" if is_share(outcome) else "describe.mean", **parts)


def plot_change(
    estimates: Estimate | Sequence[Estimate],
    language: Language = "en",
    *,
    simulated: bool = False,
) -> Picture:
    """Draw estimates with their 95 % (thin) and 75 % (thick) interval against no change.

    Better is to the right on every axis; the smallest change that matters is dashed where
    one has been published.

    Parameters
    ----------
    estimates : Estimate or sequence of Estimate
        One panel each; refused ones are left out.
    language : {"en", "nl"}
    simulated : bool
        Writes on the figure that its data are simulated.

    Returns
    -------
    Picture
        A matplotlib Figure. Shows itself in a notebook, with its alt text beside it.

    Examples
    --------
    >>> from pilot.design import Outcome, Text
    >>> total = Outcome(
    ...     "gse_10_total", Text(nl="Vertrouwen", en="Self-efficacy"), "better", 10, 40
    ... )
    >>> figure = plot_change(Estimate(total, "t1 - t0", "", "paired_t", estimate=1.8))
    >>> figure.axes[0].get_title(loc="left")
    'Self-efficacy'
    """
    shown = [estimates] if isinstance(estimates, Estimate) else list(estimates)
    words = _words(language, shown)
    figure = draw_change(words, shown, simulated=simulated)
    figure.say(change_alt(words, shown, simulated=simulated))
    return figure


def change_table(estimates: Sequence[Estimate], language: Language = "en") -> Table:
    """Return estimates as a table with caption and scopes, one row an estimate.

    Examples
    --------
    >>> change_table([]).frame().empty
    True
    """
    words = Words(language)
    rows = tuple(
        (each.outcome.label.in_(language), *estimate_row(words, each)) for each in estimates
    )
    first = Column(words("team.outcome"))
    contrasts = {each.contrast for each in estimates}
    caption = words("table.caption_plain")
    if len(contrasts) == 1:
        later, _, earlier = next(iter(contrasts)).partition(" - ")
        caption = words("table.caption", earlier=earlier, later=later)
    return Table(caption, (first, *columns_of(words, ESTIMATE_COLUMNS)), rows)


def _words(language: Language, estimates: Sequence[Estimate | PublicEstimate]) -> Words:
    """Return words of change, or of difference where all compare the same two groups."""
    compared = {each.group for each in estimates}
    shared = compared.pop() if len(compared) == 1 else ""
    group, between, reference = shared.partition(" - ")
    if not between:
        return Words(language)
    return Words(language, (Text(nl=group, en=group), Text(nl=reference, en=reference)))


def _method(estimate: Estimate | PublicEstimate) -> str:
    if isinstance(estimate, Estimate):
        return estimate.method
    share = is_share(estimate.outcome)
    if estimate.group:
        return COMPARED[share, estimate.everyone]
    return "mixed_kr" if estimate.everyone else METHODS[share]


def _size(words: Words, estimate: Estimate | PublicEstimate, value: float) -> str:
    outcome = estimate.outcome
    if is_share(outcome):
        return moved(words, outcome, value)
    return size_of(words, outcome, value, digits_of(estimate))


def _n(words: Words, estimate: Estimate | PublicEstimate) -> str:
    if isinstance(estimate, PublicEstimate):
        return number_of(words, estimate.n_families)
    return words.whole(estimate.n_families)


def _reason(words: Words, estimate: Estimate | PublicEstimate) -> str:
    if isinstance(estimate, PublicEstimate):
        key = (estimate.reason or "method").replace(" ", "_")
        return words(f"outcomes.refused_{key}", unit=words("unit.families"))
    return reason_in(words, estimate)


def _intervals(words: Words, estimate: Estimate | PublicEstimate) -> str:
    outcome = estimate.outcome
    if estimate.conf_low is None:
        return words("describe.no_interval")
    return words(
        "describe.interval",
        wide=interval(words, outcome, estimate.conf_low, estimate.conf_high),
        narrow=interval(words, outcome, estimate.conf_low_75, estimate.conf_high_75),
    )
