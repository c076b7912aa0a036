"""The site, made of what the ledger says and of what the feeds are called."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tracker import __version__
from tracker.app.editing import Editing
from tracker.app.warm import Warm
from tracker.collector import made_at_once, many_at_once
from tracker.config import shipped
from tracker.store.sql import SqlLedger

if TYPE_CHECKING:
    from tracker.site.publish import Published

__all__ = ["Publishing"]


class Publishing(Editing):
    """A workspace that writes its site."""

    @cached_property
    def _warm(self) -> Warm:
        return Warm()

    def build(
        self,
        out: Path | None = None,
        *,
        progress: Callable[[int, int], None] | None = None,
        again: bool = False,
    ) -> Published:
        """Write the site for the present policy day; what has not changed is left as it is.

        The signed checkpoint of what it was made from is published with it. Who
        builds `again` and again is kept ready for the next time, which then costs
        what is new; who does so once has the work shared out over the cores.
        Raises: NotInitialised, LedgerBroken, OperationFailed; BadInput for an unusable key.
        """
        with made_at_once() if again else many_at_once():
            return self._built(out or self.settings.site, progress, again=again)

    def _built(
        self, folder: Path, progress: Callable[[int, int], None] | None, *, again: bool
    ) -> Published:
        from tracker.app.offering import tables_of
        from tracker.core.corrections import amendments
        from tracker.core.edits import edits
        from tracker.core.weighing import bearing_of
        from tracker.site.build import build
        from tracker.site.documents import METHODS
        from tracker.site.pages import SiteInputs

        titles = tuple((source.id, source.publisher) for source in self.sources())
        lines, today = tuple(SqlLedger(self.engine).lines()), self.today
        world = (self._warm if again else Warm()).world(lines, today)
        tables, files = tables_of(world, on=today)
        proofs = self.proving.published(world.head.position)
        inputs = SiteInputs(
            world=world,
            today=today,
            version=__version__,
            base_url=self.settings.base_url,
            archive=self.settings.archive,
            feeds=titles,
            amendments=amendments(lines),
            edits=edits(lines),
            drafts=self.unconfirmed(world),
            bearing=bearing_of(lines),
            tables=tables,
            proofs=tuple(proofs),
            documents=_documents("accuracy", "verification", *METHODS.values()),
        )
        extra = {**files, **proofs}
        if again:
            return self._warm.builder.build(inputs, out=folder, extra=extra, progress=progress)
        templates = shipped("templates")
        return build(inputs, templates=templates, out=folder, extra=extra, progress=progress)


def _documents(*names: str) -> dict[str, str]:
    """Pages of the documentation by name, those that came with the package."""
    places = ((name, shipped(f"docs/{name}.md")) for name in names)
    return {name: place.read_text(encoding="utf-8") for name, place in places if place.is_file()}
