"""The names of the ledger's streams: which entries are about one thing."""

from __future__ import annotations

from tracker.core.codec import sha256
from tracker.core.decisions import REVIEW_STREAM

__all__ = ["EVENT_STREAM", "MEASURE_STREAM", "REVIEW_STREAM", "report_stream"]

EVENT_STREAM = "event/"
"""The curated record's events; the id follows."""

MEASURE_STREAM = "measure/"
"""The curated record's measures; the key follows."""


def report_stream(source: str, identity: str) -> str:
    """The stream of one report of one source, by what makes it the same item next time."""
    return f"report/{source}/{sha256(identity.encode())}"
