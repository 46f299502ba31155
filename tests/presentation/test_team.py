"""What the team reads beside the estimates: short, in both languages, and never absent."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from pilot import presentation as show
from pilot.design import LANGUAGES
from pilot.disclosure import disclose
from pilot.findings import finding, findings_table
from pilot.presentation import Words
from pilot.presentation.team_beside import beside_lines, index_cell
from pilot.results import Beside, Deviation, PlanStanding, Study

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
FROZEN = PlanStanding(
    hash="b" * 64, frozen=date(2024, 3, 1), frozen_hash="a" * 64, before_last_wave=True
)


def text_of(html: str) -> str:
    """Return what a reader gets."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def said_of(study: Study, domain: str, language: str) -> str:
    """Return the sentences under one primary outcome."""
    told = study.told_beside(study.primary(domain))
    return text_of(beside_lines(Words(language), study.trajectory, told))


def put(study: Study, name: str, **changed: object) -> str:
    """Return the English sentences with one row of the first primary outcome changed."""
    outcome = study.primary("self_efficacy")
    told = study.told_beside(outcome)
    told[name] = Beside(outcome, "t2 - t0", name, **changed)
    return text_of(beside_lines(Words("en"), study.trajectory, told))


@pytest.mark.parametrize("domain", ["self_efficacy", "network_strength"])
def test_everything_is_told_or_its_reason(study: Study, domain: str) -> None:
    """Each row of a primary outcome but the indices and the table of leavers is on the page."""
    outcome = study.primary(domain)
    words = Words("en")
    said = said_of(study, domain, "en")
    for name in study.told_beside(outcome):
        if not name.startswith("index_") and name != "attrition":
            assert words(f"beside.{name}") in said, name


@pytest.mark.parametrize("domain", ["self_efficacy", "network_strength"])
def test_both_languages_tell_the_same_numbers(study: Study, domain: str) -> None:
    """Every number under an outcome stands in both languages, as often."""
    told = []
    for language in LANGUAGES:
        found = NUMBER.findall(said_of(study, domain, language))
        told.append(sorted(n.translate(str.maketrans(",.", "..")) for n in found))
    assert told[0] == told[1]


def test_the_posteriors_stand_side_by_side_with_their_priors(study: Study) -> None:
    """Both priors are named, one under the other, and neither is called an effect."""
    said = said_of(study, "self_efficacy", "nl")
    first = said.index("zoals Nederlandse studies met een vergelijkingsgroep die zagen")
    second = said.index("verandering zonder vergelijkingsgroep, zoals die meestal gezien wordt")

    assert 0 < second - first < 400
    assert said.count("Dit zegt niet dat het programma dat deed.") == 2
    assert "effect" not in said


def test_a_share_of_twenty_percent_at_the_top_is_a_warning(study: Study) -> None:
    """From 20 % the team reads that gains were impossible; under it, that there was room."""
    ends = {"wave": "t0", "n": 20, "floor": 0.0}
    warned = put(study, "floor_and_ceiling", numbers={**ends, "ceiling": 0.2})
    room = put(study, "floor_and_ceiling", numbers={**ends, "ceiling": 0.15})
    none = put(study, "floor_and_ceiling", numbers={**ends, "ceiling": 0.0})

    assert "20% of 20 people already had the best score" in warned
    assert "They could not improve." in warned
    assert "at most 15% of the 20 people" in room
    assert "none of the 20 people stood at an end" in none


def test_what_shares_a_reason_shares_a_line(study: Study) -> None:
    """Two refused rows with one reason are told once."""
    reason = {"refused": True, "reason": "nobody knows", "reason_nl": "niemand weet het"}
    outcome = study.primary("self_efficacy")
    told = {
        name: Beside(outcome, "t2 - t0", name, **reason) for name in ("tipping_point", "dose")
    }
    said = text_of(beside_lines(Words("nl"), study.trajectory, told))

    assert said.endswith(
        "Niet te zeggen: als wie afviel anders veranderde en vaker komen. "
        "Reden: niemand weet het."
    )


def test_a_probability_is_never_none_or_certain(study: Study) -> None:
    """99.99 % reads as more than 99 %, 0.1 % as less than 1 %."""
    outcome = study.primary("self_efficacy")
    row = study.told_beside(outcome)["posterior_beyond_history"]
    high = {**row.numbers, "probability_better": 0.9999}
    low = {**row.numbers, "probability_better": 0.001}

    assert "chance of better more than 99%" in put(
        study, row.name, numbers=high, words=row.words
    )
    assert "chance of better less than 1%" in put(study, row.name, numbers=low, words=row.words)


def test_exploratory_outcomes_are_folded_and_primary_ones_open(study: Study) -> None:
    """Two tables stand open; each other outcome opens by its own name."""
    html = show.team_alternatives(study).html["en"]
    opened = html.split("<details>")[0]
    folded = re.findall(r"<summary>([^<]*)</summary>", html)
    others = [o for o in study.trajectory.outcomes() if not o.primary]

    assert opened.count("<table") == 2
    assert html.count("<details>") == html.count("</details>") == len(others)
    assert all(
        o.label.en in said for o, said in zip(others, map(unescape, folded), strict=True)
    )


