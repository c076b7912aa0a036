"""Foreign text as a terminal may show it: harmless, of bounded length, its spans highlighted.

Owns what keeps a feed from doing anything to the desk. Everything becomes a `Text`, which
is characters and styles: no markup is ever read out of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rich.text import Text

from tracker.review.desk import Mark
from tracker.telling.harmless import clean

__all__ = ["SLOT_NAMES", "SPOKEN", "STYLES", "highlighted", "one_line", "words_of"]

STYLES = {
    "kind": "bold magenta",
    "imposer": "bold cyan",
    "targets": "bold yellow",
    "products": "bold green",
    "rate_pct": "bold reverse",
    "effective_date": "bold underline",
    "until_date": "italic underline",
}
"""How the words that a slot was read from look, in sources and draft alike."""
SLOT_NAMES = {
    "kind": "kind",
    "imposer": "by",
    "targets": "on",
    "products": "goods",
    "rate_pct": "rate",
    "effective_date": "from",
    "until_date": "until",
}
"""What a slot is called beside its value, in the order in which slots are listed."""
SPOKEN = {
    "kind": "what happened",
    "imposer": "who imposes it",
    "targets": "whose goods",
    "products": "which goods",
    "rate_pct": "the rate",
    "effective_date": "the first day",
    "until_date": "the end",
}
"""What a slot is called in a sentence."""

_BLANK = re.compile(r"\s")
# Zero-width and bidirectional marks have no width to be seen by and move what stands beside them.
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2065\ufeff\ufff9-\ufffb]")


def _shown(text: str) -> str:
    """The text made harmless, character by character, so that offsets stay what they are."""
    return _UNSEEN.sub("\ufffd", _BLANK.sub(" ", clean(text)))


def one_line(text: str, longest: int = 300) -> str:
    """Foreign text as one harmless line, cut where it is longer."""
    # Twice the length is cut first: a text of 100 kB is not walked through for its beginning.
    flat = " ".join(_shown(text[: 4 * longest]).split())
    return flat if len(flat) <= longest and len(text) <= 4 * longest else f"{flat[:longest]}…"


def highlighted(text: str, marks: Iterable[Mark], longest: int = 1_500) -> Text:
    """The text with its marks in the style of their slots; says how much was cut off."""
    shown = Text(_shown(text[:longest]))
    for mark in marks:
        if mark.start < longest:
            shown.stylize(STYLES.get(mark.slot, "bold"), mark.start, min(mark.end, longest))
    if len(text) > longest:
        shown.append(f" … ({len(text) - longest:,} characters more)", "dim")
    return shown


def words_of(text: str, marks: Sequence[Mark]) -> dict[str, list[str]]:
    """The words each slot was read from, by slot, each once, in order of the text."""
    found: dict[str, list[str]] = {}
    for mark in sorted(marks, key=lambda one: (one.start, one.end)):
        words = one_line(text[mark.start : mark.end], 60)
        if words and words not in found.setdefault(mark.slot, []):
            found[mark.slot].append(words)
    return found
