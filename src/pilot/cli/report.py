"""``pilot report``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pilot.cli.choices import Data, Demo, formats_of, languages_of
from pilot.cli.skin import FAILED, tell
from pilot.errors import CallError

if TYPE_CHECKING:
    from pilot.workbench.order import Order

Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="TRAJECTORY", show_default=False, help="Names, or design.toml files."
    ),
]
Parameters = Annotated[
    list[str] | None,
    typer.Option(
        "--parameter",
        "-p",
        metavar="NAME=VALUE",
        show_default=False,
        help="Set a parameter of the report notebook; may be given more than once.",
    ),
]
Languages = Annotated[str, typer.Option("--language", help="Languages, with commas between.")]
Formats = Annotated[str, typer.Option("--format", help="How pages are written: html.")]


def report(  # noqa: PLR0913 - one argument an option that people type
    ctx: typer.Context,
    trajectories: Names = None,
    *,
    demo: Demo = False,
    data: Data = None,
    language: Languages = "nl,en",
    form: Formats = "html",
    parameter: Parameters = None,
) -> None:
    """Make reports, one for each trajectory; all of them when none is named.

    Published in reports/[demo/]TRAJECTORY/latest/: index.html, nl.html, en.html,
    team.html, results.json, run.json, and share/ with only what may leave the team.
    When a run fails the last good report stays, and failed.html says what to do.
    published.json, for the team, keeps what the public pages showed: the next report is
    held against it, and a number of which fewer than five families changed stays as it was.
    """
    from pilot.workbench.order import settle

    formats_of(form)
    languages = languages_of(language)
    orders = [
        settle(name, demo=demo, data=data, languages=languages, parameters=parameter)
        for name in trajectories or with_exports(demo=demo, data=data)
    ]
    _refuse_twice(orders)
    from pilot.cli.progress import show  # only now: it starts what takes a while

    ended = show(orders)
    for each in ended:
        if each.fault is not None:
            tell(each.fault, debug=ctx.find_root().params["debug"])
    if any(each.fault for each in ended):
        raise typer.Exit(FAILED)


def with_exports(*, demo: bool, data: Path | None) -> list[str]:
    """Return the trajectories on the shelf that have exports here, each in its own folder.

    Raises
    ------
    CallError
        When none has.
    """
    from pilot.design import trajectory_names
    from pilot.workbench.places import places

    raw = data or (places().demo if demo else places().data / "raw")
    found = [name for name in trajectory_names() if (raw / name).is_dir()]
    without = [name for name in trajectory_names() if name not in found]
    if not found:
        raise CallError(
            str(raw),
            "holds exports of none of the trajectories",
            "name the trajectory whose exports they are, put them in a folder with its "
            "name there, or use the simulated ones with --demo",
        )
    if without:
        typer.echo(f"No exports here of: {', '.join(without)}.")
    return found


def _refuse_twice(orders: list[Order]) -> None:
    keys = [order.trajectory.key for order in orders]
    for key in keys:
        if keys.count(key) > 1:
            raise CallError(
                "trajectories", f"{key!r} was named {keys.count(key)} times", "name each once"
            )
