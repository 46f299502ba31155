"""``pilot freeze``."""

from __future__ import annotations

from typing import Annotated

import typer

from pilot.cli.choices import Demo

Target = Annotated[str, typer.Argument(metavar="TRAJECTORY", help="A name, or a design.toml.")]


def freeze(trajectory: Target, *, demo: Demo = False) -> None:
    """Freeze a trajectory's plan, once, before the answers are known.

    Written in data/decisions/[demo/]TRAJECTORY/plan.json: outcomes with their methods,
    waves, thresholds and lines, with the day and a checksum. Each later report lists what
    went otherwise. Exit code 1 when a plan was frozen already.
    """
    from pilot.workbench.freeze import freeze_plan

    plan = freeze_plan(trajectory, demo=demo)
    typer.echo(f"Frozen in {plan.path}: {len(plan.part['outcomes'])} outcomes.")
    typer.echo(f"Checksum {plan.hash}. Later reports list each deviation from it.")
