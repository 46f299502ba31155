"""Figures are tested on what is drawn and on the words beside them."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from pilot.design import LANGUAGES
from pilot.disclosure import disclose
from pilot.presentation import Words, flow_section, outcomes_section, residents_pages
from pilot.presentation.drawing import svg_of
from pilot.presentation.figure_change import change_alt, draw_change
from pilot.presentation.figure_families import draw_families, families_alt
from pilot.presentation.figure_flow import draw_flow, flow_alt
from pilot.presentation.figure_groups import draw_groups, groups_alt
from pilot.presentation.figure_plain import draw_plain
from pilot.presentation.team_families import family_lines
from pilot.results import PublicCount, PublicEstimate, Study

NL, EN = Words("nl"), Words("en")


def estimate_of(study: Study, key: str) -> PublicEstimate:
    """Return what is disclosed of one outcome."""
    return next(each for each in disclose(study).estimates if each.outcome.key == key)


def line(axes: object, label: str) -> object:
    """Return the line drawn under a label."""
    return next(each for each in axes.lines if each.get_label() == label)


def test_both_intervals_and_the_mean_are_drawn_where_they_are(study: Study) -> None:
    """Thin is the 95 % interval, thick the 75 % one, the dot the mean, a line nothing."""
    known = estimate_of(study, "gse_10_total")
    estimate = replace(known, conf_low_75=0.5, conf_high_75=1.5)
    axes = draw_change(NL, [estimate], simulated=False).axes[0]

    assert list(line(axes, "95").get_xdata()) == [estimate.conf_low, estimate.conf_high]
    assert list(line(axes, "75").get_xdata()) == [estimate.conf_low_75, estimate.conf_high_75]
    assert line(axes, "95").get_linewidth() < line(axes, "75").get_linewidth()
    assert list(line(axes, "mean").get_xdata()) == [estimate.estimate]
    assert list(line(axes, "zero").get_xdata()) == [0, 0]


def test_the_published_smallest_change_is_drawn(study: Study) -> None:
    """WHO-5 has one of 10 points: a dashed line on both sides; GSE-10 has none."""
    who = draw_change(NL, [estimate_of(study, "who_5_total")], simulated=False).axes[0]
    gse = draw_change(NL, [estimate_of(study, "gse_10_total")], simulated=False).axes[0]

    drawn = {each.get_xdata()[0] for each in who.lines if each.get_label() == "minimal"}
    assert drawn == {-10, 10}
    assert not [each for each in gse.lines if each.get_label() == "minimal"]


def test_better_is_to_the_right(study: Study) -> None:
    """An outcome of which less is better has its axis turned round."""
    gse = estimate_of(study, "gse_10_total")
    less = replace(gse, outcome=replace(gse.outcome, higher_is="worse"))
    up, down = (draw_change(NL, [each], simulated=False).axes[0] for each in (gse, less))

    assert up.get_xlim()[0] < up.get_xlim()[1]
    assert down.get_xlim()[0] > down.get_xlim()[1]
    assert [text.get_text()[-6:] for text in down.texts] == ["dering", "echter", "eter →"]


def test_a_small_change_looks_small(study: Study) -> None:
    """The axis spans at least a tenth of the scale on both sides."""
    gse = replace(estimate_of(study, "gse_10_total"), estimate=0.1, conf_low=0.0, conf_high=0.2)
    assert draw_change(NL, [gse], simulated=False).axes[0].get_xlim()[1] >= 3


def test_the_alt_text_says_direction_size_and_interval(study: Study) -> None:
    """In both languages, with the numbers as each writes them."""
    gse = replace(
        estimate_of(study, "gse_10_total"),
        estimate=1.8,
        conf_low=0.2,
        conf_high=3.4,
        conf_low_75=0.9,
        conf_high_75=2.7,
        verdict="better",
        digits=1,
    )
    assert change_alt(NL, [gse], simulated=True) == (
        "Vertrouwen in eigen kunnen: gemiddeld 1,8 punt omhoog, beter; de marge van "
        "95 % loopt van +0,2 tot +3,4, die van 75 % van +0,9 tot +2,7. Gesimuleerde gegevens."
    )
    assert change_alt(EN, [gse], simulated=False) == (
        "Self-efficacy: 1.8 points up on average, better; the 95% interval runs from "
        "+0.2 to +3.4, the 75% interval from +0.9 to +2.7."
    )


def test_the_plain_figure_has_a_band_and_a_dot(study: Study) -> None:
    """Residents see where the mean lies and where the real number probably does."""
    estimate = estimate_of(study, "gse_10_total")
    axes = draw_plain(NL, estimate, simulated=False).axes[0]
    band = axes.patches[0]

    assert band.get_x() == estimate.conf_low
    assert band.get_x() + band.get_width() == pytest.approx(estimate.conf_high)
    assert list(line(axes, "mean").get_xdata()) == [estimate.estimate]


def test_groups_are_bars_of_their_own_manner(study: Study) -> None:
    """Exact cells are full bars, bands end in an open part; each differs without colour."""
    groups = (
        (("improved",), PublicCount(11)),
        (("cannot tell",), PublicCount(None, 5, 10)),
        (("worse",), PublicCount(16)),
    )
    estimate = replace(estimate_of(study, "gse_10_total"), groups=groups)
    axes = draw_groups(NL, estimate, simulated=False).axes[0]
    widths = [bar.get_width() for bar in axes.patches]
    full = axes.patches[::2]

    assert widths == [11, 0, 5, 4, 16, 0]
    assert len({(bar.get_facecolor(), bar.get_hatch()) for bar in full}) == 3
    assert groups_alt(NL, estimate, simulated=False) == (
        "Vertrouwen in eigen kunnen: 11 mensen duidelijk beter; 5 tot en met 9 mensen geen "
        "duidelijk verschil; 16 mensen duidelijk slechter."
    )


def test_grey_tells_the_groups_apart() -> None:
    """The three fills differ by more than a tenth in brightness, printed in grey."""
    from matplotlib.colors import to_rgb

    from pilot.presentation.figure_groups import FACES

    bright = sorted(
        0.2126 * r + 0.7152 * g + 0.0722 * b
        for r, g, b in (to_rgb(colour) for colour, _ in FACES.values())
    )
    assert all(high - low > 0.1 for low, high in pairwise(bright))


def test_the_flow_is_a_bar_a_wave(study: Study) -> None:
    """Started and three waves: exact ones full, bands from 9 to 13 half open."""
    public = disclose(study)
    axes = draw_flow(NL, public).axes[0]

    assert [bar.get_width() for bar in axes.patches] == [14, 0, 14, 0, 9, 4, 9, 4]
    assert flow_alt(EN, public) == (
        "Families by wave: started 14; baseline 14; after a year 9 to 13; "
        "after two years 9 to 13. Simulated data."
    )


def test_every_family_is_a_line_without_a_name(study: Study) -> None:
    """One line a family and one for the mean; no text names a family."""
    lines = family_lines(NL, study, study.primary("self_efficacy"))
    figure = draw_families(NL, lines, simulated=True)
    axes = figure.axes[0]

    assert len(axes.lines) == len(lines.table) + 1
    assert list(line(axes, "mean").get_ydata()) == [
        lines.table["before"].mean(),
        lines.table["after"].mean(),
    ]
    assert "G0" not in svg_of(figure) + families_alt(NL, lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_of_simulated_data_says_so(study: Study, language: str) -> None:
    """In the picture itself and in its alt text."""
    public = disclose(study)
    said = Words(language)("page.figure_simulated")
    for piece in (residents_pages(public), flow_section(public), outcomes_section(public)):
        html = piece.html[language]
        codes = re.findall(r"base64,([A-Za-z0-9+/=]+)", html)
        alts = re.findall(r'alt="([^"]*)"', html)
        assert codes
        assert all(said in base64.b64decode(code).decode() for code in codes)
        assert all(alt.lower().endswith(f"{said}.") for alt in alts)


def test_a_figure_is_the_same_at_every_run(study: Study) -> None:
    """No date, no random id: two drawings are one text, and real data carry no mark."""
    estimate = estimate_of(study, "gse_10_total")
    first, second = (svg_of(draw_change(NL, [estimate], simulated=False)) for _ in range(2))
    assert first == second
    assert "gesimuleerd" not in first
    assert "dc:date" not in first
