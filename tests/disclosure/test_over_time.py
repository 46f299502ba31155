"""An attacker has two reports of one trajectory and lays them side by side."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilot.design import load_trajectory
from pilot.disclosure import disclose, open_ledger, publication, without_gone
from pilot.disclosure.feasibility import as_count
from pilot.disclosure.ledger import Ledger
from pilot.disclosure.publication import GONE, counts_of
from pilot.disclosure.shares import pairs_left, place_of
from pilot.intake import read_exports
from pilot.results import Disclosed, PublicCount, Published, Study
from pilot.workbench.study import study_of, walk

T = 5
DEMO = Path(__file__).parents[2] / "data" / "raw" / "demo"
INTERIM = DEMO / "variants" / "krachtige-gezinnen-interim"
KEY = "krachtige-gezinnen"
PRIMARY = ("gse_10_total", "parent")
Set = frozenset[int]


@cache
def _study(without: int = 0, data: Path = DEMO / KEY) -> Study:
    """Return the demo, without the last form of the first so many families that sent one."""
    design = load_trajectory(KEY)
    received = read_exports(design, data)
    answers = received.responses
    last = answers[(answers["wave"] == "t4") & (answers["role"] == "parent")]
    late = sorted(set(last["family"].dropna()))[:without]
    own = (answers["wave"] == "t4") & answers["family"].isin(late)
    cleaned, linked = walk(design, replace(received, responses=answers[~own]))
    return study_of(design, cleaned, linked, simulated=True)


def _published(study: Study, earlier: Sequence[Published] = ()) -> tuple[Disclosed, Published]:
    """Return a page, and its record as it comes back from its file."""
    public = disclose(study, earlier)
    record = json.dumps(publication(study, public, earlier).to_record(), allow_nan=False)
    return public, Published.from_record(json.loads(record))


def _numbers(public: Disclosed) -> dict[tuple[str, str], tuple[object, ...]]:
    return {
        (each.outcome.key, each.outcome.role): (
            each.earlier,
            each.later,
            each.estimate,
            each.conf_low,
            each.conf_high,
            each.n_families,
            each.groups,
        )
        for each in public.estimates
    }


def _points(one: Set, other: Set) -> bool:
    return all(0 < abs(x - y) < T for x in one for y in other)


def _known(public: Disclosed) -> tuple[Ledger, set[Set], dict[tuple[str, str, str], list[Set]]]:
    """Return what a reader takes from one page: exact numbers, bands, and rows solved."""
    counts = list(counts_of(public))
    exact = frozenset(each.exact for each in counts if each.exact is not None)
    ledger = Ledger(T, exact, ())
    rows: dict[tuple[str, str, str], list[Set]] = {}
    for row in public.feasibility.to_dict("records"):
        if isinstance(row["count"], PublicCount) and row["base"] is not None:
            lines = public.trajectory.feasibility.of(row["measure"])
            shown = row["count"], as_count(row["base"])
            pairs = pairs_left(shown, ledger, (row["share"], row["line"]), lines)
            rows[place_of(row)] = [frozenset(x) for x in zip(*pairs, strict=True)]
    return ledger, {ledger.possible(each) for each in counts}, rows


def lay_beside(first: Disclosed, second: Disclosed) -> None:
    """Fail where two pages together show a difference of 1 to 4, or a smaller set."""
    (one, bands, rows), (two, others, later) = _known(first), _known(second)
    for x in bands:
        for y in others:
            assert not _points(x, y), (sorted(x), sorted(y))
            both = x & y
            assert both in (frozenset(), x, y) or len(both) > T, (sorted(x), sorted(y))
    for place in rows.keys() & later.keys():
        for then, now in zip(rows[place], later[place], strict=True):
            assert not _points(then, now), (place, sorted(then), sorted(now))
            both = then & now
            if both and both not in (then, now):
                assert len(both) > 1 or both <= one.exact | two.exact
                assert not any(_points(both, frozenset([e])) for e in one.exact | two.exact)


def test_interim_and_final_side_by_side() -> None:
    """No count of t3's report can be subtracted from one of t4's, nor laid over it."""
    interim, record = _published(_study(data=INTERIM))
    final, _ = _published(_study(), [record])
    lay_beside(interim, final)
    assert _numbers(final) == _numbers(disclose(_study())), "the final numbers are all there"


def test_without_the_record_two_reports_can_be_subtracted() -> None:
    """What the record is for: 212 workshops and 210 of another kind are 2 apart."""
    with pytest.raises(AssertionError):
        lay_beside(disclose(_study(data=INTERIM)), disclose(_study()))


@pytest.mark.parametrize("late", [1, 2, 4])
def test_a_late_form_moves_no_number(late: int) -> None:
    """Fewer than five families more: what was told stays as it was, and the page says so.

    Of whom there were too few before, nothing was told that could be subtracted.
    """
    before, record = _published(_study(without=late))
    after, again = _published(_study(), [record])
    alone = disclose(_study())

    assert _numbers(alone) != _numbers(before), "subtracting would tell about these families"
    few = {(e.outcome.key, e.outcome.role) for e in before.estimates if e.reason == "few"}
    told = _numbers(before).keys() - few
    assert {key: _numbers(after)[key] for key in told} == {
        key: _numbers(before)[key] for key in told
    }
    lay_beside(before, after)
    kept = {key.split("|")[1] for key, _ in after.kept if key.startswith("estimate")}
    assert {"gse_10_total", "lsns_6_total"} <= kept
    for key in record.items.keys() & dict(after.kept).keys():
        assert again.items[key] == record.items[key], "what they rest on stays, too"


def test_one_form_after_another_moves_no_number_either() -> None:
    """Four reports, a form more each time: the first number stands until five came."""
    first, record = _published(_study(without=5))
    records = [record]
    for without in (4, 3, 2, 1):
        page, record = _published(_study(without=without), records)
        records.append(record)
        assert _numbers(page)[PRIMARY] == _numbers(first)[PRIMARY]
    last, _ = _published(_study(), records)
    assert _numbers(last)[PRIMARY] == _numbers(disclose(_study()))[PRIMARY]
    assert _numbers(last)[PRIMARY] != _numbers(first)[PRIMARY]


def test_made_again_a_page_is_the_same() -> None:
    """The same data: the same page and the same record, whatever was published before."""
    page, record = _published(_study())
    again, same = _published(_study(), [record])
    assert same == record
    assert again.kept == ()
    pd.testing.assert_frame_equal(again.feasibility, page.feasibility)
    for name in ("estimates", "events", "goals", "flow", "left", "happened", "stories"):
        assert getattr(again, name) == getattr(page, name), name


def test_what_is_kept_is_the_same_each_time() -> None:
    """A page with kept numbers, made again, says the same of the same earlier report."""
    _, first = _published(_study(without=1))
    page, second = _published(_study(), [first])
    again, third = _published(_study(), [first, second])
    assert third == second
    assert again.kept == page.kept
    assert {day for _, day in page.kept} == {first.lock}


def _one_family(study: Study) -> pd.Series:
    """Return whose last scores came in since the report without one family."""
    return study.scores["family"] == sorted(_late(study))[0]


def _late(study: Study) -> set[str]:
    before = _study(without=1).scores
    there = study.scores[study.scores["wave"] == "t4"]
    return set(there["family"]) - set(before.loc[before["wave"] == "t4", "family"])


def test_what_is_said_to_stay_does_not_depend_on_the_new_answers() -> None:
    """Who knows whose form was late must not read from the note which way it went."""
    _, record = _published(_study(without=1))
    study = _study()
    own = _one_family(study) & (study.scores["wave"] == "t4")
    told = set()
    for answer in (0.0, 5.0, 10.0):
        scores = study.scores.copy()
        scores.loc[own, "life_satisfaction_total"] = answer
        told.add(disclose(replace(study, scores=scores), [record]).kept)

    assert len(told) == 1
    assert any("life_satisfaction_total" in key for key, _ in told.pop())


def test_a_change_for_everybody_does_not_hide_that_of_one_family() -> None:
    """All dates a day later, all sites renamed, all minutes read again: one form is one."""
    before, record = _published(_study(without=1))
    study = _study()
    scores = study.scores.assign(
        months=study.scores["months"] + 1 / 30, site="s " + study.scores["site"].astype("str")
    )
    panel = study.panel.assign(minutes=study.panel["minutes"] + 1, interviewer="I9")
    page = disclose(replace(study, scores=scores, panel=panel), [record])

    assert _numbers(page)[PRIMARY] == _numbers(before)[PRIMARY]
    rows = [
        each.feasibility.set_index("measure").loc["items_answered"] for each in (page, before)
    ]
    assert rows[0]["share"].tolist() == rows[1]["share"].tolist()


def test_of_a_family_that_is_gone_no_mark_stays() -> None:
    """Few answers are possible, so a mark can be guessed back: nothing may be left of them."""
    study = _study()
    _, record = _published(study)
    gone = sorted(set(study.scores["family"].dropna()))[0]
    left = {name: getattr(study, name) for name in ("scores", "panel", "events", "quotes")}
    without = replace(study, **{n: t[_not_of(t, study, gone)] for n, t in left.items()})
    kept = without_gone(record, without)
    key = "estimate|gse_10_total|parent|t4 - t0|"

    assert key in record.items
    for marks, once in zip(kept.items[key].bases, record.items[key].bases, strict=True):
        assert len(marks) == len(once)
        assert marks.count(GONE) <= 1
    assert kept.items[key].bases[0].count(GONE) == 1
    assert without_gone(record, study) == record


def _not_of(table: pd.DataFrame, study: Study, family: str) -> pd.Series:
    whose = study.started.drop_duplicates("participant").set_index("participant")["family"]
    return ~(table["participant"].map(whose) == family)


def test_simulated_and_real_do_not_mix() -> None:
    """A report of simulated families binds no report of real ones."""
    _, record = _published(_study(without=1))
    real = replace(_study(), simulated=False)
    assert _numbers(disclose(real, [record])) == _numbers(disclose(real))


def test_other_codes_are_no_other_answers() -> None:
    """Numbered anew, one family more is still one family more."""
    _, record = _published(_study(without=1))
    study = _study()
    renamed = {
        name: getattr(study, name).assign(
            family="x" + getattr(study, name)["family"].astype("str"),
            participant="x" + getattr(study, name)["participant"].astype("str"),
        )
        for name in ("scores", "started", "panel")
    }
    page = disclose(replace(study, **renamed), [record])
    assert _numbers(page)[PRIMARY] == _numbers(disclose(_study(without=1)))[PRIMARY]


def test_words_taken_back_are_gone_at_once() -> None:
    """Nothing new is quoted of one family more, and what may not be shown never stays."""
    study = _study()
    page, record = _published(study)
    story = next(each for each in page.stories if each.role == "parent")
    gone, stays = story.quotes[0][1], story.quotes[1][1]
    quotes = study.quotes.copy()
    quotes.loc[quotes["text"] == gone, "text"] = None
    quotes.loc[quotes["text"] == stays, "text"] = "Aardig gezegd."
    words = repr(disclose(replace(study, quotes=quotes), [record]).stories)

    assert gone not in words
    assert "Aardig gezegd." not in words
    assert gone not in json.dumps(record.to_record(), ensure_ascii=False)


counts = st.lists(st.integers(0, 60), min_size=1, max_size=8)


@settings(max_examples=400, deadline=None)
@given(st.lists(counts, min_size=2, max_size=4), st.integers(5, 8))
def test_counts_of_any_reports_lie_beside_each_other(
    reports: list[list[int]], least: int
) -> None:
    """Exact counts of all reports are equal or apart, and bands lie within or outside."""
    before: list[PublicCount] = []
    pages: list[tuple[Ledger, list[PublicCount]]] = []
    for wanted in reports:
        ledger = open_ledger(wanted, least, before)
        shown = [ledger.show(count) for count in wanted]
        again = open_ledger(wanted, least, [*before, *shown])
        assert [again.show(count) for count in wanted] == shown
        exact = frozenset(each.exact for each in shown if each.exact is not None)
        pages.append((Ledger(least, exact, ()), shown))
        before += shown
    exact = {each.exact for _, page in pages for each in page if each.exact is not None}
    bands = {
        ledger.possible(each) for ledger, page in pages for each in page if each.exact is None
    }
    assert all(abs(x - y) > least for x, y in combinations(exact, 2))
    for band in bands:
        for known in (frozenset([0]), *(frozenset([each]) for each in exact), *bands):
            assert not all(0 < abs(x - y) < least for x in band for y in known)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_any_two_studies_lie_beside_each_other(
    studies: ModuleType, data: st.DataObject
) -> None:
    """Of 6 to 30 families some more or fewer came: shares and bands tell nothing of them."""
    families = data.draw(st.integers(6, 30), label="families")
    pages: list[Disclosed] = []
    records: list[Published] = []
    for report in ("first", "second"):
        here = data.draw(st.integers(max(2, families - 6), families), label=report)
        stay = (here, data.draw(st.integers(2, here)), 2)
        made = studies.Made(families=families, stay=stay, held=2, whole=False, reasons=())
        page, record = _published(studies.make_study(made), records)
        pages.append(page)
        records.append(record)
    lay_beside(*pages)
