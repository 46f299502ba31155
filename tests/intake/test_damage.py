"""What is no export is refused in plain words: where, what, and what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from openpyxl import Workbook

from pilot.errors import CallError, IntakeError
from pilot.intake import read_export, read_exports
from pilot.intake.opening import read_tables


def workbook() -> bytes:
    """Return a small workbook."""
    made = io.BytesIO()
    book = Workbook()
    book.active.append(["nummer", "b1"])
    book.active.append(["P1", 3])
    book.save(made)
    return made.getvalue()


def other_zip() -> bytes:
    """Return a zip that is no workbook."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    return made.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
AGAIN = "export the answers again, as CSV, XLSX or SAV"
AS_XLSX = "open it in Excel or LibreOffice, save it as XLSX, and use that file"
SAVE = "open it in Excel, save it again and copy the whole file"
RENAMED = "it was not saved whole, or renamed: save it again from the program it comes from"

DAMAGED = [
    ("a.csv", b"", "is empty", AGAIN),
    ("a.csv", b" \r\n\r\n", "is empty", AGAIN),
    ("a.xlsx", b"", "is empty", AGAIN),
    ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(90), "is a picture (PNG), not an export", AGAIN),
    ("a.csv", b"\xff\xd8\xff\xe0" + bytes(90), "is a picture (JPEG), not an export", AGAIN),
    ("a.csv", b"%PDF-1.7 ...", "is a PDF, not an export", AGAIN),
    (
        "a.csv",
        b"<!DOCTYPE html><html>log in</html>",
        "is a web page, perhaps of a login that had run out, not an export",
        AGAIN,
    ),
    (
        "a.csv",
        b"nummer;q\n" + bytes(range(1, 9)) * 40,
        "holds bytes that are no text",
        "export the answers again, as CSV or XLSX",
    ),
    (
        "a.csv",
        bytes(range(253, 0, -1)) + b"\0" + bytes(range(1, 255)),
        "holds bytes that are no text",
        "export the answers again, as CSV or XLSX",
    ),
    ("a.csv", workbook(), "holds a workbook, but is named .csv", "rename it to .xlsx"),
    ("a.xlsx", b"nummer;q\nP1;3\n", "is named .xlsx, but holds something else", RENAMED),
    ("a.sav", b"nummer;q\nP1;3\n", "is named .sav, but holds something else", RENAMED),
    ("a.xlsx", workbook()[:900], "is only half a workbook", SAVE),
    ("a.xls", OLE, "is in the old Excel format (XLS)", AS_XLSX),
    (
        "a.xlsx",
        OLE + "EncryptedPackage".encode("utf-16-le"),
        "is protected with a password",
        "open it in Excel, remove the password (File, Info, Protect), and save it",
    ),
    ("a.ods", other_zip(), "is a spreadsheet pilot does not read (.ods)", AS_XLSX),
    ("a.docx", other_zip(), "has a name that no export has (.docx)", AGAIN),
]


@pytest.mark.parametrize(
    ("name", "content", "cause", "mend"), DAMAGED, ids=[f"{d[0]}: {d[2]}" for d in DAMAGED]
)
def test_it_is_refused_in_plain_words(
    tmp_path: Path, name: str, content: bytes, cause: str, mend: str
) -> None:
    """Place, cause and mend are said whole, and no other error comes through."""
    (tmp_path / name).write_bytes(content)

    with pytest.raises(IntakeError) as caught:
        read_export(tmp_path / name)
    assert str(caught.value) == f"{name}: {cause}\n  mend: {mend}"


def test_a_workbook_without_its_sheets(tmp_path: Path) -> None:
    """A zip that lacks what makes it a workbook is called damaged."""
    (tmp_path / "a.xlsx").write_bytes(other_zip())

    with pytest.raises(IntakeError, match=r"^a\.xlsx: is a damaged workbook: "):
        read_export(tmp_path / "a.xlsx")


def test_every_length_of_a_cut_workbook(tmp_path: Path) -> None:
    """Wherever a workbook is cut, it is refused or read whole, never a traceback."""
    whole = workbook()
    path = tmp_path / "a.xlsx"
    for length in range(0, len(whole), 97):
        path.write_bytes(whole[:length])
        with pytest.raises(IntakeError):
            read_tables(path, "a.xlsx")


