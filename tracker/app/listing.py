"""The lists of feeds: the shipped one, the user's own beside it, and other people's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.app.workspace import Workspace
from tracker.config import shipped
from tracker.errors import BadInput, UnknownName

if TYPE_CHECKING:
    from tracker.ingest.adding import Imported, Wish
    from tracker.ingest.lists import OwnList
    from tracker.ingest.opml import Skipped
    from tracker.ingest.sources import Source
    from tracker.ingest.trial import Trial

__all__ = ["Listing"]

_SHIPPED = "db/sources.toml"


class Listing(Workspace):
    """A workspace that knows which feeds there are."""

    @property
    def own_list(self) -> OwnList:
        """The user's own list, `sources.toml` in the workspace; it need not be there."""
        from tracker.ingest.lists import OwnList

        return OwnList(self.settings.home / "sources.toml")

    def sources(self, file: Path | None = None) -> tuple[Source, ...]:
        """The feeds of the shipped list and the user's own, or those of `file` alone.

        Raises: BadInput if a list does not read.
        """
        from tracker.ingest.sources import read_sources

        return self.own_list.beside(shipped(_SHIPPED)) if file is None else read_sources(file)

    def try_source(self, url: str, kind: str) -> Trial:
        """What an address serves, without keeping any of it; needs no ledger.

        Raises: SourceFailed; BadInput for an address that cannot be a source's.
        """
        from tracker.ingest.apart import Readers
        from tracker.ingest.fetch import make_client
        from tracker.ingest.sources import source_on_trial
        from tracker.ingest.trial import try_source

        source = source_on_trial(url, kind)
        private = self.settings.allow_private
        with make_client(self.settings.contact) as client, Readers(1) as reader:
            return try_source(source, client=client, allow_private=private, reader=reader)

    def add_source(self, wish: Wish, *, tested: bool = True) -> tuple[Source, Trial | None]:
        """Put a feed on the user's own list once it has answered; unless `tested`, unasked.

        A feed that says it has moved for good is listed by its new address.
        Raises: SourceFailed if it does not answer as a feed; BadInput if it cannot be
        listed or is on the list; OperationFailed if the list cannot be written.
        """
        from tracker.ingest.adding import source_of

        listed = self.sources()
        # What cannot be listed whatever it serves is said before it is asked.
        source = source_of(wish, None, listed)
        trial = self.try_source(source.url, wish.kind) if tested else None
        if trial is not None:
            source = source_of(wish, trial, listed)
        self.own_list.add([source])
        return source, trial

    def remove_source(self, name: str) -> Source:
        """Take a feed off the user's own list; what it brought stays in the ledger.

        Raises: UnknownName if there is none of that id; BadInput if it comes with the
        program; OperationFailed if the list cannot be written.
        """
        if name in {one.id for one in self.own_list.read()}:
            return self.own_list.remove(name)
        if name in {one.id for one in self.sources()}:
            raise BadInput(
                f"{name} comes with the program and stays on its list",
                f"`tracker sources pause {name}` lets it rest",
            )
        raise UnknownName(f"there is no source {name!r}", "`tracker sources` lists them")

    def import_sources(self, file: Path) -> tuple[Imported, tuple[Skipped, ...]]:
        """Put the feeds of an OPML file on the user's own list, unasked, all or none.

        Raises: BadInput for a file that is no OPML; OperationFailed if the list
        cannot be written.
        """
        from tracker.ingest.adding import sources_of
        from tracker.ingest.opml import MAX_BYTES, read_opml

        try:
            with file.open("rb") as opened:
                data = opened.read(MAX_BYTES + 1)
        except OSError as error:
            raise BadInput(
                f"{file} cannot be read ({error.strerror})", "Name an OPML file you may read"
            ) from error
        outlines, skipped = read_opml(data, str(file))
        imported = sources_of(outlines, self.sources())
        self.own_list.add(imported.new)
        return imported, skipped
