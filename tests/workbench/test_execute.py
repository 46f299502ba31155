"""One notebook run: any machine's kernel, any parameter, any death."""

from __future__ import annotations

import os
import sys
import time
from ast import literal_eval
from pathlib import Path
from textwrap import dedent

import pytest

from pilot.errors import RunError
from pilot.workbench.execute import CellFailure, Executed, execute
from pilot.workbench.kernel import kernelspec, started_kernel


def run(notebook: Path, tmp_path: Path, **parameters: object) -> Executed:
    """Run a notebook in a kernel of its own."""
    folder = tmp_path / "kernel"
    folder.mkdir(exist_ok=True)
    with started_kernel(folder) as kernel:
        return execute(notebook, parameters or {"word": "usual"}, kernel, lambda *_: None)


def test_a_kernel_is_this_python_whatever_is_installed(make_notebook, tmp_path) -> None:
    """The notebook names a kernelspec that no machine has; this Python runs it all the same."""
    notebook = make_notebook(
        "import os, sys", "sys.executable, os.getcwd(), os.environ['OMP_NUM_THREADS']"
    )

    shown = run(notebook, tmp_path).of_kind("text/plain")[-1]

    assert literal_eval(shown) == (sys.executable, str(tmp_path / "kernel" / "work"), "1")


@pytest.mark.parametrize(
    "word",
    [
        "two words",
        'it\'s "quoted"',
        'nl"; import os; os._exit(3)  #',
        "\\n not a new line",
        "regel een\nregel twee",
        "{word} %s ${HOME}",
    ],
)
def test_a_parameter_is_a_value_never_code(make_notebook, tmp_path, word) -> None:
    """Spaces, quotes, line ends and braces arrive as they were given."""
    shown = run(make_notebook("word"), tmp_path, word=word).of_kind("text/plain")

    assert shown == [repr(word)]


def test_the_source_is_not_written_to(make_notebook, tmp_path) -> None:
    """A run leaves the notebook it ran byte for byte as it was."""
    notebook = make_notebook("word")
    before = notebook.read_bytes()

    run(notebook, tmp_path, word="other")

    assert notebook.read_bytes() == before


def test_a_cell_that_fails_is_named(make_notebook, tmp_path) -> None:
    """The error says which cell, under which heading, and that the program is at fault."""
    with pytest.raises(CellFailure) as failed:
        run(make_notebook("1 + 1", "1 / 0", "'never'"), tmp_path)

    assert str(failed.value) == (
        "small.ipynb, cell 6, under 'Step 2': ZeroDivisionError: division by zero\n"
        "  mend: this is a fault in the program, not in the data: "
        "tell who looks after it, with this text"
    )


def test_our_own_errors_keep_their_words(make_notebook, tmp_path) -> None:
    """An error with place, cause and mend in a kernel comes out with the same mend."""
    code = """
        from pilot.errors import IntakeError
        raise IntakeError("t0.csv", "is empty", "export it again")
    """

    with pytest.raises(CellFailure) as failed:
        run(make_notebook(dedent(code)), tmp_path)

    assert failed.value.cause == "t0.csv: is empty"
    assert failed.value.mend == "export it again"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_kernel_is_told_within_5_seconds(make_notebook, tmp_path) -> None:
    """Not a traceback of papermill's but the signal, its likeliest reason, and the cell."""
    code = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    began = time.monotonic()

    with pytest.raises(CellFailure) as failed:
        run(make_notebook(code), tmp_path)

    assert time.monotonic() - began < 5 + 10, "the kernel's start is in this too"
    assert failed.value.where == "small.ipynb, cell 4, under 'Step 1'"
    assert failed.value.cause.startswith(
        "the kernel was ended by signal 9 (SIGKILL); often that is the system, out of memory"
    )
    assert " MB of memory" in failed.value.cause


def test_a_kernel_that_leaves_by_itself_is_told(make_notebook, tmp_path) -> None:
    """An exit code is a reason too."""
    with pytest.raises(CellFailure) as failed:
        run(make_notebook("import os; os._exit(7)"), tmp_path)

    assert failed.value.cause.startswith("the kernel stopped by itself with exit code 7")


def test_a_kernel_that_cannot_start_is_told(make_notebook, tmp_path, monkeypatch) -> None:
    """A Python without ipykernel ends in place, cause and mend, not in silence."""
    broken = {
        **kernelspec(),
        "argv": [sys.executable, "-c", "raise SystemExit('no kernel here')"],
    }
    monkeypatch.setattr("pilot.workbench.kernel.kernelspec", lambda: broken)

    with pytest.raises(RunError) as failed:
        run(make_notebook("1"), tmp_path)

    assert "did not start: the kernel stopped by itself with exit code 1" in failed.value.cause
    assert "no kernel here" in failed.value.cause


def test_no_kernel_is_left_behind(make_notebook, tmp_path) -> None:
    """The kernel's process has ended when the run has, also when a cell failed."""
    notebook = make_notebook("import os\nos.getpid()")
    pid = int(run(notebook, tmp_path).of_kind("text/plain")[0])

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_persons_start_up_files_do_not_join_in(make_notebook, tmp_path, monkeypatch) -> None:
    """What somebody's IPython profile does at start-up cannot change a number."""
    startup = tmp_path / "home" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("word = 'from a profile'\nextra = 1", encoding="utf-8")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "home"))

    assert run(make_notebook("'extra' in globals()"), tmp_path).of_kind("text/plain") == [
        "False"
    ]
