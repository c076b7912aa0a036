"""Candidates and drafts as JSON and as text. Everything a feed said is made harmless here.

Owns the shapes of `tracker review --json`, which only grow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tracker.core.codec import instant_text
from tracker.review.claims import OutletClaim
from tracker.review.desk import (
    Claimed,
    Done,
    Exported,
    Mark,
    Opened,
    Preview,
    QueueItem,
    SourceView,
)
from tracker.telling.harmless import clean

__all__ = [
    "claim_data",
    "claimed_text",
    "done_data",
    "exported_data",
    "item_data",
    "opened_data",
    "opened_lines",
    "preview_data",
    "said",
]

_SHOWN = 400


def _rate(rate: Decimal | None) -> float | None:
    return None if rate is None else float(rate)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _instant(instant: datetime | None) -> str | None:
    return None if instant is None else instant_text(instant)


def item_data(item: QueueItem) -> dict[str, Any]:
    """A line of the queue. `version` is what an action may be told to expect."""
    return {
        "id": item.id,
        "version": item.version,
        "standing": item.standing,
        "importance": item.importance,
        "title": item.title,
        "kind": item.kind,
        "imposer": item.imposer,
        "targets": list(item.targets),
        "products": list(item.products),
        "rates_pct": [float(rate) for rate in item.rates],
        "day": _day(item.day),
        "reports": item.size,
        "publishers": list(item.publishers),
        "official": item.official,
        "known": item.known,
        "event": item.event,
        "editor": item.editor,
        "decided_at": _instant(item.decided_at),
        "why": item.why,
        "until": _day(item.until),
        "since": item.since,
        "amended": item.amended,
    }


def _mark(mark: Mark, place: str) -> dict[str, Any]:
    return {
        "slot": mark.slot,
        "value": mark.value,
        "field": place,
        "start": mark.start,
        "end": mark.end,
    }


def _claimed(says: Claimed) -> dict[str, Any]:
    return {
        "kind": says.kind,
        "imposer": says.imposer,
        "targets": list(says.targets),
        "products": list(says.products),
        "rate_pct": _rate(says.rate_pct),
        "effective_date": _day(says.effective_from),
        "until_date": _day(says.effective_until),
    }


def _source(source: SourceView) -> dict[str, Any]:
    marks = [_mark(mark, "title") for mark in source.title_marks]
    marks += [_mark(mark, "summary") for mark in source.summary_marks]
    return {
        "report": source.report,
        "publisher": source.publisher,
        "source": source.source,
        "official": source.official,
        "url": source.link,
        "published": _day(source.published),
        "first_seen": _instant(source.first_seen),
        "language": source.language,
        "title": source.title,
        "summary": source.summary,
        "score": source.score,
        "says": _claimed(source.says),
        "marks": marks,
    }


def preview_data(preview: Preview) -> dict[str, Any]:
    """A draft: its text, what is wrong with it, and what it would change on which day."""
    return {
        "draft": preview.proposal.text,
        "event": preview.proposal.event.id if preview.proposal.event else None,
        "faults": list(preview.proposal.faults),
        "notes": list(preview.proposal.notes),
        "changes": [
            {"on": shift.day.isoformat(), "sentences": list(shift.sentences)}
            for shift in preview.shifts
        ],
    }


def opened_data(opened: Opened) -> dict[str, Any]:
    """A candidate with all that is needed to decide."""
    return {
        **item_data(opened.item),
        "sources": [_source(source) for source in opened.sources],
        **preview_data(opened.preview),
        "event": opened.item.event,
        "disagreements": [
            {
                "slot": one.slot,
                "values": [{"value": value, "publishers": list(who)} for value, who in one.values],
            }
            for one in opened.disagreements
        ],
        "nearby": [{"id": name, "title": title} for name, title in opened.events],
    }


def claim_data(claim: OutletClaim) -> dict[str, Any]:
    """What an outlet says of an event that the record has."""
    return {
        "candidate": claim.candidate,
        "how": claim.how,
        "differs": list(claim.differs),
        **_source(claim.source),
    }


def done_data(done: Done) -> dict[str, Any]:
    """What an action did."""
    return {"done": done.sentence, "candidate": item_data(done.item)}


def exported_data(exported: Sequence[Exported]) -> dict[str, Any]:
    """What went into the record's files."""
    return {
        "exported": [{"event": one.event, "file": one.file, "new": one.new} for one in exported]
    }


def said(text: str, shown: int = _SHOWN) -> str:
    """Foreign text as one line for a terminal, cut where it is long."""
    flat = clean(" ".join(text.split()))
    return flat if len(flat) <= shown else f"{flat[: shown - 1]}…"


def claimed_text(says: Claimed) -> str:
    """What a source says, as a line: `pause, by US, on MX, 25%, until 2025-04-02`."""
    parts = (
        says.kind,
        f"by {says.imposer}" if says.imposer else None,
        f"on {', '.join(says.targets)}" if says.targets else None,
        ", ".join(says.products),
        f"{says.rate_pct:f}%" if says.rate_pct is not None else None,
        f"from {says.effective_from}" if says.effective_from else None,
        f"until {says.effective_until}" if says.effective_until else None,
    )
    return ", ".join(part for part in parts if part)


def opened_lines(opened: Opened) -> Iterator[str]:
    """A candidate for a terminal: sources, where they differ, the draft and what it would do."""
    item = opened.item
    yield f"{item.id}  {item.standing}  importance {item.importance:.2f}  version {item.version}"
    if item.known:
        yield f"Seems to tell of {item.known}, which the record has"
    for number, source in enumerate(opened.sources, start=1):
        official = ", official" if source.official else ""
        yield ""
        yield f"[{number}] {said(source.publisher)}{official}, {source.published or 'no day given'}"
        yield f"    {said(source.title)}"
        if source.summary.strip():
            yield f"    {said(source.summary)}"
        yield f"    reads: {claimed_text(source.says)}"
        if source.link:
            yield f"    {source.link}"
    yield ""
    for one in opened.disagreements:
        values = "; ".join(f"{value} ({', '.join(who)})" for value, who in one.values)
        yield f"Sources differ on {one.slot}: {said(values)}"
    yield from (f"Note: {said(note)}" for note in opened.preview.proposal.notes)
    yield ""
    yield "The draft:"
    yield from clean(opened.preview.proposal.text).splitlines()
    yield from (f"Fault: {said(fault)}" for fault in opened.preview.proposal.faults)
    yield ""
    if not opened.preview.shifts:
        yield "It would change no policy state."
    for shift in opened.preview.shifts:
        yield f"On {shift.day} it would read:"
        yield from (f"  {sentence}" for sentence in shift.sentences)
    if opened.events:
        yield ""
        yield "Events it may belong to:"
        yield from (f"  {name}  {said(title, 100)}" for name, title in opened.events)
