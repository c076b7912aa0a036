"""A desk in memory with a few made-up candidates: what a terminal is tried against.

Nothing in it is fact: the countries are real, the news is not. It keeps the promises of
`tracker.review.desk.ReviewDesk` as far as a desk can see them: versions, conflicts, undo.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from tracker.core.events import Event, Source, Text
from tracker.core.words import Kind
from tracker.errors import AppendConflict, BadInput, UnknownName
from tracker.review.desk import (
    Claimed,
    Disagreement,
    Done,
    Mark,
    Opened,
    Preview,
    Proposal,
    QueueItem,
    ReviewDesk,
    Shift,
    SourceView,
    Standing,
)

NOW = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
TODAY = date(2026, 11, 25)


def marked(text: str, slot: str, value: str, words: str) -> Mark:
    """A mark on the first place of `words` in `text`."""
    start = text.index(words)
    return Mark(slot, value, start, start + len(words))


def source(
    number: int, publisher: str, title: str, summary: str = "", **changes: object
) -> SourceView:
    """A report that says 30% on steel of Canada, unless `changes` say otherwise."""
    plain = SourceView(
        report=f"report/example-{number}/{number:064x}",
        publisher=publisher,
        source=f"example-{number}",
        official=False,
        link=f"https://example.org/{number}",
        published=TODAY,
        first_seen=NOW,
        language="en",
        title=title,
        summary=summary,
        title_marks=(),
        summary_marks=(),
        says=Claimed(kind="announcement", imposer="US", targets=("CA",), products=("steel",)),
        score=0.97,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # names of its own fields


STEEL_EN = "Example: US to charge 30% on Canadian steel from 1 December"
STEEL_ES = "Ejemplo: EE. UU. cobrará 35% al acero de Canadá"
TEXT = """\
  - id: 2026-11-25-us-steel-announcement
    kind: announcement
    announced: 2026-11-25
    title:
      en: "Example: the United States announces 30% on Canadian steel"
    summary:
      en: "Example: announced today, from 1 December."
    sources:
      - url: https://example.org/1
        publisher: Example Gazette
        title: "Example: US to charge 30% on Canadian steel from 1 December"
