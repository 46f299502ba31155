"""Errors as people read them, and the exit code each stands for."""

from __future__ import annotations

import os
import sys
import traceback
from typing import Any

import typer
from typer.core import TyperGroup

from pilot.errors import PilotError, unforeseen

DEBUG = "--debug"
FAILED, STOPPED, UNHEARD = 1, 130, 141  # the last two as a shell counts its signals
UNFORESEEN = (  # not Exception: typer ends commands and tells of usage by raising
    ArithmeticError,
    AssertionError,
    AttributeError,
    ImportError,
    LookupError,
    MemoryError,
    OSError,
    TypeError,
    ValueError,
)


class Skin(TyperGroup):
    """The group of commands; what goes wrong in one is told as place, cause and mend."""

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """Read the words; whoever stops reading its help hears nothing more."""
        try:
            return super().make_context(*args, **extra)
        except BrokenPipeError:
            hush()
            raise typer.Exit(UNHEARD) from None

    def invoke(self, ctx: Any) -> Any:
        """Run a command; an error ends it with its words on stderr and its exit code."""
        try:
            return super().invoke(ctx)
        except PilotError as fault:
            tell(fault, debug=ctx.params["debug"])
            code = fault.exit_code
        except BrokenPipeError:
            hush()
            code = UNHEARD
        except UNFORESEEN as bug:
            tell(unforeseen(bug), debug=ctx.params["debug"])
            code = FAILED
        except KeyboardInterrupt:
            typer.echo("Stopped. Nothing was left half-written.", err=True)
            code = STOPPED
        raise typer.Exit(code)


def hush() -> None:
    """Send what is still to be written nowhere: nobody reads it, as with ``| head``."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def tell(fault: PilotError, *, debug: bool = False) -> None:
    """Print an error on stderr; with `debug` where in the program it arose, too."""
    if debug:
        traceback.print_exception(fault, file=sys.stderr)
    typer.echo(str(fault), err=True)
