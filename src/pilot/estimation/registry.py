"""Every method that can answer for an outcome, by name.

A new one is a function decorated with `rows.estimator` in a module of its own, one line in
`METHODS`, and a place in `plan.plan_for`. All take the same two arguments: the pairs, which
also carry every score of everyone in the role (`Pairs.everyone`) for models that keep people
with one wave, and the plan, which says what the estimate generalises to and in which order
the waves were lived.
"""

from __future__ import annotations

from pilot.errors import CallError, suggestion
from pilot.estimation.bounds import best_case, worst_case
from pilot.estimation.imputed import imputed_t
from pilot.estimation.means import paired_t, persons_t, sign_flip, site_means_t
from pilot.estimation.ordinal import net_better, sign_test
from pilot.estimation.rows import Method
from pilot.estimation.wilcoxon import signed_ranks

METHODS: dict[str, Method] = {
    "paired_t": paired_t,
    "site_means_t": site_means_t,
    "sign_flip": sign_flip,
    "persons_t": persons_t,
    "net_better": net_better,
    "sign_test": sign_test,
    "signed_ranks": signed_ranks,
    "worst_case": worst_case,
    "best_case": best_case,
    "imputed_t": imputed_t,
}


def method(name: str) -> Method:
    """Return a method by its name.

    Examples
    --------
    >>> method("paired_t").__name__
    'paired_t'
    """
    if name not in METHODS:
        raise CallError("estimation", f"no method {name!r}", suggestion(name, METHODS))
    return METHODS[name]
