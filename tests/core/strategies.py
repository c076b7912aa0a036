"""Hypothesis strategies: worlds of any shape, and every field of every payload."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from tests.core.worlds import MEASURES, SOURCE
from tracker.core.entries import (
    EventCorrected,
    EventRecorded,
    EventRetracted,
    MeasureCorrected,
    MeasureDefined,
    MeasureRetracted,
    Report,
    ReportChanged,
    ReportSeen,
)
from tracker.core.events import (
    Claim,
    Deadline,
    Effect,
    Event,
    Instrument,
    Source,
    Step,
    Text,
    When,
    Withdrawal,
)
from tracker.core.measures import Measure, Provision
from tracker.core.policy import Viewpoint
from tracker.core.stacking import Stacking
from tracker.core.words import (
    Basis,
    DeadlineKind,
    Doubt,
    Kind,
    PaperKind,
    Relation,
    Stage,
    Standing,
    Status,
)
from tracker.core.world import World, world_of

FIRST = date(2025, 1, 1)
SPAN_DAYS = 40

days = st.integers(0, SPAN_DAYS).map(lambda n: FIRST + timedelta(days=n))
places = st.sampled_from([(m.key, p.key) for m in MEASURES for p in m.provisions])
rates = st.sampled_from([None, *(Decimal(n) for n in (0, 10, 25, 35))])
recorded = [status for status in Status if status is not Status.LAPSED]


@st.composite
def whens(draw: st.DrawFn) -> When:
    """A range, half a range, a condition, or nothing known."""
    earliest, latest = draw(st.none() | days), draw(st.none() | days)
    if earliest and latest and latest < earliest:
        earliest, latest = latest, earliest
    condition = draw(st.none() | st.just("if no deal is reached"))
    return When(earliest=earliest, latest=latest, condition=condition)


@st.composite
def effects(draw: st.DrawFn) -> Effect:
    status = draw(st.sampled_from(recorded))
    measure, provision = draw(places)
    unsure = draw(st.integers(0, 5)) == 0
    starts = draw(whens()) if unsure else None
    start = draw(st.none() | days) if status in {"threatened", "announced"} else draw(days)
    start = None if unsure else start
    until, ends = None, None
    if start is not None and draw(st.booleans()):
        until = start + timedelta(days=draw(st.integers(1, 15)))
    elif start is not None and draw(st.integers(0, 3)) == 0:
        ends = draw(whens())
        first = start + timedelta(days=1)
        if ends.earliest is not None and ends.earliest < first:
            ends = When(earliest=first, latest=ends.latest and max(first, ends.latest))
        elif ends.latest is not None:
            ends = When(earliest=ends.earliest, latest=max(first, ends.latest))
    return Effect(
        measure=measure,
        provision=provision,
        status=status,
        rate_pct=None if status is Status.PAUSED else draw(rates),
        basis=draw(st.sampled_from([Basis.FULL_VALUE, Basis.METAL_CONTENT])),
        effective_from=start,
        effective_until=until,
        starts=starts,
        ends=ends,
        origin=draw(st.none() | st.sampled_from(["any", "usmca"])),
    )


@st.composite
def histories(draw: st.DrawFn, max_events: int = 8) -> tuple[Event, ...]:
    """Events that may withdraw, confirm and overlap each other in every way."""
    count = draw(st.integers(0, max_events))
    found: list[Event] = []
    for number in range(count):
        announced = draw(days)
        others = [event.id for event in found]
        some = st.lists(st.sampled_from(others or ["no-such-event"]), max_size=2, unique=True)
        found.append(
            Event(
                id=f"{announced}-{number}",
                kind=draw(st.sampled_from(list(Kind))),
                announced=announced,
                sequence=draw(st.integers(0, 2)),
                title=Text(en=f"event {number}"),
                summary=Text(en=""),
                sources=(SOURCE,),
                effects=tuple(draw(st.lists(effects(), max_size=3))),
                withdraws=tuple(Withdrawal(event=e) for e in draw(some)),
                confirms=tuple(draw(some)),
            )
        )
    return tuple(found)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    return world_of(draw(histories()), MEASURES, known_until=draw(st.none() | days))


@st.composite
def viewpoints(draw: st.DrawFn) -> Viewpoint:
    return Viewpoint(on=draw(days), announced_by=draw(st.none() | days))


# Every field of every payload, for the codec.
line = st.text(max_size=20)
maybe_line = st.none() | line
any_day = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1))
any_rate = st.none() | st.decimals(min_value=0, max_value=300, places=4)
instants = st.datetimes(timezones=st.just(UTC))
texts = st.builds(Text, en=line, es=maybe_line, fr=maybe_line)
lines = st.lists(line, max_size=2).map(tuple)
sources = st.builds(
    Source, url=line, publisher=line, title=line, published=maybe_line, primary=st.booleans()
)
wordings = st.none() | line | texts
any_when = st.none() | st.builds(
    When, earliest=st.none() | any_day, latest=st.none() | any_day, condition=wordings
)
any_effects = st.builds(
    Effect,
    measure=line,
    provision=line,
    status=st.sampled_from(list(Status)),
    rate_pct=any_rate,
    basis=st.sampled_from(list(Basis)),
    rate_text=wordings,
    effective_from=st.none() | any_day,
    effective_until=st.none() | any_day,
    starts=any_when,
    ends=any_when,
    products=st.none() | texts,
    hts=st.none() | lines,
    origin=maybe_line,
    note=maybe_line,
)
claims = st.builds(
    Claim,
    measure=line,
    provision=line,
    stated=texts,
    finding=texts,
    standing=st.sampled_from(list(Standing)),
    rate_pct=any_rate,
    claimed_from=any_day,
    claimed_until=st.none() | any_day,
    targets=lines,
    sources=st.lists(sources, max_size=1).map(tuple),
)
events = st.builds(
    Event,
    id=line,
    kind=st.sampled_from(list(Kind)),
    announced=any_day,
    sequence=st.integers(0, 99),
    title=texts,
    summary=texts,
    sources=st.lists(sources, max_size=2).map(tuple),
    parties=lines,
    measures=lines,
    effects=st.lists(any_effects, max_size=2).map(tuple),
    withdraws=st.lists(
        st.builds(Withdrawal, event=line, measure=maybe_line, provision=maybe_line), max_size=1
    ).map(tuple),
    confirms=lines,
    follows=lines,
    deadlines=st.lists(
        st.builds(
            Deadline,
            key=line,
            kind=st.sampled_from(list(DeadlineKind)),
            title=texts,
            day=st.none() | any_day,
            when=any_when,
            measures=lines,
            cancelled=st.booleans(),
        ),
        max_size=1,
    ).map(tuple),
    claims=st.lists(claims, max_size=1).map(tuple),
    stacking=st.lists(
        st.builds(
            Stacking,
            first=lines,
            relation=st.sampled_from(list(Relation)),
            others=lines,
            effective_from=any_day,
            effective_until=st.none() | any_day,
            note=maybe_line,
        ),
        max_size=1,
    ).map(tuple),
    instrument=st.none()
    | st.builds(
        Instrument,
        citation=line,
        url=maybe_line,
        kind=st.none() | st.sampled_from(list(PaperKind)),
        steps=st.lists(
            st.builds(
                Step,
                stage=st.sampled_from(list(Stage)),
                day=st.none() | any_day,
                citation=maybe_line,
                url=maybe_line,
            ),
            max_size=1,
        ).map(tuple),
    ),
    doubts=st.lists(st.sampled_from(list(Doubt)), max_size=2).map(tuple),
    note=maybe_line,
)
measures = st.builds(
    Measure,
    key=line,
    imposer=line,
    authority=line,
    title=texts,
    provisions=st.lists(
        st.builds(
            Provision,
            key=line,
            products=texts,
            targets=lines,
            origin=line,
            excludes=lines,
            hts=lines,
            note=maybe_line,
        ),
        max_size=2,
    ).map(tuple),
    legal_basis=maybe_line,
    mirrors=lines,
    note=maybe_line,
    sources=st.lists(sources, max_size=1).map(tuple),
)
reports = st.builds(
    Report,
    source=line,
    identity=line,
    title=line,
    content_hash=line,
    summary=line,
    link=maybe_line,
    published=st.none() | instants,
    language=maybe_line,
    evidence=maybe_line,
)
payloads = st.one_of(
    st.builds(EventRecorded, event=events),
    st.builds(EventCorrected, event=events, reason=line),
    st.builds(EventRetracted, id=line, reason=line),
    st.builds(MeasureDefined, measure=measures),
    st.builds(MeasureCorrected, measure=measures, reason=line),
    st.builds(MeasureRetracted, key=line, reason=line),
    st.builds(ReportSeen, report=reports),
    st.builds(ReportChanged, report=reports),
)
