"""A process that polls one feed into a database, and kills itself on the way if told to.

    python -m tests.ingest.poller FEED-URL DATABASE-URL [get|keep|append|appended|save|saved]

The word names the step at which it sends itself SIGKILL: before it, or after
it where it ends in -ed. Writes the outcome's line when it lives to the end.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime

from tests.ingest.material import NOON, source
from tracker.core.entries import Draft
from tracker.ingest.fetch import make_client
from tracker.ingest.run import poll
from tracker.store.database import open_engine
from tracker.store.evidence import SqlEvidence
from tracker.store.protocol import Appended
from tracker.store.sources import SourceState, SourceStates
from tracker.store.sql import SqlLedger

WHERE = sys.argv[3] if len(sys.argv) > 3 else ""


def reach(step: str) -> None:
    if step == WHERE:
        os.kill(os.getpid(), signal.SIGKILL)


class Ledger(SqlLedger):
    def append(self, drafts: Sequence[Draft], *, at: datetime) -> tuple[Appended, ...]:
        reach("append")
        places = super().append(drafts, at=at)
        reach("appended")
        return places


class Evidence(SqlEvidence):
    def keep_all(self, bodies: Sequence[tuple[bytes, str]], *, at: datetime) -> None:
        reach("keep")
        super().keep_all(bodies, at=at)


class States(SourceStates):
    def get(self, source: str) -> SourceState:
        reach("get")
        return super().get(source)

    def save_all(self, states: Sequence[SourceState], items: Mapping[str, bytes | None]) -> None:
        reach("save")
        super().save_all(states, items)
        reach("saved")


def main() -> None:
    engine = open_engine(sys.argv[2])
    with make_client() as client:
        polled = poll(
            source(sys.argv[1]),
            ledger=Ledger(engine),
            evidence=Evidence(engine),
            states=States(engine),
            client=client,
            now=NOON,
            allow_private=True,
        )
    engine.dispose()
    print(polled.line(), flush=True)


if __name__ == "__main__":
    main()
