"""What events may tell to everybody: never a site, never a small group."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

import pilot
from pilot.design import LANGUAGES
from pilot.design.asking import Source
from pilot.disclosure import disclose
from pilot.disclosure.ledger import open_ledger
from pilot.frames import COUNTS, EVENTS, FIDELITY, GOALS, REQUESTS
from pilot.presentation import events_section, method_section
from pilot.results import Happened, PublicCount, PublicHappened, Study

T = 5


def told(study: Study, **happened: Any) -> PublicHappened:
    """Return what is told of a study in which this happened."""
    return disclose(replace(study, happened=Happened(**happened))).happened


def giving(**counts: int) -> pd.DataFrame:
    """Return so many parents of each standing."""
    names = [name.replace("_", " ") for name, n in counts.items() for _ in range(n)]
    return pd.DataFrame({"role": "parent", "standing": names})


def requests(families: int, fulfilled: int, each: int = 2) -> pd.DataFrame:
    """Return so many requests of each family; of the first families all are fulfilled."""
    rows = [
        {
            "family": f"G{place:02d}",
            "participant": f"G{place:02d}-o0",
            "state": "fulfilled" if place < fulfilled else "open",
            "fulfilled": pd.Timestamp("2025-03-01") if place < fulfilled else pd.NaT,
            "matched": pd.NaT,
        }
        for place in range(families)
        for _ in range(each)
    ]
    return pd.DataFrame(rows, columns=list(REQUESTS))


def rates(people: int, moved_up: int) -> pd.DataFrame:
    """Return the rates of one site and of all."""
    row = {"people": people, "moved_up": moved_up}
    return pd.DataFrame([row | {"site": "west"}, row | {"site": None}])


def kept(sites: int) -> pd.DataFrame:
    """Return a checklist of so many sites, at each of which 5 of 8 were kept."""
    rows = [(f"s{n}", "2025-1", 8, 5, 2, 1, 0.625) for n in range(sites)]
    return pd.DataFrame(rows, columns=list(FIDELITY))


def test_nothing_happened_tells_nothing(study: Study) -> None:
    """Without events of a kind there is nothing to tell of it."""
    assert told(study) == PublicHappened()


def test_help_is_told_in_cells_that_hold(study: Study) -> None:
    """Standings are joined until each holds ten parents of at least five families."""
    shown = told(study, giving=giving(both=12, only_given=4, only_received=5, none=3))

    assert [names for names, _ in shown.giving] == [
        ("both",), ("only given", "only received", "none"),
    ]  # fmt: skip
    assert told(study, giving=giving(both=13, only_given=4, none=4)).giving == ()
    assert told(study, giving=giving(both=22)).giving == ()


def test_requests_of_few_families_are_left_out(study: Study) -> None:
    """A stage is told where it holds of enough families, and so does what is left."""
    assert told(study, requests=requests(4, 2)).requests == ()
    words = [word for word, _ in told(study, requests=requests(14, 7)).requests]
    assert words == ["asked", "matched", "fulfilled", "open"]
    words = [word for word, _ in told(study, requests=requests(14, 11)).requests]
    assert words == ["asked"]
    words = [word for word, _ in told(study, requests=requests(14, 3)).requests]
    assert words == ["asked"]


@pytest.mark.parametrize(("fulfilled", "weeks"), [(7, 6), (3, None)])
def test_weeks_of_waiting_need_requests_that_are_told(
    study: Study, fulfilled: int, weeks: int | None
) -> None:
    """The median is told in weeks where the number fulfilled is, and at ten of them."""
    waits = pd.DataFrame({"stage": ["matched", "fulfilled"], "median_days": [9.0, 40.0]})
    shown = told(study, requests=requests(14, fulfilled), waits=waits)

    assert shown.waiting_weeks == weeks


def test_roles_are_told_of_the_whole_from_ten_people(study: Study) -> None:
    """Who moved up is told of all sites together, and not of nine people."""
    assert told(study, rates=rates(9, 5)).moved == ()
    shown = dict(told(study, rates=rates(40, 22)).moved)
    assert shown["people"].exact == 40


def test_principles_need_five_sites(study: Study) -> None:
    """With four centres the share of all could be read as that of one; from five it is told."""
    assert told(study, fidelity=kept(4)).kept == ()
    assert told(study, fidelity=kept(5)).kept == (("2025-1", 0.6),)


def test_goals_of_the_register_are_counted(study: Study) -> None:
    """A goal that was changed on the way is set and not reached."""
    standings = ["reached"] * 20 + ["replaced"] * 9 + ["not reached"] * 11
    families = [f"f{i // 2}" for i in range(40)]
    goals = {"family": families, "standing": standings}
    table = pd.DataFrame(goals, columns=list(GOALS))
    public = disclose(replace(study, happened=Happened(goals=table)))

    counts = dict(public.goals)
    assert counts["set"].exact == 40
    ledger_free = counts["reached"]
    assert (ledger_free.low or ledger_free.exact or 0) <= 20


def burdens(study: Study, times: int, role: str = "parent", means: str = "critical") -> Study:
    """Return a study that keeps critical events, of which there were so many."""
    event = study.trajectory.events[0].model_copy(
        update={"key": "burden", "means": means, "dose": False, "kinds": {}}
    )
    source = Source(files="burden.csv", kind="events", event="burden")
    changed = {"events": [*study.trajectory.events, event]}
    changed["sources"] = [*study.trajectory.sources, source]
    who = study.started[study.started["role"] == role].drop_duplicates("family").head(times)
    rows = pd.DataFrame(
        {"event": "burden", "participant": who["participant"], "family": who["family"]},
        columns=list(EVENTS),
    )
    return replace(
        study,
        trajectory=study.trajectory.model_copy(update=changed),
        events=pd.concat([study.events, rows], ignore_index=True),
    )


@pytest.mark.parametrize("means", ["critical", "unused", "help", None])
@pytest.mark.parametrize("role", ["parent", "child"])
@pytest.mark.parametrize("times", [1, 4])
def test_that_somebody_had_one_looks_like_nobody_had_one(
    study: Study, times: int, role: str, means: str
) -> None:
    """A row that comes with the first critical event would tell that there was one."""
    none = disclose(burdens(study, 0, means=means))
    some = disclose(burdens(study, times, role, means))

    assert dict(none.events)["burden"] == PublicCount(None, 0, T)
    assert some.events == none.events
    for language in LANGUAGES:
        assert events_section(some).html[language] == events_section(none).html[language]


def test_what_the_design_keeps_nowhere_has_no_row(study: Study) -> None:
    """Without a source nobody counted: that it never happened would be made up."""
    kept = burdens(study, 0)
    design = kept.trajectory.model_copy(update={"sources": study.trajectory.sources})

    assert "burden" not in dict(disclose(replace(kept, trajectory=design)).events)


def test_sessions_missed_are_not_counted() -> None:
    """The page counts what linking counted: who was ill did not come."""
    known = pilot.open_study("krachtige-gezinnen", demo=True)
    assert known.happened.counted is not None
    came = known.happened.counted.iloc[:-30]
    happened = replace(known.happened, counted=came)
    shown = dict(disclose(replace(known, happened=happened)).events)

    assert shown["attendance"].exact == int((came["event"] == "attendance").sum())
    assert shown["attendance"] != dict(disclose(known).events)["attendance"]


def test_the_share_set_aside_is_of_questionnaires(study: Study) -> None:
    """2 of 689 answers, whatever was set aside of events, quotes and the register."""
    doors = {"intake": (689, 0), "events": (1392, 2), "quotes": (271, 2), "register": (294, 9),
             "cleaning": (689, 2), "register judged": (294, 4), "events judged": (1390, 23),
             "quotes judged": (269, 43), "linkage": (687, 12)}  # fmt: skip
    rows = [
        {"door": door, "answers_in": came, "answers_quarantined": aside}
        for door, (came, aside) in doors.items()
    ]
    public = disclose(replace(study, counts=pd.DataFrame(rows, columns=list(COUNTS))))

    assert public.answers_set_aside_share == round(14 / 689, 2) == 0.02


@pytest.mark.parametrize("aside", [0, 2])
def test_of_few_answers_set_aside_it_is_not_told_whether_there_were_any(
    study: Study, aside: int
) -> None:
    """None and 2 of 689 read alike."""
    rows = [{"door": "intake", "answers_in": 689, "answers_quarantined": aside}]
    public = disclose(replace(study, counts=pd.DataFrame(rows, columns=list(COUNTS))))

    assert "minder dan 1 %" in method_section(public).html["nl"].replace("\xa0", " ")


@pytest.mark.parametrize("moved_up", range(41))
def test_no_count_of_events_points_at_a_small_group(
    studies: ModuleType, study: Study, moved_up: int
) -> None:
    """Whatever happened, exact counts are equal or a group apart."""
    public = disclose(
        replace(study, happened=Happened(rates=rates(40, moved_up), requests=requests(14, 8)))
    )
    shown = public.happened
    exact = {
        count.exact
        for _, count in (*shown.moved, *shown.requests, *public.flow, *public.events)
        if count.exact is not None
    }

    assert all(a == b or abs(a - b) > T for a in exact for b in exact)
    assert min(exact, default=T) >= T
    assert open_ledger(exact, T).exact <= exact
