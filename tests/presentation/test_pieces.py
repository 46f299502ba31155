"""Pieces: the same said twice, nothing that varies, nothing that may not be known."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from itertools import combinations

import pytest

from pilot import presentation as show
from pilot.design import LANGUAGES
from pilot.disclosure import disclose
from pilot.presentation import PIECE_MIME, Piece
from pilot.results import Disclosed, PublicCount, Study

PUBLIC = (
    show.payer_page,
    show.residents_pages,
    show.flow_section,
    show.feasibility_section,
    show.outcomes_section,
    show.limits_section,
    show.claims_section,
    show.method_section,
)
TEAM = (
    show.team_plan,
    show.team_families,
    show.team_sites,
    show.team_alternatives,
    show.team_individual,
    show.team_left,
    show.team_reliability,
    show.team_findings,
    show.team_flow,
    show.team_files,
)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
COUNTED = r"(gezinnen|deelnemers|mensen|families|participants|people)\b"


def text_of(html: str) -> str:
    """Return what a reader or a screen reader gets: text and alt texts."""
    alts = " ".join(re.findall(r'alt="([^"]*)"', html))
    return unescape(re.sub(r"<[^>]+>", " ", html) + " " + alts)


def public_pieces(study: Study) -> list[Piece]:
    """Return every public piece of a study."""
    public = disclose(study)
    return [make(public) for make in PUBLIC]


@pytest.mark.parametrize("make", PUBLIC, ids=lambda make: make.__name__)
def test_public_pieces_are_made_of_what_is_disclosed(make: object, study: Study) -> None:
    """Each public piece is a public one, in both languages, and the same at every run."""
    public = disclose(study)
    piece = make(public)
    assert piece.audience == "public"
    assert set(piece.html) == set(LANGUAGES)
    assert make(public) == piece
    assert piece.html["nl"] != piece.html["en"]


@pytest.mark.parametrize("make", TEAM, ids=lambda make: make.__name__)
def test_team_pieces_say_so(make: object, study: Study) -> None:
    """Each piece made of a whole study is for the team."""
    piece = make(study)
    assert piece.audience == "team"
    assert make(study) == piece


def test_a_notebook_keeps_a_piece(study: Study) -> None:
    """The bundle shows Dutch first, then English, and gives the piece back."""
    piece = show.flow_section(disclose(study))
    bundle = piece._repr_mimebundle_()
    assert Piece.from_bundle(bundle) == piece
    assert bundle[PIECE_MIME] == {"key": "flow", "audience": "public"}
    html = bundle["text/html"]
    assert html.index('lang="nl"') < html.index('lang="en"')
    assert bundle["text/plain"] == "Piece(flow, public, nl, en)"


def test_both_languages_tell_the_same_numbers(study: Study) -> None:
    """Every number of the Dutch text stands in the English one, as often."""
    for piece in public_pieces(study):
        told = [
            sorted(n.translate(str.maketrans(",.", "..")) for n in NUMBER.findall(text_of(h)))
            for h in (piece.html["nl"], piece.html["en"])
        ]
        assert told[0] == told[1], piece.key


@pytest.mark.parametrize("language", LANGUAGES)
def test_public_text_holds_no_code_site_or_p(study: Study, language: str) -> None:
    """No family's code, no school, and no p, d or df in any public text."""
    said = " ".join(text_of(piece.html[language]) for piece in public_pieces(study))
    for family in study.started["family"].unique():
        assert family not in said
    for site in study.trajectory.sites:
        assert site.label.in_(language) not in said
    assert not re.search(r"\b(p|d|df|d_z|d_av) ?[=<]|p-waarde|p-value|\bd_z\b", said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_counts_in_the_text_leave_no_small_group(study: Study, language: str) -> None:
    """Exact numbers of families or people in the text are equal or five apart."""
    said = " ".join(text_of(piece.html[language]) for piece in public_pieces(study))
    exact = _exact(said)
    exact -= {study.trajectory.reach.families, study.trajectory.thresholds.families}

    assert exact
    assert all(a == b or abs(a - b) >= 5 for a, b in combinations(exact, 2))


def _exact(said: str) -> set[int]:
    found = re.findall(r"(\w+)[ :]+(\d+) " + COUNTED, said)
    return {
        int(n)
        for before, n, _ in found
        if before not in ("tot", "met", "to", "dan", "than", "20")
    }


def _told(public: Disclosed) -> set[str]:
    numbers: set[int] = set()
    table = public.feasibility
    counts = [
        public.started,
        public.started_participants,
        *(count for _, count in (*public.flow, *public.left, *public.events, *public.goals)),
        *(each.n_families for each in public.estimates),
        *(count for each in public.estimates for _, count in each.groups),
        *(each for each in [*table["count"], *table["base"]] if isinstance(each, PublicCount)),
    ]
    for count in counts:
        last = None if count.high is None else count.high - 1
        numbers |= {n for n in (count.exact, count.low, count.high, last) if n is not None}
    return {str(number) for number in numbers}


def test_the_page_knows_no_count_that_is_not_disclosed(study: Study) -> None:
    """Every whole number before 'families' or 'people' comes from what was disclosed."""
    public = disclose(study)
    plan = {str(study.trajectory.reach.families), str(study.trajectory.thresholds.families)}
    for piece in public_pieces(study):
        for number, _ in re.findall(r"\b(\d+) " + COUNTED, text_of(piece.html["nl"])):
            assert number in _told(public) | plan | {"20"}, (piece.key, number)


def test_four_families_have_pages_without_change(small_study: Study) -> None:
    """Reach, activities and lessons stand; no outcome has a number, residents' pages none."""
    pieces = {piece.key: piece.html["nl"] for piece in public_pieces(small_study)}
    assert pieces["residents"] == ""
    assert "minder dan 5 gezinnen" in pieces["payer"]
    assert "Eten trekt meer mensen" in pieces["payer"]
    assert "<table" not in pieces["outcomes"]


def test_a_baseline_report_says_what_is_still_open(studies: object) -> None:
    """After one wave the page names the waves to come and shows no change."""
    public = disclose(studies.make_study(studies.Made(held=1)))
    said = text_of(show.payer_page(public).html["nl"])
    assert "Nog te komen: na een jaar en na twee jaar." in said
    assert "nog maar één keer gemeten" in said


def test_what_nobody_measures_stays_visible(study: Study) -> None:
    """A claim without outcome or event reads 'niet gemeten'."""
    html = show.claims_section(disclose(study)).html["nl"]
    row = next(row for row in html.split("<tr") if "Kinderen leren beter" in row)
    assert "niet gemeten" in row


def test_exploratory_outcomes_carry_no_verdict(study: Study) -> None:
    """Only the two primary outcomes are read as better, worse or cannot tell."""
    html = show.outcomes_section(disclose(study)).html["en"]
    rows = [row for row in html.split("<tr>") if 'scope="row"' in row]
    for row in rows:
        verdict = re.findall(r"<td>([^<]*)</td>", row)[-1]
        primary = "★" in row
        assert (verdict in ("better", "worse", "cannot tell")) == primary
        assert verdict.startswith("exploratory") != primary


def test_families_stand_in_order_of_change(study: Study) -> None:
    """The team's rows fall in change, whatever the families are called."""
    html = show.team_families(study).html["en"]
    table = html.split("<tbody>")[1].split("</tbody>")[0]
    cells = re.findall(r"<tr>.*?</tr>", table, flags=re.DOTALL)
    changes = [
        float(re.findall(r'"n">([^<]*)<', row)[-1].replace("\N{MINUS SIGN}", "-"))
        for row in cells
    ]
    assert changes == sorted(changes, reverse=True)
    assert len(changes) == 9


def test_what_a_file_said_is_shown_as_text(study: Study) -> None:
    """A value or site that holds HTML reaches the page escaped."""
    sites = study.scores.assign(site="<script>x</script>")
    html = (
        show.team_findings(study).html["nl"]
        + show.team_families(replace(study, scores=sites)).html["nl"]
    )
    assert "<script>" not in html
    assert "&lt;b&gt;" in html


def test_nobody_stopped_is_said_only_where_everybody_answered(study: Study) -> None:
    """Without reasons it is known only if as many answered as started."""
    public = disclose(study)
    last = public.flow[-1][0]
    for count, said in (
        (public.started, "Tot nu toe is niemand gestopt"),
        (PublicCount(None, 9, 14), "Of er mensen stopten, staat hier niet"),
    ):
        told = replace(public, left=(), flow=(*public.flow[:-1], (last, count)))
        assert said in show.flow_section(told).html["nl"]


def test_a_wave_that_is_running_looks_like_no_loss(study: Study) -> None:
    """An open wave stands once on the first page, and the flow says who is not due yet."""
    public = disclose(study)
    waves = public.waves.assign(state=["held", "held", "open"])
    running = replace(public, waves=waves)
    payer = text_of(show.payer_page(running).html["nl"])
    assert "na twee jaar\N{RIGHT SINGLE QUOTATION MARK} loopt nog." in payer
    assert "bij \N{LEFT SINGLE QUOTATION MARK}na twee jaar" not in payer
    assert "Nog te komen" not in payer
    assert "nog niet aan de beurt" in show.flow_section(running).html["nl"]


def test_sites_weigh_the_same_where_they_are_what_counts(study: Study) -> None:
    """No page says that each participant weighs the same, or that all are averaged."""
    sites = study.trajectory.model_copy(update={"generalises_to": "sites"})
    public = replace(disclose(study), trajectory=sites, n_sites=5)
    pages = [make(public) for make in (show.payer_page, show.residents_pages)]
    for piece in (*pages, show.method_section(public)):
        assert "locatie" in piece.html["nl"]
        assert "elk gezin even zwaar" not in piece.html["nl"]
        assert "alle gezinnen samen" not in piece.html["nl"]
    assert "gemiddelde van 5 locaties, elk even zwaar" in pages[0].html["nl"]


def test_an_exploratory_outcome_has_no_verdict_on_the_first_page(study: Study) -> None:
    """Only its size and its interval are told, and whose it is."""
    public = disclose(study)
    estimates = tuple(
        replace(each, outcome=replace(each.outcome, primary=False), verdict="better")
        for each in public.estimates
    )
    html = show.payer_page(replace(public, estimates=estimates)).html["nl"]
    assert "Dat is beter" not in html
    assert "toeval" not in html
    assert "Ouders: Vertrouwen in eigen kunnen: gemiddeld" in html
