"""From what a notebook showed to the pages, the numbers and what they were made from."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pilot.errors import RunError
from pilot.presentation import (
    PIECE_MIME,
    Piece,
    Provenance,
    index_page,
    page,
    team_page,
)
from pilot.workbench.execute import Executed
from pilot.workbench.made import MADE_MIME, plan_hash, sha256
from pilot.workbench.order import PUBLISHED, Order
from pilot.workbench.published import PUBLISHED_MIME
from pilot.workbench.record import RESULTS_MIME, as_json

MAY_LEAVE = ("index", "nl", "en")


@dataclass(frozen=True, slots=True)
class Raw:
    """A finished notebook run, and the checksums of the exports it read."""

    order: Order
    executed: Executed
    inputs: dict[str, str]
    seconds: float


def assemble(raw: Raw, staging: Path) -> dict[str, Any]:
    """Write every file of a report into a folder, and return what ``results.json`` holds.

    Raises
    ------
    RunError
        When the notebook did not show what a report is made of.
    DisclosureError
        When something for the team was about to stand on a public page.
    """
    shown = [bundle for bundle in raw.executed.outputs if PIECE_MIME in bundle]
    pieces = [Piece.from_bundle(bundle) for bundle in shown]
    team = [piece for piece in pieces if piece.audience == "team"]
    public = [piece for piece in pieces if piece.audience == "public"]
    if not public:
        raise RunError(
            raw.order.notebook.name,
            "showed nothing that may stand on a public page",
            "let a cell show each section, as the notebook in the package does",
        )
    results = _only(raw, RESULTS_MIME)
    made = _only(raw, MADE_MIME)
    provenance = _provenance(raw, made)
    title, simulated = raw.order.trajectory.title, raw.order.simulated
    files = {
        f"{language}.html": page(
            public,
            language,
            title=title,
            simulated=simulated,
            provenance=provenance,
            languages=raw.order.languages,
        )
        for language in raw.order.languages
    }
    files["index.html"] = index_page(
        title=title, simulated=simulated, languages=raw.order.languages
    )
    files["team.html"] = team_page(
        team,
        title=title,
        simulated=simulated,
        provenance=provenance,
    )
    files["results.json"] = as_json(results)
    files["run.json"] = as_json(_run(raw, made))
    files[PUBLISHED] = as_json(_only(raw, PUBLISHED_MIME))
    for name, text in files.items():
        (staging / name).write_text(text, encoding="utf-8", newline="\n")
    _share(staging)
    return dict(results)


def _only(raw: Raw, mime: str) -> Any:
    found = raw.executed.of_kind(mime)
    if len(found) != 1:
        raise RunError(
            raw.order.notebook.name,
            f"showed {len(found)} outputs of kind {mime}, where a report has one",
            "show results(study) and public_so_far(study, public, before) in one cell, "
            "and provenance() in one other",
        )
    return found[0]


def _provenance(raw: Raw, made: dict[str, Any]) -> Provenance:
    return Provenance(
        inputs=tuple(raw.inputs.items()),
        versions=tuple(made["versions"].items()),
        parameters=(("seed", str(made["seed"])), ("commit", str(made["commit"] or "-"))),
        plan=plan_hash(raw.order.trajectory),
    )


def _run(raw: Raw, made: dict[str, Any]) -> dict[str, Any]:
    return {
        "trajectory": raw.order.trajectory.key,
        "simulated": raw.order.simulated,
        "inputs": raw.inputs,
        "plan": plan_hash(raw.order.trajectory),
        "notebook": sha256(raw.order.notebook),
        "commit": made["commit"],
        "versions": made["versions"],
        "seed": made["seed"],
        "parameters": raw.order.parameters,
        "languages": list(raw.order.languages),
        "durations": {"all": raw.seconds, "cells": raw.executed.durations},
    }


def _share(staging: Path) -> None:
    """Copy what may leave the team, and nothing else, by name."""
    share = staging / "share"
    share.mkdir()
    for name in MAY_LEAVE:
        source = staging / f"{name}.html"
        if source.is_file():
            shutil.copyfile(source, share / source.name)
