"""``pilot plan``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from pilot.cli.choices import languages_of, own_language
from pilot.errors import CallError

if TYPE_CHECKING:
    from pilot.design import Language

Design = Annotated[str, typer.Argument(metavar="TRAJECTORY", help="A name, or a design.toml.")]
Families = Annotated[
    str, typer.Option("--families", help="How many families start, with commas between.")
]
Change = Annotated[
    float | None,
    typer.Option("--change", help="The change to see, in points; else what is published."),
]
ChangeSd = Annotated[
    float | None, typer.Option("--change-sd", help="The same in SD between persons.")
]
OutcomeKey = Annotated[
    str | None, typer.Option("--outcome", help="Key of an outcome; else the first primary one.")
]
Role = Annotated[
    str | None, typer.Option("--role", help="Whose outcome, where several roles have it.")
]
Sites = Annotated[int | None, typer.Option("--sites", help="Schools, centres or groups.")]
Lost = Annotated[
    float | None, typer.Option("--lost", help="Share of families gone at the end: 0.35.")
]
LostBy = Annotated[
    str | None,
    typer.Option("--lost-by", help="Who leaves: random, or score (who started worse)."),
]
Sd = Annotated[float | None, typer.Option("--sd", help="SD between persons, in points.")]
Retest = Annotated[
    float | None, typer.Option("--retest", help="Correlation of the first and last score.")
]
Members = Annotated[float | None, typer.Option("--members", help="People a family: 1.5.")]
ChangeIcc = Annotated[
    float | None,
    typer.Option("--change-icc", help="Share of differences in change between families."),
]
SiteIcc = Annotated[
    float | None,
    typer.Option("--site-icc", help="Share of differences in change between sites."),
]
Skew = Annotated[float | None, typer.Option("--skew", help="Skewness of the changes.")]
Months = Annotated[str | None, typer.Option("--months", help="When the waves lie: 0,12,24.")]
Simulations = Annotated[
    int, typer.Option("--simulations", help="Pilots drawn a number, from 200.")
]
Seed = Annotated[int, typer.Option("--seed", help="Same seed, same numbers.")]
Tongue = Annotated[
    str | None, typer.Option("--language", help="nl or en; this machine's own, else Dutch.")
]


def plan(  # noqa: PLR0913 - one argument an option that people type
    trajectory: Design,
    *,
    families: Families = "4,6,8,12,16,24,30",
    change: Change = None,
    change_sd: ChangeSd = None,
    outcome: OutcomeKey = None,
    role: Role = None,
    sites: Sites = None,
    lost: Lost = None,
    lost_by: LostBy = None,
    sd: Sd = None,
    retest: Retest = None,
    members: Members = None,
    change_icc: ChangeIcc = None,
    site_icc: SiteIcc = None,
    skew: Skew = None,
    months: Months = None,
    simulations: Simulations = 2_000,
    seed: Seed = 20250101,
    language: Tongue = None,
) -> None:
    """Say what so many families can and cannot show, before a pilot begins.

    Prints a sentence for an application, a table, and what it all rests on. A plan is no
    promise that a programme works.
    """
    tongue = cast("Language", languages_of(language)[0] if language else own_language())
    if change is not None and change_sd is not None:
        raise CallError("--change-sd", "stands beside --change", "give one of the two")
    asked = numbers(families, "--families", int)
    given = {
        "sites": sites,
        "lost": lost,
        "lost_by": lost_by,
        "sd": sd,
        "retest": retest,
        "members": members,
        "change_icc": change_icc,
        "site_icc": site_icc,
        "skew": skew,
        "months": None if months is None else tuple(numbers(months, "--months", float)),
    }
    from pilot.presentation import Words
    from pilot.workbench.plan import plan as plan_of

    made = plan_of(
        trajectory,
        asked,
        change=change if change_sd is None else change_sd,
        change_in="points" if change_sd is None else "sd",
        outcome=outcome,
        role=role,
        simulations=simulations,
        seed=seed,
        **{name: value for name, value in given.items() if value is not None},
    )
    typer.echo("\n".join(made.sentences(tongue)))
    typer.echo("\n" + made.table(tongue).caption)
    typer.echo("\n".join(f"  {line}" for line in made.lines(tongue)))
    typer.echo("\n" + Words(tongue)("plan.assumed_title"))
    typer.echo("\n".join(f"  - {line}" for line in made.assumed(tongue)))


def numbers(words: str, option: str, kind: type[int] | type[float]) -> list[Any]:
    """Return numbers from ``4,8,16``.

    Raises
    ------
    CallError
        For a word that is none.
    """
    told = [word.strip() for word in words.split(",") if word.strip()]
    found = []
    for word in told:
        try:
            found.append(kind(word))
        except ValueError:
            mend = "give numbers with commas between: 4,8,16"
            raise CallError(option, f"{word!r} is no number", mend) from None
    if not found:
        raise CallError(option, "names no number", "give numbers with commas between: 4,8,16")
    return found
