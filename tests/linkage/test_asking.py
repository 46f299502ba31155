"""What changed in the way people were asked, beside each result."""

from __future__ import annotations

from types import ModuleType

import pytest

from pilot.cleaning import clean
from pilot.linkage import changes_of_asking, link_waves
from pilot.linkage.asking import WAYS

WAVES = ["t0", "t1", "t2"]


def test_changes_between_the_waves_of_the_contrast(making: ModuleType) -> None:
    """First and last wave with answers; known at both; what it was and what it became."""
    how = {
        "p1": ("papier", "papier", "gesprek"),
        "p2": ("papier", "gesprek", "gesprek"),
        "p3": ("papier", "gesprek", "papier"),
        "p4": ("telefoon", "papier", "online"),
        "p5": ("papier", None, None),
    }
    rows = [
        making.form(code, wave, mode=mode, family="F1" if code in "p1 p2" else None)
        for code, modes in how.items()
        for wave, mode in zip(WAVES, modes, strict=True)
    ]
    rows += [making.form("p6", mode="papier"), making.form("p7", "t2", mode="papier")]
    design = making.design()
    panel = link_waves(clean(making.received(*rows), design), design).panel
    table = changes_of_asking(panel, design, WAVES)

    mode = table[(table["outcome"] == "gse_10_total") & (table["what"] == "mode")]
    assert mode.iloc[0].to_dict() == {
        "outcome": "gse_10_total",
        "role": "parent",
        "contrast": "t2 - t0",
        "what": "mode",
        "n_participants": 5,
        "n_known": 4,
        "n_changed": 3,
        "n_families_changed": 2,
        "changes": "paper > interview (2), phone > web (1)",
        "n_changed_between": 1,
    }
    assert len(table) == 2 * (1 + len(WAYS))
    others = table[~table["what"].isin(["mode", "any"])]
    assert (others[["n_known", "n_changed", "n_changed_between"]] == 0).all(axis=None)
    any_way = table[(table["outcome"] == "gse_10_total") & (table["what"] == "any")]
    assert any_way["n_changed_between"].tolist() == [1]
    first = changes_of_asking(panel, design, WAVES[:2])
    assert first.loc[first["what"] == "mode", "changes"].tolist()[0] == (
        "paper > interview (2), phone > paper (1)"
    )


def test_one_wave_has_no_change(making: ModuleType) -> None:
    """A baseline report has nothing to compare."""
    design = making.design()
    panel = link_waves(clean(making.received(making.form(mode="papier")), design), design).panel

    assert len(changes_of_asking(panel, design, WAVES)) == 0


@pytest.mark.parametrize("way", ["interviewer", "language", "interpreter", "form_version"])
def test_every_way_of_asking_is_looked_at(making: ModuleType, way: str) -> None:
    """Another interviewer, language, interpreter or version; who asked is not named."""
    rows = [making.form("p1", wave, **{way: said}) for wave, said in (("t0", "a"), ("t1", "b"))]
    design = making.design()
    panel = link_waves(clean(making.received(*rows), design), design).panel
    table = changes_of_asking(panel, design, WAVES).set_index(["outcome", "what"])

    named = way in ("interviewer", "interpreter")
    assert table.loc[("gse_10_total", way), "changes"] == ("" if named else "a > b (1)")
    assert table.loc[("gse_10_total", "any"), "changes"] == ""
    assert table.xs("gse_10_total")["n_changed"].tolist() == [
        1 if what in ("any", way) else 0 for what in ("any", *WAYS)
    ]


def test_who_was_asked_in_two_other_ways_is_one(making: ModuleType) -> None:
    """Any: three people of whom one changed twice and one once are two of three."""
    how = {
        "p1": [("paper", "nl"), ("interview", "tr")],
        "p2": [("paper", "nl"), ("paper", "tr")],
        "p3": [("paper", "nl"), ("paper", None)],
    }
    rows = [
        making.form(code, wave, mode=mode, language=language)
        for code, said in how.items()
        for wave, (mode, language) in zip(WAVES, said, strict=False)
    ]
    design = making.design()
    panel = link_waves(clean(making.received(*rows), design), design).panel
    table = changes_of_asking(panel, design, WAVES).set_index(["outcome", "what"])

    row = table.loc[("gse_10_total", "any")]
    assert (row["n_participants"], row["n_known"], row["n_changed"]) == (3, 3, 2)
    assert table.xs("gse_10_total")["n_changed"].sum() == 2 + 3


def test_another_word_or_spelling_is_no_change(making: ModuleType) -> None:
    """Nee and no, V1 and v1: an English form at the end changes nothing."""
    said = (("t0", "nee", "V1"), ("t2", "no", " v1"))
    rows = [
        making.form(code, wave, interpreter=one, interviewer=two)
        for code in ("p1", "p2")
        for wave, one, two in said
    ]
    design = making.design()
    panel = link_waves(clean(making.received(*rows), design), design).panel
    table = changes_of_asking(panel, design, WAVES).set_index(["outcome", "what"])

    for way in ("interpreter", "interviewer"):
        row = table.loc[("gse_10_total", way)]
        assert (row["n_known"], row["n_changed"]) == (2, 0)
