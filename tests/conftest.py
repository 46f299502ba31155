"""Builders that the tests of several rooms share: hand-made exports and hand-made studies."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from pilot.results import Study

HERE = Path(__file__).parent


def load(name: str, path: Path) -> ModuleType:
    """Return a module of the tests' own by its path, loaded once a session."""
    if name not in sys.modules:
        spec = spec_from_file_location(name, path)
        if spec is None or spec.loader is None:
            raise ImportError(str(path))
        module = module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


@pytest.fixture(scope="session")
def making() -> ModuleType:
    """Return ``tests/making.py``: a small design, forms, and ways to look at findings."""
    return load("making", HERE / "making.py")


@pytest.fixture(scope="session")
def studies() -> ModuleType:
    """Return the builder of hand-made studies."""
    return load("hand_made_studies", HERE / "presentation" / "studies.py")


@pytest.fixture(scope="session")
def study(studies: ModuleType) -> Study:
    """Return 14 families at 4 schools, 9 of whom answered at the end."""
    return studies.make_study()


@pytest.fixture(scope="session")
def small_study(studies: ModuleType) -> Study:
    """Return 4 families."""
    made = studies.Made(families=4, stay=(4, 4, 3), reasons=("moved",))
    return studies.make_study(made)
