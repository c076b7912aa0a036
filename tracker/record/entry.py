"""From an event back to the entry an editor would have written: what `build` makes, undone.

Owns the plain data of an entry (every scalar the text it is in a file) and its lines as
laid out. Building the entry again gives the same event.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from tracker.core.events import (
    Claim,
    Deadline,
    Effect,
    Event,
    Instrument,
    Source,
    Text,
    When,
)
from tracker.core.stacking import Stacking
from tracker.core.words import Basis
from tracker.record.layout import entry_lines

__all__ = ["entry_of", "entry_text"]


def entry_text(event: Event) -> str:
    """The event as YAML, indented as in a month's file, ending in a line feed."""
    return "\n".join(entry_lines("events", entry_of(event))) + "\n"


def entry_of(event: Event) -> dict[str, Any]:
    """The event as plain data: what is not said is left out."""
    return _said(
        id=event.id,
        kind=event.kind,
        announced=event.announced,
        title=_text(event.title),
        summary=_text(event.summary),
        parties=event.parties,
        instrument=_instrument(event.instrument),
        follows=event.follows,
        confirms=event.confirms,
        withdraws=[_plain(one) for one in event.withdraws],
        effects=_effects(event.effects),
        stacking=[_stacking(one) for one in event.stacking],
        measures=event.measures,
        claims=[_claim(one) for one in event.claims],
        deadlines=[_deadline(one) for one in event.deadlines],
        doubts=event.doubts,
        note=event.note,
        sources=[_source(one) for one in event.sources],
    )


def _said(**fields: Any) -> dict[str, Any]:
    """The fields that say something, spelled as text; `from_` stands for `from`."""
    return {
        name.rstrip("_"): _spelled(value)
        for name, value in fields.items()
        if value is not None and value is not False and value not in ((), [], {})
    }


def _spelled(value: Any) -> Any:
    if isinstance(value, dict):
        return value
    if isinstance(value, list | tuple):
        return [_spelled(one) for one in value]
    if value is True:
        return "true"
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _plain(one: msgspec.Struct) -> dict[str, Any]:
    return _said(**{name: getattr(one, name) for name in one.__struct_fields__})


def _text(text: Text) -> str | dict[str, Any]:
    return text.en if text.es is None and text.fr is None else _plain(text)


def _wording(words: str | Text | None) -> str | dict[str, Any] | None:
    """A mapping where it was one: a plain line of English stays one in the ledger."""
    return _plain(words) if isinstance(words, Text) else words


def _day(day: date | None, when: When | None) -> date | dict[str, Any] | None:
    if when is None:
        return day
    condition = _wording(when.condition)
    bounds = _said(earliest=when.earliest, latest=when.latest, condition=condition)
    return bounds or {"unknown": "true"}


def _source(source: Source) -> dict[str, Any]:
    return _plain(source)


def _instrument(paper: Instrument | None) -> dict[str, Any] | None:
    if paper is None:
        return None
    steps = [_plain(step) for step in paper.steps]
    return _said(citation=paper.citation, url=paper.url, kind=paper.kind, steps=steps)


def _effects(effects: Sequence[Effect]) -> list[dict[str, Any]]:
    """Neighbours that say the same of several provisions are one entry."""
    found: list[dict[str, Any]] = []
    for effect in effects:
        entry = _effect(effect)
        last = found[-1] if found else None
        same = last is not None and {**entry, "provisions": 0} == {**last, "provisions": 0}
        if last is not None and same and effect.provision not in last["provisions"]:
            last["provisions"].append(effect.provision)
        else:
            found.append(entry)
    return found


def _effect(effect: Effect) -> dict[str, Any]:
    return _said(
        measure=effect.measure,
        provisions=[effect.provision],
        status=effect.status,
        rate=effect.rate_pct,
        rate_text=_wording(effect.rate_text),
        basis=None if effect.basis is Basis.FULL_VALUE else effect.basis,
        from_=_day(effect.effective_from, effect.starts),
        until=_day(effect.effective_until, effect.ends),
        products=None if effect.products is None else _text(effect.products),
        hts=effect.hts,
        origin=effect.origin,
        note=effect.note,
    )


def _claim(claim: Claim) -> dict[str, Any]:
    return _said(
        measure=claim.measure,
        provision=claim.provision,
        targets=claim.targets,
        stated=_text(claim.stated),
        finding=_text(claim.finding),
        standing=claim.standing,
        rate=claim.rate_pct,
        from_=claim.claimed_from,
        until=claim.claimed_until,
        sources=[_source(one) for one in claim.sources],
    )


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return _said(
        key=deadline.key,
        kind=deadline.kind,
        title=_text(deadline.title),
        day=_day(deadline.day, deadline.when),
        measures=deadline.measures,
        cancelled=deadline.cancelled,
    )


def _stacking(one: Stacking) -> dict[str, Any]:
    return _said(
        first=one.first,
        relation=one.relation,
        others=one.others,
        from_=one.effective_from,
        until=one.effective_until,
        note=one.note,
    )
