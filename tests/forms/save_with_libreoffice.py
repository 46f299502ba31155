"""Write libreoffice.xlsx and libreoffice.csv: a form, typed in, saved again by LibreOffice.

Run from the root of the checkout, where LibreOffice is installed (``soffice``):
``PYTHONPATH=src python tests/forms/save_with_libreoffice.py``. The tests need only the files.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from importlib import import_module
from pathlib import Path

from pilot.design import load_trajectory
from pilot.forms import Form, form_workbook

HERE = Path(__file__).parent
CSV = "csv:Text - txt - csv (StarCalc):59,34,1,1,,0,false,true,false,false,false,2"


def main() -> None:
    """Type in two parents, as the tests do, and let LibreOffice save the workbook twice."""
    making = import_module("conftest")  # this folder's: a script finds its neighbours
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        design = folder / "tables.toml"
        design.write_text(making.DESIGN, encoding="utf-8")
        form = Form(load_trajectory(design), "t0", ("parent", "child"))
        path = folder / "libreoffice.xlsx"
        path.write_bytes(form_workbook(form, making.PEOPLE))
        typist = making.Typist(path)
        typist.types("007", making.ANSWERS | {"interviewer": "José"})
        typist.types("P3", making.ANSWERS)
        typist.saves()
        for kind in ("xlsx", CSV):
            command = [
                "soffice",
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                f"{place}/out",
            ]
            subprocess.run([*command, str(path)], check=True, capture_output=True)
        for saved in (folder / "out").iterdir():
            shutil.copy(saved, HERE / f"libreoffice{saved.suffix}")


if __name__ == "__main__":
    main()
