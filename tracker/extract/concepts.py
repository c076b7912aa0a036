"""Words to concepts: which of the things we have words for a text names, and where.

Owns the look-up of phrases, longest first, language by language. The tables are
in the `words_` modules; what a concept then means is for those who ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tracker.extract.text import Text, Token, fold
from tracker.extract.words_acts import ACTS, ACTS_ONLY
from tracker.extract.words_noise import NOISE, NOISE_ONLY
from tracker.extract.words_parties import PARTIES, PARTIES_ONLY
from tracker.extract.words_products import PRODUCTS, PRODUCTS_ONLY
from tracker.extract.words_trade import TRADE, TRADE_ONLY

__all__ = ["Mention", "mentions"]

_PIECE = re.compile(r"[a-z]+\*?|\d+(?:[.,]\d+)*|%|[?!:;.,\"'()|$/-]")
_SHORTEST_STEM = 3
_MOST_PIECES = 8


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept named at tokens `[first, last)`, characters `[start, end)` of a field."""

    concept: str
    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Table:
    """Phrases by their first piece: longest first, whole words before stems."""

    by_word: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    stems: frozenset[str]
    longest_stem: int


def _phrases(
    tables: Iterable[Mapping[str, str]],
) -> Iterable[tuple[tuple[str, ...], str]]:
    for table in tables:
        for concept, words in table.items():
            for phrase in words.split("|"):
                pieces = tuple(_PIECE.findall(fold(phrase)))
                if pieces:
                    yield pieces, concept


@lru_cache(maxsize=16)
def _table(topic: str, language: str) -> _Table:
    common, only = {
        "world": (
            (PARTIES, TRADE),
            (PARTIES_ONLY, TRADE_ONLY),
        ),
        "acts": ((ACTS,), (ACTS_ONLY,)),
        "noise": ((NOISE,), (NOISE_ONLY,)),
        "products": ((PRODUCTS,), (PRODUCTS_ONLY,)),
    }[topic]
    tables = [*common, *(table.get(language, {}) for table in only)]
    by_word: dict[str, dict[tuple[str, ...], list[str]]] = {}
    for pieces, concept in _phrases(tables):
        concepts = by_word.setdefault(pieces[0], {}).setdefault(pieces, [])
        if concept not in concepts:
            concepts.append(concept)
    ordered = {
        word: tuple(
            (pieces, concept)
            for pieces, concepts in sorted(
                phrases.items(), key=lambda pair: (-len(pair[0]), pair[0])
            )
            for concept in concepts
        )
        for word, phrases in by_word.items()
    }
    stems = frozenset(word for word in ordered if word.endswith("*"))
    return _Table(ordered, stems, max((len(word) for word in stems), default=0))


def _agrees(tokens: tuple[Token, ...], at: int, pieces: tuple[str, ...]) -> bool:
    """Whether the phrase stands at that token; its first piece is known to."""
    if at + len(pieces) > len(tokens):
        return False
    for offset in range(1, len(pieces)):
        piece, text = pieces[offset], tokens[at + offset].text
        if piece != text and not (piece.endswith("*") and text.startswith(piece[:-1])):
            return False
    return True


def _keys(word: str, table: _Table) -> Iterable[str]:
    """The word itself, then every stem it begins with, longest first."""
    yield word
    for length in range(min(len(word), table.longest_stem - 1), _SHORTEST_STEM - 1, -1):
        stem = word[:length] + "*"
        if stem in table.stems:
            yield stem


def mentions(text: Text, *, topic: str, language: str) -> tuple[Mention, ...]:
    """What the text names of a topic (`world`, `acts`, `noise`, `products`), in its order.

    Of phrases that begin at one word the longest counts, with every concept it
    stands for, and what lies inside it is not named again.
    """
    table, tokens = _table(topic, language), text.tokens
    found: list[Mention] = []
    at = 0
    while at < len(tokens):
        length, concepts = 0, list[str]()
        for key in _keys(tokens[at].text, table):
            for pieces, concept in table.by_word.get(key, ()):
                if len(pieces) < max(length, 1) or not _agrees(tokens, at, pieces):
                    continue
                if len(pieces) > length:
                    length, concepts = len(pieces), []
                if concept not in concepts:
                    concepts.append(concept)
            if length:
                break
        last = at + max(length, 1)
        found.extend(
            Mention(concept, at, last, tokens[at].start, tokens[last - 1].end)
            for concept in concepts
        )
        at = last
    return tuple(found)
