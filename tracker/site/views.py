"""What templates are handed of policy: rows, turns ahead and changes, as small frozen values.

Owns the shape of a row and a turn as a reader of one edition sees them. It knows
nothing of templates or of which pages exist. Paths are from the root of the
edition, days are `date`, texts are plain and not yet escaped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.core.events import When
from tracker.core.pending import Pending
from tracker.core.policy import ProvisionState
from tracker.core.words import ENDED, PLANNED, Doubt, Status
from tracker.site.edition import Edition
from tracker.site.names import doubt_meaning, party_tone, relation
from tracker.site.paths import measure_page
from tracker.site.rates import RateView, origin_text, rate_view
from tracker.site.told import EventView, event_view, event_views
from tracker.telling.language import Language, Said
from tracker.telling.names import doubt_name, status_name
from tracker.telling.phrases import alternative_phrase, pending_phrase, state_phrase
from tracker.telling.uncertain import day_or_when, until_phrase, when_phrase

__all__ = ["DoubtView", "RowView", "TurnView", "doubt_views", "plate_of", "row_view", "turn_view"]


@dataclass(frozen=True, slots=True)
class DoubtView:
    """A mark of doubt: its word and what that means."""

    doubt: Doubt
    word: str
    meaning: str


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
    title: Said
    tone: str
    relation: str
    products: Said
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
    doubts: tuple[DoubtView, ...]
    phrase: str


def doubt_views(edition: Edition, doubts: tuple[Doubt, ...]) -> tuple[DoubtView, ...]:
    """Marks of doubt in the order given."""
    lang = edition.lang
    return tuple(DoubtView(one, doubt_name(lang, one), doubt_meaning(lang, one)) for one in doubts)


def turn_view(edition: Edition, turn: Pending) -> TurnView:
    """A turn ahead, with the event that announced it."""
    lang = edition.lang
    ends = turn.status in ENDED or turn.status is Status.PAUSED
    return TurnView(
        status=turn.status,
        word=status_name(lang, turn.status),
        rate=None if ends else rate_view(lang, turn.rate_pct, turn.basis, turn.rate_text),
        day=turn.effective_from,
        day_text="" if turn.when in {None, When()} else day_or_when(lang, None, turn.when),
        phrase=pending_phrase(lang, turn),
        event=next(iter(event_views(edition, (turn.event,))), None),
    )


def plate_of(lang: Language, row: ProvisionState) -> RateView | None:
    """The rate to show: what is charged or held back, or what a plan would bring."""
    if row.status in ENDED:
        return None
    if row.status in PLANNED and row.pending:
        turn = row.pending[0]
        return rate_view(lang, turn.rate_pct, turn.basis, turn.rate_text)
    return rate_view(lang, row.rate_pct, row.basis, row.rate_text)


def row_view(edition: Edition, row: ProvisionState) -> RowView:
    """One provision's state, with the last event it rests on and the doubts of all of them."""
    return edition.once("row", row, lambda: _row(edition, row))


def _row(edition: Edition, row: ProvisionState) -> RowView:
    lang, book = edition.lang, edition.book
    measure = book.world.measures[row.measure]
    provision = measure.provision(row.provision)
    bearing = [book.events[found] for found in row.events if found in book.events]
    doubts = dict.fromkeys(doubt for event in bearing for doubt in event.doubts)
    return RowView(
        measure=row.measure,
        provision=row.provision,
        href=measure_page(row.measure),
        title=edition.text(measure.title),
        tone=party_tone(row.imposer),
        relation=relation(lang, row.imposer, row.targets, provision.excludes if provision else ()),
        products=edition.text(row.scope.products),
        origin=origin_text(lang, row.scope.origin),
        authority=row.authority,
        status=row.status,
        word=status_name(lang, row.status),
        rate=plate_of(lang, row),
        since=row.effective_from,
        until=row.effective_until,
        since_text="" if row.starts is None else when_phrase(lang, row.starts),
        until_text="" if row.ends is None else until_phrase(lang, None, row.ends),
        instead=tuple(alternative_phrase(lang, other) for other in row.alternatives),
        turns=tuple(turn_view(edition, turn) for turn in row.pending),
        event=event_view(edition, bearing[-1]) if bearing else None,
        doubts=doubt_views(edition, tuple(doubts)),
        phrase=state_phrase(lang, row),
    )
