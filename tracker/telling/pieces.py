"""The pieces that the JSON shapes are made of: days, rates, uncertain days, sources, claims.

Owns how a value of the core reads as built-in data.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from tracker.core.events import Source, When, Wording, worded
from tracker.core.policy import Disputed
from tracker.core.words import Basis
from tracker.telling.language import ENGLISH
from tracker.telling.phrases import rate_phrase

__all__ = [
    "Json",
    "claim_json",
    "day_json",
    "rate_json",
    "rate_words_json",
    "source_json",
    "when_json",
]

Json: TypeAlias = dict[str, Any]


def day_json(day: date | None) -> str | None:
    """A day in ISO 8601, or null."""
    return None if day is None else day.isoformat()


def rate_json(rate: Decimal | None) -> float | None:
    """A rate in percent as a number, or null."""
    return None if rate is None else float(rate)


def rate_words_json(rate: Decimal | None, text: Wording | None, basis: Basis) -> str | None:
    """A rate in English words, without what it is charged on; null where nothing is known."""
    if text:
        return worded(text)
    if rate is None and basis is not Basis.BAN:
        return None
    named = basis if rate is None else Basis.FULL_VALUE
    return rate_phrase(ENGLISH, rate, named)


def when_json(when: When) -> Json:
    """A day not known as one: its `kind` is `range`, `condition` or `unknown`.

    A range with a condition is a `range`, and carries the condition too.
    """
    bounded = when.earliest is not None or when.latest is not None
    condition = None if when.condition is None else worded(when.condition)
    return {
        "kind": "range" if bounded else "unknown" if condition is None else "condition",
        "earliest": day_json(when.earliest),
        "latest": day_json(when.latest),
        "condition": condition,
    }


def source_json(source: Source) -> Json:
    """Who says so."""
    return {
        "url": source.url,
        "publisher": source.publisher,
        "title": source.title,
        "published": source.published,
        "primary": source.primary,
    }


def claim_json(found: Disputed) -> Json:
    """A claim in dispute, with the event that records it."""
    claim = found.claim
    return {
        "measure": claim.measure,
        "provision": claim.provision,
        "targets": list(claim.targets),
        "standing": str(claim.standing),
        "stated": claim.stated.en,
        "finding": claim.finding.en,
        "rate_pct": rate_json(claim.rate_pct),
        "claimed_from": day_json(claim.claimed_from),
        "claimed_until": day_json(claim.claimed_until),
        "event": found.event.id,
        "sources": [source_json(source) for source in claim.sources],
    }
