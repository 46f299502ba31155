"""``pilot form``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from pilot.cli.choices import Data, Demo, languages_of

if TYPE_CHECKING:
    from pilot.design import Language

Target = Annotated[str, typer.Argument(metavar="TRAJECTORY", help="A name, or a design.toml.")]
Wave = Annotated[str, typer.Option("--wave", metavar="KEY", help="The wave to type in.")]
Site = Annotated[
    str | None, typer.Option("--site", metavar="SITE", help="One site; all, without it.")
]
Role = Annotated[
    str | None,
    typer.Option("--role", metavar="ROLE", help="One role; every role asked, without it."),
]
Rater = Annotated[
    str | None,
    typer.Option(
        "--rated-by", metavar="WHO", help="For a coach, say, to rate these people with."
    ),
]
Tongue = Annotated[str, typer.Option("--language", help="nl or en.")]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", metavar="FILE", help="The .xlsx to write; else one in this folder."
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace a file that stands there.")]


def form(  # noqa: PLR0913 - one argument an option that people type
    trajectory: Target,
    *,
    wave: Wave,
    site: Site = None,
    role: Role = None,
    rated_by: Rater = None,
    language: Tongue = "nl",
    demo: Demo = False,
    data: Data = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Write a workbook to type in answers from paper or phone, twice if you like.

    The numbers come from the register, the columns from the design. Who does not consent,
    withdrew, or is too young or too old for the questions has no row, and is named here.
    Put the workbook with the exports when it is filled in: check, clean and report read it,
    whatever its name.
    """
    tongue = languages_of(language)[0]
    from pilot.workbench.form import FormWanted, write_form
    from pilot.workbench.form_words import lines_of_form

    made = write_form(
        FormWanted(
            trajectory,
            wave,
            site=site,
            role=role,
            rated_by=rated_by,
            language=cast("Language", tongue),
            demo=demo,
            data=data,
            output=output,
            force=force,
        )
    )
    typer.echo("\n".join(lines_of_form(made, trajectory, cast("Language", tongue))))
