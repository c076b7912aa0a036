"""The site, made of what the ledger says and of what the feeds are called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tracker import __version__
from tracker.app.editing import Editing
from tracker.config import shipped
from tracker.store.sql import SqlLedger

if TYPE_CHECKING:
    from tracker.site.publish import Published

__all__ = ["Publishing"]


class Publishing(Editing):
    """A workspace that writes its site."""

    def build(
        self, out: Path | None = None, *, progress: Callable[[int, int], None] | None = None
    ) -> Published:
        """Write the site for the present policy day; what has not changed is left as it is.

        The signed checkpoint of what it was made from is published with it.
        Raises: NotInitialised, LedgerBroken, OperationFailed; BadInput for an unusable key.
        """
        from tracker.app.offering import tables_of
        from tracker.core.bearing import bearing_of
        from tracker.core.corrections import amendments
        from tracker.core.edits import edits
        from tracker.site.build import build
        from tracker.site.documents import METHODS
        from tracker.site.pages import SiteInputs

        titles = tuple((source.id, source.publisher) for source in self.sources())
        world = self.world()
        lines = tuple(SqlLedger(self.engine).lines(until=world.head.position))
        tables, files = tables_of(world, on=self.today)
        proofs = self.proving.published(world.head.position)
        inputs = SiteInputs(
            world=world,
            today=self.today,
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
        return build(
            inputs,
            templates=shipped("templates"),
            out=out or self.settings.site,
            extra={**files, **proofs},
            progress=progress,
        )


def _documents(*names: str) -> dict[str, str]:
    """Pages of the documentation by name, those that came with the package."""
    places = ((name, shipped(f"docs/{name}.md")) for name in names)
    return {name: place.read_text(encoding="utf-8") for name, place in places if place.is_file()}
