"""What an event means: which stages it runs through, and the words exports have for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from pilot.design.faults import PartError

Meaning = Literal["role", "request", "principle", "goal", "help", "critical"]

# Each stage is known by its own key and by these words, apart from those of the design.
STAGES: dict[str, dict[str, tuple[str, ...]]] = {
    "request": {
        "asked": ("gevraagd", "vraag"),
        "matched": ("gekoppeld",),
        "fulfilled": ("vervuld", "opgelost"),
        "withdrawn": ("ingetrokken", "vervallen"),
    },
    "principle": {"yes": ("ja",), "partly": ("deels", "een beetje"), "no": ("nee",)},
    "goal": {
        "set": ("gesteld",),
        "rated": ("beoordeeld",),
        "replaced": ("gewijzigd", "vervangen", "changed"),
    },
    "help": {"given": ("gegeven",), "received": ("gekregen", "ontvangen")},
}


def stage_of(
    meaning: Meaning | None, words: Mapping[str, Sequence[str]], told: str
) -> str | None:
    """Return the stage that an export's word means; None where nothing knows it.

    Examples
    --------
    >>> stage_of("request", {}, " Vervuld "), stage_of("request", {}, "vervult")
    ('fulfilled', None)
    >>> stage_of("request", {"fulfilled": ["geregeld"]}, "geregeld")
    'fulfilled'
    """
    plain = " ".join(told.casefold().split())
    for stage, known in STAGES.get(meaning or "", {}).items():
        if plain in {stage, *known, *(word.casefold() for word in words.get(stage, ()))}:
            return stage
    return None


def check_stages(meaning: Meaning | None, words: Mapping[str, Sequence[str]]) -> None:
    """Refuse words for a stage that an event of this meaning does not have."""
    stages = STAGES.get(meaning or "", {})
    for stage in words:
        if stage not in stages:
            raise PartError(
                f"{stage!r} is no stage of an event that means {meaning!r}",
                f"use one of: {', '.join(stages)}" if stages else "take `statuses` out",
                "statuses",
            )
