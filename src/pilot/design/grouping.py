"""What a design can get wrong about its comparison groups."""

from __future__ import annotations

from pilot.design.trajectory import Trajectory, find
from pilot.errors import DesignError, suggestion


def check_groups(trajectory: Trajectory, name: str) -> None:
    """Refuse groups that no export, register or site tells, and sites of unknown groups.

    Raises
    ------
    DesignError
        For the first fault found.
    """
    groups = trajectory.groups
    if groups is None:
        _refuse_groups_nobody_declared(trajectory, name)
        return
    known = [level.key for level in groups.levels]
    for place, site in enumerate(trajectory.sites, start=1):
        if site.group is not None and find(groups.levels, site.group) is None:
            raise DesignError(
                f"{name} [sites[{place}].group]",
                f"no group is called {site.group!r}",
                suggestion(site.group, known),
            )
    if groups.until is not None and groups.until not in trajectory.wave_keys:
        raise DesignError(
            f"{name} [groups.until]",
            f"no wave is called {groups.until!r}",
            suggestion(groups.until, trajectory.wave_keys),
        )
    if groups.until == trajectory.wave_keys[0]:
        raise DesignError(
            f"{name} [groups.until]",
            f"{groups.until!r} is the first wave, and a change needs a later one",
            "name the last wave at which the reference has not taken part",
        )
    _refuse_groups_nobody_tells(trajectory, name)


def site_groups(trajectory: Trajectory) -> dict[str, str]:
    """Return the group of each site that has one, by the keys of both.

    Examples
    --------
    >>> from pilot.design.catalogue import load_trajectory
    >>> site_groups(load_trajectory("m-power"))
    {}
    """
    if trajectory.groups is None:
        return {}
    told = {
        site.key: find(trajectory.groups.levels, site.group)
        for site in trajectory.sites
        if site.group is not None
    }
    return {site: group for site, group in told.items() if group is not None}


def _refuse_groups_nobody_declared(trajectory: Trajectory, name: str) -> None:
    for kind in ("sites", "sources"):
        for place, part in enumerate(getattr(trajectory, kind), start=1):
            said = part.group or getattr(part, "columns", {}).get("group")
            if said is not None:
                raise DesignError(
                    f"{name} [{kind}[{place}].group]",
                    f"says {said!r}, but the design has no groups",
                    "add [groups] with `reference` and `levels`, or leave `group` out",
                )


def _refuse_groups_nobody_tells(trajectory: Trajectory, name: str) -> None:
    groups = trajectory.groups
    told = [source.group or source.group_column for source in trajectory.sources]
    told += [source.columns.get("group") for source in trajectory.sources]
    told += [site.group for site in trajectory.sites]
    if groups is None or groups.column or any(told):
        return
    raise DesignError(
        f"{name} [groups]",
        "nothing tells which group a person is in",
        "give `column`, or a `group` for each of [[sites]] or [[sources]]",
    )
