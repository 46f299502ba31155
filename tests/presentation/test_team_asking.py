"""The team reads under each outcome how the last wave was asked, and who allows what."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pandas as pd
import pytest

from pilot.frames import CHANGES_OF_ASKING, CONSENT, CONSENT_USES, REGISTER
from pilot.presentation import Words, team_alternatives, team_flow
from pilot.presentation.team_asking import asking_sentence
from pilot.presentation.team_consent import consent_counts
from pilot.results import Study

Row = tuple[str, int, int, str]


def asked(study: Study, *rows: Row) -> Study:
    """Return the study with ways of asking of ten people: known, changed, from what to what."""
    table = pd.DataFrame(
        [
            ("gse_10_total", "parent", "t2 - t0", what, 10, known, changed, changed, changes, 0)
            for what, known, changed, changes in rows
        ],
        columns=list(CHANGES_OF_ASKING),
    )
    return replace(study, changes_of_asking=table)


def said(study: Study, language: str, *rows: Row) -> str:
    """Return the sentence under the first primary outcome."""
    changed = asked(study, *rows)
    return asking_sentence(Words(language), changed, changed.primary("self_efficacy"))


CHANGED: tuple[Row, ...] = (
    ("any", 10, 3, ""),
    ("mode", 10, 2, "paper > web (2)"),
    ("interviewer", 10, 1, ""),
    ("language", 10, 1, "nl > tr (1)"),
)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "nl",
            "Bij 3 van de 10 mensen ging de laatste meting anders dan de eerste: 2 in een "
            "andere vorm (van papier naar online), 1 met een andere interviewer en 1 in een "
            "andere taal (van nl naar tr). Een deel van het verschil kan daardoor komen.",
        ),
        (
            "en",
            "For 3 of the 10 people the last wave went otherwise than the first: 2 in another "
            "form (from paper to online), 1 with another interviewer and 1 in another language "
            "(from nl to tr). Part of the difference may come from that.",
        ),
    ],
)
def test_how_many_and_how(study: Study, language: str, sentence: str) -> None:
    """Three people in four ways: people once, ways each with what they were and became."""
    assert said(study, language, *CHANGED) == sentence


def test_the_most_frequent_changes_are_named(study: Study) -> None:
    """Of four kinds three with their numbers, and that there are more."""
    kinds = "paper > web (4), web > paper (2), phone > web (1), web > phone (1)"
    assert said(study, "en", ("any", 10, 8, ""), ("mode", 10, 8, kinds)) == (
        "For 8 of the 10 people the last wave went otherwise than the first: 8 in another form "
        "(from paper to online: 4; from online to paper: 2; from phone to online: 1; and "
        "more). Part of the difference may come from that."
    )


def test_nothing_changed_is_one_word_and_not_known_none(study: Study) -> None:
    """Known and the same: said. Not known, or of another outcome: silence."""
    assert said(study, "nl", ("any", 9, 0, ""), ("mode", 9, 0, "")) == (
        "Voor zover bekend is de laatste meting bij iedereen gedaan zoals de eerste."
    )
    assert said(study, "nl", ("any", 0, 0, ""), ("mode", 0, 0, "")) == ""
    changed = asked(study, *CHANGED)
    assert asking_sentence(Words("nl"), changed, study.primary("network_strength")) == ""


def test_it_stands_once_on_the_team_page(study: Study) -> None:
    """Under its own outcome and no other, in both languages."""
    piece = team_alternatives(asked(study, *CHANGED))
    for language in ("nl", "en"):
        sentence = html.escape(said(study, language, *CHANGED))
        assert piece.html[language].count(sentence) == 1


def consenting(study: Study, *people: dict[str, object]) -> Study:
    """Return the study with a register of people, each with a word on every use."""
    rows, register = [], []
    for place, person in enumerate(people):
        code = f"secret-{place}"
        known: dict[str, object] = dict.fromkeys(CONSENT)
        known |= {"participant": code, "role": "parent", "given": person.get("why") is None}
        known |= {"why": person.get("why"), "withdrawal": person.get("withdrawal")}
        rows += [known | {"use": use} for use in CONSENT_USES]
        blank: dict[str, object] = dict.fromkeys(REGISTER)
        register.append(blank | {"participant": code, **person.get("register", {})})
    return replace(
        study,
        consent=pd.DataFrame(rows, columns=list(CONSENT)),
        register=pd.DataFrame(register, columns=list(REGISTER)),
    )


PEOPLE: tuple[dict[str, object], ...] = (
    {},
    {"withdrawal": "stop"},
    {"why": "withdrawn", "withdrawal": "stop and remove"},
    {"why": "refused", "register": {"guardian_1": "no", "guardian_2": "no"}},
    {"why": "refused", "register": {"consent_answers": "no", "consent_giver": "mother"}},
    {"why": "refused", "register": {"consent_answers": "no", "consent_giver": "self"}},
    {"why": "not asked"},
    {"why": "no guardian"},
)


def test_everyone_is_counted_once_for_each_use(study: Study) -> None:
    """Two yes, three no, two unknown, one withdrawn: eight people, five times."""
    counts = consent_counts(consenting(study, *PEOPLE))

    assert counts["use"].tolist() == list(CONSENT_USES)
    assert (counts.drop(columns="use") == [2, 3, 2, 1]).all(axis=None)


def test_consent_is_told_in_counts_and_names_nobody(study: Study) -> None:
    """Who stopped, who was removed, whom a guardian refused; no number of a person."""
    shown = team_flow(consenting(study, *PEOPLE)).html["nl"]
    lines = re.findall(r"<li>(.*?)</li>", shown)

    assert lines == [
        "Gestopt, en wat al gegeven was mag blijven: 1.",
        "Gestopt, en alles is verwijderd: 1.",
        "Een ouder of voogd zei nee: 2.",
        "Onder de 16, zonder ja van een ouder of voogd: 1.",
    ]
    assert "citaten gebruiken" in shown
    assert "secret-" not in shown


def test_a_register_without_consent_says_so(study: Study) -> None:
    """No column of consent: one sentence, and no table."""
    assert "The register says nothing about consent." in team_flow(study).html["en"]
    assert consent_counts(study).empty


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "nl",
            "Voor zover bekend is de laatste meting bij iedereen gedaan zoals de eerste. "
            "Bij 2 van de 10 mensen gingen de eerste en de laatste meting gelijk, maar een "
            "meting ertussen niet: 2 in een andere vorm. Het resultaat gebruikt die meting "
            "ook.",
        ),
        (
            "en",
            "As far as is known, the last wave was done as the first one for everybody. "
            "For 2 of the 10 people the first and the last wave went alike, but a wave between "
            "did not: 2 in another form. The result uses that wave too.",
        ),
    ],
)
def test_a_wave_between_is_told_too(study: Study, language: str, sentence: str) -> None:
    """First and last alike, the middle one by telephone: the model uses it."""
    changed = asked(study, ("any", 10, 0, ""), ("mode", 10, 0, ""))
    table = changed.changes_of_asking.assign(n_changed_between=2)
    told = replace(changed, changes_of_asking=table)

    assert asking_sentence(Words(language), told, told.primary("self_efficacy")) == sentence
