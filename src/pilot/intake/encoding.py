"""The code page of a text file that does not say which one it has."""

from __future__ import annotations

import codecs
import re

from pilot.errors import IntakeError

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Windows, Turkish Windows, a Mac's Excel and DOS write. The first wins a tie.
LEGACY = ("cp1252", "cp1254", "mac_roman", "cp850")
# Letters of the languages that are spoken at home here, and the signs that people type.
LETTERS = "áàâäãåæçéèêëíìîïıñóòôöõøœúùûüýÿğşßÁÀÂÄÃÅÆÇÉÈÊËÍÌÎÏİÑÓÒÔÖÕØŒÚÙÛÜÝĞŞ"
SIGNS = (
    "\u20ac\u2018\u2019\u201c\u201d\u201e\u2013\u2014\u2026\u00b0\u00a0\u00a7\u00bd\u00bc\u00b7"
)
LIKELY = frozenset(LETTERS + SIGNS)
CAPITALS = "".join(letter for letter in LETTERS if letter.isupper())
CAPITAL_INSIDE = re.compile(rf"(?<=[^\W\d_])[{CAPITALS}](?=[a-z])|(?<=[a-z])[{CAPITALS}]")


def decode(raw: bytes, name: str) -> tuple[str, str]:
    """Return a file's text and the name of its encoding.

    A byte order mark is believed. Without one the file is UTF-8 when it can be, else the
    one of `LEGACY` that gives the fewest characters nobody types; and latin-1 when none of
    them has a character for every byte. (A general guesser needs more text than a
    questionnaire holds: charset-normalizer 3.5 calls "één keer" in cp1252 cp775.)

    Raises
    ------
    IntakeError
        When the bytes are no text at all.

    Examples
    --------
    >>> decode("één".encode("cp1252"), "a.csv")
    ('één', 'cp1252')
    >>> decode("één".encode("mac_roman"), "a.csv")
    ('één', 'mac_roman')
    """
    for mark, encoding in BOMS:
        if raw.startswith(mark):
            return _whole(raw, encoding, name), encoding
    if b"\0" in raw:
        return _without_mark(raw, name)
    return _decode_bytes(raw)


def legacy(raw: bytes) -> str:
    """Return the likeliest encoding of bytes that are not UTF-8."""
    unlikely = {encoding: _unlikely(raw, encoding) for encoding in LEGACY}
    best = min(LEGACY, key=lambda encoding: unlikely[encoding])
    return best if unlikely[best] < len(raw) + 1 else "latin-1"


def _unlikely(raw: bytes, encoding: str) -> int:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return len(raw) + 1
    strange = sum(1 for sign in text if not sign.isascii() and sign not in LIKELY)
    return strange + len(CAPITAL_INSIDE.findall(text))


def _decode_bytes(raw: bytes) -> tuple[str, str]:
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as fault:
        if fault.start >= len(raw) - 3 and not raw[: fault.start].isascii():
            # A file that was cut in the middle of its last letter.
            return raw.decode("utf-8", errors="replace"), "utf-8"
    encoding = legacy(raw)
    return raw.decode(encoding), encoding


def _without_mark(raw: bytes, name: str) -> tuple[str, str]:
    half = max(len(raw[:4096]) // 2, 1)
    for place, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if raw[:4096][place::2].count(0) > 0.7 * half:
            return _whole(raw, encoding, name), encoding
    raise IntakeError(
        name, "holds bytes that are no text", "export the answers again, as CSV or XLSX"
    )


def _whole(raw: bytes, encoding: str, name: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as fault:
        raise IntakeError(
            name,
            f"says it is {encoding}, but byte {fault.start} is not",
            "save it again, as CSV UTF-8",
        ) from fault
