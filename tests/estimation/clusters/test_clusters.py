"""What holds of cluster-robust inference whatever the data, and what is refused."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest

from pilot.errors import EstimationError
from pilot.estimation.clusters import cluster_robust, wild_bootstrap
from pilot.estimation.t import mean_t

RNG = np.random.default_rng(20261122)
SITES = pd.DataFrame(
    {
        "site": np.repeat(list("abcde"), [2, 3, 4, 5, 6]),
        "x": RNG.normal(size=20),
        "change": RNG.normal(1, 2, size=20),
    }
)
SITES["arm"] = SITES["site"].isin(["a", "c"]).astype(float)


def test_one_row_a_cluster_is_the_t_interval() -> None:
    """With one family a cluster, CR2 with Satterthwaite is Student's t."""
    changes = SITES["change"].to_numpy()
    alone = SITES.assign(site=range(len(SITES)))
    row = cluster_robust("change ~ 1", alone, cluster="site").coefficients().iloc[0]
    known = mean_t(changes)

    assert row["df"] == pytest.approx(len(changes) - 1)
    assert (row["conf_low"], row["conf_high"]) == pytest.approx(
        (known.conf_low, known.conf_high)
    )


def test_equal_clusters_are_the_t_on_their_means() -> None:
    """With equal sites the intercept's s.e. and df are those of a t on site means."""
    even = SITES.groupby("site").head(2)
    means = even.groupby("site")["change"].mean().to_numpy()
    row = cluster_robust("change ~ 1", even, cluster="site").coefficients().iloc[0]
    known = mean_t(means)

    assert row["std_error"] == pytest.approx(known.std_error)
    assert row["df"] == pytest.approx(4)


def test_swapping_the_waves_swaps_the_sign() -> None:
    """Minus the change gives minus the estimate, and the same df."""
    forth = cluster_robust("change ~ arm + x", SITES, cluster="site").coefficients()
    swapped = SITES.assign(change=-SITES["change"])
    back = cluster_robust("change ~ arm + x", swapped, cluster="site").coefficients()

    np.testing.assert_allclose(back["estimate"], -forth["estimate"])
    np.testing.assert_allclose(back["df"], forth["df"])


def test_the_order_of_rows_says_nothing() -> None:
    """Shuffled rows give the same numbers."""
    shuffled = SITES.sample(frac=1, random_state=1)
    columns = ["estimate", "std_error", "df"]
    np.testing.assert_allclose(
        cluster_robust("change ~ x", shuffled, cluster="site").coefficients()[columns],
        cluster_robust("change ~ x", SITES, cluster="site").coefficients()[columns],
    )


def test_a_simulated_truth_is_covered() -> None:
    """Sites that differ in change: 95 % intervals hold the truth about as often as they say."""
    rng = np.random.default_rng(7)
    held = 0
    for _ in range(400):
        shift = rng.normal(size=5)[pd.factorize(SITES["site"])[0]]
        data = SITES.assign(change=1 + shift + rng.normal(size=20))
        row = cluster_robust("change ~ 1", data, cluster="site").coefficients().iloc[0]
        held += row["conf_low"] <= 1 <= row["conf_high"]

    assert 0.92 <= held / 400 <= 0.985


def test_wild_bootstrap_is_the_refit_by_hand() -> None:
    """Every draw refitted by least squares gives the same p as the shortcut."""
    design = np.column_stack([np.ones(20), SITES["x"]])
    codes = pd.factorize(SITES["site"])[0]
    response = SITES["change"].to_numpy()
    restricted = response.mean()

    def statistic(values: np.ndarray) -> float:
        beta, *_ = np.linalg.lstsq(design, values, rcond=None)
        bread = np.linalg.inv(design.T @ design)
        left = values - design @ beta
        scores = [design[codes == g].T @ left[codes == g] for g in range(5)]
        meat = sum(np.outer(score, score) for score in scores)
        return float(beta[1] / np.sqrt((bread @ meat @ bread)[1, 1]))

    observed = abs(statistic(response))
    drawn = [
        abs(statistic(restricted + np.array(signs)[codes] * (response - restricted)))
        for signs in product([-1.0, 1.0], repeat=5)
    ]
    by_hand = np.mean(np.array(drawn) >= observed * (1 - 1e-9))
    ours = wild_bootstrap("change ~ x", SITES, cluster="site", term="x", weights="rademacher")

    assert ours.enumerated
    assert ours.draws == 32
    assert ours.p_value == by_hand
    assert ours.statistic == pytest.approx(statistic(response))
    assert ours.smallest_p == 2 / 32
    assert not ours.may_be_primary


def test_sampled_draws_have_a_seed() -> None:
    """Beyond what can be enumerated, the seed decides, and the p is never zero."""
    many = SITES.assign(site=range(20))
    first = wild_bootstrap("change ~ 1", many, cluster="site", seed=3)
    again = wild_bootstrap("change ~ 1", many, cluster="site", seed=3)

    assert first == again
    assert not first.enumerated
    assert first.p_value >= first.smallest_p == 1e-4
    assert first.may_be_primary


