"""Quotes, judged: whose theme counts, and whose words may be shown."""

from __future__ import annotations

import pandas as pd

from pilot.cleaning.coded_twice import join_coders
from pilot.cleaning.consent import under_16
from pilot.cleaning.desk import Desk
from pilot.cleaning.listed import Listed
from pilot.cleaning.screening import names_in, recognisable
from pilot.frames import Received

NOT_KEPT = "(not kept: may not be shown)"
CODED = ("domain", "role", "direction")
ADULT = 18


def judge_quotes(desk: Desk, received: Received) -> Listed:
    """Judge quotes: set aside what does not count, and the words that may not be shown.

    Set aside whole is a quote without a known domain, role and direction; one of a number,
    in that role, that the register does not know; and one of somebody whose answers may not
    be used or who withdrew. A quote that two coders wrote in two rows is one quote. Of all
    these the theme counts. Their words stay only with consent for quotes (of a child its
    guardian's), with approval by the person, and where nothing in them tells who it was; a
    child's words never stay, since its own parents read the report. Words that go are
    nowhere kept, but in the export.

    Returns
    -------
    Listed
        The quotes that count; `text` is empty where it may not be shown.
    """
    quotes = received.quotes.reset_index(drop=True)
    listed = Listed("quotes", quotes, desk.exports, received.headings)
    if listed.frame.empty:
        return listed
    names = names_in(quotes["text"].dropna().astype(str))
    whole = listed.frame[list(CODED)].notna().all(axis=1)
    _rows_aside(listed, ~whole, "quote-not-coded", "a domain, a role and a direction")
    _rows_aside(listed, _strange(listed.frame, desk), "quote-of-stranger", "the register's own")
    for rule, gone in _not_allowed(desk).items():
        theirs = listed.frame["participant"].isin(gone)
        _rows_aside(listed, theirs, rule, "consent, not withdrawn")
    join_coders(listed)
    _words_aside(listed, _refused(listed.frame, desk), "quote-without-consent")
    unseen = listed.frame["approved"] != "yes"
    _words_aside(listed, unseen, "quote-not-approved")
    _words_aside(listed, _of_children(listed.frame, desk), "quote-of-child")
    _screen(listed, _known_words(desk), names)
    listed.frame = listed.frame.reset_index(drop=True)
    for cell in listed.aside:
        cell["value"] = NOT_KEPT if cell["column"] is not None else None
    return listed


def _strange(quotes: pd.DataFrame, desk: Desk) -> pd.Series:
    if desk.register.empty:
        return pd.Series(False, index=quotes.index)
    known = set(zip(desk.register["participant"], desk.register["role"], strict=True))
    pairs = zip(quotes["participant"], quotes["role"], strict=True)
    return pd.Series([pair not in known for pair in pairs], index=quotes.index)


def _not_allowed(desk: Desk) -> dict[str, set[str]]:
    """Return who withdrew, and who never consented to the use of answers, by rule."""
    answers = desk.consent[desk.consent["use"] == "answers"]
    withdrew = answers["withdrawal"].notna()
    never = ~answers["given"].astype(bool) & ~withdrew
    return {
        "withdrawn": set(answers.loc[withdrew, "participant"]),
        "no-consent": set(answers.loc[never, "participant"]),
    }


def _refused(quotes: pd.DataFrame, desk: Desk) -> pd.Series:
    """Return whose words may not be shown: no yes in the file, or none in the register.

    Of who may be under 16 the register's yes must not be the child's own. A register that
    says nothing of consent has no guardian in it: a child's yes in the file is then none.
    """
    said = desk.consent[desk.consent["use"] == "quotes"]
    people = desk.register.itertuples(index=False)
    young = [row.participant for row in people if under_16(row, desk.trajectory)]
    own = said["participant"].isin(young) & (said["giver"] == "self")
    given = said.loc[said["given"].astype(bool) & ~own, "participant"]
    by_file = ~_of_children(quotes, desk)
    registered = quotes["participant"].isin(given) if len(said) else by_file
    return (quotes["consent"] != "yes") | ~registered


def _of_children(quotes: pd.DataFrame, desk: Desk) -> pd.Series:
    """Return whose words are a child's: in a role with children, unless known as grown up."""
    register, opens = desk.register, desk.trajectory.waves[0].opens
    grown: set[str] = set()
    if len(register):
        began = pd.to_datetime(register["start"])
        years = (began if opens is None else began.fillna(pd.Timestamp(opens))).dt.year
        age = (years - register["birth_year"]).groupby(register["participant"]).min()
        grown = set(age.index[(age > ADULT).fillna(False).to_numpy(bool)])
    young = [role.key for role in desk.trajectory.roles if not role.adult]
    return quotes["role"].isin(young) & ~quotes["participant"].isin(grown)


def _rows_aside(listed: Listed, where: pd.Series, rule: str, expected: str) -> None:
    listed.set_rows_aside(
        {
            place: listed.tell(rule, place, expected=expected)
            for place in listed.marked(where.to_numpy(bool))
        }
    )


def _words_aside(listed: Listed, where: pd.Series, rule: str) -> None:
    written = where & listed.frame["text"].notna()
    ids = {
        place: listed.tell(rule, place, column=listed.heading(place, "text"))
        for place in listed.marked(written.to_numpy(bool))
    }
    listed.set_cells_aside("text", ids)


def _screen(listed: Listed, known: list[str], names: frozenset[str]) -> None:
    ids = {}
    for place, text in listed.frame["text"].dropna().items():
        what = recognisable(str(text), known, names)
        if what is not None:
            at = int(str(place))
            column = listed.heading(at, "text")
            ids[at] = listed.tell("quote-may-identify", at, column=column, found=what)
    listed.set_cells_aside("text", ids)


def _known_words(desk: Desk) -> list[str]:
    """Return the words of sites, organisations and numbers of this trajectory."""
    sites = [
        word
        for site in desk.trajectory.sites
        for word in (site.label.nl, site.label.en, site.key, *site.names)
    ]
    columns = ("participant", "family", "organisation", "site")
    registered = [str(word) for name in columns for word in desk.register[name].dropna()]
    return list(dict.fromkeys([*sites, *registered]))
