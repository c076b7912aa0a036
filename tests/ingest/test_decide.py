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


def _feed(items: list[tuple[str, str]]) -> bytes:
    inner = "".join(
        f"<item><guid>{guid}</guid><title>Notice {guid}</title><pubDate>{date}</pubDate></item>"
        for guid, date in items
    )
    return f"<rss version='2.0'><channel>{inner}</channel></rss>".encode()


def test_that_a_date_comes_to_count_or_ceases_to_is_no_edit() -> None:
    first, second = "2 Mar 2026 05:00:00 GMT", "3 Mar 2026 05:00:00 GMT"
    monday = [(f"a{number}", first) for number in range(6)]
    tuesday = [(f"b{number}", second) for number in range(6)]
    ledger = MemoryLedger()
    # A gazette gives all notices of a day one instant: alone they look stamped, together not.
    for items, new in ((monday, 6), (monday[:3] + tuesday, 6), (tuesday, 0), (monday + tuesday, 0)):
        drafts = decide(parsed(_feed(items)), ledger.latest_reports("example"))
        assert [type(draft.payload) for draft in drafts] == [ReportSeen] * new
        ledger.append(drafts, at=NOON)
    moved = [("b0", "3 Mar 2026 09:00:00 GMT"), *tuesday[1:], *monday]
    (draft,) = decide(parsed(_feed(moved)), ledger.latest_reports("example"))
    assert isinstance(draft.payload, ReportChanged)
    assert draft.payload.report.identity == "b0"
