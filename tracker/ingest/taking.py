"""Answers of sources taken in: evidence kept, reports appended, states remembered.

Owns the order of what is written. The states are saved last, so that a poll
killed anywhere is made again and, since deciding knows what is held, adds
nothing twice. Answers that came together are written together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.core.entries import Draft, Report, ReportSeen
from tracker.errors import AppendConflict
from tracker.ingest.asking import Answer
from tracker.ingest.decide import decide, stream_of
from tracker.ingest.outcome import Polled, after_failure, after_success
from tracker.ingest.ports import Evidence, ReportLedger, SourceState, States

__all__ = ["Desk"]

_TRIES = 3
_XML = "application/xml"
_Drafts = tuple[tuple[Draft, ...], ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where answers are written to."""

    ledger: ReportLedger
    evidence: Evidence
    states: States

    def take(self, answers: Sequence[Answer], *, now: datetime) -> tuple[Polled, ...]:
        """Take in answers of different sources at `now` (UTC, aware); all durable on return.

        Idempotent: the same answers again append nothing.
        Raises: AppendConflict if somebody else was faster three times in a row;
        OperationFailed. What was not remembered then is polled again.
        """
        found = self._append(answers, now)
        states = [
            _state(one, now, brought_news=bool(drafts))
            for one, drafts in zip(answers, found, strict=True)
        ]
        held = {one.source.id: one.parsed.held for one in answers if one.parsed is not None}
        self.states.save_all(states, held)
        return tuple(
            _polled(one, drafts, state)
            for one, drafts, state in zip(answers, found, states, strict=True)
        )

    def _append(self, answers: Sequence[Answer], now: datetime) -> _Drafts:
        """Append what is new, evidence first; decide again if somebody else was faster."""
        for attempt in range(1, _TRIES + 1):
            found = self._decided(answers)
            drafts = [draft for one in found for draft in one]
            if not drafts:
                break
            self.evidence.keep_all(
                [
                    (one.fetched.body, one.fetched.media_type or _XML)
                    for one, news in zip(answers, found, strict=True)
                    if news and one.fetched is not None
                ],
                at=now,
            )
            try:
                self.ledger.append(drafts, at=now)
            except AppendConflict:
                if attempt == _TRIES:
                    raise
            else:
                break
        return found

    def _decided(self, answers: Sequence[Answer]) -> _Drafts:
        """What each answer brings that the ledger does not hold."""
        # Only what the sources did not hold last time is looked for, all at once.
        streams = [
            {stream_of(one.source.id, report.identity): report.identity for report in _reports(one)}
            for one in answers
        ]
        every = [stream for names in streams for stream in names]
        held = self.ledger.latest_of(every) if every else {}
        return tuple(
            decide(one.parsed, {names[at]: held[at] for at in names.keys() & held.keys()})
            if one.parsed is not None
            else ()
            for one, names in zip(answers, streams, strict=True)
        )


def _reports(one: Answer) -> Sequence[Report]:
    return () if one.parsed is None else one.parsed.reports


def _state(one: Answer, now: datetime, *, brought_news: bool) -> SourceState:
    """What is remembered of a source after an answer."""
    if one.error is not None or one.fetched is None:
        if one.error is None:
            raise AssertionError("an answer without a body says why")
        return after_failure(one.source, one.before, one.error, now=now)
    return after_success(
        one.source,
        one.before,
        one.fetched,
        now=now,
        whole=one.parsed is None or one.parsed.whole,
        brought_news=brought_news,
        hints=None if one.parsed is None else one.parsed.hints,
        body_digest=one.digest,
    )


def _polled(one: Answer, drafts: tuple[Draft, ...], state: SourceState) -> Polled:
    """What is told of an answer that was taken in."""
    if state.next_due_at is None:
        raise AssertionError("a poll always sets when the next one is due")
    if one.error is not None:
        return Polled(
            source=one.source,
            outcome="failed",
            error=one.error,
            bytes=one.size,
            next_due_at=state.next_due_at,
        )
    new = sum(isinstance(draft.payload, ReportSeen) for draft in drafts)
    return Polled(
        source=one.source,
        outcome="new" if drafts else "unchanged",
        new=new,
        changed=len(drafts) - new,
        problems=() if one.parsed is None else one.parsed.problems,
        bytes=one.size,
        next_due_at=state.next_due_at,
        moved_to=state.moved_to,
    )
