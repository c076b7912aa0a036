"""Making foreign text and foreign links harmless before they reach a page.

Owns what counts as a path segment, a language tag and the first sentence of a text;
what may be printed and linked is told by `telling.harmless`. It knows nothing of
events or templates.
"""

from __future__ import annotations

import re

from tracker.errors import OperationFailed
from tracker.telling.harmless import clean, outward

__all__ = ["clean", "first_sentence", "language_tag", "outward", "segment", "shorten"]

_SEGMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"“])")
# A full stop after one of these does not end a sentence.
_ABBREVIATIONS = ("U.S.", "No.", "Nos.", "vs.", "v.", "Fed.", "Reg.", "Inc.", "St.", "Art.")


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
