"""Edits: every entry of the ledger by which a feed's item came to read otherwise. Pure.

Owns which versions stand beside each other, and which events of the record
already rested on the page when it was edited. Both versions stay in the
ledger; this only finds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from tracker.core.addresses import page_of
from tracker.core.codec import PLAIN, UNREADABLE, decode
from tracker.core.entries import (
    EventCorrected,
    EventRecorded,
    EventRetracted,
    Report,
    ReportChanged,
    ReportSeen,
)
from tracker.core.events import Event
from tracker.core.world import Line

__all__ = ["Edit", "edits", "pages_cited"]

_SEEN, _CHANGED = ReportSeen.TYPE, ReportChanged.TYPE
_EVENTS = frozenset({EventRecorded.TYPE, EventCorrected.TYPE, EventRetracted.TYPE})
_FIELDS = ("title", "summary", "link", "published")


class _Url(msgspec.Struct, frozen=True):
    url: str | None = None


class _Paper(msgspec.Struct, frozen=True):
    url: str | None = None
    steps: tuple[_Url, ...] = ()


class _Said(msgspec.Struct, frozen=True):
    sources: tuple[_Url, ...] = ()


class _Cites(msgspec.Struct, frozen=True):
    """An event as far as it says where it has its word from."""

    id: str
    sources: tuple[_Url, ...] = ()
    claims: tuple[_Said, ...] = ()
    instrument: _Paper | None = None


class _Payload(msgspec.Struct, frozen=True):
    event: _Cites


class _Named(msgspec.Struct, frozen=True, gc=False):
    """An item as far as it says which one it is."""

    source: str
    identity: str


class _Item(msgspec.Struct, frozen=True, gc=False):
    report: _Named


_CITES = msgspec.json.Decoder(_Payload)
_ITEMS = msgspec.json.Decoder(_Item)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One later version of an item beside the one before it, in order of the ledger.

    `fields` names what reads otherwise, of title, summary, link and published, in
    that order; where it is empty, nothing shown did. `recorded_at` is UTC: when
    we saw it, not when it was made. `cited_by` are the events that rested on the
    item's page when it was edited; `open_for` those of them that the record has
    not looked at again since.
    """

    position: int
    recorded_at: datetime
    before: Report
    after: Report
    fields: tuple[str, ...]
    cited_by: tuple[str, ...] = ()
    open_for: tuple[str, ...] = ()


def pages_cited(event: Event | _Cites) -> frozenset[str]:
    """The pages an event rests on, as `page_of` spells them: its own and its claims' sources."""
    paper = event.instrument
    urls = [
        *(source.url for source in event.sources),
        *(source.url for claim in event.claims for source in claim.sources),
        *((paper.url, *(step.url for step in paper.steps)) if paper is not None else ()),
    ]
    return frozenset(page for url in urls if url and (page := page_of(url)))


def edits(lines: Iterable[Line]) -> tuple[Edit, ...]:
    """Every edit among the lines of a ledger, oldest first.

    A ledger without any is not read beyond the kinds of its lines; of one with
    some, only the items that were edited are read whole.
    Raises: LedgerBroken if a payload does not read.
    """
    kept = [line for line in lines if line.type in {_SEEN, _CHANGED} or line.type in _EVENTS]
    if not any(line.type == _CHANGED for line in kept):
        return ()
    edited = {_place(line) for line in kept if line.type == _CHANGED}
    held: dict[tuple[str, str], Report] = {}
    cited = _Citations()
    found: list[Edit] = []
    for line in kept:
        if line.type in _EVENTS:
            cited.take(line)
            continue
        if line.type == _SEEN and _place(line) not in edited:
            continue
        payload = decode(line.type, line.schema, line.payload)
        if not isinstance(payload, ReportSeen | ReportChanged):
            continue
        after = payload.report
        before = held.get((after.source, after.identity))
        held[after.source, after.identity] = after
        if before is not None and isinstance(payload, ReportChanged):
            found.append(_edit(line, before, after, cited))
    return tuple(
        replace(one, open_for=tuple(e for e in one.cited_by if cited.last.get(e, 0) < one.position))
        if one.cited_by
        else one
        for one in found
    )


def _place(line: Line) -> tuple[str, str]:
    """Which item a line is about."""
    if (line.type, line.schema) in PLAIN:
        try:
            item = _ITEMS.decode(line.payload).report
        except UNREADABLE:
            pass  # the line below says what is wrong with it
        else:
            return item.source, item.identity
    payload = decode(line.type, line.schema, line.payload)
    if not isinstance(payload, ReportSeen | ReportChanged):
        raise AssertionError("only lines about reports are asked")
    return payload.report.source, payload.report.identity


class _Citations:
    """Which events rest on which page, as far as the ledger has been read."""

    def __init__(self) -> None:
        self.pages: dict[str, set[str]] = {}
        self.last: dict[str, int] = {}
        self._of: dict[str, frozenset[str]] = {}

    def take(self, line: Line) -> None:
        for event in _read(line):
            for page in self._of.pop(event.id, frozenset()):
                self.pages[page].discard(event.id)
            self.last[event.id] = line.position
            if line.type != EventRetracted.TYPE:
                self._of[event.id] = pages_cited(event)
                for page in self._of[event.id]:
                    self.pages.setdefault(page, set()).add(event.id)

    def by(self, *reports: Report) -> tuple[str, ...]:
        pages = {page_of(report.link) for report in reports if report.link} - {""}
        return tuple(sorted({event for page in pages for event in self.pages.get(page, ())}))


def _read(line: Line) -> Iterator[Event | _Cites]:
    """The event of a line, as far as it has to be known."""
    if (line.type, line.schema) in PLAIN and line.type != EventRetracted.TYPE:
        try:
            yield _CITES.decode(line.payload).event
        except UNREADABLE:
            pass  # the line below says what is wrong with it
        else:
            return
    payload = decode(line.type, line.schema, line.payload)
    if isinstance(payload, EventRecorded | EventCorrected):
        yield payload.event
    elif isinstance(payload, EventRetracted):
        yield _Cites(id=payload.id)


def _edit(line: Line, before: Report, after: Report, cited: _Citations) -> Edit:
    return Edit(
        position=line.position,
        recorded_at=datetime.fromisoformat(line.recorded_at),
        before=before,
        after=after,
        fields=tuple(n for n in _FIELDS if getattr(before, n) != getattr(after, n)),
        cited_by=cited.by(before, after),
    )
