"""From traits to answers: what people tick on the forms that a design asks."""

from __future__ import annotations

from dataclasses import dataclass

from tests.simulation.dice import Dice
from tests.simulation.people import Person
from tests.simulation.traits import Paths, Trait

from pilot.design import Asked, Instrument, Trajectory

SKIPPED = 0.006  # the share of items that people leave open
LOOKED_BACK = -0.12  # in points of one item: the start looks worse than it was felt then
Answers = dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked of one role with one instrument, and which of it runs against the trait."""

    role: str
    instrument: Instrument
    asked: Asked
    items: tuple[str, ...]
    against: frozenset[str]

    @property
    def key(self) -> tuple[str, str]:
        """Role and instrument."""
        return self.role, self.instrument.key

    @property
    def plain(self) -> tuple[str, str]:
        """Role and instrument, or the instrument that a then-test repeats."""
        return self.role, self.instrument.key.removesuffix("-then")


def forms_of(design: Trajectory) -> list[Form]:
    """Return every form of a design that people fill in about themselves."""
    made = []
    for asked in design.asked:
        if getattr(asked, "rated_by", None):
            continue
        instrument = design.instruments[asked.instrument]
        items = tuple(asked.items_of(instrument))
        made.append(Form(asked.role, instrument, asked, items, _against(instrument)))
    return made


def _against(instrument: Instrument) -> frozenset[str]:
    """Return the items whose higher numbers mean less of the trait."""
    whole = instrument.scales[0]
    worded = {
        item for item, counted in whole.counted.items() if instrument.low(item) in counted
    }
    return frozenset(whole.reverse) | worded


def look_back(forms: list[Form], paths: Paths, seed: int) -> None:
    """Add what people say of their start afterwards, each with an error of their own."""
    for form in forms:
        if form.asked.then_of:
            dice = Dice(seed, "looked back", *form.key)
            paths.at[form.key] = {
                code: [path[0] + LOOKED_BACK + dice.normal(0, 0.10)] * len(path)
                for code, path in paths.at[form.plain].items()
            }


def answer(
    people: list[Person],
    forms: list[Form],
    traits: dict[tuple[str, str], Trait],
    paths: Paths,
    seed: int,
) -> list[dict[str, Answers]]:
    """Let everyone fill in every form at every wave, also where they will not be there.

    Returns
    -------
    list of dict
        One dict a wave: number to answers by item id.
    """
    waves = len(next(iter(next(iter(paths.at.values())).values())))
    filled: list[dict[str, Answers]] = [
        {person.code: {} for person in people} for _ in range(waves)
    ]
    for form in forms:
        trait, dice = traits[form.key], Dice(seed, "answers", *form.key)
        offsets = {item: dice.normal(0, 0.35 * trait.noise) for item in form.items}
        for code, path in paths.at[form.key].items():
            for wave, theta in enumerate(path):
                ticked = {
                    item: _tick(form, item, theta + offsets[item] + dice.normal(0, trait.noise))
                    for item in form.items
                }
                filled[wave][code] |= _not_all_the_same(form, ticked)
    return filled


def _tick(form: Form, item: str, latent: float) -> int:
    low, high = form.instrument.low(item), form.instrument.high(item)
    ticked = min(max(round(latent), low), high)
    return low + high - ticked if item in form.against else ticked


def _not_all_the_same(form: Form, ticked: dict[str, int]) -> dict[str, int]:
    """Nobody ticks one column down a form with reversed items, but for the planted ones."""
    if form.against & set(form.items) and len(set(ticked.values())) == 1:
        item = form.items[0]
        up = ticked[item] < form.instrument.high(item)
        return ticked | {item: ticked[item] + (1 if up else -1)}
    return ticked


def skip_some(filled: list[dict[str, Answers]], forms: list[Form], seed: int) -> None:
    """Leave an item open now and then; then-tests have chance of their own."""
    back = {item for form in forms if form.asked.then_of for item in form.items}
    dice, then = Dice(seed, "skipped"), Dice(seed, "skipped", "then")
    for wave in filled:
        for answers in wave.values():
            for item in answers:
                if (then if item in back else dice).chance(SKIPPED):
                    answers[item] = None


def score(form: Form, answers: Answers) -> dict[str, float | None]:
    """Score a form the plain way, for the truth: no prorating, None where an item is open.

    Goal attainment is left to the workbench's own tests.
    """
    scores: dict[str, float | None] = {}
    for scale in form.instrument.scales:
        if scale.combine in ("goal_attainment", "given") or not set(scale.items) <= set(
            form.items
        ):
            continue
        values = [answers[item] for item in scale.items]
        name = form.instrument.score_name(scale)
        scores[name] = None if None in values else _combined(form, scale.key, answers)
    return scores


def _combined(form: Form, key: str, answers: Answers) -> float:
    scale = next(scale for scale in form.instrument.scales if scale.key == key)
    if scale.counted:
        return float(sum(answers[item] in scale.counted[item] for item in scale.items))
    turned = [
        form.instrument.low(item) + form.instrument.high(item) - (answers[item] or 0)
        if item in scale.reverse
        else (answers[item] or 0)
        for item in scale.items
    ]
    total = float(sum(turned))
    return (total / len(turned) if scale.combine == "mean" else total) * scale.times
