"""Comparison groups in a design: what they say, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilot.design import load_trajectory
from pilot.design.grouping import site_groups
from pilot.errors import DesignError

PRISON = Path(__file__).parents[1] / "real" / "prison-stress-groups.toml"
TEXT = PRISON.read_text(encoding="utf-8")
INSTRUMENTS = PRISON.parent / "instruments"
LEVELS = TEXT[TEXT.index("[[groups.levels]]") : TEXT.index("[[roles]]")]
SITES = """
[[sites]]
key = "noord"
label = { nl = "Noord", en = "North" }
group = "control"

[[sites]]
key = "zuid"
label = { nl = "Zuid", en = "South" }
group = "sport"
"""


def load(folder: Path, design: str) -> object:
    """Load a design that stands beside its instruments."""
    path = folder / "prison.toml"
    path.write_text(design, encoding="utf-8")
    (folder / "instruments").mkdir()
    for each in INSTRUMENTS.glob("*.toml"):
        (folder / "instruments" / each.name).write_text(each.read_text(encoding="utf-8"))
    return load_trajectory(path)


def test_groups_say_who_is_compared_with_whom() -> None:
    """The reference is what the other group is compared with."""
    groups = load_trajectory(PRISON).groups

    assert groups is not None
    assert (groups.taking_part.key, groups.compared_with.key) == ("sport", "control")
    assert groups.taking_part.is_called("Sport")


def test_plain_words_will_do(tmp_path: Path) -> None:
    """Levels as words get a key of their own, and are found by the word."""
    words = 'levels = ["taking part", "waiting list"]\n\n'
    design = TEXT.replace(LEVELS, words).replace('"control"', '"waiting list"')
    groups = load(tmp_path, design).groups  # type: ignore[attr-defined]

    assert [level.key for level in groups.levels] == ["taking-part", "waiting-list"]
    assert groups.compared_with.key == "waiting-list"
    assert groups.compared_with.label.nl == "waiting list"


def test_a_site_may_say_its_group(tmp_path: Path) -> None:
    """Whole sites in one group need no column."""
    design = TEXT.replace('column    = "Group"\n', "").replace(
        "[[waves]]", SITES + "\n[[waves]]", 1
    )

    assert site_groups(load(tmp_path, design)) == {"noord": "control", "zuid": "sport"}  # type: ignore[arg-type]


def test_a_design_without_groups_has_none() -> None:
    """The five trajectories compare with nobody."""
    assert load_trajectory("m-power").groups is None
    assert site_groups(load_trajectory("m-power")) == {}


REFUSALS = {
    "an unknown reference": (
        'reference = "control"',
        'reference = "contrl"',
        "prison.toml [groups.reference]: no group is called 'contrl'\n"
        "  mend: use one of: sport, control",
    ),
    "a key twice": (
        'key   = "sport"',
        'key   = "control"',
        "prison.toml [groups.levels]: 'control' stands there twice\n"
        "  mend: give each group a key of its own",
    ),
    "an unknown wave": (
        'reference = "control"',
        'reference = "control"\nuntil = "aftr"',
        "prison.toml [groups.until]: no wave is called 'aftr'\n"
        "  mend: did you mean 'after'? known: before, after",
    ),
    "until the first wave": (
        'reference = "control"',
        'reference = "control"\nuntil = "before"',
        "prison.toml [groups.until]: 'before' is the first wave, and a change needs a later "
        "one\n  mend: name the last wave at which the reference has not taken part",
    ),
    "nobody tells": (
        'column    = "Group"\n',
        "",
        "prison.toml [groups]: nothing tells which group a person is in\n"
        "  mend: give `column`, or a `group` for each of [[sites]] or [[sources]]",
    ),
    "a site of an unknown group": (
        "[[waves]]",
        SITES.replace('"sport"', '"spotr"') + "\n[[waves]]",
        "prison.toml [sites[2].group]: no group is called 'spotr'\n"
        "  mend: did you mean 'sport'? known: sport, control",
    ),
    "a source of an unknown group": (
        "waves_in_columns = true",
        'waves_in_columns = true\ngroup = "spotr"',
        "prison.toml [sources[1].group]: no group is called 'spotr'\n"
        "  mend: did you mean 'sport'? known: sport, control",
    ),
    "a group without groups": (
        TEXT[TEXT.index("[groups]") : TEXT.index("[[roles]]")],
        SITES,
        "prison.toml [sites[1].group]: says 'control', but the design has no groups\n"
        "  mend: add [groups] with `reference` and `levels`, or leave `group` out",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_groups_that_cannot_be_right_are_refused(tmp_path: Path, case: str) -> None:
    """File, key, cause and mend, the whole message."""
    old, new, message = REFUSALS[case]
    assert old in TEXT
    with pytest.raises(DesignError) as refused:
        load(tmp_path, TEXT.replace(old, new, 1))

    assert str(refused.value) == message


def test_a_third_group_is_refused(tmp_path: Path) -> None:
    """A comparison is of two."""
    third = '[[groups.levels]]\nkey = "yoga"\nlabel = { nl = "yoga", en = "yoga" }\n\n'
    with pytest.raises(DesignError) as refused:
        load(tmp_path, TEXT.replace(LEVELS, LEVELS + third))

    assert str(refused.value).startswith("prison.toml [groups.levels]: ")
