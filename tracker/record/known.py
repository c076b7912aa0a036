"""What an entry of the record is checked against: the rest of the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from tracker.record.findings import Path

__all__ = ["Known", "Spots"]

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
