"""What cannot be estimated is refused with place, cause and mend, in full and in Dutch."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pilot.errors import CallError
from pilot.estimation.mixed import MixedFit, mixed_model
from pilot.estimation.reasons import Refusal


def people() -> pd.DataFrame:
    """Return 8 families of two at 4 sites, two waves, complete."""
    draw = np.random.default_rng(1)
    participant = np.repeat(np.arange(16), 2)
    data = pd.DataFrame(
        {
            "family": participant // 2,
            "site": participant // 4,
            "participant": participant,
            "wave": ["t0", "t1"] * 16,
            "months": [0.0, 6.0] * 16,
            "age": np.repeat(draw.integers(20, 60, 16), 2),
        }
    )
    data["born"] = 2024 - data.age
    data["score"] = draw.normal(0, 1, 32).round(2)
    return data


DATA = people()
COLUMNS = "family, site, participant, wave, months, age, born, score"


def fit(formula: str = "score ~ wave", groups: Any = "family", **changed: Any) -> MixedFit:
    """Fit a model to the people with some columns changed."""
    how = {key: changed.pop(key) for key in ("method", "within") if key in changed}
    rows = changed.pop("rows", slice(None))
    return mixed_model(formula, DATA[rows].assign(**changed), groups=groups, **how)


def alike() -> np.ndarray:
    """Return scores of people who all change by the same."""
    start = np.random.default_rng(2).normal(0, 1, 16)
    return np.repeat(start, 2) + (DATA.wave == "t1") * 2.0


def lonely() -> MixedFit:
    """Fit five waves of three families, of which each was there at two or three."""
    data = pd.DataFrame({"family": [0, 0, 0, 1, 1, 1, 2, 2], "wave": [*"abccdeae"]})
    data["score"] = [3.1, 4.2, 3.3, 5.9, 4.4, 2.1, 2.7, 4.8]
    return mixed_model("score ~ wave", data, groups="family")


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "family and site the same partition": (
        lambda: fit(groups=["family", "site"], rows=DATA.family % 2 == 0),
        "groups 'site': divides the rows into the same 4 groups as 'family', so whose variance "
        "it is cannot be told\n  mend: name one of the two",
    ),
    "one group": (
        lambda: fit(groups="town", town="north"),
        "groups 'town': all 32 rows belong to one level, 'north'; its variance needs at least "
        "two\n  mend: use paired changes, or name a group with more levels",
    ),
    "a level a row": (
        lambda: fit(groups=["family", "family:wave"], rows=DATA.participant % 2 == 0),
        "groups 'family:wave': each of its 16 levels has one row, so its variance is the "
        "residual's\n  mend: leave it out",
    ),
    "told apart by fixed effects": (
        lambda: fit("score ~ wave + C(site)", groups=["site", "family"]),
        "groups 'site': its levels are told apart by the fixed effects already; no variance is "
        "left\n  mend: leave it out of groups, or out of the formula",
    ),
    "slopes over two waves": (
        lambda: fit(groups="months | participant"),
        "groups 'participant': the variances of 'participant' and 'residual' cannot be told "
        "apart by these rows\n  mend: leave one of them, or a slope, out of groups",
    ),
    "a slope over nothing": (
        lambda: fit(groups="months | participant", months=6.0),
        "groups 'months | participant': all 32 values are 6; without spread there is nothing "
        "to estimate\n  mend: leave the slope out",
    ),
    "no spread": (
        lambda: fit(score=40.0),
        "outcome 'score': all 32 values are 40; without spread there is nothing to estimate\n"
        "  mend: show the values one by one",
    ),
    "no spread about the waves": (
        lambda: fit(score=np.where(DATA.wave == "t1", 30.0, 20.0)),
        "outcome 'score': the fixed effects give every one of the 32 values exactly; no spread "
        "is left\n  mend: show the values one by one",
    ),
    "everybody changed alike": (
        lambda: fit(groups="participant", score=alike()),
        "groups 'participant': fixed and random effects together give every value exactly (as "
        "when everybody changed alike), so nothing tells how sure an estimate is\n"
        "  mend: show the changes one by one",
    ),
    "everybody changed alike, unstructured": (
        lambda: fit(groups="participant", within="wave", score=alike()),
        "groups 'participant': one wave follows exactly from the others, so their covariance "
        "has no inverse\n  mend: show the changes one by one",
    ),
    "collinear covariates": (
        lambda: fit("score ~ wave + age + born"),
        "term 'born': follows from 'Intercept' and 'age', so their effects cannot be told "
        "apart\n  mend: leave one of them out of the formula",
    ),
    "months that are the waves": (
        lambda: fit("score ~ wave + months"),
        "term 'months': follows from 'wave[T.t1]', so their effects cannot be told apart\n"
        "  mend: leave one of them out of the formula",
    ),
    "a level without people": (
        lambda: fit(wave=pd.Categorical(DATA.wave, ["t0", "t1", "t2"])),
        "column 'wave': level 't2' has no rows\n"
        "  mend: leave it out: data['wave'].cat.remove_unused_categories()",
    ),
    "a level that missing values emptied": (
        lambda: fit(
            wave=pd.Categorical(["t2", "t2", *DATA.wave[2:]]),
            score=[np.nan, np.nan, *DATA.score[2:]],
        ),
        "column 'wave': level 't2' has no rows after 2 rows with missing values were left out\n"
        "  mend: leave it out: data['wave'].cat.remove_unused_categories()",
    ),
    "one wave": (
        lambda: fit(rows=DATA.wave == "t0"),
        "column 'wave': all 16 rows have the same value, 't0'; there is nothing to compare\n"
        "  mend: leave it out of the formula",
    ),
    "an empty cell of an interaction": (
        lambda: fit(
            "score ~ wave * place",
            rows=~((DATA.site == 3) & (DATA.wave == "t1")),
            place=DATA.site.astype(str),
        ),
        "term 'wave[T.t1]:place[T.3]': no row belongs to it, so it has no estimate\n"
        "  mend: leave the interaction out",
    ),
    "an infinite score": (
        lambda: fit(score=DATA.score.where(DATA.index != 5, np.inf)),
        "column 'score': row 5 holds an infinite value (1 in all)\n"
        "  mend: correct the value, or leave it empty if it is not known",
    ),
    "infinite months": (
        lambda: fit(groups="months | family", months=DATA.months.replace(6.0, -np.inf)),
        "column 'months': row 1 holds an infinite value (16 in all)\n"
        "  mend: correct the value, or leave it empty if it is not known",
    ),
    "a logarithm of nothing": (
        lambda: fit("score ~ np.log(months)"),
        "term 'np.log(months)': row 0 has no value once the formula is worked out (16 such "
        "rows in all)\n  mend: use a transformation that exists for every value",
    ),
    "a logarithm of an outcome": (
        lambda: fit("np.log(months) ~ wave"),
        "term 'np.log(months)': row 0 has no value once the formula is worked out (16 such "
        "rows in all)\n  mend: use a transformation that exists for every value",
    ),
    "only missing values": (
        lambda: fit(score=np.nan),
        "columns score, wave, family: none of the 32 rows has a value in every column used\n"
        "  mend: see which values are missing",
    ),
    "too few rows": (
        lambda: fit("score ~ wave * age", groups="participant", rows=DATA.family == 0),
        "formula 'score ~ wave * age': 4 rows for 4 fixed effects and 2 variances; at least 6 "
        "are needed\n  mend: use fewer groups, or fewer terms in the formula",
    ),
    "Kenward-Roger with ML": (
        lambda: fit(method="ml").coefficients(),
        "df 'kenward-roger': Kenward-Roger corrects restricted likelihood only, and this fit "
        "is by method='ml'\n  mend: fit with method='reml', or ask for df='satterthwaite'",
    ),
    "Kenward-Roger's F with ML": (
        lambda: fit(method="ml").contrast([0, 1]),
        "df 'kenward-roger': Kenward-Roger corrects restricted likelihood only, and this fit "
        "is by method='ml'\n  mend: fit with method='reml', or ask for df='satterthwaite'",
    ),
    "a wave twice in a family": (
        lambda: fit(within="wave"),
        "within 'wave': family 0 has more than one row at 't0'\n"
        "  mend: average them first, or use groups without within",
    ),
    "few complete families": (
        lambda: fit(groups="participant", within="wave", rows=DATA.participant < 3),
        "within 'wave': 3 of 'participant' have all 2 waves; a covariance for every pair of "
        "waves needs 4\n  mend: use groups='participant' alone, whose covariance has one "
        "variance",
    ),
    "within one wave": (
        lambda: fit("score ~ 1", "participant", within="wave", rows=DATA.wave == "t0"),
        "within 'wave': all 16 rows have the same value, 't0'; there is nothing to compare\n"
        "  mend: give two waves",
    ),
    "an F of more waves than families tell": (
        lambda: lonely().contrast(np.eye(5)[1:]),
        "contrast: so few rows tell too little to test 4 combinations together: Kenward-Roger "
        "leaves them no degrees of freedom\n  mend: test fewer of them together, or each by "
        "itself",
    ),
    "a contrast that follows": (
        lambda: fit().contrast([[0, 1], [0, 2]]),
        "contrast: row 2 is zero or follows from the rows above it\n  mend: leave it out",
    ),
    "a contrast of nothing": (
        lambda: fit().contrast([0, 0]),
        "contrast: row 1 is zero or follows from the rows above it\n  mend: leave it out",
    ),
}

CALLS: dict[str, tuple[Callable[[], object], str]] = {
    "an unknown group": (
        lambda: fit(groups="famly"),
        "mixed_model, groups: the data have no column 'famly'\n"
        f"  mend: did you mean 'family'? known: {COLUMNS}",
    ),
    "an unknown slope": (
        lambda: fit(groups="month | family"),
        "mixed_model, groups: the data have no column 'month'\n"
        f"  mend: did you mean 'months'? known: {COLUMNS}",
    ),
    "an unknown covariate": (
        lambda: fit("score ~ wav"),
        "mixed_model, formula: the data have no column 'wav'\n"
        f"  mend: did you mean 'wave'? known: {COLUMNS}",
    ),
    "an unknown wave": (
        lambda: fit(within="wav"),
        "mixed_model, within: the data have no column 'wav'\n"
        f"  mend: did you mean 'wave'? known: {COLUMNS}",
    ),
    "an unknown method": (
        lambda: fit(method="remll"),
        "mixed_model, method: no method 'remll'\n  mend: did you mean 'reml'? known: reml, ml",
    ),
    "unknown df": (
        lambda: fit().coefficients(df="kenward"),  # type: ignore[arg-type]
        "mixed_model, df: no method 'kenward'\n"
        "  mend: did you mean 'kenward-roger'? known: kenward-roger, satterthwaite",
    ),
    "no outcome": (
        lambda: fit("score"),
        "mixed_model, formula 'score': has no outcome\n  mend: write 'score ~ wave'",
    ),
    "two outcomes": (
        lambda: fit("score + age ~ wave"),
        "mixed_model, formula 'score + age ~ wave': has no single outcome\n"
        "  mend: write 'score ~ wave'",
    ),
    "an outcome in words": (
        lambda: fit("wave ~ score"),
        "mixed_model, formula 'wave ~ score': the outcome 'wave' is not a number\n"
        "  mend: score the answers first, so that the outcome is a number",
    ),
    "random effects in the formula": (
        lambda: fit("score ~ wave + (1 | family)"),
        "mixed_model, formula 'score ~ wave + (1 | family)': holds a random effect\n"
        "  mend: put it in groups, as groups=['months | family']",
    ),
    "an unfinished formula": (
        lambda: fit("score ~ (wave"),
        "mixed_model, formula 'score ~ (wave': is not understood (Could not find matching "
        "context marker.)\n  mend: write 'score ~ wave'",
    ),
    "nothing fixed": (
        lambda: fit("score ~ 0"),
        "mixed_model, formula 'score ~ 0': has no fixed effect\n  mend: write 'score ~ 1'",
    ),
    "no group": (
        lambda: fit(groups=[]),
        "mixed_model, groups: names no column\n  mend: name what scores share, as ['family']",
    ),
    "an odd group": (
        lambda: fit(groups="months + age | family"),
        "mixed_model, groups: 'months + age | family' is not understood\n"
        "  mend: write 'family', 'family:participant', or 'months | family' for a slope with "
        "its intercept",
    ),
    "a group twice": (
        lambda: fit(groups=["family", "months | family"]),
        "mixed_model, groups: 'family' stands there twice\n"
        "  mend: name it once: a slope brings its intercept with it",
    ),
    "a slope in words": (
        lambda: fit(groups="wave | family"),
        "mixed_model, groups 'wave | family': column 'wave' is not a number\n"
        "  mend: give months, or another number that grows with time",
    ),
    "within beside two groups": (
        lambda: fit(groups=["family", "participant"], within="wave"),
        "mixed_model, within: stands beside 2 entries of groups\n"
        "  mend: name one group without a slope, as groups='family'",
    ),
    "a contrast of another width": (
        lambda: fit().contrast([1]),
        "mixed_model, contrast: a row has 1 weights, the model 2 terms\n"
        "  mend: give a weight for each of Intercept, wave[T.t1]",
    ),
    "a contrast with a hole": (
        lambda: fit().contrast([0, np.nan]),
        "mixed_model, contrast: a weight is missing or infinite\n  mend: give finite weights",
    ),
    "an empty contrast": (
        lambda: fit().contrast(np.zeros((0, 2))),
        "mixed_model, contrast: no row is given\n  mend: give one combination a row",
    ),
    "a combination of unknown terms": (
        lambda: fit().combinations({"change": {"wave[T.t2]": 1}}),
        "mixed_model, combination 'change': no fixed effect 'wave[T.t2]'\n"
        "  mend: did you mean 'wave[T.t1]'? known: Intercept, wave[T.t1]",
    ),
    "a coverage in percent": (
        lambda: fit().coefficients(conf_level=95),
        "mixed_model, conf_level: 95 is no coverage\n  mend: give 0.95",
    ),
    "no table": (
        lambda: mixed_model("score ~ wave", {"score": [1]}, groups="family"),  # type: ignore[arg-type]
        "mixed_model, data: is a dict, not a table\n"
        "  mend: give a pandas DataFrame, one row a score",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_data_cannot_carry_is_refused(case: str) -> None:
    """The whole message, and a reason in Dutch for the report."""
    work, message = REFUSED[case]
    with pytest.raises(Refusal) as caught:
        work()

    assert str(caught.value) == message
    assert caught.value.reason_nl
    assert caught.value.reason_nl != caught.value.cause


@pytest.mark.parametrize("case", CALLS)
def test_a_call_that_cannot_be_meant_is_refused(case: str) -> None:
    """The whole message, with the near name where there is one."""
    work, message = CALLS[case]
    with pytest.raises(CallError) as caught:
        work()

    assert str(caught.value) == message
    assert caught.value.exit_code == 2


def test_a_formula_that_fails_on_the_data_says_why() -> None:
    """What formulaic says is passed on, with the formula and a mend."""
    with pytest.raises(CallError, match="cannot be worked out on these data") as caught:
        fit("score ~ np.sqrt(wave)")

    assert caught.value.where == "mixed_model, formula 'score ~ np.sqrt(wave)'"


def test_groups_too_large_to_work_out_are_refused() -> None:
    """Ten thousand rows crossed by thousands of levels are told, not tried."""
    draw = np.random.default_rng(1)
    data = pd.DataFrame(
        {
            "score": draw.normal(0, 1, 12_000),
            "person": np.repeat(np.arange(6_000), 2),
            "shop": draw.integers(0, 3_000, 12_000),
        }
    )
    with pytest.raises(Refusal, match="too many to be worked out") as caught:
        mixed_model("score ~ 1", data, groups=["person", "shop"])

    assert caught.value.where == "groups 'person' and 'shop'"


def test_no_warning_accompanies_a_refusal() -> None:
    """The reason is the message; numpy's own remarks stay out."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for work, _ in REFUSED.values():
            with pytest.raises(Refusal):
                work()
