"""Making foreign text and foreign links harmless before they reach a page.

Owns what counts as a printable character, an outward link and a path segment.
It knows nothing of events or templates.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tracker.errors import OperationFailed

__all__ = ["clean", "first_sentence", "language_tag", "outward", "segment", "shorten"]

# Control characters break XML, lone surrogates break UTF-8, and the
# bidirectional embeddings and overrides can turn the text after them around.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_SEGMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"“])")
# A full stop after one of these does not end a sentence.
_ABBREVIATIONS = ("U.S.", "No.", "Nos.", "vs.", "v.", "Fed.", "Reg.", "Inc.", "St.", "Art.")


def clean(text: str) -> str:
    """The text with every character that could break or turn a page replaced by U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", text)


def outward(url: str | None) -> str | None:
    """The URL if a reader may be sent there, else None.

    Only http and https with a host, without credentials, blanks or control
    characters: everything else is shown as text and never as a link.
    """
    if not url or any(char.isspace() or char in '<>"\\' for char in url) or clean(url) != url:
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host or "@" in parts.netloc:
        return None
    return url


def language_tag(tag: str | None) -> str | None:
    """The tag if it reads as a language tag, else None."""
    return tag if tag and _LANGUAGE.fullmatch(tag) else None


def segment(name: str) -> str:
    """The name as one segment of a path.

    Raises: OperationFailed if it could be anything but a plain file name.
    """
    if not _SEGMENT.fullmatch(name):
        raise OperationFailed(
            f"{clean(name)[:80]!r} cannot be part of a page's address",
            "Use letters, digits, dots, hyphens and underscores only",
        )
    return name


def shorten(text: str, limit: int) -> str:
    """The text on one line, cut at a word to at most `limit` characters with an ellipsis."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    kept = flat[: limit - 1]
    blank = kept.rfind(" ")
    return (kept[:blank] if blank > limit // 2 else kept).rstrip(" ,;:") + "…"


def first_sentence(text: str, limit: int = 240) -> str:
    """The first sentence of a summary, cut to `limit` characters where it is longer."""
    flat = " ".join(text.split())
    for end in _SENTENCE_END.finditer(flat):
        head = flat[: end.start()]
        if not head.endswith(_ABBREVIATIONS):
            return shorten(head, limit)
    return shorten(flat, limit)
