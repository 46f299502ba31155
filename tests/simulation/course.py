"""One simulated course: a design, the people in it, their answers, and the truth of it all."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.simulation.answers import (
    Answers,
    Form,
    answer,
    forms_of,
    look_back,
    score,
    skip_some,
)
from tests.simulation.damage import Damage
from tests.simulation.dice import Dice
from tests.simulation.people import Person, some_day
from tests.simulation.sheets import Row, Sheet
from tests.simulation.traits import USUAL, Paths, Trait, draw_paths

from pilot.design import Trajectory, load_trajectory

NOTE = (
    "Deze map is gesimuleerd: geen enkel getal komt van een bestaand mens.\n"
    "This folder is simulated: no number in it comes from a real person.\n"
)
DAYS_A_MONTH = 30.4375


@dataclass(slots=True)
class Course:
    """A design lived by simulated people.

    ``gains`` is what the course truly brings, by role and form, in points of one item;
    ``pace`` is which part of it has come at each wave.
    """

    design: Trajectory
    seed: int
    people: list[Person]
    gains: dict[tuple[str, str], tuple[float, float | None]]
    pace: list[float]
    lock: date = date(2099, 1, 1)
    damage: Damage = field(init=False)
    forms: list[Form] = field(init=False)
    traits: dict[tuple[str, str], Trait] = field(init=False)
    paths: Paths = field(init=False)
    filled: list[dict[str, Answers]] = field(init=False)
    _days: dict[tuple[str, str], date] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.damage = Damage(self.seed, self.waves)
        self.forms = forms_of(self.design)
        self.traits = {
            form.key: USUAL[form.plain[1]].gaining(*self.gains.get(form.key, (0.0, None)))
            for form in self.forms
        }
        drawn = {
            form.key: self.traits[form.key] for form in self.forms if not form.asked.then_of
        }
        self.paths = draw_paths(self.people, drawn, self.pace, self.seed)
        look_back(self.forms, self.paths, self.seed)
        self.filled = answer(self.people, self.forms, self.traits, self.paths, self.seed)

    @property
    def waves(self) -> list[str]:
        """The waves in the order they are lived."""
        return self.design.wave_keys

    def forms_for(self, role: str, wave: str | None = None) -> list[Form]:
        """Return what one role is asked, at any wave or at this one."""
        return [
            form
            for form in self.forms
            if form.role == role and wave in (None, *self.design.waves_of(form.asked))
        ]

    def there(self, wave: str, role: str | None = None) -> list[Person]:
        """Return who fills in a form at a wave: neither gone, nor missing it, and it is due."""
        return [person for person in self.people if self._is_there(person, wave, role)]

    def _is_there(self, person: Person, wave: str, role: str | None) -> bool:
        return (
            role in (None, person.role)
            and self.waves.index(wave) <= person.last
            and wave not in person.misses
            and self.day(person, wave) <= self.lock
        )

    def answers(self, person: Person, wave: str) -> Answers:
        """Return what somebody answers at a wave."""
        return self.filled[self.waves.index(wave)][person.code]

    def day(self, person: Person, wave: str) -> date:
        """Return the day on which a family fills in its forms, inside the wave's window."""
        key = (person.unit, wave)
        if key not in self._days:
            dice = Dice(self.seed, "day", *key)
            first, last = self._window(person, wave)
            self._days[key] = some_day(first, last, dice)
        return self._days[key]

    def _window(self, person: Person, wave: str) -> tuple[date, date]:
        window = self.design.wave(wave)
        if window.opens and window.closes:
            return window.opens, window.closes
        months = (window.from_month or 0.0) + 0.7, (window.to_month or 0.0) - 1.2
        first, last = (person.start + timedelta(days=round(m * DAYS_A_MONTH)) for m in months)
        return first, last

    def row(self, person: Person, wave: str, cells: dict[str, Any]) -> Row:
        """Return a row of an export."""
        return Row(person.code, wave, cells)


def course_of(key: str, seed: int, **parts: Any) -> Course:
    """Return the course of a trajectory on the shelf."""
    return Course(load_trajectory(key), seed, **parts)


