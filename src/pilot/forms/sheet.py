"""One sheet of a form: one role, one time of typing; a row a person, a column an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pilot.design import Language
from pilot.design.forms import (
    ABOUT,
    FORM_VERSION,
    KEY,
    OCCASION,
    WHO,
    Blank,
    Marker,
    row_key,
)
from pilot.forms import looks
from pilot.forms.lists import Lists
from pilot.forms.people import Person
from pilot.forms.words import say

TITLE_ROW, HOW_ROW, BLOCK_ROW, LABEL_ROW, RANGE_ROW, ID_ROW = range(1, 7)
FIRST_ROW = ID_ROW + 1
WIDTHS = {"participant": 9.0, "family": 8.0, "site": 14.0, "answered": 11.0, "language": 11.0}
ITEM_WIDTH, OTHER_WIDTH, PAGE_WIDTH = 5.5, 10.0, 150.0
CHOSEN = ("mode", "language", "interpreter", "respondent")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one sheet is made of.

    Parameters
    ----------
    marker : Marker
    heading : str
        What stands above it.
    blanks : tuple of Blank
    people : tuple of Person
        In their order; those without a number are open rows.
    told : tuple of str
        Which of family, site and group stand beside the number.
    occasion : tuple of str
        What is typed of when and how.
    version : str
        Of what the role is asked; without one, no column says it.
    """

    marker: Marker
    heading: str
    language: Language
    blanks: tuple[Blank, ...]
    people: tuple[Person, ...]
    told: tuple[str, ...]
    occasion: tuple[str, ...] = OCCASION
    version: str = ""

    @property
    def columns(self) -> list[str]:
        """The names of the columns; a key at both ends and between all instruments."""
        version = [FORM_VERSION] if self.version else []
        return [KEY, "participant", *self.told, *self.occasion, *version, *self._asked()]

    def _asked(self) -> Iterator[str]:
        keys = 0
        for place, blank in enumerate(self.blanks):
            if not place or self.blanks[place - 1].instrument != blank.instrument:
                keys += 1
                yield f"{KEY}_{keys}"
            yield blank.column
        yield f"{KEY}_{keys + 1}"


def write_sheet(sheet: Worksheet, entry: Entry, lists: Lists) -> None:
    """Write one sheet: head, rows, rules, print setup and lock."""
    _write_head(sheet, entry)
    _write_rows(sheet, entry)
    _add_rules(sheet, entry, lists)
    _set_page(sheet, entry)
    _lock(sheet)


def is_key(column: str) -> bool:
    """Return whether a column holds a row's hidden key.

    Examples
    --------
    >>> is_key("key"), is_key("key_3"), is_key("keyboard")
    (True, True, False)
    """
    head, _, number = column.partition("_")
    return head == KEY and (not number or number.isdecimal())


def is_hidden(column: str) -> bool:
    """Return whether a column is not shown: what the form itself knows of its rows."""
    return is_key(column) or column == FORM_VERSION


def _write_head(sheet: Worksheet, entry: Entry) -> None:
    sheet.cell(TITLE_ROW, 1, str(entry.marker)).font = looks.UNSEEN
    told = ("how_rater" if entry.marker.rater else "how", "no_answer")
    how = "    ".join(say("head", key, entry.language) for key in told)
    for row, text, font in (
        (TITLE_ROW, entry.heading, looks.TITLE),
        (HOW_ROW, how, looks.TEXT),
    ):
        cell = sheet.cell(row, 3, text)  # beside the number, which every page repeats
        cell.font, cell.alignment = font, looks.LEFT
    blanks = {blank.column: blank for blank in entry.blanks}
    bands = _bands(entry.blanks)
    for place, column in enumerate(entry.columns, start=1):
        letter = get_column_letter(place)
        if is_hidden(column):
            sheet.column_dimensions[letter].hidden = True
        elif column in blanks:
            _head_of_blank(sheet, place, blanks[column], entry.language)
            sheet.column_dimensions[letter].width = ITEM_WIDTH
        else:
            said = f"{column}_rater" if entry.marker.rater and column in OCCASION else column
            _label(sheet.cell(LABEL_ROW, place), say("columns", said, entry.language))
            sheet.column_dimensions[letter].width = WIDTHS.get(column, OTHER_WIDTH)
        band = bands.get(column)
        if band is not None:
            for row in range(BLOCK_ROW, FIRST_ROW):
                sheet.cell(row, place).fill = looks.BANDS[band % 2]
        _small(sheet.cell(ID_ROW, place), column)
    _name_blocks(sheet, entry)
    for row, height in ((TITLE_ROW, 21), (HOW_ROW, 18), (LABEL_ROW, 128), (ID_ROW, 92)):
        sheet.row_dimensions[row].height = height
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 3)


def _bands(blanks: Sequence[Blank]) -> dict[str, int]:
    order = list(dict.fromkeys(blank.instrument for blank in blanks))
    return {blank.column: order.index(blank.instrument) for blank in blanks}


