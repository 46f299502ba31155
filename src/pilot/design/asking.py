"""What is asked of whom, in which file it comes back, and what was planned of it."""

from __future__ import annotations

import re
from typing import Literal, Self

from pydantic import Field, model_validator

from pilot.design.faults import PartError
from pilot.design.globs import compiled
from pilot.design.happening import Meaning, check_stages, stage_of
from pilot.design.history import StatedShift
from pilot.design.instrument import Instrument, MinimalChange, Reliability
from pilot.design.outcome import Domain
from pilot.design.text import Part, Text

Rater = Literal["partner", "parent", "child", "coach"]
SourceKind = Literal["responses", "register", "events", "quotes", "ignored"]


class Source(Part):
    """Which files, or which sheet of them, hold what.

    ``files`` is a pattern below the trajectory's folder; what its first ``*`` stood for
    may be used as ``"{1}"`` in ``wave``, ``site`` and ``role``. A wave may be fixed, a
    column (``wave_column``) or part of the column names (``waves_in_columns``, with
    ``{wave}`` in the columns of what is asked and in ``date_column`` and the like).
    ``rows`` keeps only the rows whose column holds the given value; the others belong to
    another source of the same file.
    ``shift`` adds a number to every answer of an instrument: the declared mend for an
    export coded from 0 where the form runs from 1. ``duration_column`` says how long filling
    in took, in ``duration_unit``. ``ignored`` claims a file and says why.
    ``rated_by``: a file that coaches (or another rater) filled in about people; only forms
    with that ``rated_by`` are looked for in it.
    """

    files: str
    kind: SourceKind = "responses"
    sheet: str | None = None
    header_row: int = Field(default=1, ge=1)
    code: str | None = None
    wave: str | None = None
    wave_column: str | None = None
    waves_in_columns: bool = False
    site: str | None = None
    site_column: str | None = None
    role: str | None = None
    role_column: str | None = None
    group: str | None = None
    group_column: str | None = None
    family_column: str | None = None
    date_column: str | None = None
    language: str | None = None
    language_column: str | None = None
    mode: str | None = None
    mode_column: str | None = None
    respondent: str | None = None
    respondent_column: str | None = None
    rated_by: Rater | None = None
    interviewer_column: str | None = None
    interpreter_column: str | None = None
    about_column: str | None = None
    duration_column: str | None = None
    duration_unit: Literal["minutes", "hours"] = "minutes"
    form_version_column: str | None = None
    form_version: str | None = None
    rows: dict[str, str] = Field(default_factory=dict)
    shift: dict[str, int] = Field(default_factory=dict)
    unused_columns: list[str] = Field(default_factory=list)
    event: str | None = None
    columns: dict[str, str] = Field(default_factory=dict)
    why: str = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        ways = [self.wave is not None, self.wave_column is not None, self.waves_in_columns]
        if self.kind == "responses" and sum(ways) != 1:
            raise PartError(
                f"says the wave of {self.files!r} in {sum(ways)} ways",
                "give one of `wave`, `wave_column` and `waves_in_columns`",
            )
        answered = [self.rated_by, self.respondent, self.respondent_column]
        if self.rated_by is not None and answered.count(None) < 2:
            raise PartError(
                f"says who answered {self.files!r} in {3 - answered.count(None)} ways",
                "give `rated_by`, or `respondent` or `respondent_column`",
                "rated_by",
            )
        if self.rated_by is not None and self.kind != "responses":
            raise PartError(
                f"{self.files!r} holds {self.kind}, which nobody rates",
                "leave it out",
                "rated_by",
            )
        if self.kind == "events" and not self.event:
            raise PartError(
                f"does not say what {self.files!r} registers", "add `event`", "event"
            )
        try:
            compiled(self.files)
        except re.error as fault:
            raise PartError(
                f"{self.files!r} is no pattern of file names: {fault}",
                "write * for any letters, ? for one, [ab] or [0-9] for one of these",
                "files",
            ) from fault
        if self.kind == "ignored" and not self.why:
            raise PartError(f"does not say why {self.files!r} is ignored", "add `why`", "why")
        return self


