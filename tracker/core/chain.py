"""The chain of a legal paper: from the first word to what customs officers apply.

Owns which stages a paper of each kind goes through, which of them the record
holds, and whose paper it is. A stage that the record does not hold is shown as
missing, never guessed from the others.

A President's order is signed, published in the Federal Register, takes effect,
is explained by customs; what an agency publishes there nobody signs first. An
order in council is made, registered (Statutory Instruments Act), published in
the Canada Gazette; a department's notice to importers or a remission process
that rests on no order of its own goes through no gazette. Mexico's decrees and
foreign trade rules are published in the Diario Oficial de la Federación. A
judgment takes effect as it says, and nothing else is expected of it.

Whose steps are whose: a stage through which a paper comes into the world belongs
to the event that cites that paper and to no other. An event that confirms
another and names such a stage has a paper of its own. One that names none, only
when it took effect or what customs said, speaks of the paper it confirms and
lends it these links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.core.events import Effect, Event, Step, When
from tracker.core.words import PLANNED, Kind, PaperKind, Stage

__all__ = ["EXPECTED", "Chain", "Link", "chains_of", "joined", "paper_kind"]

EXPECTED: Mapping[PaperKind, tuple[Stage, ...]] = {
    PaperKind.PRESIDENTIAL: (Stage.SIGNED, Stage.PUBLISHED, Stage.EFFECTIVE, Stage.GUIDANCE),
    PaperKind.FEDERAL_REGISTER: (Stage.PUBLISHED, Stage.EFFECTIVE, Stage.GUIDANCE),
    PaperKind.ORDER_IN_COUNCIL: (
        Stage.ORDER_IN_COUNCIL,
        Stage.REGISTERED,
        Stage.GAZETTED,
        Stage.EFFECTIVE,
        Stage.GUIDANCE,
    ),
    PaperKind.DOF: (Stage.DOF, Stage.EFFECTIVE, Stage.GUIDANCE),
    PaperKind.NOTICE: (Stage.EFFECTIVE, Stage.GUIDANCE),
    PaperKind.COURT: (Stage.EFFECTIVE,),
    PaperKind.BILL: (Stage.EFFECTIVE,),
    PaperKind.OTHER: (Stage.EFFECTIVE,),
}
"""The stages that a paper goes through. A threat comes before, where there was one."""

_USUAL = {
    "US": PaperKind.PRESIDENTIAL,
    "CA": PaperKind.ORDER_IN_COUNCIL,
    "MX": PaperKind.DOF,
}
"""What a party's paper is taken for where the record does not say its kind."""

_MAKES_NO_PAPER = frozenset({Stage.THREAT, Stage.EFFECTIVE, Stage.GUIDANCE})
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The links of one paper, in order of stage; `event` is the one that cites the paper."""

    event: Event
    links: tuple[Link, ...]


def chains_of(
    event: Event,
    effects: Sequence[Effect],
    *,
    imposer: str,
    events: Mapping[str, Event],
    confirmed_by: Iterable[Event] = (),
    known_by: date | None = None,
) -> tuple[Chain, ...]:
    """The paper that the event rests on, then each paper of their own of those that confirm it.

    The paper it rests on is the event's own; an event without one rests on the
    first that confirms it with a paper of its own, else on the first that cites
    one. `effects` are those of the event that the chain is asked about: their
    days are when that paper takes effect. `events` by id finds what it follows;
    `confirmed_by` are the events that confirm it, oldest first; `known_by` the
    last day of what is known, None for everything. Empty for an event without
    a paper and for one that only plans: nothing is missing where no paper is due.
    """
    done = [effect for effect in effects if effect.status not in PLANNED]
    confirming = tuple(confirmed_by)
    apart = [one for one in confirming if _has_paper_of_its_own(one)]
    bringing = next(
        (one for one in (event, *apart, *confirming) if one.instrument is not None), None
    )
    if bringing is None or not done:
        return ()
    lending = [one for one in confirming if one not in apart and one is not bringing]
    speaking = (bringing, *lending)
    held = [
        *_threats((event, bringing), events),
        *(link for speaker in speaking for link in _links(speaker, known_by)),
        *_starts(event, done, speaking, confirming),
    ]
    own = (one for one in apart if one is not bringing)
    return (
        _chain(bringing, imposer, held),
        *(_chain(one, imposer, _links(one, known_by)) for one in own),
    )


def joined(chains: Sequence[Chain]) -> Chain:
    """The chains of one paper as one: what any of them holds is not missing.

    Raises: IndexError if there is none.
    """
    links = dict.fromkeys(link for chain in chains for link in chain.links)
    stages = {link.stage for link in links if link.held}
    left = (link for link in links if link.held or link.stage not in stages)
    return Chain(event=chains[0].event, links=tuple(sorted(left, key=_place)))


def paper_kind(event: Event, imposer: str) -> PaperKind:
    """The kind of the event's paper: as the record says, else what is usual for who imposes it."""
    if event.instrument is not None and event.instrument.kind is not None:
        return event.instrument.kind
    if event.kind is Kind.COURT_RULING:
        return PaperKind.COURT
    return _USUAL.get(imposer, PaperKind.OTHER)


def _place(link: Link) -> tuple[int, date]:
    """By stage, then by day."""
    return (_ORDER[link.stage], link.day or date.max)


def _chain(event: Event, imposer: str, held: Sequence[Link]) -> Chain:
    """What is held, with a missing link for each expected stage that is not among it."""
    stages = {link.stage for link in held}
    missing = (
        Link(stage=stage, held=False)
        for stage in EXPECTED[paper_kind(event, imposer)]
        if stage not in stages
    )
    found = dict.fromkeys([*held, *missing])
    return Chain(event=event, links=tuple(sorted(found, key=_place)))


def _steps(event: Event) -> tuple[Step, ...]:
    return event.instrument.steps if event.instrument else ()


def _has_paper_of_its_own(event: Event) -> bool:
    """Whether it names how its paper came into the world."""
    return any(step.stage not in _MAKES_NO_PAPER for step in _steps(event))


def _threats(speaking: Sequence[Event], events: Mapping[str, Event]) -> Iterator[Link]:
    """The threats that the events say they follow."""
    for name in dict.fromkeys(name for event in speaking for name in event.follows):
        found = events.get(name)
        if found is not None and found.kind is Kind.THREAT:
            yield Link(stage=Stage.THREAT, held=True, day=found.announced, event=found.id)


def _links(event: Event, known_by: date | None) -> list[Link]:
    """The stages that the event's paper names."""
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
        for step in _steps(event)
    ]


def _starts(
    event: Event, done: Sequence[Effect], speaking: Sequence[Event], confirming: Sequence[Event]
) -> Iterator[Link]:
    """When it takes effect, said by the event that confirms a start on that very day, if any.

    The announced days give way where another that speaks of the paper says when
    it took effect: a pause may lie between the two.
    """
    own = {step.day for step in _steps(event) if step.stage is Stage.EFFECTIVE}
    others = (step for one in speaking if one is not event for step in _steps(one))
    if any(step.stage is Stage.EFFECTIVE for step in others):
        return
    said_by = {one.announced: one.id for one in confirming if one.kind is Kind.IN_FORCE}
    for day, when in dict.fromkeys((effect.effective_from, effect.starts) for effect in done):
        if day not in own:
            said = said_by.get(day, event.id) if day else event.id
            yield Link(stage=Stage.EFFECTIVE, held=True, day=day, when=when, event=said)