@pytest.mark.parametrize(
    ("formula", "data", "cluster", "message"),
    [
        (
            "change ~ x",
            SITES,
            "sites",
            "cluster: no column is called 'sites'\n"
            "  mend: did you mean 'site'? known: site, x, change, arm",
        ),
        (
            "change ~ x",
            SITES.assign(site="a"),
            "site",
            "cluster 'site': 1 with complete rows; two are the least\n"
            "  mend: describe them instead",
        ),
        (
            "change ~ x",
            SITES.assign(change=np.nan),
            "site",
            "cluster 'site': 0 with complete rows; two are the least\n"
            "  mend: describe them instead",
        ),
        (
            "change ~ x + twice",
            SITES.assign(twice=2 * SITES["x"]),
            "site",
            "formula 'change ~ x + twice': its 3 columns depend on each other: "
            "Intercept, x, twice\n  mend: leave out a term that follows from the others",
        ),
        (
            "change ~ x",
            SITES.assign(x=np.inf),
            "site",
            "formula 'change ~ x': holds an infinite number\n  mend: find and correct it",
        ),
        (
            "change",
            SITES,
            "site",
            "formula 'change': has no outcome\n  mend: write 'score ~ wave'",
        ),
        (
            "change ~ armm",
            SITES,
            "site",
            "formula 'change ~ armm': the data have no column 'armm'\n"
            "  mend: did you mean 'arm'? known: site, x, change, arm",
        ),
        (
            "change ~ x | site",
            SITES,
            "site",
            "formula 'change ~ x | site': holds '|', which joins no terms\n"
            "  mend: write 'score ~ wave'",
        ),
    ],
    ids=[
        "column",
        "one cluster",
        "nothing left",
        "collinear",
        "infinite",
        "one side",
        "misspelt",
        "random",
    ],
)
def test_refusals(formula: str, data: pd.DataFrame, cluster: str, message: str) -> None:
    """What cannot be fitted is refused with place, cause and mend."""
    with pytest.raises(EstimationError) as refused:
        cluster_robust(formula, data, cluster=cluster)
    assert str(refused.value) == message


def test_rows_that_miss_something_are_left_out_and_counted() -> None:
    """A value, the cluster, or what a transformation cannot make: as if never there."""
    gaps = SITES.assign(x=SITES["x"].abs() + 1.0)
    gaps.loc[3, "x"] = np.nan
    gaps.loc[5, "site"] = None
    gaps.loc[7, "x"] = -1.0
    with_gaps = cluster_robust("change ~ np.log(x)", gaps, cluster="site")
    without = cluster_robust("change ~ np.log(x)", gaps.drop([3, 5, 7]), cluster="site")

    assert (with_gaps.n_dropped, without.n_dropped) == (3, 0)
    pd.testing.assert_frame_equal(with_gaps.coefficients(), without.coefficients())


def test_a_contrast_that_single_clusters_know_is_refused() -> None:
    """A dummy for one site has no uncertainty between sites, and no answer."""
    fit = cluster_robust("change ~ C(site)", SITES, cluster="site")
    with pytest.raises(EstimationError) as refused:
        fit.contrast(np.eye(5)[1:2])
    assert str(refused.value) == (
        "contrast: is constant within clusters and known from single ones, so no other "
        "cluster tells how sure it is\n  mend: leave it out, or take larger clusters"
    )


def test_contrasts_of_a_wrong_shape_are_refused() -> None:
    """One number a term, and rows that say something new."""
    fit = cluster_robust("change ~ x", SITES, cluster="site")
    with pytest.raises(EstimationError) as wide:
        fit.contrast(np.eye(3))
    with pytest.raises(EstimationError) as twice:
        fit.contrast(np.array([[0.0, 1.0], [0.0, 2.0]]))

    assert str(wide.value) == (
        "contrast: has 3 columns, and the model 2 terms\n"
        "  mend: give one number for each of: Intercept, x"
    )
    assert str(twice.value) == (
        "contrast: its rows depend on each other\n  mend: leave out what follows"
    )


def test_unknown_words_of_the_bootstrap_are_refused() -> None:
    """The near word is suggested."""
    with pytest.raises(EstimationError) as weights:
        wild_bootstrap("change ~ x", SITES, cluster="site", weights="web")  # type: ignore[arg-type]
    with pytest.raises(EstimationError) as term:
        wild_bootstrap("change ~ x", SITES, cluster="site", term="y")

    assert str(weights.value) == (
        "weights: nothing is called 'web'\n  mend: did you mean 'webb'? known: rademacher, webb"
    )
    assert (
        str(term.value) == "term: the model has no term 'y'\n  mend: use one of: Intercept, x"
    )


def test_a_fit_shows_its_coefficients() -> None:
    """In a notebook and on the prompt one sees the table, not the arrays it came from."""
    data = pd.DataFrame(
        {"change": [1.0, 2.0, 3.0, 0.0, 2.0, 4.0], "site": ["a", "a", "b", "b", "c", "c"]}
    )
    fit = cluster_robust("change ~ 1", data, cluster="site")

    head, columns, row = repr(fit).splitlines()
    assert head == "ClusterRobust(6 rows, 3 clusters, CR2, Satterthwaite)"
    assert columns.split() == list(fit.coefficients().columns)
    assert row.split()[:3] == ["Intercept", "2.0", "0.5"]
    assert fit._repr_html_().count("<tr") == 2
