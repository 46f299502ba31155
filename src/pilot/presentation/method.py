"""How the numbers were made, with what, and from what."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from pilot.design import Instrument
from pilot.presentation.earlier import earlier_notes
from pilot.presentation.markup import Column, Table, bullets, section
from pilot.presentation.piece import Piece, in_both
from pilot.presentation.saying import site_count, unit_of
from pilot.presentation.words import Words
from pilot.results import Disclosed

MARKER = "<!-- provenance -->"
SHOWN_HASH = 12
OWN = "own item of this workbench"


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a report was made from and with.

    Parameters
    ----------
    inputs : tuple of (file, sha256)
        Told on the public pages as a number of files and one hash over all of them: a
        file's name may tell a school.
    versions : tuple of (package, version)
    parameters : tuple of (name, value)
        Whatever else decides the numbers, such as the seed.
    plan : str
        The sha256 of the design.
    """

    inputs: tuple[tuple[str, str], ...]
    versions: tuple[tuple[str, str], ...]
    parameters: tuple[tuple[str, str], ...] = ()
    plan: str = ""

    @property
    def inputs_hash(self) -> str:
        """One short hash over all input files, whatever their order and names."""
        hashes = sorted(each for _, each in self.inputs)
        return sha256("\n".join(hashes).encode()).hexdigest()[:SHOWN_HASH]


def method_section(disclosed: Disclosed) -> Piece:
    """Return the method in words, the instruments cited, and room for the provenance.

    The provenance is filled in by the page, so that a stored notebook stays the same.
    """
    return in_both(
        "method",
        "public",
        lambda words: _section(words, disclosed),
        design=disclosed.trajectory,
    )


def _section(words: Words, disclosed: Disclosed) -> str:
    return section(
        "method",
        words.language,
        words("method.title"),
        bullets(_how(words, disclosed)),
        *earlier_notes(words, disclosed, "answers"),
        _instruments(words, disclosed).html(),
        MARKER,
    )


def _how(words: Words, disclosed: Disclosed) -> list[str]:
    trajectory = disclosed.trajectory
    ordinal = any(outcome.level == "ordinal" for outcome in trajectory.outcomes())
    primary = any(outcome.primary for outcome in trajectory.outcomes())
    lock = disclosed.lock
    return [
        *_weights(words, disclosed),
        words("method.interval"),
        words("method.verdict"),
        *([words("method.holm")] if primary else []),
        *([words("method.ordinal")] if ordinal else []),
        *([words("method.planned")] if primary else []),
        _frozen(words, disclosed),
        words("method.protect", threshold=words.whole(trajectory.thresholds.families)),
        _answers(words, disclosed),
        words("method.lock_none")
        if lock is None
        else words("method.lock", day=words.day(lock)),
    ]


def _answers(words: Words, disclosed: Disclosed) -> str:
    """Return how many answers came in; of few families that it is not told."""
    came, aside = disclosed.answers_in, disclosed.answers_set_aside_share
    if came is None or aside is None:
        least = words.whole(disclosed.trajectory.thresholds.families)
        return words("method.answers_few", threshold=least, unit=unit_of(words, disclosed))
    share = _set_aside(words, aside)
    return words("method.answers", answers=words.whole(came), share=share)


def _frozen(words: Words, disclosed: Disclosed) -> str:
    """Return whether the plan was frozen in time, and how many things went otherwise."""
    said = words(f"method.plan_{disclosed.plan}")
    if disclosed.plan == "none":
        return said
    count = words("method.plan_kept")
    if disclosed.deviations:
        count = words("method.plan_otherwise", n=words.whole(disclosed.deviations))
    return f"{said} {count}"


def _weights(words: Words, disclosed: Disclosed) -> list[str]:
    if disclosed.trajectory.generalises_to == "sites":
        n = site_count(words, disclosed)
        told = words("method.n_sites", n=n) if n else ""
        unit = unit_of(words, disclosed)
        return [words("method.unit_sites", unit=unit), words("method.estimand_sites", n=told)]
    unit = "families" if disclosed.role in disclosed.family_roles else "participants"
    if any(each.everyone for each in disclosed.estimates):
        return [words(f"method.everyone_{unit}"), words("method.estimand_everyone")]
    return [words(f"method.unit_{unit}"), words("method.estimand_families")]


def _set_aside(words: Words, share: float) -> str:
    """Return a share; of one below 1 % not whether it is nothing at all."""
    if share < 0.01:
        return words("number.fewer", high=words.percent(0.01))
    return words.percent(share)


def _instruments(words: Words, disclosed: Disclosed) -> Table:
    rows = tuple(
        (_named(words, each), each.label.in_(words.language), _source(words, each))
        for each in disclosed.trajectory.instruments.values()
    )
    names = ("instrument", "measures", "source")
    columns = tuple(Column(words(f"method.{name}")) for name in names)
    return Table(words("method.instruments_caption"), columns, rows, kind="wide")


def _named(words: Words, instrument: Instrument) -> str:
    if instrument.cite != OWN:
        return instrument.title
    label = instrument.label.in_(words.language)
    return label[:1].upper() + label[1:]


def _source(words: Words, instrument: Instrument) -> str:
    return words("method.own") if instrument.cite == OWN else instrument.cite


def provenance_table(
    words: Words, provenance: Provenance, *, simulated: bool, files: bool = False
) -> str:
    """Return what a report was made from and with, as HTML; each file only for the team."""
    rows = [
        (
            words("method.data"),
            words("method.data_simulated" if simulated else "method.data_real"),
        ),
        (words("method.inputs"), words.whole(len(provenance.inputs))),
        (words("method.inputs_hash"), provenance.inputs_hash),
    ]
    if provenance.plan:
        rows.append((words("method.plan"), provenance.plan[:SHOWN_HASH]))
    rows += [*provenance.parameters, *provenance.versions]
    if files:
        rows += [(name, each[:SHOWN_HASH]) for name, each in provenance.inputs]
    columns = (Column(words("method.item")), Column(words("method.value")))
    return Table(words("method.provenance"), columns, tuple(rows)).html()
