"""The board: rows of one day grouped by who charges whom, counts, and what is scheduled.

Pure arrangement of `views`; it decides order and grouping, nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.core.pending import Pending
from tracker.core.policy import ProvisionState
from tracker.core.words import PARTIES, Status
from tracker.site.edition import Edition
from tracker.site.names import party_tone, relation, relation_order, status_count, target_name
from tracker.site.paths import measure_page
from tracker.site.text import clean
from tracker.site.told import EventView, Link
from tracker.site.views import RowView, TurnView, row_view, turn_view
from tracker.telling.language import Said

__all__ = [
    "Block",
    "Count",
    "Group",
    "Scheduled",
    "board",
    "counts",
    "groups",
    "scheduled",
    "silent",
]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of one measure, in order of definition; there is always one."""

    title: Said
    href: str
    authority: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one relation: `alive` have something in force or ahead, `over` have ended."""

    anchor: str
    title: str
    tone: str
    note: str
    alive: tuple[Block, ...]
    over: tuple[Block, ...]
    ended: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many provisions have a status on the day; `words` follow the number."""

    status: Status
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Scheduled:
    """One day ahead (None: not known) and one event: the provisions it would turn."""

    day: date | None
    event: EventView | None
    items: tuple[tuple[RowView, TurnView], ...]


def groups(
    edition: Edition, rows: Sequence[ProvisionState]
) -> tuple[tuple[str, tuple[ProvisionState, ...]], ...]:
    """Rows by relation in reading order, each with its title; rows keep their order inside."""
    found: dict[_Order, list[ProvisionState]] = {}
    orders = edition.once_each("relation", rows, lambda row: _relation(edition, row))
    for order, row in zip(orders, rows, strict=True):
        found.setdefault(order, []).append(row)
    return tuple((place[1], tuple(inside)) for place, inside in sorted(found.items()))


_Order = tuple[tuple[int, int, int, tuple[str, ...]], str]
"""Where a relation stands among others, and its title."""


def _relation(edition: Edition, row: ProvisionState) -> _Order:
    provision = edition.book.measures[row.measure].provision(row.provision)
    excludes = provision.excludes if provision else ()
    order = relation_order(row.imposer, row.targets, excludes)
    title = relation(edition.lang, row.imposer, row.targets, excludes)
    # Lists of many countries are ordered alike but read differently.
    found = (*order[:3], ()) if "*" in row.targets else order, title
    return edition.same(found)


def board(edition: Edition, rows: Sequence[ProvisionState], prefix: str = "g") -> tuple[Group, ...]:
    """The board of one day's rows, groups in reading order; `prefix` begins their anchors."""
    return tuple(
        _grouped(edition, f"{prefix}{number}", title, inside)
        for number, (title, inside) in enumerate(groups(edition, rows), start=1)
    )


def _grouped(edition: Edition, anchor: str, title: str, rows: tuple[ProvisionState, ...]) -> Group:
    """The rows of one relation: on most days the very ones of the day before."""

    def found() -> Group:
        wide = "*" in rows[0].targets
        return Group(
            anchor=anchor,
            title=clean(title),
            tone=party_tone(rows[0].imposer),
            note=_note(edition, rows[0]) if wide else "",
            alive=_blocks(edition, [row for row in rows if not row.over]),
            over=_blocks(edition, [row for row in rows if row.over]),
            ended=sum(row.over for row in rows),
        )

    return edition.once_for(f"group {anchor}", rows, found)


def _blocks(edition: Edition, rows: Sequence[ProvisionState]) -> tuple[Block, ...]:
    """Rows by measure, measures in the order of their first row."""
    found: dict[str, list[RowView]] = {}
    for row in rows:
        found.setdefault(row.measure, []).append(row_view(edition, row))
    return tuple(
        Block(inside[0].title, inside[0].href, inside[0].authority, tuple(inside))
        for inside in found.values()
    )


def _note(edition: Edition, row: ProvisionState) -> str:
    """Who is meant by every country, as far as the three are concerned."""
    provision = edition.book.measures[row.measure].provision(row.provision)
    if provision is not None and provision.excludes:
        return ""
    names = [target_name(edition.lang, code) for code in PARTIES if code != row.imposer]
    return edition.lang.say(
        "board",
        "{countries} included, unless a row says otherwise",
        countries=edition.lang.listed(names),
    )


def silent(edition: Edition) -> tuple[Link, ...]:
    """The measures of which the record says nothing yet, so that their absence misleads nobody."""
    measures = edition.book.measures
    return tuple(
        Link(measure_page(key), edition.text(measures[key].title)) for key in edition.book.silent
    )


def counts(edition: Edition, rows: Sequence[ProvisionState]) -> tuple[Count, ...]:
    """How many provisions stand in each status that is not an end, in the order of the words."""
    found: list[Count] = []
    numbers = Counter([row.status for row in rows])
    for status in _COUNTED:
        number = numbers[status]
        if number:
            said = status_count(edition.lang, status, number)
            found.append(Count(status, number, said.removeprefix(str(number)).strip()))
    return tuple(found)


_COUNTED = (Status.IN_FORCE, Status.PAUSED, Status.ANNOUNCED, Status.THREATENED)


def scheduled(
    edition: Edition, rows: Sequence[ProvisionState], today: date
) -> tuple[Scheduled, ...]:
    """Every turn after `today` that the rows hold, by day then event, unknown days last."""
    found: dict[tuple[date, str], list[tuple[ProvisionState, Pending]]] = {}
    for row in rows:
        for turn in row.pending:
            if turn.effective_from is None or turn.effective_from > today:
                place = (turn.effective_from or date.max, turn.event)
                found.setdefault(place, []).append((row, turn))
    return tuple(
        _turning(edition, items) for _, items in sorted(found.items(), key=lambda pair: pair[0])
    )


def _turning(edition: Edition, turns: Sequence[tuple[ProvisionState, Pending]]) -> Scheduled:
    """One day ahead: from one day to the next it is mostly the very same."""

    def found() -> Scheduled:
        items = tuple((row_view(edition, row), turn_view(edition, turn)) for row, turn in turns)
        return Scheduled(day=items[0][1].day, event=items[0][1].event, items=items)

    return edition.once_for("scheduled", tuple(one for pair in turns for one in pair), found)
