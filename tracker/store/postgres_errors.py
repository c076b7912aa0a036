"""What PostgreSQL's and its driver's errors mean to a person.

Owns that translation, by SQLSTATE (Appendix A of PostgreSQL's manual) and,
for a connection that never came about, by the words of the server: libpq gives
no state then. No message repeats a password, for neither side ever sends one.
"""

from __future__ import annotations

from tracker.errors import LedgerBroken, NotInitialised, OperationFailed

__all__ = ["meaning"]

_RESTORE = "Restore it from a backup; `tracker verify` says what is wrong"
_AGAIN = "Run the command again: what was kept is not added twice, nothing was half written"
_GRANT = "Give the user of TRACKER_DATABASE_URL the right, or name another user in it"
_CONNECT: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("password authentication failed", "no password supplied", "authentication failed"),
     "{place} refused the user or the password",
     "Check both in TRACKER_DATABASE_URL"),
    (("role ",), "{place} does not know the user", "Check the user in TRACKER_DATABASE_URL"),
    (("database ",), "there is no {place}",
     "Make it with `createdb`, or name another in TRACKER_DATABASE_URL"),
    (("could not translate host name", "failed to resolve host", "Name or service not known",
      "getaddrinfo"),
     "the host of {place} is not known", "Check the host in TRACKER_DATABASE_URL"),
    (("Connection refused", "No such file or directory", "timeout expired", "timed out",
      "No route to host", "starting up", "shutting down"),
     "{place} does not answer",
     "Start the server, or check host and port in TRACKER_DATABASE_URL; nothing was half written"),
)  # fmt: skip
_STATES: tuple[tuple[str, type[OperationFailed], str, str], ...] = (
    ("42P01", NotInitialised, "there is no ledger in {place}", "Run `tracker init` first"),
    ("42703", LedgerBroken, "the tables of {place} have not the columns they should", _RESTORE),
    ("42501", OperationFailed, "{place} may not be used so ({error})", _GRANT),
    ("25006", OperationFailed, "{place} may not be written",
     "Name the primary server in TRACKER_DATABASE_URL"),
    ("55P03", OperationFailed, "{place} is held by another process",
     "Wait until it has finished, or stop it, and run the command again"),
    ("53100", OperationFailed, "there is no room left on the disk of {place}",
     "Make room and run the command again; nothing was half written"),
    ("53", OperationFailed, "{place} has no room for more ({error})",
     "Give the server more, or let others finish, and run the command again"),
    ("57014", OperationFailed, "{place} broke the work off ({error})", _AGAIN),
    ("57", OperationFailed, "the connection to {place} was lost", _AGAIN),
    ("08", OperationFailed, "the connection to {place} was lost", _AGAIN),
    ("40", OperationFailed, "{place} undid the work ({error})", _AGAIN),
    ("22021", OperationFailed, "{place} cannot hold that text ({error})",
     "Keep the ledger in a database whose encoding is UTF8"),
    ("22P05", OperationFailed, "{place} cannot hold that text ({error})",
     "Keep the ledger in a database whose encoding is UTF8"),
    ("23", LedgerBroken, "{place} refused a row ({error})",
     "Run `tracker verify` to see what is wrong with it"),
    ("XX", LedgerBroken, "{place} is damaged ({error})", _RESTORE),
    ("58", OperationFailed, "reading or writing {place} failed ({error})",
     "Check the server's disk and log, then run `tracker verify`"),
)  # fmt: skip


def meaning(error: BaseException, place: str) -> OperationFailed | None:
    """What a driver's error means, `place` being the database's name; None for a bug of ours."""
    state = getattr(error, "sqlstate", None)
    words = " ".join(str(error).split())
    if not isinstance(state, str):
        return _without_state(type(error).__name__, words, place)
    for prefix, family, message, advice in _STATES:
        if state.startswith(prefix):
            return family(
                message.format(place=place, error=words.partition(" CONTEXT:")[0]), advice
            )
    return None


def _without_state(kind: str, words: str, place: str) -> OperationFailed | None:
    if kind not in {"OperationalError", "ConnectionTimeout", "InterfaceError"}:
        return None
    if kind == "OperationalError" and "connection" in words and "failed" in words:
        fatal = words.rpartition("FATAL: ")[2].strip()
        for signs, message, advice in _CONNECT:
            if any(
                fatal.startswith(sign) if sign.endswith(" ") else sign in words for sign in signs
            ):
                return OperationFailed(message.format(place=place), advice)
    for signs, message, advice in _CONNECT[3:]:
        if any(sign in words for sign in signs):
            return OperationFailed(message.format(place=place), advice)
    return OperationFailed(f"the connection to {place} failed or was lost ({words})", _AGAIN)
