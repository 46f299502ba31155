"""Findings: what cleaning saw, where, and how to mend it; worded by rule in nl and en."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

import pandas as pd
from pydantic import TypeAdapter

from pilot.design.text import Part, Text
from pilot.frames import FINDINGS, QUARANTINE, empty

Severity = Literal["error", "warning", "note"]
ROW = {"row": "Int64"}  # a row number is whole, also where some findings have none


class Rule(Part):
    """One thing that may be wrong with an export.

    An error took an answer or a row out; a warning kept it and asks for a look; a note
    tells of something that the design declares or that changes no answer.
    """

    severity: Severity
    title: Text
    mend: Text


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Return every rule by its name.

    Examples
    --------
    >>> rules()["out-of-range"].severity
    'error'
    """
    content = tomllib.loads((files("pilot") / "rules.toml").read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, Rule]).validate_python(content)


def finding(rule: str, **place: Any) -> dict[str, Any]:
    """Return one finding as a record; what is not given stays empty.

    Parameters
    ----------
    rule : str
        A name in `rules`.
    **place
        Any of file, row, participant, column, found, expected.

    Examples
    --------
    >>> finding("out-of-range", file="pre.csv", row=4, column="Q3", found="7")["severity"]
    'error'
    """
    known = rules()[rule]
    record = dict.fromkeys(FINDINGS) | place
    record |= {"rule": rule, "severity": known.severity, "mend": known.mend.en}
    record["id"] = identify(rule, *(record[key] for key in ("file", "row", "column", "found")))
    return record


def identify(*parts: object) -> str:
    """Return a short name that is the same at every run for the same finding."""
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def findings_table(records: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Return findings as a table with the columns `FINDINGS`."""
    rows = list(records)
    return pd.DataFrame(rows, columns=list(FINDINGS)).astype(ROW) if rows else empty(FINDINGS)


def quarantine_table(records: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Return what was set aside as a table with the columns `QUARANTINE`, one row an answer."""
    rows = list(records)
    made = pd.DataFrame(rows, columns=list(QUARANTINE))
    return made.astype(ROW) if rows else empty(QUARANTINE)


def together(*tables: pd.DataFrame) -> pd.DataFrame:
    """Return tables of the same columns below each other, leaving the empty ones out."""
    filled = [table for table in tables if len(table)]
    if not filled:
        return tables[0].copy()
    return pd.concat(filled, ignore_index=True)
