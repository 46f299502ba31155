"""Who answered, at which wave, in which role and where: words of the export -> keys."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from pilot.cleaning.desk import Desk, answered_in
from pilot.cleaning.groups import read_groups
from pilot.cleaning.words import Column, Flags, Words, text, translated
from pilot.design import find
from pilot.design.manner import CODES, SYNONYMS, as_code, fold, meaning
from pilot.frames import items_of

MAY_BE_PADDED = ("family", "wave", "role", "site")
AS_WRITTEN = ("family", "about")


def judge_occasions(desk: Desk) -> None:
    """Read every row's code, wave, role and site; set rows aside that cannot be placed.

    A role that the export does not give is the design's only role, or else the
    register's for that person. Languages, modes, respondents and whether somebody
    interpreted are told by one word each; words that are not known stay as they are. Codes
    that differ in capitals or spaces alone are one code: its spelling on most forms.
    """
    _trim_codes(desk)
    for name in MAY_BE_PADDED:
        _tell_padded_words(desk, name)
    _set_aside_without_code(desk)
    _read_waves(desk)
    _read_roles(desk)
    _read_sites(desk)
    read_groups(desk)
    _set_aside_empty_forms(desk)
    desk.replace({name: text(desk.forms[name]) for name in AS_WRITTEN})
    for name in SYNONYMS:
        words = translated(desk.words(name), partial(_meaning, name))
        desk.replace({name: words})
    for name in CODES:
        desk.replace({name: _spelt_alike(desk.words(name))})


def _meaning(column: str, word: str) -> str | None:
    known = meaning(column, word)
    return (word.strip() if column in CODES and known == fold(word) else known) or None


def _spelt_alike(words: Words) -> Column:
    """Return each code as most forms spell it; of equally many, the first by alphabet."""
    times = np.bincount(words.codes[words.codes >= 0], minlength=len(words.each))
    seen = sorted(zip((-times).tolist(), words.each, strict=True), reverse=True)
    usual = {as_code(word): word.strip() or None for _, word in seen}
    return translated(words, lambda word: usual[as_code(word)])


def _trim_codes(desk: Desk) -> None:
    codes = desk.forms["participant"]
    trimmed = text(codes)
    if isinstance(codes.dtype, pd.StringDtype):
        padded = (codes != trimmed) & trimmed.notna()
        _tell_padding(desk, "participant", padded.to_numpy(dtype=bool))
    desk.replace({"participant": trimmed})


def _tell_padded_words(desk: Desk, name: str) -> None:
    words = desk.words(name)
    padded = [word != word.strip() for word in words.each]
    if any(padded):
        _tell_padding(desk, name, words.spread(padded, bool, empty=False))


def _tell_padding(desk: Desk, name: str, padded: Flags) -> None:
    files = desk.forms.loc[padded, "file"].astype("str")
    for file, count in files.value_counts().items():
        heading = desk.exports.column(str(file), name)
        desk.tell("spaces", file=file, column=heading, found=f"{count}x")


def _set_aside_without_code(desk: Desk) -> None:
    nobody = ~answered_in(desk.forms["participant"])
    _set_aside(desk, nobody, "no-code", "participant", "a participant's number")


def _read_waves(desk: Desk) -> None:
    waves = desk.trajectory.waves
    keys = translated(desk.words("wave"), lambda word: find(waves, word))
    known = answered_in(keys)
    expected = "one of " + ", ".join(wave.key for wave in waves)
    _set_aside(desk, ~known, "unknown-wave", "wave", expected)
    desk.replace({"wave": keys[known].reset_index(drop=True)})


def _read_roles(desk: Desk) -> None:
    roles = desk.trajectory.roles
    keys = translated(desk.words("role"), lambda word: find(roles, word))
    silent = ~answered_in(text(desk.forms["role"]))
    if silent.any():
        keys = keys.mask(silent, _role_of_silent(desk))
    known = answered_in(keys)
    expected = "one of " + ", ".join(role.key for role in roles)
    _set_aside(desk, ~known, "unknown-role", "role", expected)
    desk.replace({"role": keys[known].reset_index(drop=True)})


def _role_of_silent(desk: Desk) -> Column:
    roles = desk.trajectory.roles
    people = desk.forms["participant"]
    if len(roles) == 1:
        return pd.Series(roles[0].key, index=people.index, dtype="str")
    known = desk.register[["participant", "role"]].dropna().drop_duplicates()
    one_role = known.drop_duplicates("participant", keep=False).set_index("participant")["role"]
    return people.map(one_role.to_dict()).astype("str")


def _read_sites(desk: Desk) -> None:
    sites = desk.trajectory.sites
    words = text(desk.forms["site"])
    if not sites:
        desk.replace({"site": words})
        return
    keys = translated(desk.words("site"), lambda word: find(sites, word))
    strange = np.flatnonzero(answered_in(words) & ~answered_in(keys))
    expected = "one of " + ", ".join(site.key for site in sites)
    seen = desk.forms.iloc[strange].assign(word=words.iloc[strange])
    for (file, word), rows in seen.groupby(["file", "word"], sort=True):
        place: dict[str, Any] = {"file": file, "column": desk.exports.column(str(file), "site")}
        if len(rows) == 1:
            place |= {"row": int(rows["row"].iloc[0])}
        found = f"{word} ({len(rows)} rows)" if len(rows) > 1 else word
        desk.tell("unknown-site", **place, found=found, expected=expected)
    desk.replace({"site": keys})


def _set_aside_empty_forms(desk: Desk) -> None:
    columns = items_of(desk.forms)
    empty = np.ones(len(desk.forms), dtype=bool)
    for column in columns:
        if not empty.any():
            return
        empty &= ~answered_in(desk.forms[column])
    places = np.flatnonzero(empty)
    rows = desk.forms.iloc[places]
    ids = np.empty(len(places), dtype=object)
    files_and_waves = rows.reset_index(drop=True).groupby(["file", "wave"], sort=True)
    for (file, wave), group in files_and_waves:
        found = f"{len(group)} rows of {wave}"
        ids[group.index.to_numpy()] = desk.tell("empty-form", file=file, found=found)
    desk.set_rows_aside(places.tolist(), "empty-form", ids.tolist())


def _set_aside(desk: Desk, where: Flags, rule: str, column: str, expected: str) -> None:
    """Set rows aside for what stands in one of their occasion columns, a finding each."""
    places = np.flatnonzero(where)
    files = desk.forms["file"].iloc[places]
    written = desk.forms[column].iloc[places]
    ids = []
    for place, file, word in zip(places.tolist(), files, written, strict=True):
        named = desk.exports.column(str(file), column)
        found = None if pd.isna(word) else str(word)
        ids.append(desk.tell_of_row(rule, place, column=named, found=found, expected=expected))
    desk.set_rows_aside(places.tolist(), rule, ids)
