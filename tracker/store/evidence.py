"""Evidence in a database: bytes under their SHA-256, compressed, kept for ever.

Owns the table `evidence`. It must not know what the bytes mean.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine, insert, select

from tracker.core.codec import instant_text, sha256
from tracker.errors import LedgerBroken
from tracker.store.sessions import reading, writing
from tracker.store.tables import evidence

__all__ = ["SqlEvidence", "unpack"]

_PLAIN, _ZLIB = "identity", "zlib"
_LEVEL = 6  # the last per cent costs twice the time
_ADVICE = "Restore it from a backup; `tracker verify` lists every damaged blob"


class SqlEvidence:
    """The `Evidence` contract on the database of `engine`; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, body: bytes, *, media_type: str, at: datetime) -> str:
        """Keep `body` and answer its SHA-256 in hex, durable on return.

        Idempotent: the same bytes are kept once, with the media type and the
        instant `at` (UTC, aware) of the first time.

        Raises: ValueError if `at` is naive; OperationFailed if the store cannot be written.
        """
        self.keep_all([(body, media_type)], at=at)
        return sha256(body)

    def keep_all(self, bodies: Sequence[tuple[bytes, str]], *, at: datetime) -> None:
        """Keep several bodies with their media types in one transaction; else as `keep`."""
        stored_at = instant_text(at)
        found = {sha256(body): (body, media_type) for body, media_type in bodies}
        with reading(self._engine) as connection:
            wanted = [digest for digest in found if not _holds(connection, digest)]
        if not wanted:
            return
        packed = {digest: _pack(found[digest][0]) for digest in wanted}
        with writing(self._engine) as connection:
            for digest in wanted:
                if _holds(connection, digest):  # another process may have been faster
                    continue
                body, media_type = found[digest]
                encoding, bytes_ = packed[digest]
                connection.execute(
                    insert(evidence).values(
                        digest=digest,
                        media_type=media_type,
                        encoding=encoding,
                        body=bytes_,
                        size=len(body),
                        stored_at=stored_at,
                    )
                )

    def fetch(self, digest: str) -> bytes | None:
        """The bytes of that SHA-256, or None.

        Raises: LedgerBroken if they no longer match it; OperationFailed if the
        store cannot be read.
        """
        query = select(evidence.c.encoding, evidence.c.body, evidence.c.size)
        with reading(self._engine) as connection:
            row = connection.execute(query.where(evidence.c.digest == digest)).first()
        return None if row is None else unpack(digest, row.encoding, row.body, row.size)


def unpack(digest: str, encoding: object, body: object, size: object) -> bytes:
    """The bytes a row of evidence stands for, checked against its digest and size.

    Raises: LedgerBroken if the row does not give those bytes back.
    """
    plain: bytes | None = None
    if isinstance(body, bytes) and isinstance(size, int):
        if encoding == _PLAIN:
            plain = body
        elif encoding == _ZLIB:
            plain = _unzip(body, size)
    if plain is None or len(plain) != size or sha256(plain) != digest:
        raise LedgerBroken(f"the evidence {digest} is damaged", _ADVICE)
    return plain


def _holds(connection: Connection, digest: str) -> bool:
    query = select(evidence.c.digest).where(evidence.c.digest == digest)
    return connection.execute(query).first() is not None


def _pack(body: bytes) -> tuple[str, bytes]:
    packed = zlib.compress(body, _LEVEL)
    return (_ZLIB, packed) if len(packed) < len(body) else (_PLAIN, body)


def _unzip(body: bytes, size: int) -> bytes | None:
    reader = zlib.decompressobj()
    try:
        # One byte more than it should be: a damaged row cannot fill the memory.
        return reader.decompress(body, max(size, 0) + 1)
    except zlib.error:
        return None
