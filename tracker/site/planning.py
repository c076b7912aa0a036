"""From inputs to the files of a site, each of which is made only when it has to be.

Owns the order of the files, what each was made from, and which may stay as they
were. How a page reads belongs to its kind, how it becomes bytes to `render`. Pure:
a plan that goes on from a former one makes the same pages as one from nothing.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tracker.site.book import Book
from tracker.site.edition import Edition, editions_of
from tracker.site.model import Late, Page, SiteInputs
from tracker.site.pages import framed, sections
from tracker.site.reads import Key
from tracker.site.since import Since

__all__ = ["Plan", "Unit", "plan_site"]

_Items = tuple[Page | Late, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One file: where it goes and what it is made from.

    `path` is from the root of the site. `kind_reads` is what was looked at to find out
    that there is such a file, and all that a page planned right away rests on.
    `framed` tells that it has what every page has.
    """

    path: str
    item: Page | Late
    edition: Edition
    framed: bool
    kind_reads: frozenset[Key]

    def make(self) -> tuple[Page, frozenset[Key]]:
        """The page, and everything it rests on."""
        with self.edition.book.reads.gathered() as reads:
            page = self.edition.made(self.item)
            if self.framed:
                page = framed(page, self.edition)
        if isinstance(self.item, Page):
            return page, self.kind_reads | reads
        return page, frozenset(reads)


@dataclass(slots=True)
class _Section:
    """The files of one kind in one language, and what was looked at to list them."""

    items: _Items
    reads: frozenset[Key]


@dataclass(slots=True)
class Plan:
    """A site as planned: its files in order, and what a later plan can go on from."""

    inputs: SiteInputs
    book: Book
    editions: tuple[Edition, ...]
    units: tuple[Unit, ...] = ()
    since: Since | None = None
    listed: dict[str, _Section] = field(default_factory=dict)

    def stands(self, now: Page | Late, then: Page | Late, reads: array[int]) -> bool:
        """Whether a file may stay as it was made of `then`, when it rested on those reads."""
        if self.since is None or not self.since.stands(reads):
            return False
        if isinstance(now, Late) and isinstance(then, Late):
            return now.make is then.make and now.given == then.given
        return now is then


def plan_site(inputs: SiteInputs, former: Plan | None = None, *, followed: bool = True) -> Plan:
    """Every file of the site; what `former` found is taken over where it reads the same.

    `former` must not be planned on from afterwards: the later plan has its views. Nor
    must one that is not `followed`: it does not note what its pages rest on.
    Raises: OperationFailed for a key or id that cannot be part of an address.
    """
    usable = former if former is not None and _comparable(inputs, former.inputs) else None
    book = Book(inputs.world, inputs.today, usable.book if usable else None, followed=followed)
    editions = editions_of(book, inputs)
    plan = Plan(inputs, book, editions)
    if usable is not None:
        plan.since = Since(book, inputs, usable.book, usable.inputs)
        plan.since.carry_over()
        for edition, before in zip(editions, usable.editions, strict=True):
            edition.carry_over(before, plan.since)
    plan.units = tuple(_units(plan, {} if usable is None else usable.listed))
    return plan


def _comparable(inputs: SiteInputs, before: SiteInputs) -> bool:
    """Whether two sites are of one day and speak of the same measures."""
    return inputs.today == before.today and inputs.world.measures == before.world.measures


def _units(plan: Plan, former: Mapping[str, _Section]) -> Iterator[Unit]:
    reads = plan.book.reads
    for section in sections(plan.editions):
        before = former.get(section.name)
        if before is not None and plan.since and plan.since.untouched(before.reads):
            kept = before
        else:
            with reads.gathered() as seen:
                items = tuple(section.plan())
            kept = _Section(items, frozenset(seen))
        plan.listed[section.name] = kept
        for item in kept.items:
            path = section.folder + item.path
            yield Unit(path, item, section.edition, section.framed, kept.reads)
