"""Laws that hold for any register, events and forms, however they contradict each other."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot.cleaning import clean
from pilot.cleaning.content import NOT_KEPT
from pilot.frames import items_of
from pilot.linkage import link_waves

CODES = st.sampled_from(["p1", "p2", "p3"])
DAYS = st.sampled_from(["2025-01-10", "2025-03-01", "2025-06-20", "2062-01-01", None])
WORDS = st.sampled_from(["yes", "no", "unknown", None])

forms = st.fixed_dictionaries(
    {
        "file": st.sampled_from(["a.csv", "b.csv"]),
        "participant": st.sampled_from(["p1", "p2", "p3", "p9"]),
        "wave": st.sampled_from(["t0", "t1"]),
        "role": st.sampled_from(["parent", "child"]),
        "site": st.sampled_from(["noord", "zuid", None]),
        "answered": DAYS,
        "respondent": st.sampled_from(["zelf", "moeder", "kind", None]),
        "gse_10_01": st.sampled_from(["1", "3", "geheim", None]),
        "life_satisfaction_01": st.sampled_from(["7", "99", None]),
    }
)
listed = st.fixed_dictionaries(
    {
        "participant": CODES,
        "role": st.sampled_from(["parent", "child", None]),
        "family": st.sampled_from(["F1", "F2", None]),
        "site": st.sampled_from(["noord", "zuid", None]),
        "birth_year": st.sampled_from([1985, 2009, 2015, None]),
        "start": DAYS,
        "end": DAYS,
        "reason": st.sampled_from(["moved", None]),
        "consent_answers": WORDS,
        "consent_giver": st.sampled_from(["self", "mother", None]),
        "guardian_1": WORDS,
        "withdrawn": DAYS,
        "withdrawal": st.sampled_from(["stop", "stop and remove", None]),
    }
)
events = st.fixed_dictionaries(
    {
        "participant": st.sampled_from(["p1", "p2", "p9", None]),
        "family": st.sampled_from(["F1", "F9"]),
        "date": DAYS,
        "minutes": st.sampled_from([60, 90, None]),
        "topic": st.sampled_from(["geheim", None]),
    }
)


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(forms, max_size=8),
    people=st.lists(listed, max_size=5),
    happened=st.lists(events, max_size=6),
)
def test_everything_is_kept_once_or_set_aside_with_its_reason(
    making: ModuleType,
    rows: list[dict[str, Any]],
    people: list[dict[str, Any]],
    happened: list[dict[str, Any]],
) -> None:
    """Each door adds up; responses and quarantine are all answers; no consent, no content."""
    design = making.design()
    tables = {"register": making.register(*people), "events": making.attendance(*happened)}
    received = making.received(*rows, **tables)
    linked = link_waves(clean(received, design), design)

    assert making.leaks(linked) == []
    answers = sum(received.responses[items_of(received.responses)].notna().sum())
    kept = sum(linked.responses[items_of(linked.responses)].notna().sum())
    forms_aside = linked.quarantine["file"].isin(["a.csv", "b.csv"])
    aside = linked.quarantine[forms_aside & linked.quarantine["column"].notna()]
    assert answers == kept + len(aside)
    assert len(linked.panel) <= len(linked.responses)
    told = linked.quarantine[linked.quarantine["rule"].isin(["no-consent", "withdrawn"])]
    assert set(told["value"].dropna()) <= {NOT_KEPT}


@settings(max_examples=20, deadline=None)
@given(rows=st.lists(forms, max_size=6), people=st.lists(listed, max_size=4))
def test_the_order_of_files_and_register_makes_no_difference(
    making: ModuleType, rows: list[dict[str, Any]], people: list[dict[str, Any]]
) -> None:
    """The same panel and quarantine, whichever row was read first."""
    design = making.design()
    numbered = [row | {"row": number} for number, row in enumerate(rows, start=2)]
    register = making.register(*people)

    def panel(order: list[dict[str, Any]]) -> tuple[pd.DataFrame, list[str]]:
        came = making.received(*order, register=register)
        linked = link_waves(clean(came, design), design)
        aside = linked.quarantine.astype(object).to_numpy().tolist()
        return linked.panel.astype(str), sorted(map(str, aside))

    one, other = panel(numbered), panel(numbered[::-1])
    columns = ["participant", "role", "wave", "file", "row"]
    assert one[0][columns].to_numpy().tolist() == other[0][columns].to_numpy().tolist()
    assert one[1] == other[1]
