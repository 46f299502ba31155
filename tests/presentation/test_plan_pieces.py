"""A plan in words, table and figure."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

from pilot.design import LANGUAGES, Language, Outcome, Text
from pilot.presentation import (
    plan_assumptions,
    plan_lines,
    plan_sentences,
    plan_table,
    plot_plan,
)
from pilot.presentation.drawing import svg_of
from pilot.results import Assumptions, Prospect

NEVER = re.compile(r"significan|bewezen|effectief|effect\b|bewijst|proven\b|proves", re.I)
LABEL = "\N{LEFT SINGLE QUOTATION MARK}Confidence\N{RIGHT SINGLE QUOTATION MARK}"
DASH = "\N{EN DASH}"
FORMULA = {"half_width_95": 3.21, "half_width_75": 1.7, "detectable_change": 4.4}
SIMULATED = {
    "half_width_95_simulated": 3.1,
    "half_width_75_simulated": 1.6,
    "detectable_change_simulated": 4.2,
}
CHANCES = {
    "power": 0.37,
    "power_holm": 0.26,
    "power_t": 0.36,
    "coverage_95": 0.951,
    "coverage_75": 0.749,
    "smallest_p": 0.00049,
}


def row(families: int, scale: float, answered: float = 1.0) -> dict[str, object]:
    """Return a row whose numbers can be told apart, its sizes times `scale`."""
    sizes = {name: scale * value for name, value in (FORMULA | SIMULATED).items()}
    counts = {
        "families": families,
        "families_with_pair": 0.7 * families,
        "sites": 4,
        "waves": 2,
    }
    told = {"answered": answered, "change_left": 2.5, "reason": "", "reason_nl": ""}
    return counts | sizes | CHANCES | told


def refused(families: int) -> dict[str, object]:
    """Return a row without a mean."""
    names = [name for name in (*SIMULATED, *CHANCES) if name != "smallest_p"]
    told = {"reason": "4 families only", "reason_nl": "maar 4 gezinnen"}
    return row(families, 1.0, 0.0) | dict.fromkeys(names, float("nan")) | told


@pytest.fixture
def prospect() -> Prospect:
    """Return a plan for 4, 12 and 24 families; with 4 there is no mean."""
    label = Text(nl="Vertrouwen", en="Confidence")
    outcome = Outcome("gse_10_total", label, "better", 10, 40, primary=True)
    frame = pd.DataFrame([refused(4), row(12, 1.0, 0.93), row(24, 0.7)])
    assumed = Assumptions(
        sd=5.01, mean=31.14, low=10, high=40, sites=4, origins={"sd": "published"}
    )
    return Prospect(
        outcome, "points", 2.5, "assumed", "mixed_kr", "families", assumed, 2000, 7, frame
    )


def test_the_sentence_for_an_application(prospect: Prospect) -> None:
    """What twelve families can and cannot show, and that it is no promise."""
    assert plan_sentences(prospect, 12, "en") == [
        "With 12 families at the start, we expect 8 families to have both measurements at the "
        "end.",
        f"We then know the mean change in {LABEL} with a margin of about 3.1 points up and "
        "down, on a scale of 10 to 40.",
        "With less certainty (75%) that margin is 1.6 points.",
        "With so few families we cannot reliably see a change smaller than about 4.2 points.",
        "If there really is a change of 2.5 points, we see it in about 37 of 100 such pilots.",
        "If the other main outcome is not clear, that is 26 of 100.",
        "In 7 of 100 pilots too few families are left. Then we give no mean.",
        "A pilot is there to learn: do families join, do they stay, and do the questionnaires "
        "work?",
        "This plan is no promise that the programme works. Without a comparison group a pilot "
        "cannot show that either.",
    ]
    dutch = plan_sentences(prospect, 12, "nl")
    assert len(dutch) == 9
    assert "marge van ongeveer 3,1 punt naar boven en naar beneden" in dutch[1]
    assert dutch[3] == (
        "Een verandering kleiner dan ongeveer 4,2 punt kunnen wij met zo weinig gezinnen niet "
        "betrouwbaar zien."
    )


def test_four_families_get_no_margin(prospect: Prospect) -> None:
    """The reason of the ladder stands there, and what is given instead."""
    told = plan_sentences(prospect, 4, "nl")

    assert told[0] == (
        "Met 4 gezinnen geven wij geen gemiddelde en geen marge: maar 4 gezinnen."
    )
    assert told[1] == (
        "Wij laten dan zien hoe het met elk gezin ging: aantallen, doelen en verhalen."
    )
    assert len(told) == 4


def test_what_the_ceiling_takes_is_said_where_it_shows(prospect: Prospect) -> None:
    """Power is of the change that is left in the scores; a tenth of nothing is not told."""
    frame = prospect.frame.assign(change_left=1.94)
    told = plan_sentences(replace(prospect, frame=frame), 12, "nl")
    almost = replace(prospect, frame=prospect.frame.assign(change_left=2.46))

    assert told[5] == (
        "Wie al dicht bij het eind van de schaal zit, kan niet verder. Van die 2,5 punt is in "
        "de scores gemiddeld 1,9 te zien; daar rekenen wij mee."
    )
    assert plan_sentences(almost, 12, "nl") == plan_sentences(prospect, 12, "nl")


def test_what_is_never_seen_is_said(prospect: Prospect) -> None:
    """A change that no 80 of 100 pilots see has no size."""
    frame = prospect.frame.assign(detectable_change_simulated=float("inf"))
    told = plan_sentences(replace(prospect, frame=frame), 24, "en")

    assert told[3].startswith("No change at all is then seen in 80 of 100 pilots")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("families", [4, 12, 24])
def test_nothing_is_promised(prospect: Prospect, language: Language, families: int) -> None:
    """Every version ends with learning and no promise, also beside a comparison group."""
    for compared in (False, True):
        told = plan_sentences(prospect, families, language, compared=compared)
        assert not NEVER.search(" ".join(told))
        assert re.search("is no promise|belooft niet", told[-1])
        assert re.search("there to learn|om te leren", told[-2])


def test_every_assumption_is_said_with_where_it_comes_from(prospect: Prospect) -> None:
    """SD published, what is given given; families, skew and sites only where they count."""
    told = plan_assumptions(prospect, "en")

    assert "People differ from each other: SD 5.01 points (published)." in told
    assert "Sites: 4 (given)." in told
    assert not [line for line in told if "Skewness" in line or "between families" in line]
    assert told[-1].endswith("2,000 invented pilots for each number of families, seed 7.")

    more = replace(
        prospect.assumptions,
        members=2.0,
        skew=1.0,
        site_icc=0.1,
        lost_by="score",
        months=(0, 6, 12),
    )
    said = " ".join(plan_assumptions(replace(prospect, assumptions=more), "nl"))
    for words in ("Mensen per gezin: 2", "tussen gezinnen", "Scheefheid", "wie slechter begon"):
        assert words in said
    assert "gestaag groeit" in said
    assert "in maand 0, 6 en 12" in said


def test_the_table_has_formula_and_simulation_side_by_side(prospect: Prospect) -> None:
    """Fourteen columns; what was not simulated is a dash, a tiny p has a bound."""
    table = plan_table(prospect, "nl")
    cells = table.frame()

    assert cells.shape == (3, 14)
    assert cells.iloc[0].tolist()[5:13] == ["0,0005", *[DASH] * 7]
    assert cells.iloc[1].tolist() == [
        "12", "8,4", "3,2", "1,7", "4,4", "0,0005", "3,1", "1,6", "4,2",
        "37\N{NO-BREAK SPACE}%", "26\N{NO-BREAK SPACE}%", "36\N{NO-BREAK SPACE}%",
        "95,1 / 74,9", "93\N{NO-BREAK SPACE}%",
    ]  # fmt: skip
    assert "2.000 verzonnen pilots per rij" in table.note


def test_lines_for_a_terminal_are_of_one_width(prospect: Prospect) -> None:
    """A head, a line a number, and below them why some have none."""
    lines = plan_lines(prospect, "en")

    assert len({len(line) for line in lines[:4]}) == 1
    assert lines[2].split() == ["12", "8.4", "3.1", "1.6", "4.2", "37%", "26%", "0.0005"]
    assert lines[4] == "With 4 families we give no mean and no margin: 4 families only."


def test_the_curves_are_the_numbers_of_the_frame(prospect: Prospect) -> None:
    """Margins above, chances below; dash and marker differ, so that colour is not needed."""
    above, below = plot_plan(prospect, "en").axes
    drawn = {line.get_label(): line for axes in (above, below) for line in axes.lines}
    told = prospect.frame.iloc[1:]

    for label, column in (
        ("margin 95", "half_width_95_simulated"),
        ("margin 75", "half_width_75_simulated"),
        ("power 05", "power"),
        ("power 025", "power_holm"),
    ):
        assert list(drawn[label].get_xdata()) == [12, 24]
        assert list(drawn[label].get_ydata()) == list(told[column])
    assert drawn["margin 95"].get_linestyle() != drawn["margin 75"].get_linestyle()
    assert drawn["margin 95"].get_marker() != drawn["margin 75"].get_marker()
    assert set(drawn["change"].get_ydata()) == {2.5}
    assert set(drawn["beyond"].get_ydata()) == {0.18 * 5.01}
    assert "usual" not in drawn  # half an SD is what was asked: one line for both


def test_the_figure_is_said_in_words(prospect: Prospect) -> None:
    """The alt text has both ends of both curves; the same picture at every run."""
    figure = plot_plan(prospect, "en")

    assert figure.alt == (
        f"Two graphs about {LABEL}. Above: the 95% margin falls from 3.1 points with 12 "
        "families to 2.2 with 24. Below: the chance of seeing 2.5 points rises from 37 to 37 "
        "of 100."
    )
    assert svg_of(figure) == svg_of(plot_plan(prospect, "en"))


def test_a_plan_without_a_mean_is_still_drawn(prospect: Prospect) -> None:
    """Four families only: words in place of curves."""
    few = replace(prospect, frame=prospect.frame.iloc[:1])

    figure = plot_plan(few, "nl")
    assert figure.alt == "Geen grafiek: met deze aantallen gezinnen geven wij geen gemiddelde."
    assert not figure.axes[0].lines
