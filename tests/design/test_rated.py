"""A form that somebody else fills in about a person is a form of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilot.design import load_instrument, load_trajectory, rated_outcomes
from pilot.errors import CallError, DesignError

DESIGN = """\
key   = "tables"
title = { nl = "Tafels", en = "Tables" }

[about]
place = "Oud-Zuid"
what  = { nl = "Praten aan tafel.", en = "Talking at a table." }
done  = { nl = "Tien avonden.", en = "Ten evenings." }

[[roles]]
key   = "parent"
label = { nl = "ouder", en = "parent" }
ages  = [18, 80]

[[waves]]
key    = "pre"
label  = { nl = "voor", en = "before" }
opens  = 2025-03-03
closes = 2025-04-11

[[waves]]
key    = "post"
label  = { nl = "na", en = "after" }
opens  = 2025-06-16
closes = 2025-07-25

[[sources]]
files = "own.csv"
wave_column = "meting"
role  = "parent"

[[asked]]
instrument = "gse-10"
role = "parent"

[[asked]]
instrument = "gse-10-coach"
role = "parent"
waves = ["post"]
columns = "coach_{item:02d}"
rated_by = "coach"

[[asked]]
instrument = "lsns-6"
role = "parent"

[[planned]]
outcome = "gse_10_total"
domain  = "self_efficacy"
primary = true
interval = true

