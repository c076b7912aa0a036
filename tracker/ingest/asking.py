"""One source asked, and its answer read: all of a poll that can be done on any thread.

Owns the way from a source to what its answer holds. It writes nothing; what is
made of it belongs to `taking`.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.core.codec import sha256
from tracker.errors import SourceFailed
from tracker.ingest.answers import Fetched, stumbled
from tracker.ingest.fetch import fetch
from tracker.ingest.ports import State, States
from tracker.ingest.reading import Read
from tracker.ingest.shapes import Parsed
from tracker.ingest.sources import Source
from tracker.ingest.web import Web

__all__ = ["Answer", "Asker"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a source answered, as far as it came.

    `before` is the state it was asked in. `fetched` is None where nothing came,
    `parsed` where there was nothing to read: a failure, a 304, or the body of
    the last time again. `digest` is the SHA-256 of a body that came.
    """

    source: Source
    before: State | None
    fetched: Fetched | None = None
    parsed: Parsed | None = None
    error: SourceFailed | None = None
    digest: str | None = None

    @property
    def size(self) -> int:
        """The bytes of the body, unpacked."""
        return 0 if self.fetched is None else len(self.fetched.body)


@dataclass(frozen=True, slots=True)
class Asker:
    """How sources are asked; safe to share between threads if its parts are."""

    client: Web
    reader: Read
    states: States
    allow_private: bool

    def ask(self, source: Source, before: State | None) -> Answer:
        """Ask a source whose state is `before`; its failure is in the answer, not raised.

        Raises: OperationFailed if the states cannot be read; MemoryError.
        """
        fetched: Fetched | None = None
        digest: str | None = None
        try:
            fetched = fetch(
                source.url,
                client=self.client,
                etag=before.etag if before else None,
                last_modified=before.last_modified if before else None,
                allow_private=self.allow_private,
            )
            parsed = None
            if fetched.status == "new":
                digest = sha256(fetched.body)
                if before is None or before.body_digest != digest:
                    parsed = self._read(source, before, fetched, digest)
        except SourceFailed as error:
            return Answer(source=source, before=before, fetched=fetched, error=error)
        return Answer(source=source, before=before, fetched=fetched, parsed=parsed, digest=digest)

    def _read(self, source: Source, before: State | None, fetched: Fetched, digest: str) -> Parsed:
        """The feed in an answer.

        Raises: SourceFailed; of kind internal for any error while hostile bytes
        are read, so that one feed cannot stop the others.
        """
        held = self.states.items(source.id) if before is not None else None
        try:
            return self.reader(
                fetched.body,
                media_type=fetched.media_type,
                charset=fetched.charset,
                source=source,
                evidence=digest,
                held=held,
            )
        except (SourceFailed, MemoryError):
            raise
        except Exception as error:
            raise stumbled(error) from error
