"""The review looked at: the queue, a candidate, what its draft would do.

Owns one look at the ledger, with every report in it, until it is told to look again.
What is decided on it stands in `reviewing`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.app.gathering import Gathered, candidates_of, gather, known_again
from tracker.app.previewing import draft_text, preview_of, without
from tracker.app.readings import Readings
from tracker.app.workspace import Workspace
from tracker.core.streams import REVIEW_STREAM
from tracker.core.world import World
from tracker.errors import UnknownName
from tracker.ingest.sources import Source
from tracker.review.cases import Case, cases_of
from tracker.review.claims import OutletClaim, claims_on
from tracker.review.deciding import check_editor
from tracker.review.desk import Opened, Preview, Progress, QueueItem, Standing
from tracker.review.nearby import nearby
from tracker.review.queueing import Candidate, queue_item, ranked
from tracker.review.slots import agreed_of
from tracker.store.sql import SqlLedger

__all__ = ["Looking"]


@dataclass(frozen=True, slots=True)
class _State:
    """One look at the ledger, whole."""

    world: World
    cases: Mapping[str, Case]
    gathered: Gathered
    candidates: Mapping[str, Candidate]


class Looking:
    """The half of a desk that only looks, on the ledger of a workspace.

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
        return check_editor(self._editor)

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
            preview=preview_of(text, notes, world=self._before(item), today=self._today),
            disagreements=agreed_of(found.sources).apart,
            events=nearby(item, seen.gathered.known, found.reports, seen.world.events),
        )

    def preview(self, candidate: str, text: str) -> Preview:
        """What an edited draft would be and do; see `ReviewDesk.preview`."""
        item = queue_item(self.candidate(candidate), self._today)
        return preview_of(text, (), world=self._before(item), today=self._today)

    def claims(self, event: str) -> tuple[OutletClaim, ...]:
        """What each outlet says of an event of the record. Raises: UnknownName."""
        seen = self._state()
        found = seen.world.event(event)
        if found is None:
            raise UnknownName(f"there is no event {event!r}", "`tracker timeline` lists them")
        return claims_on(found, seen.candidates.values(), seen.gathered.known, self._today)

    def _before(self, item: QueueItem) -> World:
        """The world that a draft is held to: without the event that it was accepted as."""
        accepted = item.standing in {Standing.ACCEPTED, Standing.EXPORTED}
        return without(self._state().world, item.event if accepted else None)

    def _text(self, found: Candidate) -> tuple[str, tuple[str, ...]]:
        """The draft as it stands, and what there is to say about it."""
        return draft_text(found, self._state().world)

    def _look_again(self, *, events: bool) -> None:
        """After a decision: the same reports, sorted by what has been decided."""
        seen, cases = self._state(), self._cases()
        world = self._world() if events else seen.world
        gathered = known_again(seen.gathered, world) if events else seen.gathered
        self._seen = _State(world, cases, gathered, candidates_of(gathered, cases))

    def _state(self) -> _State:
        if self._seen is None:
            self.refresh()
        if self._seen is None:
            raise AssertionError("a refresh leaves a state behind")
        return self._seen

    def _cases(self) -> Mapping[str, Case]:
        return cases_of(self._ledger.under(REVIEW_STREAM))
