"""What people said whose answers may not be used: their places stay, their words do not."""

from __future__ import annotations

import pandas as pd

from pilot.cleaning.desk import Desk
from pilot.cleaning.permission import RULES, SHOWN, SHOWN_OF_REGISTERS, refused_first
from pilot.cleaning.spelling import as_listed
from pilot.cleaning.words import Flags

NOT_KEPT = "(not kept: no consent)"
QUOTING = ("formula",)  # of these, what is expected is an answer too
MOVED = "row-moved"  # its `expected` has the owner of each key in the row
OTHER = r"^(?P<file>.+), row (?P<row>\d+): the same$"  # where a second typing stands

Rows = set[tuple[object, object]]


def without_content(
    quarantine: pd.DataFrame, findings: pd.DataFrame, desk: Desk
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return quarantine and findings without what people said who did not consent.

    Of them, file, row and column stay, so that everything is still accounted for. Of who
    stopped, what was said before stays: on a row that consent let pass, or at a wave that
    closed before. All else of them goes, also where another rule set it aside first, and of
    two typings that differ both. Of a row whose number and keys say different people, all
    of them decide. What the register says of consent is no answer and is shown.
    """
    answers = desk.consent[desk.consent["use"] == "answers"]
    listed = refused_first(answers)
    gone = set(answers.loc[~answers["given"].astype(bool), "participant"].astype("str"))
    rows = set(_rows(quarantine[quarantine["rule"].isin(RULES)]))
    rows |= _moved_rows(findings, answers, listed) | _family_rows(findings, answers, desk)
    partly = set(findings.loc[findings["rule"].isin(RULES), "participant"].dropna())
    before = desk.permitted | _closed_before(quarantine, answers, desk)
    registers = {*desk.register["file"], *desk.consent["file"]}

    def hidden(table: pd.DataFrame) -> Flags:
        who = as_listed(table["participant"], listed)
        later = who.isin(partly) & table["row"].notna() & ~table["file"].isin(registers)
        later &= ~_among(table, before)
        return (who.isin(gone) | later | _among(table, rows)).to_numpy(bool)

    silent = ~findings["rule"].isin((*RULES, *SHOWN)).to_numpy(bool)
    of_registers = findings["file"].isin(registers) & findings["rule"].isin(SHOWN_OF_REGISTERS)
    silent &= ~of_registers.to_numpy(bool)
    rows |= _other_rows(findings[hidden(findings) & silent])
    of_them = hidden(findings) & silent
    theirs = hidden(quarantine) | quarantine["rule"].isin(RULES).to_numpy(bool)
    theirs &= (quarantine["rule"] != "unclear-consent").to_numpy(bool)
    told = of_them & findings["rule"].isin(QUOTING).to_numpy(bool)
    kept = {"found": _masked(findings["found"], of_them)}
    kept |= {"expected": _masked(findings["expected"], told)}
    shown = quarantine.assign(value=_masked(quarantine["value"], theirs))
    return shown, findings.assign(**kept)


def _masked(said: pd.Series, where: Flags) -> pd.Series:
    return said.mask(where & said.notna().to_numpy(bool), NOT_KEPT)


def _rows(table: pd.DataFrame) -> list[tuple[object, object]]:
    return list(zip(table["file"], table["row"], strict=True))


def _among(table: pd.DataFrame, rows: Rows) -> pd.Series:
    found = [row in rows for row in _rows(table)] if rows else False
    return pd.Series(found, index=table.index, dtype=bool)


def _closed_before(quarantine: pd.DataFrame, answers: pd.DataFrame, desk: Desk) -> Rows:
    """Return rows set aside at a wave that closed before their person stopped."""
    ends = {wave.key: wave.closes for wave in desk.trajectory.waves if wave.closes}
    since = answers.set_index("participant")["withdrawn"]
    who = as_listed(quarantine["participant"], refused_first(answers))
    closed = pd.to_datetime(quarantine["wave"].map(ends))
    return set(
        _rows(quarantine[(closed <= pd.to_datetime(who.map(dict(since)))).to_numpy(bool)])
    )


def _other_rows(differing: pd.DataFrame) -> Rows:
    """Return the rows of the second typing that findings name."""
    named = differing["expected"].astype("str").str.extract(OTHER).dropna()
    return set(zip(named["file"], named["row"].astype(int), strict=True))


def _family_rows(findings: pd.DataFrame, answers: pd.DataFrame, desk: Desk) -> Rows:
    """Return events of a family spelt otherwise, of which all members refused or stopped."""
    over = answers["withdrawal"].notna() | ~answers["given"].astype(bool)
    out = desk.register["participant"].isin(answers.loc[over, "participant"])
    whole = out.groupby(desk.register["family"]).all()
    near = findings["expected"].isin([f"perhaps {family}" for family in whole.index[whole]])
    return set(_rows(findings[near & (findings["rule"] == "event-of-stranger")]))


def _moved_rows(findings: pd.DataFrame, answers: pd.DataFrame, listed: pd.Series) -> Rows:
    """Return the rows that may be of somebody whose answers may not be used, by any key."""
    moved = findings[findings["rule"] == MOVED]
    stopped = answers["withdrawal"].notna() | ~answers["given"].astype(bool)
    gone = set(answers.loc[stopped, "participant"].astype("str"))
    keys = moved["expected"].fillna("").str.split(", ")
    owners = as_listed(keys.explode().astype("str"), listed).isin(gone)
    theirs = owners.groupby(level=0).any().reindex(moved.index, fill_value=False)
    theirs |= as_listed(moved["participant"], listed).isin(gone)
    return set(_rows(moved[theirs.astype(bool)]))
