"""The JSON of explain and history, and what all four of the asking commands share.

These shapes may only grow. Dates are ISO 8601, rates ad valorem percent as
numbers, countries ISO alpha-2, absent values null. Free text is English; only
sentences are in the language asked for. `docs/json.md` shows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from tracker.core.chain import Chain, Link
from tracker.core.codec import instant_text
from tracker.core.coverage import Coverage
from tracker.core.events import Event, When, order_of
from tracker.core.explain import Explanation, Told
from tracker.core.history import History, Stretch
from tracker.core.measures import Measure, Provision
from tracker.core.policy import Viewpoint
from tracker.core.reasons import Reason
from tracker.core.words import PLANNED
from tracker.telling.answers import coverage_json
from tracker.telling.event_shapes import effect_json, instrument_json
from tracker.telling.language import Language
from tracker.telling.numbered import numbers_of
from tracker.telling.phrases import state_phrase
from tracker.telling.pieces import Json, claim_json, day_json, source_json, when_json
from tracker.telling.reasoning import reason_phrase
from tracker.telling.shapes import row_json, viewpoint_json

__all__ = ["explain_json", "history_json", "named_json"]


def named_json(events: Iterable[Event]) -> list[Json]:
    """The events that an answer names, each once, in order of announcement."""
    once = {event.id: event for event in events}
    return [
        {
            "id": event.id,
            "kind": str(event.kind),
            "announced": event.announced.isoformat(),
            "title": event.title.en,
            "instrument": instrument_json(event.instrument) if event.instrument else None,
            "doubts": [str(doubt) for doubt in event.doubts],
            "sources": [source_json(source) for source in event.sources],
        }
        for event in sorted(once.values(), key=order_of)
    ]


def _subject(measure: Measure, provision: Provision) -> Json:
    return {
        "measure": measure.key,
        "provision": provision.key,
        "imposer": measure.imposer,
        "targets": list(provision.targets),
        "authority": measure.authority,
        "products": provision.products.en,
        "origin": provision.origin,
    }


def explain_json(
    lang: Language,
    viewpoint: Viewpoint,
    found: Sequence[Explanation],
    *,
    coverage: Coverage,
    notes: Sequence[str],
) -> Json:
    """`tracker explain --json`: each provision with its layers from top to bottom."""
    return {
        "viewpoint": viewpoint_json(viewpoint),
        "provisions": [_explained(one, lang) for one in found],
        "events": named_json(event for one in found for event in one.events),
        "coverage": coverage_json(coverage),
        "notes": list(notes),
    }


def _explained(found: Explanation, lang: Language) -> Json:
    row = found.row
    return {
        **_subject(found.measure, found.provision),
        "state": None if row is None else row_json(row),
        "sentence": None if row is None else state_phrase(lang, row),
        "layers": [_layer(told, lang) for told in found.layers],
        "not_yet_known": [_layer(told, lang) for told in found.not_yet_known],
        "claims": [claim_json(claim) for claim in found.claims],
        "answers": list(found.answers),
        "answered_by": list(found.answered_by),
    }


def _layer(told: Told, lang: Language) -> Json:
    event, verdict = told.event, told.verdict
    return {
        "event": event.id,
        "announced": event.announced.isoformat(),
        **effect_json(told.layer.effect),
        "counts": told.reason is Reason.COUNTS,
        "reason": str(told.reason),
        "by": list(verdict.by),
        "since": day_json(verdict.since),
        # Without a list to number them in, events go by their ids.
        "sentence": reason_phrase(lang, told, numbers_of(())),
        "late": told.late,
        "may_be_over": told.may_be_over,
        "confirmed_by": list(told.confirmed_by),
        "follows": list(told.follows),
        "doubts": [str(doubt) for doubt in event.doubts],
        "chain": [_link(link) for chain in told.chains[:1] for link in chain.links],
        "papers": [_paper(chain) for chain in told.chains],
    }


def _paper(chain: Chain) -> Json:
    """A paper by the event that brought it; `chain` of a layer is that of its first paper."""
    paper = chain.event.instrument
    return {
        "event": chain.event.id,
        "citation": paper.citation if paper else None,
        "kind": str(paper.kind) if paper and paper.kind else None,
        "chain": [_link(link) for link in chain.links],
    }


def _link(link: Link) -> Json:
    return {
        "stage": str(link.stage),
        "held": link.held,
        "day": day_json(link.day),
        "when": None if link.when is None else when_json(link.when),
        "citation": link.citation,
        "url": link.url,
        "event": link.event,
        "later": link.later,
    }


def history_json(
    lang: Language,
    found: Sequence[History],
    *,
    announced_by: date | None,
    recorded_by: datetime | None,
    coverage: Coverage,
    notes: Sequence[str],
) -> Json:
    """`tracker history --json`: each provision with its stretches of days, oldest first."""
    events = {event.id: event for one in found for event in one.events}
    return {
        "announced_by": day_json(announced_by),
        "recorded_by": None if recorded_by is None else instant_text(recorded_by),
        "provisions": [
            {
                **_subject(one.measure, one.provision),
                "stretches": [_stretch(stretch, events, lang) for stretch in one.stretches],
            }
            for one in found
        ],
        "events": named_json(events.values()),
        "coverage": coverage_json(coverage),
        "notes": list(notes),
    }


# What a stretch says of the state on its first day; since when and what was ahead stand elsewhere.
_KEPT = ("status", "rate_pct", "basis", "rate_text", "products", "origin", "alternatives", "doubts")


def _stretch(stretch: Stretch, events: dict[str, Event], lang: Language) -> Json:
    row = stretch.row
    said: Json = dict.fromkeys(_KEPT) if row is None else row_json(row)
    papers = [(name, events[name].instrument) for name in stretch.events if name in events]
    return {
        "from": stretch.start.isoformat(),
        "until": day_json(stretch.until),
        "end": _end(stretch),
        "gap": row is None,
        "scheduled": stretch.scheduled,
        **{key: said[key] for key in _KEPT},
        "planned": said["pending"] if row is not None and row.status in PLANNED else [],
        "sentence": None if row is None else state_phrase(lang, row),
        "events": list(stretch.events),
        "instruments": [
            {"event": name, "citation": paper.citation, "url": paper.url}
            for name, paper in papers
            if paper is not None
        ],
    }


def _end(stretch: Stretch) -> Json:
    """How a stretch ends: on a day, open, or with an end that is not known as a day."""
    if stretch.until is not None:
        return {**when_json(When(earliest=stretch.until, latest=stretch.until)), "kind": "day"}
    if stretch.ends is not None:
        return when_json(stretch.ends)
    return {**when_json(When()), "kind": "open"}
