"""A ledger and its evidence in memory: for tests, dry runs and notebooks.

Keeps the same promises as the one on disk (the contract tests hold it to them)
except that nothing outlives the process.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from threading import Lock

from tracker.core.codec import decode, sha256
from tracker.core.entries import Draft, Entry, Head, Report, ReportChanged, ReportSeen
from tracker.core.world import Line, line_of_entry
from tracker.store.deciding import Tail, decide
from tracker.store.protocol import Appended

__all__ = ["MemoryLedger"]


class MemoryLedger:
    """The `Ledger` and `Evidence` contracts in one object; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._entries: list[Entry] = []
        self._by_key: dict[str, Entry] = {}
        self._streams: dict[str, list[Entry]] = {}
        self._evidence: dict[str, tuple[str, bytes]] = {}

    def append(self, drafts: Sequence[Draft], *, at: datetime) -> tuple[Appended, ...]:
        """Append a batch whole or not at all; see `Ledger.append`.

        Raises: AppendConflict, ValueError as the contract says.
        """
        with self._lock:
            last = self._entries[-1] if self._entries else None
            added, places = decide(
                drafts,
                tail=Tail(self._head(), last.recorded_at if last else None),
                held=self._by_key,
                versions={d.stream: len(self._streams.get(d.stream, ())) for d in drafts},
                at=at,
            )
            for entry in added:
                self._entries.append(entry)
                self._by_key[entry.key] = entry
                self._streams.setdefault(entry.stream, []).append(entry)
            return places

    def read(self, *, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Entries with `after < position <= until` as they are at the first step."""
        with self._lock:
            found = self._entries[max(after, 0) : None if until is None else max(until, 0)]
        yield from found

    def lines(
        self, *, until: int | None = None, recorded_until: datetime | None = None
    ) -> Iterator[Line]:
        """What a world is folded from; see `Ledger.lines`."""
        for entry in self.read(until=until):
            if recorded_until is None or entry.recorded_at <= recorded_until:
                yield line_of_entry(entry)

    def stream(self, name: str) -> tuple[Entry, ...]:
        """The entries of one stream in order of version; empty if there is none."""
        with self._lock:
            return tuple(self._streams.get(name, ()))

    def under(self, prefix: str) -> tuple[Entry, ...]:
        """The entries of every stream under `prefix` (it ends in a slash), in order of position."""
        with self._lock:
            return tuple(entry for entry in self._entries if entry.stream.startswith(prefix))

    def head(self) -> Head:
        """The last position and its hash; position 0 for an empty ledger."""
        with self._lock:
            return self._head()

    def latest_reports(self, source: str) -> dict[str, tuple[str, int]]:
        """Identity to content hash and stream version of every report of `source`, as it is now."""
        prefix = f"report/{source}/"
        with self._lock:
            streams = [name for name in self._streams if name.startswith(prefix)]
        return {
            report.identity: (report.content_hash, version)
            for _, report, version in self._latest(streams)
            if report.source == source
        }

    def latest_of(self, streams: Sequence[str]) -> dict[str, tuple[str, int]]:
        """Stream to content hash and version of those of the `streams` that hold a report."""
        return {
            stream: (report.content_hash, version)
            for stream, report, version in self._latest(streams)
        }

    def _latest(self, streams: Sequence[str]) -> list[tuple[str, Report, int]]:
        with self._lock:
            last = [self._streams[name][-1] for name in streams if name in self._streams]
        found: list[tuple[str, Report, int]] = []
        for entry in last:
            payload = decode(entry.type, entry.schema, entry.payload)
            if isinstance(payload, ReportSeen | ReportChanged):
                found.append((entry.stream, payload.report, entry.version))
        return found

    def keep(self, body: bytes, *, media_type: str, at: datetime) -> str:
        """Keep `body` and answer its SHA-256 in hex. Raises: ValueError if `at` is naive."""
        if at.tzinfo is None:
            raise ValueError("the instant of keeping evidence must say its time zone")
        digest = sha256(body)
        with self._lock:
            self._evidence.setdefault(digest, (media_type, bytes(body)))
        return digest

    def keep_all(self, bodies: Sequence[tuple[bytes, str]], *, at: datetime) -> None:
        """Keep several bodies with their media types. Raises: as `keep`."""
        for body, media_type in bodies:
            self.keep(body, media_type=media_type, at=at)

    def fetch(self, digest: str) -> bytes | None:
        """The bytes of that SHA-256, or None."""
        with self._lock:
            found = self._evidence.get(digest)
        return found[1] if found else None

    def _head(self) -> Head:
        if not self._entries:
            return Head()
        last = self._entries[-1]
        return Head(position=last.position, hash=last.hash)
