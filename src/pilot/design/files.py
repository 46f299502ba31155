"""Reading a design's TOML, and turning what is wrong with it into place, cause, mend."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pilot.design.faults import PartError
from pilot.errors import DesignError, nearest

Model = TypeVar("Model", bound=BaseModel)


def read_toml(path: Path) -> dict[str, Any]:
    """Read one TOML file.

    Raises
    ------
    DesignError
        When the file is not TOML, with the line that could not be read.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as fault:
        raise DesignError(path.name, f"is not TOML: {fault}", "correct that line") from fault
    except UnicodeDecodeError as fault:
        raise DesignError(path.name, f"is not UTF-8: {fault}", "save it as UTF-8") from fault


def build(model: type[Model], content: dict[str, Any], name: str) -> Model:
    """Make a design object of a file's content.

    Raises
    ------
    DesignError
        Naming the file and the key, what stands there, and the near key if it is misspelt.
    """
    try:
        return model.model_validate(content)
    except ValidationError as fault:
        first: dict[str, Any] = dict(fault.errors()[0])
        where = f"{name} {_place(first['loc'] + _key_below(first))}".strip()
        raise DesignError(where, *_cause_and_mend(model, first)) from fault


def _place(loc: tuple[int | str, ...]) -> str:
    words: list[str] = []
    for part in loc:
        if isinstance(part, int) and words:
            words[-1] += f"[{part + 1}]"
        else:
            words.append(str(part))
    return f"[{'.'.join(words)}]" if words else ""


def _key_below(error: dict[str, Any]) -> tuple[str, ...]:
    told = error.get("ctx", {}).get("error")
    return (told.key,) if isinstance(told, PartError) and told.key else ()


def _cause_and_mend(model: type[BaseModel], error: dict[str, Any]) -> tuple[str, str]:
    loc, found = error["loc"], error.get("input")
    if error["type"] == "extra_forbidden":
        known = _known_keys(model, loc[:-1])
        near = nearest(str(loc[-1]), known)
        mend = f"did you mean {near!r}?" if near else "remove it;"
        return f"unknown key {loc[-1]!r}", f"{mend} known here: {', '.join(known)}"
    if error["type"] == "missing":
        return f"lacks the key {loc[-1]!r}", f"add `{loc[-1]}`"
    if error["type"] == "value_error":
        told = error["ctx"]["error"]
        return str(told), told.mend if isinstance(
            told, PartError
        ) else "correct the design file"
    return f"{error['msg'].lower()}; found {found!r}", "correct the value"


def _known_keys(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    here: Any = model
    for part in loc:
        if isinstance(part, int):
            continue
        field = getattr(here, "model_fields", {}).get(part)
        here = _model_inside(field.annotation) if field else None
    fields = getattr(here, "model_fields", {})
    return sorted(name for name, field in fields.items() if not field.exclude)


def _model_inside(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_inside(inner)
        if found is not None:
            return found
    return None
