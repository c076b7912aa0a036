"""One build: which files stand, which are made, and what comes of it.

Owns the way from a plan to a finished folder. A file stands if nothing it rests on
reads otherwise, it leads to nothing that went, and nobody touched it since.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from tracker.site.archive import packed
from tracker.site.links import Leads, check_anchors
from tracker.site.making import Made, Maker
from tracker.site.model import Late, Page
from tracker.site.paths import ARCHIVE, ARCHIVE_SUM
from tracker.site.placing import Stamp, Waiting, stamp_of
from tracker.site.planning import Plan, Unit
from tracker.site.publish import Published
from tracker.site.reads import Key

__all__ = ["Kept", "Progress", "Run"]

Progress = Callable[[int, int], None]
"""Told how many files are made and how many there are."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it was made: from what, where it leads, and how it stands in the folder.

    `reads` are numbers of the keys of what it rests on.
    """

    item: Page | Late
    reads: array[int]
    digest: str
    stamp: Stamp | None
    paths: tuple[str, ...]
    places: frozenset[tuple[str, str]]
    anchors: frozenset[str]


class Run:
    """One build of a plan; `files` is afterwards what the next one may leave as it is.

    `paths` are all files of the site.
    """

    def __init__(
        self,
        plan: Plan,
        kept: Mapping[str, Kept],
        extra: Mapping[str, bytes],
        maker: Maker,
        before: Collection[str] = (),
    ) -> None:
        """`kept` are the files of the last build, `before` all paths that there were."""
        self.files: dict[str, Kept] = {}
        self._plan = plan
        self._kept = kept
        self._extra = extra
        self._before = before
        self._maker = maker
        self._archived = (ARCHIVE, ARCHIVE_SUM) if plan.inputs.archive else ()
        self._folder = maker.folder
        # Each path as one and the same text, however often it is led to.
        self.paths = {path: path for path in (*extra, *self._archived)}
        for unit in plan.units:
            if unit.path in self.paths:
                raise AssertionError(f"the page {unit.path} is planned twice")
            self.paths[unit.path] = unit.path

    def through(self, progress: Progress | None) -> Published:
        """Make what has to be made, check it, put it in place.

        Raises: OperationFailed; OSError.
        """
        fresh = self._fresh()
        total = len(self.paths)
        ready = total - len(fresh)

        def told(done: int) -> None:
            if progress is not None:
                progress(min(ready + done, total), total)

        told(0)
        made = self._made(fresh, told)
        self._check(made)
        waiting = self._waiting(made)
        written = self._folder.settle(waiting)
        digests = {path: kept.digest for path, kept in self.files.items()}
        digests.update((path, one.digest) for path, one in waiting.items())
        if self._plan.book.reads.wanted:
            self._note(made)
        if self._archived:
            last = packed(self._folder, digests)
            written += self._folder.settle(last)
            digests.update((path, one.digest) for path, one in last.items())
        told(len(fresh))
        return Published(written, total - written, self._folder.close(digests))

    def _fresh(self) -> list[tuple[int, Unit]]:
        """The units to be made, numbered after the files from elsewhere; all others stand."""
        gone = {path for path in self._before if path not in self.paths}
        found: list[tuple[int, Unit]] = []
        for number, unit in enumerate(self._plan.units, start=len(self._extra)):
            kept = self._kept.get(unit.path)
            if kept is not None and self._stands(unit, kept, gone):
                self.files[unit.path] = kept
            else:
                found.append((number, unit))
        return found

    def _stands(self, unit: Unit, kept: Kept, gone: set[str]) -> bool:
        if not self._plan.stands(unit.item, kept.item, kept.reads):
            return False
        if gone and not gone.isdisjoint(kept.paths):
            return False
        return kept.stamp == stamp_of(f"{self._folder.out}/{unit.path}")

    def _made(
        self, fresh: list[tuple[int, Unit]], told: Callable[[int], None]
    ) -> list[tuple[Unit, Made]]:
        """What was made, in the order of the plan, each sure to lead to files that are there."""
        units = dict(fresh)
        made = [(units[one.number], one) for one in self._maker.make(fresh, self.paths, told)]
        return sorted(made, key=lambda pair: pair[1].number)

    def _check(self, made: list[tuple[Unit, Made]]) -> None:
        """Hold every link to a place on another page, of those made and, if need be, of all."""
        leads = {unit.path: one.leads for unit, one in made}

        def anchors(path: str) -> frozenset[str] | None:
            held = leads.get(path) or self.files.get(path)
            return None if held is None else held.anchors

        check_anchors(leads.items(), anchors)
        lost = {
            path
            for path, found in leads.items()
            if path in self._kept and not self._kept[path].anchors <= found.anchors
        }
        if lost:
            stands = ((path, Leads(places=kept.places)) for path, kept in self.files.items())
            check_anchors(stands, anchors)

    def _waiting(self, made: list[tuple[Unit, Made]]) -> dict[str, Waiting]:
        """Every file that was made or comes from elsewhere, the latter first."""
        found = {path: self._folder.wait(path, body) for path, body in self._extra.items()}
        found.update((unit.path, one.waiting) for unit, one in made)
        return found

    def _note(self, made: list[tuple[Unit, Made]]) -> None:
        """Keep what was made, as it stands now."""
        # In every language a page rests on the same, and its numbers are the very same ones.
        numbers: dict[frozenset[Key], array[int]] = {}
        for unit, one in made:
            leads = one.leads
            if one.reads not in numbers:
                numbers[one.reads] = self._plan.book.reads.numbers(one.reads)
            self.files[unit.path] = Kept(
                item=unit.item,
                reads=numbers[one.reads],
                digest=one.waiting.digest,
                stamp=stamp_of(f"{self._folder.out}/{unit.path}"),
                paths=tuple(self.paths[path] for path in leads.paths),
                places=leads.places,
                anchors=leads.anchors,
            )
