"""JupyterLab opens on the notebooks, with a kernel that works."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from pilot.errors import CallError
from pilot.workbench.lab import lab_command, lab_environment, open_lab
from pilot.workbench.places import Places, places

ROOT = Path(__file__).parents[2]
TOKEN = "a-token-for-the-test"


def test_other_options_go_to_jupyterlab() -> None:
    """What pilot does not know itself is passed on as it was typed."""
    command = lab_command(Path("/somewhere/notebooks"), ["--no-browser", "--port", "8899"])

    assert command[:4] == [
        sys.executable,
        "-m",
        "jupyterlab",
        "--ServerApp.root_dir=/somewhere/notebooks",
    ]
    assert command[-3:] == ["--no-browser", "--port", "8899"]


def test_the_kernel_is_this_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken `python3` kernelspec of the user's does not come before ours."""
    monkeypatch.setenv("JUPYTER_PATH", "/of/the/user")
    environment = lab_environment(tmp_path)
    first, second = environment["JUPYTER_PATH"].split(os.pathsep)
    spec = json.loads((Path(first) / "kernels" / "python3" / "kernel.json").read_text("utf-8"))

    assert spec["argv"][0] == sys.executable
    assert second == "/of/the/user"
    assert environment["PILOT_DATA"] == str(places().data)


def test_without_notebooks_it_says_where_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder without notebooks is a wrong call, told in place, cause and mend."""
    nowhere = Places(tmp_path, tmp_path, tmp_path / "notebooks")
    monkeypatch.setattr("pilot.workbench.lab.places", lambda: nowhere)

    with pytest.raises(CallError) as told:
        open_lab()

    assert str(told.value) == (
        f"{tmp_path / 'notebooks'}: there is no such folder\n"
        "  mend: run this in a clone of the project, where notebooks/ is"
    )


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def asked(port: int, path: str, body: bytes | None = None) -> Any:
    """Ask JupyterLab's server something, waiting until it is there."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", body, {"Authorization": f"token {TOKEN}"}
    )
    for _ in range(300):
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return json.load(answer)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError("JupyterLab did not answer within 30 seconds")


def test_jupyterlab_opens_on_the_notebooks(tmp_path: Path) -> None:
    """The server shows the notebooks, and starts a kernel that is this Python."""
    port = free_port()
    command = [sys.executable, "-m", "pilot", "lab", "--no-browser", f"--port={port}"]
    settings = [
        "--allow-root",
        f"--IdentityProvider.token={TOKEN}",
        "--ServerApp.port_retries=0",
    ]
    own = {
        f"JUPYTER_{name}_DIR": str(tmp_path / name) for name in ("CONFIG", "DATA", "RUNTIME")
    }
    server = subprocess.Popen(
        [*command, *settings],
        env={**os.environ, **own, "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        shown = {each["name"] for each in asked(port, "/api/contents")["content"]}
        spec = asked(port, "/api/kernelspecs")["kernelspecs"]["python3"]["spec"]
        kernel = asked(port, "/api/kernels", b'{"name": "python3"}')
    finally:
        os.killpg(server.pid, 15)
        server.wait(timeout=30)

    assert {"report.ipynb", "01_what_came_in.ipynb"} <= shown
    assert spec["argv"][0] == sys.executable
    assert kernel["name"] == "python3"
