"""Walking the whole ledger and saying everything that is wrong with it.

Owns the checks behind `tracker verify`. `Walk` holds the pure part, for any
entries in order; `verify` adds what only the database can answer. It never
stops at the first finding and never mends anything. What it cannot see is a
tail cut off cleanly: compare the head with one noted elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, inspect, select

from tracker.core.codec import decode, encode, entry_hash, instant_text
from tracker.core.entries import GENESIS, PAYLOADS, Entry, Head, Payload, ReportChanged, ReportSeen
from tracker.errors import LedgerBroken
from tracker.store.dialects import TRIGGERS, integrity_findings, triggers_present
from tracker.store.evidence import unpack
from tracker.store.rows import entry_of, instant_of
from tracker.store.sessions import reading, translated
from tracker.store.sql import walk_entries
from tracker.store.tables import entries, evidence, metadata

__all__ = ["Verdict", "Walk", "verify"]

_STEP = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a walk found. `findings` is empty for a sound ledger; each is one line."""

    entries: int
    streams: int
    evidence_blobs: int
    head: Head
    findings: tuple[str, ...]


class Walk:
    """Checks entries handed over in order of position; holds none of them.

    Checked: positions without a gap, the chain, each hash, instants that never
    go back, payloads that read and spell themselves the same again, evidence
    that is held (`evidence` has the digests; None leaves it unchecked). After a
    finding it goes on from what it saw, so that one fault is told once.
    """

    def __init__(self, *, evidence: frozenset[str] | None = None) -> None:
        self.count = 0
        self.head = Head()
        self._recorded = ""
        self._evidence = evidence

    def check(self, entry: Entry) -> Iterator[str]:
        """What is wrong with the next entry, a line for each fault."""
        for fault in self._faults(entry):
            yield f"position {entry.position}: {fault}"
        self.count += 1
        self.head = Head(position=entry.position, hash=entry.hash)
        self._recorded = max(self._recorded, instant_text(entry.recorded_at))

    def lost(self, position: object) -> None:
        """Take note of a row that could not be read as an entry."""
        self.count += 1
        if isinstance(position, int):
            self.head = Head(position=position, hash="")

    def _faults(self, entry: Entry) -> Iterator[str]:
        expected = self.head.position + 1
        if entry.position != expected:
            yield f"it comes where position {expected} belongs"
        # After an unreadable row nobody knows what the link should be.
        if self.head.hash and entry.previous != self.head.hash:
            after = "the start" if self.head.hash == GENESIS else f"position {self.head.position}"
            yield f"its link to {after} does not match"
        if entry.hash != entry_hash(entry):
            yield "its hash does not match what it holds"
        if instant_text(entry.recorded_at) < self._recorded:
            yield "it was recorded before the entry that stands before it"
        yield from self._payload_faults(entry)

    def _payload_faults(self, entry: Entry) -> Iterator[str]:
        try:
            payload = decode(entry.type, entry.schema, entry.payload)
        except LedgerBroken as error:
            yield error.message
            return
        if entry.schema == PAYLOADS[entry.type].SCHEMA and not _spelled_same(entry, payload):
            yield "its payload is not in canonical form"
        if self._evidence is not None and isinstance(payload, ReportSeen | ReportChanged):
            digest = payload.report.evidence
            if digest is not None and digest not in self._evidence:
                yield f"its evidence {digest} is not held"


def _spelled_same(entry: Entry, payload: Payload) -> bool:
    try:
        return encode(payload) == entry.payload
    except ValueError:  # a number that is none, an instant without a zone
        return False


