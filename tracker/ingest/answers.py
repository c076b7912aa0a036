"""What a source answers, as far as ingest cares. Pure shapes, no network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tracker.errors import SourceFailed
from tracker.ingest.text import plain_text

__all__ = ["Fetched", "Throttled", "stumbled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a source answered.

    `status` is "unchanged" only for an answer to our own ETag or Last-Modified;
    `body` is empty then. `media_type` is in lower case, `charset` as the header
    says it. `final_url` is where the answer came from, `moved_permanently_to`
    where the address now lives by its own word, None if it has not moved.
    `fresh_s` is for how many seconds the answer holds by its caching headers, 0
    where they say nothing.
    """

    status: Literal["new", "unchanged"]
    body: bytes
    media_type: str
    charset: str | None
    etag: str | None
    last_modified: str | None
    final_url: str
    moved_permanently_to: str | None
    fresh_s: int = 0


class Throttled(SourceFailed):
    """The source asked for patience: `retry_after_s` seconds, or until `retry_at` (UTC)."""

    def __init__(
        self, message: str, advice: str, retry_after_s: int, retry_at: datetime | None = None
    ) -> None:
        super().__init__("http_error", message, advice)
        self.retry_after_s = retry_after_s
        self.retry_at = retry_at


def stumbled(error: Exception) -> SourceFailed:
    """What is said of a source whose bytes led into a bug of ours."""
    said = plain_text(str(error), 120)
    return SourceFailed(
        "internal",
        f"sent a feed this program stumbles over ({type(error).__name__}: {said})",
        "Please report it with the address of the feed",
    )
