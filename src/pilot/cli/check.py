"""``pilot check``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

import typer

from pilot.cli.choices import Data, Demo, languages_of, own_language
from pilot.cli.skin import tell
from pilot.errors import IntakeError

if TYPE_CHECKING:
    from pilot.design import Language

Target = Annotated[
    str, typer.Argument(metavar="TARGET", help="A trajectory, a design.toml or one export.")
]
As = Annotated[
    str | None,
    typer.Option("--as", metavar="TRAJECTORY", help="The design that one export belongs to."),
]
Tongue = Annotated[
    str | None, typer.Option("--language", help="nl or en; this machine's own, else Dutch.")
]
Everything = Annotated[bool, typer.Option("--all", help="Every finding, not the first ten.")]


def check(  # noqa: PLR0913 - one argument an option that people type
    ctx: typer.Context,
    target: Target,
    *,
    design: As = None,
    demo: Demo = False,
    data: Data = None,
    language: Tongue = None,
    everything: Everything = False,
) -> None:
    """Read and clean exports, and say in plain words what was found. Writes nothing.

    Exit code 0 when they could be read, whatever was found; 1 when they could not; 2 for an
    unknown word or a missing file.
    """
    chosen = cast("Language", languages_of(language)[0] if language else own_language())
    from pilot.workbench.check import Checked, check_target
    from pilot.workbench.telling import lines, lines_of_description, lines_of_refusal

    try:
        seen = check_target(target, design=design, demo=demo, data=data)
    except IntakeError as fault:
        if ctx.find_root().params["debug"]:
            tell(fault, debug=True)
        typer.echo("\n".join(lines_of_refusal(fault, chosen)), err=True)
        raise typer.Exit(fault.exit_code) from fault
    told = (
        lines(seen, chosen, everything=everything)
        if isinstance(seen, Checked)
        else lines_of_description(seen, target, chosen)
    )
    typer.echo("\n".join(told))
