"""A design that cannot be carried out is refused on load: file, key, cause, mend."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from types import ModuleType

import pytest

from pilot.design import instrument_names, load_trajectory
from pilot.errors import CallError, DesignError

# A pilot of one school: parents of 18 and over, children of eight and over, two waves.
SOURCES = """\
[[sources]]
files = "pre.csv"
wave  = "pre"
role  = "parent"

[[sources]]
files = "register.csv"
kind  = "register"
columns = { participant = "nummer" }
"""
CLAIM = """\
[[claims]]
text = { nl = "Meer zelfvertrouwen", en = "More confidence" }
measured_by = ["gse_10_total"]
"""
ASKED_HERE = (
    "known: gse_10_total, lsns_6_total, lsns_6_family, lsns_6_friends, life_satisfaction_total"
)
SOURCE_KEYS = (
    "about_column, code, columns, date_column, duration_column, duration_unit, event, "
    "family_column, files, form_version, form_version_column, group, group_column, "
    "header_row, interpreter_column, interviewer_column, kind, language, language_column, "
    "mode, mode_column, rated_by, respondent, respondent_column, role, role_column, rows, "
    "sheet, shift, site, site_column, unused_columns, wave, wave_column, waves_in_columns, why"
)


@pytest.fixture(scope="module")
def text(making: ModuleType) -> str:
    """Return a design: what the refusals below are cut from."""
    return making.toml(
        SOURCES,
        making.asks("gse-10"),
        making.asks("lsns-6"),
        making.asks("life-satisfaction", "child"),
        making.both_primary(),
        CLAIM,
        roles=("parent", "child"),
    )


def told(folder: Path, design: str) -> str:
    """Return what loading a design says."""
    path = folder / "tables.toml"
    path.write_text(design, encoding="utf-8")
    with pytest.raises(DesignError) as refused:
        load_trajectory(path)
    return str(refused.value)


def test_a_sound_design_loads_from_a_path(text: str, tmp_path: Path) -> None:
    """The design that the refusals below are cut from is itself in order."""
    path = tmp_path / "tables.toml"
    path.write_text(text, encoding="utf-8")

    trajectory = load_trajectory(path)

    assert trajectory.key == "tables"
    assert [outcome.key for outcome in trajectory.outcomes()] == [
        "gse_10_total",
        "lsns_6_total",
    ]
    assert load_trajectory(str(path)).wave_keys == ["pre", "post"]


REFUSALS = {
    "a misspelt key": (
        'wave  = "pre"',
        'wav  = "pre"',
        "tables.toml [sources[1].wav]: unknown key 'wav'\n"
        f"  mend: did you mean 'wave'? known here: {SOURCE_KEYS}",
    ),
    "a key that resembles nothing": (
        "[[claims]]",
        "[zebra]\n\n[[claims]]",
        "tables.toml [zebra]: unknown key 'zebra'\n"
        "  mend: remove it; known here: about, asked, claims, data_lock, events, "
        "feasibility, generalises_to, groups, key, languages, missing, participant, planned, "
        "purpose, reach, roles, sites, sources, thresholds, title, waves",
    ),
    "forms in a design": (
        "[[claims]]",
        "[instruments]\n\n[[claims]]",
        "tables.toml [instruments]: forms do not stand in a design\n"
        "  mend: put each in a file of its own in a folder instruments/ beside the design",
    ),
    "a key left out": (
        'place = "Oud-Zuid"\n',
        "",
        "tables.toml [about.place]: lacks the key 'place'\n  mend: add `place`",
    ),
    "a word that is not one of the choices": (
        "primary = true",
        'primary = true\nrole = "parent"\n\n[thresholds]\nfamilies = 4\n',
        "tables.toml [thresholds.families]: input should be greater than or equal to 5; "
        "found 4\n"
        "  mend: correct the value",
    ),
    "the reserved word": (
        'key   = "tables"',
        'key   = "demo"',
        "tables.toml [key]: 'demo' is a reserved word, not a trajectory\n"
        "  mend: choose another key",
    ),
    "more eligible than reached": (
        "[[claims]]",
        "[reach]\nreached = 10\neligible = 20\n\n[[claims]]",
        "tables.toml [reach.eligible]: 20 eligible are more than the 10 reached\n"
        "  mend: count in `eligible` only those among `reached`, or correct one of the two",
    ),
    "more consented than reached": (
        "[[claims]]",
        "[reach]\nreached = 10\nconsented = 11\n\n[[claims]]",
        "tables.toml [reach.consented]: 11 consented are more than the 10 reached\n"
        "  mend: count in `consented` only those among `reached`, or correct one of the two",
    ),
    "no planned sessions": (
        "[[claims]]",
        '[[events]]\nkey = "table"\nlabel = { nl = "tafel", en = "table" }\n'
        "dose = true\nplanned_sessions = 0\n\n[[claims]]",
        "tables.toml [events[1].planned_sessions]: input should be greater than or equal to 1; "
        "found 0\n  mend: correct the value",
    ),
    "a role twice": (
        'key   = "child"',
        'key   = "parent"',
        "tables.toml [roles]: 'parent' stands there twice\n  mend: give each a key of its own",
    ),
    "waves out of order": (
        "2025-06-16",
        "2025-04-11",
        "tables.toml [waves]: 'post' begins before 'pre' has ended\n"
        "  mend: put the waves in the order they are lived, without overlap",
    ),
    "windows of two kinds": (
        "opens  = 2025-06-16\ncloses = 2025-07-25",
        "from_month = 3\nto_month = 5",
        "tables.toml [waves]: 'pre' and 'post' have windows of different kinds\n"
        "  mend: give all waves dates, or all of them months",
    ),
    "a wave without a window": (
        "closes = 2025-04-11",
        "",
        "tables.toml [waves[1]]: wave 'pre' has no window, or two kinds of it\n"
        "  mend: give it `opens` and `closes`, or `from_month` and `to_month`",
    ),
    "a wave that ends before it begins": (
        "closes = 2025-04-11",
        "closes = 2025-02-11",
        "tables.toml [waves[1]]: wave 'pre' ends before it begins\n"
        "  mend: swap the ends of its window",
    ),
    "a source that does not say its wave": (
        'wave  = "pre"\n',
        "",
        "tables.toml [sources[1]]: says the wave of 'pre.csv' in 0 ways\n"
        "  mend: give one of `wave`, `wave_column` and `waves_in_columns`",
    ),
    "a source that says its wave twice": (
        'wave  = "pre"\n',
        'wave  = "pre"\nwave_column = "meting"\n',
        "tables.toml [sources[1]]: says the wave of 'pre.csv' in 2 ways\n"
        "  mend: give one of `wave`, `wave_column` and `waves_in_columns`",
    ),
    "a source of an unknown wave": (
        'wave  = "pre"',
        'wave  = "pree"',
        "tables.toml [sources[1].wave]: no wave is called 'pree'\n"
        "  mend: did you mean 'pre'? known: pre, post",
    ),
    "a {1} without a star": (
        'wave  = "pre"',
        'wave  = "{1}"',
        "tables.toml [sources[1].files]: 'pre.csv' has no * for {1} to stand for\n"
        "  mend: put a * where the files differ, or say in words what {1} is",
    ),
    "a part of the register that is not one": (
        "participant =",
        "participants =",
        "tables.toml [sources[2].columns]: no part of a row of register is called "
        "'participants'\n"
        "  mend: did you mean 'participant'? known: participant, family, site, organisation, "
        "role, group, birth_year, start, end, reason, consent_answers, consent_named, "
        "consent_quotes, consent_sharing, consent_archive, consent_date, consent_giver, "
        "guardian_1, guardian_2, withdrawn, withdrawal",
    ),
    "events of no kind": (
        'kind  = "register"',
        'kind  = "events"',
        "tables.toml [sources[2].event]: does not say what 'register.csv' registers\n"
        "  mend: add `event`",
    ),
    "a file ignored for no reason": (
        'kind  = "register"',
        'kind  = "ignored"',
        "tables.toml [sources[2].why]: does not say why 'register.csv' is ignored\n"
        "  mend: add `why`",
    ),
    "brackets that hold no range": (
        'files = "pre.csv"',
        'files = "pre[z-a].csv"',
        "tables.toml [sources[1].files]: 'pre[z-a].csv' is no pattern of file names: bad "
        "character range z-a at position 4\n"
        "  mend: write * for any letters, ? for one, [ab] or [0-9] for one of these",
    ),
    "ages upside down": (
        "ages  = [18, 80]",
        "ages  = [80, 18]",
        "tables.toml [roles[1].ages]: nobody is 80 to 18\n  mend: give the lower age first",
    ),
    "one column for ten items": (
        'instrument = "gse-10"\nrole = "parent"',
        'instrument = "gse-10"\nrole = "parent"\ncolumns = "gse"',
        "tables.toml [asked[1].columns]: column 'gse' is 'gse_10_01' and 'gse_10_02' at once, "
        "for role 'parent' at wave 'pre'\n"
        "  mend: give each its own column; a pattern tells them apart with {item}, {item:02d} "
        "or {id}",
    ),
    "one column for two forms": (
        'instrument = "lsns-6"\nrole = "parent"',
        'instrument = "lsns-6"\nrole = "parent"\ncolumns = "gse_10_{item:02d}"',
        "tables.toml [asked[2].columns]: column 'gse_10_01' is 'gse_10_01' and 'lsns_6_01' at "
        "once, for role 'parent' at wave 'pre'\n"
        "  mend: give each its own column; a pattern tells them apart with {item}, {item:02d} "
        "or {id}",
    ),
    "an answer that the form lacks": (
        'instrument = "lsns-6"\nrole = "parent"',
        'instrument = "lsns-6"\nrole = "parent"\nanswers = { "weet niet" = 9 }',
        "tables.toml [asked[2].answers]: 'weet niet' means 9, but answers on 'lsns-6' run from "
        "0 to 5\n"
        "  mend: correct the code; what is no answer belongs under [missing]",
    ),
    "a shift beyond the form": (
        'wave  = "pre"',
        'wave  = "pre"\nshift = { "gse-10" = 100 }',
        "tables.toml [sources[1].shift]: adds 100 to every answer of 'gse-10', which run from "
        "1 to 4\n"
        "  mend: give the small difference between the export's coding and the form's "
        "(0-3 for 1-4: shift 1); other codes are explained under `answers`",
    ),
    "a shift of nothing": (
        'wave  = "pre"',
        'wave  = "pre"\nshift = { "gse-10" = 0 }',
        "tables.toml [sources[1].shift]: adds 0 to every answer of 'gse-10', which run from "
        "1 to 4\n"
        "  mend: give the small difference between the export's coding and the form's "
        "(0-3 for 1-4: shift 1); other codes are explained under `answers`",
    ),
    "a shift of what is not asked": (
        'wave  = "pre"',
        'wave  = "pre"\nshift = { "gse-6" = 1 }',
        "tables.toml [sources[1].shift]: no instrument is called 'gse-6'\n"
        "  mend: did you mean 'gse-10'? known: gse-10, lsns-6, life-satisfaction",
    ),
    "an instrument of a role that is not there": (
        'instrument = "lsns-6"\nrole = "parent"',
        'instrument = "lsns-6"\nrole = "parents"',
        "tables.toml [asked[2].role]: no role is called 'parents'\n"
        "  mend: did you mean 'parent'? known: parent, child",
    ),
    "an instrument outside its ages": (
        'instrument = "life-satisfaction"\nrole = "child"',
        'instrument = "gse-10"\nrole = "child"',
        "tables.toml [asked[3].instrument]: 'gse-10' is for ages 12 to 120, but role 'child' "
        "is 8 to 17\n"
        "  mend: ask this role another instrument, or correct the role's ages",
    ),
    "an instrument asked twice": (
        'instrument = "life-satisfaction"\nrole = "child"',
        'instrument = "gse-10"\nrole = "parent"',
        "tables.toml [asked[3]]: 'gse-10' is asked of role 'parent' at wave 'pre' in asked[1] "
        "already\n"
        "  mend: ask it once a role and wave",
    ),
    "an item that the form lacks": (
        'instrument = "lsns-6"\nrole = "parent"',
        'instrument = "lsns-6"\nrole = "parent"\ncolumns = { lsns_6_07 = "Q7" }',
        "tables.toml [asked[2].columns]: no item is called 'lsns_6_07'\n"
        "  mend: did you mean 'lsns_6_01'? known: lsns_6_01, lsns_6_02, lsns_6_03, lsns_6_04, "
        "lsns_6_05, lsns_6_06",
    ),
    "an outcome nobody asks": (
        'outcome = "lsns_6_total"',
        'outcome = "osss_3_total"',
        "tables.toml [planned[2].outcome]: no outcome that is asked is called 'osss_3_total'\n"
        f"  mend: did you mean 'lsns_6_total'? {ASKED_HERE}",
    ),
    "an outcome of half a form": (
        'instrument = "lsns-6"\nrole = "parent"',
        'instrument = "lsns-6"\nrole = "parent"\n'
        'columns = { lsns_6_01 = "a", lsns_6_02 = "b", lsns_6_03 = "c" }',
        "tables.toml [planned[2].outcome]: no outcome that is asked is called 'lsns_6_total'\n"
        "  mend: did you mean 'lsns_6_family'? known: gse_10_total, lsns_6_family, "
        "life_satisfaction_total",
    ),
    "an outcome of somebody who is not asked": (
        'outcome = "lsns_6_total"',
        'outcome = "lsns_6_total"\nrole = "child"',
        "tables.toml [planned[2].role]: no role asked for this is called 'child'\n"
        "  mend: use one of: parent",
    ),
    "an outcome of two roles": (
        'instrument = "lsns-6"\nrole = "parent"',
        'instrument = "life-satisfaction"\nrole = "parent"\n\n'
        '[[asked]]\ninstrument = "lsns-6"\nrole = "parent"',
        "tables.toml [planned[3]]: 'life_satisfaction_total' is asked of child, parent\n"
        "  mend: say whose outcome this is with `role`",
    ),
    "an outcome asked once": (
        'instrument = "lsns-6"\nrole = "parent"',
        'instrument = "lsns-6"\nrole = "parent"\nwaves = ["pre"]',
        "tables.toml [planned[2].outcome]: 'lsns_6_total' is asked at one wave only\n"
        "  mend: ask it at two waves or more, or leave it out of what is planned",
    ),
    "two primaries in a domain": (
        'domain  = "network_strength"',
        'domain  = "self_efficacy"',
        "tables.toml [planned]: domain 'self_efficacy' has 2 primary outcomes "
        "(gse_10_total, lsns_6_total)\n"
        "  mend: mark exactly one outcome of this domain as `primary = true`",
    ),
    "no primary in a domain": (
        'domain  = "network_strength"\nprimary = true',
        'domain  = "network_strength"',
        "tables.toml [planned]: domain 'network_strength' has 0 primary outcomes (none)\n"
        "  mend: mark exactly one outcome of this domain as `primary = true`",
    ),
    "a primary of children": (
        'outcome = "lsns_6_total"',
        'outcome = "life_satisfaction_total"',
        "tables.toml [planned]: primary outcome 'life_satisfaction_total' belongs to role "
        "'child', who are not all adults\n"
        "  mend: plan the primary outcomes for the adults",
    ),
    "a claim measured by what is not planned": (
        'measured_by = ["gse_10_total"]',
        'measured_by = ["life_satisfaction_total"]',
        "tables.toml [claims[1].measured_by]: no planned outcome is called "
        "'life_satisfaction_total'\n"
        "  mend: use one of: gse_10_total, lsns_6_total",
    ),
    "a claim of a role measured with another": (
        'measured_by = ["gse_10_total"]',
        'measured_by = ["gse_10_total"]\nrole = "child"',
        "tables.toml [claims[1].measured_by]: no planned outcome is called 'gse_10_total'\n"
        "  mend: use one of: none",
    ),
    "a claim seen in nothing": (
        'measured_by = ["gse_10_total"]',
        'seen_in = ["attendance"]',
        "tables.toml [claims[1].seen_in]: no event is called 'attendance'\n"
        "  mend: use one of: none",
    ),
}


@pytest.mark.parametrize("fault", REFUSALS)
def test_a_design_fault_is_refused(text: str, tmp_path: Path, fault: str) -> None:
    """Each fault is told with its file, key, cause and mend, and nothing is loaded."""
    right, wrong, message = REFUSALS[fault]
    assert right in text

    design = text.replace(right, wrong, 1)
    if fault == "an outcome of two roles":
        design += '\n[[planned]]\noutcome = "life_satisfaction_total"\ndomain = "wellbeing"\n'

    assert told(tmp_path, design) == message


def test_an_unknown_instrument_is_refused_with_the_near_one(text: str, tmp_path: Path) -> None:
    """The mend names the near instrument first, then the whole shelf."""
    message = told(tmp_path, text.replace('"gse-10"', '"gse10"'))

    assert message == (
        "tables.toml [asked[1].instrument]: no instrument is called 'gse10'\n"
        f"  mend: did you mean 'gse-10'? known: {', '.join(instrument_names())}"
    )


def test_more_than_a_person_can_bear_is_refused(text: str, tmp_path: Path) -> None:
    """46 items of one role at one wave are one too many; the message counts them."""
    more = "".join(
        f'[[asked]]\ninstrument = "{key}"\nrole = "parent"\nwaves = {waves}\n\n'
        for key, waves in (
            ("rses", '["post"]'),
            ("pss-10", '["post"]'),
            ("pfw", '["post"]'),
            ("life-satisfaction", '["pre", "post"]'),
            ("osss-3", '["pre"]'),
        )
    )
    design = text.replace("[[planned]]", more + "[[planned]]", 1)
    design = design.replace(
        "[[claims]]", '[[asked]]\ninstrument = "help-given"\nrole = "parent"\n\n[[claims]]'
    )

    assert told(tmp_path, design) == (
        "tables.toml [asked]: role 'parent' answers 46 items at wave 'post' (gse-10 10, "
        "lsns-6 6, rses 10, pss-10 10, pfw 8, life-satisfaction 1, help-given 1); people can "
        "bear 45\n"
        "  mend: ask the core set and one module, or spread them over waves"
    )


def test_an_unverified_scale_is_refused_until_confirmed(text: str, tmp_path: Path) -> None:
    """What somebody must compare with the printed form first, is said; then it loads."""
    asked = '[[asked]]\ninstrument = "psoc"\nrole = "parent"\n\n[[planned]]'
    planned = '[[planned]]\noutcome = "psoc_efficacy"\ndomain = "parenting"\n\n[[claims]]'
    design = text.replace("[[planned]]", asked, 1).replace("[[claims]]", planned)

    assert told(tmp_path, design) == (
        "tables.toml [planned[3].outcome]: scale 'efficacy' of 'psoc' is not verified: sources "
        "disagree about 1 to 6 or 1 to 7, and the reversed items depend on what 1 means on the "
        "form\n"
        "  mend: compare it with the printed form, then add 'efficacy' to `confirmed`"
    )

    path = tmp_path / "tables.toml"
    path.write_text(
        design.replace('instrument = "psoc"', 'instrument = "psoc"\nconfirmed = ["efficacy"]'),
        encoding="utf-8",
    )
    assert [o.key for o in load_trajectory(path).outcomes()][-1] == "psoc_efficacy"


def test_a_broken_file_is_told_with_its_line(tmp_path: Path) -> None:
    """What is not TOML, or not UTF-8, is told as such and never as a traceback."""
    assert told(tmp_path, "key = \n").startswith(
        "tables.toml: is not TOML: Invalid value (at line 1"
    )

    path = tmp_path / "tables.toml"
    path.write_bytes('key = "caf\xe9"'.encode("cp1252"))
    with pytest.raises(DesignError) as refused:
        load_trajectory(path)
    assert refused.value.mend == "save it as UTF-8"


def test_reanalyses_need_no_primary_outcome(text: str, tmp_path: Path) -> None:
    """Published data were collected for another question: nothing in them is primary."""
    path = tmp_path / "tables.toml"
    design = text.replace("primary = true", "").replace(
        'key   = "tables"', 'key = "tables"\npurpose = "reanalysis"'
    )
    path.write_text(design, encoding="utf-8")

    assert not any(outcome.primary for outcome in load_trajectory(path).outcomes())


def test_an_unknown_trajectory_is_refused_with_the_near_one() -> None:
    """A wrong word in a call is exit code 2 and names the near trajectory."""
    with pytest.raises(CallError) as refused:
        load_trajectory("m-powr")

    assert refused.value.exit_code == 2
    assert str(refused.value) == (
        "trajectory: no trajectory is called 'm-powr'\n"
        "  mend: did you mean 'm-power'? known: krachtige-gezinnen, m-power, meet-the-parents, "
        "moeder-vadercentra, verbinding-empowerment"
    )


def test_demo_is_no_trajectory() -> None:
    """`demo` names where simulated reports go, so no trajectory may be called that."""
    with pytest.raises(CallError) as refused:
        load_trajectory("demo")

    assert str(refused.value) == (
        "trajectory: no trajectory is called 'demo'\n"
        "  mend: use one of: krachtige-gezinnen, m-power, meet-the-parents, "
        "moeder-vadercentra, verbinding-empowerment"
    )


def test_a_path_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    """A design that is not there is a fault of the call."""
    with pytest.raises(CallError) as refused:
        load_trajectory(tmp_path / "nowhere.toml")

    assert str(refused.value) == (
        f"{tmp_path / 'nowhere.toml'}: there is no such file\n  mend: check the path"
    )


def test_a_form_beside_the_design_is_used(text: str, tmp_path: Path) -> None:
    """A sixth trajectory brings its own form as a file, and no line of Python."""
    form = (files("pilot") / "instruments" / "help-given.toml").read_text(encoding="utf-8")
    folder = tmp_path / "instruments"
    folder.mkdir()
    own = form.replace("help-given", "own-form").replace("help_given", "own_form")
    (folder / "own-form.toml").write_text(own, encoding="utf-8")
    asked = '[[asked]]\ninstrument = "own-form"\nrole = "parent"\n\n[[planned]]'
    (tmp_path / "tables.toml").write_text(
        text.replace("[[planned]]", asked, 1), encoding="utf-8"
    )

    trajectory = load_trajectory(tmp_path / "tables.toml")

    assert trajectory.instruments["own-form"].items.keys() == {"own_form_01"}
