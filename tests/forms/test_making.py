"""A form has a row for everyone who is in, a column for everything asked, and no wording."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

import pilot
from pilot.design import Language, load_trajectory, trajectory_names
from pilot.design.forms import asking_hash, blanks_of, read_marker
from pilot.errors import CallError, RunError
from pilot.forms import Form, Person, form_workbook, people_at
from pilot.forms.words import answers_of, english
from pilot.workbench.form import FormWanted, write_form
from pilot.workbench.left_out import LeftOut

TRAJECTORIES = Path(pilot.__file__).parent / "trajectories"
Maker = Callable[..., Any]
EVERY = [
    (name, role.key, wave)
    for name in trajectory_names()
    for role in load_trajectory(name).roles
    for wave in load_trajectory(name).wave_keys
    if blanks_of(load_trajectory(name), role.key, wave)
]


def register(*rows: tuple[str, str, str, str, str, str | None]) -> pd.DataFrame:
    """Return a register: number, family, site, role, start, end."""
    names = ["participant", "family", "site", "role", "start", "end"]
    frame = pd.DataFrame(list(rows), columns=names)
    return frame.assign(start=pd.to_datetime(frame["start"]), end=pd.to_datetime(frame["end"]))


PEOPLE = register(
    ("P9", "G9", "oost", "parent", "2024-02-05", None),
    ("P1", "G1", "noord", "parent", "2024-02-05", None),
    ("K1", "G1", "noord", "child", "2024-02-05", None),
    ("P2", "G2", "noord", "parent", "2024-02-05", "2024-08-31"),
    ("P3", "G3", "noord", "parent", "2024-10-12", None),
    ("P4", "G4", "noord", "parent", "2024-09-20", "2024-09-25"),
)


def test_a_row_stands_for_everyone_who_is_in_at_the_wave() -> None:
    """Not for who left before it opened or came after it closed; in the register's order."""
    design = load_trajectory("krachtige-gezinnen")  # this wave: 2 September to 11 October 2024

    assert people_at(PEOPLE, design, "t1", "parent") == [
        Person("P9", "G9", "oost"),
        Person("P1", "G1", "noord"),
        Person("P4", "G4", "noord"),
    ]
    assert [p.number for p in people_at(PEOPLE, design, "t1", "parent", "oost")] == ["P9"]
    assert [p.number for p in people_at(PEOPLE, design, "t1", "child")] == ["K1"]
    assert [p.number for p in people_at(PEOPLE, design, "t2", "parent")] == ["P9", "P1", "P3"]


def test_the_child_and_the_group_are_asked_where_the_design_needs_them(
    design: Callable[..., Any],
) -> None:
    """Which child a scale is about; the group, unless the register knows it already."""
    asked = 'instrument = "brs"\nrole = "parent"'
    groups = '[groups]\ncolumn = "groep"\nreference = "wacht"\nlevels = ["wacht", "mee"]\n'
    made = design(
        (asked, f"{asked}\nindex_child = true"), ("[[planned]]", f"{groups}[[planned]]")
    )

    def columns(*people: Person) -> set[Any]:
        raw = form_workbook(Form(made, "t0", ("parent",)), {"parent": people})
        return {cell.value for cell in load_workbook(io.BytesIO(raw))["ouder 1"][6]}

    assert {"about", "group"} <= columns(Person("P1"))
    assert "group" not in columns(Person("P1", group="mee"))


def test_where_everyone_has_a_clock_of_their_own_it_counts_from_their_start() -> None:
    """Who left six months after the start is in at the first wave, not at twelve months."""
    rolling = [name for name in trajectory_names() if load_trajectory(name).waves[0].rolling]
    design = load_trajectory(rolling[0])
    role, last = design.roles[0].key, design.waves[-1]
    stayed = ("P1", "", "", role, "2024-03-01", None)
    left = ("P2", "", "", role, "2024-03-01", "2024-03-20")
    known = register(stayed, left)

    assert last.from_month is not None
    assert last.from_month > 2
    assert len(people_at(known, design, design.wave_keys[0], role)) == 2
    assert [p.number for p in people_at(known, design, last.key, role)] == ["P1"]


