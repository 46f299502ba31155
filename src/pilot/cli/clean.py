"""``pilot clean``."""

from __future__ import annotations

from typing import Annotated

import typer

from pilot.cli.choices import Data, Demo

Target = Annotated[str, typer.Argument(metavar="TRAJECTORY", help="A name, or a design.toml.")]


def clean(trajectory: Target, *, demo: Demo = False, data: Data = None) -> None:
    """Write a trajectory's clean tables, for other tools.

    Written in data/processed/[demo/]TRAJECTORY/: responses, events, panel and scores
    (Parquet); flow, findings and quarantine (CSV); manifest.json.
    """
    from pilot.workbench.clean import clean_trajectory

    done = clean_trajectory(trajectory, demo=demo, data=data)
    typer.echo(f"Written in {done.folder}:")
    for name, rows in done.rows.items():
        typer.echo(f"  {name:<18} {rows:>8} rows")
    if len(done.findings):
        typer.echo(f"{len(done.findings)} findings; `pilot check` tells them in plain words.")
