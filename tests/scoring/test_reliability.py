"""Cronbach's alpha against other software, and what it refuses."""

from pathlib import Path

import numpy as np
import pandas as pd
import pingouin
import pytest

from pilot.design import Instrument
from pilot.errors import ScoringError
from pilot.scoring import item_rest, reliability

REAL = Path(__file__).parents[2].parent / "shared" / "real" / "state_anxiety.csv"
CALM = {
    *("calm", "secure", "at.ease", "rested", "comfortable"),
    *("confident", "relaxed", "content", "joyful", "pleasant"),
}


def form(items: int, low: int, high: int, reverse: tuple[int, ...] = ()) -> Instrument:
    """Return a form of so many items, scored as their mean."""
    ids = [f"form_{number:02d}" for number in range(1, items + 1)]
    scale = {
        "key": "total",
        "label": {"nl": "totaal", "en": "total"},
        "higher_is": "better",
        "items": ids,
        "reverse": [f"form_{number:02d}" for number in reverse],
        "combine": "mean",
        "min_answered": items,
        "missing_rule": "workbench",
        "range": [low, high],
        "verified": True,
    }
    return Instrument.model_validate(
        {
            "key": "form",
            "title": "A form",
            "label": {"nl": "formulier", "en": "form"},
            "cite": "nobody",
            "licence": "free",
            "responses": {"low": low, "high": high},
            "items": {item: {"nl": "vraag", "en": "question"} for item in ids},
            "scales": [scale],
        }
    )


def named(table: pd.DataFrame) -> pd.DataFrame:
    """Return the columns under the form's item ids, in their order."""
    return table.set_axis(
        [f"form_{n:02d}" for n in range(1, table.shape[1] + 1)], axis="columns"
    )


def refusal(answers: pd.DataFrame, name: str | Instrument, **options: object) -> str:
    """Return what reliability says when it refuses."""
    with pytest.raises(ScoringError) as refused:
        reliability(answers, name, **options)
    return str(refused.value)


def test_agrees_with_psych() -> None:
    """R psych gives .5917 [.195, .840] for pingouin's example: ten items, fifteen people."""
    long = pingouin.read_dataset("cronbach_alpha")
    wide = named(long.pivot_table(index="Subj", columns="Items", values="Scores"))

    result = reliability(wide, form(10, 1, 7))

    assert result.alpha == pytest.approx(0.5917, abs=5e-5)
    assert result.conf_low == pytest.approx(0.195, abs=5e-4)
    assert result.conf_high == pytest.approx(0.840, abs=5e-4)
    assert (result.n, len(result.item_rest)) == (15, 10)
    assert repr(result) == "Consistency(form_total: alpha 0.59 [0.19, 0.84], n = 15, 10 items)"


@pytest.mark.skipif(
    not REAL.exists(), reason="the folder of real answers is not beside the repo"
)
def test_agrees_with_r_on_real_answers() -> None:
    """State anxiety, study XRAY at time 1: R gives alpha .92276643204."""
    table = pd.read_csv(REAL).query("study == 'XRAY' and time == 1")
    items = list(table.columns[3:])
    against = tuple(n for n, item in enumerate(items, 1) if item in CALM)

    result = reliability(named(table[items]), form(20, 1, 4, against))

    assert result.alpha == pytest.approx(0.92276643204, abs=5e-12)
    assert min(result.item_rest.values()) > 0


def test_recovers_the_alpha_that_was_simulated() -> None:
    """Nine items that correlate .5 have alpha .9 (Spearman-Brown), whoever is drawn."""
    random = np.random.default_rng(1951)
    people, items = 20_000, 9
    latent = random.normal(size=(people, 1)) + random.normal(size=(people, items))
    answers = named(pd.DataFrame(np.clip(np.rint(latent * 10), -60, 60)))

    result = reliability(answers, form(items, -60, 60), conf_level=0.999)

    assert result.conf_low < 0.9 < result.conf_high


def test_interval_agrees_with_pingouin_and_ignores_incomplete_rows() -> None:
    """Pingouin counts n before it drops rows, so it is given complete ones here."""
    random = np.random.default_rng(7)
    answers = named(pd.DataFrame(random.integers(1, 6, (30, 4))).astype("Int8"))
    answers.iloc[:5, 2] = pd.NA
    alpha, (low, high) = pingouin.cronbach_alpha(answers.iloc[5:].astype(float), ci=0.75)

    result = reliability(answers, form(4, 1, 5), conf_level=0.75)

    assert result.n == 25
    assert result.alpha == pytest.approx(alpha, abs=1e-12)
    assert (result.conf_low, result.conf_high) == pytest.approx((low, high), abs=5e-4)


