"""An instrument: one printed form, its items, its scales, and what is known of them."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from pilot.design.ages import Ages
from pilot.design.faults import PartError
from pilot.design.text import Part, Text

HigherIs = Literal["better", "worse", "neither"]
Level = Literal["interval", "ordinal"]
Combine = Literal["sum", "mean", "count", "single", "goal_attainment", "given"]


class Item(Part):
    """One question, by our own short label; its wording is never reprinted.

    ``low`` and ``high`` stand only where the item differs from the form.
    """

    nl: str
    en: str
    low: int | None = None
    high: int | None = None


class Responses(Part):
    """What one answer may be: every whole number from low to high.

    ``options`` names the answers by the words printed on the form; ``coded`` is
    ``"labels"`` where files in circulation disagree about the numbers, so that a bare
    number in an export is not trusted until the trajectory says what it means.
    """

    low: int
    high: int
    options: dict[str, int] = Field(default_factory=dict)
    coded: Literal["numbers", "labels"] = "numbers"

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.low >= self.high:
            raise PartError(f"low {self.low} is not below high {self.high}", "correct the two")
        outside = {k: v for k, v in self.options.items() if not self.low <= v <= self.high}
        if outside:
            raise PartError(
                f"{outside} lie outside {self.low} to {self.high}",
                "correct the number, or `low` and `high`",
                "options",
            )
        return self


class Reliability(Part):
    """A published reliability, its kind and where it was seen."""

    value: float = Field(gt=0, lt=1)
    kind: Literal["alpha", "retest", "icc", "kr20"]
    interval_days: int | None = None
    population: str = ""
    source: str


class Reference(Part):
    """A published mean and SD in a stated population, named in nl and en or in one word."""

    population: Text
    n: int | None = None
    mean: float
    sd: float | None = None
    source: str

    @field_validator("population", mode="before")
    @classmethod
    def _in_both(cls, name: object) -> object:
        return {"nl": name, "en": name} if isinstance(name, str) else name


class CutOff(Part):
    """A published cut-off: scores from ``low`` to ``high`` carry this label."""

    low: float | None = None
    high: float | None = None
    label: Text
    population: str = ""
    source: str


class MinimalChange(Part):
    """The smallest change that matters to people, as published."""

    value: float = Field(gt=0)
    source: str


class Scale(Part):
    """How some items combine into one score, and what is known about that score.

    ``combine = "given"`` is a total that exports carry ready-made, without its items.
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Text
    higher_is: HigherIs
    level: Level = "interval"
    items: list[str] = Field(default_factory=list)
    reverse: list[str] = Field(default_factory=list)
    combine: Combine
    times: float = 1.0
    counted: dict[str, list[int]] = Field(default_factory=dict)
    min_answered: int = Field(ge=0)
    missing_rule: Literal["published", "workbench"]
    range: tuple[float, float]
    verified: bool
    why: str = ""
    cut_offs: list[CutOff] = Field(default_factory=list)
    reliability: list[Reliability] = Field(default_factory=list)
    reference: list[Reference] = Field(default_factory=list)
    minimal_change: MinimalChange | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        strangers = [item for item in [*self.reverse, *self.counted] if item not in self.items]
        if strangers:
            raise PartError(
                f"{strangers} are reversed or counted, but not among the scale's items",
                "correct `reverse`, `counted` or `items`",
            )
        if len(set(self.items)) != len(self.items):
            raise PartError("an item stands there twice", "name each item once", "items")
        if (self.combine == "given") == bool(self.items):
            raise PartError(
                f"combines {len(self.items)} items by {self.combine!r}",
                "name its `items`, or say combine = 'given' and none",
            )
        if self.items and not self.min_answered:
            raise PartError("is 0", "say how many answers it takes, 1 or more", "min_answered")
        if self.min_answered > len(self.items):
            raise PartError(
                f"{self.min_answered} is more than its {len(self.items)} items",
                "correct it, or `items`",
                "min_answered",
            )
        if (self.combine == "count") != bool(self.counted):
            raise PartError(
                f"combine is {self.combine!r} and {len(self.counted)} items are counted",
                "give `counted` with combine = 'count', and only with it",
            )
        if not self.verified and not self.why:
            raise PartError("is not verified and does not say why", "add `why`", "why")
        return self


class Instrument(Part):
    """One printed form. Another order or wording is another file."""

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    label: Text
    cite: str
    licence: str
    ages: Ages = (18, 120)
    responses: Responses
    items: dict[str, Item] = Field(default_factory=dict)
    scales: list[Scale] = Field(min_length=1)

    @property
    def stem(self) -> str:
        """The key as it stands in item ids and score names: ``-`` becomes ``_``."""
        return self.key.replace("-", "_")

    def low(self, item: str) -> int:
        """Return the lowest answer an item may have."""
        own = self.items[item].low
        return self.responses.low if own is None else own

    def high(self, item: str) -> int:
        """Return the highest answer an item may have."""
        own = self.items[item].high
        return self.responses.high if own is None else own

    def score_name(self, scale: Scale) -> str:
        """Return the name of a scale's score, ``<key>_<scale>``."""
        return f"{self.stem}_{scale.key}"

    @model_validator(mode="after")
    def _check(self) -> Self:
        for item in self.items:
            if not item.startswith(f"{self.stem}_") or not item[len(self.stem) + 1 :].isdigit():
                raise PartError(
                    f"{item!r} is not named after the form",
                    f"call it {self.stem}_<number>",
                    "items",
                )
        for scale in self.scales:
            strangers = [item for item in scale.items if item not in self.items]
            if strangers:
                raise PartError(
                    f"{strangers} are not items of this form",
                    "correct `items` of the scale or of the form",
                    f"scales.{scale.key}",
                )
            self._check_range(scale)
        return self

    def _check_range(self, scale: Scale) -> None:
        follows = _range_that_follows(self, scale)
        if follows is not None and tuple(scale.range) != follows:
            low, high = follows
            said = ", ".join(f"{end:g}" for end in scale.range)
            raise PartError(
                f"says [{said}], but {len(scale.items)} items combined by {scale.combine} "
                f"give [{low:g}, {high:g}]",
                "correct `range`, or the items or responses it follows from",
                f"scales.{scale.key}.range",
            )


def _range_that_follows(instrument: Instrument, scale: Scale) -> tuple[float, float] | None:
    lows = [instrument.low(item) for item in scale.items]
    highs = [instrument.high(item) for item in scale.items]
    match scale.combine:
        case "sum":
            return sum(lows) * scale.times, sum(highs) * scale.times
        case "mean":
            k = len(scale.items)
            return sum(lows) / k * scale.times, sum(highs) / k * scale.times
        case "single":
            return lows[0] * scale.times, highs[0] * scale.times
        case "count":
            return 0.0, float(len(scale.items))
        case _:
            return None
