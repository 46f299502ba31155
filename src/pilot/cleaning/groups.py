"""Which comparison group a form says its person is in: words of the export -> keys."""

from __future__ import annotations

import numpy as np

from pilot.cleaning.desk import Desk, answered_in
from pilot.cleaning.words import text, translated
from pilot.design import find
from pilot.frames import GROUP


def read_groups(desk: Desk) -> None:
    """Read every row's group; a word that is no group is told, and the form is kept.

    A design without comparison groups has no such column, and nothing happens.
    """
    groups = desk.trajectory.groups
    if groups is None or GROUP not in desk.forms:
        return
    words = text(desk.forms[GROUP])
    keys = translated(desk.words(GROUP), lambda word: find(groups.levels, word))
    expected = "one of " + ", ".join(level.key for level in groups.levels)
    for place in np.flatnonzero(answered_in(words) & ~answered_in(keys)).tolist():
        column = desk.exports.column(str(desk.forms.loc[place, "file"]), GROUP)
        said = str(words.iloc[place])
        desk.tell_of_row("unknown-group", place, column=column, found=said, expected=expected)
    desk.replace({GROUP: keys})
