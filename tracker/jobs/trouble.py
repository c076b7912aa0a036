"""What goes wrong between the queue and its database, told in the words of the store.

Owns the way there: it is handed what a driver's error means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from procrastinate.exceptions import ConnectorException
from psycopg_pool import PoolTimeout

from tracker.errors import OperationFailed

__all__ = ["Explain", "meaning", "translated"]

_AGAIN = "What is due stays due: it is shared out again when the database is back"

Explain = Callable[[BaseException], OperationFailed | None]


def meaning(error: BaseException, explain: Explain) -> OperationFailed:
    """What an error of the driver or the queue means to a person."""
    cause = error.__cause__ if isinstance(error, ConnectorException) else error
    if isinstance(cause, PoolTimeout):
        return OperationFailed("the database of the job queue does not answer", _AGAIN)
    found = explain(cause) if isinstance(cause, psycopg.Error) else None
    return found or OperationFailed(
        f"the job queue failed ({type(error).__name__}: {' '.join(str(error).split())})",
        _AGAIN,
    )


@contextmanager
def translated(explain: Explain) -> Iterator[None]:
    """Within, an error of the driver or of procrastinate is raised as OperationFailed."""
    try:
        yield
    except (psycopg.Error, ConnectorException) as error:
        raise meaning(error, explain) from error