def test_reversing_an_item_back_changes_nothing() -> None:
    """By hand or by the key, alpha is the same; forgotten, its item-rest r is negative."""
    random = np.random.default_rng(3)
    trait = random.integers(1, 5, (40, 1))
    answers = named(pd.DataFrame(np.clip(trait + random.integers(0, 2, (40, 5)), 1, 5)))
    turned = answers.assign(form_02=6 - answers["form_02"])

    assert reliability(turned, form(5, 1, 5, (2,))).alpha == pytest.approx(
        reliability(answers, form(5, 1, 5)).alpha, abs=1e-12
    )
    assert item_rest(turned, form(5, 1, 5))["form_02"] < 0


def test_item_rest_is_the_correlation_with_the_others() -> None:
    """The short way gives what leaving the item out and correlating gives."""
    random = np.random.default_rng(11)
    answers = named(pd.DataFrame(random.integers(1, 6, (25, 4))))

    expected = {
        item: answers[item].corr(answers.drop(columns=item).sum(axis="columns"))
        for item in answers.columns
    }

    assert item_rest(answers, form(4, 1, 5)) == pytest.approx(expected, abs=1e-12)


def test_an_item_that_never_varies_has_no_item_rest() -> None:
    """Everyone gave it the same answer: nothing to correlate, and no error."""
    answers = named(pd.DataFrame({"a": [3, 3, 3, 3], "b": [1, 2, 3, 4], "c": [2, 2, 3, 4]}))

    result = reliability(answers, form(3, 1, 4))

    assert np.isnan(result.item_rest["form_01"])
    assert result.item_rest["form_02"] > 0.9


def test_a_counted_scale_is_judged_on_what_counts() -> None:
    """De Jong Gierveld: KR-20 over lonely or not, so min of meer and ja are one answer."""
    random = np.random.default_rng(5)
    items = [f"djg_6_{n:02d}" for n in (3, 4, 7, 8, 9, 10)]
    answers = pd.DataFrame(random.integers(1, 4, (30, 6)), columns=items)
    lonely = pd.DataFrame(
        {
            item: answers[item].isin([2, 3] if item[-2:] in {"03", "09", "10"} else [1, 2])
            for item in items
        }
    ).astype(float)

    alpha, _ = pingouin.cronbach_alpha(lonely)

    assert reliability(answers, "djg-6").alpha == pytest.approx(alpha, abs=1e-12)


def test_refuses_one_item() -> None:
    """A single question has no inner consistency."""
    assert refusal(pd.DataFrame({"life_satisfaction_01": [7, 8, 9]}), "life-satisfaction") == (
        "reliability of 'life_satisfaction_total': it has 1 item; "
        "consistency needs two or more\n"
        "  mend: use a published retest reliability"
    )


def test_refuses_two_people() -> None:
    """Rows with a hole do not count."""
    answers = named(pd.DataFrame({"a": [1, 2, 3], "b": [1, 2, None]}))

    assert refusal(answers, form(2, 1, 5)) == (
        "reliability of 'form_total': 2 of 3 rows answered all 2 items; at least 3 are needed\n"
        "  mend: use a published reliability"
    )


def test_refuses_people_who_are_all_alike() -> None:
    """Without variance there is nothing to explain."""
    answers = named(pd.DataFrame({"a": [1, 2, 3], "b": [3, 2, 1]}))

    assert refusal(answers, form(2, 1, 5)) == (
        "reliability of 'form_total': all 3 rows have the same total: "
        "there is nothing to compare\n"
        "  mend: use a published reliability"
    )


def test_refuses_goals() -> None:
    """Everybody has other goals."""
    answers = pd.DataFrame({f"gas_{n:02d}": [0, 1, 2] for n in (1, 2, 3)})

    assert refusal(answers, "gas") == (
        "reliability of 'gas_total': goals differ from person to person: "
        "they share no reliability\n"
        "  mend: report the ratings and who gave them"
    )


def test_refuses_an_unverified_scale() -> None:
    """As scoring does; confirmed, it is judged."""
    answers = pd.DataFrame({f"gse_6_{n:02d}": [1, 2, 4] for n in range(1, 7)})

    assert refusal(answers, "gse-6").startswith("gse-6.toml, scale 'total': its key is not")
    assert reliability(answers, "gse-6", confirmed=True).alpha == pytest.approx(1)
