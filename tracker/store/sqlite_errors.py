"""What SQLite's errors mean to a person.

Owns that translation, by the name of SQLite's result code and, where the code
says too little, by the words of the message. It opens nothing.
"""

from __future__ import annotations

from pathlib import Path

from tracker.errors import LedgerBroken, NotInitialised, OperationFailed

__all__ = ["code_of", "meaning", "not_utf8"]

_PERMISSION = (
    "Give yourself write permission on the file and its folder, or name another place in "
    "TRACKER_HOME"
)
_RESTORE = "Restore it from a backup; `tracker verify` says what is wrong"
_MEANINGS: tuple[tuple[str, type[OperationFailed], str, str], ...] = (
    ("SQLITE_NOTADB", OperationFailed, "{file} is not a SQLite database",
     "Move the file away and run `tracker init`, or name another in TRACKER_DATABASE_URL"),
    ("SQLITE_CORRUPT", LedgerBroken, "the database {file} is damaged",
     _RESTORE),
    ("SQLITE_CANTOPEN", OperationFailed, "the database {file} cannot be opened",
     "Check that it is there and that you may read and write it and its folder"),
    ("SQLITE_READONLY", OperationFailed, "the database {file} may not be written", _PERMISSION),
    ("SQLITE_PERM", OperationFailed, "the database {file} may not be used", _PERMISSION),
    ("SQLITE_BUSY", OperationFailed, "the database {file} is held by another process",
     "Wait until it has finished, or stop it, and run the command again"),
    ("SQLITE_FULL", OperationFailed, "there is no room left on the disk of {file}",
     "Make room and run the command again; nothing was half written"),
    ("SQLITE_IOERR", OperationFailed, "reading or writing {file} failed",
     "Check the disk, then run `tracker verify`"),
    ("SQLITE_CONSTRAINT", LedgerBroken, "the database {file} refused a row ({error})",
     "Run `tracker verify` to see what is wrong with it"),
)  # fmt: skip


def code_of(error: BaseException) -> str:
    """The name of SQLite's result code, as `SQLITE_BUSY`; empty where there is none."""
    name = getattr(error, "sqlite_errorname", None)
    return name if isinstance(name, str) else ""


def meaning(error: BaseException, file: Path) -> OperationFailed | None:
    """What a driver's error means, `file` being the database's; None for a bug of ours."""
    code, words = code_of(error), str(error)
    if "Could not decode to UTF-8" in words:
        return not_utf8(file)
    if "no such column" in words:
        return LedgerBroken(f"the tables of {file} have not the columns they should", _RESTORE)
    if "no such table" in words:
        return NotInitialised(f"there is no ledger at {file}", "Run `tracker init` first")
    for prefix, family, message, advice in _MEANINGS:
        if code.startswith(prefix):
            return family(message.format(file=file, error=error), advice)
    return None


def not_utf8(file: Path) -> LedgerBroken:
    """What to say of text in the database that is no text."""
    return LedgerBroken(f"{file} holds text that is not UTF-8", _RESTORE)
