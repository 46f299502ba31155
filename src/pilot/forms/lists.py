"""The hidden sheet of lists, and the rule that each cell of a form keeps."""

from __future__ import annotations

from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pilot.design import Language
from pilot.design.forms import NO_ANSWER, Blank
from pilot.forms.words import answers_of, no_answers, say, say_list

LONGEST = 12  # answers; a longer row of numbers is typed, not looked up
MOST_SIGNS = 255  # Excel refuses a longer message


@dataclass(slots=True)
class Lists:
    """The lists of a form, each written once on a sheet of their own.

    Parameters
    ----------
    sheet : Worksheet
    language : {"nl", "en"}
    """

    sheet: Worksheet
    language: Language
    _known: dict[tuple[str | int, ...], str] = field(default_factory=dict)

    def place(self, entries: list[str | int]) -> str:
        """Return where a list stands, writing it when it is new."""
        key = tuple(entries)
        if key not in self._known:
            column = len(self._known) + 2  # the first column holds the sheet's marker
            for row, entry in enumerate(entries, start=1):
                self.sheet.cell(row, column, entry)
            letter = get_column_letter(column)
            title = self.sheet.title
            self._known[key] = f"'{title}'!${letter}$1:${letter}${len(entries)}"
        return self._known[key]

    def of_blank(self, blank: Blank, first_cell: str) -> DataValidation:
        """Return the rule of a column of answers.

        Its list shows each answer with its number, then the numbers alone, so that whoever
        types fast need not choose.
        """
        numbers = [code for code, _ in blank.codes]
        if not blank.codes or len(numbers) > LONGEST:
            return self._range(blank, first_cell)
        bare: list[str | int] = [*numbers, *(int(code) for code in NO_ANSWER)]
        worded: list[str | int] = [
            entry
            for entry in answers_of(blank, self.language)
            if entry not in {str(number) for number in numbers}
        ]
        entries = [*worded, *no_answers(self.language), *(bare if blank.bare else bare[-2:])]
        if not worded:
            entries = [*numbers, *no_answers(self.language), *bare[-2:]]
        shown = ", ".join(str(number) for number in numbers)
        rule = DataValidation("list", formula1=self.place(entries))
        return self._stop(rule, "list" if blank.bare else "words", numbers=shown)

    def of_choice(self, column: str) -> DataValidation:
        """Return the rule of a column that tells how, in which language, or by whom.

        Another word is asked about, not refused: life has more of them than a list.
        """
        entries: list[str | int] = [*say_list("choices", column, self.language)]
        rule = DataValidation("list", formula1=self.place(entries), errorStyle="warning")
        return self._told(rule, say("prompts", "choice", self.language))

    def of_date(self) -> DataValidation:
        """Return the rule of the column of dates, which are text: year, month, day."""
        rule = DataValidation("textLength", operator="between", formula1="8", formula2="10")
        rule.promptTitle = say("prompts", "answered_title", self.language)
        rule.prompt = say("prompts", "answered", self.language)
        rule.showInputMessage = True
        return self._told(rule, say("prompts", "date", self.language))

    def of_minutes(self) -> DataValidation:
        """Return the rule of the column of minutes: a number of them, at most a day."""
        rule = DataValidation(
            "decimal", operator="between", formula1="0", formula2="1440", errorStyle="warning"
        )
        return self._told(rule, say("prompts", "minutes", self.language))

    def of_number(self) -> DataValidation:
        """Return the rule of a number on an open row: whom the form leaves out stays out."""
        rule = DataValidation("textLength", operator="greaterThan", formula1="0")
        rule.errorStyle = "warning"
        rule.promptTitle = say("prompts", "number_title", self.language)
        rule.prompt = say("prompts", "number", self.language)
        rule.showInputMessage = True
        return self._told(rule, say("prompts", "number", self.language))

    def _range(self, blank: Blank, cell: str) -> DataValidation:
        low, high = f"{blank.low:g}", f"{blank.high:g}"
        whole = f",{cell}=INT({cell})" if blank.whole else ""
        inside = f"AND(ISNUMBER({cell}),{cell}>={low},{cell}<={high}{whole})"
        none = ",".join(f"{cell}={code}" for code in NO_ANSWER)
        rule = DataValidation("custom", formula1=f"OR({inside},{none})")
        return self._stop(rule, "range", low=low, high=high)

    def _stop(self, rule: DataValidation, key: str, **gaps: str) -> DataValidation:
        rule.errorStyle = "stop"
        return self._told(rule, say("prompts", key, self.language, **gaps))

    def _told(self, rule: DataValidation, message: str) -> DataValidation:
        rule.allow_blank = True
        rule.showErrorMessage = True
        rule.errorTitle = say("prompts", "wrong_title", self.language)
        rule.error = message[:MOST_SIGNS]
        return rule
