"""Nothing is lost at the door, whatever the export looks like."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilot.design import load_trajectory, trajectory_names
from pilot.errors import IntakeError
from pilot.frames import items_of
from pilot.intake import opening, read_exports

ITEMS = ["b1", "b2", "b3", "b4", "b5", "b6", "gezondheid", "cijfer"]
WHO = ["nummer", "datum", "meting", "rol"]
LONG = """
[[sources]]
files = "*.csv"
wave_column = "meting"
role_column = "rol"
date_column = "datum"
unused_columns = ["notitie"]
"""
SPLIT = """
[[sources]]
files = "*.csv"
wave_column = "meting"
role = "parent"
rows = { rol = "ouder" }
date_column = "datum"
unused_columns = ["notitie"]
[[sources]]
files = "*.csv"
wave_column = "meting"
role = "child"
rows = { rol = "kind" }
date_column = "datum"
unused_columns = ["notitie"]
"""
ANSWER = st.sampled_from(
    ["", "", "1", "5", "99", "weet niet", "x;y", '"', "7,5", "één", "a\nb"]
)
JUNK = st.text(alphabet="ab1 ;,\"'\n\té", max_size=6)
EXPORT = st.fixed_dictionaries(
    {
        "columns": st.permutations([*WHO, *ITEMS, "notitie", "huisdier"]),
        "dropped": st.sets(st.sampled_from([*WHO, *ITEMS]), max_size=3),
        "rows": st.lists(
            st.tuples(
                st.sampled_from(["P1", "P2", "K1", "", " P1 "]),
                st.sampled_from(["t0", "na", "", "t9"]),
                st.sampled_from(["ouder", "Kind", "", "oma"]),
                st.lists(ANSWER | JUNK, min_size=9, max_size=9),
            ),
            max_size=12,
        ),
        "longer": st.dictionaries(st.integers(0, 11), st.lists(JUNK, min_size=1, max_size=2)),
        "shorter": st.dictionaries(st.integers(0, 11), st.integers(1, 6)),
        "delimiter": st.sampled_from([";", ",", "\t"]),
    }
)


def made(plan: dict) -> tuple[str, int]:
    """Write an export; return it with the number of answers a person counts in it."""
    columns = [column for column in plan["columns"] if column not in plan["dropped"]]
    answers = [*ITEMS, "huisdier"]
    lines, count = [columns], 0
    for at, (code, wave, role, cells) in enumerate(plan["rows"]):
        values = dict(zip(answers, cells, strict=True))
        values |= {"nummer": code, "meting": wave, "rol": role, "notitie": "let op"}
        line = [values.get(column, "") for column in columns]
        if at in plan["shorter"]:
            line = line[: max(1, len(line) - plan["shorter"][at])]
        line += plan["longer"].get(at, []) if at not in plan["shorter"] else []
        lines.append(line)
        named = [*columns, "more", "more"]
        count += sum(
            1
            for name, cell in zip(named, line, strict=False)
            if cell.strip() and name not in {*WHO, "notitie"}
        )
    text = io.StringIO()
    csv.writer(text, delimiter=plan["delimiter"], lineterminator="\n").writerows(lines)
    return text.getvalue(), count


@settings(max_examples=200, deadline=None)
@given(plan=EXPORT, split=st.booleans(), big=st.booleans())
def test_every_answer_is_kept_or_set_aside(
    design, tmp_path_factory: pytest.TempPathFactory, plan: dict, split: bool, big: bool
) -> None:
    """Shuffled, cut, too long or full of junk: what a person counts is what comes out."""
    folder = tmp_path_factory.mktemp("damaged")
    text, answers = made(plan)
    (folder / "a.csv").write_text(text, encoding="utf-8", newline="")
    with pytest.MonkeyPatch.context() as patch:
        if big:
            patch.setattr(opening, "BIG", 0)
        received = read_exports(design(SPLIT if split else LONG), folder)
    door = received.counts.iloc[0]
    kept = int(received.responses[items_of(received.responses)].notna().sum().sum())
    aside = received.quarantine

    assert door["answers_in"] == answers
    assert (door["answers_kept"], door["answers_quarantined"]) == (
        kept,
        aside["column"].notna().sum(),
    )
    assert answers == kept + aside["column"].notna().sum()
    assert door["rows_in"] == door["rows_kept"] + door["rows_quarantined"]
    assert door["rows_kept"] == len(received.responses)
    seen = {*received.responses["row"], *aside["row"]}
    assert len(seen) <= len(plan["rows"])
    assert set(aside["finding"]) <= set(received.findings["id"])


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_file_cut_anywhere(design, tmp_path_factory: pytest.TempPathFactory, data) -> None:
    """However many bytes are left of a file, it is read with sums that add up, or refused."""
    lines = [f"P{at};2025-01-0{at + 1};t0;ouder;{at};2;3;4;5;1;één" for at in range(6)]
    whole = (
        "nummer;datum;meting;rol;b1;b2;b3;b4;b5;b6;gezondheid\n" + "\n".join(lines)
    ).encode()
    length = data.draw(st.integers(0, len(whole)))
    folder = tmp_path_factory.mktemp("cut")
    (folder / "a.csv").write_bytes(whole[:length])
    if length == 0:
        with pytest.raises(IntakeError, match="is empty"):
            read_exports(design(LONG), folder)
        return
    door = read_exports(design(LONG), folder).counts.iloc[0]

    assert door["answers_in"] == door["answers_kept"] + door["answers_quarantined"]


DEMO = Path(__file__).parents[2] / "data" / "raw" / "demo"


def cells_of(frame: pd.DataFrame) -> int:
    """Count the cells of a table that hold something."""
    return int(frame.notna().sum().sum())


@pytest.mark.parametrize("key", trajectory_names())
def test_the_simulated_exports_add_up(key: str) -> None:
    """Every trajectory on the shelf: rows and answers in are those kept and set aside."""
    received = read_exports(load_trajectory(key), DEMO / key)
    responses, aside = received.responses, received.quarantine

    for part in ("rows", "answers"):
        counts = received.counts
        assert (
            counts[f"{part}_in"] == counts[f"{part}_kept"] + counts[f"{part}_quarantined"]
        ).all()
    intake = received.counts.set_index("door").loc["intake"]
    assert intake["answers_kept"] == cells_of(responses[items_of(responses)])
    assert received.counts["answers_quarantined"].sum() == aside["column"].notna().sum()
    assert set(aside["finding"]) <= set(received.findings["id"])
    assert len(responses) > 50
    assert not received.findings["rule"].isin(["missing-column", "unreadable-file"]).any()
