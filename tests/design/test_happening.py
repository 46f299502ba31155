"""What an event means, and the words for its stages."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from pilot.design import EventKind, Text
from pilot.design.happening import STAGES

LABEL = Text(nl="vraag", en="request")


@pytest.mark.parametrize("meaning", STAGES)
def test_each_stage_is_known_by_its_own_key_and_words(meaning: str) -> None:
    """No word means two stages of one event, and case and spaces do not matter."""
    means = {"dose": True} if meaning == "dose" else {"means": meaning}
    event = EventKind.model_validate({"key": "x", "label": LABEL, **means})

    for stage, words in STAGES[meaning].items():
        assert {event.stage(f" {word.upper()} ") for word in (stage, *words)} == {stage}


def test_a_design_has_its_own_words() -> None:
    """The design's words come beside the known ones; another word is no stage."""
    event = EventKind(key="x", label=LABEL, means="request", statuses={"fulfilled": ["Klaar"]})

    assert [event.stage(word) for word in ("klaar", "vervuld", "bijna")] == [
        "fulfilled", "fulfilled", None,
    ]  # fmt: skip


def test_a_session_is_come_to_or_not() -> None:
    """Sickness is no coming, another word is neither, and the design may say what it is."""
    event = EventKind(key="x", label=LABEL, dose=True)
    own = EventKind(key="x", label=LABEL, dose=True, statuses={"present": ["X", "ziek"]})

    words = ("Aanwezig", "ziek", "Verhinderd", "afwezig met bericht", "no-show", "x", "half")
    assert [event.stage(word) for word in words] == [
        "present", "absent", "absent", "absent", "absent", None, None,
    ]  # fmt: skip
    assert [own.stage(word) for word in ("x", "ziek", "afwezig")] == [
        "present", "present", "absent",
    ]  # fmt: skip


def test_a_request_may_be_opened_again() -> None:
    """What was thought fulfilled is asked on."""
    event = EventKind(key="x", label=LABEL, means="request")

    assert [event.stage(word) for word in ("Heropend", "reopened")] == ["reopened"] * 2


def test_words_for_a_stage_that_is_none_are_refused() -> None:
    """A misspelt stage does not load, and the message names those there are."""
    with pytest.raises(ValidationError, match="'fulfiled' is no stage of an event that means"):
        EventKind(key="x", label=LABEL, means="request", statuses={"fulfiled": ["klaar"]})
    with pytest.raises(ValidationError, match="'yes' is no stage of an event that means None"):
        EventKind(key="x", label=LABEL, statuses={"yes": ["ja"]})
