"""The hand-made studies, for every test of this room."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from pilot.results import Study

NAME = "hand_made_studies"


@pytest.fixture(scope="session")
def studies() -> ModuleType:
    """Return the builder of hand-made studies; two rooms share it."""
    if NAME not in sys.modules:
        path = Path(__file__).parents[1] / "presentation" / "studies.py"
        spec = spec_from_file_location(NAME, path)
        module = module_from_spec(spec)
        sys.modules[NAME] = module
        spec.loader.exec_module(module)
    return sys.modules[NAME]


@pytest.fixture(scope="session")
def study(studies: ModuleType) -> Study:
    """Return 14 families at 4 schools, 9 of whom answered at the end."""
    return studies.make_study()


@pytest.fixture(scope="session")
def small_study(studies: ModuleType) -> Study:
    """Return 4 families."""
    made = studies.Made(families=4, stay=(4, 4, 3), reasons=("moved",))
    return studies.make_study(made)
