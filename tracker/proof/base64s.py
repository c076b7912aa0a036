"""Bytes in base64, in the one spelling that each has."""

from __future__ import annotations

import base64
import binascii

__all__ = ["spelled", "unspelled"]


def spelled(data: bytes) -> str:
    """`data` in standard base64 (RFC 4648, section 4)."""
    return base64.b64encode(data).decode()


def unspelled(text: str, *, length: int | None = None) -> bytes:
    """The bytes that `text` spells; `length` is how many there must be, where that is known.

    Only what `spelled` writes is taken: no white space, no spare bits, padding in
    its place. So two different texts never stand for the same bytes.
    Raises: ValueError.
    """
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("it is not base64") from error
    if spelled(data) != text:
        raise ValueError("it is not base64 in its one spelling")
    if length is not None and len(data) != length:
        raise ValueError(f"it holds {len(data)} bytes, not {length}")
    return data
