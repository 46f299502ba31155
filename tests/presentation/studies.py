"""Hand-made studies: what the corridor would hand on, without walking it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

from pilot.design import Outcome, Trajectory, load_trajectory
from pilot.estimation import beside, contrasts_of
from pilot.findings import finding, findings_table, quarantine_table
from pilot.frames import COUNTS, EVENTS, FILES, RELIABILITY, STARTED, empty
from pilot.results import Estimate, IndividualChange, Standardised, Study

SITES = ("noord", "oost", "zuid", "west")
WAVES = ("t0", "t1", "t2")
SITES_LEFT_OUT = ["outcome", "role", "contrast", "site_left_out", "estimate", "n"]
MOVES = {
    "gse_10_total": (27.0, 3.0, 2.0, 3.5),
    "lsns_6_total": (13.0, 4.0, 0.8, 3.0),
    "djg_6_total": (3.0, 1.5, -0.6, 1.4),
    "self_rated_health_total": (3.0, 0.8, 0.2, 0.9),
    "who_5_total": (48.0, 14.0, 6.0, 12.0),
    "life_satisfaction_total": (7.0, 1.0, 0.3, 1.0),
}


@dataclass(frozen=True)
class Made:
    """How a study is made: how many families, how many stay, and whose dice."""

    families: int = 14
    stay: tuple[int, ...] = (14, 12, 9)
    held: int = 3
    seed: int = 7
    children: bool = True
    reasons: tuple[str, ...] = ("moved", "withdrew", "withdrew", "school stopped")
    whole: bool = True


@lru_cache(maxsize=1)
def trajectory() -> Trajectory:
    """Return the made-up trajectory."""
    return load_trajectory(Path(__file__).with_name("family-tables.toml"))


def make_study(made: Made = Made()) -> Study:
    """Return a study of so many families, as `open_study` would."""
    dice = np.random.default_rng(made.seed)
    started = _started(made)
    scores = _scores(made, started, dice)
    waves = _waves(made)
    held = list(waves.loc[waves["state"] == "held", "wave"])
    planned = [_planned(scores, outcome, held) for outcome in trajectory().outcomes()]
    alternatives = [
        _alternative(scores, outcome, held)
        for outcome in trajectory().outcomes()
        if outcome.primary
    ]
    return Study(
        trajectory=trajectory(),
        simulated=True,
        responses=empty(("file", "row")),
        events=_events(started, dice),
        register=empty(("participant",)),
        files=_files(),
        findings=_findings(started),
        quarantine=quarantine_table([]),
        counts=_counts(len(scores)),
        panel=scores.drop(columns=list(MOVES)),
        waves=waves,
        flow=_flow(made, started, scores),
        started=started,
        feasibility=_feasibility(made, started, scores),
        scores=scores,
        reliability=_reliability(),
        estimates=tuple(each for each in (*planned, *alternatives) if each is not None),
        individual=tuple(
            _individual(scores, outcome, held) for outcome in trajectory().outcomes()
        ),
        sites_left_out=_sites_left_out(scores, held) if made.whole else empty(SITES_LEFT_OUT),
        lock=pd.Timestamp("2025-10-20"),
        beside=tuple(beside(contrasts_of(scores, trajectory().outcomes(), held, started))),
    )


def _started(made: Made) -> pd.DataFrame:
    people = []
    for family in range(made.families):
        place = SITES[family % len(SITES)]
        name = f"G{family:02d}"
        parents = 2 if family % 2 else 1
        people += [(f"{name}-o{each}", name, place, "parent") for each in range(parents)]
        if made.children:
            people += [
                (f"{name}-k{each}", name, place, "child") for each in range(1 + family % 3)
            ]
    return pd.DataFrame(people, columns=list(STARTED))


def _scores(made: Made, started: pd.DataFrame, dice: np.random.Generator) -> pd.DataFrame:
    rows = []
    leaving = list(dice.permutation(made.families))
    for place, wave in enumerate(WAVES[: made.held]):
        gone = {f"G{family:02d}" for family in leaving[: made.families - made.stay[place]]}
        here = started[~started["family"].isin(gone)]
        rows.append(here.assign(wave=wave, months=12.0 * place))
    keyed = pd.concat(rows, ignore_index=True)
    for key, (mean, sd, shift, noise) in MOVES.items():
        own = dict(
            zip(started["participant"], dice.normal(mean, sd, len(started)), strict=True)
        )
        values = keyed["participant"].map(own) + dice.normal(
            shift * keyed["months"] / 24, noise * (keyed["months"] > 0)
        )
        role = "child" if key == "life_satisfaction_total" else "parent"
        keyed[key] = values.clip(0, 100).round().where(keyed["role"] == role)
    return keyed


def _waves(made: Made) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "wave": wave.key,
            "label_nl": wave.label.nl,
            "label_en": wave.label.en,
            "state": "held" if place < made.held else "to come",
            "opens": pd.Timestamp(wave.opens),
            "closes": pd.Timestamp(wave.closes),
            "answered": 0,
        }
        for place, wave in enumerate(trajectory().waves)
    )


def _changes(scores: pd.DataFrame, outcome: Outcome, held: list[str]) -> pd.DataFrame:
    if len(held) < 2:
        return pd.DataFrame({"change": []})
    own = scores[(scores["role"] == outcome.role).to_numpy()].set_index(
        ["family", "participant"]
    )
    first, last = (own.loc[own["wave"] == wave, outcome.key] for wave in (held[0], held[-1]))
    return (last - first).dropna().rename("change").to_frame()


def _planned(scores: pd.DataFrame, outcome: Outcome, held: list[str]) -> Estimate:
    people = _changes(scores, outcome, held)
    contrast = f"{held[-1]} - {held[0]}" if len(held) > 1 else f"{WAVES[-1]} - {WAVES[0]}"
    change = people["change"].groupby("family").mean() if len(people) else people["change"]
    base = Estimate(
        outcome=outcome,
        contrast=contrast,
        estimand="the mean change of the families that took part",
        method="net_better" if outcome.level == "ordinal" else "paired_t",
        rung="5 to 9 families",
        n_participants=len(people),
        n_families=len(change),
        n_sites=4,
    )
    if len(change) < 5:
        reason = f"{len(change)} families with both waves"
        return replace(base, refused=True, reason=reason)
    if outcome.level == "ordinal":
        return _net(base, np.sign(change.to_numpy()) * outcome.better_sign)
    return _mean(base, change.to_numpy())


def _mean(base: Estimate, change: np.ndarray) -> Estimate:
    n, mean, error = len(change), change.mean(), stats.sem(change)
    if not error:
        return replace(base, refused=True, reason="no spread")
    half, half_75 = (stats.t.isf((1 - level) / 2, n - 1) * error for level in (0.95, 0.75))
    return replace(
        base,
        estimate=float(mean),
        std_error=float(error),
        statistic=float(mean / error),
        df=float(n - 1),
        p_value=float(2 * stats.t.sf(abs(mean / error), n - 1)),
        smallest_p=2.0 ** (1 - n),
        conf_low=float(mean - half),
        conf_high=float(mean + half),
        conf_low_75=float(mean - half_75),
        conf_high_75=float(mean + half_75),
        standardised=(Standardised("d_z", 0.5, 0.1, 0.9), Standardised("d_av", 0.3, 0.1, 0.5)),
    )


def _net(base: Estimate, ways: np.ndarray) -> Estimate:
    n, net = len(ways), float(ways.mean())
    error = float(np.sqrt(max((ways**2).mean() - net**2, 0.01) / n))
    return replace(
        base,
        estimate=net,
        conf_low=max(net - 1.96 * error, -1.0),
        conf_high=min(net + 1.96 * error, 1.0),
        conf_low_75=max(net - 1.15 * error, -1.0),
        conf_high_75=min(net + 1.15 * error, 1.0),
    )


def _alternative(scores: pd.DataFrame, outcome: Outcome, held: list[str]) -> Estimate:
    planned = _planned(scores, outcome, held)
    return replace(planned, method="sign_flip", standing="alternative")


def _individual(scores: pd.DataFrame, outcome: Outcome, held: list[str]) -> IndividualChange:
    change = _changes(scores, outcome, held)["change"] * outcome.better_sign
    threshold = 5.5 if outcome.key == "gse_10_total" else 4.0
    improved, worse = int((change >= threshold).sum()), int((change <= -threshold).sum())
    return IndividualChange(
        outcome=outcome,
        contrast=f"{held[-1]} - {held[0]}",
        improved=improved,
        cannot_tell=len(change) - improved - worse,
        worse=worse,
        expected_false=0.05 * len(change),
        threshold=threshold,
        reliability=0.86,
        source="doi 10.0000/example",
        refused=outcome.level == "ordinal" or len(held) < 2,
        reason="its steps are an order" if outcome.level == "ordinal" else None,
    )


def _flow(made: Made, started: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    rows: list[tuple[object, ...]] = []
    for role in ("parent", "child"):
        own = started[started["role"] == role]
        for wave in WAVES[: made.held]:
            here = scores[(scores["wave"] == wave) & (scores["role"] == role)]
            rows.append((role, wave, "expected", None, len(own), own["family"].nunique()))
            rows.append((role, wave, "answered", None, len(here), here["family"].nunique()))
            gone = own["family"].nunique() - here["family"].nunique()
            reasons = made.reasons[:gone]
            rows += [
                (role, wave, "left", reason, reasons.count(reason), reasons.count(reason))
                for reason in sorted(set(reasons))
            ]
            missed = gone - len(reasons)
            rows.append((role, wave, "missed", None, missed, missed))
    columns = ["role", "wave", "stage", "reason", "n_participants", "n_families"]
    return pd.DataFrame(rows, columns=columns)


def _feasibility(made: Made, started: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    base = int((started["role"] == "parent").sum())
    last = scores[(scores["wave"] == WAVES[made.held - 1]) & (scores["role"] == "parent")]
    reach = trajectory().reach
    rows: Iterable[tuple[object, ...]] = [
        ("reached", None, None, reach.reached, None, None, None),
        ("eligible", None, None, reach.eligible, reach.reached, 40 / 60, None),
        ("consented", None, None, reach.consented, reach.eligible, 21 / 40, None),
        (
            "post_valid",
            "parent",
            WAVES[made.held - 1],
            len(last),
            base,
            len(last) / base,
            "adapt",
        ),
        ("items_answered", "parent", None, 1843, 1900, 1843 / 1900, "go"),
    ]
    columns = ["measure", "role", "wave", "count", "base", "share", "line"]
    return pd.DataFrame(rows, columns=columns)


def _events(started: pd.DataFrame, dice: np.random.Generator) -> pd.DataFrame:
    people = started[started["role"] == "parent"]
    picked = people.iloc[dice.integers(0, len(people), 120)]
    table = pd.DataFrame(index=range(120), columns=list(EVENTS))
    return table.assign(
        event="attendance",
        participant=picked["participant"].to_numpy(),
        family=picked["family"].to_numpy(),
        kind=["course" if each % 10 == 0 else "table" for each in range(120)],
        date=pd.Timestamp("2024-03-01"),
    )


def _findings(started: pd.DataFrame) -> pd.DataFrame:
    people = started["participant"]
    return findings_table(
        [
            finding("out-of-range", file="t1.xlsx[Ouders]", row=4, column="GSE_3", found="7"),
            finding("out-of-range", file="t1.xlsx[Ouders]", row=9, column="GSE_1", found="<b>"),
            finding(
                "spaces", file="t0.xlsx", row=2, participant=people.iloc[0], column="LSNS_1"
            ),
        ]
    )


def _files() -> pd.DataFrame:
    rows = [
        ("t0.xlsx", "Ouders", "responses", "t0", "{noord}", "parent", 20, 30, "ab" * 32),
        ("lijst.xlsx", "Blad1", "unclaimed", None, None, None, 4, 3, "cd" * 32),
    ]
    return pd.DataFrame(rows, columns=list(FILES))


def _counts(forms: int) -> pd.DataFrame:
    rows = [
        ("intake", forms, forms, 0, forms * 30, forms * 30 - 12, 12),
        ("cleaning", forms, forms, 0, forms * 30 - 12, forms * 30 - 40, 28),
    ]
    return pd.DataFrame(rows, columns=list(COUNTS))


def _reliability() -> pd.DataFrame:
    rows = [
        ("gse_10_total", "parent", "t0", 10, 20, 0.81, 0.66, 0.91, "gse_10_03", 0.21, None),
        ("lsns_6_total", "parent", "t0", 6, 2, None, None, None, None, None, "2 complete rows"),
    ]
    return pd.DataFrame(rows, columns=list(RELIABILITY))


def _sites_left_out(scores: pd.DataFrame, held: list[str]) -> pd.DataFrame:
    rows = []
    for outcome in trajectory().outcomes():
        if not outcome.primary:
            continue
        for site in SITES:
            estimate = _planned(scores[scores["site"] != site], outcome, held)
            rows.append(
                (
                    outcome.key,
                    outcome.role,
                    "t2 - t0",
                    site,
                    estimate.estimate,
                    estimate.n_families,
                )
            )
    return pd.DataFrame(rows, columns=SITES_LEFT_OUT)
