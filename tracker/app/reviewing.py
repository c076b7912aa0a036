"""The review on one ledger: the desk of `tracker.review.desk`, over the rooms.

Owns how a decision is taken on what the ledger says at that moment and on nothing older.
What a decision means is the business of `tracker.review.deciding`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.app.gathering import Gathered, candidates_of, gather, known_again
from tracker.app.previewing import draft_text, needed_by, preview_of, without
from tracker.app.readings import Readings
from tracker.app.workspace import Workspace
from tracker.core.decisions import ReviewAccepted
from tracker.core.entries import Draft
from tracker.core.events import Event
from tracker.core.streams import EVENT_STREAM, REVIEW_STREAM
from tracker.core.world import World
from tracker.errors import AppendConflict, BadInput, UnknownName
from tracker.ingest.sources import Source
from tracker.record.draft import read_draft, rest_of
from tracker.review import deciding
from tracker.review.cases import Case, cases_of
from tracker.review.deciding import Act
from tracker.review.desk import Done, Opened, Preview, Progress, QueueItem, Standing
from tracker.review.groups import owners_of
from tracker.review.nearby import nearby
from tracker.review.queueing import Candidate, queue_item, ranked
from tracker.review.slots import agreed_of
from tracker.store.sql import SqlLedger

__all__ = ["Reviewing"]


@dataclass(frozen=True, slots=True)
class _State:
    """One look at the ledger, whole."""

    world: World
    cases: Mapping[str, Case]
    gathered: Gathered
    candidates: Mapping[str, Candidate]


class Reviewing:
    """A `ReviewDesk` on the ledger of a workspace.

    `editor` may be None for who only looks. `feeds` say who publishes what.
    """

    def __init__(
        self,
        workspace: Workspace,
        world: Callable[[], World],
        feeds: Sequence[Source],
        *,
        editor: str | None = None,
        readings: Readings | None = None,
        after: Callable[[], object] = lambda: None,
    ) -> None:
        self._workspace = workspace
        self._world = world
        self._feeds = tuple(feeds)
        self._editor = editor
        self._readings = readings or Readings()
        self._after = after
        self._seen: _State | None = None

    @property
    def editor(self) -> str:
        """The name that decisions are recorded under. Raises: BadInput where none was given."""
        return deciding.check_editor(self._editor)

    @property
    def world(self) -> World:
        """The world as it was last looked at."""
        return self._state().world

    @property
    def _ledger(self) -> SqlLedger:
        return SqlLedger(self._workspace.engine)

    @property
    def _today(self) -> date:
        return self._workspace.today

    def refresh(self, progress: Progress | None = None) -> None:
        """Read the ledger again; see `ReviewDesk.refresh`."""
        world, cases = self._world(), self._cases()
        gathered = gather(
            world, cases, self._feeds, today=self._today, read=self._readings.reader(progress)
        )
        self._seen = _State(world, cases, gathered, candidates_of(gathered, cases))

    def queue(self, *, everything: bool = False) -> Sequence[QueueItem]:
        """What waits for a decision, most important first; see `ReviewDesk.queue`."""
        items = (queue_item(one, self._today) for one in self._state().candidates.values())
        return ranked([one for one in items if everything or one.standing is Standing.OPEN])

    def candidate(self, name: str) -> Candidate:
        """The candidate of that name. Raises: UnknownName."""
        found = self._state().candidates.get(name)
        if found is None:
            raise UnknownName(
                f"there is no candidate {name!r}", "`tracker review list --all` names them"
            )
        return found

    def open(self, candidate: str) -> Opened:
        """One candidate with all that is needed to decide; see `ReviewDesk.open`."""
        found, seen = self.candidate(candidate), self._state()
        item = queue_item(found, self._today)
        text, notes = self._text(found)
        return Opened(
            item=item,
            sources=found.sources,
            preview=preview_of(
                text, notes, world=without(seen.world, item.event), today=self._today
            ),
            disagreements=agreed_of(found.sources).apart,
            events=nearby(item, seen.gathered.known, found.reports, seen.world.events),
        )

    def preview(self, candidate: str, text: str) -> Preview:
        """What an edited draft would be and do; see `ReviewDesk.preview`."""
        item = queue_item(self.candidate(candidate), self._today)
        world = without(self._state().world, item.event)
        return preview_of(text, (), world=world, today=self._today)

    def accept(self, candidate: str, *, version: int, text: str | None = None) -> Done:
        """Take the draft into the record; see `ReviewDesk.accept`."""
        given = text if text is not None else self._text(self.candidate(candidate))[0]

        def drafts(act: Act) -> tuple[Draft, ...]:
            event = self._event(given)
            return deciding.accept(act, event=event, held=self._held(event.id))

        item = self._act(candidate, version, drafts, events=True)
        return Done(f"Accepted as {item.event}. It waits for: tracker review export", item)

    def amend(self, candidate: str, *, version: int, text: str) -> Done:
        """Keep an edited draft; see `ReviewDesk.amend`."""
        item = self._act(
            candidate, version, lambda act: deciding.amend(act, event=self._event(text))
        )
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

        def drafts(act: Act) -> tuple[Draft, ...]:
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

        item = self._act(candidate, version, drafts, events=True)
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
        planned = drafts(Act(case, editor, self._today, found.reports))
        try:
            self._ledger.append(planned, at=self._workspace.clock.now())
        except AppendConflict as error:
            raise deciding.overtaken(name, self._cases().get(name)) from error
        if events:
            self._after()
        self._look_again(events=events)
        return queue_item(self.candidate(name), self._today)

    def _look_again(self, *, events: bool) -> None:
        """After a decision: the same reports, sorted by what has been decided."""
        seen, cases = self._state(), self._cases()
        world = self._world() if events else seen.world
        gathered = known_again(seen.gathered, world) if events else seen.gathered
        self._seen = _State(world, cases, gathered, candidates_of(gathered, cases))

    def _event(self, text: str) -> Event:
        """The event of a draft that breaks no rule. Raises: BadInput naming the rule."""
        world = self._world()
        read = read_draft(text, rest_of(world.events, world.measures.values()))
        if read.event is None:
            more = f" (and {len(read.faults) - 1} more)" if len(read.faults) > 1 else ""
            raise BadInput(f"the draft cannot be taken: {read.faults[0]}{more}", "Amend it first")
        return read.event

    def _text(self, found: Candidate) -> tuple[str, tuple[str, ...]]:
        """The draft as it stands, and what there is to say about it."""
        return draft_text(found, self._state().world)

    def _held(self, event: str) -> int:
        return len(self._ledger.stream(f"{EVENT_STREAM}{event}"))

    def _state(self) -> _State:
        if self._seen is None:
            self.refresh()
        if self._seen is None:
            raise AssertionError("a refresh leaves a state behind")
        return self._seen

    def _cases(self) -> Mapping[str, Case]:
        return cases_of(self._ledger.under(REVIEW_STREAM))
