"""A then-test is a form of its own, and a stated shift has a source."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from pilot.design import ThenTest, load_instrument, load_trajectory, then_tests
from pilot.errors import CallError, DesignError

SOURCES = """\
[[sources]]
files = "*.csv"
wave_column = "meting"
role  = "parent"
"""
AGAIN = 'waves = ["post"]\ncolumns = "toen_{item:02d}"\nthen_of = "pre"\n'
HISTORY = 'history = { shift = 0.8, source = "Wijkprofiel 2018" }\n'


@pytest.fixture(scope="module")
def text(making: ModuleType) -> str:
    """Return a design: the same form again, looking back."""
    return making.toml(
        SOURCES,
        making.asks("gse-10"),
        making.asks("gse-10-then", more=AGAIN),
        making.asks("lsns-6"),
        making.asks("participatieladder"),
        making.both_primary(HISTORY),
    )


def written(folder: Path, design: str) -> Path:
    """Write a design and return its path."""
    path = folder / "tables.toml"
    path.write_text(design, encoding="utf-8")
    return path


def test_a_design_asks_the_same_form_again(text: str, tmp_path: Path) -> None:
    """The then-test has items, columns and a score of its own, and says what it repeats."""
    trajectory = load_trajectory(written(tmp_path, text))
    asked = trajectory.asked[1]

    assert then_tests(trajectory) == [
        ThenTest("gse_10_total", "gse_10_then_total", "parent", about="pre", wave="post")
    ]
    assert trajectory.waves_of(asked) == ["post"]
    assert asked.column("gse_10_then_04") == "toen_04"
    form = trajectory.instruments["gse-10-then"]
    assert form.label.en == "self-efficacy, looking back"
    assert form.scales[0].label.nl.endswith(", teruggekeken")


@pytest.mark.parametrize("name", ["gse-10", "rses", "djg-6", "gas"])
def test_it_is_scored_as_the_form_it_repeats(name: str) -> None:
    """Item by item the same answers, reversals, counts and range, under other names."""
    form, then = load_instrument(name), load_instrument(f"{name}-then")
    again = {item.replace("_then_", "_"): each for item, each in then.items.items()}

    assert again == form.items
    assert then.responses == form.responses
    for scale, back in zip(form.scales, then.scales, strict=True):
        assert [item.replace("_then_", "_") for item in back.items] == scale.items
        assert [item.replace("_then_", "_") for item in back.reverse] == scale.reverse
        assert {i.replace("_then_", "_"): c for i, c in back.counted.items()} == scale.counted
        assert (back.combine, back.range) == (scale.combine, scale.range)
    assert type(form).model_validate(then.model_dump()) == then


def test_an_outcome_carries_the_stated_shift(text: str, tmp_path: Path) -> None:
    """From the design into the outcome; without one there is none."""
    first, second = load_trajectory(written(tmp_path, text)).outcomes()

    assert (first.history.shift, first.history.source) == (0.8, "Wijkprofiel 2018")
    assert second.history is None


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (
            'then_of = "pre"\n',
            "",
            "tables.toml [asked[2].then_of]: 'gse-10-then' does not say which wave it looks "
            "back at\n  mend: give a form that ends in '-then' and `then_of`, or neither",
        ),
        (
            'instrument = "gse-10-then"',
            'instrument = "rses"',
            "tables.toml [asked[2].then_of]: 'rses' says which wave it looks back at\n"
            "  mend: give a form that ends in '-then' and `then_of`, or neither",
        ),
        (
            'then_of = "pre"',
            'then_of = "prae"',
            "tables.toml [asked[2].then_of]: no wave is called 'prae'\n"
            "  mend: did you mean 'pre'? known: pre, post",
        ),
        (
            'waves = ["post"]\n',
            "",
            "tables.toml [asked[2].waves]: looks back at 'pre' from pre, post\n"
            "  mend: name one later wave at which it is asked",
        ),
        (
            'instrument = "gse-10-then"',
            'instrument = "rses-then"',
            "tables.toml [asked[2].instrument]: 'rses' is not asked of role 'parent' at wave "
            "'pre'\n  mend: ask it then too: a then-test is read beside both waves",
        ),
        (
            'instrument = "gse-10-then"',
            'instrument = "gse-11-then"',
            "tables.toml [asked[2].instrument]: no instrument is called 'gse-11-then'",
        ),
        (
            'source = "Wijkprofiel 2018"',
            'source = ""',
            "tables.toml [planned[1].history.source]",
        ),
        (
            'outcome = "gse_10_total"\ndomain  = "self_efficacy"\nprimary = true\n',
            'outcome = "gse_10_total"\ndomain  = "self_efficacy"\nprimary = true\n\n'
            '[[planned]]\noutcome = "participatieladder_total"\ndomain = "participation"\n',
            "tables.toml [planned[2].history]: 'participatieladder_total' is ordinal, and its "
            "steps have no points to shift by\n"
            "  mend: tell it in words under [[about.history]]",
        ),
    ],
)
def test_a_fault_is_refused(
    text: str, tmp_path: Path, right: str, wrong: str, message: str
) -> None:
    """File, key, cause and mend."""
    assert right in text
    with pytest.raises(DesignError) as caught:
        load_trajectory(written(tmp_path, text.replace(right, wrong, 1)))

    assert str(caught.value).startswith(message)


def test_no_then_test_of_a_form_that_is_not_there() -> None:
    """The near name is suggested."""
    with pytest.raises(CallError, match="no instrument is called 'gse-9-then'"):
        load_instrument("gse-9-then")
