"""Words that exports use for the same thing, whoever wrote them."""

from __future__ import annotations

NO_ANSWER = frozenset(
    {
        "weet niet",
        "weet ik niet",
        "weet het niet",
        "ik weet het niet",
        "geen idee",
        "wil niet zeggen",
        "wil ik niet zeggen",
        "wil het niet zeggen",
        "zeg ik liever niet",
        "liever niet",
        "n.v.t.",
        "n.v.t",
        "nvt",
        "nvt.",
        "niet van toepassing",
        "geen antwoord",
        "geen mening",
        "niet ingevuld",
        "niet beantwoord",
        "overgeslagen",
        "onbekend",
        "leeg",
        "don't know",
        "dont know",
        "do not know",
        "i don't know",
        "refused",
        "rather not say",
        "prefer not to say",
        "not applicable",
        "no answer",
        "no opinion",
        "not answered",
        "skipped",
        "missing",
        "unknown",
        "n/a",
        "n.a.",
        "na",
        "nan",
        "null",
        "#n/b",
        "#n/a",
        "-",
        "--",
        ".",
        "?",
    }
)
"""Words for 'no answer', folded: Dutch and English forms, and what programs write."""

NO_ANSWER_NUMBERS = frozenset({-9, -8, -7, -99, -98, -88, -77, 77, 88, 98, 99, 888, 999, 9999})
"""Numbers that survey tools write for 'no answer'; only where the form has no such answer."""
