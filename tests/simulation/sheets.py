"""An export before it is written: sheets of rows, and rows that know whose they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.simulation.answers import Answers, Form


@dataclass(eq=False, slots=True)
class Row:
    """One row: whose it is, of which wave, and its cells by column."""

    code: str
    wave: str
    cells: dict[str, Any]


@dataclass(eq=False, slots=True)
class Sheet:
    """One sheet of a workbook, or one flat file; ``above`` lines stand over the columns."""

    file: str
    columns: list[str]
    rows: list[Row] = field(default_factory=list)
    name: str = ""
    above: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        """The file, with the sheet where it is a workbook of sheets."""
        return f"{self.file}[{self.name}]" if self.name else self.file

    def number(self, row: Row) -> int:
        """Return the number that a person sees beside a row in Excel."""
        return self.rows.index(row) + 2 + len(self.above)

    def of(self, code: str, wave: str | None = None) -> Row:
        """Return somebody's row."""
        return next(r for r in self.rows if r.code == code and wave in (None, r.wave))


def cells_of(
    forms: Iterable[Form],
    answers: Answers,
    wave: str,
    say: Callable[[Form, int], Any] | None = None,
) -> dict[str, Any]:
    """Return the answers of some forms as an export's cells, in the export's columns.

    Parameters
    ----------
    forms : iterable of Form
        The forms of one role.
    answers : dict
        The answers by item id.
    wave : str
        As it stands in the column names, if it does.
    say : callable, optional
        How an answer is written; words where the form is coded by its words, else numbers.
    """
    return {
        form.asked.column(item, wave): _written(
            form, answers.get(item), say or words_or_numbers
        )
        for form in forms
        for item in form.items
    }


def _written(form: Form, value: int | None, say: Callable[[Form, int], Any]) -> Any:
    return None if value is None else say(form, value)


def words_or_numbers(form: Form, value: int) -> Any:
    """Return the word of a form that is coded by words, the number of any other."""
    return words(form, value) if form.instrument.responses.coded == "labels" else value


def words(form: Form, value: int) -> Any:
    """Return the word that the design or the form has for an answer, or the number."""
    for known in (form.asked.answers, form.instrument.responses.options):
        found = [
            word for word, number in known.items() if number == value and not word.isdigit()
        ]
        if found:
            return found[0]
    return value


def columns_of(forms: Iterable[Form], wave: str = "") -> list[str]:
    """Return the columns of some forms."""
    return [form.asked.column(item, wave) for form in forms for item in form.items]
