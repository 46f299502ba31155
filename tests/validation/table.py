"""Every figure as a row of plain values, for the CSV and for whoever reads it back."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from tests.validation.cells import Cell
from tests.validation.measure import COMPARED, SETS, Row, measure
from tests.validation.methods import METHODS
from tests.validation.verdicts import part, verdict

DECIMALS = 4
CONDITIONS = {
    "exponential": "skewed",
    "ceiling": "bound",
    "ceiling moved": "bound",
    "strong ceiling moved": "mostly bound",
}
"""The conditions that the package knows, by the shapes they were measured in."""
MEANS = ("families", "sites")


def records(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Return one record a row: the cell's factors, part and verdict, the figures."""
    return [
        {"cell": row.cell.name}
        | {each.name: getattr(row.cell, each.name) for each in fields(Cell)}
        | {"method": row.method.name, "part": part(row), "verdict": verdict(row)}
        | {name: _plain(value) for name, value in row.figures().items()}
        for row in rows
    ]


def figures(cell: Cell, sets: int = SETS, compared: int = COMPARED) -> list[dict[str, Any]]:
    """Measure a cell and return its records; what one process hands to another."""
    return records(measure(cell, sets, compared))


def _plain(value: float) -> float | int | str:
    if isinstance(value, int):
        return value
    return "" if math.isnan(value) else round(value, DECIMALS)


def packaged(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what the package carries: the lowest coverage of each method and condition."""
    means = {method.name for method in METHODS if method.kind in MEANS}
    lowest: dict[tuple[str, str, int], dict[str, Any]] = {}
    for row in rows:
        condition = CONDITIONS.get(row["shape"])
        if condition is None or row["method"] not in means or not row["intervals_95"]:
            continue
        key = (row["method"], condition, row["families"])
        if key not in lowest or row["coverage_95"] < lowest[key]["coverage_95"]:
            lowest[key] = row
    return [
        {
            "method": method,
            "condition": condition,
            "n_families": n,
            "coverage_95": row["coverage_95"],
            "intervals": row["intervals_95"],
        }
        for (method, condition, n), row in sorted(lowest.items())
    ]


def csv_text(rows: Sequence[dict[str, Any]]) -> str:
    """Return records as a CSV file."""
    written = io.StringIO()
    writer = csv.DictWriter(written, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def read_records(path: Path) -> list[dict[str, Any]]:
    """Return the records of a CSV file, numbers as numbers."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {key: _read(value) for key, value in row.items()} for row in csv.DictReader(file)
        ]


def _read(value: str) -> float | int | str:
    for number in (int, float):
        try:
            return number(value)
        except ValueError:
            continue
    return value


def write(path: Path, text: str) -> None:
    """Write a file aside and put it in place at once."""
    aside = path.with_name(f".{path.name}.new")
    aside.write_text(text, encoding="utf-8", newline="\n")
    aside.replace(path)
