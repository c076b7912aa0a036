"""Planned files to bytes that wait to be put in place, in this process or in several.

Owns in how many processes. Where the machine has more than one core, there
is enough to do and this process has no other threads, it splits itself in two or
more by `fork`: all that was planned is then there already. Each lays aside what
it makes, and all but the first tell it what that was. The bytes do not depend on who made them.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from tracker.errors import OperationFailed
from tracker.site.links import Leads, Links
from tracker.site.placing import Waiting
from tracker.site.planning import Unit
from tracker.site.publish import Folder
from tracker.site.reads import Key
from tracker.site.render import Renderer
from tracker.site.shares import Shares

__all__ = ["Made", "Maker"]

Numbered = tuple[int, Unit]
"""A unit and its place among all."""

_WORTH_IT = 150
"""A process is split off for no fewer files than this."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of a unit: where its bytes wait, where it leads, what it rests on."""

    number: int
    waiting: Waiting
    leads: Leads
    reads: frozenset[Key]


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the files of units, numbered by their place among all."""

    renderer: Renderer
    links: Links
    folder: Folder
    many: bool = True

    def make(
        self,
        units: Sequence[Numbered],
        paths: Collection[str],
        progress: Callable[[int], None],
    ) -> Iterator[Made]:
        """Each as it is done, sure to lead to `paths` alone; `progress` is told how many are.

        With several parts what each rests on and the paths it leads to are not
        told: they are for whoever goes on in the same process.
        Raises: OperationFailed if one cannot be made or leads nowhere; OSError.
        """
        parts = self._parts(len(units))
        claims = self.folder.stage.aside("claims") if parts > 1 else None
        if claims is not None:
            claims.mkdir()
        shares = Shares(units, parts, claims)
        children = [self._child(shares, part, paths) for part in range(1, parts)]
        left = dict(units)
        done = 0
        try:
            for run in shares.of(0):
                for number, unit in run:
                    del left[number]
                    yield self._made(number, unit, paths)
                    done += 1
                    progress(done * parts)
            while children:
                for one in self._told(*children.pop(0)):
                    del left[one.number]
                    yield one
            for number, unit in left.items():  # claimed by a part that died, whyever
                yield self._made(number, unit, paths)
        finally:
            for child, _ in children:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)

    def _parts(self, count: int) -> int:
        """How many processes the work is worth."""
        alone = threading.active_count() == 1
        if not (self.many and alone and sys.platform == "linux"):
            return 1
        return max(1, min(len(os.sched_getaffinity(0)), count // _WORTH_IT))

    def _made(self, number: int, unit: Unit, paths: Collection[str]) -> Made:
        page, reads = unit.make()
        body = self.renderer.body(page)
        leads = self.links.leads_of(unit.path, body, paths)
        return Made(number, self.folder.wait(unit.path, body.whole), leads, reads)

    def _child(
        self, shares: Shares[Numbered], part: int, paths: Collection[str]
    ) -> tuple[int, Path]:
        """A process that takes a part: its id, and where it tells what it did."""
        told = self.folder.stage.aside(f"told-{part}")
        parent = os.getpid()
        child = os.fork()
        if child:
            return child, told
        try:
            self.folder.let_go()  # or a parent that is killed would leave its claim behind
            with told.open("wb") as telling:
                self._tell(telling, shares.of(part), paths, parent)
        finally:
            os._exit(0)  # nothing of the parent's is tidied up here

    def _tell(
        self,
        telling: BinaryIO,
        runs: Iterable[Sequence[Numbered]],
        paths: Collection[str],
        parent: int,
    ) -> None:
        """Write what was made, run by run, or the error that stopped it."""
        for run in runs:
            found: list[Made] = []
            for number, unit in run:
                if os.getppid() != parent:
                    return  # it was killed: nobody waits for this
                try:
                    made = self._made(number, unit, paths)
                except OperationFailed as error:
                    pickle.dump(error, telling)
                    return
                leads = made.leads._replace(paths=frozenset(), needs=frozenset())
                found.append(replace(made, leads=leads, reads=frozenset()))
            pickle.dump(found, telling)

    def _told(self, process: int, file: Path) -> Iterator[Made]:
        """What a part made, as far as it came."""
        os.waitpid(process, 0)
        with suppress(OSError, EOFError, pickle.UnpicklingError), file.open("rb") as telling:
            while True:
                found = pickle.load(telling)  # noqa: S301 - written by our own process
                if isinstance(found, OperationFailed):
                    raise found
                yield from found
