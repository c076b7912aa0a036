"""The review on one ledger: the desk of `tracker.review.desk`, over the rooms.

Owns how a decision is taken on what the ledger says at that moment and on nothing older.
What a decision means is the business of `tracker.review.deciding`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from tracker.app.previewing import needed_by
from tracker.app.reviewed import Looking
from tracker.core.decisions import ReviewAccepted
from tracker.core.entries import Draft
from tracker.core.events import Event
from tracker.core.streams import EVENT_STREAM
from tracker.errors import AppendConflict, BadInput, UnknownName
from tracker.record.draft import read_draft, rest_of
from tracker.review import deciding
from tracker.review.cases import Case
from tracker.review.deciding import Act
from tracker.review.desk import Done, QueueItem
from tracker.review.groups import owners_of
from tracker.review.queueing import Candidate, queue_item

__all__ = ["Reviewing"]


class Reviewing(Looking):
    """A `ReviewDesk` on the ledger of a workspace."""

    def accept(self, candidate: str, *, version: int, text: str | None = None) -> Done:
        """Take the draft into the record; see `ReviewDesk.accept`."""
        given = text if text is not None else self._text(self.candidate(candidate))[0]

        def drafts(act: Act) -> tuple[Draft, ...]:
            deciding.require_undecided(act)
            event = self._event(given)
            return deciding.accept(act, event=event, held=self._held(event.id))

        item = self._act(candidate, version, drafts, events=True)
        return Done(f"Accepted as {item.event}. It waits for: tracker review export", item)

    def amend(self, candidate: str, *, version: int, text: str) -> Done:
        """Keep an edited draft; see `ReviewDesk.amend`."""

        def drafts(act: Act) -> tuple[Draft, ...]:
            deciding.require_undecided(act)
            return deciding.amend(act, event=self._event(text))

        item = self._act(candidate, version, drafts)
        return Done(f"The draft of {candidate} is amended, and not accepted yet", item)

    def merge(self, candidate: str, *, version: int, event: str) -> Done:
        """Say that the reports tell of an event of the record; see `ReviewDesk.merge`."""

        def drafts(act: Act) -> tuple[Draft, ...]:
            if self._world().event(event) is None:
                raise UnknownName(f"there is no event {event!r}", "`tracker timeline` lists them")
            return deciding.merge(act, event=event)

        item = self._act(candidate, version, drafts)
        return Done(f"The reports of {candidate} belong to {event}", item)

    def split(self, candidate: str, *, version: int, reports: Sequence[str]) -> Done:
        """Take reports out as a candidate of their own; see `ReviewDesk.split`."""
        moved = frozenset(reports)
        self._act(candidate, version, lambda act: deciding.split(act, moved=moved))
        owner = owners_of(self._state().cases)[min(moved)][1]
        item = queue_item(self.candidate(owner), self._today)
        return Done(f"{len(moved)} of the reports of {candidate} are {owner} now", item)

    def reject(self, candidate: str, *, version: int, why: str) -> Done:
        """Say that there is nothing in it for the record; see `ReviewDesk.reject`."""
        item = self._act(candidate, version, lambda act: deciding.reject(act, why=why))
        return Done(f"Rejected {candidate}", item)

    def postpone(self, candidate: str, *, version: int, until: date) -> Done:
        """Leave it out of the queue until that day; see `ReviewDesk.postpone`."""
        item = self._act(candidate, version, lambda act: deciding.postpone(act, until=until))
        return Done(f"Postponed {candidate} until {until}", item)

    def undo(self, candidate: str, *, version: int) -> Done:
        """Take back the last decision; see `ReviewDesk.undo`."""
        item = self._act(candidate, version, self._undoing, events=True)
        return Done(f"Undone. {candidate} is {item.standing} again", item)

    def _act(
        self,
        name: str,
        version: int,
        drafts: Callable[[Act], tuple[Draft, ...]],
        *,
        events: bool = False,
    ) -> QueueItem:
        """Decide on what the ledger says now; `events`: the record's events may change with it."""
        editor, found, cases = self.editor, self.candidate(name), self._cases()
        case = cases.get(name, Case(name))
        owners = owners_of(cases)
        taken = [one for one in found.reports if owners.get(one, (0, name))[1] != name]
        if case.version != version or taken:
            raise deciding.overtaken(name, cases.get(owners[taken[0]][1]) if taken else case)
        try:
            planned = drafts(Act(case, editor, self._today, found.reports))
            self._ledger.append(planned, at=self._workspace.clock.now())
        except (AppendConflict, BadInput) as error:
            # What cannot be done may only be so because somebody has just done it.
            now = self._cases().get(name, case)
            if isinstance(error, BadInput) and now.version == version:
                raise
            raise deciding.overtaken(name, now) from error
        earlier = self._decided_before(found)
        if earlier is not None:
            self._take_back(name)
        if events:
            self._after()
        self._look_again(events=events)
        if earlier is not None:
            raise deciding.overtaken(name, earlier)
        return queue_item(self.candidate(name), self._today)

    def _decided_before(self, found: Candidate) -> Case | None:
        """The candidate under whose name somebody decided on these reports a moment earlier.

        A report that came in between gives one story two names, whose streams do not
        guard each other: the later decision gives way.
        """
        cases = dict(self._cases())
        mine = cases.pop(found.id, None)
        owners = owners_of(cases)
        theirs = [owners[report] for report in found.reports if report in owners]
        if mine is None or mine.last is None or not theirs:
            return None
        position, name = min(theirs)
        return cases.get(name) if position < mine.last.position else None

    def _take_back(self, name: str) -> None:
        """Undo what was just decided on a candidate."""
        drafts = self._undoing(Act(self._cases()[name], self.editor, self._today, ()))
        self._ledger.append(drafts, at=self._workspace.clock.now())

    def _undoing(self, act: Act) -> tuple[Draft, ...]:
        what = act.case.last.what if act.case.last else None
        name = what.event if isinstance(what, ReviewAccepted) else ""
        world = self._world()
        return deciding.undo(
            act,
            held=self._held(name) if name else 0,
            there=world.event(name) is not None,
            needed_by=needed_by(world, name),
            cases=self._cases(),
        )

    def _event(self, text: str) -> Event:
        """The event of a draft that breaks no rule. Raises: BadInput naming the rule."""
        world = self._world()
        read = read_draft(text, rest_of(world.events, world.measures.values()))
        if read.event is None:
            more = f" (and {len(read.faults) - 1} more)" if len(read.faults) > 1 else ""
            raise BadInput(f"the draft cannot be taken: {read.faults[0]}{more}", "Amend it first")
        return read.event

    def _held(self, event: str) -> int:
        return len(self._ledger.stream(f"{EVENT_STREAM}{event}"))
