"""What templates are handed of policy: rows, turns ahead and changes, as small frozen values.

Owns the shape of a row, a change and an event as a reader sees them. It knows
nothing of templates or of which pages exist. Paths are from the root of the
site, days are `date`, texts are plain and not yet escaped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.core.diff import Change, ChangeKind
from tracker.core.events import When
from tracker.core.pending import Pending
from tracker.core.policy import ProvisionState
from tracker.core.words import ENDED, PLANNED, Basis, Doubt, Status
from tracker.site.book import Book
from tracker.site.names import CHANGES, party_tone, relation
from tracker.site.paths import measure_page
from tracker.site.rates import RateView, origin_text, rate_view
from tracker.site.told import EventView, event_view, event_views
from tracker.telling.changes import change_sentence
from tracker.telling.language import ENGLISH
from tracker.telling.names import status_name
from tracker.telling.phrases import alternative_phrase, pending_phrase, state_phrase
from tracker.telling.uncertain import day_or_when, until_phrase, when_phrase

__all__ = [
    "ChangeView",
    "RowView",
    "TurnView",
    "change_view",
    "row_view",
    "turn_view",
]


@dataclass(frozen=True, slots=True)
class TurnView:
    """A turn ahead of a provision; `day_text` says what is known where `day` is not."""

    status: Status
    word: str
    rate: RateView | None
    day: date | None
    day_text: str
    phrase: str
    event: EventView | None


@dataclass(frozen=True, slots=True)
class RowView:
    """One provision on one day.

    `since_text` and `until_text` say what is known of a day that is not known as
    one, `instead` what may hold because of that; empty where all is known.
    """

    measure: str
    provision: str
    href: str
    title: str
    tone: str
    relation: str
    products: str
    origin: str
    authority: str
    status: Status
    word: str
    rate: RateView | None
    since: date | None
    until: date | None
    since_text: str
    until_text: str
    instead: tuple[str, ...]
    turns: tuple[TurnView, ...]
    event: EventView | None
    doubts: tuple[Doubt, ...]
    phrase: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One provision before and after, the difference in points charged, and the causes.

    `alike` tells that both plates read the same, so that only the sentence says what changed.
    """

    kind: ChangeKind
    word: str
    subject: RowView
    before: RowView | None
    after: RowView | None
    points: str
    sentence: str
    alike: bool
    causes: tuple[EventView, ...]
    effective: date | None


def turn_view(book: Book, turn: Pending) -> TurnView:
    """A turn ahead, with the event that announced it."""
    ends = turn.status in ENDED or turn.status is Status.PAUSED
    return TurnView(
        status=turn.status,
        word=status_name(ENGLISH, turn.status),
        rate=None if ends else rate_view(turn.rate_pct, turn.basis, turn.rate_text),
        day=turn.effective_from,
        day_text="" if turn.when in {None, When()} else day_or_when(ENGLISH, None, turn.when),
        phrase=pending_phrase(ENGLISH, turn),
        event=next(iter(event_views(book, (turn.event,))), None),
    )


def _plate(row: ProvisionState) -> RateView | None:
    """The rate to show: what is charged or held back, or what a plan would bring."""
    if row.status in ENDED:
        return None
    if row.status in PLANNED and row.pending:
        turn = row.pending[0]
        return rate_view(turn.rate_pct, turn.basis, turn.rate_text)
    return rate_view(row.rate_pct, row.basis, row.rate_text)


def row_view(book: Book, row: ProvisionState) -> RowView:
    """One provision's state, with the last event it rests on and the doubts of all of them."""
    measure = book.world.measures[row.measure]
    provision = measure.provision(row.provision)
    bearing = [book.events[found] for found in row.events if found in book.events]
    doubts = dict.fromkeys(doubt for event in bearing for doubt in event.doubts)
    return RowView(
        measure=row.measure,
        provision=row.provision,
        href=measure_page(row.measure),
        title=measure.title.en,
        tone=party_tone(row.imposer),
        relation=relation(row.imposer, row.targets, provision.excludes if provision else ()),
        products=row.scope.products.en,
        origin=origin_text(row.scope.origin),
        authority=row.authority,
        status=row.status,
        word=status_name(ENGLISH, row.status),
        rate=_plate(row),
        since=row.effective_from,
        until=row.effective_until,
        since_text="" if row.starts is None else when_phrase(ENGLISH, row.starts),
        until_text="" if row.ends is None else until_phrase(ENGLISH, None, row.ends),
        instead=tuple(alternative_phrase(ENGLISH, other) for other in row.alternatives),
        turns=tuple(turn_view(book, turn) for turn in row.pending),
        event=event_view(book, bearing[-1]) if bearing else None,
        doubts=tuple(doubts),
        phrase=state_phrase(ENGLISH, row),
    )


def _charged(row: ProvisionState) -> Decimal | None:
    """What is charged in percent: nothing unless in force, None where it is not known."""
    if row.status is not Status.IN_FORCE:
        return Decimal(0)
    return None if row.basis in {Basis.BAN, Basis.QUOTA, Basis.PER_UNIT} else row.rate_pct


def _points(change: Change) -> str:
    before, after = change.before, change.after
    if before is None or after is None:
        return ""
    old, new = _charged(before), _charged(after)
    both = before.status is Status.IN_FORCE and after.status is Status.IN_FORCE
    if old is None or new is None or old == new or (both and before.basis != after.basis):
        return ""
    sign = "+" if new > old else "\N{MINUS SIGN}"
    return f"{sign}{abs(new - old).normalize():f}"


_ALIKE = frozenset({ChangeKind.BASIS, ChangeKind.SCOPE, ChangeKind.DATES, ChangeKind.PENDING})


def change_view(book: Book, change: Change) -> ChangeView:
    """One change. `points` is the difference in what is charged, empty where it cannot be said."""
    subject = row_view(book, change.subject)
    after = change.after
    effective = None
    if change.kind is not ChangeKind.PENDING and after is not None:
        effective = after.effective_from
    return ChangeView(
        kind=change.kind,
        word=CHANGES[change.kind],
        subject=subject,
        before=None if change.before is None else row_view(book, change.before),
        after=None if after is None else subject,
        points=_points(change),
        sentence=change_sentence(ENGLISH, change),
        alike=change.kind in _ALIKE,
        causes=event_views(book, change.events),
        effective=effective,
    )
