"""What became of a text, word by word: what stayed, what went, what came. Pure.

Owns the cutting into words and the marks by which a difference is told where
there is no colour. Texts may be foreign; making them harmless is for who shows
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple, TypeAlias

__all__ = ["Piece", "marked_pieces", "nearby", "reworded"]

# A feed's summary has some 400 words; beyond this the comparing takes longer than anybody waits.
_MOST_PAIRS = 400_000


_Change: TypeAlias = Literal["same", "removed", "added"]


class Piece(NamedTuple):
    """Words in a row and what became of them: `same`, `removed` or `added`."""

    change: _Change
    text: str


def reworded(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts in order; what was removed stands before what took its place.

    The pieces without the added ones give the words of `before`, those without
    the removed ones give the words of `after`, each parted by single spaces.
    """
    ours, theirs = before.split(), after.split()
    head = _alike(ours, theirs)
    # Cut off first: a text that repeats itself would be lined up with the wrong repetition.
    tail = _alike(ours[head:][::-1], theirs[head:][::-1])
    middle = ours[head : len(ours) - tail], theirs[head : len(theirs) - tail]
    found: list[tuple[_Change, list[str]]] = [
        ("same", ours[:head]),
        *_between(*middle),
        ("same", ours[len(ours) - tail :]),
    ]
    return tuple(Piece(change, " ".join(words)) for change, words in found if words)


def _alike(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """How many words both begin with."""
    pairs = enumerate(zip(ours, theirs, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(ours), len(theirs)))


def _between(ours: list[str], theirs: list[str]) -> Iterator[tuple[_Change, list[str]]]:
    """What went and what came between two ends that are the same."""
    if len(ours) * len(theirs) > _MOST_PAIRS:
        yield "removed", ours
        yield "added", theirs
        return
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for kind, a_from, a_until, b_from, b_until in matcher.get_opcodes():
        if kind == "equal":
            yield "same", ours[a_from:a_until]
            continue
        yield "removed", ours[a_from:a_until]
        yield "added", theirs[b_from:b_until]


def nearby(pieces: Iterable[Piece], around: int) -> tuple[Piece, ...]:
    """The pieces, of a long run of words that stayed only `around` on each side of a change."""
    found = list(pieces)
    last = len(found) - 1
    told = []
    for number, (change, text) in enumerate(found):
        words = text.split()
        if change != "same" or len(words) <= 2 * around + 1:
            told.append(Piece(change, text))
            continue
        head = [] if number == 0 else words[:around]
        tail = [] if number == last else words[-around:]
        told.append(Piece(change, " ".join((*head, "…", *tail))))
    return tuple(told)


def marked_pieces(pieces: Iterable[Piece]) -> str:
    """The pieces on one line: what went as `[-words-]`, what came as `{+words+}`."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return " ".join(marks[change].format(text) for change, text in pieces)
