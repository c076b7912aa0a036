from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.material import NOON, feed, parsed
from tracker.core.entries import Draft, Report, ReportChanged, ReportSeen
from tracker.ingest.decide import decide, stream_of
from tracker.ingest.shapes import Parsed
from tracker.store.memory import MemoryLedger


def holding(reports: Sequence[Report]) -> Parsed:
    return Parsed(reports=tuple(reports), problems=(), title="", whole=True)


def kinds(drafts: Sequence[Draft]) -> list[str]:
    return [draft.payload.TYPE for draft in drafts]


def test_new_changed_and_same() -> None:
    before = parsed(feed("rss20.xml"))
    first = decide(before, {})
    assert kinds(first) == ["report.seen"] * 3
    assert [draft.expected_version for draft in first] == [0, 0, 0]
    assert first[0].stream == stream_of("example", "ministry-1")
    assert first[0].stream.startswith("report/example/")

    after = parsed(feed("rss20.xml").replace(b"widgets", b"gizmos"))
    known = {report.identity: (report.content_hash, 4) for report in before.reports}
    (changed,) = decide(after, known)
    assert isinstance(changed.payload, ReportChanged)
    assert changed.payload.report.title.startswith("Duty on gizmos")
    assert changed.expected_version == 4
    assert decide(before, known) == ()


def test_back_to_an_earlier_text_is_a_change_with_a_key_of_its_own() -> None:
    ledger = MemoryLedger()
    one = parsed(feed("rss20.xml"))
    other = parsed(feed("rss20.xml").replace(b"widgets", b"gizmos"))
    for found, expected in ((one, 3), (other, 1), (one, 1), (one, 0), (other, 1)):
        drafts = decide(found, ledger.latest_reports("example"))
        assert len(drafts) == expected
        assert all(place.new for place in ledger.append(drafts, at=NOON))


_REPORTS = st.lists(
    st.builds(
        Report,
        source=st.just("example"),
        identity=st.sampled_from(["a", "b", "c", "d/e", "é"]),
        title=st.text(min_size=1, max_size=5),
        content_hash=st.sampled_from(["1" * 64, "2" * 64, "3" * 64]),
    ),
    unique_by=lambda report: report.identity,
)


@given(st.lists(_REPORTS, max_size=6))
def test_deciding_twice_is_deciding_once(polls: list[list[Report]]) -> None:
    ledger = MemoryLedger()
    for reports in polls:
        found = holding(reports)
        ledger.append(decide(found, ledger.latest_reports("example")), at=NOON)
        assert decide(found, ledger.latest_reports("example")) == ()
        known = ledger.latest_reports("example")
        assert all(known[report.identity][0] == report.content_hash for report in reports)


@given(_REPORTS)
def test_a_first_sight_is_never_a_change(reports: list[Report]) -> None:
    assert all(isinstance(d.payload, ReportSeen) for d in decide(holding(reports), {}))
