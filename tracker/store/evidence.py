"""Evidence in a database: bytes under their SHA-256, compressed, kept for ever.

Owns the table `evidence`. It must not know what the bytes mean.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, bindparam, func, insert, select

from tracker.core.codec import UNREADABLE, instant_text, sha256
from tracker.core.entries import ReportChanged, ReportSeen
from tracker.errors import LedgerBroken
from tracker.store.rows import instant_of
from tracker.store.sessions import reading, writing
from tracker.store.tables import entries, evidence

__all__ = ["Kept", "SqlEvidence", "cited_in", "unpack"]

_PLAIN, _ZLIB = "identity", "zlib"
_LEVEL = 6  # the last per cent costs twice the time
_among = select(evidence.c.digest).where(
    evidence.c.digest.in_(bindparam("digests", expanding=True))
)
_ADVICE = "Restore it from a backup; `tracker verify` lists every damaged blob"


_REPORTS = (ReportSeen.TYPE, ReportChanged.TYPE)
_ROWS_AT_ONCE = 1_000


class _Cited(msgspec.Struct, frozen=True):
    evidence: str | None = None


class _Citing(msgspec.Struct, frozen=True):
    """The payload of a report, as far as it names its evidence."""

    report: _Cited


_CITING = msgspec.json.Decoder(_Citing)


@dataclass(frozen=True, slots=True)
class Kept:
    """One piece of evidence without its bytes: their number, and as many as they are packed."""

    digest: str
    media_type: str
    size: int
    packed: int
    stored_at: datetime


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
            held = _held(connection, found)
        rows: list[dict[str, Any]] = [
            {"digest": digest, "media_type": kind, "size": len(body), "stored_at": stored_at}
            | _pack(body)
            for digest, (body, kind) in found.items()
            if digest not in held
        ]
        if not rows:
            return
        with writing(self._engine) as connection:
            # Another process may have been faster.
            held = _held(connection, [row["digest"] for row in rows])
            if left := [row for row in rows if row["digest"] not in held]:
                connection.execute(insert(evidence), left)

    def fetch(self, digest: str) -> bytes | None:
        """The bytes of that SHA-256, or None.

        Raises: LedgerBroken if they no longer match it; OperationFailed if the
        store cannot be read.
        """
        query = select(evidence.c.encoding, evidence.c.body, evidence.c.size)
        with reading(self._engine) as connection:
            row = connection.execute(query.where(evidence.c.digest == digest)).first()
        return None if row is None else unpack(digest, row.encoding, row.body, row.size)

    def all(self) -> tuple[Kept, ...]:
        """Every piece, in the order in which they were first kept.

        Raises: OperationFailed if the store cannot be read; LedgerBroken for a bad row.
        """
        columns = evidence.c
        query = select(
            columns.digest,
            columns.media_type,
            columns.size,
            func.length(columns.body),
            columns.stored_at,
        ).order_by(columns.stored_at, columns.digest)
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        try:
            return tuple(Kept(*row[:4], instant_of(row[4])) for row in rows)
        except ValueError as error:
            raise LedgerBroken("evidence without a readable instant", _ADVICE) from error

    def cited(self) -> frozenset[str]:
        """The digests that entries of the ledger name. Raises: OperationFailed, LedgerBroken."""
        with reading(self._engine) as connection:
            return cited_in(connection)


def cited_in(connection: Connection) -> frozenset[str]:
    """The digests of evidence that entries name, held or not. Raises: LedgerBroken."""
    query = select(entries.c.payload).where(entries.c.type.in_(_REPORTS))
    found = set()
    with connection.execute(query.execution_options(yield_per=_ROWS_AT_ONCE)) as result:
        for (payload,) in result:
            try:
                found.add(_CITING.decode(payload).report.evidence)
            except (*UNREADABLE, TypeError) as error:
                raise LedgerBroken("a report in the ledger does not read", _ADVICE) from error
    return frozenset(digest for digest in found if digest is not None)


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


def _held(connection: Connection, digests: Iterable[str]) -> set[str]:
    """Those of a few digests that are there already."""
    return set(connection.execute(_among, {"digests": list(digests)}).scalars())


def _pack(body: bytes) -> dict[str, Any]:
    packed = zlib.compress(body, _LEVEL)
    small = len(packed) < len(body)
    return {"encoding": _ZLIB, "body": packed} if small else {"encoding": _PLAIN, "body": body}


def _unzip(body: bytes, size: int) -> bytes | None:
    reader = zlib.decompressobj()
    try:
        # One byte more than it should be: a damaged row cannot fill the memory.
        return reader.decompress(body, max(size, 0) + 1)
    except zlib.error:
        return None
