"""The command line: a thin skin over the workbench. What is heavy is imported when used."""

from __future__ import annotations

import sys

import typer

from pilot.cli.catalogues import instruments, trajectories
from pilot.cli.check import check
from pilot.cli.clean import clean
from pilot.cli.form import form
from pilot.cli.freeze import freeze
from pilot.cli.lab import lab
from pilot.cli.plan import plan
from pilot.cli.report import report
from pilot.cli.skin import DEBUG, Skin


def examples(*lines: str) -> str:
    """Return what stands below a command's help; the mark keeps one line one line."""
    return "\n".join(
        ["\b", "Example:" if len(lines) == 1 else "Examples:", *(f"  {line}" for line in lines)]
    )


app = typer.Typer(
    cls=Skin,
    name="pilot",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def tell_version(wanted: bool) -> None:
    """Print the version and stop, where asked for."""
    if wanted:
        from pilot import __version__

        typer.echo(f"pilot {__version__}")
        raise typer.Exit


@app.callback(epilog=examples("pilot check m-power --demo", "pilot report m-power --demo"))
def pilot(
    *,
    debug: bool = typer.Option(False, DEBUG, help="Show where in the program an error arose."),
    version: bool = typer.Option(
        False,
        "--version",
        callback=tell_version,
        is_eager=True,
        help="Show the version and stop.",
    ),
) -> None:
    """Turn the questionnaires of a small pilot into a report that can be trusted.

    Exit code 0: done; 1: the data or the run failed; 2: the call was wrong; 130: stopped
    with Ctrl-C.
    """
    del debug, version  # read by Skin, and by tell_version before any command


app.command(
    epilog=examples(
        "pilot check m-power --demo",
        "pilot check export.csv --as m-power",
        "pilot check export.csv",
    )
)(check)
app.command(epilog=examples("pilot clean m-power --demo"))(clean)
app.command(epilog=examples("pilot freeze m-power"))(freeze)
app.command(
    epilog=examples(
        "pilot form m-power --wave end --demo",
        "pilot form krachtige-gezinnen --wave t2 --site noord --role parent",
    )
)(form)
app.command(
    epilog=examples(
        "pilot report --demo",
        "pilot report m-power --demo --language nl",
        "pilot report krachtige-gezinnen --data /safe/exports",
    )
)(report)
app.command(
    epilog=examples(
        "pilot plan krachtige-gezinnen",
        "pilot plan krachtige-gezinnen --families 8,12,16 --change 3 --lost 0.35",
    )
)(plan)
app.command(epilog=examples("pilot instruments", "pilot instruments gse-10"))(instruments)
app.command(epilog=examples("pilot trajectories", "pilot trajectories m-power"))(trajectories)
app.command(
    epilog=examples("pilot lab", "pilot lab --no-browser --port 8899"),
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)(lab)


def main() -> None:
    """Run the command line and leave with its exit code."""
    words = sys.argv[1:]
    own = words[: words.index("--")] if "--" in words else words
    if DEBUG in own:  # it may stand anywhere; typer wants it first
        words.remove(DEBUG)
        words.insert(0, DEBUG)
    if len(words) == 0:
        words = ["--help"]
    app(words, prog_name="pilot")
