"""What the feeds brought, read out and grouped: the candidates of the review.

Owns the way from reports of the ledger through extraction to what the review room works
on. Irrelevant items are nobody's candidate; of old ones only those that were decided on
are looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from tracker.clock import policy_day
from tracker.core.codec import sha256
from tracker.core.streams import report_stream
from tracker.core.world import SeenReport, World
from tracker.extract import Extraction, Item, attach, cluster
from tracker.ingest.sources import Source
from tracker.review.cases import Case
from tracker.review.desk import Claimed, Mark, SourceView
from tracker.review.groups import grouped, owners_of
from tracker.review.queueing import Candidate
from tracker.telling.harmless import clean, outward

__all__ = ["Gathered", "Known", "Reader", "candidates_of", "gather", "known_again"]

WINDOW = timedelta(days=30)
"""Reports older than this, by their day or by when they were seen, wait for nobody any more."""

Reader = Callable[[Sequence[str], Callable[[int], Item]], Sequence[Extraction | None]]
"""What each of several items says, in order; None for no news. The same key is the same item
but for its id; the item of a place is made only where it has to be read."""
Known = Mapping[str, str]
"""The event of the record that a report seems to tell, by the report's stream."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Every report that counts: by its stream as a source, and the clusters, in order of time."""

    sources: Mapping[str, SourceView]
    clusters: tuple[tuple[str, ...], ...]
    known: Known
    items: Mapping[str, Item] = field(default_factory=dict)
    said: Mapping[str, Extraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _One:
    """A report on its way."""

    stream: str
    seen: SeenReport
    day: date | None


def gather(
    world: World,
    cases: Mapping[str, Case],
    feeds: Iterable[Source],
    *,
    today: date,
    read: Reader,
) -> Gathered:
    """Read every report that may be news, and group what is.

    Pure but for `read`. Raises: OperationFailed if the shipped model does not read.
    """
    owned = owners_of(cases)
    ones = [one for one in map(_one, world.reports) if _counts(one, owned, today)]
    by_id = {feed.id: feed for feed in feeds}
    said = read([_key(one) for one in ones], lambda at: _item(ones[at], by_id))
    chosen = [
        (one, _item(one, by_id), _named(one, out))
        for one, out in zip(ones, said, strict=True)
        if out is not None or one.stream in owned
    ]
    mine, outs = [item for _, item, _ in chosen], [out for _, _, out in chosen]
    names = cluster(mine, outs)
    order = sorted(range(len(chosen)), key=lambda at: _order(chosen[at][0]))
    clusters: dict[str, list[str]] = {}
    for at in order:
        clusters.setdefault(names[at], []).append(chosen[at][0].stream)
    return Gathered(
        {one.stream: _source(one, item, out, by_id) for one, item, out in chosen},
        tuple(tuple(reports) for reports in clusters.values()),
        _known(mine, outs, world),
        {item.item_id: item for item in mine},
        {item.item_id: out for item, out in zip(mine, outs, strict=True)},
    )


def _known(items: Sequence[Item], said: Sequence[Extraction], world: World) -> Known:
    told = attach(items, world.events, said)
    return {found.item_id: found.event for found in told if found is not None}


def known_again(gathered: Gathered, world: World) -> Gathered:
    """The same reports, held to the events of another world."""
    items, said = gathered.items, gathered.said
    known = _known([*items.values()], [said[name] for name in items], world)
    return replace(gathered, known=known)


def candidates_of(gathered: Gathered, cases: Mapping[str, Case]) -> dict[str, Candidate]:
    """The candidates by name, decisions applied."""
    found: dict[str, Candidate] = {}
    for name, reports in grouped(gathered.clusters, cases).items():
        sources = tuple(gathered.sources[report] for report in reports)
        events = Counter(gathered.known[one] for one in reports if one in gathered.known)
        known = min(events, key=lambda event: (-events[event], event), default=None)
        found[name] = Candidate(name, sources, cases.get(name, Case(name)), known)
    return found


def _instant(seen: SeenReport) -> datetime | None:
    """When it was published, never later than it was first seen: feeds claim any date."""
    published = seen.report.published
    return min(published, seen.first_seen) if published else None


def _one(seen: SeenReport) -> _One:
    instant = _instant(seen)
    stream = report_stream(seen.report.source, seen.report.identity)
    return _One(stream, seen, _day(instant) if instant else None)


def _day(instant: datetime) -> date:
    """The policy day; midnight UTC stands for a day without a time in many feeds."""
    bare = (instant.hour, instant.minute, instant.second) == (0, 0, 0)
    return instant.date() if bare else policy_day(instant)


def _key(one: _One) -> str:
    """What an item is read from, by its hash.

    Not the report's own `content_hash`: a figure read of one text must never be shown for another.
    """
    report = one.seen.report
    told = (report.title, report.summary, report.link, one.day, report.language)
    return sha256("\0".join(map(str, told)).encode("utf-8", "replace"))


def _named(one: _One, out: Extraction | None) -> Extraction:
    """What an item says under its own name: another feed may carry the very same."""
    if out is None:
        return Extraction(one.stream, relevant=False, score=0.0)
    return out if out.item_id == one.stream else replace(out, item_id=one.stream)


def _counts(one: _One, owned: Mapping[str, object], today: date) -> bool:
    day = one.day or policy_day(one.seen.first_seen)
    return one.stream in owned or day >= today - WINDOW


def _order(one: _One) -> tuple[date, datetime, str]:
    return (one.day or date.max, one.seen.first_seen, one.stream)


def _publisher(one: _One, feeds: Mapping[str, Source]) -> str:
    """Who published it: an aggregator names the outlet at the end of its titles."""
    feed = feeds.get(one.seen.report.source)
    if feed is None:
        return clean(one.seen.report.source)
    if feed.publisher.startswith("Google News"):
        _, mark, outlet = one.seen.report.title.rpartition(" - ")
        if mark and 0 < len(outlet.strip()) <= 60:
            return clean(" ".join(outlet.split()))
    return feed.publisher


def _item(one: _One, feeds: Mapping[str, Source]) -> Item:
    report = one.seen.report
    return Item(
        item_id=one.stream,
        title=report.title,
        summary=report.summary,
        published=one.day,
        url=report.link or "",
        publisher=_publisher(one, feeds),
        language=report.language,
    )


def _plain(rate: Decimal | None) -> Decimal | None:
    """The rate as people write it: 60, not 6E+1."""
    return None if rate is None else Decimal(f"{rate:f}")


def _marks(out: Extraction, place: str) -> tuple[Mark, ...]:
    return tuple(
        Mark(span.slot, span.value, span.start, span.end)
        for span in out.spans
        if span.field == place
    )


def _source(one: _One, item: Item, out: Extraction, feeds: Mapping[str, Source]) -> SourceView:
    feed = feeds.get(one.seen.report.source)
    return SourceView(
        report=one.stream,
        publisher=item.publisher,
        source=one.seen.report.source,
        official=bool(feed and feed.official),
        link=outward(one.seen.report.link),
        published=one.day,
        first_seen=one.seen.first_seen,
        language=out.language,
        title=clean(item.title),
        summary=clean(item.summary),
        title_marks=_marks(out, "title"),
        summary_marks=_marks(out, "summary"),
        says=Claimed(
            kind=out.kind,
            imposer=out.imposer,
            targets=out.targets,
            products=out.products,
            rate_pct=_plain(out.rate_pct),
            effective_from=out.effective_date,
            effective_until=out.until_date,
        ),
        score=out.score,
    )
