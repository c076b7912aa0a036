"""Drafts that no editor has taken yet, as the site is told of them. Types only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.core.events import Text

__all__ = ["DraftOffer", "DraftSource"]


@dataclass(frozen=True, slots=True)
class DraftSource:
    """A report behind a draft: hostile text. `day` is None where it gives none."""

    publisher: str
    title: str
    link: str | None
    language: str
    day: date | None


@dataclass(frozen=True, slots=True)
class DraftOffer:
    """What several reports seem to say: unconfirmed.

    `day` is the first that a report gives. `apart` are the slots on which they differ:
    each value as text with the publishers that say it.
    """

    id: str
    title: Text
    kind: str
    day: date | None
    sources: tuple[DraftSource, ...]
    apart: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = ()
