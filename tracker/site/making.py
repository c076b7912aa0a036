"""Planned files to bytes that wait to be put in place, in this process or in several.

Owns how the work is shared out. Where the machine has more than one core, there
is enough to do and this process has no other threads, it splits itself in two or
more by `fork`: all that was planned is then there already. Each part lays aside what
it makes and tells the first what it was. The bytes do not depend on who made them.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from tracker.errors import OperationFailed
from tracker.site.links import Leads, check_paths, leads_of
from tracker.site.placing import Waiting
from tracker.site.planning import Unit
from tracker.site.publish import Folder
from tracker.site.reads import Key
from tracker.site.render import Renderer

__all__ = ["Made", "Maker"]

_RUN = 24
"""So many files in a row go to one part: neighbours show the same rows."""

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
    folder: Folder
    home: str
    many: bool = True

    def make(
        self,
        units: Sequence[tuple[int, Unit]],
        paths: Collection[str],
        progress: Callable[[int], None],
    ) -> Iterator[Made]:
        """Each as it is done, sure to lead to `paths` alone; `progress` is told how many are.

        With several parts what each rests on and the paths it leads to are not
        told: they are for whoever goes on in the same process.
        Raises: OperationFailed if one cannot be made or leads nowhere; OSError.
        """
        parts = self._parts(len(units))
        runs = [units[start : start + _RUN] for start in range(0, len(units), _RUN)]
        mine, *others = ([one for run in runs[part::parts] for one in run] for part in range(parts))
        children = [self._child(share, paths) for share in others]
        try:
            for done, (number, unit) in enumerate(mine, start=1):
                yield self._made(number, unit, paths)
                progress(done * parts)
            for share in others:
                yield from self._told(children.pop(0), share, paths)
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
        leads = leads_of(unit.path, body, home=self.home)
        check_paths(unit.path, leads, paths)
        return Made(number, self.folder.wait(str(number), unit.path, body), leads, reads)

    def _child(self, share: Sequence[tuple[int, Unit]], paths: Collection[str]) -> tuple[int, Path]:
        """A process that makes a share: its id, and where it tells what it did."""
        told = self.folder.aside(f"told-{share[0][0]}")
        parent = os.getpid()
        child = os.fork()
        if child:
            return child, told
        try:
            self.folder.let_go()  # or a parent that is killed would leave its claim behind
            with told.open("wb") as telling:
                self._tell(telling, share, paths, parent)
        finally:
            os._exit(0)  # nothing of the parent's is tidied up here

    def _tell(
        self,
        telling: BinaryIO,
        share: Sequence[tuple[int, Unit]],
        paths: Collection[str],
        parent: int,
    ) -> None:
        """Write what was made, or the error that stopped it, one after the other."""
        for number, unit in share:
            if os.getppid() != parent:
                return  # it was killed: nobody waits for this
            try:
                made = self._made(number, unit, paths)
            except OperationFailed as error:
                pickle.dump(error, telling)
                return
            leads = replace(made.leads, paths={})
            pickle.dump(replace(made, leads=leads, reads=frozenset()), telling)

    def _told(
        self, child: tuple[int, Path], share: Sequence[tuple[int, Unit]], paths: Collection[str]
    ) -> Iterator[Made]:
        """What a part made; what it left undone, whyever it ended, is made here."""
        process, file = child
        os.waitpid(process, 0)
        done = 0
        with suppress(OSError, EOFError, pickle.UnpicklingError), file.open("rb") as telling:
            while True:
                found = pickle.load(telling)  # noqa: S301 - written by our own process
                if isinstance(found, OperationFailed):
                    raise found
                done += 1
                yield found
        for number, unit in share[done:]:
            yield self._made(number, unit, paths)
