"""What stands in two places says the same in both, and git holds no family."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
NEEDED = [Requirement(line) for line in PROJECT["dependencies"]]
FOR_WORK = [Requirement(line) for line in PROJECT["optional-dependencies"]["dev"]]
PRE_COMMIT = ".pre-commit-config.yaml"


def read_yaml(name: str) -> Any:
    """Read one of the YAML files at the root."""
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


def git(*words: str) -> list[str]:
    """Ask git; skip where the sources came without it."""
    if not (ROOT / ".git").exists():
        pytest.skip("these sources came without their git history")
    answer = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True)
    return answer.stdout.splitlines()


def locked() -> dict[str, str]:
    """Return the version that the lock pins, by package."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text, flags=re.MULTILINE))


def test_conda_lists_what_pip_lists() -> None:
    """environment.yml names each package of pyproject.toml, with the same range."""
    conda = read_yaml("environment.yml")["dependencies"]
    packages = [Requirement(line) for line in conda if isinstance(line, str)]
    ranges = {need.name: need.specifier for need in packages}
    expected = {need.name: need.specifier for need in NEEDED}

    assert {name: ranges[name] for name in ranges if name not in {"python", "pip"}} == expected
    assert f"python{PROJECT['requires-python']}" in conda
    assert conda[-1] == {"pip": ["-e ."]}, "the package itself comes last, by pip"


def test_ruff_is_pinned_once() -> None:
    """The hook formats with the version that `make test` checks with."""
    hooks = {repo["repo"].rpartition("/")[2]: repo for repo in read_yaml(PRE_COMMIT)["repos"]}
    ruff = next(need for need in FOR_WORK if need.name == "ruff")

    assert str(ruff.specifier) == f"=={hooks['ruff-pre-commit']['rev'].removeprefix('v')}"


def test_seven_hooks() -> None:
    """Seven hooks, no more, and none of them touches an export."""
    hooks = [hook for repo in read_yaml(PRE_COMMIT)["repos"] for hook in repo["hooks"]]
    fixers = [h for h in hooks if h["id"] in {"end-of-file-fixer", "trailing-whitespace"}]

    assert len(hooks) == 7
    assert all(re.search(h["exclude"], "data/raw/demo/m-power/pre.csv") for h in fixers)


def test_one_version_everywhere() -> None:
    """Who cites pilot, or reads its changelog, finds the version that is installed."""
    version = PROJECT["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")

    assert read_yaml("CITATION.cff")["version"] == version
    assert re.findall(r"^## \[(\d\S*)\]", changelog, flags=re.MULTILINE)[0] == version


@pytest.mark.parametrize("need", NEEDED, ids=lambda need: need.name)
def test_each_dependency_has_its_reason(need: Requirement) -> None:
    """DECISIONS.md says why each package is needed."""
    assert f"`{need.name}`" in (ROOT / "DECISIONS.md").read_text("utf-8")


@pytest.mark.parametrize("need", [*NEEDED, *FOR_WORK], ids=lambda need: need.name)
def test_the_lock_keeps_to_the_ranges(need: Requirement) -> None:
    """The lock pins each package inside its range: `make lock` was run after the change."""
    assert need.specifier.contains(locked()[canonicalize_name(need.name)])


def test_the_lock_tells_nothing_of_a_machine() -> None:
    """The lock works anywhere: no path, no address, no index."""
    assert not re.search(r"://|--|^\s*#.*\s/", (ROOT / "requirements.lock").read_text("utf-8"))


def test_git_holds_no_family() -> None:
    """Of data and reports, git holds the simulated exports and empty folders, no more."""
    held = git("ls-files", "data", "reports")

    assert [
        path
        for path in held
        if not path.startswith("data/raw/demo/") and not path.endswith("/.gitkeep")
    ] == []


@pytest.mark.parametrize(
    "path",
    [
        "data/raw/m-power/pre.csv",
        "data/raw/register.xlsx",
        "data/processed/m-power/responses.parquet",
        "data/processed/demo/m-power/scores.parquet",
        "data/decisions/m-power.csv",
        "reports/m-power/latest/team.html",
    ],
)
def test_git_ignores_families(path: str) -> None:
    """`git add .` does not take what families answered."""
    assert git("check-ignore", "--no-index", path) == [path]


def test_git_keeps_exports_as_received() -> None:
    """A checkout on Windows has the same bytes, so the same checksums."""
    path = "data/raw/demo/m-power/pre.csv"

    assert git("check-ignore", "--no-index", path) == []
    assert git("check-attr", "text", path) == [f"{path}: text: unset"]


def test_the_wheel_carries_the_shelves(tmp_path: Path) -> None:
    """What is installed has every file of src/pilot and every notebook."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        packed = {name for name in wheel.namelist() if name.startswith("pilot/")}
    files = (path for path in (ROOT / "src/pilot").rglob("*") if path.is_file())
    source = {path.relative_to(ROOT / "src").as_posix() for path in files}

    source |= {f"pilot/notebooks/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb")}

    assert packed == {name for name in source if not name.endswith(".pyc")}
    assert "pilot/py.typed" in packed