@pytest.mark.parametrize(("name", "role", "wave"), EVERY)
def test_each_programme_has_a_form_for_what_it_asks(name: str, role: str, wave: str) -> None:
    """Every item that the design asks is a column of every sheet, and nothing else is."""
    design = load_trajectory(name)
    book = load_workbook(
        io.BytesIO(form_workbook(Form(design, wave, (role,)), {role: [Person("P1")]}))
    )
    sheets = [sheet for sheet in book if (sheet["A1"].value or "").split("/")[7:8] > ["0"]]
    items = {
        item
        for asked in design.asked_of(role)
        if wave in design.waves_of(asked)
        for item in (*asked.items_of(design.instruments[asked.instrument]), *asked.totals)
    }
    known = {key for key in design.instruments for key in design.instruments[key].items}

    assert len(sheets) == 2
    for sheet in sheets:
        marker = read_marker(sheet["A1"].value)
        assert marker is not None
        assert (marker.trajectory, marker.wave, marker.role) == (name, wave, role)
        assert marker.asking == asking_hash(design, role, wave)
        columns = {cell.value for cell in sheet[6]}
        assert columns & known == items & known
        assert max(len(rule.error) for rule in sheet.data_validations.dataValidation) <= 255


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_answer_that_the_shelf_offers_reads_back_as_itself(language: Language) -> None:
    """In both languages, words with a number in them too: '1 - trede 1'."""
    for name, role, wave in EVERY:
        for blank in blanks_of(load_trajectory(name), role, wave):
            for (code, word), shown in zip(
                blank.codes, answers_of(blank, language), strict=True
            ):
                assert blank.read(shown) == (str(code) if blank.bare else word), shown


def test_what_a_register_calls_people_is_never_a_formula(design: Callable[..., Any]) -> None:
    """A number, family or site that begins with '=' is shown as it is, and reckons nothing."""
    people = [Person("=1+1", '=HYPERLINK("http://x")', "=A1"), Person("-1", "+G1", "@x")]
    raw = form_workbook(Form(design(), "t0", ("parent",)), {"parent": people})
    rows = load_workbook(io.BytesIO(raw))["ouder 1"].iter_rows(min_row=7, max_row=8)

    assert {cell.data_type for row in rows for cell in row if cell.value} == {"s"}


def test_an_english_form_has_an_english_word_for_every_answer_of_the_shelf() -> None:
    """No Dutch word is left in the lists of a form in English."""
    words = {
        word
        for name, role, wave in EVERY
        for blank in blanks_of(load_trajectory(name), role, wave)
        for _, word in blank.codes
        if word
    }

    assert len(words) > 40
    assert [word for word in sorted(words) if not english(word)] == []


def test_a_sheet_is_set_up_for_typing_and_for_paper(form: Maker) -> None:
    """Frozen head, A4 on its side, numbers locked, answers open, a message at every fault."""
    typist = form()
    sheet, columns = typist.sheet(), typist.columns(typist.sheet())

    assert sheet.freeze_panes == "C7"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_area == "'ouder 1'!$A$1:$X$19"
    assert sheet.protection.sheet
    assert sheet.cell(7, columns["participant"]).protection.locked
    assert not sheet.cell(7, columns["brs_01"]).protection.locked
    assert sheet.cell(7, columns["participant"]).number_format == "@"
    assert sheet.cell(7, columns["answered"]).number_format == "@"
    assert {name for name, place in columns.items() if _hidden(sheet, place)} == {
        name for name in columns if name.startswith("key") or name == "form_version"
    }
    for rule in sheet.data_validations.dataValidation:
        assert rule.showErrorMessage
        assert rule.error
    rules = sheet.data_validations.dataValidation
    items = [rule for rule in rules if rule.errorStyle == "stop"]
    assert len(items) == 8  # six of the brs, help, health


def _hidden(sheet: Any, place: int) -> bool:
    return any(
        each.hidden and each.min <= place <= each.max
        for each in sheet.column_dimensions.values()
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", ["Antwoorden van papier en telefoon intypen", "Zo typt u", "hulp aan anderen"]),
        ("en", ["Typing in answers from paper and phone", "How to type", "help to others"]),
    ],
)
def test_the_first_sheet_explains_in_the_language_of_the_form(
    form: Maker, language: str, words: list[str]
) -> None:
    """How to type, twice, where to put it, and what each column is about."""
    sheet = form(language=language).book.worksheets[0]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]

    for word in words:
        assert word in texts
    assert any("-8" in text and "-9" in text for text in texts)
    assert any("pilot check tables" in text for text in texts)


