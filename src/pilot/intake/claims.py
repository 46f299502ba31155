"""Which source of the design claims which file and sheet, and what nobody claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from pilot.design import Source, Trajectory
from pilot.intake.headers import nearest_name
from pilot.intake.layout import Layout
from pilot.intake.patterns import filled_in, key_of, stars
from pilot.intake.table import Table, plain

REGISTER_FILES = ("register.xlsx", "register.csv")
QUOTES_FILES = ("quotes.xlsx", "quotes.csv")
COLUMN_KEYS = (
    "code",
    "family_column",
    "wave_column",
    "site_column",
    "role_column",
    "group_column",
    "date_column",
    "language_column",
    "mode_column",
    "respondent_column",
    "interviewer_column",
    "interpreter_column",
    "form_version_column",
    "about_column",
    "duration_column",
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One source that claims one file, and what the pattern's stars stood for there."""

    source: Source
    caught: tuple[str, ...] = ()

    def word(self, key: str, trajectory: Trajectory) -> str | None:
        """Return what the source says of every row under a key, with ``{1}`` filled in.

        Waves, sites and roles come as keys of the design where it knows the word.
        """
        said: str | None = getattr(self.source, key)
        if said is None:
            return None
        word = filled_in(said, self.caught)
        match key:
            case "wave":
                return key_of(trajectory.waves, word)
            case "site":
                return key_of(trajectory.sites, word)
            case "role":
                return key_of(trajectory.roles, word)
            case "group" if trajectory.groups:
                return key_of(trajectory.groups.levels, word)
            case _:
                return word


def claims_of(name: str, trajectory: Trajectory) -> list[Claim]:
    """Return the sources that claim a file, those that only ignore it last.

    A file named register.xlsx or register.csv is the register without being named, and
    quotes.xlsx or quotes.csv holds the quotes. A source
    that ignores claims what is left: of a file, where it names a sheet or repeats another
    source's pattern; of the folder, where no other source claims the file.
    """
    claims = [
        Claim(source, caught)
        for source in trajectory.sources
        if (caught := stars(source.files, name)) is not None
    ]
    named = [claim for claim in claims if claim.source.kind != "ignored"]
    if not named and name.casefold() in REGISTER_FILES:
        return [Claim(Source(files=name, kind="register"))]
    if not named and name.casefold() in QUOTES_FILES:
        return [Claim(Source(files=name, kind="quotes"))]
    patterns = {claim.source.files for claim in named}
    return named + [
        claim
        for claim in claims
        if claim.source.kind == "ignored"
        and (not named or claim.source.sheet or claim.source.files in patterns)
    ]


def layout_of(claims: Iterable[Claim], trajectory: Trajectory) -> Layout:
    """Return where these sources expect the header, and which columns they need as text."""
    claims = list(claims)
    names = {trajectory.participant.code, trajectory.participant.family}
    names |= {trajectory.groups.column} if trajectory.groups else set()
    for claim in claims:
        names |= {getattr(claim.source, key) for key in COLUMN_KEYS}
        names |= {
            *claim.source.rows,
            *claim.source.unused_columns,
            *claim.source.columns.values(),
        }
    return Layout(
        header_rows=tuple((claim.source.sheet, claim.source.header_row) for claim in claims),
        text=frozenset(plain(name) for name in names if name),
    )


def sheets_of(claim: Claim, tables: Sequence[Table]) -> list[Table]:
    """Return the sheets of a file that a claim means: those it names, else the first."""
    wanted = claim.source.sheet
    if wanted is None or all(table.sheet is None for table in tables):
        return list(tables[:1])
    return [table for table in tables if fnmatchcase(plain(table.sheet or ""), plain(wanted))]


def near_source(name: str, trajectory: Trajectory) -> str:
    """Return what a file that nobody claims may have been meant as."""
    patterns = list(dict.fromkeys(source.files for source in trajectory.sources))
    near = nearest_name(name, patterns)
    return f"perhaps {near}" if near else f"one of: {', '.join(patterns)}"
