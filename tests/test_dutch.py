"""What rooms say of a place in English has Dutch, on the terminal and on the team's page."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from pilot.dutch import in_dutch

SOURCE = Path(__file__).parents[1] / "src" / "pilot"
ROOMS = ("intake", "cleaning", "linkage", "scoring")
TELLS = {"tell", "refuse", "hide", "numbers", "_numbers", "_rows_aside"}
GAPS = ("7", "2013", "2025-03-31", "t1", ".xlsx", "t0, t1")
ENGLISH = re.compile(
    r"\b(a|an|the|or|and|to|one|such|not|with|from|above|until|perhaps|after|row|rows|at|for"
    r"|years?|cells|answers|forms|never|same|different|person|number|times|day|asks|date)\b"
)


def said_in_source() -> Iterator[tuple[str, tuple[str | None, ...]]]:
    """Yield each text of `found` or `expected`, in pieces; None where a value comes in."""
    for room in ROOMS:
        for path in sorted((SOURCE / room).glob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            known = {
                node.targets[0].id: node.value
                for node in tree.body
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            }
            for node in ast.walk(tree):
                for value in values_in(node):
                    for pieces in texts(value, known):
                        yield f"{path.name}:{value.lineno}", pieces


def values_in(node: ast.AST) -> Iterator[ast.expr]:
    """Yield what a call, a dict or an assignment gives as found or expected."""
    names = ("found", "expected")
    if isinstance(node, ast.Call):
        yield from (key.value for key in node.keywords if key.arg in names)
        if getattr(node.func, "attr", getattr(node.func, "id", "")) in TELLS:
            yield from (each for each in node.args[1:] if not is_word(each))
    elif isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        yield from (value for key, value in pairs if getattr(key, "value", None) in names)
    elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in names:
        yield node.value


def is_word(value: ast.expr) -> bool:
    """Return whether an argument is one word: the name of a rule or a column."""
    return isinstance(value, ast.Constant) and " " not in str(value.value)


def texts(value: ast.expr, known: dict[str, ast.expr]) -> Iterator[tuple[str | None, ...]]:
    """Yield the texts that an expression may give."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield (value.value,)
    elif isinstance(value, ast.JoinedStr):
        pieces = (getattr(piece, "value", None) for piece in value.values)
        yield tuple(piece if isinstance(piece, str) else None for piece in pieces)
    elif isinstance(value, ast.IfExp):
        yield from texts(value.body, known)
        yield from texts(value.orelse, known)
    elif isinstance(value, ast.Name) and value.id in known:
        yield from texts(known[value.id], {})
    elif isinstance(value, ast.Call) and getattr(value.func, "attr", "") == "format":
        for (text,) in texts(value.func.value, known):  # type: ignore[attr-defined]
            yield tuple(piece or None for piece in re.split(r"{\w+}()", text or ""))


def filled(pieces: tuple[str | None, ...]) -> Iterator[str]:
    """Yield a text with values of several kinds in its gaps."""
    gaps = sum(piece is None for piece in pieces)
    for values in product(GAPS, repeat=gaps):
        left = list(values)
        yield "".join(left.pop(0) if piece is None else piece for piece in pieces)


SAID = sorted({(place.split(":")[0], pieces) for place, pieces in said_in_source()}, key=str)


def test_the_source_is_read() -> None:
    """The collector sees what the rooms say: a rewritten room cannot empty this test."""
    told = {"".join(piece or "…" for piece in pieces) for _, pieces in SAID}
    assert {"one row an event", "a level from -2 to 2", "until …", "… cells"} <= told
    assert len(told) > 50


@pytest.mark.parametrize(("place", "pieces"), SAID, ids=[f"{a}: {b}" for a, b in SAID])
def test_every_text_has_dutch(place: str, pieces: tuple[str | None, ...]) -> None:
    """With values of one kind or another in its gaps, nothing English is left in it."""
    dutch = [in_dutch(text) for text in filled(pieces)]
    assert any(not ENGLISH.search(text) for text in dutch), dutch[:3]


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        ("minutes of one day, such as 90", "minuten van een dag, zoals 90"),
        ("a level from -2 to 2", "een niveau van -2 tot en met 2"),
        (
            "a site, an organisation or a number",
            "een locatie, een organisatie of een nummer",
        ),
        ("zelf, moeder, vader, voogd or a number", "zelf, moeder, vader, voogd of een nummer"),
        ("a school; a faith", "een school; een geloof"),
        ("row 4: the same", "rij 4: hetzelfde"),
        ("quotes.xlsx, row 4: the same", "quotes.xlsx, rij 4: hetzelfde"),
    ],
)
def test_known_answers(english: str, dutch: str) -> None:
    """Sentences that once came out half in English."""
    assert in_dutch(english) == dutch