def _head_of_blank(sheet: Worksheet, place: int, blank: Blank, language: Language) -> None:
    _label(sheet.cell(LABEL_ROW, place), blank.label.in_(language))
    numbers = [code for code, _ in blank.codes]
    low, high = (min(numbers), max(numbers)) if numbers else (blank.low, blank.high)
    cell = sheet.cell(RANGE_ROW, place, f"{low:g}\u2013{high:g}")
    cell.font, cell.alignment = looks.SMALL, looks.CENTRE


def _name_blocks(sheet: Worksheet, entry: Entry) -> None:
    seen: set[str] = set()
    for place, column in enumerate(entry.columns, start=1):
        blank = next((each for each in entry.blanks if each.column == column), None)
        if blank is None or blank.instrument in seen:
            continue
        seen.add(blank.instrument)
        size = sum(each.instrument == blank.instrument for each in entry.blanks)
        name = blank.block.in_(entry.language)
        if len(name) <= size * ITEM_WIDTH:  # else it would be cut off; the labels say enough
            cell = sheet.cell(BLOCK_ROW, place, name)
            cell.font, cell.alignment = looks.BOLD, looks.LEFT


def _label(cell: Cell, text: str) -> None:
    cell.value, cell.font, cell.alignment = text, looks.TEXT, looks.UPWARDS


def _small(cell: Cell, text: str) -> None:
    cell.value, cell.font, cell.alignment = text, looks.SMALL, looks.UPWARDS


def _write_rows(sheet: Worksheet, entry: Entry) -> None:
    columns = entry.columns
    firsts = {place for place, name in enumerate(columns) if is_key(columns[place - 1])}
    for number, person in enumerate(entry.people, start=1):
        row = FIRST_ROW + number - 1
        known = {name: person.said(name) for name in WHO}
        for place, column in enumerate(columns, start=1):
            cell = sheet.cell(row, place)
            if is_key(column):
                cell.value, cell.font = row_key(number, person.number), looks.SMALL
                continue
            if column == FORM_VERSION:
                cell.value, cell.number_format, cell.data_type = entry.version, "@", "s"
                continue
            cell.border = looks.FIRST_BOX if place - 1 in firsts else looks.BOX
            cell.alignment = looks.LEFT  # of an answer in words the number stays in sight
            cell.font = looks.BOLD if column == "participant" else looks.TEXT
            if column in (*known, "answered", "interviewer", ABOUT):
                cell.number_format = "@"  # so that Excel makes no date or number of it
            if known.get(column):
                cell.value, cell.fill = known[column], looks.LOCKED_FILL
                cell.data_type = "s"  # a number that begins with '=' is no formula
            elif column in person.closed:
                cell.fill = looks.LOCKED_FILL
            else:
                cell.protection = looks.OPEN
        sheet.row_dimensions[row].height = 18


def _add_rules(sheet: Worksheet, entry: Entry, lists: Lists) -> None:
    blanks = {blank.column: blank for blank in entry.blanks}
    last = FIRST_ROW + len(entry.people) - 1
    opened = sum(not person.number for person in entry.people)
    for place, column in enumerate(entry.columns, start=1):
        letter = get_column_letter(place)
        if column in blanks:
            rule = lists.of_blank(blanks[column], f"{letter}{FIRST_ROW}")
        elif column in CHOSEN:
            rule = lists.of_choice(column)
        elif column == "answered":
            rule = lists.of_date()
        elif column == "minutes":
            rule = lists.of_minutes()
        elif column == "participant" and 0 < opened < len(entry.people):
            rule = lists.of_number()
            first = FIRST_ROW + len(entry.people) - opened
            rule.add(f"{letter}{first}:{letter}{last}")
            sheet.add_data_validation(rule)
            continue
        else:
            continue
        rule.add(f"{letter}{FIRST_ROW}:{letter}{last}")
        sheet.add_data_validation(rule)


def _set_page(sheet: Worksheet, entry: Entry) -> None:
    last = FIRST_ROW + len(entry.people) - 1
    letter = get_column_letter(len(entry.columns))
    sheet.print_area = f"A1:{letter}{last}"
    sheet.print_title_rows = f"{BLOCK_ROW}:{ID_ROW}"
    sheet.print_title_cols = "A:B"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    widths = [
        sheet.column_dimensions[get_column_letter(p)] for p in range(1, len(entry.columns) + 1)
    ]
    wide = sum(each.width for each in widths if not each.hidden)
    sheet.page_setup.fitToWidth = max(1, round(wide / PAGE_WIDTH))
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5
    sheet.oddFooter.left.text = entry.heading
    sheet.oddFooter.right.text = say("head", "page", entry.language)


def _lock(sheet: Worksheet) -> None:
    """Lock what nobody types in, without a password: rows and columns stay together."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
