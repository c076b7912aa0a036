"""Signed notes: a text, an empty line, and a line for each signature (c2sp.org/signed-note).

Owns how a note is spelled, and nothing of keys: whose signature it is and
whether it holds belongs to `keys`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.errors import BadInput
from tracker.proof.base64s import spelled, unspelled

__all__ = ["Note", "Signature", "fit_name", "read_note"]

_DASH = "\N{EM DASH}"
_MOST = 64  # signatures; the format asks for at least 16, and for a limit
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_ADVICE = "Use the file as it was published, byte for byte"


@dataclass(frozen=True, slots=True)
class Signature:
    """One line under a note: the key's name, its four-byte id, and what it signed."""

    name: str
    key_id: bytes
    value: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A text, ending in a line end, and the signatures under it."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        """The note as it is published."""
        lines = [
            f"{_DASH} {one.name} {spelled(one.key_id + one.value)}\n" for one in self.signatures
        ]
        return f"{self.text}\n{''.join(lines)}"


def fit_name(name: str) -> bool:
    """Whether a key may have that name: not empty, no white space, no plus, nothing that steers."""
    return bool(name) and name.isprintable() and not re.search(r"[\s+]", name)


def read_note(text: str, *, what: str) -> Note:
    """The note that `text` spells; `what` names it in an error.

    Raises: BadInput.
    """
    if _CONTROL.search(text):
        raise BadInput(f"{what} holds a control character, which no signed note does", _ADVICE)
    body, gap, under = text.rpartition("\n\n")
    lines = under.split("\n")
    if not gap or lines[-1] or not lines[:-1]:
        raise BadInput(f"{what} is not a text with signatures under it", _ADVICE)
    if len(lines) > _MOST + 1:
        raise BadInput(f"{what} has more than {_MOST} signatures", _ADVICE)
    return Note(f"{body}\n", tuple(_signature(line, what) for line in lines[:-1]))


def _signature(line: str, what: str) -> Signature:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    try:
        data = unspelled(encoded)
    except ValueError:
        data = b""
    if dash != _DASH or not fit_name(name) or len(data) <= 4:
        raise BadInput(f"{what} has a line among its signatures that is none", _ADVICE)
    return Signature(name, data[:4], data[4:])