def test_a_form_is_the_same_for_the_same_wave(form: Maker) -> None:
    """Cells do not depend on the day, the machine or the order of anything."""
    one, two = (form(name).book for name in ("one.xlsx", "two.xlsx"))

    for first, second in zip(one, two, strict=True):
        cells, others = (list(each.iter_rows(values_only=True)) for each in (first, second))
        assert cells == others


def test_without_a_register_the_rows_are_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has put any file anywhere: forty open rows, and the form is made all the same."""
    monkeypatch.setenv("PILOT_DATA", str(tmp_path / "nowhere"))
    path = tmp_path / "form.xlsx"
    made = write_form(FormWanted("m-power", "end", output=path))
    sheet = load_workbook(path)["deelnemer 1"]

    assert made.people == {"man": 0}
    assert sheet.max_row == 6 + 40
    assert sheet["B7"].value is None
    assert not sheet["B7"].protection.locked


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (
            FormWanted("krachtige-gezinnen", "t22"),
            "--wave: there is no wave 't22'\n"
            "  mend: did you mean 't2'? known: t0, t1, t2, t3, t4",
        ),
        (
            FormWanted("krachtige-gezinnen", "t2", site="nord"),
            "--site: there is no site 'nord'\n"
            "  mend: did you mean 'noord'? known: noord, oost, zuid, west",
        ),
        (
            FormWanted("krachtige-gezinnen", "t2", role="childs"),
            "--role: there is no role 'childs'\n"
            "  mend: did you mean 'child'? known: parent, child",
        ),
        (
            FormWanted("krachtige-gezinnen", "t2", output=Path("form.csv")),
            "--output: 'form.csv' is no workbook\n  mend: let its name end in .xlsx",
        ),
    ],
    ids=["wave", "site", "role", "output"],
)
def test_a_wrong_word_is_refused_with_the_near_one(wanted: FormWanted, message: str) -> None:
    """The whole message, and exit code 2."""
    with pytest.raises(CallError) as caught:
        write_form(wanted)
    assert str(caught.value) == message
    assert caught.value.exit_code == 2


def test_a_file_that_stands_there_is_kept(tmp_path: Path) -> None:
    """There may be answers in it: it is replaced only with force, and then whole."""
    path = tmp_path / "form.xlsx"
    path.write_bytes(b"typed for hours")
    wanted = FormWanted("m-power", "end", demo=True, output=path)

    with pytest.raises(RunError) as caught:
        write_form(wanted)
    assert str(caught.value) == (
        f"{path}: stands there already, perhaps with answers in it\n"
        "  mend: name another file with --output, or replace it with --force"
    )
    assert path.read_bytes() == b"typed for hours"
    write_form(FormWanted("m-power", "end", demo=True, output=path, force=True))
    assert path.read_bytes()[:2] == b"PK"
    assert [each.name for each in tmp_path.iterdir()] == ["form.xlsx"]


@pytest.mark.parametrize("lock", ["~$form.xlsx", ".~lock.form.xlsx#"])
def test_a_file_that_is_open_is_left_alone(tmp_path: Path, lock: str) -> None:
    """Excel and LibreOffice each leave a mark beside a file that is open."""
    (tmp_path / lock).touch()
    path = tmp_path / "form.xlsx"

    with pytest.raises(RunError) as caught:
        write_form(FormWanted("m-power", "end", demo=True, output=path, force=True))
    assert str(caught.value) == (
        f"{path}: is open in another program\n  mend: close it and try again"
    )


def test_a_form_that_cannot_be_put_in_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows lets nobody replace a file that is open: the old one stays, nothing beside it."""

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "form.xlsx"
    path.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", refused)

    with pytest.raises(RunError) as caught:
        write_form(FormWanted("m-power", "end", demo=True, output=path, force=True))
    assert str(caught.value) == (
        f"{path}: cannot be written: Permission denied\n"
        "  mend: close it in Excel and try again, or name another place with --output"
    )
    assert [each.name for each in tmp_path.iterdir()] == ["form.xlsx"]
    assert path.read_bytes() == b"old"