def leave_open(course: Course) -> None:
    """Let people leave items open, once nothing else depends on their answers."""
    skip_some(course.filled, course.forms, course.seed)


def register_of(course: Course, columns: dict[str, str], file: str = "register.xlsx") -> Sheet:
    """Return the register, in the order of the numbers.

    Parameters
    ----------
    course : Course
        Whose people it lists.
    columns : dict
        What stands in each column: the name of a field of `Person`.
    file : str
        The file's name.
    """
    name = "Register" if file.endswith(".xlsx") else ""
    sheet = Sheet(file, list(columns), name=name)
    labels = {role.key: role.label.nl for role in course.design.roles}
    sites = {site.key: site.label.nl for site in course.design.sites}
    for person in sorted(course.people, key=lambda each: each.code):
        said = {
            "role": labels[person.role],
            "site": sites.get(person.site, ""),
            "end": person.end,
            "reason": person.reason or None,
            "family": person.family or None,
        }
        cells = {
            column: said[name] if name in said else getattr(person, name)
            for column, name in columns.items()
        }
        sheet.rows.append(Row(person.code, "", cells))
    return sheet


def mark_simulated(folder: Path) -> None:
    """Say in the folder itself that it is simulated."""
    (folder / "SIMULATED.txt").write_text(NOTE, encoding="utf-8", newline="\n")


def truth_of(course: Course) -> dict[str, Any]:
    """Return what is true of a course: people, answers before any harm, scores, faults."""
    return {
        "trajectory": course.design.key,
        "seed": course.seed,
        "waves": course.waves,
        "latent_change": _latent_change(course),
        "people": {p.code: _life(course, p) for p in course.people},
        "answers": {
            w: {p.code: _by_form(course, p, w) for p in course.there(w)} for w in course.waves
        },
        "scores": {
            w: {p.code: _scores(course, p, w) for p in course.people} for w in course.waves
        },
        "faults": [fault.told() for fault in course.damage.faults],
    }


def _latent_change(course: Course) -> dict[str, float]:
    """Return the true mean change of everyone who started, by role and form, in item points."""
    found = {}
    for form in course.forms:
        if not form.asked.then_of:
            paths = course.paths.at[form.key]
            changes = [path[-1] - path[0] for path in paths.values()]
            found[" ".join(form.key)] = round(sum(changes) / len(changes), 4)
    return found


def _life(course: Course, person: Person) -> dict[str, Any]:
    there = [wave for wave in course.waves if person in course.there(wave)]
    return {
        "role": person.role,
        "family": person.family or None,
        "site": person.site or None,
        "waves": there,
        "reason": person.reason or None,
    }


def _by_form(course: Course, person: Person, wave: str) -> dict[str, list[int | None]]:
    answers = course.answers(person, wave)
    return {
        form.instrument.key: [answers[item] for item in form.items]
        for form in course.forms_for(person.role, wave)
    }


def _scores(course: Course, person: Person, wave: str) -> dict[str, float | None]:
    scores: dict[str, float | None] = {}
    for form in course.forms_for(person.role, wave):
        scores |= score(form, course.answers(person, wave))
    return {name: None if value is None else round(value, 4) for name, value in scores.items()}


def write_truth(truth: dict[str, Any], file: Path) -> None:
    """Write the truth: one line a person, so that a change can be read in a diff."""
    lines = []
    for key, value in truth.items():
        if isinstance(value, dict) and key in ("people", "answers", "scores"):
            body = ",\n".join(f"{json.dumps(k)}: {_nested(v)}" for k, v in value.items())
            lines.append(f"{json.dumps(key)}: {{\n{body}\n}}")
        elif isinstance(value, list) and key == "faults":
            body = ",\n".join(_json(fault) for fault in value)
            lines.append(f"{json.dumps(key)}: [\n{body}\n]")
        else:
            lines.append(f"{json.dumps(key)}: {_json(value)}")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")


def _nested(value: dict[str, Any]) -> str:
    if not all(isinstance(inner, dict) for inner in value.values()):
        return _json(value)
    return "{\n" + ",\n".join(f"{json.dumps(k)}: {_json(v)}" for k, v in value.items()) + "\n}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
