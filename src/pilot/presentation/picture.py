"""A matplotlib figure that shows itself in a notebook, in words too.

Imported only where something is drawn: it is what makes matplotlib load.
"""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure

from pilot.presentation.drawing import svg_of


class Picture(Figure):
    """A figure made without pyplot, which no screen or backend needs to show."""

    alt = ""

    def say(self, alt: str) -> None:
        """Keep the words that say what the figure shows."""
        self.alt = alt

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
        shown = {"image/svg+xml": svg_of(self), "text/plain": self.alt or repr(self)}
        return shown, {"image/svg+xml": {"alt": self.alt}}
