"""Quotes: whose theme counts, whose words may be shown, and words that are kept nowhere."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pandas as pd
import pytest

from pilot.cleaning import clean
from pilot.cleaning.screening import recognisable
from pilot.frames import QUOTES, Cleaned

SECRET = "Ik durf nu meer te vragen."


def quote(participant: str = "p1", **cells: Any) -> dict[str, Any]:
    """Return a quote that may be shown, unless `cells` says otherwise."""
    usual = {"file": "quotes.xlsx", "domain": "self_efficacy", "role": "parent"}
    usual |= {"text": SECRET, "direction": "better", "consent": "yes", "approved": "yes"}
    return usual | {"participant": participant} | cells


def station(
    making: ModuleType, *quotes: dict[str, Any], people: list[dict[str, Any]] | None = None
) -> Cleaned:
    """Return what cleaning makes of quotes, beside a register."""
    everyone = people or [
        {"participant": code, "site": "zuid", "organisation": "De Brug", "family": "F1"}
        | {"consent_answers": "yes", "consent_quotes": "yes", "consent_giver": "self"}
        for code in ("p1", "p2")
    ]
    frame = pd.DataFrame(
        [{"row": number} | each for number, each in enumerate(quotes, start=2)],
        columns=list(QUOTES),
    )
    text = dict.fromkeys([name for name in QUOTES if name != "row"], "str")
    came = making.received(
        making.form(), register=making.register(*everyone), quotes=frame.astype(text)
    )
    return clean(came, making.design())


def test_an_approved_quote_with_consent_is_kept_as_it_is(making: ModuleType) -> None:
    """Consent in the file and in the register, and approval: nothing is told or set aside."""
    made = station(making, quote())

    assert made.quotes["text"].tolist() == [SECRET]
    assert made.quarantine.empty
    assert not made.findings["rule"].str.startswith("quote").any()


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({"consent": "no"}, "quote-without-consent"),
        ({"consent": None}, "quote-without-consent"),
        ({"approved": "no"}, "quote-not-approved"),
        ({"approved": None}, "quote-not-approved"),
        ({"text": f"{SECRET} Zegt Fatima."}, "quote-may-identify"),
    ],
)
def test_words_that_may_not_be_shown_go_and_the_theme_counts(
    making: ModuleType, cells: dict[str, Any], rule: str
) -> None:
    """The row stays with its code; its words are neither in it, nor in the quarantine."""
    made = station(making, quote(**cells))

    assert made.quotes[["domain", "direction"]].to_numpy().tolist() == [
        ["self_efficacy", "better"]
    ]
    assert made.quotes["text"].isna().all()
    assert making.set_aside(made, rule) == [
        ("quotes.xlsx", 2, "text", "(not kept: may not be shown)")
    ]
    for table in (made.quotes, made.quarantine, made.findings):
        assert "durf" not in table.to_csv()


def test_the_register_s_refusal_is_a_refusal(making: ModuleType) -> None:
    """The file says yes and the register says no: no words."""
    people = [{"participant": "p1", "consent_answers": "yes", "consent_quotes": "no"}]
    made = station(making, quote(), people=people)

    assert made.quotes["text"].isna().all()
    assert len(making.told(made, "quote-without-consent")) == 1


@pytest.mark.parametrize(
    ("giver", "rule"), [("mother", "quote-of-child"), ("self", "quote-without-consent")]
)
def test_a_child_s_words_are_never_shown(making: ModuleType, giver: str, rule: str) -> None:
    """Its parents read the report; without a guardian's yes that is told first."""
    child = {"participant": "c1", "role": "child", "birth_year": 2015, "start": "2025-01-01"}
    child |= {"consent_answers": "yes", "consent_quotes": "yes", "consent_giver": giver}
    child |= {"guardian_1": "yes"}
    made = station(making, quote("c1", role="child"), people=[child])

    assert made.quotes[["role", "direction"]].to_numpy().tolist() == [["child", "better"]]
    assert made.quotes["text"].isna().all()
    assert making.set_aside(made, rule) == [
        ("quotes.xlsx", 2, "text", "(not kept: may not be shown)")
    ]


