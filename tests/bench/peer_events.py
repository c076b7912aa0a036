"""Domain events and an aggregate of the PyPI library `eventsourcing`, for the cold-start peer.

Import it only where the library is installed. The library finds these classes
again by their names.
"""

from __future__ import annotations

from typing import Any

from eventsourcing.domain import Aggregate, DomainEvent, event

__all__ = ["Holder", "Kept", "Nested", "Packed"]


class Nested(DomainEvent):  # type: ignore[misc]  # Any where the library is not installed
    """Payload content as plain nested attributes: the library's JSON reads all of it."""

    sort: str
    content: dict[str, Any]


class Packed(DomainEvent):  # type: ignore[misc]
    """Payload content as one attribute of text, which its reader decodes with msgspec."""

    sort: str
    schema: int
    content: str


class Holder(Aggregate):  # type: ignore[misc]
    """One aggregate for one measure: what was said of it, in order."""

    def __init__(self) -> None:
        self.contents: list[dict[str, Any]] = []

    @event("Said")  # type: ignore[untyped-decorator]
    def say(self, content: dict[str, Any]) -> None:
        """Take one payload's content in."""
        self.contents.append(content)


class Kept(Aggregate):  # type: ignore[misc]
    """One aggregate for one payload, for the ledger's benchmark."""

    def __init__(self, sort: str, content: dict[str, Any]) -> None:
        self.sort = sort
        self.content = content
