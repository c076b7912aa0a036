"""An item read once: its texts, language and everything named in them.

Owns how the readers of words, rates and days are called together, so that each
later step looks at the same reading. Must not judge what it all means.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from tracker.extract.concepts import Mention, mentions
from tracker.extract.items import Item
from tracker.extract.language import detect
from tracker.extract.text import LONGEST_SUMMARY, LONGEST_TITLE, Text, read_text, suffix_start

__all__ = ["Reading", "read"]


@dataclass(frozen=True)
class Reading:
    """One item with its title (the outlet's name cut off) and summary as text, and its language.

    A summary that only repeats the title is empty here.
    """

    item: Item
    title: Text
    summary: Text
    language: str

    def named(self, topic: str, text: Text) -> tuple[Mention, ...]:
        """What one of the two texts names of a topic, in its order."""
        return mentions(text, topic=topic, language=self.language)

    @cached_property
    def title_world(self) -> tuple[Mention, ...]:
        """Parties, instruments and institutions in the title."""
        return self.named("world", self.title)

    @cached_property
    def summary_world(self) -> tuple[Mention, ...]:
        """Parties, instruments and institutions in the summary."""
        return self.named("world", self.summary)

    @cached_property
    def title_acts(self) -> tuple[Mention, ...]:
        """What is done or said in the title."""
        return self.named("acts", self.title)

    @cached_property
    def summary_acts(self) -> tuple[Mention, ...]:
        """What is done or said in the summary."""
        return self.named("acts", self.summary)

    @cached_property
    def title_noise(self) -> tuple[Mention, ...]:
        """Signs of comment, markets, sport and other matters in the title."""
        return self.named("noise", self.title)

    @cached_property
    def summary_noise(self) -> tuple[Mention, ...]:
        """Signs of comment, markets, sport and other matters in the summary."""
        return self.named("noise", self.summary)

    @cached_property
    def title_concepts(self) -> frozenset[str]:
        """The concepts of the title alone, of the world and of acts."""
        return frozenset(m.concept for m in (*self.title_world, *self.title_acts))

    @cached_property
    def concepts(self) -> frozenset[str]:
        """The concepts of both texts, of the world and of acts."""
        return self.title_concepts | {m.concept for m in (*self.summary_world, *self.summary_acts)}


def read(item: Item) -> Reading:
    """The item read: cleaned, cut to what is looked at, its language told. Never fails."""
    whole = read_text("title", item.title, limit=LONGEST_TITLE)
    cut = suffix_start(item.title, item.publisher)
    title = whole
    if cut < len(item.title):
        tokens = tuple(token for token in whole.tokens if token.end <= cut)
        title = replace(whole, folded=whole.folded[:cut], tokens=tokens)
    summary = read_text("summary", item.summary, limit=LONGEST_SUMMARY)
    words = [token.text for token in summary.tokens]
    if words and words[: len(title.tokens)] == [token.text for token in title.tokens]:
        rest = summary.tokens[len(title.tokens) :]
        if len(rest) < 8:
            summary = replace(summary, folded="", tokens=())
    return Reading(item, title, summary, detect(title, summary, item.language))
