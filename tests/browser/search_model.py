"""The search of the site, told a second time in Python: the browser's answers are held to it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

WEIGHTS = (8, 6, 4, 2, 1)
MOST_WORDS = 12
Json = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """Where it leads, its day as ISO text or empty, its fields folded and framed by blanks."""

    href: str
    iso: str
    fields: tuple[str, ...]


class Model:
    """The groups of one index, asked as its page asks them."""

    def __init__(self, index: Json) -> None:
        self.alike = [(re.compile(p, re.ASCII), put) for p, put in index["alike"]]
        self.index = index
        self.measures, self.goods = (group[2] for group in index["groups"][:2])
        self.groups = [
            [self._entry(folder, found) for found in entries]
            for _, folder, entries in index["groups"]
        ]

    def answer(self, query: str) -> tuple[list[list[str]], bool]:
        """The addresses found in each group, best first, and whether they hold every word."""
        words = list(dict.fromkeys(_split(self._same(_plain(query)))))[:MOST_WORDS]
        whole = [self._find(entries, words, every=True) for entries in self.groups]
        if any(whole):
            return whole, True
        return [self._find(entries, words, every=False) for entries in self.groups], False

    def _find(self, entries: list[Entry], words: list[str], *, every: bool) -> list[str]:
        found: list[tuple[int, Entry]] = []
        for entry in entries:
            each = [_worth(entry.fields, word) for word in words]
            if words and (all(each) if every else any(each)):
                found.append((sum(each), entry))
        found.sort(key=lambda one: one[1].iso, reverse=True)
        found.sort(key=lambda one: one[0], reverse=True)
        return [entry.href for _, entry in found]

    def _entry(self, folder: str, held: list[Any]) -> Entry:
        key, title, of, paper, about, touched, parties, note, *other = held
        iso = (other[0] or key[:10]) if other else ""
        names = self.index["parties"]
        titles = [_said(self.measures[n][1]) for n in about]
        beside = self.index["kinds"][of] if iso else of
        codes = [f"{code} {names.get(code, '')}" for code in parties.split(" ")]
        wares = [f"{_said(self.goods[n][1])} {self.goods[n][3]}" for n in touched]
        fields = (
            [_said(title)],
            [paper],
            wares,
            [beside, iso, self._day(iso) if iso else "", *codes, *titles],
            [_said(note)],
        )
        return Entry(f"{folder}/{key}", iso, tuple(self._field(texts) for texts in fields))

    def _day(self, iso: str) -> str:
        year, month, number = (int(part) for part in iso.split("-"))
        pattern: str = self.index["days"][month - 1][0 if number == 1 else 1]
        return pattern.replace("@", str(number)).replace("#", str(year))

    def _field(self, texts: list[str]) -> str:
        text = _plain(" ".join(texts))
        return f" {' '.join(dict.fromkeys((*_split(text), *_split(self._same(text)))))} "

    def _same(self, text: str) -> str:
        for pattern, put in self.alike:
            text = pattern.sub(re.sub(r"\$(\d)", r"\\\1", put), text)
        return text


def _said(text: str | list[str]) -> str:
    return text if isinstance(text, str) else text[0]


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if not unicodedata.category(c).startswith("M")).lower()


def _split(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:\.\d+)*", text)


def _begun(fields: tuple[str, ...], word: str) -> int:
    return max(
        (weight * (2 if f" {word} " in text else 1)) if f" {word}" in text else 0
        for weight, text in zip(WEIGHTS, fields, strict=True)
    )


def _worth(fields: tuple[str, ...], word: str) -> int:
    found = _begun(fields, word)
    return found or (_begun(fields, re.sub("e?s$", "", word)) if len(word) > 4 else 0)