[[planned]]
outcome = "lsns_6_total"
domain  = "network_strength"
primary = true
"""
FILE_OF_COACHES = """
[[sources]]
files = "coach.csv"
wave_column = "meting"
role  = "parent"
rated_by = "coach"
"""
RATED = 'rated_by = "coach"\n'


def load(folder: Path, *changes: tuple[str, str]) -> object:
    """Load the design with words of it replaced."""
    text = DESIGN
    for right, wrong in changes:
        assert right in text
        text = text.replace(right, wrong, 1)
    path = folder / "tables.toml"
    path.write_text(text, encoding="utf-8")
    return load_trajectory(path)


@pytest.mark.parametrize("name", ["gse-10", "rses", "djg-6", "participatieladder"])
def test_it_is_scored_as_the_form_it_stands_beside(name: str) -> None:
    """Item by item the same answers, reversals, counts and range, under other names."""
    form, rated = load_instrument(name), load_instrument(f"{name}-coach")

    assert {
        item.replace("_coach_", "_"): each for item, each in rated.items.items()
    } == form.items
    assert rated.responses == form.responses
    for scale, theirs in zip(form.scales, rated.scales, strict=True):
        assert [item.replace("_coach_", "_") for item in theirs.items] == scale.items
        assert [item.replace("_coach_", "_") for item in theirs.reverse] == scale.reverse
        assert (theirs.combine, theirs.range) == (scale.combine, scale.range)
    assert set(rated.items).isdisjoint(form.items)
    assert rated.label.en.endswith(", as the coach sees it")
    assert type(form).model_validate(rated.model_dump()) == rated


def test_a_design_says_who_rates_what_and_when(tmp_path: Path) -> None:
    """The person's outcome, the rater's score; a sum of many values is no ladder of steps."""
    (rated,) = rated_outcomes(load(tmp_path))

    assert (rated.outcome.key, rated.score) == ("gse_10_total", "gse_10_coach_total")
    assert (rated.rater, rated.waves, rated.steps) == ("coach", ("post",), ())


def test_the_burden_of_people_counts_what_they_answer_themselves(tmp_path: Path) -> None:
    """Of 45 that people can bear they answer 44; the 38 of their coach come on top."""
    more = "".join(
        f'\n[[asked]]\ninstrument = "{key}{ending}"\nrole = "parent"\n{by}'
        for key in ("rses", "mspss", "brs")
        for ending, by in (("", ""), ("-coach", RATED))
    )
    design = load(tmp_path, ("\n[[planned]]", f"{more}\n[[planned]]"))

    items = [
        len(a.items_of(design.instruments[a.instrument])) for a in design.asked_of("parent")
    ]
    others = [len(a.items_of(design.instruments[a.instrument])) for a in design.rated]
    assert (sum(items), sum(others)) == (44, 38)


def test_a_file_of_coaches_may_spell_its_columns_as_the_own_file_does(tmp_path: Path) -> None:
    """Without such a file, one column would be two answers."""
    alike = ('columns = "coach_{item:02d}"\n', "columns = { gse_10_coach_01 = 'gse_10_01' }\n")
    with pytest.raises(DesignError) as caught:
        load(tmp_path, alike)
    assert str(caught.value).startswith(
        "tables.toml [asked[2].columns]: column 'gse_10_01' is 'gse_10_01' and "
        "'gse_10_coach_01' at once"
    )

    assert load(tmp_path, alike, ("\n[[asked]]", f"{FILE_OF_COACHES}\n[[asked]]")).rated


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (
            RATED,
            "",
            "tables.toml [asked[2].rated_by]: 'gse-10-coach' does not say who rates\n"
            "  mend: add `rated_by = 'coach'`, or ask 'gse-10'",
        ),
        (
            '"gse-10-coach"',
            '"rses"',
            "tables.toml [asked[2].rated_by]: 'rses' is rated by 'coach', but not called so\n"
            "  mend: ask 'rses-coach', or leave `rated_by` out",
        ),
        (
            RATED,
            'rated_by = "partner"\n',
            "tables.toml [asked[2].rated_by]: 'gse-10-coach' is rated by 'partner', but not "
            "called so\n",
        ),
        (RATED, 'rated_by = "mentor"\n', "tables.toml [asked[2].rated_by]: "),
        (
            '"gse-10-coach"',
            '"rses-coach"',
            "tables.toml [asked[2].instrument]: 'rses' is not asked of role 'parent' at wave "
            "'post'\n  mend: ask it then too: a rating is read beside the person's own answer",
        ),
        (
            'instrument = "gse-10"\nrole = "parent"\n',
            'instrument = "gse-10"\nrole = "parent"\nwaves = ["pre"]\n',
            "tables.toml [asked[2].instrument]: 'gse-10' is not asked of role 'parent' at wave "
            "'post'\n",
        ),
        (
            '"gse-10-coach"',
            '"gse-11-coach"',
            "tables.toml [asked[2].instrument]: no instrument is called 'gse-11-coach'\n",
        ),
        (
            "ages  = [18, 80]\n",
            'ages  = [18, 80]\nanswered_by = ["self", "coach"]\n',
            "tables.toml [asked[2].rated_by]: 'coach' answers the own forms of role 'parent' "
            "already\n  mend: take it out of `answered_by`, or leave the rated form out",
        ),
        (
            'outcome = "lsns_6_total"',
            'outcome = "gse_10_coach_total"',
            "tables.toml [planned[2].outcome]: 'gse_10_coach_total' is what a coach says of a "
            "person, and no outcome\n  mend: plan 'gse_10_total'; the rating stands beside it",
        ),
        (
            'files = "own.csv"\n',
            'files = "own.csv"\nrated_by = "partner"\n',
            "tables.toml [sources[1].rated_by]: nothing that is asked is rated by 'partner'\n",
        ),
        (
            'files = "own.csv"\n',
            'files = "own.csv"\nrated_by = "coach"\nrespondent_column = "wie"\n',
            "tables.toml [sources[1].rated_by]: says who answered 'own.csv' in 2 ways\n"
            "  mend: give `rated_by`, or `respondent` or `respondent_column`",
        ),
    ],
)
def test_a_fault_is_refused(tmp_path: Path, right: str, wrong: str, message: str) -> None:
    """File, key, cause and mend."""
    with pytest.raises(DesignError) as caught:
        load(tmp_path, (right, wrong))

    assert str(caught.value).startswith(message)


def test_an_unverified_scale_is_confirmed_for_the_rater_too(tmp_path: Path) -> None:
    """Confirming the person's own form says nothing of the one that the coach filled in."""
    confirmed = '\nconfirmed = ["total"]\n'
    swap = [
        (
            'instrument = "gse-10"\nrole = "parent"',
            f'instrument = "gse-6"\nrole = "parent"{confirmed}',
        ),
        ('"gse-10-coach"', '"gse-6-coach"'),
        ('"gse_10_total"', '"gse_6_total"'),
    ]
    assert not load_instrument("gse-6").scales[0].verified
    with pytest.raises(DesignError) as caught:
        load(tmp_path, *swap)

    assert str(caught.value).startswith(
        "tables.toml [asked[2].confirmed]: scale 'total' of 'gse-6-coach' is not verified: "
    )
    assert load(tmp_path, *swap, (RATED, f"{RATED}{confirmed}")).rated


def test_no_rated_form_of_a_form_that_is_not_there() -> None:
    """The near name is suggested."""
    with pytest.raises(CallError, match="no instrument is called 'gse-9-coach'"):
        load_instrument("gse-9-coach")
