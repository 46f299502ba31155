"""What `pilot check` says follows the number it says it of."""

from __future__ import annotations

import pytest

from pilot.workbench.telling import say


@pytest.mark.parametrize(
    ("key", "parts", "dutch", "english"),
    [
        ("warnings", {"n": 1}, "1 waarschuwing", "1 warning"),
        ("warnings", {"n": 0}, "0 waarschuwingen", "0 warnings"),
        ("errors", {"n": 1}, "1 fout", "1 error"),
        ("notes", {"n": 2}, "2 opmerkingen", "2 notes"),
        ("times", {"n": 1}, "1 keer", "1 time"),
        ("rows", {"n": 1}, "1 rij", "1 row"),
        ("columns", {"n": 1}, "... en nog 1 kolom", "... and 1 more column"),
        (
            "sheet",
            {"name": "Ouders", "rows": 1, "n": 2},
            "Tabblad Ouders: 1 rij, 2 kolommen",
            "Sheet Ouders: 1 row, 2 columns",
        ),
        (
            "answers",
            {"came": 1, "kept": 1, "aside": 0},
            "1 antwoord kwam binnen: 1 telt mee, 0 zijn opzij gezet.",
            "1 answer came in: 1 counts, 0 were set aside.",
        ),
    ],
)
def test_one_is_singular(key: str, parts: dict[str, object], dutch: str, english: str) -> None:
    """One warning is no warnings, in either language."""
    assert say(key, "nl", **parts) == dutch
    assert say(key, "en", **parts) == english
