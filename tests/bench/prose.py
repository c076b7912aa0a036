"""Words of the length the real record has: titles, summaries, sources, citations.

Owns how much text a synthetic event carries, so that its payload weighs what a
real one does. It knows nothing of policy: the words mean nothing.
"""

from __future__ import annotations

from random import Random
from typing import TypeVar

from tracker.core.events import Instrument, Source, Step, Text
from tracker.core.words import Stage

T = TypeVar("T")

_ACTORS = (
    "The President",
    "US Trade Representative",
    "Commerce",
    "Canada's Finance Department",
    "Mexico's Economy Ministry",
    "The Court of International Trade",
    "Ottawa",
    "Customs and Border Protection",
)
_VERBS = (
    "orders new duties on",
    "moves the start of the duties on",
    "raises the rate on",
    "opens talks about",
    "confirms the treatment of",
    "narrows the list of",
    "explains how to enter",
    "puts a term to the relief for",
)
_GOODS = (
    "steel and aluminum derivatives",
    "passenger vehicles and light trucks",
    "softwood lumber and timber",
    "energy and energy resources",
    "copper and its derivatives",
    "dairy and farm products",
    "heavy trucks and their parts",
    "fertilizer and potash",
)
_ENDS = (
    "from the first of the month",
    "after the hearing of this week",
    "for goods that qualify under USMCA",
    "until the review is complete",
    "as both sides go on talking",
    "by order in council",
)
_SENTENCES = (
    "The order leaves goods in transit before the day it starts at the earlier rate. ",
    "Officials say that the rate may change again if the other side answers in kind. ",
    "Importers must declare the country of melt and pour at the time of entry. ",
    "The notice lists the tariff headings and repeals those of the earlier annex. ",
    "Goods that qualify under the agreement stay outside as long as their claim stands. ",
    "No drawback is available, and duties add to those under other authorities. ",
)
_PUBLISHERS = (
    "Federal Register / CBP",
    "Canada Gazette",
    "Diario Oficial de la Federación",
    "Example Trade Law Review",
    "The Daily Example",
    "Newswire of Examples",
)
_PATHS = (
    "content/pkg/notice-of-implementation-of-additional-duties",
    "insights/blogs/trade-tracker/imposing-duties-on-imports",
    "news-releases/statement-on-the-tariffs-of-the-other-side",
    "article/law-order/retaliatory-tariffs-on-listed-goods",
)
_SOURCES = (1, 2, 2, 2, 2, 3, 3, 3, 4)
"""How many sources an event has; the real record's median is 2, its mean 2.5."""


def seeded(seed: int | str) -> Random:
    """A generator that gives the same draws for the same seed."""
    return Random(seed)  # noqa: S311 - nothing here is a secret


def pick(rng: Random, choices: tuple[T, ...]) -> T:
    """One of `choices`; quicker than `Random.choice`."""
    return choices[int(rng.random() * len(choices))]


def title_of(rng: Random) -> Text:
    """A headline of about 75 characters."""
    words = (pick(rng, _ACTORS), pick(rng, _VERBS), pick(rng, _GOODS), pick(rng, _ENDS))
    return Text(en=" ".join(words))


def summary_of(rng: Random, title: Text) -> Text:
    """Two or three sentences of together about 200 characters."""
    end = pick(rng, _SENTENCES) if rng.random() < 0.5 else f"So far: {title.en[:40].lower()}."
    return Text(en=f"{pick(rng, _SENTENCES)}{pick(rng, _SENTENCES)}{end}".strip())


def sources_of(rng: Random, event_id: str, title: Text) -> tuple[Source, ...]:
    """One to four sources with addresses of their own; the first is the primary one."""
    return tuple(
        Source(
            url=f"https://www.example.org/{event_id[:4]}/{pick(rng, _PATHS)}/{event_id}-{place}",
            publisher=pick(rng, _PUBLISHERS),
            title=f"{title.en[:66]} ({place})",
            published=event_id[:10] if rng.random() < 0.6 else None,
            primary=place == 0,
        )
        for place in range(pick(rng, _SOURCES))
    )


def instrument_of(rng: Random, event_id: str) -> Instrument | None:
    """The paper behind an event: two of three have one, one of eight has a link of its chain."""
    if rng.random() < 0.34:
        return None
    number = int(rng.random() * 90_000)
    citation = f"Proclamation {number} of {event_id[:10]}, 90 FR {number}"
    if rng.random() < 0.12:
        return Instrument(citation=citation, steps=(Step(stage=Stage.PUBLISHED),))
    return Instrument(citation=citation)
