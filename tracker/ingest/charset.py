"""Bytes of a feed to text, whatever their label says. Pure.

Owns the order in which labels are believed and the list of character sets that
may be named at all: some of Python's codecs are no character sets.
"""

from __future__ import annotations

import codecs
import re

from tracker.errors import SourceFailed

__all__ = ["decode_feed"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BARE_UTF16 = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")

# Labels of Latin-1 and of plain ASCII stand for windows-1252 all over the web.
_WINDOWS = {
    f"{family}{number}": f"{family}{number}"
    for family, numbers in (
        ("iso8859-", (2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)),
        ("cp125", (0, 1, 3, 4, 5, 6, 7, 8)),
    )
    for number in numbers
}
_EASTERN = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5"}
_ALLOWED = {
    **dict.fromkeys(("ascii", "iso8859-1", "cp1252"), "cp1252"),
    **{name: name for name in ("koi8-r", "koi8-u", "mac-roman", "shift_jis", "euc_jp", "euc_kr")},
    **_WINDOWS,
    **_EASTERN,
}

_BAD = "\ufffd"
_ADVICE = "Open the feed in a browser; if it reads well there, report the address to us"


def _allowed(label: str | None) -> str | None:
    """The codec of a label, None where it is not one we take."""
    if not label:
        return None
    try:
        return _ALLOWED.get(codecs.lookup(label).name)
    except (LookupError, ValueError):
        return None


def _by_mark(body: bytes) -> str | None:
    """The text of a body that says its encoding in its first bytes, None for all others."""
    for mark, name in (*_BOMS, *_BARE_UTF16):
        if body.startswith(mark):
            bom = len(mark) if (mark, name) in _BOMS else 0
            try:
                return body[bom:].decode(name)
            except UnicodeDecodeError as error:
                if name == "utf-8":
                    return None
                raise SourceFailed(
                    "encoding", f"is marked as {name} but does not read as that", _ADVICE
                ) from error
    return None


def _single_bytes(body: bytes, labels: tuple[str | None, ...]) -> tuple[str, str]:
    """The text by the first label that fits, else as windows-1252 with gaps; and its codec."""
    for label in labels:
        name = _allowed(label)
        if name is not None:
            try:
                return body.decode(name), name
            except UnicodeDecodeError:
                continue
    return body.decode("cp1252", "replace"), "cp1252"


def decode_feed(body: bytes, charset: str | None) -> tuple[str, tuple[str, ...]]:
    """The text of `body` and what had to be overlooked to read it.

    Believed in this order: a byte order mark; UTF-8 where the bytes are valid
    UTF-8, or all but a few of them; `charset` (the HTTP header's); the XML
    declaration; windows-1252. Raises: SourceFailed("encoding") for UTF-16 or
    UTF-32 that does not decode and for bytes that are no text at all.
    """
    marked = _by_mark(body)
    if marked is not None:
        return marked, ()
    if body[:1000].count(0) > 20:
        raise SourceFailed("encoding", "sent bytes that are no text", _ADVICE)
    try:
        return body.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.end == len(body):
            return body[: error.start].decode("utf-8"), ("the last character is cut off",)
        mostly = body.decode("utf-8", "replace")
    bad = mostly.count(_BAD)
    good = sum(1 for char in mostly if char > "\x7f") - bad
    if good > 10 * bad:
        return mostly, (f"{bad} bytes are not valid UTF-8 and were replaced",)
    declared = _DECLARED.match(body)
    label = declared[1].decode("ascii") if declared else None
    text, name = _single_bytes(body, (charset, label))
    said = (charset or label or "utf-8").lower()
    if _allowed(said) == name:
        return text, ()
    return text, (f"the feed says its characters are {said}, but they read as {name}",)