"""
EVENT = Event(
    id="2026-11-25-us-steel-announcement",
    kind=Kind.ANNOUNCEMENT,
    announced=TODAY,
    title=Text(en="Example: the United States announces 30% on Canadian steel"),
    summary=Text(en="Example: announced today, from 1 December."),
    sources=(Source(url="https://example.org/1", publisher="Example Gazette", title=STEEL_EN),),
)


def example_sources() -> dict[str, tuple[SourceView, ...]]:
    """Sources by candidate: two that disagree, one in French, one that is hostile."""
    steel = source(
        1,
        "Example Gazette",
        STEEL_EN,
        "A longer text of the item, as feeds give it.",
        official=True,
        title_marks=(
            marked(STEEL_EN, "imposer", "US", "US"),
            marked(STEEL_EN, "rate_pct", "30", "30%"),
            marked(STEEL_EN, "targets", "CA", "Canadian"),
            marked(STEEL_EN, "products", "steel", "steel"),
            marked(STEEL_EN, "effective_date", "2026-12-01", "from 1 December"),
        ),
        says=Claimed(
            kind="announcement",
            imposer="US",
            targets=("CA",),
            products=("steel",),
            rate_pct=Decimal(30),
            effective_from=date(2026, 12, 1),
        ),
    )
    acero = source(
        2,
        "Diario de Ejemplo",
        STEEL_ES,
        language="es",
        title_marks=(marked(STEEL_ES, "rate_pct", "35", "35%"),),
        says=Claimed(
            kind="announcement",
            imposer="US",
            targets=("CA",),
            products=("steel",),
            rate_pct=Decimal(35),
        ),
    )
    french = source(
        3, "Exemple", "Exemple : appel entre Ottawa et Mexico", language="fr", published=None
    )
    hostile = source(
        4,
        "[b]Nobody[/b]",
        "[red]<script>alert(1)</script> \u05e9\u05dc\u05d5\u05dd :smile: [/] [link=https://x]tariff",
        "x" * 100_000,
        link=None,
        score=0.51,
    )
    return {"aaaaaaaaaa": (steel, acero), "bbbbbbbbbb": (french,), "cccccccccc": (hostile,)}


class ExampleDesk:
    """A `ReviewDesk` over made-up candidates. `decided_elsewhere` plays a second editor."""

    def __init__(self, editor: str = "Ana Example") -> None:
        self._editor = editor
        self._sources = example_sources()
        self._items = {name: self._fresh(name) for name in self._sources}
        self._before: dict[str, list[QueueItem]] = {name: [] for name in self._items}
        self._texts = dict.fromkeys(self._items, TEXT)

    def _fresh(self, name: str) -> QueueItem:
        sources = self._sources[name]
        first = sources[0]
        rates = {one.says.rate_pct for one in sources if one.says.rate_pct is not None}
        return QueueItem(
            id=name,
            version=0,
            standing=Standing.OPEN,
            title=first.title,
            importance=round(first.score / (1 + 0.01 * ord(name[0])), 2),
            kind=first.says.kind,
            imposer=first.says.imposer,
            targets=first.says.targets,
            products=first.says.products,
            rates=tuple(sorted(rates)),
            day=first.published,
            size=len(sources),
            publishers=tuple(one.publisher for one in sources),
            official=any(one.official for one in sources),
            known="2026-11-24-example-call" if name == "bbbbbbbbbb" else None,
        )

    @property
    def editor(self) -> str:
        return self._editor

    def refresh(self, progress: Callable[[int, int], None] | None = None) -> None:
        total = sum(len(sources) for sources in self._sources.values())
        for read in range(total + 1):
            if progress is not None:
                progress(read, total)

    def queue(self, *, everything: bool = False) -> Sequence[QueueItem]:
        found = [
            item for item in self._items.values() if everything or item.standing is Standing.OPEN
        ]
        return tuple(sorted(found, key=lambda item: (-item.importance, item.id)))

    def open(self, candidate: str) -> Opened:
        item = self._item(candidate)
        apart = candidate == "aaaaaaaaaa"
        differ = (("30", ("Example Gazette",)), ("35", ("Diario de Ejemplo",)))
        return Opened(
            item=item,
            sources=self._sources[candidate],
            preview=self.preview(candidate, self._texts[candidate]),
            disagreements=(Disagreement("rate_pct", differ),) if apart else (),
            events=(("2026-11-24-example-call", "Example: a call between the two capitals"),),
        )

    def preview(self, candidate: str, text: str) -> Preview:
        self._item(candidate)
        if "kind: announcement" not in text:
            fault = 'kind: "?" is none of the kinds; write announcement or another [has_its_shape]'
            return Preview(Proposal(text, None, (fault,)), ())
        notes = ("No effect is proposed: sources disagree on the rate (30, 35)",)
        sentence = "US on CA, Steel articles: 30% announced from 1 December 2026"
        return Preview(Proposal(text, EVENT, (), notes), (Shift(date(2026, 12, 1), (sentence,)),))

    def accept(self, candidate: str, *, version: int, text: str | None = None) -> Done:
        self._text(candidate, version, text or self._texts[candidate])
        return self._decide(candidate, version, "accepted", Standing.ACCEPTED, event=EVENT.id)

    def amend(self, candidate: str, *, version: int, text: str) -> Done:
        self._text(candidate, version, text)
        return self._decide(candidate, version, "amended", Standing.OPEN, amended=True)

    def merge(self, candidate: str, *, version: int, event: str) -> Done:
        if event != "2026-11-24-example-call":
            raise UnknownName(f"there is no event {event!r}", "Choose one of those listed")
        return self._decide(candidate, version, "merged", Standing.MERGED, event=event)

    def split(self, candidate: str, *, version: int, reports: Sequence[str]) -> Done:
        here = self._sources[candidate]
        moved = tuple(one for one in here if one.report in set(reports))
        if not moved or len(moved) == len(here):
            raise BadInput("a split takes some reports and leaves some", "Mark fewer, or more")
        left = tuple(one for one in here if one not in moved)
        self._decide(candidate, version, "split", Standing.OPEN, size=len(left))
        self._sources |= {candidate: left, "dddddddddd": moved}
        self._items["dddddddddd"] = self._fresh("dddddddddd")
        self._before["dddddddddd"], self._texts["dddddddddd"] = [], TEXT
        return Done(
            f"{len(moved)} of {len(here)} reports are a candidate of their own now",
            self._items["dddddddddd"],
        )

    def reject(self, candidate: str, *, version: int, why: str) -> Done:
        if not why.strip():
            raise BadInput("a rejection says why", "Write a few words")
        return self._decide(candidate, version, "rejected", Standing.REJECTED, why=why)

    def postpone(self, candidate: str, *, version: int, until: date) -> Done:
        if until <= TODAY:
            raise BadInput(f"{until} does not lie ahead", "Name a later day")
        return self._decide(candidate, version, "postponed", Standing.POSTPONED, until=until)

    def undo(self, candidate: str, *, version: int) -> Done:
        item = self._current(candidate, version)
        if not self._before[candidate]:
            raise BadInput("there is nothing to undo", "Nothing has been decided on it")
        back = replace(self._before[candidate].pop(), version=item.version + 1)
        self._items[candidate] = back
        return Done("Undone", back)

    def decided_elsewhere(self, candidate: str) -> None:
        """What a second editor does in the meantime: reject it."""
        item = self._items[candidate]
        self._decide(candidate, item.version, "rejected", Standing.REJECTED, why="seen elsewhere")

    def _item(self, candidate: str) -> QueueItem:
        if candidate not in self._items:
            raise UnknownName(f"there is no candidate {candidate!r}", "`tracker review list`")
        return self._items[candidate]

    def _current(self, candidate: str, version: int) -> QueueItem:
        item = self._item(candidate)
        if item.version != version:
            raise AppendConflict(
                f"{item.editor} has decided on {candidate} meanwhile: {item.standing}",
                "Look at it again; nothing was written",
            )
        return item

    def _text(self, candidate: str, version: int, text: str) -> None:
        self._current(candidate, version)
        faults = self.preview(candidate, text).proposal.faults
        if faults:
            raise BadInput(faults[0], "Amend the draft")
        self._texts[candidate] = text

    def _decide(
        self, candidate: str, version: int, verb: str, standing: Standing, **changes: object
    ) -> Done:
        item = self._current(candidate, version)
        self._before[candidate].append(item)
        told = {"editor": self._editor, "decided_at": NOW, **changes}
        new = replace(item, version=version + 1, standing=standing, **told)  # type: ignore[arg-type]
        self._items[candidate] = new
        return Done(f"{verb.capitalize()} by {self._editor}", new)


def example_desk() -> ReviewDesk:
    """A desk with the candidates above, as the Protocol has it."""
    return ExampleDesk()
