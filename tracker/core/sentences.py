"""Sentences made from structure, so that they can never drift from the data.

English for now; every sentence is built from the same few phrases, which is
where other languages will join.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tracker.core.diff import Change, ChangeKind
from tracker.core.pending import Pending
from tracker.core.policy import ProvisionState
from tracker.core.words import Basis, Status

__all__ = [
    "BASES",
    "ORIGINS",
    "STATUSES",
    "change_sentence",
    "day_text",
    "goods_phrase",
    "headline",
    "pending_phrase",
    "rate_phrase",
    "rate_text",
    "state_phrase",
    "subject_phrase",
    "targets_text",
]

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

STATUSES = {
    Status.THREATENED: "threatened",
    Status.ANNOUNCED: "announced",
    Status.IN_FORCE: "in force",
    Status.PAUSED: "paused",
    Status.REVOKED: "revoked",
    Status.EXPIRED: "expired",
    Status.INVALIDATED: "struck down",
    Status.LAPSED: "lapsed",
}

BASES = {
    Basis.FULL_VALUE: "of the full value",
    Basis.METAL_CONTENT: "of the metal content",
    Basis.NON_US_CONTENT: "of the non-US content",
    Basis.NON_CA_MX_CONTENT: "of the content from outside Canada and Mexico",
    Basis.TOP_UP: "as the total duty, topped up",
    Basis.PER_UNIT: "per unit",
    Basis.QUOTA: "over quota",
    Basis.BAN: "import ban",
}

ORIGINS = {
    "any": "whatever the origin rules say",
    "usmca": "qualifying under USMCA",
    "not_usmca": "not qualifying under USMCA",
    "non_us_content": "qualifying under USMCA, non-US content",
    "non_ca_mx_content": "qualifying under CUSMA, content from outside Canada and Mexico",
}


def day_text(day: date) -> str:
    """A day as `4 March 2025`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def rate_text(rate: Decimal | None, text: str | None = None) -> str:
    """A rate as `25%`, its own wording where it has one, or `rate not known`."""
    if text:
        return text
    if rate is None:
        return "rate not known"
    return f"{rate.normalize():f}%"


def rate_phrase(rate: Decimal | None, basis: Basis, text: str | None = None) -> str:
    """A rate with what it is charged on, silent about the full value."""
    if basis is Basis.BAN:
        return text or BASES[basis]
    if basis is Basis.FULL_VALUE or (rate is None and text is None):
        return rate_text(rate, text)
    return f"{rate_text(rate, text)} {BASES[basis]}"


def targets_text(targets: Sequence[str]) -> str:
    """Targets as `CA`, `CA, MX` or `all countries`."""
    if tuple(targets) == ("*",):
        return "all countries"
    named = [code for code in targets if code != "*"]
    return ", ".join(named) + (" and all other countries" if "*" in targets else "")


def goods_phrase(row: ProvisionState) -> str:
    """The products with their origin condition, unless their own words already say it."""
    products, origin = row.scope.products.en, row.scope.origin
    if origin == "any" or (origin in {"usmca", "non_us_content"} and "qualify" in products):
        return products
    return f"{products} ({ORIGINS.get(origin, origin.replace('_', ' '))})"


def subject_phrase(row: ProvisionState) -> str:
    """Who charges whom on what, as `US on CA, Potash (not qualifying under USMCA)`."""
    return f"{row.imposer} on {targets_text(row.targets)}, {goods_phrase(row)}"


def state_phrase(row: ProvisionState) -> str:
    """A state as `in force at 25% since 4 March 2025`."""
    rate = rate_phrase(row.rate_pct, row.basis, row.rate_text)
    since = f" since {day_text(row.effective_from)}" if row.effective_from else ""
    until = f", until {day_text(row.effective_until)}" if row.effective_until else ""
    match row.status:
        case Status.IN_FORCE if row.basis is Basis.BAN:
            return f"{rate} in force{since}{until}"
        case Status.IN_FORCE:
            at = "with a rate not known" if rate == "rate not known" else f"at {rate}"
            return f"in force {at}{since}{until}"
        case Status.PAUSED:
            back = "" if row.rate_pct is None else f" ({rate} held back)"
            end = f" until {day_text(row.effective_until)}" if row.effective_until else ""
            return f"paused{end}{back}"
        case Status.ANNOUNCED | Status.THREATENED:
            plan = pending_phrase(row.pending[0]) if row.pending else ""
            return f"not in force, {plan}" if plan else STATUSES[row.status]
        case _:
            return f"{STATUSES[row.status]}{since}"


def pending_phrase(turn: Pending) -> str:
    """A turn ahead as `35% announced from 1 August 2025`."""
    day = turn.effective_from
    when = f" from {day_text(day)}" if day else ", day not known"
    if turn.status in {Status.ANNOUNCED, Status.THREATENED}:
        rate = rate_phrase(turn.rate_pct, turn.basis, turn.rate_text)
        return f"{rate} {STATUSES[turn.status]}{when}"
    return f"{'pause' if turn.status is Status.PAUSED else STATUSES[turn.status]}{when}"


def change_sentence(change: Change) -> str:
    """One sentence that states the change, net, with both sides."""
    subject = subject_phrase(change.subject)
    match change:
        case Change(kind=ChangeKind.ADDED, after=ProvisionState() as after):
            return f"{subject}: new, {state_phrase(after)}."
        case Change(kind=ChangeKind.REMOVED, before=ProvisionState() as before):
            return f"{subject}: no longer anything to say; it was {state_phrase(before)}."
        case Change(before=ProvisionState() as before, after=ProvisionState() as after):
            return f"{subject}: {_went(change.kind, before, after)}."
    raise AssertionError("a change has at least one side")


def _went(kind: ChangeKind, before: ProvisionState, after: ProvisionState) -> str:
    if kind is ChangeKind.PENDING:
        ahead = "; ".join(pending_phrase(turn) for turn in after.pending)
        return f"still {state_phrase(after)}; ahead: {ahead or 'nothing any more'}"
    if kind is ChangeKind.RATE and before.rate_pct is not None and after.rate_pct is not None:
        points = after.rate_pct - before.rate_pct
        more = f"{abs(points).normalize():f} points {'up' if points > 0 else 'down'}"
        return (
            f"{rate_text(before.rate_pct, before.rate_text)} became {state_phrase(after)} ({more})"
        )
    if kind is ChangeKind.SCOPE:
        return f"other goods than before ({before.scope.products.en}), {state_phrase(after)}"
    return f"{state_phrase(before)}, then {state_phrase(after)}"


def headline(changes: Sequence[Change]) -> str:
    """Count the provisions that changed, as `5 provisions changed: 3 by status, 2 by rate`."""
    if not changes:
        return "Nothing changed."
    counts = Counter(change.kind for change in changes)
    words = {
        ChangeKind.ADDED: "new",
        ChangeKind.REMOVED: "gone",
        ChangeKind.STATUS: "by status",
        ChangeKind.RATE: "by rate",
        ChangeKind.BASIS: "by basis",
        ChangeKind.SCOPE: "by scope",
        ChangeKind.DATES: "by dates",
        ChangeKind.PENDING: "in what is ahead",
    }
    parts = ", ".join(f"{counts[kind]} {words[kind]}" for kind in ChangeKind if counts[kind])
    noun = "provision" if len(changes) == 1 else "provisions"
    return f"{len(changes)} {noun} changed: {parts}."
