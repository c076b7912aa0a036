"""Where the queue lives: a schema of its own in the ledger's database, made and replaced whole.

Owns its name and its version. It touches no table of the ledger, and no
migration or copy of the ledger touches it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg
from procrastinate.schema import SchemaManager
from psycopg import sql

from tracker.errors import NotInitialised, OperationFailed
from tracker.jobs.trouble import Explain, translated

__all__ = ["SCHEMA", "arguments_within", "make_place", "require_place"]

SCHEMA = "tracker_jobs"

# Any number does, as long as every version takes the same one and the ledger's lock another.
_LOCK = 0x7472616A6F6273
_FIND = "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %s"
_INIT = "Run `tracker init` first"


def arguments_within(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a connection that finds the queue's tables by their plain names."""
    given = str(arguments.get("options", ""))
    return {**arguments, "options": f"{given} -c search_path={SCHEMA}".strip()}


def make_place(arguments: Mapping[str, Any], explain: Explain) -> bool:
    """Make the queue, or make it anew if it is of another version; True if it did.

    All or nothing, and safe against another process doing the same. What was
    waiting in a queue of another version is due still and will be shared anew.
    Raises: OperationFailed if the database does not answer or allow it.
    """
    text, wanted = _wanted()
    with _connected(arguments, explain) as connection, connection.transaction():
        connection.execute("SELECT set_config('lock_timeout', '30s', true)")
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        if _found(connection) == wanted:
            return False
        name = sql.Identifier(SCHEMA)
        connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(name))
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(name))
        connection.execute(sql.SQL("SET LOCAL search_path TO {}").format(name))
        connection.execute(text)
        comment = sql.SQL("COMMENT ON SCHEMA {} IS {}")
        connection.execute(comment.format(name, sql.Literal(wanted)))
        return True


def require_place(arguments: Mapping[str, Any], explain: Explain) -> None:
    """Make sure that the queue is there and of this version.

    Raises: NotInitialised if it is not; OperationFailed if it is of another
    version or the database does not answer.
    """
    with _connected(arguments, explain) as connection:
        found = _found(connection)
    if found is None:
        raise NotInitialised("the database has no job queue", _INIT)
    if found != _wanted()[1]:
        raise OperationFailed("the job queue is of another version of procrastinate", _INIT)


def _wanted() -> tuple[bytes, str]:
    """What makes the tables, and the mark of a queue that was made so."""
    text = SchemaManager.get_schema().encode()
    return text, f"tracker job queue {hashlib.sha256(text).hexdigest()[:16]}"


def _found(connection: psycopg.Connection[Any]) -> str | None:
    """The mark of the queue that is there, empty if it has none; None if there is no queue."""
    row = connection.execute(_FIND, [SCHEMA]).fetchone()
    return None if row is None else str(row[0] or "")


@contextmanager
def _connected(arguments: Mapping[str, Any], explain: Explain) -> Iterator[psycopg.Connection[Any]]:
    with translated(explain), psycopg.connect(**arguments, autocommit=True) as connection:
        yield connection