def test_a_form_for_one_site_has_its_people_only(tmp_path: Path) -> None:
    """The site stands in the form itself, so that no column has to tell it."""
    path = tmp_path / "noord.xlsx"
    write_form(FormWanted("krachtige-gezinnen", "t0", site="noord", demo=True, output=path))
    sheet = load_workbook(path)["ouder 1"]
    marker = read_marker(sheet["A1"].value)

    assert marker is not None
    assert marker.site == "noord"
    assert "site" not in [cell.value for cell in sheet[6]]


def test_who_does_not_consent_has_no_row(tmp_path: Path) -> None:
    """Refused, without a guardian's yes, or withdrawn before the wave: not on the form."""
    book = Workbook()
    head = [
        "nummer",
        "gezin",
        "school",
        "rol",
        "geboortejaar",
        "van",
        "tot",
        "toestemming",
        "ingetrokken",
    ]
    book.active.append([*head, "intrekking", "voogd 1"])
    for row in (
        ["P1", "G1", "noord", "ouder", 1985, "2024-02-05", "", "ja", "", "", ""],
        ["P2", "G2", "noord", "ouder", 1985, "2024-02-05", "", "nee", "", "", ""],
        ["P3", "G3", "noord", "ouder", 1985, "2024-02-05", "", "ja", "2024-06-01", "stop", ""],
        ["P4", "G4", "noord", "ouder", 1985, "2024-02-05", "", "ja", "2025-09-01", "stop", ""],
        ["P5", "G5", "noord", "ouder", 1985, "2024-02-05", "", "ja", "", "stop", ""],
        ["P6", "G6", "noord", "ouder", 1985, "2024-02-05", "", "ja", "2025-09-01", "wis", ""],
        ["P7", "G7", "noord", "ouder", 1985, "2024-02-05", "", "", "", "", ""],
        ["K1", "G1", "noord", "kind", 2014, "2024-02-05", "", "ja", "", "", ""],
        ["K2", "G1", "noord", "kind", None, "2024-02-05", "", "ja", "", "", ""],
        ["K3", "G1", "noord", "kind", 2014, "2024-02-05", "", "ja", "", "", "ja"],
        ["K4", "G1", "noord", "kind", 2014, "2024-02-05", "", "ja", "", "", "nee"],
    ):
        book.active.append([cell or None for cell in row])
    book.save(tmp_path / "register.xlsx")
    wanted = FormWanted("krachtige-gezinnen", "t2", data=tmp_path, output=tmp_path / "f.xlsx")
    made = write_form(wanted)
    rows = load_workbook(wanted.output)["ouder 1"]["B7":"B12"]

    assert made.people == {"parent": 2, "child": 1}
    assert {(each.number, each.reason) for each in made.left_out} == {
        ("P2", "refused"),
        ("P3", "withdrawn"),
        ("P5", "withdrawn"),
        ("P6", "withdrawn"),
        ("P7", "not asked"),
        ("K1", "no guardian"),
        ("K2", "no guardian"),
        ("K4", "refused"),
    }
    assert [cell.value for (cell,) in rows][:3] == ["P1", "P4", None]
    assert load_workbook(wanted.output)["kind 1"]["B7"].value == "K3"


