"""What a process that builds the site again and again keeps from one build to the next.

Owns the world as it was folded last and the builder that goes on from there. Neither
is trusted beyond what can be checked: another ledger, another day, and both begin anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from tracker.config import shipped
from tracker.core.world import Line, World, fold_lines

if TYPE_CHECKING:
    from tracker.site.build import Builder

__all__ = ["Warm"]


class Warm:
    """A world that grows with its ledger, and who builds its site."""

    def __init__(self) -> None:
        self._world: World | None = None
        self._builder: Builder | None = None

    @property
    def builder(self) -> Builder:
        """Who builds the site, and keeps what it made."""
        from tracker.site.build import Builder

        if self._builder is None:
            self._builder = Builder(shipped("templates"))
        return self._builder

    def world(self, lines: Sequence[Line], today: date) -> World:
        """What the lines of the ledger fold into, known up to `today`; old ones are not read again.

        Raises: LedgerBroken if a payload does not read.
        """
        onto = self._world
        if onto is not None and not (onto.known_until == today and _holds(lines, onto)):
            onto = None
        after = lines if onto is None else lines[onto.head.position :]
        self._world = fold_lines(after, known_until=today, onto=onto)
        return self._world


def _holds(lines: Sequence[Line], world: World) -> bool:
    """Whether the ledger begins with the one that the world was folded from."""
    head = world.head
    return 0 < head.position <= len(lines) and lines[head.position - 1].hash == head.hash
