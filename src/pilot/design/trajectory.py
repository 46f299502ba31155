"""A trajectory: the designed course of one programme. Never a participant in it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, model_validator

from pilot.design.asking import (
    Asked,
    Ceilings,
    Claim,
    EventKind,
    Lines,
    Planned,
    Source,
)
from pilot.design.course import KEY, Named, Role, Site, Wave
from pilot.design.faults import PartError
from pilot.design.groups import Group, Groups
from pilot.design.instrument import Instrument
from pilot.design.outcome import Outcome
from pilot.design.text import Part, Text

PRIMARY_DOMAINS = ("self_efficacy", "network_strength")
MOST_ITEMS = 45
RESERVED = "demo"


class About(Part):
    """What a reader of the report is told about the programme.

    ``what`` (its aim), ``done``, ``why``, ``who``, ``how``, ``often``, ``tailoring`` and
    ``modifications`` are items of TIDieR; what is left out is told as not recorded.
    """

    place: str
    organisation: str = ""
    what: Text
    done: Text
    why: Text | None = None
    who: Text | None = None
    how: Text | None = None
    often: Text | None = None
    tailoring: Text | None = None
    modifications: Text | None = None
    lessons: list[Text] = Field(default_factory=list)
    next: list[Text] = Field(default_factory=list)
    history: list[Text] = Field(default_factory=list)


class Reach(Part):
    """How many were planned, and what came before the questionnaires.

    ``reached``, ``eligible`` and ``consented`` count families (where those are not known,
    participants), each out of the one before: none can be more than that.
    """

    families: int | None = Field(default=None, ge=1)
    participants: int | None = Field(default=None, ge=1)
    reached: int | None = Field(default=None, ge=0)
    eligible: int | None = Field(default=None, ge=0)
    consented: int | None = Field(default=None, ge=0)
    cost_per_family: float | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _check(self) -> Self:
        steps = [(name, getattr(self, name)) for name in ("reached", "eligible", "consented")]
        known = [(name, count) for name, count in steps if count is not None]
        for (before, most), (name, count) in pairwise(known):
            if count > most:
                raise PartError(
                    f"{count} {name} are more than the {most} {before}",
                    f"count in `{name}` only those among `{before}`, or correct one of the two",
                    name,
                )
        return self


class ParticipantColumns(Part):
    """The export's columns that say who answered, and for which family."""

    code: str = "nummer"
    family: str | None = None


class Thresholds(Part):
    """From how many families or people something may be shown; never below 5."""

    families: int = Field(default=5, ge=5)
    people: int = Field(default=10, ge=5)


class Feasibility(Part):
    """The lines for going on, adapting or stopping, set before the data.

    Shares have lines from which on; minutes, costs and burden have ceilings, and a verdict
    only where the design gives them.
    """

    post_valid: Lines = Lines(go=0.70, adapt=0.50)
    pre_valid: Lines = Lines(go=0.80, adapt=0.60)
    dose: Lines = Lines(go=0.70, adapt=0.50)
    items_answered: Lines = Lines(go=0.90, adapt=0.80)
    eligible: Lines | None = None
    consented: Lines | None = None
    started: Lines | None = None
    any_session: Lines | None = None
    linked_pairs: Lines | None = None
    minutes_per_form: Ceilings | None = None
    burdened: Ceilings | None = None
    cost_per_family: Ceilings | None = None

    def of(self, measure: str) -> Lines | Ceilings | None:
        """Return the lines of a measure; None where none were drawn.

        Examples
        --------
        >>> Feasibility().of("dose").go, Feasibility().of("languages")
        (0.7, None)
        """
        if measure not in type(self).model_fields:
            return None
        found: Lines | Ceilings | None = getattr(self, measure)
        return found


