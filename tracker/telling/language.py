"""A language to tell in: sentences from the catalogues, days and numbers, foreign text.

Owns the way from a sentence in the code to one in Spanish or French. English
sentences are the code's own; the catalogues, text in `templates/locale`, are
found beside the package unless the caller names another folder, and read at
first use. Babel enters only when there is something to format.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from tracker.config import shipped
from tracker.core.events import Wording
from tracker.errors import UnknownName

__all__ = ["ENGLISH", "LANGUAGES", "Language", "Said", "language", "marked"]

LANGUAGES = ("en", "es", "fr")
"""ISO 639-1 codes of the languages that are told, in the order they are shown."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words and the language they are in, which is English where a translation is missing."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Language:
    """One language. Equal by `code`; safe to share, to hash and to keep."""

    code: str
    _catalogue: gettext.NullTranslations = field(
        default_factory=gettext.NullTranslations, repr=False, compare=False
    )
    # What was asked for before: a site says the same a hundred thousand times.
    _found: dict[tuple[str, str], str] = field(default_factory=dict, repr=False, compare=False)
    _days: dict[date, str] = field(default_factory=dict, repr=False, compare=False)

    def say(self, context: str, sentence: str, /, **values: str) -> str:
        """The sentence in this language with its placeholders filled.

        `sentence` is English and stands in the code as a literal, so that it can
        be collected; `context` tells apart the same English with two meanings.
        """
        said = self._found.get((context, sentence))
        if said is None:
            said = self._found[context, sentence] = self._catalogue.pgettext(context, sentence)
        return said.format(**values) if values else said

    def say_count(
        self, context: str, one: str, many: str, count: int | Decimal, /, **values: str
    ) -> str:
        """`say` with the form the language takes for `count`, filled in as `{count}`."""
        from tracker.telling import figures

        number = Decimal(count)
        form = figures.plural(self.code, number)
        said = self._catalogue.npgettext(context, one, many, form)
        return said.format(count=figures.number(self.code, number), **values)

    def forms(self, context: str, one: str, many: str, /) -> tuple[str, str]:
        """The sentence for one and for many, its placeholders still open: for who counts later."""
        said = (self._catalogue.npgettext(context, one, many, form) for form in (1, 2))
        first, second = said
        return first, second

    def day(self, value: date) -> str:
        """A day in full: `4 March 2025`."""
        said = self._days.get(value)
        if said is None:
            from tracker.telling import figures

            said = self._days[value] = figures.day(self.code, value)
        return said

    def short_day(self, value: date) -> str:
        """A day with its month shortened, for tables: `4 Mar 2025`."""
        from tracker.telling import figures

        return figures.short_day(self.code, value)

    def month(self, value: date) -> str:
        """The month a day is in, as a heading: `March 2025`."""
        from tracker.telling import figures

        return figures.month(self.code, value)

    def number(self, value: Decimal) -> str:
        """A number as the language writes it."""
        from tracker.telling import figures

        return figures.number(self.code, value)

    def percent(self, value: Decimal) -> str:
        """A rate in percent: `12.5%`."""
        from tracker.telling import figures

        return figures.percent(self.code, value)

    def listed(self, parts: Sequence[str]) -> str:
        """The parts as a list in words: `a, b and c`; empty for none."""
        from tracker.telling import figures

        return figures.listed(self.code, parts)

    def series(self, parts: Iterable[str]) -> str:
        """Phrases one after the other, apart as the language parts them: `a; b`."""
        return self.say("list", "; ").join(parts)

    def country(self, code: str) -> str:
        """The name of a country by its ISO 3166-1 alpha-2 code, else the code."""
        from tracker.telling import figures

        return figures.territory(self.code, code)

    def text(self, words: Wording) -> Said:
        """Free text in this language where it is translated, else in English, and which it is."""
        if isinstance(words, str):
            return Said(words, "en")
        return Said(*words.in_language(self.code))

    def words(self, words: Wording) -> str:
        """Free text for a sentence; `(en)` follows where it is still in English."""
        said = self.text(words)
        foreign = said.lang != self.code and any(char.isalpha() for char in said.text)
        return f"{said.text} ({said.lang})" if foreign else said.text


ENGLISH = Language("en")


def marked(context: str, sentence: str) -> tuple[str, str]:
    """A context and a sentence for `Language.say`, marked so that they are collected."""
    return (context, sentence)


def language(code: str, *, folder: Path | None = None) -> Language:
    """The language of that code, its catalogue read from `folder`, by default the shipped one.

    Read once for each folder. Raises: UnknownName if it is not one of
    `LANGUAGES`; OperationFailed if its catalogue does not read.
    """
    if code not in LANGUAGES:
        raise UnknownName(f"no language {code!r} is told", f"Use one of: {', '.join(LANGUAGES)}")
    return _language(code, folder or shipped("templates/locale"))


@cache
def _language(code: str, folder: Path) -> Language:
    if code == "en":
        return ENGLISH
    from tracker.telling.catalogues import translations

    return Language(code, translations(folder, code))
