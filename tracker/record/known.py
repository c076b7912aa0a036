"""What an entry of the record is checked against: the rest of the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from tracker.record.findings import Path

__all__ = ["Known", "Spots", "known_of"]

Spots: TypeAlias = Iterator[tuple[Path, object]]
"""Where an entry breaks a rule, as paths within it, and the value that stands there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The rest of the record, and where in it the entry stands.

    `measures` has the provision keys of every measure, None where measures.yaml
    does not read; `events` the announced day and the place in the order of the
    files of every event, None where its day does not read; `touched` the
    provisions each event's effects speak of; `withdraws` the events each one takes
    back; `deadlines` the events that set each deadline, by its key; `complete` is
    False where a month does not read, so that an event not found may well be
    there. `month` is the `YYYY-MM` of the entry's file; `first_at` the place of an
    earlier entry of the same name.
    """

    measures: Mapping[str, frozenset[str]] | None
    events: Mapping[str, tuple[date, int] | None]
    touched: Mapping[str, frozenset[tuple[str, str]]]
    withdraws: Mapping[str, tuple[str, ...]]
    deadlines: Mapping[str, tuple[str, ...]]
    complete: bool = True
    month: str = ""
    first_at: str = ""


def known_of(
    events: Sequence[tuple[str, dict[str, Any]]],
    measures: Sequence[tuple[str, dict[str, Any]]] | None,
    *,
    complete: bool,
) -> Known:
    """What can be referred to, from names and plain data of the entries in order.

    `measures` is None where measures.yaml does not read.
    """
    days: dict[str, tuple[date, int] | None] = {}
    touched: dict[str, frozenset[tuple[str, str]]] = {}
    withdraws: dict[str, tuple[str, ...]] = {}
    deadlines: dict[str, tuple[str, ...]] = {}
    for index, (name, data) in enumerate(events):
        day = _day(data.get("announced"))
        days.setdefault(name, (day, index) if day else None)
        touched.setdefault(name, frozenset(_places(data)))
        taken = (str(one.get("event")) for one in _dicts(data.get("withdraws")))
        withdraws.setdefault(name, tuple(taken))
        for one in _dicts(data.get("deadlines")):
            if "day" in one:
                key = str(one.get("key"))
                deadlines[key] = (*deadlines.get(key, ()), name)
    return Known(
        measures={name: _provisions(data) for name, data in measures} if measures else None,
        events=days,
        touched=touched,
        withdraws=withdraws,
        deadlines=deadlines,
        complete=complete,
    )


def _provisions(measure: dict[str, Any]) -> frozenset[str]:
    keys = (provision.get("key") for provision in _dicts(measure.get("provisions")))
    return frozenset(key for key in keys if isinstance(key, str))


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _dicts(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _places(event: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """The provisions an event's effects speak of, as far as they read."""
    for effect in _dicts(event.get("effects")):
        provisions = effect.get("provisions")
        for provision in provisions if isinstance(provisions, list) else ():
            if isinstance(provision, str):
                yield str(effect.get("measure")), provision