def test_a_caution_stands_under_its_outcome(study: Study) -> None:
    """What simulations say of scores like these is told where it is known, in each language."""
    first, *rest = study.estimates
    warned = replace(first, caution="holds in 88 of 100", caution_nl="klopt in 88 van de 100")
    piece = show.team_alternatives(replace(study, estimates=(warned, *rest)))

    assert '<p class="warning">holds in 88 of 100</p>' in piece.html["en"]
    assert '<p class="warning">klopt in 88 van de 100</p>' in piece.html["nl"]
    assert 'class="warning"' not in show.team_alternatives(study).html["nl"]


def test_the_most_false_flags_stand_beside_the_expected_ones(study: Study) -> None:
    """The table of persons says how many in 95 of 100 pilots at most."""
    told = tuple(replace(each, false_at_95=3) for each in study.individual)
    html = show.team_individual(replace(study, individual=told)).html["en"]

    assert "at most, in 95 of 100 pilots" in html
    assert '<td class="n">3</td>' in html


def test_seven_indices_in_one_table(study: Study) -> None:
    """A cell counts better, cannot tell and worse; a refused one is a dash, with its reason."""
    outcome = study.primary("self_efficacy")
    counts = {"improved": 3, "cannot_tell": 7, "worse": 0, "threshold": 5.2}
    words = Words("en")

    assert index_cell(words, Beside(outcome, "", "index_maassen", counts)) == "3 · 7 · 0"
    assert (
        index_cell(words, Beside(outcome, "", "index_maassen", refused=True)) == "\N{EN DASH}"
    )
    said = text_of(show.team_individual(study).html["en"])
    assert "Hsu-Linn-Lord: no published mean says where such people stand" in said


def test_who_left_is_told_by_outcome(study: Study) -> None:
    """Counts and mean first scores of stayers and leavers stand beside each other."""
    row = study.told_beside(study.primary("self_efficacy"))["attrition"]
    html = show.team_left(study).html["en"]
    cells = html.split("Self-efficacy</th>")[1].split("</tr>")[0]
    shown = re.findall(r'"n">([^<]*)<', cells)

    assert shown[:2] == [str(row.numbers["n_stayed"]), str(row.numbers["n_left"])]
    assert shown[3] == f"{row.numbers['mean_stayed']:.1f}"
    assert shown[4] == f"{row.numbers['mean_left']:.1f}"


def test_before_two_waves_nobody_has_left(studies: object) -> None:
    """After the baseline the piece says so, and every sentence has its reason."""
    first = studies.make_study(studies.Made(held=1))

    assert "No outcome has two measurements yet." in show.team_left(first).html["en"]
    assert "has scores at one wave only so far" in said_of(first, "self_efficacy", "en")


def test_no_frozen_plan_is_said_in_words(study: Study) -> None:
    """The team reads how to freeze one, everybody that there is none."""
    team = text_of(show.team_plan(study).html["nl"])
    public = text_of(show.method_section(disclose(study)).html["nl"])

    assert f"pilot freeze {study.trajectory.key}" in team
    assert "Het plan is niet vooraf vastgelegd." in public


def test_each_deviation_is_a_row_and_the_public_page_counts_them(study: Study) -> None:
    """The team reads what was frozen and what was done; the public page only how many."""
    deviations = (
        Deviation("method", "gse_10_total, parent", "mixed_kr", "paired_t"),
        Deviation("dropped", "who_5_total, parent", frozen="+"),
    )
    frozen = replace(study, plan=replace(FROZEN, deviations=deviations))
    team = show.team_plan(frozen).html["en"]
    public = disclose(frozen)
    page = text_of(show.method_section(public).html["en"])

    assert "frozen on 1 March 2024, with hash aaaaaaaaaaaa" in text_of(team)
    assert team.count('<th scope="row">') == 2
    assert "another method" in team
    assert (public.plan, public.deviations) == ("before", 2)
    assert "frozen before anyone answered at the last wave." in page
    assert "Number of things that went otherwise since: 2." in page
    assert "who_5_total" not in page


@pytest.mark.parametrize(
    ("before", "team", "public"),
    [
        (False, "plan bindt niet.", "pas vastgelegd toen"),
        (None, "is niet te zeggen: de antwoorden hebben geen datum.", "is niet te zeggen."),
    ],
)
def test_a_plan_frozen_late_is_not_called_one(
    study: Study, before: bool | None, team: str, public: str
) -> None:
    """After the last wave, or on an unknown day, both pages say so."""
    late = replace(study, plan=replace(FROZEN, before_last_wave=before))

    assert team in text_of(show.team_plan(late).html["nl"])
    assert public in text_of(show.method_section(disclose(late)).html["nl"])
    assert "Alles liep zoals vastgelegd." in text_of(show.team_plan(late).html["nl"])


def test_the_dutch_findings_are_dutch(study: Study) -> None:
    """What was found and expected stands in Dutch on the Dutch half, as on the terminal."""
    told = [
        finding("out-of-range", file="t0.csv", row=2, found="7 at t1", expected="1 to 4"),
        finding("quote-may-identify", file="quotes.csv", row=3, found="a school; a faith"),
    ]
    piece = show.team_findings(replace(study, findings=findings_table(told)))

    assert "1 tot en met 4" in text_of(piece.html["nl"])
    assert "een school; een geloof" in text_of(piece.html["nl"])
    assert "1 to 4" not in piece.html["nl"]
    assert "a school; a faith" in text_of(piece.html["en"])
