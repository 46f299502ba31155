"""What happened, on both pages: in plain words, and in both languages."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

import pytest

import pilot
from pilot.design import LANGUAGES, trajectory_names
from pilot.disclosure import disclose
from pilot.presentation import Piece, events_section, payer_page, team_events
from pilot.presentation.words import texts
from pilot.results import Study

SITES = {"moeder-vadercentra": ("De Haven", "De Tuin", "Het Plein", "De Keuken", "De Brug")}


@cache
def demo(name: str) -> Study:
    """Return a demo study."""
    return pilot.open_study(name, demo=True)


@cache
def pieces(name: str) -> tuple[Piece, Piece]:
    """Return the public and the team's piece of a demo."""
    return events_section(disclose(demo(name))), team_events(demo(name))


def said(piece: Piece, language: str = "nl") -> str:
    """Return the visible text of a piece."""
    html = piece.html[language]  # type: ignore[index]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.mark.parametrize("name", trajectory_names())
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_public_piece_names_nobody_and_no_site(name: str, language: str) -> None:
    """No number of a participant, and no centre, stands in what everybody may read."""
    public, team = pieces(name)
    numbers = set(demo(name).started["participant"])
    words = said(public, language)

    assert public.audience == "public"
    assert team.audience == "team"
    assert not [number for number in numbers if number in words]
    assert not [site for site in SITES.get(name, ()) if site in words]


@pytest.mark.parametrize("key", [key for key in texts("nl") if key.startswith("events.")])
def test_public_sentences_are_short(key: str) -> None:
    """What everybody reads of events has at most 16 words a sentence."""
    filled = re.sub(r"{\w+}", "x", texts("nl")[key])

    assert all(len(each.split()) <= 16 for each in re.split(r"(?<=[.!?])\s+", filled)), filled


def test_roles_and_principles_are_told() -> None:
    """Who took a further role is told of all centres, and how the principles went."""
    words = said(pieces("moeder-vadercentra")[0])

    assert "De rollen op volgorde: bezoeker, meehelper, vrijwilliger, coördinator." in words
    assert "eerste helft van 2024 60 %" in words.replace("\N{NO-BREAK SPACE}", " ")


def test_what_happened_to_families_is_not_what_was_done() -> None:
    """Burdening events stand in a table of their own, which says whose doing they are not."""
    words = said(pieces("krachtige-gezinnen")[0], "en")
    done, _, burdens = words.partition("What people went through")

    assert "Burdening event" not in done
    assert "Burdening event in the family fewer than 5" in burdens
    assert "This happened, whatever the cause." in burdens


def test_requests_are_told_with_the_open_ones() -> None:
    """Asked, helped and still open stand side by side, and how long it took."""
    words = said(pieces("verbinding-empowerment")[0])

    assert re.search(r"Gevraagd: .* Nog open: ", words)
    assert "Vragen die nog open zijn, tellen mee als wachtend." in words


def test_goals_are_counts_in_public_and_t_for_the_team() -> None:
    """T stands on the team's page, never on the public one."""
    public, team = pieces("m-power")

    assert "Eigen doelen gesteld: 83. Eigen doelen gehaald: 47." in said(public)
    assert "T per persoon" in said(team)
    assert not re.search(r"\bT\b|MP-", said(public))


def test_each_family_has_a_line_of_its_dose() -> None:
    """The team reads sessions, span and longest gap of each of the 14 families."""
    words = said(pieces("krachtige-gezinnen")[1])
    study = demo("krachtige-gezinnen")

    assert all(family in words for family in study.happened.families["family"])
    assert "langste pauze in dagen" in words
    assert "Gepland: 40 keer. Minstens driekwart daarvan haalden er 5 (36" in words


def test_nothing_written_down_is_said() -> None:
    """A study that keeps no events says so in one sentence, on both pages."""
    study = demo("meet-the-parents")
    empty = type(study.happened)()
    nothing = {
        name: getattr(study, name)
        for name in study.__dataclass_fields__
        if name not in ("events", "happened", "trajectory")
    }
    kept = [source for source in study.trajectory.sources if source.event is None]
    design = study.trajectory.model_copy(update={"sources": kept})
    bare = Study(**nothing, trajectory=design, events=study.events.iloc[:0], happened=empty)

    for piece in (events_section(disclose(bare)), team_events(bare)):
        assert "Er is niets bijgehouden naast de vragenlijsten." in said(piece)


@pytest.mark.parametrize(
    ("key", "title"), [("burden", "Upsetting events"), ("unused-help", "Why people did not")]
)
def test_what_the_programme_did_not_do_stands_apart(key: str, title: str) -> None:
    """Job loss and reasons for not using help: under a heading of their own, not as done."""
    disclosed = disclose(demo("verbinding-empowerment"))
    (event,) = [each for each in disclosed.trajectory.events if each.key == key]
    label = event.label.en[:1].upper() + event.label.en[1:]
    whole = events_section(disclosed).html["en"]
    done, apart = whole.split(f"<h3>{title}", maxsplit=1)

    assert key in dict(disclosed.events)
    assert label not in done
    assert label in apart
    assert label not in payer_page(disclosed).html["en"]


def test_a_family_without_a_list_reads_not_recorded() -> None:
    """Of who wanted all removed it is not known how often they came: no 0, and said."""
    team = pieces("meet-the-parents")[1]

    assert demo("meet-the-parents").happened.families["sessions"].isna().sum() == 1
    assert "niet bijgehouden bij 1 van 40 deelnemers. Dat telt niet als 0." in said(team)
    assert said(team).count("niet bijgehouden") == 2  # the sentence, and the line of the family
