"""The JSON of events that others rely on: one object for each entry of the timeline.

These shapes may only grow, like those of `shapes`.
"""

from __future__ import annotations

from collections.abc import Iterable

from tracker.core.events import Deadline, Effect, Event, Instrument, Step, concerned
from tracker.core.policy import Disputed
from tracker.core.stacking import Stacking
from tracker.telling.pieces import (
    Json,
    claim_json,
    day_json,
    rate_json,
    rate_words_json,
    source_json,
    when_json,
)

__all__ = [
    "deadline_json",
    "effect_json",
    "event_json",
    "instrument_json",
    "stacking_json",
    "timeline_json",
]


def effect_json(effect: Effect) -> Json:
    """What an event says of one provision, and for which days."""
    return {
        "measure": effect.measure,
        "provision": effect.provision,
        "status": str(effect.status),
        "rate_pct": rate_json(effect.rate_pct),
        "basis": str(effect.basis),
        "rate_text": rate_words_json(effect.rate_pct, effect.rate_text, effect.basis),
        "effective_from": day_json(effect.effective_from),
        "effective_until": day_json(effect.effective_until),
        "starts": None if effect.starts is None else when_json(effect.starts),
        "ends": None if effect.ends is None else when_json(effect.ends),
        "products": effect.products.en if effect.products else None,
        "hts": None if effect.hts is None else list(effect.hts),
        "origin": effect.origin,
        "note": effect.note,
    }


def _step(step: Step) -> Json:
    return {
        "stage": str(step.stage),
        "day": day_json(step.day),
        "citation": step.citation,
        "url": step.url,
    }


def instrument_json(instrument: Instrument) -> Json:
    """The legal paper of an event, with the links of its chain that are known."""
    return {
        "citation": instrument.citation,
        "url": instrument.url,
        "kind": None if instrument.kind is None else str(instrument.kind),
        "steps": [_step(step) for step in instrument.steps],
    }


def deadline_json(deadline: Deadline) -> Json:
    """A day set beforehand; a later one of the same `key` moves or cancels it."""
    return {
        "key": deadline.key,
        "kind": str(deadline.kind),
        "title": deadline.title.en,
        "day": day_json(deadline.day),
        "when": None if deadline.when is None else when_json(deadline.when),
        "measures": list(deadline.measures),
        "cancelled": deadline.cancelled,
    }


def stacking_json(rule: Stacking) -> Json:
    """Which of two measures a good pays that both reach, from which day on."""
    return {
        "first": list(rule.first),
        "relation": str(rule.relation),
        "others": list(rule.others),
        "effective_from": rule.effective_from.isoformat(),
        "effective_until": day_json(rule.effective_until),
        "note": rule.note,
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
        "effects": [effect_json(effect) for effect in event.effects],
        "withdraws": [taken.event for taken in event.withdraws],
        "confirms": list(event.confirms),
        "follows": list(event.follows),
        "deadlines": [deadline_json(deadline) for deadline in event.deadlines],
        "claims": [claim_json(Disputed(claim, event)) for claim in event.claims],
        "stacking": [stacking_json(rule) for rule in event.stacking],
        "instrument": None if instrument is None else instrument_json(instrument),
        "doubts": [str(doubt) for doubt in event.doubts],
        "note": event.note,
        "sources": [source_json(source) for source in event.sources],
    }


def timeline_json(events: Iterable[Event]) -> list[Json]:
    """`tracker timeline --json`: one object for each event, in order of announcement."""
    return [event_json(event) for event in events]
