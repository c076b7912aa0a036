"""What a desk is shown and told: candidates, sources, drafts, what they would do. Types only.

They are stable and only grow. Every text in here that came from a feed is without
control characters and otherwise as it was given: it is text, never markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from tracker.core.events import Event

__all__ = [
    "Claimed",
    "Disagreement",
    "Done",
    "Exported",
    "Mark",
    "Opened",
    "Preview",
    "Proposal",
    "QueueItem",
    "Shift",
    "SourceView",
    "Standing",
]


class Standing(StrEnum):
    """Where a candidate stands. `accepted` waits for its export, `exported` is in the files."""

    OPEN = "open"
    POSTPONED = "postponed"
    ACCEPTED = "accepted"
    EXPORTED = "exported"
    MERGED = "merged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `[start, end)` of a source's title or summary that a value was read from.

    `slot` is one of kind, imposer, targets, products, rate_pct, effective_date,
    until_date; `value` the value as text. Marks of a text may overlap.
    """

    slot: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """What one source says; None or empty where it does not say. Countries ISO alpha-2."""

    kind: str
    imposer: str | None = None
    targets: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    rate_pct: Decimal | None = None
    effective_from: date | None = None
    effective_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """One report of a candidate, with what was read out of it.

    `report` names it (the stream of the ledger that holds it). `link` is checked to be
    http or https, None otherwise. `published` is the policy day it gives, None where
    it gives none; `first_seen` is UTC.
    """

    report: str
    publisher: str
    source: str
    official: bool
    link: str | None
    published: date | None
    first_seen: datetime
    language: str
    title: str
    summary: str
    title_marks: tuple[Mark, ...]
    summary_marks: tuple[Mark, ...]
    says: Claimed
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueItem:
    """A line of the queue: a group of reports that tell one story, and what was decided on it.

    `version` counts the decisions so far: hand it back with an action, so that one
    taken on an older view is refused. `importance` is 0 to 1. `known` is the event of
    the record that the reports seem to tell, `event` the one it was accepted as or
    merged into. `day` is the first day of the reports, None where none gives one.
    `since` counts reports that came after the decision. `amended`: an editor has
    rewritten the draft. `until` is set while it is postponed.
    """

    id: str
    version: int
    standing: Standing
    title: str
    importance: float
    kind: str
    imposer: str | None
    targets: tuple[str, ...]
    products: tuple[str, ...]
    rates: tuple[Decimal, ...]
    day: date | None
    size: int
    publishers: tuple[str, ...]
    official: bool
    known: str | None = None
    event: str | None = None
    editor: str | None = None
    decided_at: datetime | None = None
    why: str | None = None
    until: date | None = None
    since: int = 0
    amended: bool = False


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A slot on which sources differ: each value as text, with the publishers that say it."""

    slot: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """The draft of an event as an editor edits it: YAML of one entry of the record.

    `event` is None where the text is not an event yet; `faults` are lines that each say
    what is wrong, naming the rule in brackets: with any the draft cannot be accepted.
    `notes` say what was left out and why ("sources disagree on the rate").
    """

    text: str
    event: Event | None
    faults: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shift:
    """What would read differently on a day: one sentence for each provision that changes."""

    day: date
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft and what it would do to the policy state: nothing has been written."""

    proposal: Proposal
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A candidate with all that is needed to decide.

    `events` are the nearest events of the record, most likely first, that it may be
    merged into: id and English title.
    """

    item: QueueItem
    sources: tuple[SourceView, ...]
    preview: Preview
    disagreements: tuple[Disagreement, ...]
    events: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What an action did, as one sentence, and how the candidate stands after it."""

    sentence: str
    item: QueueItem


@dataclass(frozen=True, slots=True)
class Exported:
    """An event as it went into the record's files; `new` is False where it stood there already."""

    event: str
    file: str
    new: bool
