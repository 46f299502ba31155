"""Why a change whose interval leaves out 0 is not called better: two were planned."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pilot import presentation as show
from pilot.disclosure import disclose
from pilot.results import Disclosed, Study

STRICT = {"nl": "twee hoofdvragen tegelijk", "en": "two main questions at once"}


def with_interval(public: Disclosed, low: float, verdict: str) -> Disclosed:
    """Return the study with this lower end and reading of its first outcome."""
    first, *others = public.estimates
    first = replace(first, conf_low=low, conf_high=4.6, verdict=verdict)
    return replace(public, estimates=(first, *others))


@pytest.mark.parametrize(
    ("low", "verdict", "told"),
    [(0.2, "cannot tell", True), (-0.2, "cannot tell", False), (0.2, "better", False)],
)
def test_strictness_is_explained_only_where_it_decides(
    study: Study, low: float, verdict: str, told: bool
) -> None:
    """On the payer's and the residents' page, in both languages."""
    public = with_interval(disclose(study), low, verdict)

    for make in (show.payer_page, show.residents_pages):
        for language, words in STRICT.items():
            assert (words in make(public).html[language]) is told
