"""A number as people write it: ``p2``, ``P-02`` and ``P 2`` are the same one."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from pilot.cleaning.alike import parts_of
from pilot.cleaning.desk import Desk
from pilot.cleaning.words import Places, tally


def as_listed(codes: pd.Series, listed: pd.Series) -> pd.Series:
    """Return codes as the list spells them, where another spelling stands.

    For what must not slip through by a spelling, such as a refusal; a code that the list
    has as it is stays, so that nobody is taken for another of the list.

    Examples
    --------
    >>> as_listed(pd.Series(["p2", "P-02", "P3", "22"]), pd.Series(["P2", "P3"])).tolist()
    ['P2', 'P2', 'P3', '22']
    """
    words = codes.astype("str").str.strip()
    known = {parts_of(word): word for word in reversed(listed.astype("str").tolist())}
    exact = set(listed.astype("str"))
    spelt = {
        word: word if word in exact else known.get(parts_of(word), word)
        for word in words.dropna().unique()
    }
    return words.map(spelt)


def spell_as_people(desk: Desk, name: str) -> None:
    """Write numbers of people in a column as the register does, or else as the forms do.

    Numbers that nobody there has are written as most rows write them. It is told once a
    file: the number is the same, and nothing else changes.
    """
    listed = desk.register if len(desk.register) else desk.forms
    said = desk.forms[name]
    known = listed["participant"].dropna()
    spelt = as_listed(said, known)
    strange = spelt[~spelt.isin(known.astype("str")) & spelt.notna()]
    usual = [word for word, _ in sorted(Counter(strange).items(), key=lambda each: -each[1])]
    first = {parts_of(word): word for word in reversed(usual)}
    for word in usual:
        spelt = spelt.mask(spelt == word, first[parts_of(word)])
    other = (spelt != said.astype("str").str.strip()) & said.notna()
    for file in desk.forms.loc[other, "file"].astype("str").unique():
        rows = other & (desk.forms["file"] == file)
        desk.tell(
            "child-spelt-otherwise",
            file=file,
            column=desk.exports.column(file, name),
            found=tally(said[rows].astype("str")),
            expected=", ".join(sorted(spelt[rows].unique())),
        )
    desk.replace({name: spelt})


def look_at_spellings(desk: Desk) -> None:
    """Tell of numbers that read alike and are spelt otherwise, where no register settles it.

    Without a register each spelling is a person of its own. The likely number is the one
    that most forms have, of equally many the first. Nothing is joined: 7 and 007 may be two
    people.
    """
    codes = desk.forms["participant"]
    if len(desk.register) or codes.dtype.kind in "iu" or _one_spelling_each(codes):
        return
    words, roles = desk.words("participant"), desk.words("role").codes
    alike: dict[tuple[str, ...], list[int]] = {}
    for code, word in enumerate(words.each):
        alike.setdefault(parts_of(word), []).append(code)
    several = [many for parts, many in alike.items() if parts and len(many) > 1]
    for its in [np.isin(words.codes, many) for many in several]:
        for role in dict.fromkeys(roles[its].tolist()):
            _tell_spellings(desk, np.flatnonzero(its & (roles == role)))


def _one_spelling_each(codes: pd.Series) -> bool:
    """Return whether all are whole numbers, as many as there are spellings: a quick look."""
    try:
        numbers = codes.dropna().astype("Int64").abs()
    except ValueError:
        return False
    return bool(numbers.nunique() == codes.nunique())


def _tell_spellings(desk: Desk, places: Places) -> None:
    """Tell of each form of one role whose number is not spelt as on most of them."""
    spelt = desk.words("participant").at(places)
    likely = Counter(spelt).most_common(1)[0][0]
    for place, word in zip(places.tolist(), spelt, strict=True):
        if word != likely:
            file = str(desk.forms["file"].iloc[place])
            column = desk.exports.column(file, "participant")
            desk.tell_of_row(
                "number-spelt-otherwise",
                place,
                column=column,
                found=word,
                expected=f"perhaps {likely}",
            )
