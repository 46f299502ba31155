"""The first sheet of a form: how to type, what is asked, and where the workbook goes."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from pilot.design import Language
from pilot.design.forms import Blank, Marker
from pilot.forms import looks
from pilot.forms.people import Person
from pilot.forms.words import answers_of, say, say_list

PARTS = ("about", "how", "twice", "after")
WIDTHS = {"A": 2.0, "B": 34.0, "C": 26.0, "D": 30.0, "E": 66.0}
MOST_LISTED = 12
SIGNS_A_LINE, SIGNS_A_CELL, LINE_HEIGHT = 150, 62, 16


def write_explanation(
    sheet: Worksheet,
    marker: Marker,
    heading: str,
    asked: Sequence[tuple[str, Sequence[Blank]]],
    people: Sequence[Person],
) -> None:
    """Write the sheet of explanation.

    Parameters
    ----------
    marker : Marker
        Whose entry is 0: here stand no answers.
    heading : str
        Which trajectory and wave this is.
    asked : sequence of (role, blanks)
        What each role is asked, the role in words.
    people : sequence of Person
        Whose numbers stand in the form; may be nobody.
    """
    language: Language = "en" if marker.language == "en" else "nl"
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.cell(1, 1, str(marker)).font = looks.UNSEEN
    title = "title_rated" if marker.rater else "title"
    _line(sheet, 1, say("explanation", title, language), looks.TITLE)
    _line(sheet, 2, heading, looks.HEADING)
    row = 4
    for part in PARTS:
        _line(sheet, row, say("explanation", part, language), looks.HEADING)
        rated = f"{part}_text_rated" if marker.rater else f"{part}_text"
        own = _of_the_list(marker, people, language) if part == "how" else []
        for text in (*say_list("explanation", rated, language), *own):
            row += 1
            _paragraph(sheet, row, text.format(trajectory=marker.trajectory))
        row += 2
    _line(sheet, row, say("explanation", "columns", language), looks.HEADING)
    for role, blanks in asked:
        row = _table(sheet, row + 1, role, blanks, language)
    _set_page(sheet)


def _of_the_list(marker: Marker, people: Sequence[Person], language: Language) -> list[str]:
    """Return what to do about who is not on the list, and about cells that are closed."""
    if not people:
        return [say("explanation", "nobody_listed", language)]
    key = "not_listed_rated" if marker.rater else "not_listed"
    closed = any(person.closed for person in people)
    keys = (key, "closed") if closed else (key,)
    return [say("explanation", key, language) for key in keys]


def _line(sheet: Worksheet, row: int, text: str, font: Font) -> None:
    cell = sheet.cell(row, 2, text)
    cell.font = font


def _paragraph(sheet: Worksheet, row: int, text: str) -> None:
    sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=5)
    cell = sheet.cell(row, 2, text)
    cell.font, cell.alignment = looks.TEXT, looks.WRAPPED
    sheet.row_dimensions[row].height = LINE_HEIGHT * (1 + len(text) // SIGNS_A_LINE)


def _table(
    sheet: Worksheet, row: int, role: str, blanks: Sequence[Blank], language: Language
) -> int:
    _line(sheet, row, role, looks.BOLD)
    row += 1
    for place, word in enumerate(say_list("explanation", "table", language), start=2):
        cell = sheet.cell(row, place, word)
        cell.font, cell.fill = looks.BOLD, looks.LOCKED_FILL
    for blank in blanks:
        row += 1
        told = (blank.block.in_(language), blank.column, blank.label.in_(language))
        answers = _answers(blank, language)
        for place, text in enumerate((*told, answers), start=2):
            cell = sheet.cell(row, place, text)
            cell.font, cell.alignment, cell.border = looks.TEXT, looks.WRAPPED, looks.BOX
        sheet.row_dimensions[row].height = LINE_HEIGHT * (1 + len(answers) // SIGNS_A_CELL)
    return row + 1


def _answers(blank: Blank, language: Language) -> str:
    listed = answers_of(blank, language)
    worded = any(word for _, word in blank.codes)
    if not worded or len(listed) > MOST_LISTED:
        numbers: list[float] = [code for code, _ in blank.codes]
        numbers = numbers or [blank.low, blank.high]
        return f"{min(numbers):g} \u2013 {max(numbers):g}"
    return "; ".join(listed)


def _set_page(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_view.showGridLines = False
    sheet.protection.sheet = True