def test_every_length_of_a_cut_spss_file(tmp_path: Path) -> None:
    """Wherever an SPSS file is cut, it is refused: half of it is not taken for all of it."""
    path = tmp_path / "a.sav"
    frame = pd.DataFrame({"nummer": [f"P{i}" for i in range(50)], "b1": range(50)})
    pyreadstat.write_sav(frame, path)
    whole = path.read_bytes()
    for length in range(0, len(whole), 61):
        path.write_bytes(whole[:length])
        with pytest.raises(IntakeError):
            read_tables(path, "a.sav")


def test_a_file_open_in_excel(
    design, folder: Path, table: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A locked file gives 'close it in Excel and try again'; its lock file is no file."""
    table.to_csv(folder / "t0.csv", sep=";", index=False)
    (folder / "~$t0.csv").write_bytes(b"lock")
    opened = Path.open

    def locked(path: Path, *args, **kwargs):
        if path.name == "t0.csv":
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(IntakeError) as caught:
        read_exports(design(), folder)
    assert str(caught.value) == (
        f"{folder}: no export could be read\n"
        "  t0.csv: another program holds it open\n"
        "  mend: close it in Excel and try again"
    )


def test_a_file_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else the system says is told as it says it."""
    (tmp_path / "a.csv").write_text("nummer;q\n", encoding="utf-8")

    def broken(path: Path, *args, **kwargs):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", broken)
    with pytest.raises(IntakeError, match=r"^a\.csv: cannot be opened: Input/output error"):
        read_tables(tmp_path / "a.csv", "a.csv")


def test_one_damaged_file_does_not_stop_the_others(
    design, folder: Path, table: pd.DataFrame
) -> None:
    """A file that cannot be read becomes a finding with its own mend; the rest is read."""
    sources = """
[[sources]]
files = "*.csv"
wave = "{1}"
role = "parent"
date_column = "datum"
"""
    table.to_csv(folder / "t0.csv", sep=";", index=False)
    (folder / "t1.csv").write_bytes(b"\x89PNG\r\n\x1a\n")
    received = read_exports(design(sources), folder)
    told = received.findings.set_index("rule").loc["unreadable-file"]

    assert len(received.responses) == 3
    assert (told["file"], told["found"]) == ("t1.csv", "is a picture (PNG), not an export")
    assert told["mend"] == AGAIN
    listed = received.files.set_index("file")["kind"]
    assert listed.to_dict() == {"t0.csv": "responses", "t1.csv": "unreadable"}


def test_nothing_to_read(design, folder: Path) -> None:
    """A folder without an export says what the design expects there."""
    (folder / "SIMULATED.txt").write_text("", encoding="utf-8")

    with pytest.raises(IntakeError) as caught:
        read_exports(design(), folder)
    assert str(caught.value) == (
        f"{folder}: holds no export of tables\n"
        "  mend: put the exports there, named as the design says: t0.csv"
    )


def test_a_folder_and_a_file_that_are_not_there(design, tmp_path: Path) -> None:
    """A wrong path is a wrong call."""
    with pytest.raises(
        CallError, match="there is no such folder\n  mend: put the exports of tables"
    ):
        read_exports(design(), tmp_path / "nowhere")
    with pytest.raises(CallError, match="there is no such file\n  mend: check the path"):
        read_export(tmp_path / "nothing.csv", design())


def test_a_stray_quotation_mark_swallows_nobody(tmp_path: Path) -> None:
    """A mark opened in one row's remark and closed in another's is refused, not obeyed."""
    rows = ["nummer;a;b;c;d;notitie", 'P1;1;2;3;4;"belde niet', "P2;1;2;3;4;niets"]
    export = tmp_path / "a.csv"
    export.write_text("\n".join([*rows, 'P3;1;2;3;4;komt later"']), encoding="utf-8")
    with pytest.raises(IntakeError, match="is opened and never closed"):
        read_export(export)


def test_a_remark_of_several_lines_is_a_remark(tmp_path: Path) -> None:
    """Line breaks and a delimiter inside quotation marks swallow nothing."""
    rows = ["nummer;a;b;c;d;notitie", 'P1;1;2;3;4;"belde niet;', 'morgen weer"', "P2;1;2;3;4;"]
    export = tmp_path / "a.csv"
    export.write_text("\n".join(rows), encoding="utf-8")
    described = read_export(export)

    assert "2 rijen" in str(described) or "2 rows" in str(described)
