"""The errors a caller can act on, in families by what the caller can do about them.

Every error carries a one-line message that says what is wrong and `advice`
that says what to do. Errors of a driver or a library never leave the room
that uses it; a bug is not translated and shows as itself.
"""

from __future__ import annotations

__all__ = [
    "AppendConflict",
    "BadInput",
    "DatabaseTooNew",
    "LedgerBroken",
    "NotInitialised",
    "OperationFailed",
    "ProofFailed",
    "RecordInvalid",
    "SourceFailed",
    "TrackerError",
    "UnknownName",
]


class TrackerError(Exception):
    """Root of every error this package raises on purpose.

    `message` is one line naming what was wrong; `advice` is one line saying
    what to do, or empty where the message already says it. `exit_status` is
    what the command line returns: 2 for bad input, 1 for a failed operation.
    """

    exit_status = 1

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        """The message and the advice as one line."""
        return f"{self.message}. {self.advice}" if self.advice else self.message


class BadInput(TrackerError):
    """What was given cannot be used: mend it and call again (exit status 2)."""

    exit_status = 2


class UnknownName(BadInput):
    """A measure, party, event or source of that name is not known."""


class RecordInvalid(BadInput):
    """Files of the curated record do not read; `findings` holds a line for each place."""

    def __init__(self, findings: tuple[str, ...]) -> None:
        first = findings[0] if findings else "the record is invalid"
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        super().__init__(first + more)
        self.findings = findings


class OperationFailed(TrackerError):
    """The request was sound but could not be carried out; nothing was half done."""


class NotInitialised(OperationFailed):
    """There is no ledger where one was expected."""


class DatabaseTooNew(OperationFailed):
    """The database was made by a later version of the program."""


class LedgerBroken(OperationFailed):
    """What the ledger holds does not agree with itself."""


class AppendConflict(OperationFailed):
    """Somebody else appended to the stream first: read it again, decide again."""


class ProofFailed(OperationFailed):
    """A proof does not prove what it says: it, or what it is about, was changed."""


class SourceFailed(OperationFailed):
    """A feed could not be read; `kind` is a stable word for its health table."""

    def __init__(self, kind: str, message: str, advice: str = "") -> None:
        super().__init__(message, advice)
        self.kind = kind
