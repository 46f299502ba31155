"""What must not matter does not, and what must mirror does, for any answers whatever."""

from random import Random

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot.design import Instrument, instrument_names, load_instrument
from pilot.scoring import score

FORMS = [load_instrument(name) for name in instrument_names()]
ADDED = [
    (form, scale)
    for form in FORMS
    for scale in form.scales
    if scale.combine in {"sum", "mean", "single"}
]


@st.composite
def answered(draw: st.DrawFn, form: Instrument) -> pd.DataFrame:
    """Return up to six people's answers to a form, with holes."""
    rows = draw(st.integers(1, 6))
    columns = {
        item: draw(
            st.lists(
                st.none() | st.integers(form.low(item), form.high(item)),
                min_size=rows,
                max_size=rows,
            )
        )
        for item in form.items
    }
    return pd.DataFrame(columns).astype("Int8")


@st.composite
def forms_and_answers(draw: st.DrawFn) -> tuple[Instrument, pd.DataFrame]:
    """Return any form of the shelf with answers to it."""
    form = draw(st.sampled_from(FORMS))
    return form, draw(answered(form))


@given(forms_and_answers(), st.randoms(use_true_random=False))
@settings(deadline=None)  # the first example also imports
def test_order_does_not_matter(case: tuple[Instrument, pd.DataFrame], random: Random) -> None:
    """Shuffling columns and rows leaves every score with its row."""
    form, answers = case
    columns = random.sample(list(answers.columns), len(answers.columns))
    rows = random.sample(list(answers.index), len(answers.index))

    shuffled = score(answers.loc[rows, columns], form, confirmed=True)

    straight = score(answers, form, confirmed=True)
    pd.testing.assert_frame_equal(shuffled, straight.loc[rows])


@given(forms_and_answers())
@settings(deadline=None)  # the first example also imports
def test_scores_stay_inside_the_published_range(case: tuple[Instrument, pd.DataFrame]) -> None:
    """Prorating cannot leave it; too few answers are no score, and enough always are."""
    form, answers = case
    scored = score(answers, form, confirmed=True)

    for scale in form.scales:
        column = scored[form.score_name(scale)]
        low, high = scale.range
        assert column.dropna().between(low - 1e-9, high + 1e-9).all()
        enough = answers[scale.items].notna().sum(axis="columns") >= scale.min_answered
        assert (column.notna() == enough).all()


@given(st.data())
@settings(deadline=None)  # the first example also imports
def test_mirrored_answers_mirror_the_score(data: st.DataObject) -> None:
    """Answering low + high - x everywhere turns a sum or mean around in its range."""
    form, scale = data.draw(st.sampled_from(ADDED))
    answers = data.draw(answered(form))
    mirrored = answers.copy()
    for item in form.items:
        mirrored[item] = (form.low(item) + form.high(item)) - answers[item].astype("Int16")
    name = form.score_name(scale)

    forth = score(answers, form, scales=[name], confirmed=True)[name]
    back = score(mirrored, form, scales=[name], confirmed=True)[name]

    np.testing.assert_allclose(back, sum(scale.range) - forth, atol=1e-9)


@given(answered(load_instrument("gse-10")))
@settings(deadline=None)  # the first example also imports
def test_agrees_with_a_plain_loop(answers: pd.DataFrame) -> None:
    """The running totals are what anybody would work out a row at a time."""
    expected = []
    for _, row in answers.iterrows():
        given_answers = [int(answer) for answer in row if not pd.isna(answer)]
        mean = sum(given_answers) / len(given_answers) if given_answers else np.nan
        expected.append(10 * mean if len(given_answers) >= 7 else np.nan)

    np.testing.assert_allclose(score(answers, "gse-10")["gse_10_total"], expected, atol=1e-12)


@given(forms_and_answers())
@settings(deadline=None)  # the first example also imports
def test_scoring_changes_nothing_it_was_given(case: tuple[Instrument, pd.DataFrame]) -> None:
    """The answers are the same afterwards, to the last type."""
    form, answers = case
    before = answers.copy(deep=True)

    score(answers, form, confirmed=True)

    pd.testing.assert_frame_equal(answers, before)


@given(forms_and_answers())
@settings(deadline=None)  # the first example also imports
def test_other_columns_are_left_alone(case: tuple[Instrument, pd.DataFrame]) -> None:
    """A participant's code and a remark do not enter a score."""
    form, answers = case
    wider = answers.assign(participant="p01", remark="liever niet")

    pd.testing.assert_frame_equal(
        score(wider, form, confirmed=True), score(answers, form, confirmed=True)
    )
