"""Backups: a ledger in one file that any version from now on can read, whatever it came from.

Owns the file: it is an SQLite ledger made by `copying`, so that it can be
asked, verified and proven from as it is. One form for both databases, checked
as it is made; SQLite's own backup would copy damaged pages too, and `pg_dump`
has to be installed, and as new as the server.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Engine

from tracker.errors import BadInput, OperationFailed
from tracker.store.copying import Copied, copy_ledger
from tracker.store.database import create_database, open_engine, require_current

__all__ = ["back_up", "restore"]

_MAGIC = b"SQLite format 3\0"


def back_up(
    source: Engine,
    file: Path,
    *,
    migrations: Path,
    progress: Callable[[int], None] | None = None,
) -> Copied:
    """Write everything that `source` holds into a new file, whole and durable on return.

    The source may be in use: the file holds one instant of it.
    Raises: BadInput if the file is there already or its folder is not;
    OperationFailed, LedgerBroken as `copy_ledger`: no file is left then.
    """
    file = file.absolute()
    if file.exists():
        raise _is_there(file)
    with _beside(file.parent) as folder:
        made = folder / "backup.db"
        create_database(_url(made), migrations=migrations)
        target = open_engine(_url(made))
        try:
            copied = copy_ledger(source, target, progress=progress)
        finally:
            target.dispose()
        _settle(made)
        try:
            os.link(made, file)  # unlike a rename it never replaces anything
        except FileExistsError as error:
            raise _is_there(file) from error
        except OSError as error:
            raise _cannot(file, error) from error
        _sync(file.parent)
    return copied


def restore(
    file: Path,
    target_url: str,
    *,
    home: Path,
    migrations: Path,
    progress: Callable[[int], None] | None = None,
) -> Copied:
    """Bring a backup into the ledger of `target_url`, which is made if it is not there.

    All or nothing: each entry and blob is held to its hash before any of it
    counts. A backup of an older version is brought up to date on the way, in a
    copy in `home`; the file itself is only read.
    Raises: BadInput if the file is no backup; OperationFailed if the target is
    not empty or cannot be written; LedgerBroken if the backup does not hold.
    """
    _check_backup(file)
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot(home, error) from error
    with _beside(home) as folder:
        copy = folder / "backup.db"
        try:
            shutil.copyfile(file, copy)
        except OSError as error:
            raise _cannot(file, error) from error
        create_database(_url(copy), migrations=migrations)
        create_database(target_url, migrations=migrations)
        source, target = open_engine(_url(copy)), open_engine(target_url)
        try:
            require_current(target, migrations)
            return copy_ledger(source, target, only_into_empty=True, progress=progress)
        finally:
            source.dispose()
            target.dispose()


def _url(file: Path) -> str:
    return URL.create("sqlite", database=str(file)).render_as_string()


@contextmanager
def _beside(parent: Path) -> Iterator[Path]:
    """A folder on the disk of `parent` that is gone again at the end."""
    try:
        folder = Path(tempfile.mkdtemp(prefix=".tracker-backup-", dir=parent))
    except OSError as error:
        raise _cannot(parent, error) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _settle(file: Path) -> None:
    """Leave one file without a log beside it, on the disk."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
        _sync(file)
    except (sqlite3.Error, OSError) as error:
        raise OperationFailed(
            f"the backup could not be written whole ({error})", "Make room and run it again"
        ) from error


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check_backup(file: Path) -> None:
    advice = "Name a file that `tracker backup` has written"
    try:
        with file.open("rb") as opened:
            start = opened.read(len(_MAGIC))
        log = file.with_name(f"{file.name}-wal")
        busy = log.exists() and log.stat().st_size > 0
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadInput(f"{file} cannot be read ({reason})", advice) from error
    if start != _MAGIC:
        raise BadInput(f"{file} is no backup", advice)
    if busy:
        raise BadInput(f"{file} is a ledger in use, not a backup of one", advice)


def _is_there(file: Path) -> BadInput:
    return BadInput(f"{file} is there already", "Name a new file: a backup is never written over")


def _cannot(path: Path, error: OSError) -> OperationFailed:
    reason = error.strerror or str(error)
    return OperationFailed(
        f"{path} cannot be used ({reason})", "Check that it is there and that you may write in it"
    )
