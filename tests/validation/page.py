"""`docs/validation.md`: what was simulated, what must hold, what holds and what misses."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.validation.cells import FRESH, LADDER
from tests.validation.draw import SEED
from tests.validation.holding import holds_from
from tests.validation.verdicts import LIMITS

Record = dict[str, Any]
JUDGED = tuple(LIMITS)
TOLD = ("mixed_kr", "paired_t", "site_means_t", "net_better")
"""Methods that a plan may choose: their rows stand on the page, all others in the CSV."""
SHAPES = (
    "skew 1",
    "exponential",
    "ceiling",
    "ceiling moved",
    "strong ceiling moved",
)
PACKAGES = ("numpy", "scipy", "pandas", "statsmodels")


def page(rows: Sequence[Record]) -> str:
    """Return the page."""
    sets = max(int(row["sets"]) for row in rows)
    parts = [
        _text("introduction").format(
            sets=sets,
            cells=len({row["cell"] for row in rows}),
            error_95=200 * (0.95 * 0.05 / sets) ** 0.5,
            error_75=200 * (0.75 * 0.25 / sets) ** 0.5,
        ),
        _glance(rows),
        _misses(rows),
        _fresh(rows),
        _mixed(rows),
        _trouble(rows),
        *(_method(rows, name) for name in TOLD),
        _text("not_measured").format(sets=sets),
        _made_with(),
    ]
    return "\n".join(parts)


def _text(name: str) -> str:
    return (Path(__file__).parent / f"{name}.md").read_text(encoding="utf-8")


def _glance(rows: Sequence[Record]) -> str:
    lines = []
    for name in _names(rows):
        judged = [row for row in _of(rows, name) if _is_judged(row)]
        held = sum(row["verdict"] == "holds" for row in judged)
        ranges = [_range(judged, key) for key in ("coverage_95", "coverage_75", "rejection")]
        lines.append((f"`{name}`", f"{held} of {len(judged)}", *ranges))
    head = ("method", "cells that hold", "95 % intervals", "75 % intervals", "rejections")
    return "## At a glance\n\n" + _table(head, lines)


def _is_judged(row: Record) -> bool:
    return row["part"] in JUDGED and row["verdict"] != "always refused"


def _misses(rows: Sequence[Record]) -> str:
    missed = [
        row
        for name in _names(rows)
        for row in _of(rows, name)
        if str(row["verdict"]).startswith("misses")
    ]
    lines = [
        (f"`{row['method']}`", row["cell"], row["part"], str(row["verdict"])[8:])
        for row in missed
    ]
    if not lines:
        return "## What misses\n\nNothing.\n"
    return "## What misses\n\n" + _table(("method", "cell", "part", "figure"), lines)


def _fresh(rows: Sequence[Record]) -> str:
    names = {cell.name for cell in FRESH}
    lines = []
    for name in TOLD:
        judged = [row for row in _of(rows, name) if row["cell"] in names and _is_judged(row)]
        held = sum(row["verdict"] == "holds" for row in judged)
        ranges = [_range(judged, key) for key in ("coverage_95", "coverage_75", "rejection")]
        lines.append((f"`{name}`", f"{held} of {len(judged)}", *ranges))
    head = ("method", "cells that hold", "95 % intervals", "75 % intervals", "rejections")
    return (
        "## In cells that no rule was chosen on\n\n"
        f"{len(names)} of the cells (7, 10, 14 and 20 families; three waves; other ICCs and "
        "losses) were written down after every rule of a method had been chosen, so they "
        "judge those rules more fairly than the cells they were chosen on. They stand in "
        "all tables above and below too.\n\n" + _table(head, lines)
    )


def _mixed(rows: Sequence[Record]) -> str:
    said = []
    for waves, words in ((2, "two waves"), (3, "three waves"), (5, "five waves")):
        start = holds_from(rows, waves)
        reached = "at no number of families here" if start is None else f"from {start} families"
        said.append(f"- {words}: {reached} with both waves on")
    return (
        "## From how many families the mixed model holds\n\n"
        "The smallest number of families with both waves from which its 95 % interval covers "
        "at least 94 % (within two Monte Carlo errors) in every core and conservative cell, "
        "by the median of the cell:\n\n" + "\n".join(said) + "\n"
    )


def _trouble(rows: Sequence[Record]) -> str:
    lines = []
    for shape in SHAPES:
        stress = [row for row in rows if row["shape"] == shape]
        for members in sorted({str(row["members"]) for row in stress}):
            told = [row for row in stress if row["members"] == members]
            who = "one person each" if members == "one" else "1 to 4 people"
            for name in _names(told):
                by_n = {int(row["families"]): row for row in _of(told, name)}
                figures = [_percent(by_n.get(n, {}).get("coverage_95")) for n in (4, *LADDER)]
                lines.append((f"{shape}, {who}", f"`{name}`", *figures))
    head = ("scores", "method", *(f"n = {n}" for n in (4, *LADDER)))
    return (
        "## Under skew and at a ceiling\n\nHow many of 100 intervals at 95 % held the "
        "truth, by the number of families.\n\n" + _table(head, lines)
    )


def _method(rows: Sequence[Record], name: str) -> str:
    told = [row for row in _of(rows, name) if row["part"] != "stress"]
    lines = [tuple(_line(row)) for row in told]
    head = ("cell", "part", "95 %", "75 %", "rejects", "width", "df", "refused", "verdict")
    return f"## `{name}` by cell\n\n" + _table(head, lines)


def _line(row: Record) -> Iterator[str]:
    yield str(row["cell"])
    yield str(row["part"])
    for key in ("coverage_95", "coverage_75", "rejection"):
        yield _percent(row[key])
    yield _number(row["width"], 2)
    yield _number(row["df"], 1)
    yield _percent(row["refused"])
    yield str(row["verdict"])


def _made_with() -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        "## Made with\n\n"
        f"Seed {SEED} with the name of the cell (numpy's SeedSequence and PCG64); Python "
        f"{platform.python_version()}, {packages}. The figures are the same with one or "
        "with more processes.\n"
    )


def _names(rows: Iterable[Record]) -> list[str]:
    return list(dict.fromkeys(str(row["method"]) for row in rows))


def _of(rows: Iterable[Record], name: str) -> list[Record]:
    return [row for row in rows if row["method"] == name]


def _range(rows: Iterable[Record], key: str) -> str:
    known = [float(row[key]) for row in rows if row[key] != ""]
    if not known:
        return "-"
    return f"{100 * min(known):.1f} to {100 * max(known):.1f}"


def _percent(share: Any) -> str:
    return "-" if share in ("", None) else f"{100 * float(share):.1f}"


def _number(value: Any, decimals: int) -> str:
    return "-" if value == "" else f"{float(value):.{decimals}f}"


def _table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    rows = [head, ["---"] * len(head), *lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"
