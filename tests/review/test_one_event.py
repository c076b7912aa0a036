"""Any order of accept, export, load, undo and edits of the files leaves one event or none."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.review.material import NOW, write_record
from tracker.app.filing import export_accepted
from tracker.core.decisions import REVIEW_STREAM, ReviewAccepted
from tracker.core.entries import Draft, Entry
from tracker.core.events import Event, Source, Text
from tracker.core.words import Kind
from tracker.core.world import World, fold
from tracker.errors import AppendConflict, BadInput
from tracker.record.entry import entry_text
from tracker.record.files import write_whole
from tracker.record.insert import with_event
from tracker.record.plan import plan_load
from tracker.record.read import read_record
from tracker.review import deciding
from tracker.review.cases import Case, cases_of
from tracker.review.deciding import Act
from tracker.review.desk import Standing
from tracker.store.memory import MemoryLedger
from tracker.store.protocol import Appended

TODAY = NOW.date()
NAMES = ("aaaa", "bbbb", "cccc")
DAYS = {"aaaa": TODAY, "bbbb": TODAY, "cccc": TODAY - timedelta(days=40)}
SHIPPED = "2026-11-02-us-steel-step"


def event_of(name: str, words: str = "First words.") -> Event:
    return Event(
        id=f"{DAYS[name]}-{name}",
        kind=Kind.STATEMENT,
        announced=DAYS[name],
        title=Text(en=f"Told of {name}"),
        summary=Text(en=words),
        sources=(Source(url="https://example.org/1", publisher="P", title="T"),),
    )


class Killed(Exception):
    """The process ends between the file and the ledger."""


class Killable(MemoryLedger):
    """A ledger whose next append can be lost with its process."""

    killed = False

    def append(self, drafts: Sequence[Draft], *, at: datetime) -> tuple[Appended, ...]:
        if self.killed:
            self.killed = False
            raise Killed
        return super().append(drafts, at=at)


class OneEvent(RuleBasedStateMachine):
    """A ledger, a folder of files, and whatever editors do to both."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.ledger = Killable()
        self.at = NOW
        self.held: dict[int, dict[str, Event]] = {}

    @initialize()
    def begin(self) -> None:
        write_record(self.folder)
        self.load()

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def world(self) -> World:
        return fold(self.ledger.read())

    def case(self, name: str) -> Case:
        return cases_of(self.ledger.under(REVIEW_STREAM)).get(name, Case(name))

    def in_files(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for file in self.folder.glob("20*.yaml"):
            lines = file.read_text(encoding="utf-8").splitlines()
            found.update(line.split()[-1] for line in lines if line.startswith("  - id: "))
        return found

    def append(self, drafts: tuple[Draft, ...]) -> None:
        self.at += timedelta(seconds=1)
        self.ledger.append(drafts, at=self.at)
        self.held[self.ledger.head().position] = {one.id: one for one in self.world().events}

    def versions(self, event: str) -> int:
        return len(self.ledger.stream(f"event/{event}"))

    @rule(name=st.sampled_from(NAMES), words=st.sampled_from(("First words.", "Other words.")))
    def accept(self, name: str, words: str) -> None:
        event = event_of(name, words)
        if self.world().event(event.id) is not None:
            return  # a draft of that id breaks the rule that an id is unique
        act = Act(self.case(name), "Ana", TODAY, (f"report/x/{name}",))
        try:
            self.append(deciding.accept(act, event=event, held=self.versions(event.id)))
        except BadInput:
            assert act.case.standing(TODAY) in {Standing.ACCEPTED, Standing.EXPORTED}

    @rule(name=st.sampled_from(NAMES))
    def undo(self, name: str) -> None:
        act = Act(self.case(name), "Ben", TODAY, (f"report/x/{name}",))
        event = event_of(name).id
        there = self.world().event(event) is not None
        held = self.versions(event)
        before = act.case.standing(TODAY)
        try:
            self.append(deciding.undo(act, held=held, there=there, needed_by=(), cases={}))
        except BadInput:
            assert before is Standing.OPEN or (act.case.exported and there)
        else:
            assert self.case(name).standing(TODAY) is Standing.OPEN
            assert self.world().event(event) is None or not there

    @rule()
    def export(self) -> None:
        self.at += timedelta(seconds=1)
        export_accepted(self.ledger, self.world(), self.folder, editor="Ana", at=self.at)
        assert not self.waiting()

    @rule()
    @precondition(lambda self: self.waiting())
    def export_and_die(self) -> None:
        self.ledger.killed = True
        try:
            export_accepted(self.ledger, self.world(), self.folder, editor="Ana", at=self.at)
        except Killed:
            return
        raise AssertionError("it was to be killed")

    @rule()
    @precondition(lambda self: self.waiting())
    def export_while_somebody_undoes(self) -> None:
        """The undo lands between the file and the ledger: the file is put back."""
        name = self.waiting()[0]
        before = self.in_files()
        machine = self

        class Meanwhile(Killable):
            def append(self, drafts: Sequence[Draft], *, at: datetime) -> tuple[Appended, ...]:
                machine.undo(name)
                return machine.ledger.append(drafts, at=at)

            def under(self, prefix: str) -> tuple[Entry, ...]:
                found = machine.ledger.under(prefix)
                return tuple(one for one in found if one.stream.endswith(name))

        try:
            export_accepted(Meanwhile(), self.world(), self.folder, editor="Ana", at=self.at)
        except AppendConflict:
            assert self.in_files() == before
        else:
            raise AssertionError("a conflict was to be told")

    @rule()
    def load(self) -> None:
        self.append(plan_load(read_record(self.folder), self.ledger.read()))
        world, files = self.world(), self.in_files()
        assert plan_load(read_record(self.folder), self.ledger.read()) == ()
        # What the files hold is held; beyond it only what waits for its export.
        waiting = {event_of(name).id for name in self.waiting()}
        assert {one.id for one in world.events} == set(files) | waiting
        # Once found in the files, it is theirs.
        assert not waiting & set(files)

    @rule(name=st.sampled_from(NAMES))
    def write_by_hand(self, name: str) -> None:
        """Somebody puts the same event into the files, in words of their own."""
        event = event_of(name, "Words by hand.")
        if event.id not in self.in_files():
            file = self.folder / f"{event.announced:%Y-%m}.yaml"
            write_whole(file, with_event(file, entry_text(event), event.announced).encode())

    @rule(name=st.sampled_from(NAMES))
    def take_out_by_hand(self, name: str) -> None:
        event = event_of(name).id
        for file in self.folder.glob("20*.yaml"):
            blocks = file.read_text(encoding="utf-8").split("  - id: ")
            kept = [block for block in blocks if not block.startswith(event)]
            if len(kept) == 1:
                file.unlink()
            elif len(kept) < len(blocks):
                file.write_text("  - id: ".join(kept), encoding="utf-8")

    def waiting(self) -> list[str]:
        return [name for name in NAMES if self.case(name).standing(TODAY) is Standing.ACCEPTED]

    @invariant()
    def one_or_none(self) -> None:
        events = Counter(event.id for event in self.world().events)
        assert max(events.values(), default=0) <= 1
        assert max(self.in_files().values(), default=0) <= 1
        for name in self.waiting():
            assert events[event_of(name).id] == 1
        for name in NAMES:
            case = self.case(name)
            assert not case.exported or isinstance(
                case.closing.what if case.closing else None, ReviewAccepted
            )

    @invariant()
    def what_was_held_is_still_shown(self) -> None:
        for position, events in self.held.items():
            then = fold(self.ledger.read(), until_position=position)
            assert {one.id: one for one in then.events} == events


OneEvent.TestCase.settings = settings(max_examples=60, stateful_step_count=15, deadline=None)
TestOneEvent = OneEvent.TestCase
