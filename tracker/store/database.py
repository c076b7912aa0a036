"""Making, opening and checking a database: which file, which version, whose.

Owns the way from a URL to an engine, and the rule that a command meets a
database of exactly its own version or says what to do. What the versions
change is in the migrations folder, which is handed in.
"""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import (
    URL,
    ColumnClause,
    Connection,
    Engine,
    column,
    inspect,
    make_url,
    select,
    table,
)
from sqlalchemy.exc import ArgumentError

from tracker.errors import BadInput, DatabaseTooNew, NotInitialised, OperationFailed
from tracker.store.dialects import FORMS, dialect_for, dialect_of
from tracker.store.sessions import reading, writing

__all__ = [
    "create_database",
    "open_engine",
    "place_named",
    "place_of",
    "require_current",
    "revisions",
    "upgrade",
]

_revision: ColumnClause[str] = column("version_num")
_versions = table("alembic_version", _revision)
_INIT = "Run `tracker init` first"
_REVISION_FILE = re.compile(r"(\d{4})_\w+\.py")


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///FILE` or `postgresql+psycopg://...`. Opens and creates nothing yet.

    Raises: BadInput if the URL does not read or is of another kind; OperationFailed
    if the driver is not installed.
    """
    checked = _checked(url)
    return dialect_for(checked).make_engine(checked)


def place_named(url: str) -> str:
    """What the database of a URL is called when talking to a person; never with a password.

    Raises: BadInput as `open_engine`.
    """
    checked = _checked(url)
    return dialect_for(checked).place_of(checked)


def place_of(engine: Engine) -> str:
    """What the database of an engine is called when talking to a person."""
    return dialect_of(engine).place_of(engine.url)


def create_database(url: str, *, migrations: Path) -> bool:
    """Make the ledger, and where it is a file that too, or bring an older one up to date.

    Idempotent and safe against another process doing the same: True if there
    was anything to do. Whole or not at all: a kill in the middle leaves the old
    version, or an empty file that the next call completes.

    Raises: BadInput for a bad URL; DatabaseTooNew; OperationFailed if the place
    cannot be written or holds something else.
    """
    checked = _checked(url)
    kind = dialect_for(checked)
    kind.make_place(checked)
    engine = kind.make_engine(checked)
    try:
        return upgrade(engine, migrations=migrations)
    finally:
        engine.dispose()


def upgrade(engine: Engine, *, migrations: Path) -> bool:
    """Bring an existing database to the newest revision; True if that changed anything.

    Raises: DatabaseTooNew; OperationFailed as `create_database`.
    """
    known = revisions(migrations)
    with reading(engine) as connection:  # the common case takes no write lock
        if _checked_revision(connection, engine, known) == known[-1]:
            return False
    # Alembic takes half a second to import, and only this path needs it.
    from tracker.store.migrate import to_head  # noqa: PLC0415

    with writing(engine) as connection:
        if _checked_revision(connection, engine, known) == known[-1]:
            return False
        to_head(connection, migrations)
        return True


def require_current(engine: Engine, migrations: Path) -> None:
    """Make sure the database is there, a ledger of ours and of this program's version.

    Raises: NotInitialised if there is none; DatabaseTooNew; OperationFailed if
    it is older, is something else or cannot be read. Each says what to do.
    """
    place = place_of(engine)
    if not dialect_of(engine).is_there(engine.url):
        raise NotInitialised(f"there is no ledger at {place}", _INIT)
    known = revisions(migrations)
    with reading(engine) as connection:
        found = _checked_revision(connection, engine, known)
    if found is None:
        raise NotInitialised(f"there is no ledger at {place}", _INIT)
    if found != known[-1]:
        raise OperationFailed(
            f"the ledger at {place} is of revision {found}, this program's is {known[-1]}",
            "Run `tracker init` to bring it up to date",
        )


def revisions(migrations: Path) -> tuple[str, ...]:
    """The revisions in a migrations folder, oldest first: the first four digits of each file.

    Raises: OperationFailed if there are none: the installation is incomplete.
    """
    names = (_REVISION_FILE.fullmatch(path.name) for path in (migrations / "versions").glob("*.py"))
    found = tuple(sorted(match[1] for match in names if match))
    if not found:
        raise OperationFailed(
            f"there are no migrations in {migrations}", "Install tracker again: it is incomplete"
        )
    return found


def _checked(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        # The text itself is not repeated: it may hold a password.
        raise BadInput("the database URL does not read", FORMS) from error
    return dialect_for(parsed).checked(parsed)


def _checked_revision(connection: Connection, engine: Engine, known: tuple[str, ...]) -> str | None:
    """The revision of the database, one of `known`, or None if it is empty."""
    place = place_of(engine)
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if _versions.name not in tables:
        raise OperationFailed(
            f"{place} is a database of another program",
            dialect_of(engine).ANOTHER,
        )
    found = connection.execute(select(_revision).select_from(_versions)).scalars().all()
    if len(found) != 1 or found[0] not in known:
        what = ", ".join(map(str, found)) or "no revision"
        raise DatabaseTooNew(
            f"the ledger at {place} was made by a later version of tracker ({what})",
            f"Use that version or a later one; this one knows revisions up to {known[-1]}",
        )
    return str(found[0])
