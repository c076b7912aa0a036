"""The record's own events told as news: whatever a draft proposes is what the record says."""

from __future__ import annotations

from datetime import UTC, datetime

from tracker.app.previewing import possible, unless_said
from tracker.config import shipped
from tracker.core.events import Event
from tracker.core.world import world_of
from tracker.extract import Item, extract
from tracker.record.read import read_record
from tracker.review.desk import Claimed, SourceView
from tracker.review.proposing import draft


def told(event: Event) -> SourceView | None:
    item = Item(event.id, event.title.en, event.summary.en, event.announced, language="en")
    said = extract(item)
    if not said.relevant:
        return None
    return SourceView(
        report=f"report/record/{event.id}",
        publisher="The record",
        source="record",
        official=False,
        link="https://example.org/",
        published=event.announced,
        first_seen=datetime(2026, 1, 1, tzinfo=UTC),
        language="en",
        title=item.title,
        summary=item.summary,
        title_marks=(),
        summary_marks=(),
        says=Claimed(
            kind=said.kind,
            imposer=said.imposer,
            targets=said.targets,
            products=said.products,
            rate_pct=said.rate_pct,
            effective_from=said.effective_date,
            effective_until=said.until_date,
        ),
        score=said.score,
    )


def test_no_draft_proposes_a_rate_or_a_place_that_the_event_has_not() -> None:
    record, earlier, proposed = read_record(shipped("db/record")), list[Event](), 0
    for event in record.events:
        source = told(event)
        if source is not None:
            world = world_of(earlier, record.measures, known_until=event.announced)
            found = draft([source], possible(world, event.announced), taken=())
            for effect in unless_said(found, world).event.effects:
                proposed += 1
                rates = {
                    one.rate_pct
                    for one in event.effects
                    if (one.measure, one.provision) == (effect.measure, effect.provision)
                }
                assert effect.rate_pct in rates, (event.id, effect)
        earlier.append(event)
    assert proposed >= 3
