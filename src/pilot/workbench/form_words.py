"""What `pilot form` says when a form is made, in plain Dutch or English."""

from __future__ import annotations

from collections.abc import Iterator

from pilot.design import Language, Text
from pilot.workbench.form import FormMade
from pilot.workbench.phrases import Phrases
from pilot.workbench.telling import lines_of_findings

WORDS = {
    "written": Text(nl="Gemaakt: {path}", en="Written: {path}"),
    "role": Text(
        nl="{role:<12} {people:>4} {people:nummer|nummers} ingevuld, "
        "{items} {items:antwoord|antwoorden} per rij",
        en="{role:<12} {people:>4} {people:number|numbers} filled in, "
        "{items} {items:answer|answers} a row",
    ),
    "nowhere": Text(
        nl="staan er niet op, want hun rol of locatie is onbekend: {who}",
        en="not on it, since their role or site is unknown: {who}",
    ),
    "refused": Text(
        nl="staan er niet op, want er is geen toestemming: {who}",
        en="not on it, since consent was refused: {who}",
    ),
    "no guardian": Text(
        nl="staan er niet op, want een ouder of voogd gaf nog geen toestemming: {who}",
        en="not on it, since a guardian has not consented: {who}",
    ),
    "not asked": Text(
        nl="staan er niet op, want toestemming is nog niet gevraagd of niet duidelijk: {who}",
        en="not on it, since consent was not asked yet, or is not clear: {who}",
    ),
    "withdrawn": Text(
        nl="staan er niet op, want de toestemming is ingetrokken: {who}",
        en="not on it, since consent was withdrawn: {who}",
    ),
    "age": Text(
        nl="staan er niet op, want de vragen zijn voor een andere leeftijd: {who}",
        en="not on it, since the questions are for another age: {who}",
    ),
    "partly": Text(
        nl="hebben grijze cellen, want {instruments} is voor een andere leeftijd: {who}",
        en="have grey cells, since {instruments} is for another age: {who}",
    ),
    "keep": Text(
        nl="Zeg typers alleen dat deze nummers er niet op horen; de reden hoeven zij niet "
        "te weten. Klopt een reden niet, verbeter dan het register en maak het formulier "
        "opnieuw.",
        en="Tell typists only that these numbers do not belong on it; they need not know "
        "the reason. If a reason is not right, correct the register and make the form again.",
    ),
    "nobody": Text(
        nl="er is geen register gevonden met mensen erin: typ zelf de nummers",
        en="no register with people in it was found: type the numbers yourself",
    ),
    "nobody_left": Text(
        nl="niemand uit het register hoort op dit formulier: typ niets voordat dat klopt",
        en="nobody of the register belongs on this form: type nothing before that is right",
    ),
    "then": Text(
        nl="Zet het ingevulde formulier bij de exports en typ: pilot check {trajectory}",
        en="When it is filled in, put it with the exports: pilot check {trajectory}",
    ),
}
INDENT = "  "
REASONS = ("refused", "no guardian", "not asked", "withdrawn", "age")


def lines_of_form(made: FormMade, trajectory: object, language: Language) -> Iterator[str]:
    """Yield what a person reads of a form that was made, line by line.

    Parameters
    ----------
    made : FormMade
    trajectory : str or Path
        As it was called.
    language : {"nl", "en"}
    """
    yield _say("written", language, path=made.path)
    for role, people in made.people.items():
        yield INDENT + _say("role", language, role=role, people=people, items=made.items[role])
    if made.nowhere:
        yield INDENT + _say("nowhere", language, who=", ".join(made.nowhere))
    yield from _left_out(made, language)
    if len(made.findings):
        yield "\n".join(lines_of_findings(made.findings, language))
    if not any(made.people.values()):
        yield INDENT + _say("nobody_left" if made.left_out else "nobody", language)
    yield _say("then", language, trajectory=trajectory)


def _left_out(made: FormMade, language: Language) -> Iterator[str]:
    """Yield whom the form leaves out, a line a reason."""
    whole = [each for each in made.left_out if not each.instruments]
    for reason in REASONS:
        who = [each.number for each in whole if each.reason == reason]
        if who:
            yield INDENT + _say(reason, language, who=_listed(who))
    for key in dict.fromkeys(key for each in made.left_out for key in each.instruments):
        who = [each.number for each in made.left_out if key in each.instruments]
        yield INDENT + _say("partly", language, instruments=key, who=_listed(who))
    if made.left_out:
        yield INDENT + _say("keep", language)


def _listed(numbers: list[str]) -> str:
    return ", ".join(dict.fromkeys(numbers))


def _say(key: str, language: Language, **parts: object) -> str:
    return Phrases().format(WORDS[key].in_(language), **parts)
