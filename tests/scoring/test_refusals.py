"""What cannot be scored is refused in place, cause and mend, word for word."""

import numpy as np
import pandas as pd
import pytest

from pilot.design import Instrument, load_instrument
from pilot.errors import CallError, ScoringError
from pilot.scoring import score

MEND_ANSWER = (
    "\n  mend: correct the answer or clear it, or say what it means in the trajectory file, "
    "[asked] answers or [sources] shift"
)


def people(name: str, answer: object) -> pd.DataFrame:
    """Return two people who gave one answer to every item."""
    items = load_instrument(name).items
    return pd.DataFrame({item: [answer, answer] for item in items}, index=["p01", "p02"])


def refusal(answers: pd.DataFrame, name: str | Instrument, **options: object) -> str:
    """Return what scoring says when it refuses."""
    with pytest.raises(ScoringError) as refused:
        score(answers, name, **options)
    return str(refused.value)


@pytest.mark.parametrize(
    ("value", "dtype", "cause"),
    [
        (5, "int8", "answer 5 is outside 1 to 4"),
        (99, "Int8", "answer 99 is outside 1 to 4"),
        (0, "float64", "answer 0 is outside 1 to 4"),
        (257, "float64", "answer 257 is outside 1 to 4"),
        (260, "int64", "answer 260 is outside 1 to 4"),
        (2.5, "float64", "answer 2.5 is not a whole number from 1 to 4"),
        (np.inf, "float64", "answer inf is not a whole number from 1 to 4"),
        (2.5, "object", "answer 2.5 is not a whole number from 1 to 4"),
        (True, "object", "answer True is not a whole number from 1 to 4"),
        ("9", "str", "answer '9' is outside 1 to 4"),
        ("soms", "str", "answer 'soms' is a word, and this form is answered with 1 to 4"),
        ("2,5", "str", "answer '2,5' is a word, and this form is answered with 1 to 4"),
        (
            pd.Timestamp("2025-03-04"),
            "object",
            "answer 2025-03-04 00:00:00 is not a whole number from 1 to 4",
        ),
    ],
)
def test_refuses_an_answer_the_form_does_not_offer(
    value: object, dtype: str, cause: str
) -> None:
    """It names item, row and value, and never clips, rounds or drops."""
    answers = people("gse-10", 3).astype(object)
    answers.loc["p02", "gse_10_04"] = value
    answers["gse_10_04"] = answers["gse_10_04"].astype(dtype)

    assert refusal(answers, "gse-10") == f"item 'gse_10_04', row p02: {cause}{MEND_ANSWER}"


def test_refuses_true_and_false() -> None:
    """A yes-no column is not a column of ones and noughts."""
    answers = people("gse-10", 3).assign(gse_10_04=[True, False])

    assert refusal(answers, "gse-10") == (
        "item 'gse_10_04', row p01: answer True is not a whole number from 1 to 4 "
        f"(2 such answers, in 1 of its items){MEND_ANSWER}"
    )


def test_counts_all_that_are_like_the_first() -> None:
    """A form coded from 0 in one wave is one error, not twenty."""
    answers = people("gse-10", 3)
    answers.loc["p02"] = [0, 1, 2, 3, 0, 1, 2, 3, 0, 1]

    assert refusal(answers, "gse-10") == (
        "item 'gse_10_01', row p02: answer 0 is outside 1 to 4 "
        f"(3 such answers, in 3 of its items){MEND_ANSWER}"
    )


def test_names_the_words_that_a_form_offers() -> None:
    """A word that is none of the options is not guessed at."""
    answers = people("djg-6", "ja")
    answers.loc["p01", "djg_6_07"] = "jawel"

    assert refusal(answers, "djg-6") == (
        "item 'djg_6_07', row p01: answer 'jawel' is not one of: "
        f"nee, min of meer, ja, nee!, ja!{MEND_ANSWER}"
    )


def test_tells_participant_and_wave_apart() -> None:
    """A row with two keys is named by both."""
    answers = people("brs", 6).set_axis(
        pd.MultiIndex.from_tuples([("p01", "pre"), ("p01", "post")])
    )

    assert refusal(answers, "brs") == (
        "item 'brs_01', row p01 / pre: answer 6 is outside 1 to 5 "
        f"(12 such answers, in 6 of its items){MEND_ANSWER}"
    )