def test_who_is_too_young_has_no_row_and_is_told(tmp_path: Path) -> None:
    """Of everything asked: no row. Of a part of it: those cells are grey and locked."""
    book = Workbook()
    book.active.append(["nummer", "gezin", "school", "rol", "geboortejaar", "van"])
    for row in (
        ["K1", "G1", "noord", "kind", 2014, "2024-02-05"],
        ["K2", "G1", "noord", "kind", 2020, "2024-02-05"],
        ["K3", "G1", "noord", "kind", None, "2024-02-05"],
        ["K4", "G1", "noord", "kind", 2016, "2024-02-05"],
    ):
        book.active.append(row)
    book.save(tmp_path / "register.xlsx")
    text = (TRAJECTORIES / "krachtige-gezinnen.toml").read_text("utf-8")
    text = text.replace("ages  = [8, 17]", "ages  = [12, 17]")
    confidence = 'outcome  = "gse_10_total"'
    text = text.replace(confidence, f'{confidence}\nrole = "parent"')
    more = '[[asked]]\ninstrument = "gse-10"\nrole = "child"\ncolumns = "KG{item}"\n'
    (tmp_path / "kg.toml").write_text(text.replace("[[asked]]", f"{more}[[asked]]", 1), "utf-8")
    wanted = FormWanted(
        tmp_path / "kg.toml", "t0", role="child", data=tmp_path, output=tmp_path / "f.xlsx"
    )
    made = write_form(wanted)
    book = load_workbook(wanted.output)
    sheet = book["kind 1"]
    columns = {cell.value: cell.column for cell in sheet[6]}

    assert made.people == {"child": 3}
    assert made.left_out == (
        LeftOut("K1", "age", ("gse-10",)),
        LeftOut("K2", "age"),
        LeftOut("K4", "age", ("gse-10",)),
    )
    assert [sheet.cell(row, 2).value for row in (7, 8, 9)] == ["K1", "K3", "K4"]
    for row, closed in ((7, True), (8, False), (9, True)):
        assert sheet.cell(row, columns["gse_10_01"]).protection.locked is closed
        assert not sheet.cell(row, columns["life_satisfaction_01"]).protection.locked
    told = [str(cell.value) for row in book["uitleg"].iter_rows() for cell in row]
    assert any(text.startswith("Grijze cellen in een rij") for text in told)


@pytest.mark.parametrize(
    ("language", "word"),
    [("nl", "Typ de antwoorden dan niet"), ("en", "do not type their answers")],
)
def test_who_is_not_on_the_list_is_not_typed(form: Maker, language: str, word: str) -> None:
    """The explanation and every open row say to ask first; nowhere stands a reason."""
    book = form(language=language).book
    texts = [str(c.value) for row in book.worksheets[0].iter_rows() for c in row if c.value]
    sheet = book["ouder 1" if language == "nl" else "parent 1"]
    rules = {rule.prompt: str(rule.sqref) for rule in sheet.data_validations.dataValidation}

    assert any(word in text for text in texts)
    assert [place for prompt, place in rules.items() if word in str(prompt)] == ["B10:B19"]
    assert not any("toestemming" in text or "consent" in text for text in texts)


def test_who_is_nowhere_on_the_form_is_told(tmp_path: Path) -> None:
    """Without a known role, or for one site without a known site: no row, and said so."""
    book = Workbook()
    book.active.append(["nummer", "gezin", "school", "rol", "van", "tot"])
    for row in (
        ["P1", "G1", "noord", "ouder", "2024-02-05", None],
        ["P2", "G2", "noord", "oma", "2024-02-05", None],
        ["P3", "G3", None, None, "2024-02-05", None],
        ["P4", "G4", "Noord-West", "ouder", "2024-02-05", None],
        ["P5", "G5", "noord", "oma", "2024-02-05", "2024-03-05"],
    ):
        book.active.append(row)
    book.save(tmp_path / "register.xlsx")
    wanted = FormWanted("krachtige-gezinnen", "t2", data=tmp_path, output=tmp_path / "f.xlsx")
    everyone = write_form(wanted)
    one_site = write_form(replace(wanted, site="noord", force=True))

    assert (everyone.people["parent"], everyone.nowhere) == (2, ("P2", "P3"))
    assert (one_site.people["parent"], one_site.nowhere) == (1, ("P2", "P3", "P4"))


def test_a_name_that_no_disk_can_hold_is_refused(tmp_path: Path) -> None:
    """Before anything is made."""
    with pytest.raises(CallError) as fault:
        write_form(FormWanted("m-power", "end", output=tmp_path / f"{'x' * 300}.xlsx"))
    assert str(fault.value) == (
        "--output: a name of 305 signs is too long\n  mend: give a name of at most 200 signs"
    )


def test_an_unreadable_register_stops_the_form(tmp_path: Path) -> None:
    """A form without the people of a register that is there would look complete."""
    from pilot.errors import IntakeError

    (tmp_path / "register.xlsx").write_bytes(b"PK\x03\x04 half")
    with pytest.raises(IntakeError, match="is only half a workbook"):
        write_form(FormWanted("m-power", "end", data=tmp_path, output=tmp_path / "f.xlsx"))
    assert not (tmp_path / "f.xlsx").exists()


def test_an_empty_book_has_no_marker() -> None:
    """A workbook of somebody else is no form."""
    assert read_marker(str(Workbook().active["A1"].value)) is None
