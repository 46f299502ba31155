"""What `pilot check` says: findings, files and the next step, in plain Dutch or English."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

import pandas as pd

from pilot.design import Language, Role, Site, Trajectory, Wave
from pilot.dutch import in_dutch
from pilot.errors import IntakeError
from pilot.findings import rules
from pilot.intake import Description
from pilot.workbench.check import Checked
from pilot.workbench.phrases import KINDS, NEXT, WORDS, Phrases

SHOWN = 10
COLUMNS = 60
ORDER = ("error", "warning", "note")


def say(key: str, language: Language, **parts: object) -> str:
    """Return one of the phrases, its gaps filled in.

    Examples
    --------
    >>> say("row", "nl", n=4)
    'rij 4'
    """
    return Phrases().format(WORDS[key].in_(language), **parts)


def lines(checked: Checked, language: Language, *, everything: bool = False) -> Iterable[str]:
    """Yield what a person reads of exports that were checked, line by line.

    Parameters
    ----------
    checked : Checked
    language : {"nl", "en"}
    everything : bool
        Every finding, not the first ten of each rule.
    """
    title = checked.design.title.in_(language)
    mark = f" ({say('simulated', language)})" if checked.simulated else ""
    yield f"{title}{mark}"
    yield say("read", language, place=checked.place)
    yield from _headed("files", language, _files(checked, language))
    yield from _headed("counts", language, [_counts(checked.counts, language)])
    told = _findings(checked.findings, language, everything=everything)
    yield from _headed("found", language, told)
    yield from _headed("next", language, _next(checked, language))


def lines_of_findings(findings: pd.DataFrame, language: Language) -> Iterable[str]:
    """Yield what a person reads of findings alone, such as those of a register."""
    yield from _headed("found", language, _findings(findings, language, everything=False))


def lines_of_description(seen: Description, target: str, language: Language) -> Iterable[str]:
    """Yield what a person reads of one export of which nobody said whose it is."""
    how = ", ".join(
        part for part in (seen.kind, seen.encoding, repr(seen.delimiter)) if part.strip("'")
    )
    yield f"{seen.file}: {how}"
    for sheet in seen.sheets:
        yield ""
        key = "table" if sheet.name is None else "sheet"
        yield say(key, language, name=sheet.name, rows=sheet.rows, n=len(sheet.columns))
        shown = sheet.columns[:COLUMNS]
        width = max((len(column.name) for column in shown), default=0)
        for column in shown:
            values = say("values", language, values=", ".join(column.examples))
            parts = [KINDS[column.kind].in_(language)]
            if column.empty and column.filled:
                parts.append(say("empty", language, n=column.empty))
            parts += [values] if column.examples else []
            yield f"  {column.name:<{width}}  {', '.join(parts)}"
        if len(sheet.columns) > len(shown):
            yield f"  {say('columns', language, n=len(sheet.columns) - len(shown))}"
    yield from _headed("next", language, _whose(seen, target, language))


def _whose(seen: Description, target: str, language: Language) -> Iterable[str]:
    if not seen.guesses:
        yield say("stranger", language)
        steps = [NEXT["another"].in_(language), NEXT["design"].in_(language)]
    else:
        best = seen.guesses[0]
        files = best.files if best.sheet is None else f"{best.files}[{best.sheet}]"
        yield say("looks", language, files=files, trajectory=best.trajectory, share=best.share)
        command = f'pilot check "{target}" --as {best.trajectory}'
        steps = [
            NEXT["as"].in_(language).format(command=command),
            NEXT["another"].in_(language),
        ]
    yield from numbered(steps)


def numbered(steps: Iterable[str]) -> Iterable[str]:
    """Yield steps, each with its number."""
    return (f"{number}. {step}" for number, step in enumerate(steps, start=1))


def lines_of_refusal(fault: IntakeError, language: Language) -> Iterable[str]:
    """Yield what a person reads of an export that cannot be read at all."""
    yield say("refused", language, where=fault.where)
    yield f"  {say('cause', language, cause=_told(fault.cause, language))}"
    yield f"  {say('mend', language, mend=_told(fault.mend, language))}"


def _told(words: object, language: Language) -> str:
    return in_dutch(str(words)) if language == "nl" else str(words)


def _headed(key: str, language: Language, body: Iterable[str]) -> Iterable[str]:
    yield ""
    yield say(key, language)
    yield from (f"  {line}".rstrip() for line in body)


def _files(checked: Checked, language: Language) -> Iterable[str]:
    rows = checked.files.to_dict("records")
    width = max((len(_name(row)) for row in rows), default=0)
    for row in rows:
        became = [say(str(row["kind"]), language)]
        became += [
            say(key, language, word=_called(key, str(row[key]), checked.design, language))
            for key in ("wave", "role", "site")
            if pd.notna(row[key])
        ]
        if pd.notna(row["rows"]):
            became.append(say("rows", language, n=int(row["rows"])))
        yield f"{_name(row):<{width}}  {', '.join(became)}"


def _called(kind: str, words: str, design: Trajectory, language: Language) -> str:
    """Return keys of the design as people call them."""
    named: list[Wave] | list[Role] | list[Site] = getattr(design, f"{kind}s")
    labels = {each.key: each.label.in_(language) for each in named}
    return ", ".join(labels.get(word, word) for word in words.split(", "))


def _name(row: Mapping[Hashable, object]) -> str:
    sheet = row["sheet"]
    named = isinstance(sheet, str) and f"[{sheet}]" not in str(row["file"])
    return f"{row['file']}[{sheet}]" if named else str(row["file"])


def _counts(counts: pd.DataFrame, language: Language) -> str:
    came = int(counts["answers_in"].iloc[0]) if len(counts) else 0
    kept = int(counts["answers_kept"].iloc[-1]) if len(counts) else 0
    return say("answers", language, came=came, kept=kept, aside=came - kept)


def _findings(findings: pd.DataFrame, language: Language, *, everything: bool) -> Iterable[str]:
    if findings.empty:
        yield say("nothing", language)
        return
    counts = findings["severity"].value_counts()
    yield ", ".join(
        say(f"{severity}s", language, n=int(counts.get(severity, 0))) for severity in ORDER
    )
    known = rules()
    for severity in ORDER:
        of_kind = findings[findings["severity"] == severity]
        for rule in [name for name in known if (of_kind["rule"] == name).any()]:
            same = of_kind[of_kind["rule"] == rule]
            yield ""
            yield f"{say(severity, language)}  {known[rule].title.in_(language)} " + (
                f"({rule}, {say('times', language, n=len(same))})"
            )
            yield f"  {known[rule].mend.in_(language)}"
            yield from _places(same, language, everything=everything)


def _places(same: pd.DataFrame, language: Language, *, everything: bool) -> Iterable[str]:
    shown = same if everything else same.head(SHOWN)
    for row in shown.to_dict("records"):
        parts = [str(row["file"])] if pd.notna(row["file"]) else []
        if pd.notna(row["row"]):
            parts.append(say("row", language, n=int(row["row"])))
        if pd.notna(row["column"]):
            parts.append(say("column", language, name=row["column"]))
        if pd.notna(row["found"]):
            parts.append(say("stood", language, value=_told(row["found"], language)))
        if pd.notna(row["expected"]):
            parts.append(say("expected", language, value=_told(row["expected"], language)))
        yield f"  - {', '.join(parts)}"
    if len(same) > len(shown):
        yield f"  {say('more', language, n=len(same) - len(shown))}"


def _next(checked: Checked, language: Language) -> Iterable[str]:
    steps = [key for key in ("error", "warning") if (checked.findings["severity"] == key).any()]
    told = [NEXT[key].in_(language) for key in steps]
    if checked.looks_like is not None:
        yield from _whose(checked.looks_like, str(checked.place), language)
        return
    if steps:
        told.append(NEXT["again"].in_(language).format(command=checked.command("check")))
    key = "report" if checked.whole else "folder"
    told.append(
        NEXT[key].in_(language).format(command=checked.command("report"), folder=checked.home)
    )
    yield from numbered(told)
