"""What only a trajectory and its instruments together can get wrong."""

from __future__ import annotations

from collections.abc import Callable

from pilot.design.asking import Asked
from pilot.design.coding import check_answers, check_columns, check_shifts
from pilot.design.grouping import check_groups
from pilot.design.rated import check_ratings
from pilot.design.then_test import check_then_tests
from pilot.design.trajectory import MOST_ITEMS, PRIMARY_DOMAINS, Trajectory
from pilot.errors import DesignError, suggestion

PARTS: dict[str, list[str]] = {
    "register": [
        "participant",
        "family",
        "site",
        "organisation",
        "role",
        "group",
        "birth_year",
        "start",
        "end",
        "reason",
        "consent_answers",
        "consent_named",
        "consent_quotes",
        "consent_sharing",
        "consent_archive",
        "consent_date",
        "consent_giver",
        "guardian_1",
        "guardian_2",
        "withdrawn",
        "withdrawal",
    ],
    "events": [
        "participant",
        "family",
        "site",
        "date",
        "kind",
        "minutes",
        "mode",
        "topic",
        "status",
        "level",
        "weight",
        "rater",
    ],
    "quotes": [
        "participant",
        "domain",
        "role",
        "text",
        "direction",
        "coder",
        "second_direction",
        "consent",
        "approved",
    ],
    "responses": [],
    "ignored": [],
}


def check_against_instruments(trajectory: Trajectory, name: str) -> None:
    """Refuse a design that cannot be carried out, with file, key, cause and mend.

    Raises
    ------
    DesignError
        For the first fault found.
    """
    checks: tuple[Callable[[Trajectory, str], None], ...] = (
        _references,
        check_groups,
        _sources,
        _ages,
        _asked_once,
        check_then_tests,
        check_ratings,
        check_columns,
        check_answers,
        check_shifts,
        _burden,
        _planned,
        _histories,
        _primaries,
        _claims,
    )
    for check in checks:
        check(trajectory, name)


def _references(trajectory: Trajectory, name: str) -> None:
    roles = [role.key for role in trajectory.roles]
    for place, asked in enumerate(trajectory.asked, start=1):
        where = f"{name} [asked[{place}]"
        _known(f"{where}.role]", "role", asked.role, roles)
        for wave in asked.waves:
            _known(f"{where}.waves]", "wave", wave, trajectory.wave_keys)
        instrument = trajectory.instruments[asked.instrument]
        if isinstance(asked.columns, dict):
            for item in asked.columns:
                _known(f"{where}.columns]", "item", item, list(instrument.items))
        scales = [scale.key for scale in instrument.scales]
        for scale in asked.confirmed:
            _known(f"{where}.confirmed]", "scale", scale, scales)
        for score in asked.totals:
            names = [instrument.score_name(each) for each in instrument.scales]
            _known(f"{where}.totals]", "score", score, names)


def _sources(trajectory: Trajectory, name: str) -> None:
    roles = [role.key for role in trajectory.roles]
    sites = [site.key for site in trajectory.sites]
    events = [event.key for event in trajectory.events]
    groups = [level.key for level in trajectory.groups.levels] if trajectory.groups else []
    asked = [asked.instrument for asked in trajectory.asked]
    for place, source in enumerate(trajectory.sources, start=1):
        where = f"{name} [sources[{place}]"
        fixed = (
            ("wave", source.wave, trajectory.wave_keys),
            ("role", source.role, roles),
            ("site", source.site, sites),
            ("group", source.group, groups),
            ("event", source.event, events),
        )
        for key, value, known in fixed:
            if value is not None and "{" not in value:
                _known(f"{where}.{key}]", key, value, known)
        for instrument in source.shift:
            _known(f"{where}.shift]", "instrument", instrument, asked)
        for part in source.columns:
            _known(
                f"{where}.columns]", f"part of a row of {source.kind}", part, PARTS[source.kind]
            )
        if any("{1}" in value for _, value, _ in fixed if value) and "*" not in source.files:
            raise DesignError(
                f"{where}.files]",
                f"{source.files!r} has no * for {{1}} to stand for",
                "put a * where the files differ, or say in words what {1} is",
            )


def _ages(trajectory: Trajectory, name: str) -> None:
    for place, asked in enumerate(trajectory.asked, start=1):
        role = trajectory.role(asked.role)
        instrument = trajectory.instruments[asked.instrument]
        (youngest, oldest), (low, high) = role.ages, instrument.ages
        if youngest < low or oldest > high:
            raise DesignError(
                f"{name} [asked[{place}].instrument]",
                f"{instrument.key!r} is for ages {low} to {high}, "
                f"but role {role.key!r} is {youngest} to {oldest}",
                "ask this role another instrument, or correct the role's ages",
            )


def _asked_once(trajectory: Trajectory, name: str) -> None:
    first: dict[tuple[str, str, str], int] = {}
    for place, asked in enumerate(trajectory.asked, start=1):
        for wave in trajectory.waves_of(asked):
            where = first.setdefault((asked.instrument, asked.role, wave), place)
            if where != place:
                raise DesignError(
                    f"{name} [asked[{place}]]",
                    f"{asked.instrument!r} is asked of role {asked.role!r} at wave {wave!r} "
                    f"in asked[{where}] already",
                    "ask it once a role and wave",
                )


