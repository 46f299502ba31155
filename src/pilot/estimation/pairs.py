"""Who has a score at both waves of a contrast, and the change of each family."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pilot.design.outcome import Outcome
from pilot.design.text import Text
from pilot.errors import EstimationError
from pilot.estimation.panel import rows_of
from pilot.estimation.reasons import FAMILIES, PEOPLE

PERSON = ["participant", "family", "site"]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """The people of one role with both scores of a contrast, and their families.

    Parameters
    ----------
    outcome : Outcome
    earlier, later : str
        Keys of the two waves.
    table : DataFrame
        One row a participant: ``participant, family, site, before, after``. Whoever has
        no family is a family of one.
    lost : DataFrame
        Same columns: those who started and lack one of the two scores, which is NaN.
    everyone : DataFrame
        Every score of the role at every wave: ``participant, family, site, wave, months,
        score``; what a model that keeps people with one wave works on.

    Attributes
    ----------
    families : DataFrame
        One row a family: ``change`` (the mean over its members), ``members``, ``site``
        (where most of its members are).
    """

    outcome: Outcome
    earlier: str
    later: str
    table: pd.DataFrame
    lost: pd.DataFrame = field(default_factory=lambda: empty_people())
    everyone: pd.DataFrame = field(default_factory=pd.DataFrame)
    families: pd.DataFrame = field(init=False)

    def __post_init__(self) -> None:
        _refuse_what_is_no_pair(self)
        object.__setattr__(self, "families", _families(self.table))

    @property
    def contrast(self) -> str:
        """``"<later wave> - <earlier wave>"``."""
        return f"{self.later} - {self.earlier}"

    @property
    def where(self) -> str:
        """The place an error names."""
        return f"outcome {self.outcome.key!r}, {self.contrast}"

    @property
    def before(self) -> NDArray[np.float64]:
        """Each person's earlier score."""
        return self.table["before"].to_numpy(dtype=float)

    @property
    def after(self) -> NDArray[np.float64]:
        """Each person's later score."""
        return self.table["after"].to_numpy(dtype=float)

    @property
    def changes(self) -> NDArray[np.float64]:
        """Each family's change, its members averaged."""
        return self.families["change"].to_numpy(dtype=float)

    @property
    def units(self) -> Text:
        """What n counts, in words: families, or participants where no family is known."""
        alone = self.table["family"].eq(self.table["participant"]).all()
        return PEOPLE if alone else FAMILIES

    @property
    def n_sites(self) -> int:
        """How many known sites the families come from."""
        return int(self.families["site"].nunique())


def complete_pairs(
    scores: pd.DataFrame,
    outcome: Outcome,
    earlier: str,
    later: str,
    *,
    started: pd.DataFrame | None = None,
) -> Pairs:
    """Pair the scores of one outcome at two waves, person by person, never by position.

    Parameters
    ----------
    scores : DataFrame
        One row a participant and wave: ``participant, family, site, role, wave, months``
        and one column an outcome, NaN where missing. Only rows of the outcome's role
        count; where no row has a role, all do.
    outcome : Outcome
    earlier, later : str
        Keys of the two waves.
    started : DataFrame, optional
        Everyone whose later score is due: ``participant`` and, if known, ``family, site,
        role``; with a column ``wave`` its rows of the later wave count. Without it, those
        with an earlier score.

    Returns
    -------
    Pairs
        Possibly of nobody: refusing that is the estimator's job.

    Examples
    --------
    >>> from pilot.design.text import Text
    >>> scores = pd.DataFrame(
    ...     {
    ...         "participant": ["a", "b", "c", "c", "b", "a"],
    ...         "family": ["f", "f", "g", "g", "f", "f"],
    ...         "wave": ["pre", "pre", "pre", "post", "post", "post"],
    ...         "sleep": [1.0, 2.0, 6.0, 5.0, 4.0, 2.0],
    ...     }
    ... )
    >>> sleep = Outcome("sleep", Text(nl="Slaap", en="Sleep"), "better", 0, 10)
    >>> complete_pairs(scores, sleep, "pre", "post").families["change"].to_dict()
    {'f': 1.5, 'g': -1.0}
    """
    seen = list(scores["wave"].unique()) if "wave" in scores else []
    others = [wave for wave in seen if wave not in (earlier, later)]
    return pairs_of(
        rows_of(scores, outcome, (earlier, later, *others)), outcome, (earlier, later), started
    )


