"""The JSON that others rely on: states, diffs and timelines as built-in data.

These shapes may only grow. Dates are ISO 8601, rates ad valorem percent as
numbers, countries ISO alpha-2, absent values null.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.core.codec import instant_text
from tracker.core.diff import Change
from tracker.core.events import Effect, Event, Source, concerned
from tracker.core.pending import Pending
from tracker.core.policy import Disputed, ProvisionState, Viewpoint
from tracker.core.sentences import change_sentence, rate_text
from tracker.core.words import Basis

__all__ = ["diff_json", "event_json", "state_json", "timeline_json", "viewpoint_json"]

Json = dict[str, Any]


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _rate(rate: Decimal | None) -> float | None:
    return None if rate is None else float(rate)


def _rate_words(rate: Decimal | None, text: str | None, basis: Basis) -> str | None:
    if text is None and rate is None:
        return "import ban" if basis is Basis.BAN else None
    return rate_text(rate, text)


def viewpoint_json(viewpoint: Viewpoint) -> Json:
    """From where an answer was seen."""
    recorded = viewpoint.recorded_by
    return {
        "on": viewpoint.on.isoformat(),
        "announced_by": _day(viewpoint.announced_by),
        "recorded_by": None if recorded is None else instant_text(recorded),
    }


def _pending(turn: Pending) -> Json:
    return {
        "status": str(turn.status),
        "rate_pct": _rate(turn.rate_pct),
        "basis": str(turn.basis),
        "rate_text": _rate_words(turn.rate_pct, turn.rate_text, turn.basis),
        "effective_from": _day(turn.effective_from),
        "event": turn.event,
    }


def _row(row: ProvisionState) -> Json:
    return {
        "measure": row.measure,
        "provision": row.provision,
        "imposer": row.imposer,
        "targets": list(row.targets),
        "authority": row.authority,
        "products": row.scope.products.en,
        "hts": list(row.scope.hts),
        "origin": row.scope.origin,
        "status": str(row.status),
        "rate_pct": _rate(row.rate_pct),
        "basis": str(row.basis),
        "rate_text": _rate_words(row.rate_pct, row.rate_text, row.basis),
        "effective_from": _day(row.effective_from),
        "effective_until": _day(row.effective_until),
        "pending": [_pending(turn) for turn in row.pending],
        "events": list(row.events),
    }


def _source(source: Source) -> Json:
    return {
        "url": source.url,
        "publisher": source.publisher,
        "title": source.title,
        "published": source.published,
        "primary": source.primary,
    }


def _disputed(found: Disputed) -> Json:
    claim = found.claim
    return {
        "measure": claim.measure,
        "provision": claim.provision,
        "targets": list(claim.targets),
        "standing": str(claim.standing),
        "stated": claim.stated.en,
        "finding": claim.finding.en,
        "rate_pct": _rate(claim.rate_pct),
        "claimed_from": _day(claim.claimed_from),
        "claimed_until": _day(claim.claimed_until),
        "event": found.event.id,
        "sources": [_source(source) for source in claim.sources],
    }


def state_json(
    viewpoint: Viewpoint,
    rows: Iterable[ProvisionState],
    claims: Iterable[Disputed] = (),
    *,
    not_covered: Iterable[str] = (),
) -> Json:
    """`tracker state --json`: the viewpoint, its provisions, claims in dispute that day.

    `not_covered` are the measures of which the record does not speak yet.
    """
    return {
        "viewpoint": viewpoint_json(viewpoint),
        "provisions": [_row(row) for row in rows],
        "claims": [_disputed(claim) for claim in claims],
        "not_covered": list(not_covered),
    }


def _side(row: ProvisionState | None) -> Json | None:
    if row is None:
        return None
    kept = (
        "status",
        "rate_pct",
        "basis",
        "rate_text",
        "effective_from",
        "effective_until",
        "products",
        "origin",
        "pending",
        "events",
    )
    whole = _row(row)
    return {key: whole[key] for key in kept}


def _change(change: Change) -> Json:
    subject = change.subject
    return {
        "measure": subject.measure,
        "provision": subject.provision,
        "imposer": subject.imposer,
        "targets": list(subject.targets),
        "authority": subject.authority,
        "products": subject.scope.products.en,
        "origin": subject.scope.origin,
        "change": str(change.kind),
        "before": _side(change.before),
        "after": _side(change.after),
        "events": list(change.events),
        "sentence": change_sentence(change),
    }


def diff_json(before: Viewpoint, after: Viewpoint, changes: Iterable[Change]) -> Json:
    """`tracker diff --json`: both viewpoints and one change for each provision that differs."""
    return {
        "from": viewpoint_json(before),
        "to": viewpoint_json(after),
        "changes": [_change(change) for change in changes],
    }


def _effect(effect: Effect) -> Json:
    return {
        "measure": effect.measure,
        "provision": effect.provision,
        "status": str(effect.status),
        "rate_pct": _rate(effect.rate_pct),
        "basis": str(effect.basis),
        "rate_text": _rate_words(effect.rate_pct, effect.rate_text, effect.basis),
        "effective_from": _day(effect.effective_from),
        "effective_until": _day(effect.effective_until),
        "products": effect.products.en if effect.products else None,
        "hts": None if effect.hts is None else list(effect.hts),
        "origin": effect.origin,
        "note": effect.note,
    }


def event_json(event: Event) -> Json:
    """One event of `tracker timeline --json`."""
    instrument = event.instrument
    return {
        "id": event.id,
        "kind": str(event.kind),
        "announced": event.announced.isoformat(),
        "title": event.title.en,
        "summary": event.summary.en,
        "parties": list(event.parties),
        "measures": list(concerned(event)),
        "effects": [_effect(effect) for effect in event.effects],
        "withdraws": [taken.event for taken in event.withdraws],
        "confirms": list(event.confirms),
        "claims": [_disputed(Disputed(claim, event)) for claim in event.claims],
        "instrument": None
        if instrument is None
        else {"citation": instrument.citation, "url": instrument.url},
        "doubts": [str(doubt) for doubt in event.doubts],
        "note": event.note,
        "sources": [_source(source) for source in event.sources],
    }


def timeline_json(events: Iterable[Event]) -> list[Json]:
    """`tracker timeline --json`: one object for each event, in order of announcement."""
    return [event_json(event) for event in events]
