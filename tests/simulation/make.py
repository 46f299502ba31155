"""Every simulated trajectory and variant, and where it is written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.simulation import (
    krachtige_gezinnen,
    m_power,
    meet_the_parents,
    moeder_vadercentra,
    verbinding_empowerment,
)
from tests.simulation.course import write_truth

SIMULATIONS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "krachtige-gezinnen": krachtige_gezinnen.simulate,
    "m-power": m_power.simulate,
    "moeder-vadercentra": moeder_vadercentra.simulate,
    "verbinding-empowerment": verbinding_empowerment.simulate,
    "meet-the-parents": meet_the_parents.simulate,
    "variants/krachtige-gezinnen-interim": krachtige_gezinnen.simulate_interim,
    "variants/krachtige-gezinnen-four-families": krachtige_gezinnen.simulate_four,
}


def make_all(data: Path, truth: Path) -> None:
    """Write every simulated trajectory below ``data``, and its truth below ``truth``."""
    for name, simulate in SIMULATIONS.items():
        folder = data / name
        if folder.exists():
            shutil.rmtree(folder)
        told = simulate(folder)
        write_truth(told, truth / f"{Path(name).name}.json")
