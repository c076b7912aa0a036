"""Which reports are news to the ledger. Pure: what a feed holds against what is known.

Owns the drafts of a poll. Deciding twice on the same feed answers nothing the
second time, so a poll that was killed can simply be made again.
"""

from __future__ import annotations

from tracker.core.codec import content_key
from tracker.core.entries import Draft, ReportChanged, ReportSeen
from tracker.core.streams import report_stream as stream_of
from tracker.ingest.identity import hashes_of
from tracker.ingest.ports import Known
from tracker.ingest.shapes import Parsed

__all__ = ["decide", "stream_of"]


def decide(parsed: Parsed, known: Known) -> tuple[Draft, ...]:
    """The drafts that bring the ledger up to the feed, in the feed's order.

    An identity not in `known` is seen, one with another content hash, be it
    with its date or without, is changed, all others say nothing. Every draft
    expects the version `known` names, so two polls at once cannot both append.
    """
    drafts = []
    for report in parsed.reports:
        content_hash, version = known.get(report.identity, (None, 0))
        if content_hash == report.content_hash:
            continue
        # Beside other items its date may come to count, or cease to: that is no edit.
        if content_hash is not None and content_hash in hashes_of(report):
            continue
        stream = stream_of(report.source, report.identity)
        payload = ReportSeen(report=report) if version == 0 else ReportChanged(report=report)
        drafts.append(
            Draft(
                stream=stream,
                key=content_key(stream, version + 1, payload),
                payload=payload,
                expected_version=version,
            )
        )
    return tuple(drafts)
