"""What an event means: which stages it runs through, and the words exports have for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from pilot.design.faults import PartError

Meaning = Literal["role", "request", "principle", "goal", "help", "critical", "unused"]

# Each stage is known by its own key and by these words, apart from those of the design.
STAGES: dict[str, dict[str, tuple[str, ...]]] = {
    "request": {
        "asked": ("gevraagd", "vraag"),
        "matched": ("gekoppeld",),
        "fulfilled": ("vervuld", "opgelost"),
        "withdrawn": ("ingetrokken", "vervallen"),
        "reopened": ("heropend", "opnieuw open"),
    },
    "principle": {"yes": ("ja",), "partly": ("deels", "een beetje"), "no": ("nee",)},
    "goal": {
        "set": ("gesteld",),
        "rated": ("beoordeeld",),
        "replaced": ("gewijzigd", "vervangen", "changed"),
    },
    "help": {"given": ("gegeven",), "received": ("gekregen", "ontvangen")},
    "dose": {
        "present": (
            "aanwezig",
            "was aanwezig",
            "geweest",
            "gekomen",
            "deelgenomen",
            "te laat",
            "aanwezig, te laat",
            "ja",
            "j",
            "1",
            "attended",
            "came",
            "late",
            "yes",
            "y",
        ),
        "absent": (
            "afwezig",
            "afwezig met bericht",
            "afwezig zonder bericht",
            "met bericht afwezig",
            "zonder bericht afwezig",
            "afgemeld",
            "verhinderd",
            "ziek",
            "ziek gemeld",
            "ziekgemeld",
            "vakantie",
            "niet aanwezig",
            "niet geweest",
            "niet gekomen",
            "niet verschenen",
            "weggebleven",
            "geannuleerd",
            "afgezegd",
            "vervallen",
            "ging niet door",
            "nee",
            "n",
            "0",
            "not present",
            "did not come",
            "absent with notice",
            "absent without notice",
            "excused",
            "cancelled",
            "canceled",
            "no-show",
            "no show",
            "ill",
            "sick",
            "holiday",
            "no",
        ),
    },
}
"""By what an event means; `dose` is that of sessions, which need not mean anything else."""


def folded(word: str) -> str:
    """Return a word as it is compared: without case, outer and double spaces.

    Examples
    --------
    >>> folded("  Nieuw   Werk ")
    'nieuw werk'
    """
    return " ".join(word.casefold().split())


def stage_of(meaning: str | None, words: Mapping[str, Sequence[str]], told: str) -> str | None:
    """Return the stage that an export's word means; None where nothing knows it.

    Parameters
    ----------
    meaning : str or None
        What the event means, a key of `STAGES`.
    words : mapping of str to words
        The design's own words for a stage.
    told : str
        What the export says.

    Examples
    --------
    >>> stage_of("request", {}, " Vervuld "), stage_of("request", {}, "vervult")
    ('fulfilled', None)
    >>> stage_of("request", {"fulfilled": ["geregeld"]}, "geregeld")
    'fulfilled'
    """
    stages = STAGES.get(meaning or "", {})
    for stage in stages:
        if folded(told) in map(folded, words.get(stage, ())):
            return stage
    return next(
        (stage for stage, known in stages.items() if folded(told) in {stage, *known}), None
    )


def check_stages(meaning: str | None, words: Mapping[str, Sequence[str]]) -> None:
    """Refuse words for a stage that an event of this meaning does not have."""
    stages = STAGES.get(meaning or "", {})
    for stage in words:
        if stage not in stages:
            raise PartError(
                f"{stage!r} is no stage of an event that means {meaning!r}",
                f"use one of: {', '.join(stages)}" if stages else "take `statuses` out",
                "statuses",
            )
