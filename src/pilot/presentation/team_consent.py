"""For the team: how many people allow what, in counts and without anybody's number."""

from __future__ import annotations

import pandas as pd

from pilot.frames import CONSENT_USES
from pilot.presentation.markup import Column, Table, bullets, heading, paragraph
from pilot.presentation.words import Words
from pilot.results import Study

ANSWERS = {
    "yes": (None,),
    "no": ("refused",),
    "unknown": ("not asked", "no guardian"),
    "withdrawn": ("withdrawn",),
}
"""What a person's row says, by why it was not given."""
OF_GUARDIANS = ("guardian_1", "guardian_2")


def consent_counts(study: Study) -> pd.DataFrame:
    """Return how many people of the register said what about each use of their answers.

    Returns
    -------
    DataFrame
        ``use, yes, no, unknown, withdrawn``, in people: each row adds up to all of them.
        Unknown is who was not asked, and who is under 16 without a guardian's yes.
    """
    consent = study.consent
    if consent.empty:
        return pd.DataFrame(columns=["use", *ANSWERS])
    why = consent["why"].astype(object).where(consent["why"].notna(), None)
    kind = {each: name for name, reasons in ANSWERS.items() for each in reasons}
    said = why.map(kind)
    counts = pd.crosstab(consent["use"], said).reindex(
        index=list(CONSENT_USES), columns=list(ANSWERS), fill_value=0
    )
    return counts.rename_axis(index="use", columns=None).reset_index()


def consent_part(words: Words, study: Study) -> str:
    """Return the table of consent, and how many withdrew or were refused by a guardian."""
    title = heading(words("consent.title"), 3)
    counts = consent_counts(study)
    if counts.empty:
        return f"{title}\n{paragraph(words('consent.none'))}"
    rows = tuple(
        (words(f"consent.{use}"), *(words.whole(count) for count in said))
        for use, *said in counts.itertuples(index=False)
    )
    columns = (
        Column(words("consent.use")),
        *(Column(words(f"consent.{name}"), numbers=True) for name in ANSWERS),
    )
    table = Table(words("consent.caption"), columns, rows, kind="wide")
    told = [
        words(f"consent.line_{name}", n=words.whole(count))
        for name, count in _lines(study).items()
        if count
    ]
    return "\n".join([title, table.html(), bullets(told)])


def _lines(study: Study) -> dict[str, int]:
    answers = study.consent[study.consent["use"] == "answers"]
    return {
        "stop": int((answers["withdrawal"] == "stop").sum()),
        "remove": int((answers["withdrawal"] == "stop and remove").sum()),
        "guardians": _refused_by_guardians(study.register),
        "no_guardian": int((answers["why"] == "no guardian").sum()),
        "turned_16": int((study.findings["rule"] == "turned-16").sum()),
    }


def _refused_by_guardians(register: pd.DataFrame) -> int:
    """Return of how many people a guardian said no, in a column or a row of their own."""
    own = register["consent_giver"].isna() | (register["consent_giver"] == "self")
    refused = (register["consent_answers"] == "no") & ~own
    for name in OF_GUARDIANS:
        refused |= register[name] == "no"
    return int(register.loc[refused.fillna(False).astype(bool), "participant"].nunique())
