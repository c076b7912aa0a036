"""The declared schema: which tables there are and what the database itself refuses.

Owns names, types and constraints, as SQLAlchemy metadata. The migrations in
`db/migrations` bring a database to exactly this; a test compares the two in
both directions. It must not know how rows are read or written.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    event,
)

from tracker.store.dialects import dialect_of

__all__ = [
    "alert_targets",
    "alerts",
    "due",
    "entries",
    "evidence",
    "metadata",
    "projections",
    "source_items",
    "source_pauses",
    "source_state",
    "span_countries",
    "span_places",
    "spans",
]

metadata = MetaData()

# Instants, days and streams are compared as they are spelled, byte by byte, as SQLite does.
TEXT = Text().with_variant(Text(collation="C"), "postgresql")

# In SQLite only a column of type INTEGER is the row number itself, so that an
# insert cannot replace a row by a hidden number beside the declared key.
_POSITION = BigInteger().with_variant(Integer(), "sqlite")

entries = Table(
    "entries",
    metadata,
    Column("position", _POSITION, primary_key=True, autoincrement=False),
    Column("stream", TEXT, nullable=False),
    Column("version", Integer, nullable=False),
    Column("type", TEXT, nullable=False),
    Column("schema", Integer, nullable=False),
    Column("key", TEXT, nullable=False),
    Column("recorded_at", TEXT, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("previous", TEXT, nullable=False),
    Column("hash", TEXT, nullable=False),
    UniqueConstraint("key", name="entries_key"),
    UniqueConstraint("stream", "version", name="entries_stream_version"),
)
"""The ledger. Append-only by trigger; instants are ISO 8601 in UTC with microseconds."""

evidence = Table(
    "evidence",
    metadata,
    Column("digest", TEXT, primary_key=True),
    Column("media_type", TEXT, nullable=False),
    Column("encoding", TEXT, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("size", Integer, nullable=False),
    Column("stored_at", TEXT, nullable=False),
    # No hidden row number by which INSERT OR REPLACE could reach an older row.
    sqlite_with_rowid=False,
)
"""Bytes by their SHA-256. Append-only by trigger; `size` is that of the bytes before encoding."""

source_state = Table(
    "source_state",
    metadata,
    Column("source", TEXT, primary_key=True),
    Column("etag", TEXT),
    Column("last_modified", TEXT),
    Column("next_due_at", TEXT),
    Column("last_polled_at", TEXT),
    Column("last_success_at", TEXT),
    Column("last_new_at", TEXT),
    Column("failures", Integer, nullable=False),
    Column("last_error_kind", TEXT),
    Column("last_error", TEXT),
    Column("moved_to", TEXT),
    Column("why", TEXT),
    Column("asks", TEXT),
    Column("quiet", Integer),
    Column("polls", Integer),
    Column("last_bytes", BigInteger),
    Column("total_bytes", BigInteger),
    Column("body_digest", TEXT),
)
"""How each feed is doing: operational, replaced at every poll, no history."""

source_items = Table(
    "source_items",
    metadata,
    Column("source", TEXT, primary_key=True),
    Column("items", LargeBinary, nullable=False),
)
"""What each feed held when it was last read, so that only what is new is read again."""

source_pauses = Table(
    "source_pauses",
    metadata,
    Column("source", TEXT, primary_key=True),
    Column("paused_at", TEXT, nullable=False),
    Column("reason", TEXT, nullable=False),
)
"""The feeds that rest because somebody said so. No poll writes here."""

due = Table(
    "due",
    metadata,
    Column("name", TEXT, primary_key=True),
    Column("due_at", TEXT, nullable=False),
)
"""When each named tick of the schedule is due next: operational, replaced."""

alerts = Table(
    "alerts",
    metadata,
    Column("key", TEXT, primary_key=True),
    Column("target", TEXT, primary_key=True),
    Column("about", TEXT, nullable=False),
    Column("state", TEXT, nullable=False),
    Column("title", TEXT, nullable=False),
    Column("sentence", TEXT, nullable=False),
    Column("link", TEXT),
    Column("noted_at", TEXT, nullable=False),
    Column("ended_at", TEXT),
)
"""Which alert went to which target, noted before it is sent: so that none goes twice."""

alert_targets = Table(
    "alert_targets",
    metadata,
    Column("target", TEXT, primary_key=True),
    Column("since", TEXT, nullable=False),
)
"""From when on each target is told what is new. A target is a digest, never its address."""


spans = Table(
    "spans",
    metadata,
    Column("measure", TEXT, primary_key=True),
    Column("provision", TEXT, primary_key=True),
    Column("known_from", TEXT, primary_key=True),
    Column("on_from", TEXT, primary_key=True),
    Column("known_until", TEXT),
    Column("on_until", TEXT),
    Column("imposer", TEXT, nullable=False),
    Column("authority", TEXT, nullable=False),
    Column("targets", TEXT, nullable=False),
    Column("products", TEXT, nullable=False),
    Column("hts", TEXT, nullable=False),
    Column("origin", TEXT, nullable=False),
    Column("status", TEXT, nullable=False),
    # Exact for who reads it, and a number for who compares it: no type does both everywhere.
    Column("rate_pct", TEXT),
    Column("rate", Float),
    Column("basis", TEXT, nullable=False),
    Column("rate_text", TEXT),
    Column("effective_from", TEXT),
    Column("effective_until", TEXT),
    Column("starts", TEXT),
    Column("ends", TEXT),
    Column("alternatives", TEXT, nullable=False),
    Column("pending", TEXT, nullable=False),
    Column("events", TEXT, nullable=False),
    Column("doubts", TEXT, nullable=False),
    Column("wording", TEXT, nullable=False),
    Column("ended", Integer, nullable=False),
    Column("unsure", Integer, nullable=False),
    Column("reads", TEXT, nullable=False),
    CheckConstraint("known_until IS NULL OR known_from < known_until", name="spans_known"),
    CheckConstraint("on_until IS NULL OR on_from < on_until", name="spans_on"),
    Index("spans_of_place", "measure", "provision", "known_until", "on_from"),
    Index("spans_still_known", "known_until", "on_from", "on_until"),
    Index("spans_on_day", "on_from", "on_until", "known_from", "known_until"),
)
"""Policy state over both clocks, a projection: dropped and made anew at will.

Days are ISO 8601 and sort as text; NULL in `known_until` is what is still
known, in `on_until` an open end. Lists and objects are JSON. docs/sql.md says
what each column holds.
"""

span_places = Table(
    "span_places",
    metadata,
    Column("measure", TEXT, primary_key=True),
    Column("provision", TEXT, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("digest", TEXT, nullable=False),
)
"""The provisions that `spans` speaks of: their order of definition, what each was made from."""

span_countries = Table(
    "span_countries",
    metadata,
    Column("country", TEXT, primary_key=True),
    Column("measure", TEXT, primary_key=True),
    Column("provision", TEXT, primary_key=True),
)
"""Whose goods fall under which provision, exceptions taken out.

`*` is any country that the record names nowhere.
"""

projections = Table(
    "projections",
    metadata,
    Column("name", TEXT, primary_key=True),
    Column("position", _POSITION, nullable=False),
    Column("hash", TEXT, nullable=False),
    Column("as_of", TEXT),
    Column("version", TEXT, nullable=False),
)
"""What each projection was made from: the last ledger entry, the policy day, the program."""


def _guard(table: Table, connection: Connection, **_options: object) -> None:
    """Give a freshly made table its triggers."""
    dialect_of(connection).put_guards(connection, table.name)


event.listen(entries, "after_create", _guard)
event.listen(evidence, "after_create", _guard)
