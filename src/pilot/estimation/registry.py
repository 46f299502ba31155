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
from pilot.estimation.comparison.ancova import ancova
from pilot.estimation.comparison.described import group_difference
from pilot.estimation.comparison.difference import difference_in_differences
from pilot.estimation.comparison.net import net_difference
from pilot.estimation.comparison.permutation import permutation
from pilot.estimation.comparison.welch import welch_change
from pilot.estimation.everyone_kr import mixed_kr
from pilot.estimation.imputed import imputed_t
from pilot.estimation.means import paired_t, persons_t, sign_flip
from pilot.estimation.ordinal import net_better, sign_test
from pilot.estimation.rows import Method
from pilot.estimation.sites import pooled_within_sites, site_cr2, site_means_t, site_wild
from pilot.estimation.wilcoxon import signed_ranks

METHODS: dict[str, Method] = {
    "mixed_kr": mixed_kr,
    "paired_t": paired_t,
    "pooled_within_sites": pooled_within_sites,
    "site_means_t": site_means_t,
    "site_cr2": site_cr2,
    "site_wild": site_wild,
    "sign_flip": sign_flip,
    "persons_t": persons_t,
    "net_better": net_better,
    "sign_test": sign_test,
    "signed_ranks": signed_ranks,
    "worst_case": worst_case,
    "best_case": best_case,
    "imputed_t": imputed_t,
    "ancova": ancova,
    "difference_in_differences": difference_in_differences,
    "welch_change": welch_change,
    "permutation": permutation,
    "net_difference": net_difference,
    "group_difference": group_difference,
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
