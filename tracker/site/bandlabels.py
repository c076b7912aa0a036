"""The words beside the status bands: headings, and the label of each row, in lines.

Owns how they are broken, so that each line is seen whole on a phone, where the picture is
wider than the screen. It knows nothing of the shapes. Escaped pieces only.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup

from tracker.site.book import Place
from tracker.site.edition import Edition
from tracker.site.markup import filled
from tracker.site.text import clean, shorten
from tracker.site.views import row_view

__all__ = ["HEADING_STEP", "LABEL_STEP", "heading_lines", "label_lines", "written"]

LABEL_STEP, HEADING_STEP = 12, 15
"""How far one line stands below another."""

_LABEL, _HEADING = 48, 38
"""How many letters of a wide font a screen of 320 pixels shows in one line of the picture."""

_LABELS, _HEADINGS = 2, 3
"""How many lines there are at most."""

_SPARE = (4, 9, 14)
"""By how much lines may be longer than if all were alike, the least that will do."""


def label_lines(edition: Edition, place: Place) -> tuple[str, ...]:
    """The label of a provision that has a course: its goods, with their origin."""
    row = row_view(edition, edition.book.course(place)[-1].state)
    return _broken(row.products.text + (f", {row.origin}" if row.origin else ""), _LABEL, _LABELS)


def heading_lines(title: str) -> tuple[str, ...]:
    """The heading of a group; nothing for an empty one."""
    return _broken(title, _HEADING, _HEADINGS)


def written(lines: Sequence[str], css: str, *, last: int, step: int) -> Markup:
    """The lines one below another, the last of them at the height `last`."""
    first = last - step * (len(lines) - 1)
    return Markup("").join(
        filled('<text class="{}" y="{}">{}</text>', css, first + step * number, clean(line))
        for number, line in enumerate(lines)
    )


@lru_cache(maxsize=4096)
def _broken(text: str, limit: int, most: int) -> tuple[str, ...]:
    """The text in as few lines as hold it, as even as may be, the last cut if it is too long."""
    words = [part for word in text.split() for part in _pieces(word, limit)]
    lines = _filled(words, limit)
    if len(lines) < 2:
        return lines
    if len(lines) > most:
        rest = " ".join(lines[most - 1 :])
        return (*lines[: most - 1], shorten(rest, limit))
    alike = len(text) // len(lines)
    even = (_filled(words, min(limit, alike + spare)) for spare in _SPARE)
    return next((found for found in even if len(found) == len(lines)), lines)


def _pieces(word: str, limit: int) -> Sequence[str]:
    """A word that no line can hold in parts that one can."""
    return [word[at : at + limit] for at in range(0, len(word), limit)]


def _filled(words: Sequence[str], limit: int) -> tuple[str, ...]:
    """The words in lines of at most `limit` letters, each begun when the one before is full."""
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + len(word) < limit:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)
