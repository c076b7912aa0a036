"""Which kind of database it is: the one place that knows there are two.

Owns the choice. What holds for one kind only is in its own module.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Connection, Engine

from tracker.errors import BadInput
from tracker.store import postgres, sqlite
from tracker.store.dialect import Dialect

__all__ = ["FORMS", "dialect_for", "dialect_of", "server_arguments"]

_KINDS: dict[str, Dialect] = {"sqlite": sqlite, "postgresql": postgres}
_DRIVERS = {"sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg"}

FORMS = (
    "Give TRACKER_DATABASE_URL the form sqlite:////folder/tracker.db or "
    "postgresql+psycopg://user@host/name, or leave it unset"
)


def dialect_for(url: URL) -> Dialect:
    """The kind of database that a URL names. Raises: BadInput for one that cannot be used."""
    if url.drivername not in _DRIVERS:
        raise BadInput(f"a database of kind {url.drivername} cannot be used", FORMS)
    return _KINDS[url.get_backend_name()]


def dialect_of(bind: Engine | Connection) -> Dialect:
    """The kind of database behind an engine or a connection."""
    return _KINDS[bind.dialect.name]


def server_arguments(engine: Engine) -> dict[str, Any] | None:
    """What a connection of the driver's own to the engine's server takes, the password included.

    None for a file: only processes of one machine share that.
    """
    if dialect_of(engine) is not postgres:
        return None
    _, arguments = engine.dialect.create_connect_args(engine.url)
    return {"fallback_application_name": "tracker", "connect_timeout": 10, **arguments}