def verify(engine: Engine, *, progress: Callable[[int], None] | None = None) -> Verdict:
    """Walk everything the ledger holds, in one snapshot, and say all that is wrong.

    `progress` is told the number of entries walked, now and then. Reads only;
    memory grows with the number of blobs (a digest each), not of entries.

    Raises: OperationFailed if the database cannot be read at all.
    """
    findings: list[str] = []
    walk, digests, streams = Walk(), frozenset[str](), 0
    with reading(engine) as connection:
        with _damage_told(engine, findings):
            findings.extend(integrity_findings(connection))
        missing = sorted(metadata.tables.keys() - set(inspect(connection).get_table_names()))
        if missing:
            findings.extend(f"the table {name} is gone" for name in missing)
        else:
            findings.extend(_trigger_findings(connection))
            with _damage_told(engine, findings):
                digests = _check_evidence(connection, findings)
                walk = Walk(evidence=digests)
            with _damage_told(engine, findings):
                findings.extend(_walk(connection, walk, progress))
            with _damage_told(engine, findings):
                findings.extend(_stream_findings(connection))
                findings.extend(_key_findings(connection))
                distinct = func.count(entries.c.stream.distinct())
                streams = int(connection.execute(select(distinct)).scalar_one())
    return Verdict(
        entries=walk.count,
        streams=streams,
        evidence_blobs=len(digests),
        head=walk.head,
        findings=tuple(" ".join(line.split()) for line in findings),
    )


@contextmanager
def _damage_told(engine: Engine, findings: list[str]) -> Iterator[None]:
    """Go on with the next check where pages of the file cannot be read."""
    try:
        with translated(engine):
            yield
    except LedgerBroken as error:
        findings.append(error.message)


def _walk(
    connection: Connection, walk: Walk, progress: Callable[[int], None] | None
) -> Iterator[str]:
    for row in walk_entries(connection):
        try:
            entry = entry_of(row)
        except LedgerBroken as error:
            yield error.message
            walk.lost(row[0])
        else:
            yield from walk.check(entry)
        if progress is not None and walk.count % _STEP == 0:
            progress(walk.count)
    if progress is not None:
        progress(walk.count)


def _trigger_findings(connection: Connection) -> Iterator[str]:
    present = triggers_present(connection)
    for name, (table, text) in TRIGGERS.items():
        if name not in present:
            yield f"the trigger {name} that guards {table} is gone"
        elif present[name] != text:
            yield f"the trigger {name} that guards {table} has been changed"
    for name in sorted(present.keys() - TRIGGERS.keys()):
        yield f"there is a trigger {name} that does not belong here"


def _check_evidence(connection: Connection, findings: list[str]) -> frozenset[str]:
    """The digests held; what is wrong with the blobs is added to `findings`."""
    columns = evidence.c
    query = select(columns.digest, columns.encoding, columns.body, columns.size, columns.stored_at)
    digests: set[str] = set()
    with connection.execute(query.execution_options(yield_per=8)) as result:
        for digest, encoding, body, size, stored_at in result:
            digests.add(digest)
            try:
                unpack(digest, encoding, body, size)
                instant_of(stored_at)
            except LedgerBroken as error:
                findings.append(error.message)
            except (ValueError, TypeError):
                findings.append(f"the evidence {digest} has no readable instant")
    return frozenset(digests)


def _stream_findings(connection: Connection) -> Iterator[str]:
    """Entries whose version is not their place among those of their stream."""
    place = (
        func.row_number()
        .over(partition_by=entries.c.stream, order_by=entries.c.position)
        .label("place")
    )
    numbered = select(entries.c.position, entries.c.stream, entries.c.version, place).subquery()
    query = (
        select(numbered).where(numbered.c.version != numbered.c.place).order_by(numbered.c.position)
    )
    for position, stream, version, place_of in connection.execute(query):
        yield (
            f"position {position}: version {version} of {stream} stands where "
            f"version {place_of} belongs"
        )


def _key_findings(connection: Connection) -> Iterator[str]:
    """Idempotency keys held more than once."""
    query = (
        select(entries.c.key, func.min(entries.c.position), func.count())
        .group_by(entries.c.key)
        .having(func.count() > 1)
    )
    for key, position, count in connection.execute(query):
        yield f"position {position}: its key {key} is held {count} times"
