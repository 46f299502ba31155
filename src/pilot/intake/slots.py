"""Where the answers of one source at one wave stand in a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pilot.design import Asked, Trajectory, Wave
from pilot.design.rated import rated_apart
from pilot.intake.claims import Claim
from pilot.intake.headers import Header

# Which key of a source names the column, and which the word, of a part of the occasion.
COLUMN_OF = {
    "participant": "code",
    "family": "family_column",
    "site": "site_column",
    "role": "role_column",
    "group": "group_column",
    "wave": "wave_column",
    "answered": "date_column",
    "respondent": "respondent_column",
    "mode": "mode_column",
    "language": "language_column",
    "interviewer": "interviewer_column",
    "interpreter": "interpreter_column",
    "form_version": "form_version_column",
    "about": "about_column",
    "minutes": "duration_column",
}
SAID_BY = ("wave", "site", "role", "group", "language", "mode", "respondent", "form_version")


@dataclass(slots=True)
class Place:
    """A column with the answers to one item, and what asked for it there."""

    position: int
    asked: list[Asked]


@dataclass(slots=True)
class Slot:
    """The columns that one source reads for one wave.

    Attributes
    ----------
    occasion, said : dict
        By part of the occasion: the column that tells it, or the word for every row.
    items : dict of str to list of Place
        By item or score; more than one place only where role or wave decide per row.
    own : set of int
        Occasion columns of this wave alone, such as ``datum_t1``.
    missing : list of (column, item)
        Columns that the design expects here and the header lacks.
    """

    claim: Claim
    wave: str | None
    occasion: dict[str, int] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    items: dict[str, list[Place]] = field(default_factory=dict)
    own: set[int] = field(default_factory=set)
    missing: list[tuple[str, str]] = field(default_factory=list)

    @property
    def positions(self) -> set[int]:
        """The columns that hold answers."""
        return {place.position for places in self.items.values() for place in places}


def slots_of(claim: Claim, header: Header, trajectory: Trajectory) -> list[Slot]:
    """Return the slots of one claim: one, or one a wave where columns carry the waves.

    A wave that a wide file has no column of has not been held yet, and gets no slot; where
    no wave has one, the first stands for all, so that the rows are not lost.
    """
    if not claim.source.waves_in_columns:
        return [_slot(claim, claim.word("wave", trajectory), header, trajectory)]
    made = [_slot(claim, wave.key, header, trajectory) for wave in trajectory.waves]
    held = [slot for slot in made if slot.items or slot.own]
    return held or made[:1]


def wave_names(wave: Wave) -> list[str]:
    """Return what column names may call a wave, its key first."""
    return list(dict.fromkeys([wave.key, *wave.names, wave.label.nl, wave.label.en]))


def _slot(claim: Claim, wave: str | None, header: Header, trajectory: Trajectory) -> Slot:
    slot = Slot(claim, wave)
    if claim.source.rated_by is not None:
        slot.said["respondent"] = claim.source.rated_by
    for part in SAID_BY:
        word = wave if part == "wave" else claim.word(part, trajectory)
        if word is not None:
            slot.said[part] = word
    names = _names_at(wave, trajectory)
    _find_occasion(slot, header, trajectory, names)
    role = slot.said.get("role")
    for asked in _asked_in_order(slot, trajectory):
        if role in (None, asked.role) or role not in [each.key for each in trajectory.roles]:
            _find_items(slot, asked, header, trajectory)
    _keep_missing_that_matter(slot, trajectory)
    return slot


def _names_at(wave: str | None, trajectory: Trajectory) -> list[str]:
    waves = [each for each in trajectory.waves if wave in (None, each.key)]
    return [name for each in waves for name in wave_names(each)] or [str(wave)]


def _find_occasion(
    slot: Slot, header: Header, trajectory: Trajectory, names: list[str]
) -> None:
    source = slot.claim.source
    defaults = {
        "code": trajectory.participant.code,
        "family_column": trajectory.participant.family,
        "group_column": trajectory.groups.column if trajectory.groups else None,
    }
    for part, key in COLUMN_OF.items():
        template = getattr(source, key) or defaults.get(key)
        if template is None or part in slot.said:
            continue
        spelled = [template.replace("{wave}", name) for name in names]
        place = header.find(*spelled)
        if place is not None:
            slot.occasion[part] = place
            if "{wave}" in template:
                slot.own.add(place)
        elif getattr(source, key) or key == "code":
            slot.missing.append((spelled[0], part))


def _asked_in_order(slot: Slot, trajectory: Trajectory) -> list[Asked]:
    """Return everything asked, what is asked at this slot's wave first."""
    asked_there = [asked for asked in trajectory.asked if _answers(slot, asked, trajectory)]
    here = [asked for asked in asked_there if _is_asked(slot, asked, trajectory)]
    return here + [asked for asked in asked_there if asked not in here]


def _answers(slot: Slot, asked: Asked, trajectory: Trajectory) -> bool:
    """Return whether who filled in this table answers that.

    A file of raters holds what they rate. A person's own holds their own answers, and
    those of a rater who has no file.
    """
    rater = slot.claim.source.rated_by
    if rater is not None or asked.rated_by is None:
        return asked.rated_by == rater
    return not rated_apart(trajectory, asked, slot.wave)


def _is_asked(slot: Slot, asked: Asked, trajectory: Trajectory) -> bool:
    return slot.wave is None or slot.wave in trajectory.waves_of(asked)


def _find_items(slot: Slot, asked: Asked, header: Header, trajectory: Trajectory) -> None:
    here = _is_asked(slot, asked, trajectory)
    settled = slot.wave is not None and "role" in slot.said
    for item, names, waved in _columns(slot, asked, trajectory):
        if not here and slot.claim.source.waves_in_columns and not waved:
            continue
        place = header.find(*names)
        if place is None:
            if here:
                slot.missing.append((names[0], item))
            continue
        known = slot.items.get(item, [])
        same = [each for each in known if each.position == place]
        if same:
            same[0].asked.append(asked)
        elif not (known and settled) and place not in slot.positions - _positions(known):
            slot.items.setdefault(item, []).append(Place(place, [asked]))


def _positions(places: list[Place]) -> set[int]:
    return {place.position for place in places}


def _columns(
    slot: Slot, asked: Asked, trajectory: Trajectory
) -> Iterator[tuple[str, list[str], bool]]:
    """Give every item and ready-made score asked, with the names its column may have."""
    waves = _names_at(slot.wave, trajectory)
    instrument = trajectory.instruments[asked.instrument]
    for score, pattern in asked.totals.items():
        names = [pattern.replace("{wave}", wave) for wave in waves]
        yield score, list(dict.fromkeys(names)), "{wave}" in pattern
    if asked.totals and "columns" not in asked.model_fields_set:
        return
    for item in asked.items_of(instrument):
        names = list(dict.fromkeys(asked.column(item, wave) for wave in waves))
        given = asked.columns
        yield item, names, "{wave}" in (given if isinstance(given, str) else given[item])


def _keep_missing_that_matter(slot: Slot, trajectory: Trajectory) -> None:
    """Forget what is missing of a role that this table has nothing of."""
    places = [place for places in slot.items.values() for place in places]
    roles = {asked.role for place in places for asked in place.asked}
    if "role" in slot.said or not roles:
        return
    asked_here = {
        item
        for asked in trajectory.asked
        if asked.role in roles
        for item in (*asked.items_of(trajectory.instruments[asked.instrument]), *asked.totals)
    }
    slot.missing = [
        (column, what) for column, what in slot.missing if what in {*asked_here, *COLUMN_OF}
    ]