def pairs_of(
    rows: pd.DataFrame,
    outcome: Outcome,
    waves: tuple[str, str],
    started: pd.DataFrame | None = None,
) -> Pairs:
    """Pair what `rows_of` returned; `complete_pairs` in two steps for who has the rows."""
    earlier, later = waves
    people = _both_waves(rows, earlier, later)
    paired = people["before"].notna() & people["after"].notna()
    return Pairs(
        outcome,
        earlier,
        later,
        table=people[paired].reset_index(drop=True),
        lost=_lost(people, outcome, later, started),
        everyone=rows,
    )


def empty_people() -> pd.DataFrame:
    """Return the people's table with nobody in it."""
    return pd.DataFrame(
        {name: pd.Series(dtype=str) for name in PERSON}
        | {name: pd.Series(dtype=float) for name in ("before", "after")}
    )


def _both_waves(rows: pd.DataFrame, earlier: str, later: str) -> pd.DataFrame:
    """Return one row a person; family and site are those at the earlier wave, if known."""
    sides = {
        name: rows.loc[rows["wave"] == wave].set_index("participant")
        for name, wave in (("before", earlier), ("after", later))
    }
    index = sides["before"].index.union(sides["after"].index, sort=False)
    first, second = (side.reindex(index) for side in sides.values())
    people = pd.DataFrame(
        {
            "participant": index.to_numpy(),
            "family": first["family"].fillna(second["family"]).to_numpy(),
            "site": first["site"].fillna(second["site"]).to_numpy(),
            "before": first["score"].to_numpy(dtype=float),
            "after": second["score"].to_numpy(dtype=float),
        }
    )
    people["family"] = _or_alone(people["family"], people["participant"])
    return people


def _or_alone(family: pd.Series, participant: pd.Series) -> pd.Series:
    """Make whoever has no family a family of one, apart from every family's key."""
    if family.isna().all():
        return participant
    return family.fillna("alone: " + participant.astype(str))


def _lost(
    people: pd.DataFrame, outcome: Outcome, later: str, started: pd.DataFrame | None
) -> pd.DataFrame:
    unpaired = people[people["before"].isna() | people["after"].isna()]
    if started is None:
        return unpaired[unpaired["before"].notna()].reset_index(drop=True)
    due = started
    for column, kept in (("wave", later), ("role", outcome.role)):
        if column in due and due[column].notna().any():
            due = due[due[column] == kept]
    due = due.drop_duplicates("participant")
    never = due[~due["participant"].isin(people["participant"])]
    known = unpaired[unpaired["participant"].isin(due["participant"])]
    return pd.concat([known, _never_answered(never)], ignore_index=True)


def _never_answered(people: pd.DataFrame) -> pd.DataFrame:
    whole = people.reindex(columns=[*PERSON, "before", "after"])
    whole["family"] = _or_alone(whole["family"], whole["participant"])
    return whole.astype({"before": float, "after": float})


def _families(table: pd.DataFrame) -> pd.DataFrame:
    change = (table["after"] - table["before"]).groupby(table["family"], sort=False)
    families = pd.DataFrame({"change": change.mean(), "members": change.size()})
    families["site"] = _main_site(table).reindex(families.index)
    return families


def _main_site(table: pd.DataFrame) -> pd.Series:
    """Return where most members of each family are; at a tie the first site by name."""
    homes = table[["family", "site"]].dropna().drop_duplicates()
    if homes["family"].is_unique:
        return homes.set_index("family")["site"]
    members = table.groupby(["family", "site"]).size().rename("members").reset_index()
    most = members.sort_values(["members", "site"], ascending=[False, True], kind="stable")
    return most.drop_duplicates("family").set_index("family")["site"]


def _refuse_what_is_no_pair(pairs: Pairs) -> None:
    scores = pairs.table[["before", "after"]].to_numpy(dtype=float)
    wrong = ~np.isfinite(scores).all(axis=1)
    if wrong.any():
        person = pairs.table["participant"].to_numpy()[wrong][0]
        raise EstimationError(
            where=pairs.where,
            cause=f"{int(wrong.sum())} of {len(wrong)} participants lack a finite score, "
            f"first {person!s}",
            mend="use complete_pairs(...), which keeps them apart",
        )
    twice = pairs.table.loc[pairs.table["participant"].duplicated(), "participant"]
    if len(twice):
        raise EstimationError(
            where=pairs.where,
            cause=f"participant {twice.iloc[0]!s} stands there twice",
            mend="keep one row a participant",
        )
