"""What the asking commands print alike: tables, the list of events, JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table

from tracker.cli.streams import print_json
from tracker.telling.harmless import clean
from tracker.telling.language import Language
from tracker.telling.numbered import Numbered

__all__ = ["events_table", "print_json_of", "show_notes", "table"]


def print_json_of(data: Any) -> None:
    """Write built-in data as one indented JSON document."""
    print_json(msgspec.json.format(msgspec.json.encode(data), indent=1))


def table(*columns: str) -> Table:
    """A plain table that folds what is too long."""
    found = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for name in columns:
        found.add_column(name, overflow="fold")
    return found


def events_table(lang: Language, events: Sequence[Numbered]) -> Table:
    """The events that an answer names, by their numbers."""
    found = table(
        "",
        lang.say("heading", "Announced"),
        lang.say("heading", "Event"),
        lang.say("heading", "Instrument"),
        "Id",
    )
    for event in events:
        doubts = f" [{event.doubts}]" if event.doubts else ""
        found.add_row(
            f"[{event.number}]",
            event.announced.isoformat(),
            clean(event.title) + doubts,
            clean(event.citation),
            event.event,
        )
    return found


def show_notes(out: Console, notes: Sequence[str]) -> None:
    """What a reader must know to take the answer for what it is."""
    if notes:
        out.print()
    for note in notes:
        out.print(note)
