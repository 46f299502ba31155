"""The two shelves of the package: instruments and trajectories, found by name."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from pilot.design.checks import check_against_instruments
from pilot.design.files import build, read_toml
from pilot.design.instrument import Instrument
from pilot.design.rated import rated_form, rater_of
from pilot.design.then_test import SUFFIX, plain_form, then_form
from pilot.design.trajectory import Trajectory
from pilot.errors import CallError, DesignError, suggestion


def _shelf(name: str) -> Path:
    with as_file(files("pilot") / name) as folder:
        return folder


def instrument_names() -> list[str]:
    """Return the keys of all instruments on the shelf.

    Examples
    --------
    >>> "gse-10" in instrument_names()
    True
    """
    return sorted(path.stem for path in _shelf("instruments").glob("*.toml"))


def load_instrument(name: str) -> Instrument:
    """Load one instrument by its key; ``<key>-then`` is its then-test.

    ``<key>-coach`` (or partner, parent, child) is the form as somebody else rates a person.

    Raises
    ------
    CallError
        When no instrument has that name; the near name is suggested.
    DesignError
        When its file says what cannot be right.

    Examples
    --------
    >>> load_instrument("gse-10").scales[0].range
    (10.0, 40.0)
    """
    known = {key: _shelf("instruments") / f"{key}.toml" for key in instrument_names()}
    if not _is_known(name, known):
        raise CallError(
            "instrument",
            f"no instrument is called {name!r}",
            suggestion(name, instrument_names()),
        )
    return _form(name, known)


def _form(name: str, known: dict[str, Path]) -> Instrument:
    """Return a form of the shelf, or what is derived from one."""
    if name in known:
        return _read_instrument(known[name])
    rater = rater_of(name, known)
    if rater is not None:
        return rated_form(_read_instrument(known[name.removesuffix(f"-{rater}")]), rater)
    return then_form(_read_instrument(known[name.removesuffix(SUFFIX)]))


def _is_known(name: str, known: dict[str, Path]) -> bool:
    return plain_form(name, known) is not None or rater_of(name, known) is not None


@cache
def _read_instrument(path: Path) -> Instrument:
    instrument = build(Instrument, read_toml(path), path.name)
    if instrument.key != path.stem:
        raise DesignError(
            f"{path.name} [key]",
            f"says {instrument.key!r}, but the file is called {path.stem!r}",
            "give both the same name",
        )
    return instrument


def trajectory_names() -> list[str]:
    """Return the keys of all trajectories on the shelf.

    Examples
    --------
    >>> "m-power" in trajectory_names()
    True
    """
    return sorted(path.stem for path in _shelf("trajectories").glob("*.toml"))


def load_trajectory(target: str | Path) -> Trajectory:
    """Load a trajectory by its key, or from a design file, and check all of it.

    Parameters
    ----------
    target : str or Path
        A key on the shelf, such as ``"m-power"``, or the path of a ``.toml`` file. Beside
        a design file, a folder ``instruments/`` may hold forms that the shelf lacks.

    Raises
    ------
    CallError
        When there is no such trajectory or file.
    DesignError
        When the design says what cannot be right: file, key, cause, mend.

    Examples
    --------
    >>> load_trajectory("m-power").wave_keys[0]
    'intake'
    """
    path = _trajectory_path(target)
    content = read_toml(path)
    if "instruments" in content:
        raise DesignError(
            f"{path.name} [instruments]",
            "forms do not stand in a design",
            "put each in a file of its own in a folder instruments/ beside the design",
        )
    bare = build(Trajectory, content, path.name)
    if bare.key != path.stem and path.parent == _shelf("trajectories"):
        raise DesignError(
            f"{path.name} [key]",
            f"says {bare.key!r}, but the file is called {path.stem!r}",
            "give both the same name",
        )
    known = {name: _shelf("instruments") / f"{name}.toml" for name in instrument_names()}
    known |= {own.stem: own for own in sorted((path.parent / "instruments").glob("*.toml"))}
    for place, asked in enumerate(bare.asked, start=1):
        if not _is_known(asked.instrument, known):
            raise DesignError(
                f"{path.name} [asked[{place}].instrument]",
                f"no instrument is called {asked.instrument!r}",
                suggestion(asked.instrument, known),
            )
        rater = rater_of(asked.instrument, known)
        if rater is not None and asked.rated_by is None:
            plain = asked.instrument.removesuffix(f"-{rater}")
            raise DesignError(
                f"{path.name} [asked[{place}].rated_by]",
                f"{asked.instrument!r} does not say who rates",
                f"add `rated_by = {rater!r}`, or ask {plain!r}",
            )
    used = dict.fromkeys(asked.instrument for asked in bare.asked)
    instruments = {key: _form(key, known) for key in used}
    trajectory = bare.model_copy(update={"instruments": instruments})
    check_against_instruments(trajectory, path.name)
    return trajectory


def on_the_shelf(trajectory: Trajectory, path: Path) -> bool | None:
    """Return whether a design file is the shelf's own; None when the shelf lacks its key.

    Examples
    --------
    >>> on_the_shelf(load_trajectory("m-power"), Path("m-power.toml"))
    False
    """
    if trajectory.key not in trajectory_names():
        return None
    return path.expanduser().resolve() == _trajectory_path(trajectory.key).resolve()


def _trajectory_path(target: str | Path) -> Path:
    if isinstance(target, Path) or str(target).endswith(".toml"):
        path = Path(target)
        if not path.is_file():
            raise CallError(str(path), "there is no such file", "check the path")
        return path
    if target not in trajectory_names():
        raise CallError(
            "trajectory",
            f"no trajectory is called {target!r}",
            suggestion(str(target), trajectory_names()),
        )
    return _shelf("trajectories") / f"{target}.toml"
