"""What a fit holds, and what may be given to it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib import import_module

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from pandas.testing import assert_frame_equal

from pilot.estimation.mixed import mixed_model, threads
from pilot.estimation.plain_formula import plain_design

Pilot = Callable[..., pd.DataFrame]
FULL = ["family", "family:wave", "participant"]


def test_frames_and_counts(pilot: Pilot) -> None:
    """The columns are those that notebooks and reports read."""
    data = pilot(waves=3)
    fit = mixed_model("score ~ wave", data, groups=["months | family", "participant"])

    assert fit.coefficients().columns.tolist() == [
        *("term", "estimate", "std_error", "statistic"),
        *("df", "p_value", "conf_low", "conf_high"),
    ]
    assert fit.terms == ("Intercept", "wave[T.t1]", "wave[T.t2]")
    assert fit.variances[["group", "term"]].to_numpy().tolist() == [
        ["family", "Intercept"],
        ["family", "months"],
        ["family", "Intercept, months"],
        ["participant", "Intercept"],
        ["residual", "residual"],
    ]
    assert_allclose(fit.variances.sd**2, fit.variances.variance)
    assert fit.levels == {"family": 12, "participant": data.participant.nunique()}
    assert (fit.n, fit.n_dropped) == (len(data), 0)
    assert fit.covariance.columns.tolist() == list(fit.terms)
    f, ndf, ddf, p_value = fit.contrast([[0, 1, 0], [0, 0, 1]])
    assert (ndf, 0 < p_value < 1, f > 0, ddf > 0) == (2, True, True, True)


def test_the_fit_introduces_itself(pilot: Pilot) -> None:
    """Formula, method, rows and levels; and which variance is zero."""
    data = pilot(people=(1,), lost=0, families=9)
    fit = mixed_model("score ~ wave", data, groups="family")
    assert repr(fit) == "MixedFit(score ~ wave, reml, 18 rows, 9 family)"

    flat = data.assign(score=np.tile([1.0, 3.0, 4.0, 1.5, 2.0, 2.5], 3))
    fit = mixed_model("score ~ wave", flat, groups="family")
    assert repr(fit) == "MixedFit(score ~ wave, reml, 18 rows, 9 family, zero for family)"


def test_missing_rows_are_left_out_and_counted(pilot: Pilot) -> None:
    """A hole in any column used costs the row; in another column it costs nothing."""
    data = pilot(waves=3)
    holed = data.assign(
        score=data.score.where(data.index != 3),
        wave=data.wave.where(data.index != 7),
        family=data.family.where(data.index != 9),
        site=None,
    )
    fit = mixed_model("score ~ wave", holed, groups=FULL)
    whole = mixed_model("score ~ wave", data.drop(index=[3, 7, 9]), groups=FULL)

    assert (fit.n, fit.n_dropped) == (len(data) - 3, 3)
    assert_frame_equal(fit.coefficients(), whole.coefficients())


def test_the_data_are_not_changed(pilot: Pilot) -> None:
    """The frame that was given is the frame that is left."""
    data = pilot()
    before = data.copy(deep=True)
    mixed_model("score ~ wave + age", data, groups=FULL).random_effects()

    assert_frame_equal(data, before)


@pytest.mark.parametrize(
    "kinds",
    [
        {"score": "Float64", "age": "Int8", "family": "Int16"},
        {"wave": "category", "family": "category", "participant": "str"},
        {"wave": object, "family": str, "age": "int16"},
    ],
)
def test_the_kind_of_column_changes_nothing(pilot: Pilot, kinds: dict[str, str]) -> None:
    """Nullable numbers, categories, words and objects say the same."""
    data = pilot(waves=3)
    one = mixed_model("score ~ wave + age", data, groups=FULL)
    other = mixed_model("score ~ wave + age", data.astype(kinds), groups=FULL)

    assert other.terms == one.terms
    assert_allclose(other.coefficients().iloc[:, 1:], one.coefficients().iloc[:, 1:], rtol=1e-9)


@pytest.mark.parametrize("right", ["wave", "1", "1 + wave", "age", "wave + age + site", "yes"])
@pytest.mark.parametrize("kind", ["str", "category", object])
def test_simple_formulas_are_what_formulaic_makes(pilot: Pilot, right: str, kind: str) -> None:
    """The short way for columns joined by + names and fills the same columns."""
    from formulaic import model_matrix

    data = pilot(waves=3).astype({"wave": kind, "site": kind})
    data["yes"] = data.age > 40
    expected = model_matrix(right, data, output="pandas")
    own = plain_design(right, data)

    if own is None:
        assert right == "yes"
    else:
        assert list(own[0]) == expected.columns.tolist()
        assert own[1].tolist() == expected.to_numpy(dtype=float).tolist()


@pytest.mark.parametrize(
    "right", ["wave * age", "0 + wave", "wave - 1", "wave + wave", "C(age)"]
)
def test_other_formulas_go_to_formulaic(pilot: Pilot, right: str) -> None:
    """The short way takes nothing that it does not know."""
    assert plain_design(right, pilot()) is None


def test_simple_formulas_do_not_load_formulaic() -> None:
    """A report that asks score ~ wave starts half a second sooner."""
    work = """
import sys
import pandas as pd
from pilot.estimation.mixed import mixed_model
data = pd.DataFrame({"score": [1.0, 3, 2, 5, 4, 4], "wave": [*"abab"] + [*"ab"],
                     "family": [1, 1, 2, 2, 3, 3]})
before = set(sys.modules)
mixed_model("score ~ wave", data, groups="family").coefficients()
assert not {"formulaic", "scipy.sparse"} & (set(sys.modules) - before)
"""
    done = subprocess.run(
        [sys.executable, "-c", work], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_formula_may_compute(pilot: Pilot) -> None:
    """Transformations and codings are formulaic's, on both sides."""
    data = pilot(waves=3)
    fit = mixed_model("np.log(score + 50) ~ C(wave) * center(age)", data, groups="family")
    by_hand = data.assign(y=np.log(data.score + 50), a=data.age - data.age.mean())
    other = mixed_model("y ~ wave * a", by_hand, groups="family")

    assert_allclose(fit.coefficients().iloc[:, 1:], other.coefficients().iloc[:, 1:], rtol=1e-8)


def test_one_group_may_be_given_as_a_word(pilot: Pilot) -> None:
    """groups="family" is groups=["family"], and "1 | family" too."""
    data = pilot()
    fits = [
        mixed_model("score ~ wave", data, groups=groups).deviance
        for groups in ("family", ["family"], "1 | family", ["1|family"])
    ]

    assert len(set(fits)) == 1


def test_it_works_without_threadpoolctl(monkeypatch: pytest.MonkeyPatch, pilot: Pilot) -> None:
    """Holding BLAS to one thread is a favour to speed, not a need."""

    def absent(name: str) -> object:
        if name == "threadpoolctl":
            raise ImportError(name)
        return import_module(name)

    threads._pools.cache_clear()
    monkeypatch.setattr(threads, "import_module", absent)
    try:
        fit = mixed_model("score ~ wave", pilot(), groups="family")
        assert threads._pools() is None
    finally:
        threads._pools.cache_clear()
    assert fit.n > 0
