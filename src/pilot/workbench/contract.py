"""The typed contract of a notebook run, kept before any kernel starts.

papermill itself only logs a misspelt parameter and runs on with the default, and takes a
text where a number belongs. Here both are refused, with the near name.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from pilot.design import LANGUAGES, load_trajectory
from pilot.errors import CallError, DesignError, suggestion

TAG = "parameters"
YES, NO = ("true", "yes", "ja", "1"), ("false", "no", "nee", "0")
WORDS = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a text",
    list: "words with commas between them",
}


@dataclass(frozen=True, slots=True)
class Contract:
    """The parameters a notebook declares, each with the type of its default.

    Attributes
    ----------
    notebook : str
        The notebook's file name.
    defaults : dict
        What its ``parameters`` cell says, in that order.
    """

    notebook: str
    defaults: dict[str, Any]

    @property
    def where(self) -> str:
        """The place a person can open."""
        return f"{self.notebook}, cell tagged {TAG!r}"

    def settle(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return every parameter's value, or refuse what cannot be right.

        Raises
        ------
        CallError
            For a misspelt name, a wrong type, an unknown trajectory or language.

        Examples
        --------
        >>> Contract("report.ipynb", {"demo": True}).settle({"demo": False})
        {'demo': False}
        """
        for name in given:
            self._known(name)
        try:
            settled = self._model().model_validate(dict(given)).model_dump()
        except ValidationError as fault:
            name = str(fault.errors()[0]["loc"][0])
            raise self._wrong(name, given[name]) from None
        _refuse_unknown_words(settled)
        return settled

    def read(self, words: Iterable[str]) -> dict[str, Any]:
        """Return the values of ``NAME=VALUE`` words, as the types of the defaults.

        Examples
        --------
        >>> Contract("report.ipynb", {"demo": True, "rows": 5}).read(["rows=12"])
        {'rows': 12}
        """
        return dict(self._read(word) for word in words)

    def _read(self, word: str) -> tuple[str, Any]:
        name, equals, text = word.partition("=")
        if not equals:
            raise CallError(f"--parameter {word}", "has no value", "write it as NAME=VALUE")
        self._known(name)
        try:
            return name, _from_text(text, type(self.defaults[name]))
        except ValueError:
            raise self._wrong(name, text) from None

    def _known(self, name: str) -> None:
        if name not in self.defaults:
            raise CallError(
                self.where, f"declares no parameter {name!r}", suggestion(name, self.defaults)
            )

    def _wrong(self, name: str, value: Any) -> CallError:
        kind = WORDS[type(self.defaults[name])]
        return CallError(
            self.where,
            f"parameter {name!r} is {kind}; found {value!r} ({type(value).__name__})",
            f"give {kind}, such as {self.defaults[name]!r}",
        )

    def _model(self) -> type[BaseModel]:
        fields: dict[str, Any] = {
            name: (_type_of(default), default) for name, default in self.defaults.items()
        }
        strict = ConfigDict(strict=True, extra="forbid")
        return create_model("Parameters", __config__=strict, **fields)


def read_contract(notebook: Path) -> Contract:
    """Read which parameters a notebook declares.

    Raises
    ------
    CallError
        When there is no such notebook.
    DesignError
        When it has no ``parameters`` cell, or one that holds more than literals.
    """
    if not notebook.is_file():
        raise CallError(str(notebook), "there is no such notebook", "check the path")
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    tagged = [
        "".join(cell["source"])
        for cell in cells
        if cell["cell_type"] == "code" and TAG in cell["metadata"].get("tags", [])
    ]
    if len(tagged) != 1:
        raise DesignError(
            notebook.name,
            f"has {len(tagged)} cells tagged {TAG!r}",
            f"tag exactly one code cell {TAG!r}; it holds literals only",
        )
    return Contract(notebook.name, dict(_literals(tagged[0], notebook.name)))


def _literals(source: str, name: str) -> Iterable[tuple[str, Any]]:
    for statement in ast.parse(source).body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=parameter)], value=value):
                try:
                    default = ast.literal_eval(value)
                except ValueError:
                    default = None
                if type(default) in WORDS:
                    yield parameter, default
                    continue
        raise DesignError(
            f"{name}, cell tagged {TAG!r}",
            f"line {statement.lineno} is no literal: {ast.unparse(statement)}",
            "write NAME = a text, a number, True, False or a list of texts",
        )


def _type_of(default: Any) -> Any:
    return list[str] if isinstance(default, list) else type(default)


def _from_text(text: str, kind: type) -> Any:
    word = text.strip()
    if kind is bool:
        if word.casefold() not in YES + NO:
            raise ValueError(word)
        return word.casefold() in YES
    if kind is list:
        return [each.strip() for each in text.split(",") if each.strip()]
    return text if kind is str else kind(word)


def _refuse_unknown_words(settled: Mapping[str, Any]) -> None:
    if "trajectory" in settled:
        load_trajectory(settled["trajectory"])
    chosen = settled.get("languages", settled.get("language", []))
    refuse_unknown_languages([chosen] if isinstance(chosen, str) else chosen)


def refuse_unknown_languages(chosen: Iterable[str]) -> None:
    """Refuse a language in which there are no reports.

    Raises
    ------
    CallError
        Naming the languages there are.
    """
    words = list(chosen)
    for word in words:
        if word not in LANGUAGES:
            raise CallError(
                "language", f"there are no reports in {word!r}", suggestion(word, LANGUAGES)
            )