def _burden(trajectory: Trajectory, name: str) -> None:
    if trajectory.purpose == "reanalysis":
        return
    for role in trajectory.roles:
        for wave in trajectory.wave_keys:
            counts = {
                asked.instrument: len(asked.items_of(trajectory.instruments[asked.instrument]))
                for asked in trajectory.asked_of(role.key)
                if wave in trajectory.waves_of(asked)
            }
            if sum(counts.values()) > MOST_ITEMS:
                listed = ", ".join(f"{key} {count}" for key, count in counts.items())
                raise DesignError(
                    f"{name} [asked]",
                    f"role {role.key!r} answers {sum(counts.values())} items at wave {wave!r} "
                    f"({listed}); people can bear {MOST_ITEMS}",
                    "ask the core set and one module, or spread them over waves",
                )


def _planned(trajectory: Trajectory, name: str) -> None:
    asked_scores = [
        score for asked in trajectory.asked for score in scores_of(trajectory, asked)
    ]
    for place, planned in enumerate(trajectory.planned, start=1):
        where = f"{name} [planned[{place}]"
        _known(f"{where}.outcome]", "outcome that is asked", planned.outcome, asked_scores)
        roles = [
            asked.role
            for asked in trajectory.asked
            if planned.outcome in scores_of(trajectory, asked)
        ]
        if planned.role is not None:
            _known(f"{where}.role]", "role asked for this", planned.role, roles)
        elif len(set(roles)) > 1:
            raise DesignError(
                f"{where}]",
                f"{planned.outcome!r} is asked of {', '.join(sorted(set(roles)))}",
                "say whose outcome this is with `role`",
            )
        asked, instrument, index = trajectory.where_asked(planned)
        scale = instrument.scales[index]
        if not scale.verified and scale.key not in asked.confirmed:
            raise DesignError(
                f"{where}.outcome]",
                f"scale {scale.key!r} of {instrument.key!r} is not verified: {scale.why}",
                f"compare it with the printed form, then add {scale.key!r} to `confirmed`",
            )
        if len(trajectory.waves_of(asked)) < 2:
            raise DesignError(
                f"{where}.outcome]",
                f"{planned.outcome!r} is asked at one wave only",
                "ask it at two waves or more, or leave it out of what is planned",
            )


def _histories(trajectory: Trajectory, name: str) -> None:
    ordinal = {outcome.key for outcome in trajectory.outcomes() if outcome.level == "ordinal"}
    for place, planned in enumerate(trajectory.planned, start=1):
        if planned.history is not None and planned.outcome in ordinal:
            raise DesignError(
                f"{name} [planned[{place}].history]",
                f"{planned.outcome!r} is ordinal, and its steps have no points to shift by",
                "tell it in words under [[about.history]]",
            )


def _primaries(trajectory: Trajectory, name: str) -> None:
    outcomes = trajectory.outcomes()
    for domain in PRIMARY_DOMAINS if trajectory.purpose == "pilot" else ():
        primary = [o for o in outcomes if o.primary and o.domain == domain]
        if len(primary) != 1:
            listed = ", ".join(o.key for o in primary) or "none"
            raise DesignError(
                f"{name} [planned]",
                f"domain {domain!r} has {len(primary)} primary outcomes ({listed})",
                "mark exactly one outcome of this domain as `primary = true`",
            )
        if not trajectory.role(primary[0].role).adult:
            raise DesignError(
                f"{name} [planned]",
                f"primary outcome {primary[0].key!r} belongs to role {primary[0].role!r}, "
                "who are not all adults",
                "plan the primary outcomes for the adults",
            )
    strangers = [o for o in outcomes if o.primary and o.domain not in PRIMARY_DOMAINS]
    if strangers:
        raise DesignError(
            f"{name} [planned]",
            f"{strangers[0].key!r} is primary in domain {strangers[0].domain!r}",
            f"only {' and '.join(PRIMARY_DOMAINS)} have a primary outcome; "
            "the rest is exploratory",
        )


def _claims(trajectory: Trajectory, name: str) -> None:
    outcomes = trajectory.outcomes()
    roles = [role.key for role in trajectory.roles]
    events = [event.key for event in trajectory.events]
    for place, claim in enumerate(trajectory.claims, start=1):
        where = f"{name} [claims[{place}]"
        if claim.role is not None:
            _known(f"{where}.role]", "role", claim.role, roles)
        planned = [o.key for o in outcomes if claim.role in (None, o.role)]
        for outcome in claim.measured_by:
            _known(f"{where}.measured_by]", "planned outcome", outcome, planned)
        for event in claim.seen_in:
            _known(f"{where}.seen_in]", "event", event, events)


def scores_of(trajectory: Trajectory, asked: Asked) -> list[str]:
    """Return the score names that something asked can give: scales asked whole, and totals."""
    instrument = trajectory.instruments[asked.instrument]
    items = set(asked.items_of(instrument))
    names = {instrument.score_name(scale): scale for scale in instrument.scales}
    return [
        name
        for name, scale in names.items()
        if name in asked.totals or items.issuperset(scale.items)
    ]


def _known(where: str, what: str, word: str, known: list[str]) -> None:
    if word not in known:
        raise DesignError(where, f"no {what} is called {word!r}", suggestion(word, known))
