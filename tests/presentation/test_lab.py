"""What a researcher asks of estimates in JupyterLab."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pilot.disclosure import disclose
from pilot.presentation import change_table, describe, plot_change
from pilot.results import Study


def test_a_sentence_says_all_that_matters(study: Study) -> None:
    """Reading, size, both intervals, n and method, in both languages."""
    change = replace(
        study.planned(study.primary("self_efficacy")),
        estimate=1.84,
        conf_low=0.22,
        conf_high=3.46,
        conf_low_75=0.91,
        conf_high_75=2.77,
    )
    assert describe(change) == (
        "Self-efficacy: better, +1.8 points on average on a scale of 10 to 40; 95% interval "
        "+0.2 to +3.5, 75% interval +0.9 to +2.8 (n = 9, mean per family, t interval)."
    )
    assert describe(change, "nl") == (
        "Vertrouwen in eigen kunnen: beter, gemiddeld +1,8 punt op een schaal van 10 tot 40; "
        "marge 95\N{NO-BREAK SPACE}% +0,2 tot +3,5, marge 75\N{NO-BREAK SPACE}% +0,9 tot +2,8 "
        "(n = 9, gemiddelde per gezin, t-marge)."
    ).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("low", "reading"), [(-0.1, "cannot tell"), (0.1, "better")])
def test_a_sentence_says_better_only_beyond_0(study: Study, low: float, reading: str) -> None:
    """With 0 inside the interval it cannot tell."""
    planned = study.planned(study.primary("self_efficacy"))
    change = replace(planned, estimate=1.0, conf_low=low, conf_high=2.0)
    assert f": {reading}, +1.0" in describe(change)


def test_a_refusal_is_told_with_its_reason(study: Study) -> None:
    """In the language where it is known."""
    planned = study.planned(study.primary("self_efficacy"))
    refused = replace(
        planned, refused=True, reason="3 families", reason_nl="3 gezinnen", n_families=3
    )
    assert describe(refused) == "Self-efficacy: no estimate, 3 families (n = 3)."
    assert describe(refused, "nl") == (
        "Vertrouwen in eigen kunnen: geen schatting, 3 gezinnen (n = 3)."
    )


def test_what_is_public_is_described_from_what_is_public(study: Study) -> None:
    """A public estimate gives its count as it may be shown, and no p."""
    for each in disclose(study).estimates:
        said = describe(each, "nl")
        assert each.outcome.label.nl in said
        assert " p " not in said


def test_a_figure_shows_itself_with_its_words(study: Study) -> None:
    """SVG with alt text, and the same words where no picture can be shown."""
    planned = [study.planned(o) for o in study.trajectory.outcomes() if o.primary]
    figure = plot_change(planned, "nl", simulated=True)
    data, about = figure._repr_mimebundle_()

    assert len(figure.axes) == 2
    assert data["image/svg+xml"].startswith("<svg")
    assert about["image/svg+xml"]["alt"] == data["text/plain"]
    assert "Vertrouwen in eigen kunnen" in data["text/plain"]


def test_a_figure_without_numbers_is_no_error(study: Study) -> None:
    """All refused: an empty figure that says so."""
    planned = study.planned(study.primary("self_efficacy"))
    figure = plot_change(replace(planned, estimate=None, refused=True), "en")
    assert figure.axes[0].texts[0].get_text() == "no numbers"


def test_a_table_has_caption_scopes_and_cells(study: Study) -> None:
    """One row an estimate; the frame has the same cells."""
    table = change_table(study.estimates[:3], "en")
    html = table._repr_html_()
    assert "<caption>Change from t0 to t2, with 95% and 75% intervals</caption>" in html
    assert html.count('scope="row"') == 3
    assert table.frame()["outcome"].iloc[0] == "Self-efficacy"
