"""What this version of the program makes of kept bytes, beside what an earlier one made. Pure.

Owns the comparison. It writes nothing: an entry says what a feed carried and how
it was read that day, and a better reading is no edit of the publisher's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from tracker.core.entries import Report

__all__ = ["Difference", "differences"]

_FIELDS = ("title", "summary", "link", "published", "language")


@dataclass(frozen=True, slots=True)
class Difference:
    """One item that reads otherwise now: `changed`, `lost` (found no more) or `found`.

    `fields` names what differs of a changed one, empty where only what counts
    as a change of it does.
    """

    kind: Literal["changed", "lost", "found"]
    held: Report | None
    now: Report | None
    fields: tuple[str, ...] = ()


def differences(
    held: Sequence[Report], now: Sequence[Report], known: Collection[str]
) -> tuple[Difference, ...]:
    """How the reports `now` read from a body differ from those `held` that cite it.

    `known` are the identities that the ledger holds of this source in any body: an
    item of them that is not among `held` had been read before. The order is that
    of `held`, then that of `now`.
    """
    found = {report.identity: report for report in now}
    told: list[Difference] = []
    for report in held:
        other = found.get(report.identity)
        if other is None:
            told.append(Difference("lost", report, None))
            continue
        fields = tuple(n for n in _FIELDS if getattr(report, n) != getattr(other, n))
        if fields or report.content_hash != other.content_hash:
            told.append(Difference("changed", report, other, fields))
    ours = {report.identity for report in held}
    told += (
        Difference("found", None, report)
        for report in now
        if report.identity not in ours and report.identity not in known
    )
    return tuple(told)