@pytest.mark.parametrize("year", [2012, None])
def test_a_child_s_yes_in_the_file_is_no_consent(making: ModuleType, year: int | None) -> None:
    """A register without consent has no guardian in it: the child's own yes is not enough."""
    child = {"participant": "c1", "role": "child", "birth_year": year, "start": "2025-01-01"}
    parent = {"participant": "p1", "role": "parent", "start": "2025-01-01"}
    made = station(making, quote("c1", role="child"), quote("p1"), people=[child, parent])

    assert made.quotes["text"].notna().tolist() == [False, True]
    assert len(making.told(made, "quote-without-consent")) == 1


def test_who_is_grown_up_in_a_role_with_children_has_words(making: ModuleType) -> None:
    """Somebody of twenty among the children is no child."""
    grown = {"participant": "c1", "role": "child", "birth_year": 2004, "start": "2025-01-01"}
    grown |= {"consent_answers": "yes", "consent_quotes": "yes", "consent_giver": "self"}
    made = station(making, quote("c1", role="child"), people=[grown])

    assert made.quotes["text"].tolist() == [SECRET]


@pytest.mark.parametrize("way", ["stop", "stop and remove"])
def test_who_withdrew_does_not_count(making: ModuleType, way: str) -> None:
    """No theme, no words."""
    person = {"participant": "p1", "consent_answers": "yes", "consent_quotes": "yes"}
    person |= {"withdrawn": "2025-03-01", "withdrawal": way, "consent_giver": "self"}
    made = station(making, quote(), people=[person])

    assert made.quotes.empty
    assert SECRET not in made.quarantine.to_csv()
    assert made.quarantine["rule"].isin(["withdrawn"]).all()


def test_who_never_consented_does_not_count(making: ModuleType) -> None:
    """Consent for quotes without consent for answers: no theme, no words."""
    person = {"participant": "p1", "consent_answers": "no", "consent_quotes": "yes"}
    made = station(making, quote(), people=[person])

    assert made.quotes.empty
    assert {row["file"] for row in making.told(made, "no-consent")} == {
        "register.xlsx",
        "quotes.xlsx",
    }
    assert SECRET not in made.quarantine.to_csv()


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({"domain": None}, "quote-not-coded"),
        ({"direction": None}, "quote-not-coded"),
        ({"participant": "p9"}, "quote-of-stranger"),
        ({"role": "child"}, "quote-of-stranger"),
    ],
)
def test_what_is_nobody_s_or_about_nothing_does_not_count(
    making: ModuleType, cells: dict[str, Any], rule: str
) -> None:
    """No code, an unknown number, or another role than the register's: set aside whole."""
    made = station(making, quote(**cells), quote("p2"))

    assert made.quotes["participant"].tolist() == ["p2"]
    assert len(making.told(made, rule)) == 1
    assert SECRET not in made.quarantine.to_csv()


def test_every_quote_is_accounted_for(making: ModuleType) -> None:
    """Rows and cells add up at the door of the quotes."""
    made = station(
        making, quote(), quote("p9"), quote("p2", approved="no"), quote(direction=None)
    )
    door = made.counts.set_index("door").loc["quotes judged"]

    assert (door["rows_in"], door["rows_kept"], door["rows_quarantined"]) == (4, 2, 2)
    assert door["answers_in"] == door["answers_kept"] + door["answers_quarantined"]
    aside = made.quarantine[made.quarantine["file"] == "quotes.xlsx"]
    assert aside["column"].notna().sum() == door["answers_quarantined"]


@pytest.mark.parametrize(
    "text",
    [
        "Mail mij op wij@huis.nl als het kan.",
        "Bel 06 12345678 maar.",
        "Wij wonen op 3025 AB nu.",
        "Bij de brug drink ik koffie.",
        "School zuid helpt ons goed.",
        "Ik ben p2 en het gaat goed.",
        "Als alleenstaande moeder red ik het.",
        "Ik kwam uit Syrië en kende niemand.",
        "Het ging goed, zei Jan.",
        "Eerst niet. Daarna met Ahmed wel.",
    ],
)
def test_words_that_may_tell_who_it_is_are_held_back(making: ModuleType, text: str) -> None:
    """Addresses, numbers, sites, organisations, family types, and names of any kind."""
    made = station(making, quote(text=text))
    assert made.quotes["text"].isna().all()
    (told,) = making.told(made, "quote-may-identify")
    assert told["found"] not in text


