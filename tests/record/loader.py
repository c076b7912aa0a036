"""A process that loads a record into a ledger, for the test that kills it.

python -m tests.record.loader URL FOLDER [steps=N | at=insert | at=commit]
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.contracts.backends import NOON
from tests.store.appender import Trap
from tracker.record.plan import plan_load
from tracker.record.read import read_record
from tracker.store.database import open_engine
from tracker.store.sql import SqlLedger


def main() -> None:
    engine = open_engine(sys.argv[1])
    trap = Trap(sys.argv[3] if len(sys.argv) > 3 else "")
    trap.install(engine)
    ledger = SqlLedger(engine)
    plan = plan_load(read_record(Path(sys.argv[2])), ledger.read())
    trap.armed = True
    ledger.append(plan, at=NOON)
    engine.dispose()


if __name__ == "__main__":
    main()
