"""Evidence on both databases: how much there is, what cites it, and a copy without the rest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.contracts.backends import NOON, batch, new_url, report
from tracker.core.codec import sha256
from tracker.store.copying import copy_ledger
from tracker.store.database import open_engine
from tracker.store.evidence import SqlEvidence
from tracker.store.sql import SqlLedger
from tracker.store.verify import verify

CITED, LOOSE = b"<rss>cited</rss>" * 40, b"nobody cites this" * 40


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with new_url(request.param, tmp_path) as url:
        made = open_engine(url)
        yield made
        made.dispose()


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_copy_may_leave_out_what_nothing_cites(engine: Engine, kind: str, tmp_path: Path) -> None:
    evidence, ledger = SqlEvidence(engine), SqlLedger(engine)
    evidence.keep_all([(CITED, "a/b"), (LOOSE, "a/b")], at=NOON)
    ledger.append(batch("event/a", ["one"]), at=NOON)
    ledger.append([report("feed", "item", "0", evidence=sha256(CITED))], at=NOON)
    ledger.append([report("feed", "other", "0")], at=NOON)
    assert {one.digest: one.size for one in evidence.all()} == {
        sha256(body): len(body) for body in (CITED, LOOSE)
    }
    assert all(0 < one.packed < one.size for one in evidence.all())
    assert evidence.cited() == {sha256(CITED)}
    (tmp_path / "copy").mkdir()
    with new_url(kind, tmp_path / "copy") as url:
        other = open_engine(url)
        copied = copy_ledger(engine, other, cited_only=True)
        assert (copied.entries, copied.evidence_blobs) == (3, 1)
        assert verify(other).findings == ()
        assert verify(other).head == verify(engine).head
        # A later, whole copy brings what was left out.
        assert copy_ledger(engine, other).new_blobs == 1
        other.dispose()
    assert len(evidence.all()) == 2
