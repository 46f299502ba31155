"""The words of `pilot check`, side by side in Dutch and English.

A gap such as ``{n}`` is filled in; ``{n:row|rows}`` becomes one of two words, the first
where n is 1.
"""

from __future__ import annotations

from string import Formatter
from typing import Any

from pilot.design import Text


class Phrases(Formatter):
    """Fills in phrases that follow a number.

    Examples
    --------
    >>> [Phrases().format("{n} {n:row|rows}", n=n) for n in (0, 1, 2)]
    ['0 rows', '1 row', '2 rows']
    """

    def format_field(self, value: Any, format_spec: str) -> Any:
        """Return one word of two where the gap holds two, else as text is formatted."""
        one, either, more = format_spec.partition("|")
        if not either:
            return super().format_field(value, format_spec)
        return one if value == 1 else more


KINDS = {
    "whole numbers": Text(nl="gehele getallen", en="whole numbers"),
    "numbers": Text(nl="getallen", en="numbers"),
    "dates": Text(nl="datums", en="dates"),
    "text": Text(nl="tekst", en="text"),
    "empty": Text(nl="leeg", en="empty"),
}
WORDS = {
    "simulated": Text(nl="gesimuleerde gegevens", en="simulated data"),
    "read": Text(
        nl="Gelezen uit {place}. Er is niets geschreven.",
        en="Read from {place}. Nothing was written.",
    ),
    "files": Text(nl="Wat elk bestand werd", en="What each file became"),
    "responses": Text(nl="antwoorden", en="answers"),
    "register": Text(nl="het register", en="the register"),
    "events": Text(nl="gebeurtenissen", en="events"),
    "quotes": Text(nl="verhalen", en="stories"),
    "ignored": Text(
        nl="overgeslagen, zoals het ontwerp zegt", en="left out, as the design says"
    ),
    "form": Text(nl="formulier, nog niets getypt", en="form, nothing typed yet"),
    "unclaimed": Text(nl="hoort nergens bij", en="nobody claims it"),
    "unreadable": Text(nl="kon niet worden gelezen", en="could not be read"),
    "rows": Text(nl="{n} {n:rij|rijen}", en="{n} {n:row|rows}"),
    "wave": Text(nl="meting: {word}", en="wave: {word}"),
    "role": Text(nl="rol: {word}", en="role: {word}"),
    "site": Text(nl="locatie: {word}", en="site: {word}"),
    "counts": Text(nl="Hoeveel er meetelt", en="How much counts"),
    "answers": Text(
        nl="{came} {came:antwoord kwam|antwoorden kwamen} binnen: {kept} {kept:telt|tellen} "
        "mee, {aside} {aside:is|zijn} opzij gezet.",
        en="{came} {came:answer|answers} came in: {kept} {kept:counts|count}, "
        "{aside} {aside:was|were} set aside.",
    ),
    "found": Text(nl="Wat er is gevonden", en="What was found"),
    "nothing": Text(nl="Niets aan te merken.", en="Nothing to remark."),
    "error": Text(nl="FOUT", en="ERROR"),
    "warning": Text(nl="LET OP", en="WARNING"),
    "note": Text(nl="TER INFO", en="NOTE"),
    "errors": Text(nl="{n} {n:fout|fouten}", en="{n} {n:error|errors}"),
    "warnings": Text(nl="{n} {n:waarschuwing|waarschuwingen}", en="{n} {n:warning|warnings}"),
    "notes": Text(nl="{n} {n:opmerking|opmerkingen}", en="{n} {n:note|notes}"),
    "times": Text(nl="{n} keer", en="{n} {n:time|times}"),
    "row": Text(nl="rij {n}", en="row {n}"),
    "column": Text(nl="kolom {name}", en="column {name}"),
    "stood": Text(nl="gevonden: {value}", en="found: {value}"),
    "expected": Text(nl="verwacht: {value}", en="expected: {value}"),
    "more": Text(
        nl="... en nog {n}; met --all ziet u ze alle", en="... and {n} more; --all shows all"
    ),
    "next": Text(nl="Wat nu", en="What now"),
    "sheet": Text(
        nl="Tabblad {name}: {rows} {rows:rij|rijen}, {n} {n:kolom|kolommen}",
        en="Sheet {name}: {rows} {rows:row|rows}, {n} {n:column|columns}",
    ),
    "columns": Text(
        nl="... en nog {n} {n:kolom|kolommen}", en="... and {n} more {n:column|columns}"
    ),
    "table": Text(
        nl="{rows} {rows:rij|rijen}, {n} {n:kolom|kolommen}",
        en="{rows} {rows:row|rows}, {n} {n:column|columns}",
    ),
    "empty": Text(nl="{n} leeg", en="{n} empty"),
    "values": Text(nl="waarden: {values}", en="values: {values}"),
    "refused": Text(
        nl="Dit kan niet worden gelezen: {where}", en="This cannot be read: {where}"
    ),
    "cause": Text(nl="Waarom: {cause}", en="Why: {cause}"),
    "mend": Text(nl="Wat nu: {mend}", en="What now: {mend}"),
    "looks": Text(
        nl="Dit lijkt op {files} van {trajectory}: dat kent {share:.0%} van de kolommen.",
        en="This looks like {files} of {trajectory}, which knows {share:.0%} of the columns.",
    ),
    "stranger": Text(
        nl="Geen enkel ontwerp kent deze kolommen.",
        en="No design knows these columns.",
    ),
}
NEXT = {
    "error": Text(
        nl="Herstel eerst wat onder FOUT staat, in het programma waar de export uit komt of in "
        "het ontwerp. Nu telt het niet mee. Maak daarna een nieuwe export.",
        en="First mend what stands under ERROR, in the program the export comes from or in "
        "the design. It does not count now. Then make a new export.",
    ),
    "warning": Text(
        nl="Bekijk wat onder LET OP staat. Het telt mee, maar misschien klopt het niet.",
        en="Look at what stands under WARNING. It counts, but it may not be right.",
    ),
    "again": Text(nl="Kijk opnieuw: {command}", en="Check again: {command}"),
    "as": Text(nl="Lees het zo: {command}", en="Read it so: {command}"),
    "another": Text(
        nl="Is het van een ander traject? `pilot trajectories` noemt ze; neem --as NAAM.",
        en="Is it of another trajectory? `pilot trajectories` names them; take --as NAME.",
    ),
    "design": Text(
        nl="Is het van een nieuw traject? Maak er een ontwerp voor: kopieer een TOML uit "
        "src/pilot/trajectories en noem er deze kolommen in. Neem dan --as ontwerp.toml.",
        en="Is it of a new trajectory? Write a design for it: copy a TOML from "
        "src/pilot/trajectories and name these columns in it. Then take --as design.toml.",
    ),
    "report": Text(nl="Maak het rapport: {command}", en="Make the report: {command}"),
    "folder": Text(
        nl="Staat alles goed? Zet het bestand dan in {folder} en maak het rapport: {command}",
        en="All well? Then put the file in {folder} and make the report: {command}",
    ),
}
