"""Which reports belong to which candidate: what the clustering says, and what editors said of it.

Owns the names of candidates and the binding of reports to decisions: a report that was
decided on stays with its candidate however the groups shift around it, and a report that
joins a group later goes where its group went.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tracker.core.codec import sha256
from tracker.core.decisions import ReviewSplit
from tracker.review.cases import Case

__all__ = ["candidate_name", "grouped", "name_of_split", "owners_of"]

_LETTERS = 10


def candidate_name(report: str) -> str:
    """The name of the candidate that begins with the report of that stream."""
    return sha256(report.encode())[:_LETTERS]


def name_of_split(candidate: str, version: int, reports: Iterable[str]) -> str:
    """The name of what is taken out of a candidate by entry number `version` of its stream."""
    return candidate_name("\n".join((f"{candidate}/{version}", *sorted(reports))))


def owners_of(cases: Mapping[str, Case]) -> dict[str, tuple[int, str]]:
    """The candidate each report was bound to, and the position of the entry that bound it.

    Where several decisions name a report the last one counts.
    """
    bound = sorted(
        ((one.position, name, one.what) for name, case in cases.items() for one in case.decided),
        key=lambda found: found[0],
    )
    found: dict[str, tuple[int, str]] = {}
    for position, name, what in bound:
        if isinstance(what, ReviewSplit):
            found.update((report, (position, name)) for report in what.left)
            found.update((report, (position, what.into)) for report in what.reports)
        else:
            found.update((report, (position, name)) for report in what.reports)
    return found


def grouped(clusters: Sequence[Sequence[str]], cases: Mapping[str, Case]) -> dict[str, list[str]]:
    """The reports of each candidate, by its name.

    `clusters` hold the streams of reports, each cluster in order of time: a candidate that
    nobody has decided on is named after its first report. Reports without a decision go
    with the earliest decision on any of their cluster, the one that was split before
    what was taken out of it.
    """
    owners = owners_of(cases)
    found: dict[str, list[str]] = {}
    for reports in clusters:
        free = [report for report in reports if report not in owners]
        owned = [owners[report] for report in reports if report in owners]
        for report in reports:
            if report in owners:
                found.setdefault(owners[report][1], []).append(report)
        if free:
            name = _host(owned, cases) if owned else candidate_name(free[0])
            found.setdefault(name, []).extend(free)
    return found


def _host(owned: Sequence[tuple[int, str]], cases: Mapping[str, Case]) -> str:
    taken_out = {
        one.what.into
        for case in cases.values()
        for one in case.decided
        if isinstance(one.what, ReviewSplit)
    }
    return min(owned, key=lambda one: (one[0], one[1] in taken_out, one[1]))[1]
