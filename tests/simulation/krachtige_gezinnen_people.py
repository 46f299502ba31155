"""The families of Krachtige Gezinnen: who they are, what the course brings them, who leaves."""

from __future__ import annotations

from datetime import date

from tests.simulation.course import Course, course_of, leave_open
from tests.simulation.dice import Dice
from tests.simulation.guests import Guest
from tests.simulation.people import (
    Person,
    leave,
    lowest_first,
    miss_now_and_then,
    some_day,
    speak,
)

# Of the seeds from 20240205 on, the first whose realised changes lie near the true ones and
# which loses about 35 % by the end.
KEY, SEED = "krachtige-gezinnen", 20240213
SEED_FOUR = 20240205
PACE = [0.0, 0.4, 0.6, 0.9, 1.0]
ORGANISATIONS = [
    "Organisatie A",
    "Organisatie B",
    "Organisatie C",
    "Organisatie D",
    "Organisatie E",
]
LANGUAGES = [("Nederlands", 0.0), ("Turks", 0.25), ("Arabisch", 0.2), ("Papiaments", 0.15)]
# Each family: its school, how many parents take part, and the years of birth of the children.
FAMILIES = [
    ("noord", 2, (2012, 2015)),
    ("noord", 1, (2011,)),
    ("noord", 2, (2013,)),
    ("noord", 1, (2014, 2014)),
    ("oost", 2, (2013, 2013)),  # twins
    ("oost", 1, (2012,)),
    ("oost", 2, (2010, 2014)),
    ("oost", 1, (2015,)),
    ("zuid", 2, ()),  # the younger children are under eight; of the elder a guardian refused
    ("zuid", 1, (2009, 2014)),  # the elder turns 16 on the way, and goes on answering
    ("zuid", 2, (2013,)),
    ("west", 2, (2012, 2015)),
    ("west", 1, (2014,)),
    ("west", 2, (2011, 2013)),
]
FOUR_FAMILIES = [
    ("noord", 2, (2012, 2014)),
    ("oost", 1, (2013,)),
    ("zuid", 2, (2011,)),
    ("west", 1, (2012, 2015)),
]
# Who filled in the first form and may not be counted: a parent who said no to the use of the
# answers, and a child of whom one of two guardians did.
NOORD, ZUID = date(2024, 1, 22), date(2024, 1, 15)
GUESTS = [
    Guest(
        Person("KG-15-1", "parent", 1986, "KG-15", "noord", "Organisatie B", NOORD),
        "t0",
        {"toestemming": "nee"},
    ),
    Guest(
        Person("KG-09-3", "child", 2015, "KG-09", "zuid", "Organisatie D", ZUID),
        "t0",
        {"toestemming ouder 1": "ja", "toestemming ouder 2": "nee"},
    ),
]
# What the course truly brings, in points of one item; a second number moves the start.
GAINS: dict[tuple[str, str], tuple[float, float | None]] = {
    ("parent", "gse-10"): (0.18, 2.75),
    ("parent", "lsns-6"): (0.25, 2.25),
    ("parent", "osss-3"): (0.25, None),
    ("parent", "djg-6"): (-0.12, None),
    ("parent", "brs"): (0.10, None),
    ("parent", "psoc"): (0.22, None),
    ("parent", "life-satisfaction"): (0.40, None),
    ("parent", "self-rated-health"): (-0.15, None),
    ("parent", "participatieladder"): (0.50, None),
    ("parent", "talent-use"): (0.45, None),
    ("parent", "help-given"): (0.35, None),
    ("parent", "help-received"): (0.20, None),
    ("parent", "feeling-safe"): (0.05, None),
    ("child", "life-satisfaction"): (-0.20, 7.6),
    ("child", "self-rated-health"): (0.00, 4.0),
    ("child", "talent-use"): (0.30, 3.2),
    ("child", "knows-where-to-go"): (0.25, None),
    ("child", "feeling-safe"): (0.10, None),
    ("child", "help-given"): (0.10, None),
}


def families(plan: list[tuple[str, int, tuple[int, ...]]], seed: int) -> list[Person]:
    """Return the people of these families: parents first, then children."""
    dice, people = Dice(seed, "families"), []
    for number, (school, parents, children) in enumerate(plan, start=1):
        family, organisation = f"KG-{number:02d}", dice.one_of(ORGANISATIONS)
        start = some_day(date(2024, 1, 8), date(2024, 1, 31), dice)
        years = [dice.below(18) + 1976 for _ in range(parents)]
        members = [("parent", year) for year in years] + [("child", year) for year in children]
        people += [
            Person(f"{family}-{place}", role, year, family, school, organisation, start)
            for place, (role, year) in enumerate(members, start=1)
        ]
    speak(people, LANGUAGES, dice)
    return people


def lived(interim: bool) -> Course:
    """Return the whole course, or what was there of it before the last wave opened."""
    course = course_of(
        KEY,
        SEED,
        people=families(FAMILIES, SEED),
        gains=GAINS,
        pace=PACE,
        lock=date(2025, 12, 19) if interim else date(2099, 1, 1),
    )
    _who_leaves(course)
    miss_now_and_then(course.people, course.waves, 0.04, Dice(SEED, "missing"))
    for code in ("KG-05-3", "KG-05-4"):
        course.people[_place(course, code)].misses.discard("t1")
    leave_open(course)
    return course


def _place(course: Course, code: str) -> int:
    return next(place for place, person in enumerate(course.people) if person.code == code)


def _who_leaves(course: Course) -> None:
    """Let a third go: two families with their school, two more families, some people alone."""
    dice = Dice(course.seed, "leaving")
    first_parents = [person for person in course.people if person.code.endswith("-1")]
    standing = course.paths.standard("gse-10")
    order = lowest_first(first_parents, standing, dice)
    west = [person.family for person in order if person.site == "west"][:2]
    others = [person.family for person in order if person.site != "west"]
    others = [family for family in others if family != "KG-05"][:2]
    ends = [
        (west, 1, date(2024, 12, 20), "school gestopt"),
        (others[:1], 0, date(2024, 5, 31), "gestopt"),
        (others[1:], 2, date(2025, 6, 30), "verhuisd"),
    ]
    for gone, last, end, reason in ends:
        leave([p for p in course.people if p.family in gone], last, end, reason)
    staying = [p for p in course.people if not p.reason]
    alone = [p for p in staying if p.role == "parent" and p.code.endswith("-2")]
    leave(alone[:1], 1, date(2024, 11, 15), "gescheiden")
    leave(alone[1:2], 3, date(2025, 12, 1), "gestopt")
    leave([p for p in staying if p.code == "KG-02-2"], 2, date(2025, 5, 12), "gestopt")