def test_refuses_a_column_that_is_not_there() -> None:
    """The nearest column is named, so that a typing error is seen at once."""
    answers = people("gse-10", 3).rename(columns={"gse_10_04": "gse10_04"})

    assert refusal(answers, "gse-10") == (
        "item 'gse_10_04' of gse-10: the table has no column for it\n"
        "  mend: is it 'gse10_04'? name the columns by item id, or say in the trajectory "
        "file, [asked] columns, how the export names them"
    )


def test_refuses_a_table_of_something_else() -> None:
    """Nothing near: it says how many items have no column."""
    assert refusal(pd.DataFrame({"leeftijd": [34]}), "pss-4") == (
        "item 'pss_4_01' of pss-4: the table has no column for it, nor for 3 more\n"
        "  mend: name the columns by item id, or say in the trajectory file, "
        "[asked] columns, how the export names them"
    )


def test_refuses_a_column_that_is_there_twice() -> None:
    """Which of the two was meant cannot be known."""
    answers = people("pss-4", 1)
    twice = pd.concat([answers, answers[["pss_4_02"]]], axis="columns")

    assert refusal(twice, "pss-4") == (
        "item 'pss_4_02' of pss-4: the table has 2 columns of that name\n"
        "  mend: keep one of them"
    )


def test_refuses_an_unverified_form() -> None:
    """Nothing of it may be scored until somebody compared key and form."""
    assert refusal(people("gse-6", 3), "gse-6") == (
        "gse-6.toml, scale 'total': its key is not verified: that no item is reversed and "
        "that the six are summed was recalled, not seen in a source\n"
        "  mend: compare the printed form with the key, then pass confirmed=True, "
        "or list the scale in the trajectory file, [asked] confirmed"
    )


def test_refuses_an_unverified_part_that_is_asked_for() -> None:
    """Named, it is refused with the reason; unnamed, it is left out."""
    answers = people("mhc-sf", 3)

    assert list(score(answers, "mhc-sf")) == ["mhc_sf_total"]
    assert refusal(answers, "mhc-sf", scales=["social"]) == (
        "mhc-sf.toml, scale 'social': its key is not verified: its items were recalled, not "
        "seen; the parts are unreliable (doi 10.1186/s12955-020-01546-2): use the total\n"
        "  mend: compare the printed form with the key, then pass confirmed=True, "
        "or list the scale in the trajectory file, [asked] confirmed"
    )


def test_a_verified_scale_does_not_let_an_unverified_one_through() -> None:
    """Asked for together, the unverified one is still refused, not left out unseen."""
    told = refusal(people("mhc-sf", 3), "mhc-sf", scales=["total", "mhc_sf_emotional"])

    assert told.startswith("mhc-sf.toml, scale 'emotional': its key is not verified")


def test_confirmed_scores_everything() -> None:
    """Somebody held the form beside the key: 7 x 5 and 9 x (7 - 5)."""
    scored = score(people("psoc", 5), "psoc", confirmed=True)

    assert scored.loc["p01"].to_dict() == {
        "psoc_efficacy": 35,
        "psoc_satisfaction": 18,
        "psoc_total": 53,
    }


def test_a_part_needs_only_its_own_columns() -> None:
    """Seven efficacy items suffice for efficacy."""
    answers = people("psoc", 5)[load_instrument("psoc").scales[0].items]

    scored = score(answers, "psoc", scales=["psoc_efficacy"], confirmed=True)

    assert scored.loc["p02"].to_dict() == {"psoc_efficacy": 35}


def test_refuses_a_scale_nobody_knows() -> None:
    """The near word is suggested, and it is the call that was wrong."""
    with pytest.raises(CallError) as refused:
        score(people("lsns-6", 3), "lsns-6", scales=["famly"])

    assert str(refused.value) == (
        "instrument 'lsns-6': has no scale 'famly'\n"
        "  mend: did you mean 'family'? known: total, family, friends"
    )


def test_refuses_a_total_that_comes_ready_made() -> None:
    """Beside scored scales it is left out; alone, or asked for, it has nothing to score."""
    brs = load_instrument("brs")
    given = brs.scales[0].model_copy(
        update={"key": "given", "combine": "given", "items": [], "reverse": []}
    )
    both = brs.model_copy(update={"scales": [brs.scales[0], given]})
    alone = brs.model_copy(update={"scales": [given]})
    told = (
        "brs.toml, scale 'given': exports carry its total ready-made, without items to score\n"
        "  mend: read the total itself: trajectory file, [asked] totals"
    )

    assert list(score(people("brs", 3), both)) == ["brs_total"]
    assert refusal(people("brs", 3), both, scales=["given"]) == told
    assert refusal(people("brs", 3), alone) == told