@pytest.mark.parametrize(
    "text",
    [
        "Ik durf meer. Ik vraag nu hulp.",
        "Mijn kind zei: 'Je lacht weer.' Dat klopt.",
        "I ask for help now, and I'm proud of it.",
        "In 2 weken leerde ik 10 mensen kennen.",
    ],
)
def test_plain_words_pass(text: str) -> None:
    """A capital after a full stop or a quotation mark is no name, and small numbers no code."""
    assert recognisable(text, ["School Zuid", "De Brug", "p1"]) is None


def test_two_coders_in_two_rows_are_one_quote(making: ModuleType) -> None:
    """The second coder's direction stands beside the first's: nothing contradicts itself."""
    made = station(
        making,
        quote(coder="C1"),
        quote(coder="C2", direction="worse", text=f"  {SECRET.upper()}"),
    )
    door = made.counts.set_index("door").loc["quotes judged"]
    aside = made.quarantine[made.quarantine["file"] == "quotes.xlsx"]

    assert made.quotes[["direction", "second_direction"]].to_numpy().tolist() == [
        ["better", "worse"]
    ]
    (told,) = making.told(made, "quote-second-coder")
    assert (told["row"], told["expected"]) == (3, "row 2: the same")
    assert (door["rows_in"], door["rows_kept"], door["rows_quarantined"]) == (2, 1, 1)
    assert aside["column"].notna().sum() == door["answers_quarantined"]
    assert "MEER" not in made.quarantine.to_csv()


@pytest.mark.parametrize(
    "rows",
    [
        [{"coder": "C1"}, {"coder": " c1", "direction": "worse"}],
        [{}, {"direction": "worse"}],
        [{"coder": "C1", "second_direction": "same"}, {"coder": "C2", "direction": "worse"}],
    ],
    ids=["the same coder", "nobody says who coded", "a third coding"],
)
def test_the_same_quote_once_more_is_told(
    making: ModuleType, rows: list[dict[str, Any]]
) -> None:
    """Nobody can tell which of the two holds: the first counts, and it is told."""
    made = station(making, *(quote(**row) for row in rows))

    assert made.quotes["direction"].tolist() == ["better"]
    assert [told["row"] for told in making.told(made, "quote-repeated")] == [3]


@pytest.mark.parametrize("name", ["consent", "approved"])
def test_a_no_in_either_row_is_a_no(making: ModuleType, name: str) -> None:
    """What the second row does not allow, the first may not show."""
    made = station(making, quote(coder="C1"), quote(coder="C2", **{name: "no"}))
    assert made.quotes["text"].isna().all()


def test_the_same_words_of_two_people_or_domains_are_two_quotes(making: ModuleType) -> None:
    """Only the same person's words about the same domain are one quote."""
    made = station(
        making,
        quote(coder="C1"),
        quote("p2", coder="C2"),
        quote(coder="C2", domain="network_strength"),
    )
    assert len(made.quotes) == 3


def test_a_name_in_one_quote_is_known_in_the_others(making: ModuleType) -> None:
    """Whoever types without capitals is understood by the quotes that have them."""
    made = station(
        making,
        quote(text="Met Rosalinde drink ik thee."),
        quote("p2", text="ik eet vaak bij rosalinde thuis"),
    )
    assert made.quotes["text"].isna().all()


def test_a_finding_names_the_column_of_the_file(making: ModuleType) -> None:
    """The file says 'tekst', and so do the finding and the quarantine."""
    frame = pd.DataFrame([{"row": 2} | quote(approved="no")], columns=list(QUOTES))
    text = dict.fromkeys([name for name in QUOTES if name != "row"], "str")
    came = making.received(making.form(), quotes=frame.astype(text))
    came.headings[("quotes.xlsx", "text")] = "tekst"
    made = clean(came, making.design())

    assert [told["column"] for told in making.told(made, "quote-not-approved")] == ["tekst"]
    assert making.set_aside(made, "quote-not-approved")[0][2] == "tekst"
