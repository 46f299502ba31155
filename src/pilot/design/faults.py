"""What a part of a design can say of itself that cannot be right."""

from __future__ import annotations


class PartError(ValueError):
    """A fault inside one part: cause, mend, and the key below the part where it stands.

    Raised by the parts' validators; `pilot.design.files.build` adds the file and the part.
    """

    def __init__(self, cause: str, mend: str, key: str = "") -> None:
        super().__init__(cause)
        self.mend, self.key = mend, key
