"""Quotes: what people said, coded by domain and direction; each kept or set aside."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from pilot.design import Trajectory, find
from pilot.frames import QUOTES
from pilot.intake.claims import Claim
from pilot.intake.consent_words import NO, YES
from pilot.intake.plan import Finding
from pilot.intake.records import Records, placed
from pilot.intake.register import Read
from pilot.intake.table import Table, plain

# What a file of quotes calls its columns when the design does not say.
HEADERS = {
    "participant": ["nummer", "number", "deelnemer", "participant"],
    "domain": ["domein", "domain", "onderwerp", "thema", "theme"],
    "role": ["rol", "role"],
    "text": ["tekst", "text", "citaat", "quote"],
    "direction": ["richting", "direction"],
    "coder": ["codeur", "coder"],
    "second_direction": ["richting tweede codeur", "tweede richting", "second direction"],
    "consent": ["toestemming", "consent"],
    "approved": ["goedgekeurd", "approved"],
}
NOT_KEPT = "(not kept: no number)"
NO_KEY = "(not kept)"
OF_KEYS = ("unknown-domain", "unknown-role", "unknown-direction")
# One word or two: what may stand for a key. Anything else may be what somebody said.
KEY_LIKE = re.compile(r"(?=.{1,30}$)[^\W\d_]+(?:[ _-][^\W\d_]+)?")
NEEDED = ("participant", "domain", "role", "text", "direction", "consent", "approved")
# What pages and people call a domain, beside its key and the labels of its outcomes.
DOMAINS = {
    "self_efficacy": ("zelfvertrouwen", "vertrouwen in eigen kunnen", "self-confidence"),
    "network_strength": (
        "netwerk",
        "sociaal netwerk",
        "familie en vrienden",
        "network",
        "family and friends",
    ),
    "loneliness": ("eenzaamheid",),
    "wellbeing": ("welzijn", "welbevinden", "well-being"),
    "identity": ("identiteit", "zelfbeeld"),
    "coping": ("veerkracht", "omgaan met stress"),
    "togetherness": ("samenhang",),
    "parenting": ("opvoeden", "opvoeding"),
    "participation": ("meedoen", "participatie"),
    "talents": ("talenten",),
    "health": ("gezondheid",),
    "goals": ("doelen", "eigen doelen"),
    "money": ("geld",),
    "support": ("steun",),
}
DIRECTIONS = {
    "better": ("beter", "better"),
    "same": ("gelijk", "hetzelfde", "same"),
    "worse": ("slechter", "worse"),
    "mixed": ("wisselend", "gemengd", "mixed"),
}


def quotes_of(table: Table, claim: Claim, trajectory: Trajectory) -> Read:
    """Read one table of quotes.

    Headers may be Dutch or English; `columns` of the source says otherwise.

    Returns
    -------
    Read
        The frame has the columns `QUOTES`: domain and role as keys of the design,
        directions ``better``, ``same``, ``worse`` or ``mixed``, consent and approval
        ``yes`` or ``no``. A word that is none of these is set aside, and its quote kept;
        of more than two words only the place is kept.
    """
    given = {name: [column] for name, column in claim.source.columns.items()}
    code = claim.source.code or trajectory.participant.code
    names = HEADERS | {"participant": [code, *HEADERS["participant"]]} | given
    places, findings = placed(table, names, {*NEEDED, *claim.source.columns})
    every = np.ones(len(table.rows), dtype=bool)
    records = Records(table, places, every, ("participant",))
    records.findings += findings
    nobody = records.text("participant").isna()
    records.refuse_rows("participant", records.frame.index[nobody], "no-code")
    _hide_words(records)
    domains = _domains(trajectory)
    frame = pd.DataFrame(
        {
            "file": table.file,
            "row": table.rows[records.frame.index],
            "participant": records.text("participant"),
            "domain": records.keys(
                "domain", lambda word: domains.get(plain(word)), "unknown-domain", keep=False
            ),
            "role": records.keys(
                "role", lambda word: find(trajectory.roles, word), "unknown-role", keep=False
            ),
            "text": records.text("text"),
            "direction": _directions(records, "direction"),
            "coder": records.text("coder"),
            "second_direction": _directions(records, "second_direction"),
            "consent": records.text("consent").map(_yes_or_no).astype("str"),
            "approved": records.text("approved").map(_yes_or_no).astype("str"),
        },
        columns=list(QUOTES),
    ).reset_index(drop=True)
    _hide_sentences(records)
    return Read(
        frame,
        _with_what_is_meant(records.findings, trajectory) + records.aside.findings,
        records.aside,
        records.counts("quotes"),
        {name: str(table.header[place]) for name, place in places.items()},
    )


def _with_what_is_meant(findings: list[Finding], trajectory: Trajectory) -> list[Finding]:
    """Tell beside an unknown word which words are known."""
    labels = {each.domain: each.label.nl for each in reversed(trajectory.outcomes())}
    meant = {
        "unknown-domain": [f"{domain} ({label})" for domain, label in sorted(labels.items())],
        "unknown-role": [role.label.nl for role in trajectory.roles],
        "unknown-direction": [words[0] for words in DIRECTIONS.values()],
    }
    return [
        told | {"expected": f"one of {', '.join(meant[told['rule']])}"}
        if told["rule"] in meant
        else told
        for told in findings
    ]


def _hide_words(records: Records) -> None:
    """Keep the words of nobody out of the quarantine: nobody can have consented to them."""
    place = records.places.get("text")
    if place is None:
        return
    column = records.table.header[place]
    records.aside.pieces[:] = [
        piece.assign(value=piece["value"].mask(piece["column"] == column, NOT_KEPT))
        for piece in records.aside.pieces
    ]


def _hide_sentences(records: Records) -> None:
    """Keep out of sight what is no key where one was asked: it may be what somebody said.

    In a row with too many cells any cell may be a piece of it.
    """
    records.findings[:] = [
        told | {"found": _key_or_not(told["found"])} if told["rule"] in OF_KEYS else told
        for told in records.findings
    ]
    for at, piece in enumerate(records.aside.pieces):
        value = piece["value"].map(_key_or_not).astype("str")
        anything = (piece["rule"] == "long-row") & value.notna()
        records.aside.pieces[at] = piece.assign(value=value.mask(anything, NO_KEY))


def _key_or_not(said: object) -> str | None:
    if not isinstance(said, str):
        return None
    known = said.startswith(NO_KEY[:-1]) or KEY_LIKE.fullmatch(said.strip())
    return said if known else NO_KEY


def _domains(trajectory: Trajectory) -> dict[str, str]:
    """Return what may be written for a domain: its key, its names, the label of an outcome."""
    known: dict[str, str] = {}
    for outcome in trajectory.outcomes():
        for word in DOMAINS.get(outcome.domain, ()):
            known.setdefault(plain(word), outcome.domain)
    for outcome in trajectory.outcomes():
        for word in (outcome.domain, outcome.domain.replace("_", " "), outcome.label.nl):
            known[plain(word)] = outcome.domain
        known[plain(outcome.label.en)] = outcome.domain
    return known


def _directions(records: Records, name: str) -> pd.Series:
    known = {word: key for key, words in DIRECTIONS.items() for word in words}
    return records.keys(
        name, lambda word: known.get(plain(word)), "unknown-direction", keep=False
    )


def _yes_or_no(word: object) -> str | None:
    """Return yes, no, or None: what is neither is no permission."""
    said = plain(str(word)) if isinstance(word, str) else ""
    return "yes" if said in YES else "no" if said in NO else None
