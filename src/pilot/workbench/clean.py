"""What cleaning, linkage and scoring hand on, written where other tools can read it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pilot.design import Trajectory, load_trajectory
from pilot.frames import RATINGS, Linked
from pilot.intake import read_exports
from pilot.linkage import changes_of_asking
from pilot.workbench.made import input_hashes, plan_hash, versions
from pilot.workbench.places import exports, is_simulated, places
from pilot.workbench.publish import alone, aside
from pilot.workbench.ratings import score_ratings
from pilot.workbench.record import as_json, records
from pilot.workbench.scores import score_panel
from pilot.workbench.study import refuse_unreadable, walk, waves_to_compare

KEPT_OF_CONSENT = ("participant", "role", "use", "given", "why", "withdrawal")


@dataclass(frozen=True, slots=True)
class Processed:
    """What `clean_trajectory` wrote.

    Attributes
    ----------
    folder : Path
    rows : dict
        Rows of each table, by file name.
    findings : DataFrame
    """

    folder: Path
    rows: dict[str, int]
    findings: pd.DataFrame


def clean_trajectory(
    trajectory: str | Path, *, demo: bool = False, data: str | Path | None = None
) -> Processed:
    """Read, clean, link and score one trajectory, and write each table.

    Parameters
    ----------
    trajectory, demo, data
        As in `open_study`.

    Returns
    -------
    Processed
        Written in ``data/processed/[demo/]<trajectory>/``: ``responses``, ``events``,
        ``panel`` and ``scores`` as Parquet; ``flow``, ``findings``, ``quarantine``,
        ``changes_of_asking`` and ``consent`` (who allows what, without dates or givers) as
        CSV; ``manifest.json`` with input hashes, versions and counts. Where others rated
        people, ``ratings.parquet`` has their answers and scores.

    Raises
    ------
    CallError, DesignError, IntakeError
        As `open_study` does.
    RunError
        When another run is at it, or the folder cannot be written.
    """
    design = load_trajectory(trajectory)
    source = exports(design, demo=demo, data=data)
    target = places().processed(design.key, demo=demo)
    with alone(target, f"the processed data of {design.key}"):
        inputs = input_hashes(source)
        received = read_exports(design, source)
        refuse_unreadable(received)
        cleaned, linked = walk(design, received)
        tables = {
            "responses.parquet": linked.responses,
            "events.parquet": cleaned.events,
            "panel.parquet": linked.panel,
            "scores.parquet": score_panel(linked.panel, design),
            "flow.csv": linked.flow,
            "findings.csv": linked.findings,
            "quarantine.csv": linked.quarantine,
            "changes_of_asking.csv": changes_of_asking(
                linked.panel, design, waves_to_compare(linked.waves)
            ),
            "consent.csv": cleaned.consent[list(KEPT_OF_CONSENT)],
        } | _ratings(linked, design)
        manifest = {
            "trajectory": design.key,
            "simulated": is_simulated(source, demo=demo),
            "inputs": inputs,
            "plan": plan_hash(design),
            "versions": versions(),
            "counts": records(linked.counts),
            "rows": {name: len(table) for name, table in tables.items()},
        }
        with aside(target) as staging:
            for name, table in tables.items():
                _write(table, staging / name)
            (staging / "manifest.json").write_text(as_json(manifest), "utf-8", newline="\n")
    return Processed(target, {name: len(t) for name, t in tables.items()}, linked.findings)


def _ratings(linked: Linked, design: Trajectory) -> dict[str, pd.DataFrame]:
    """Return what others said of people, answers and scores; nothing where nobody did."""
    if linked.ratings.empty:
        return {}
    scores = score_ratings(linked.ratings, design).drop(columns=list(RATINGS))
    return {"ratings.parquet": linked.ratings.join(scores)}


def _write(table: pd.DataFrame, path: Path) -> None:
    if path.suffix == ".csv":
        table.to_csv(path, index=False, lineterminator="\n")
        return
    plain = [name for name, dtype in table.dtypes.items() if str(dtype) == "object"]
    table.astype(dict.fromkeys(plain, "str")).to_parquet(path, index=False)
