"""What the pages say where people with one form count: true, short, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from pilot import presentation as show
from pilot.design import Outcome, Text
from pilot.disclosure import disclose
from pilot.presentation import Words
from pilot.presentation.team_choice import choice
from pilot.results import Disclosed, Estimate, Study

GSE = Outcome("gse", Text(nl="Vertrouwen", en="Confidence"), "better", 10, 40)


@pytest.fixture
def everyone(study: Study) -> Disclosed:
    """Return what may be told where the model of everyone answered."""
    public = disclose(study)
    told = tuple(
        replace(each, everyone=each.outcome.level == "interval") for each in public.estimates
    )
    return replace(public, estimates=told)


def text_of(html: str) -> str:
    """Return what a reader gets."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_the_method_says_how_everyone_counts(everyone: Disclosed, study: Study) -> None:
    """In plain Dutch and English; families averaged first only where they are."""
    kept = show.method_section(everyone).html
    pairs = show.method_section(disclose(study)).html

    assert "Iedereen die minstens één formulier invulde, telt mee." in text_of(kept["nl"])
    assert "wie stopte, verder veranderde zoals anderen" in text_of(kept["nl"])
    assert "Everyone who filled in at least one form counts." in text_of(kept["en"])
    assert "Van mensen uit één gezin nemen wij eerst het gemiddelde" not in text_of(kept["nl"])
    assert "Van mensen uit één gezin nemen wij eerst het gemiddelde" in text_of(pairs["nl"])
    assert "minstens één formulier" not in text_of(pairs["nl"])


def test_the_count_stays_true_beside_it(everyone: Disclosed) -> None:
    """So many with both measurements, and the others count too: no number of theirs."""
    for language, said in (
        ("nl", r"met beide metingen\. Wie maar één keer invulde, telt ook mee\."),
        ("en", r"with both measurements\. Those who answered only once count too\."),
    ):
        assert re.search(said, text_of(show.payer_page(everyone).html[language]))


def test_one_sentence_names_the_method(everyone: Disclosed, study: Study) -> None:
    """A public estimate in the lab is called what it is."""
    kept = next(each for each in everyone.estimates if each.outcome.key == "gse_10_total")
    pairs = next(e for e in disclose(study).estimates if e.outcome.key == "gse_10_total")

    assert show.describe(kept).endswith(", model of everyone, Kenward-Roger interval).")
    assert show.describe(pairs).endswith(", mean per family, t interval).")


def test_a_share_does_not_say_that_one_form_counts(everyone: Disclosed, study: Study) -> None:
    """Families better minus worse need both waves."""
    shares = [each for each in everyone.estimates if each.outcome.level == "ordinal"]

    assert shares
    assert not any(each.everyone for each in shares)
    only = replace(everyone, estimates=disclose(study).estimates)
    assert "telt ook mee" not in text_of(show.payer_page(only).html["nl"])


def test_the_team_reads_why_and_what_the_others_say() -> None:
    """The reason, how far the alternatives lie apart, and the notes of each method."""
    why = Text(nl="iedereen telt mee", en="everyone counts")
    note = Text(nl="van 2 van de 9 mensen ontbreekt een meting", en="2 of 9 people lack a wave")
    rows = [
        Estimate(GSE, "t1 - t0", "", "mixed_kr", estimate=2.0, chosen=why, notes=(note,)),
        Estimate(
            GSE, "t1 - t0", "", "paired_t", "alternative",
            estimate=1.5, conf_low=-0.2, conf_high=3.2,
        ),
        Estimate(
            GSE, "t1 - t0", "", "persons_t", "alternative",
            estimate=2.4, conf_low=0.2, conf_high=4.6,
        ),
        Estimate(GSE, "t1 - t0", "", "sign_flip", "alternative", estimate=1.5),
        Estimate(GSE, "t1 - t0", "", "site_cr2", "alternative", refused=True, reason="few"),
    ]  # fmt: skip

    assert choice(Words("en"), rows) == (
        "Chosen because everyone counts. The alternatives give +1.5 to +2.4. For 1 of the 2, "
        "0 lies outside the 95% interval. Model of everyone, Kenward-Roger interval: 2 of 9 "
        "people lack a wave."
    )
    assert choice(Words("nl"), rows) == (
        "Gekozen omdat iedereen telt mee. De alternatieven geven +1,5 tot +2,4. Bij 1 van de "
        "2 ligt 0 buiten de marge van 95 %. Model met iedereen, marge van Kenward en Roger: "
        "van 2 van de 9 mensen ontbreekt een meting."
    )


def test_without_alternatives_nothing_is_said_of_them() -> None:
    """All refused, and a planned row whose choice is not known."""
    rows = [
        Estimate(GSE, "t1 - t0", "", "mixed_kr", refused=True, reason="x"),
        Estimate(GSE, "t1 - t0", "", "paired_t", "alternative", refused=True, reason="x"),
    ]

    assert choice(Words("en"), rows) == ""
