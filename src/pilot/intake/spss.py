"""SPSS files: codes as text, and beside them what the file says the codes mean."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pilot.errors import IntakeError
from pilot.intake.table import Labels, Table, cell, text_array
from pilot.intake.workbook import shown


def read_spss(path: Path, name: str) -> Table:
    """Read one SAV or ZSAV file, user-missing codes included.

    A row's number is its place in SPSS plus one, as if the names were row 1: what a person
    sees who saves the file as a workbook.

    Raises
    ------
    IntakeError
        When SPSS's format is damaged.
    """
    frame, meta = _read(path, name)
    columns = [
        text_array([cell(shown(_bare(value))) for value in frame[column]])
        for column in frame.columns
    ]
    kept = np.ones(len(frame), dtype=bool)
    if columns:
        kept = ~np.logical_and.reduce([np.asarray(column.isna()) for column in columns])
    return Table(
        file=name,
        name=name,
        sheet=None,
        kind="sav",
        header=tuple(frame.columns),
        columns=[column[kept] for column in columns],
        rows=np.arange(2, len(frame) + 2, dtype=np.int32)[kept],
        labels={
            place: labels
            for place, column in enumerate(frame.columns)
            if (labels := _labels(column, frame[column], meta)) is not None
        },
        encoding=str(meta.file_encoding or ""),
    )


def _read(path: Path, name: str) -> tuple[pd.DataFrame, Any]:
    import pyreadstat

    try:
        try:
            return pyreadstat.read_sav(path, user_missing=True)
        except UnicodeDecodeError:
            # Old files do not say their code page; SPSS for Windows wrote this one.
            return pyreadstat.read_sav(path, user_missing=True, encoding="WINDOWS-1252")
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError) as fault:
        raise IntakeError(
            name,
            f"is a damaged SPSS file: {fault}",
            "open it in SPSS, save it again and copy the whole file",
        ) from fault


def _bare(value: object) -> object:
    if isinstance(value, float) and np.isnan(value):
        return None
    return None if value is pd.NaT else value


def _labels(column: str, values: pd.Series, meta: Any) -> Labels | None:
    texts = {
        str(shown(code)): str(label).strip()
        for code, label in meta.variable_value_labels.get(column, {}).items()
    }
    missing = {
        str(shown(_bare(value)))
        for value in values.dropna().unique()
        for span in meta.missing_ranges.get(column, [])
        if isinstance(value, type(span["lo"])) and span["lo"] <= value <= span["hi"]
    }
    return Labels(texts, frozenset(missing)) if texts or missing else None
