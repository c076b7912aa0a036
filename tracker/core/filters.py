"""What a reader wants to see of states and changes: by party, measure, law, goods, origin, status.

Pure. Owns how a wish is read (`IEEPA`, `s232`, `Section 232`; headings with or without dots;
words whatever their accents) and what fits it. Whether a wish names something that the record
knows belongs to the command line; see `known_words` and its neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.core.diff import Change
from tracker.core.events import Text
from tracker.core.measures import targets_of
from tracker.core.policy import Disputed, ProvisionState
from tracker.core.words import Status
from tracker.core.world import World

__all__ = [
    "EVERYTHING",
    "Wanted",
    "authority_fits",
    "digits",
    "fits",
    "fits_change",
    "known_words",
    "named",
    "select_changes",
    "select_claims",
    "select_states",
    "under",
    "without_headings",
    "words_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a reader wants to see; None means everything.

    `measure` is a key, the front of one, or a key with a provision's; `authority`
    the law in any spelling `authority_fits` reads; `product` words that all begin
    words of the goods or of the measure's title; `hts` a tariff heading; `origin`
    a condition as the record names it.
    """

    imposer: str | None = None
    target: str | None = None
    measure: str | None = None
    authority: str | None = None
    product: str | None = None
    hts: str | None = None
    origin: str | None = None
    status: Status | None = None


EVERYTHING = Wanted()
"""No wish at all."""

_SECTION = re.compile(r"\b(?:section|sec|s)\b\.?\s*(?=\d)|§\s*")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text without case, accents and signs, in order."""
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return tuple(re.findall(r"[^\W_]+", bare.replace("œ", "oe").replace("æ", "ae")))


def digits(heading: str) -> str:
    """A tariff heading as its digits alone."""
    return re.sub(r"\D", "", heading)


def under(key: str, front: str) -> bool:
    """Whether a dotted key is `front` or lies under it."""
    whole = front.rstrip(".")
    return key == whole or key.startswith(f"{whole}.")


def named(place: tuple[str, str], name: str) -> bool:
    """Whether a name means a provision: itself, its measure, or the front of the measure's key."""
    return under(place[0], name) or ".".join(place) == name.rstrip(".")


def _law(text: str) -> frozenset[str]:
    """The words of a law's name, with `Section 232`, `s. 232`, `§232` and `232` all as `s232`."""
    found = words_of(_SECTION.sub("s", text.casefold()))
    return frozenset(f"s{word}" if word.isdigit() else word for word in found)


def authority_fits(authority: str, wish: str) -> bool:
    """Whether a law's name holds every word of the wish, however either is spelt."""
    wanted = _law(wish)
    return bool(wanted) and wanted <= _law(authority)


def _said(text: Text) -> tuple[str, ...]:
    return tuple(word for part in (text.en, text.es, text.fr) if part for word in words_of(part))


def _speaks_of(goods: Iterable[str], wish: str) -> bool:
    said = tuple(goods)
    return all(any(word.startswith(front) for word in said) for front in words_of(wish))


def _listed(headings: Iterable[str], wish: str) -> bool:
    """Whether a listed heading lies under the wished one, or the other way round."""
    wanted = digits(wish)
    listed = (digits(heading) for heading in headings)
    return any(x.startswith(wanted) or wanted.startswith(x) for x in listed if x)


def fits(world: World, row: ProvisionState, wanted: Wanted, *, headings: bool = True) -> bool:
    """Whether a state fits every wish.

    A target fits where goods of that country fall under the provision, so `CA`
    finds measures against all countries too, but not those that leave it out. A
    provision that lists no headings fits no heading. `headings=False` leaves the
    wish for a heading aside.
    """
    measure = world.measures.get(row.measure)
    provision = measure.provision(row.provision) if measure else None
    title = _said(measure.title) if measure else ()
    tests = (
        wanted.imposer is None or row.imposer == wanted.imposer,
        wanted.measure is None or named(row.place, wanted.measure),
        wanted.target is None or (provision is not None and targets_of(provision, wanted.target)),
        wanted.origin is None or row.scope.origin == wanted.origin,
        wanted.status is None or row.status is wanted.status,
        wanted.authority is None or authority_fits(row.authority, wanted.authority),
        wanted.hts is None or not headings or _listed(row.scope.hts, wanted.hts),
    )
    return all(tests) and (
        wanted.product is None or _speaks_of((*_said(row.scope.products), *title), wanted.product)
    )


def select_states(
    world: World, rows: Iterable[ProvisionState], wanted: Wanted
) -> tuple[ProvisionState, ...]:
    """The states that fit, in the order given."""
    if wanted == EVERYTHING:
        return tuple(rows)
    return tuple(row for row in rows if fits(world, row, wanted))


def fits_change(world: World, change: Change, wanted: Wanted) -> bool:
    """Whether the state on either side of a change fits; of one with no sides, on any step."""
    sides = [change.before, change.after]
    if change.before is None and change.after is None:
        sides = [row for step in change.steps for row in (step.change.before, step.change.after)]
    return any(row is not None and fits(world, row, wanted) for row in sides)


def select_changes(world: World, changes: Iterable[Change], wanted: Wanted) -> tuple[Change, ...]:
    """The changes of which either side fits, in the order given."""
    if wanted == EVERYTHING:
        return tuple(changes)
    return tuple(change for change in changes if fits_change(world, change, wanted))


def without_headings(world: World, rows: Iterable[ProvisionState], wanted: Wanted) -> int:
    """How many states fit every wish but the heading, only because they list none."""
    if wanted.hts is None:
        return 0
    return sum(not row.scope.hts and fits(world, row, wanted, headings=False) for row in rows)


def select_claims(world: World, claims: Iterable[Disputed], wanted: Wanted) -> tuple[Disputed, ...]:
    """The claims whose imposer, target, measure and law fit, in the order given.

    Claims have no goods, origin or status of their own: those wishes leave them out.
    """
    if wanted.hts or wanted.product or wanted.origin or wanted.status:
        return ()
    found: list[Disputed] = []
    for entry in claims:
        measure = world.measures.get(entry.claim.measure)
        targets = entry.claim.targets
        tests = (
            wanted.imposer is None or (measure is not None and measure.imposer == wanted.imposer),
            wanted.measure is None
            or named((entry.claim.measure, entry.claim.provision), wanted.measure),
            wanted.target is None or not targets or wanted.target in targets,
            wanted.authority is None
            or (measure is not None and authority_fits(measure.authority, wanted.authority)),
        )
        if all(tests):
            found.append(entry)
    return tuple(found)


def known_words(world: World) -> frozenset[str]:
    """Every word of goods and of measures' titles in the record, in every language."""
    found: set[str] = set()
    for measure in world.measures.values():
        found.update(_said(measure.title))
        for provision in measure.provisions:
            found.update(_said(provision.products))
    for event in world.events:
        for effect in event.effects:
            if effect.products:
                found.update(_said(effect.products))
    return frozenset(found)
