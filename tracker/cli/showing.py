"""What the asking commands print alike: tables, the list of events, JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from rich.console import Console

from tracker.cli.grid import Grid, say
from tracker.cli.streams import print_json
from tracker.core.events import Event
from tracker.telling.language import Language
from tracker.telling.numbered import Numbered, numbered

__all__ = ["print_json_of", "show_causes", "show_events", "show_notes"]


def print_json_of(data: Any) -> None:
    """Write built-in data as one indented JSON document."""
    print_json(msgspec.json.format(msgspec.json.encode(data), indent=1))


def show_events(out: Console, lang: Language, events: Sequence[Numbered]) -> None:
    """The events that an answer names, by their numbers."""
    found = Grid(
        "",
        lang.say("heading", "Announced"),
        lang.say("heading", "Event"),
        lang.say("heading", "Instrument"),
        "Id",
    )
    for event in events:
        doubts = f" [{event.doubts}]" if event.doubts else ""
        found.add(
            f"[{event.number}]",
            event.announced.isoformat(),
            event.title + doubts,
            event.citation,
            event.event,
        )
    found.show(out)


def show_causes(out: Console, lang: Language, events: Sequence[Event]) -> None:
    """The events that an answer rests on, under a heading; nothing where there is none."""
    if events:
        out.print()
        say(out, lang.say("heading", "Because of"), "bold")
        show_events(out, lang, numbered(lang, events))


def show_notes(out: Console, notes: Sequence[str]) -> None:
    """What a reader must know to take the answer for what it is."""
    if notes:
        out.print()
    for note in notes:
        say(out, note)