class Asked(Part):
    """One instrument, asked of one role at some waves, and how the export names its items.

    ``columns`` is a pattern with ``{item}`` (the item's number), ``{id}`` and ``{wave}``,
    or a table from item id to column; items that the table leaves out are not asked.
    ``answers`` says what the export's words or codes mean. ``totals`` names columns that
    hold ready-made scores instead of items. ``confirmed`` lists unverified scales that
    somebody compared with the printed form. ``then_of`` makes it a then-test: an instrument
    that ends in ``-then``, asked at one wave about how things were at the wave named here.
    ``index_child`` says that the answers are about one child of the person, whose number
    the source's ``about_column`` gives: at each wave the same. ``rated_by`` makes it a form
    that somebody else fills in about the person: an instrument that ends in ``-coach`` (or
    ``-partner``, ``-parent``, ``-child``), beside the person's own.
    """

    instrument: str
    role: str
    waves: list[str] = Field(default_factory=list)
    columns: str | dict[str, str] = "{id}"
    answers: dict[str, int] = Field(default_factory=dict)
    totals: dict[str, str] = Field(default_factory=dict)
    confirmed: list[str] = Field(default_factory=list)
    then_of: str | None = None
    index_child: bool = False
    rated_by: Rater | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        patterns = [self.columns] if isinstance(self.columns, str) else self.columns.values()
        for pattern in [*patterns, *self.totals.values()]:
            try:
                pattern.format(item=1, id="", wave="")
            except (KeyError, ValueError, IndexError) as fault:
                raise PartError(
                    f"{pattern!r} is no pattern of column names: {fault}",
                    "write it with {item}, {item:02d}, {id} or {wave}",
                    "columns",
                ) from fault
        return self

    def column(self, item: str, wave_name: str = "") -> str:
        """Return how the export calls an item.

        Examples
        --------
        >>> asked = Asked(instrument="gse-10", role="parent", columns="Q3_{item:02d}")
        >>> asked.column("gse_10_04")
        'Q3_04'
        """
        given = self.columns
        pattern = given if isinstance(given, str) else given.get(item, "")
        number = int(re.findall(r"\d+$", item)[0])
        return pattern.format(item=number, id=item, wave=wave_name)

    def items_of(self, instrument: Instrument) -> list[str]:
        """Return the items that are asked: the whole form, or what a table of columns names."""
        if isinstance(self.columns, str):
            return list(instrument.items)
        return [item for item in instrument.items if item in self.columns]


class Planned(Part):
    """A change that was planned to be looked at, before the data were.

    ``history`` states how far people around moved by themselves, with its source.
    """

    outcome: str
    domain: Domain
    role: str | None = None
    primary: bool = False
    interval: bool = False
    minimal_change: MinimalChange | None = None
    reliability: list[Reliability] = Field(default_factory=list)
    history: StatedShift | None = None


class Claim(Part):
    """What the programme claims, in its own words, and which outcomes measure it.

    No outcome and no event: 'niet gemeten', and it stays visible as such. ``role`` says
    of whom it is claimed, where roles are asked the same.
    """

    text: Text
    role: str | None = None
    source: str = ""
    measured_by: list[str] = Field(default_factory=list)
    seen_in: list[str] = Field(default_factory=list)


class EventKind(Part):
    """Something dated that the programme registers: attendance, a contact, a request.

    ``means`` says what is derived from it: of a ``role`` who moved up (``kinds`` from the
    first role to the last), of a ``request`` how long it took, of a ``principle`` whether a
    site kept it (then the site is who), of a ``goal`` whether it was reached, of ``help``
    who gave and received; ``critical`` events burden people, ``unused`` ones say why help was
    not used. ``statuses`` gives the export's own words for the stages of such an event, or
    for ``present`` and ``absent`` at sessions that make up the dose; ``raters`` who rates
    goals, the one who counts first.
    """

    key: str
    label: Text
    dose: bool = False
    kinds: dict[str, Text] = Field(default_factory=dict)
    planned_sessions: int | None = Field(default=None, ge=1)
    means: Meaning | None = None
    statuses: dict[str, list[str]] = Field(default_factory=dict)
    raters: list[str] = Field(default_factory=list, max_length=2)

    @model_validator(mode="after")
    def _check(self) -> Self:
        check_stages(self.staged_as, self.statuses)
        return self

    @property
    def staged_as(self) -> str | None:
        """What its statuses tell of: what the event means, else presence at a session."""
        return self.means if self.means or not self.dose else "dose"

    def stage(self, word: str) -> str | None:
        """Return the stage that an export's word means; None where nothing knows it."""
        return stage_of(self.staged_as, self.statuses, word)


class Lines(Part):
    """From which share on a feasibility count says go, and from which adapt."""

    go: float = Field(gt=0, le=1)
    adapt: float = Field(gt=0, le=1)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.adapt > self.go:
            raise PartError(f"adapt {self.adapt} is above go {self.go}", "swap the two lines")
        return self

    def verdict(self, share: float) -> str:
        """Return ``go``, ``adapt`` or ``stop``.

        Examples
        --------
        >>> [Lines(go=0.7, adapt=0.5).verdict(share) for share in (0.7, 0.5, 0.49)]
        ['go', 'adapt', 'stop']
        """
        if share >= self.go:
            return "go"
        return "adapt" if share >= self.adapt else "stop"


class Ceilings(Part):
    """Up to which number a feasibility measure says go, and up to which adapt."""

    go: float = Field(ge=0)
    adapt: float = Field(ge=0)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.adapt < self.go:
            raise PartError(f"adapt {self.adapt} is below go {self.go}", "swap the two lines")
        return self

    def verdict(self, value: float) -> str:
        """Return ``go``, ``adapt`` or ``stop``.

        Examples
        --------
        >>> [Ceilings(go=45, adapt=60).verdict(minutes) for minutes in (45, 60, 61)]
        ['go', 'adapt', 'stop']
        """
        if value <= self.go:
            return "go"
        return "adapt" if value <= self.adapt else "stop"
