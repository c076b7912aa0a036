"""What a kind of database has to answer for a ledger to be kept in it.

Owns that list and nothing else. `sqlite` and `postgres` are the two that answer
it, each a module of functions; `dialects` chooses between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import URL, Connection, Engine
from sqlalchemy.engine.interfaces import DBAPICursor

from tracker.errors import LedgerBroken, OperationFailed

__all__ = ["WRITER", "Dialect"]

WRITER = "tracker_writer"
"""Execution option of a connection that is going to write."""


class Dialect(Protocol):
    """Everything that holds for one kind of database only."""

    @property
    def TRIGGERS(self) -> Mapping[str, tuple[str, str]]:  # noqa: N802
        """The name of each guard to its table and to what `triggers_present` says of it."""
        ...

    @property
    def ANOTHER(self) -> str:  # noqa: N802
        """What to do about a database that belongs to another program."""
        ...

    def checked(self, url: URL) -> URL:
        """The URL, if it names a database of this kind. Raises: BadInput."""
        ...

    def place_of(self, url: URL) -> str:
        """What the database is called when talking to a person; never with a password."""
        ...

    def make_engine(self, url: URL) -> Engine:
        """An engine on an existing database; nothing is opened before the first use.

        A transaction of a connection with the `WRITER` option holds the only write
        lock from its start; any other sees one snapshot and may not write on a
        database that can refuse it. Raises: OperationFailed if the driver is missing.
        """
        ...

    def make_place(self, url: URL) -> None:
        """Make what a database lies in, where that can be made. Raises: OperationFailed."""
        ...

    def is_there(self, url: URL) -> bool:
        """Whether there can be a database at all. Raises: OperationFailed."""
        ...

    def put_guards(self, connection: Connection, table: str) -> None:
        """Give a freshly made table its guards."""
        ...

    def triggers_present(self, connection: Connection) -> dict[str, str]:
        """The text of every trigger the database has on our tables, by name."""
        ...

    def integrity_findings(self, connection: Connection) -> Iterator[str]:
        """What the database finds wrong with its own storage."""
        ...

    def begin_writing(self, cursor: DBAPICursor) -> None:
        """Begin a transaction that holds the write lock, on a cursor of the driver's own."""
        ...

    def any_of(self, column: str, values: list[str]) -> tuple[str, list[Any]]:
        """A condition that the column has one of the values, and what fills its places."""
        ...

    def insert_rows(
        self, cursor: DBAPICursor, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
    ) -> None:
        """Insert rows into `entries` or `evidence` as fast as the driver can."""
        ...

    def explain(self, error: BaseException | None, engine: Engine) -> OperationFailed | None:
        """What a driver's error means to a person, or None where it is a bug of ours."""
        ...

    def undecodable(self, engine: Engine) -> LedgerBroken:
        """What to say of text in the database that is no text."""
        ...