class Trajectory(Part):
    """Who was asked what, when, and which change was planned.

    Loaded with `load_trajectory`, which also checks it against the instruments it names
    and keeps those in `instruments`. ``purpose = "reanalysis"`` is for published data
    that were collected for another question: they need no primary outcomes. ``data_lock``
    is the day up to which all that was filled in is among the exports; without it the
    latest date in them, so that a wave whose last form came early seems to be still open.
    """

    key: str = Field(pattern=KEY)
    title: Text
    about: About
    purpose: Literal["pilot", "reanalysis"] = "pilot"
    generalises_to: Literal["families", "sites"] = "families"
    languages: list[str] = Field(default_factory=lambda: ["nl"])
    data_lock: date | None = None
    participant: ParticipantColumns = ParticipantColumns()
    reach: Reach = Reach()
    thresholds: Thresholds = Thresholds()
    feasibility: Feasibility = Feasibility()
    missing: dict[str, Literal["not answered", "does not know", "not applicable"]] = Field(
        default_factory=dict
    )
    roles: list[Role] = Field(min_length=1)
    sites: list[Site] = Field(default_factory=list)
    groups: Groups | None = None
    waves: list[Wave] = Field(min_length=1)
    sources: list[Source] = Field(min_length=1)
    asked: list[Asked] = Field(min_length=1)
    planned: list[Planned] = Field(min_length=1)
    claims: list[Claim] = Field(default_factory=list)
    events: list[EventKind] = Field(default_factory=list)
    instruments: dict[str, Instrument] = Field(default_factory=dict, exclude=True)

    @property
    def wave_keys(self) -> list[str]:
        """The waves in the order they are lived."""
        return [wave.key for wave in self.waves]

    def role(self, key: str) -> Role:
        """Return a role by its key."""
        return next(role for role in self.roles if role.key == key)

    def wave(self, key: str) -> Wave:
        """Return a wave by its key."""
        return next(wave for wave in self.waves if wave.key == key)

    def waves_of(self, asked: Asked) -> list[str]:
        """Return the waves at which something is asked; all of them when it names none."""
        return [key for key in self.wave_keys if not asked.waves or key in asked.waves]

    def asked_of(self, role: str) -> list[Asked]:
        """Return what one role is asked; not what others are asked about it."""
        own = [asked for asked in self.asked if asked.rated_by is None]
        return [asked for asked in own if asked.role == role]

    def registers(self, event: str) -> bool:
        """Return whether a source brings an event: what never happened was then looked for."""
        return any(source.event == event for source in self.sources)

    @property
    def rated(self) -> list[Asked]:
        """What others are asked about people."""
        return [asked for asked in self.asked if asked.rated_by is not None]

    def outcomes(self) -> list[Outcome]:
        """Return the planned outcomes, primary ones first."""
        made = [self._outcome(planned) for planned in self.planned]
        return sorted(made, key=lambda outcome: not outcome.primary)

    def _outcome(self, planned: Planned) -> Outcome:
        asked, instrument, index = self.where_asked(planned)
        scale = instrument.scales[index]
        return Outcome(
            key=planned.outcome,
            label=scale.label,
            higher_is=scale.higher_is,
            low=float(scale.range[0]),
            high=float(scale.range[1]),
            level="interval" if planned.interval else scale.level,
            domain=planned.domain,
            role=asked.role,
            primary=planned.primary,
            instrument=instrument.key,
            cite=instrument.cite,
            reliability=tuple(planned.reliability or scale.reliability),
            reference=tuple(scale.reference),
            cut_offs=tuple(scale.cut_offs),
            minimal_change=planned.minimal_change or scale.minimal_change,
            waves=tuple(self.waves_of(asked)),
            history=planned.history,
        )

    def where_asked(self, planned: Planned) -> tuple[Asked, Instrument, int]:
        """Return what asks a planned outcome: the entry, its instrument, the scale's place."""
        for asked in self.asked:
            instrument = self.instruments[asked.instrument]
            names = [instrument.score_name(scale) for scale in instrument.scales]
            if planned.outcome in names and planned.role in (None, asked.role):
                return asked, instrument, names.index(planned.outcome)
        raise LookupError(planned.outcome)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.key == RESERVED:
            raise PartError(
                f"{RESERVED!r} is a reserved word, not a trajectory",
                "choose another key",
                "key",
            )
        for kind in ("roles", "sites", "waves", "events"):
            _refuse_twice(kind, [each.key for each in getattr(self, kind)])
        _refuse_waves_out_of_order(self.waves)
        return self


def _refuse_twice(kind: str, keys: list[str]) -> None:
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise PartError(f"{twice[0]!r} stands there twice", "give each a key of its own", kind)


def _refuse_waves_out_of_order(waves: list[Wave]) -> None:
    for earlier, later in pairwise(waves):
        if earlier.rolling != later.rolling:
            raise PartError(
                f"{earlier.key!r} and {later.key!r} have windows of different kinds",
                "give all waves dates, or all of them months",
                "waves",
            )
        if later.start <= earlier.end:
            raise PartError(
                f"{later.key!r} begins before {earlier.key!r} has ended",
                "put the waves in the order they are lived, without overlap",
                "waves",
            )


def find(named: list[Role] | list[Site] | list[Wave] | list[Group], word: str) -> str | None:
    """Return the key of the role, site, wave or group that an export's word means, or None."""
    matches: list[Named] = [each for each in named if each.is_called(word)]
    return matches[0].key if matches else None
