"""What was typed of somebody after they stopped can be read nowhere, whoever set it aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pilot.cleaning import clean
from pilot.design import Trajectory
from pilot.findings import findings_table, quarantine_table
from pilot.forms import Form, Person, form_workbook
from pilot.frames import Cleaned
from pilot.intake import read_exports

Designer = Callable[..., Trajectory]
KEPT_AWAY = "(not kept: no consent)"
STOPPED = {"withdrawn": "2025-03-01", "withdrawal": "stop"}
REMOVED = {"withdrawn": "2025-03-01", "withdrawal": "stop and remove"}
ADULT = {"consent_answers": "yes", "consent_giver": "self", "consent_date": "2025-01-02"}
ON = {"mode": "papier", "brs_01": 3, "brs_02": 2, "brs_04": 1}
RATED = (
    '[[planned]]\noutcome = "brs_total"',
    '[[asked]]\ninstrument = "brs-coach"\nrole = "parent"\nrated_by = "coach"\n'
    'columns = "coach_{item}"\n[[planned]]\noutcome = "brs_total"',
)


@pytest.fixture
def coach(
    design: Designer, typist: Any, cleaned: Callable[..., Cleaned], tmp_path: Path
) -> Callable[[str | None], Cleaned]:
    """Give a function that cleans what a coach said of 007, who stopped, typed twice."""

    def rates(day: str | None) -> Cleaned:
        path = tmp_path / "exports" / "coach.xlsx"
        path.parent.mkdir()
        made = Form(design(RATED), "t0", ("parent",), rater="coach")
        path.write_bytes(form_workbook(made, {"parent": [Person("007"), Person("008")]}))
        sheets = typist(path)
        for entry, said in ((1, 81), (2, 82)):
            cells = {"answered": day, "brs_coach_01": 3, "brs_coach_02": said}
            sheets.types("007", cells, entry=entry)
        sheets.saves()
        return cleaned(design(RATED), STOPPED)

    return rates


@pytest.fixture
def cleaned(making: ModuleType, tmp_path: Path) -> Callable[..., Cleaned]:
    """Give a function that cleans the folder beside a register in which 007 says this."""

    def make(design: Trajectory, said: dict[str, Any]) -> Cleaned:
        received = read_exports(design, tmp_path / "exports")
        people = [{"participant": "007", **said}, {"participant": "008"}]
        register = making.register(*({**ADULT, **person} for person in people))
        return clean(replace(received, register=register), design)

    return make


def readable(station: Cleaned, code: str, words: tuple[str, ...]) -> list[str]:
    """Return which of these words stand in quarantine or findings of somebody."""
    findings = station.findings[["participant", "found", "expected"]]
    tables = (station.quarantine[["participant", "value"]], findings)
    texts = [table[table["participant"] == code].to_csv() for table in tables]
    return [word for word in words if any(word in text for text in texts)]


def typed(form: Callable[..., Any], wave: str, days: tuple[str | None, str | None]) -> None:
    """Type rows of 007 and 008 twice: who, when, an answer and a note differ."""
    typist = form(wave=wave)
    for entry, day, who, said in zip((1, 2), days, ("zelf", "partner"), (91, 92), strict=True):
        sheet = typist.sheet(entry=entry)
        head = next(row for row in sheet.iter_rows() if "brs_01" in [c.value for c in row])
        note = sheet.max_column + 1
        sheet.cell(head[0].row, note).value = "notitie"
        for code, where in (("007", who), ("008", "zelf")):
            cells = {"answered": day, "respondent": where, "brs_03": said, **ON}
            typist.types(code, cells, entry=entry)
            sheet.cell(typist.row(sheet, code), note).value = f"schulden {said}"
    typist.saves()


@pytest.mark.parametrize("said", [STOPPED, REMOVED])
@pytest.mark.parametrize(
    "days", [("2025-06-10", "2025-06-11"), ("2025-06-10", "2025-06-10"), (None, None)]
)
def test_two_typings_after_the_stop_are_readable_nowhere(
    form: Callable[..., Any],
    design: Designer,
    cleaned: Callable[..., Cleaned],
    said: dict[str, str],
    days: tuple[str | None, str | None],
) -> None:
    """Of both sheets only places stay, though another rule set the row aside first.

    The other person's differences are shown as ever, and no cell is lost of either.
    """
    typed(form, "t1", days)
    station, nobody = cleaned(design(), said), cleaned(design(), {})
    secrets = ("91", "92", "schulden", "partner", "2025-06-1")

    assert "entry-who-differs" in station.quarantine["rule"].to_list()
    assert readable(station, "007", secrets) == []
    assert readable(station, "008", secrets[:3]) == ["91", "92", "schulden"]
    places = ["file", "row", "participant", "column"]
    counts = [each.quarantine[places].value_counts().to_dict() for each in (station, nobody)]
    assert counts[0] == counts[1]
    assert readable(nobody, "007", secrets[:4]) == list(secrets[:4])


def test_what_was_typed_before_the_stop_is_still_told(
    form: Callable[..., Any], design: Designer, cleaned: Callable[..., Cleaned]
) -> None:
    """The wave closed before the day of stopping: the team can mend what differs."""
    typed(form, "t0", ("2025-01-20", "2025-01-20"))
    station = cleaned(design(), STOPPED)

    assert readable(station, "007", ("91", "92", "partner")) == ["91", "92", "partner"]


@pytest.mark.parametrize(
    ("day", "shown"), [("2025-01-20", ["81", "82"]), ("2025-03-02", []), (None, ["81", "82"])]
)
def test_what_a_coach_said_after_the_stop_is_readable_nowhere(
    coach: Callable[[str | None], Cleaned], day: str | None, shown: list[str]
) -> None:
    """A rater's form is dated too: what differs in it goes with the row; before, it stays."""
    station = coach(day)

    assert readable(station, "007", ("81", "82")) == shown
    assert (station.quarantine["value"] == KEPT_AWAY).any() == (not shown)


def test_the_row_of_the_second_typing_goes_with_the_first(making: ModuleType) -> None:
    """The row that a difference names is theirs, even where its number was typed wrong."""
    told = making.whole(
        "entry-differs",
        file="a[ouder 1]",
        row=7,
        participant="p1",
        column="q1",
        found="een | twee",
        expected="a[ouder 2], row 9: the same",
    )
    cell = {"file": "a[ouder 2]", "wave": "t1", "role": "parent", "finding": told["id"]}
    aside = [
        cell | {"row": 9, "participant": None, "column": "q1", "value": "twee"},
        cell | {"row": 9, "participant": None, "column": "notitie", "value": "geheim"},
        cell | {"row": 8, "participant": None, "column": "notitie", "value": "van een ander"},
    ]
    rules = ("entry-differs", "unknown-column", "unknown-column")
    names = (told["id"], "another", "another")
    made = [
        each | {"rule": rule, "finding": name}
        for each, rule, name in zip(aside, rules, names, strict=True)
    ]
    people = [{"participant": "p1", **ADULT, **STOPPED}, {"participant": "p2", **ADULT}]
    received = making.received(
        making.form("p2"),
        register=making.register(*people),
        quarantine=quarantine_table(made),
        findings=findings_table([told]),
    )
    station = clean(received, making.design())

    assert station.quarantine["value"].tolist() == [KEPT_AWAY, KEPT_AWAY, "van een ander"]
    assert [each["found"] for each in making.told(station, "entry-differs")] == [KEPT_AWAY]
