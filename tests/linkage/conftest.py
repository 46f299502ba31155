"""The builder of hand-made exports, for every test of this room."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def making() -> ModuleType:
    """Return ``tests/making.py``: a small design, forms, and ways to look at findings."""
    path = Path(__file__).parents[1] / "making.py"
    spec = spec_from_file_location("making", path)
    if spec is None or spec.loader is None:
        raise ImportError(str(path))
    module = module_from_spec(spec)
    sys.modules["making"] = module
    spec.loader.exec_module(module)
    return module
