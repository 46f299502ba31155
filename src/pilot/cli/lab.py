"""``pilot lab``."""

from __future__ import annotations

from typing import Annotated

import typer

NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Print the address only.")]


def lab(ctx: typer.Context, *, no_browser: NoBrowser = False) -> None:
    """Open JupyterLab on the notebooks, with a kernel that works.

    Other options go to JupyterLab as they are.
    """
    from pilot.workbench.lab import open_lab

    extra = ["--no-browser"] if no_browser else []
    raise typer.Exit(open_lab([*extra, *ctx.args]))
