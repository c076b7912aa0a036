"""The chain of a legal paper: from the first word to what customs officers apply.

Owns which stages a government's paper goes through and which of them the record
holds. A stage that the record does not hold is shown as missing, never guessed
from the others.

United States: an order is signed, published in the Federal Register, takes
effect, is explained by customs. Canada: an order in council is made, registered
(Statutory Instruments Act), published in the Canada Gazette. Mexico: a decree is
published in the Diario Oficial de la Federación. A judgment takes effect as it
says, and nothing else is expected of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.core.events import Effect, Event, When
from tracker.core.words import PLANNED, Kind, Stage

__all__ = ["EXPECTED", "Link", "chain_of", "place_in_chain"]

EXPECTED: Mapping[str, tuple[Stage, ...]] = {
    "US": (Stage.SIGNED, Stage.PUBLISHED, Stage.EFFECTIVE, Stage.GUIDANCE),
    "CA": (
        Stage.ORDER_IN_COUNCIL,
        Stage.REGISTERED,
        Stage.GAZETTED,
        Stage.EFFECTIVE,
        Stage.GUIDANCE,
    ),
    "MX": (Stage.DOF, Stage.EFFECTIVE, Stage.GUIDANCE),
}
"""The stages that a party's paper goes through. A threat comes before, where there was one."""

_ORDER = {stage: number for number, stage in enumerate(Stage)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One stage of a paper: held by the record, or missing from it.

    `held=False` means that the record does not hold the stage: everything else
    is then None. `day` may be None for a stage that is held; `when` stands for
    it where the day is not known as one. `event` is the event that says so.
    `later` says that the step was taken only after what the viewpoint knows.
    """

    stage: Stage
    held: bool
    day: date | None = None
    when: When | None = None
    citation: str | None = None
    url: str | None = None
    event: str | None = None
    later: bool = False


def place_in_chain(link: Link) -> tuple[int, date]:
    """The key that puts links in order: by stage, then by day."""
    return (_ORDER[link.stage], link.day or date.max)


def chain_of(
    event: Event,
    effects: Sequence[Effect],
    *,
    imposer: str,
    events: Mapping[str, Event],
    confirmed_by: Iterable[Event] = (),
    known_by: date | None = None,
) -> tuple[Link, ...]:
    """The links of the event's paper, in order of stage, missing ones among them.

    `effects` are those of the event that the chain is asked about: their days
    are when it takes effect. `events` by id finds what it follows;
    `confirmed_by` are the events that confirm it; `known_by` the last day of what
    is known, None for everything. Empty for an event without
    a paper and for one that only plans: nothing is missing where no paper is due.
    """
    done = [effect for effect in effects if effect.status not in PLANNED]
    if event.instrument is None or not done:
        return ()
    confirming = tuple(confirmed_by)
    held = [
        *_threats(event, events),
        *(link for speaker in (event, *confirming) for link in _steps(speaker, known_by)),
        *_starts(event, done, confirming),
    ]
    stages = {link.stage for link in held}
    missing = (
        Link(stage=stage, held=False) for stage in _expected(event, imposer) if stage not in stages
    )
    found = list(dict.fromkeys([*held, *missing]))
    return tuple(sorted(found, key=place_in_chain))


def _expected(event: Event, imposer: str) -> tuple[Stage, ...]:
    if event.kind is Kind.COURT_RULING:
        return (Stage.EFFECTIVE,)
    return EXPECTED.get(imposer, (Stage.EFFECTIVE,))


def _threats(event: Event, events: Mapping[str, Event]) -> list[Link]:
    """The threats that the event says it follows."""
    before = (events.get(name) for name in event.follows)
    return [
        Link(stage=Stage.THREAT, held=True, day=found.announced, event=found.id)
        for found in before
        if found is not None and found.kind is Kind.THREAT
    ]


def _steps(event: Event, known_by: date | None) -> list[Link]:
    """The stages that the event's own paper names."""
    paper = event.instrument
    return [
        Link(
            stage=step.stage,
            held=True,
            day=step.day,
            citation=step.citation,
            url=step.url,
            event=event.id,
            later=known_by is not None and step.day is not None and step.day > known_by,
        )
        for step in (paper.steps if paper else ())
    ]


def _starts(event: Event, done: Sequence[Effect], confirming: Sequence[Event]) -> list[Link]:
    """When it takes effect, said by the event that confirms it where one does."""
    steps = {
        step.day
        for speaker in (event, *confirming)
        if speaker.instrument is not None
        for step in speaker.instrument.steps
        if step.stage is Stage.EFFECTIVE
    }
    said_by = next((e.id for e in confirming if e.kind is Kind.IN_FORCE), event.id)
    days = dict.fromkeys((effect.effective_from, effect.starts) for effect in done)
    return [
        Link(stage=Stage.EFFECTIVE, held=True, day=day, when=when, event=said_by)
        for day, when in days
        if day not in steps
    ]
