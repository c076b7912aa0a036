"""What the desk says of itself: the line of keys, and the page behind the question mark."""

from __future__ import annotations

from rich.text import Text

__all__ = ["ACTIONS", "HELP", "KEYS", "MOVES"]

ACTIONS = (
    ("a", "accept", "the draft enters the record; first you see what it would do"),
    ("e", "edit", "the draft as YAML, in VISUAL, EDITOR or vi"),
    ("f", "form", "the draft's main fields, a line each"),
    ("m", "merge", "the reports tell of an event that the record has"),
    ("s", "split", "some reports tell another story"),
    ("r", "reject", "nothing in it for the record; you say why"),
    ("p", "postpone", "out of the queue until a day"),
    ("u", "undo", "take back your last decision; under t, this line's"),
)
"""What decides: key, name, what it does."""
MOVES = (
    ("j k ↓ ↑", "the queue, most important first; * is a government's own report"),
    ("1 2 3", "the sources, the draft, what it would change"),
    ("→ ←", "the sources, side by side"),
    ("space b", "down and up in what is shown"),
    ("t", "what has been decided on, too"),
    ("R", "read the ledger again, with new reports"),
    ("q", "leave; every decision is in the ledger already"),
)
"""What moves about: keys, what they do."""


def _keys() -> Text:
    line = Text()
    names = [(key, name) for key, name, _ in ACTIONS]
    for key, name in (*names, ("?", "help"), ("q", "quit")):
        line.append(key, "bold reverse")
        line.append(f" {name} ")
    return line


def _help() -> Text:
    page = Text()
    for key, name, does in ACTIONS:
        page.append(f"{key}  ", "bold")
        page.append(f"{name:9}{does}\n")
    page.append("\n")
    for key, does in MOVES:
        page.append(f"{key:9}", "bold")
        page.append(f"{does}\n")
    page.append("\nNothing is written before you have seen what it would do; undo is an entry too.")
    return page


KEYS = _keys()
"""The line at the foot of the screen."""
HELP = _help()
"""The page of all keys."""
