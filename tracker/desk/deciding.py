"""The desk's one screen, as far as a decision goes through it: from an action begun to the ledger.

Owns that one action runs at a time, what is said after it, and what can be taken back. What
each action asks for stands in `screen`; whether it can be taken is for the review to say.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from rich.text import Text

from tracker.desk.calls import Calls
from tracker.desk.dialogs import Choice, Question
from tracker.desk.looking import Looking
from tracker.desk.marks import one_line
from tracker.errors import AppendConflict, BadInput, TrackerError
from tracker.review.desk import Done, Opened, QueueItem, ReviewDesk

__all__ = ["Act", "Deciding"]

Act: TypeAlias = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class _Decided:
    """A decision of this session: on what, the version after it, and what was said of it."""

    candidate: str
    version: int
    said: str


class Deciding(Looking):
    """The screen with the decisions of this session."""

    def __init__(self, desk: ReviewDesk, calls: Calls, *, today: Callable[[], date]) -> None:
        super().__init__(desk, calls, today=today)
        self._decided: list[_Decided] = []
        self._busy = False

    def _begin(self, act: Act) -> None:
        """Begin an action, unless one is under way."""
        if not (self._busy or self._reading):
            self._busy = True
            self.say("")
            self.run_worker(self._guarded(act), group="act")

    async def _guarded(self, act: Act) -> None:
        """The action, and in words what stood in its way."""
        try:
            await act()
        except AppendConflict as conflict:
            # What is shown is older than somebody's decision: show what holds now.
            await self.read_again()
            self.say_wrong(conflict)
        except TrackerError as error:
            self.say_wrong(error)
        finally:
            self._busy = False

    async def _look(self) -> Opened:
        opened = await self.opened()
        if opened is None:
            raise BadInput("there is no candidate under the cursor", "R reads the ledger again")
        return opened

    async def _decide(
        self, item: QueueItem, call: Callable[[], Done], *, text: bool = False
    ) -> None:
        """Take a decision, then show the queue after it. `text`: the edited draft went with it."""
        done = await self._calls.run(call)
        if text:
            self._texts.pop(item.id, None)
        # A split answers with the new candidate; the decision stands in the old one's stream.
        version = done.item.version if done.item.id == item.id else item.version + 1
        self._decided.append(_Decided(item.id, version, done.sentence))
        await self.load_queue()
        self.say(f"{done.sentence}. u takes it back")

    async def _undo(self) -> None:
        """The last decision of this session; under all candidates, the last one on this one."""
        if self._decided and not self._all:
            last = self._decided[-1]
        else:
            item = (await self._look()).item
            last = _Decided(item.id, item.version, f"{item.standing} by {item.editor or 'nobody'}")
        yes = Choice(("enter",), "take it back", "yes")
        told = Text(f"{last.candidate}: {one_line(last.said)}")
        if await self.app.push_screen_wait(Question("Take this back?", told, choices=(yes,))):
            mine = [one for one in self._decided if one.candidate == last.candidate]
            if mine:
                self._decided.remove(mine[-1])
            done = await self._calls.run(
                lambda: self._desk.undo(last.candidate, version=last.version)
            )
            await self.load_queue(onto=last.candidate)
            self.say(done.sentence)
