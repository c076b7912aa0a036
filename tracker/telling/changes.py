"""Changes in words: one sentence for each, a headline for all, the difference in points.

Owns the wording of a diff. What changed and why is worked out in the core.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from tracker.core.diff import Change, ChangeKind
from tracker.core.policy import ProvisionState
from tracker.core.words import Basis, Status
from tracker.telling.language import Language
from tracker.telling.phrases import pending_phrase, rate_text, state_phrase, state_without_turn
from tracker.telling.places import subject_phrase

__all__ = [
    "both_sides",
    "change_sentence",
    "difference_points",
    "headline",
    "points_text",
    "returned_sentence",
    "side_phrase",
]


def change_sentence(lang: Language, change: Change) -> str:
    """One sentence that states the change, net, with both sides."""
    return lang.say(
        "change",
        "{subject}: {what}.",
        subject=subject_phrase(lang, change.subject),
        what=_what(lang, change),
    )


def _what(lang: Language, change: Change) -> str:
    match change:
        case Change(kind=ChangeKind.ADDED, after=ProvisionState() as after):
            return lang.say("change", "new, {state}", state=state_phrase(lang, after))
        case Change(kind=ChangeKind.REMOVED, before=ProvisionState() as before):
            return lang.say(
                "change",
                "no longer anything to say; it was {state}",
                state=state_phrase(lang, before),
            )
        case Change(before=ProvisionState() as before, after=ProvisionState() as after):
            return _went(lang, change.kind, before, after)
    raise AssertionError("a change has at least one side")


def _went(lang: Language, kind: ChangeKind, before: ProvisionState, after: ProvisionState) -> str:
    state = state_phrase(lang, after)
    if kind is ChangeKind.PENDING:
        return _ahead(lang, state_without_turn(lang, after), after)
    if kind is ChangeKind.RATE and before.rate_pct is not None and after.rate_pct is not None:
        old = rate_text(lang, before.rate_pct, before.rate_text)
        points = _moved(lang, after.rate_pct - before.rate_pct)
        if not points:
            return lang.say("change", "was {rate}, now {state}", rate=old, state=state)
        return lang.say(
            "change", "was {rate}, now {state} ({points})", rate=old, state=state, points=points
        )
    if kind is ChangeKind.SCOPE:
        goods = lang.words(before.scope.products)
        return lang.say(
            "change", "other goods than before ({goods}), {state}", goods=goods, state=state
        )
    return lang.say(
        "change", "{before}, then {after}", before=state_phrase(lang, before), after=state
    )


def _ahead(lang: Language, state: str, after: ProvisionState) -> str:
    if not after.pending:
        return lang.say("change", "still {state}; ahead: nothing any more", state=state)
    turns = lang.series(pending_phrase(lang, turn) for turn in after.pending)
    return lang.say("change", "still {state}; ahead: {turns}", state=state, turns=turns)


def _moved(lang: Language, points: Decimal) -> str:
    """`10 points up`; empty where the figure did not move."""
    if points > 0:
        return lang.say_count("change", "{count} point up", "{count} points up", points)
    if points < 0:
        return lang.say_count("change", "{count} point down", "{count} points down", -points)
    return ""


def returned_sentence(lang: Language, change: Change) -> str:
    """One sentence for a provision that changed on the way and reads the same again."""
    subject = subject_phrase(lang, change.subject)
    if change.after is None:
        return lang.say("change", "{subject}: came and went, no net change.", subject=subject)
    return lang.say(
        "change",
        "{subject}: came back, no net change; {state}.",
        subject=subject,
        state=state_phrase(lang, change.after),
    )


def side_phrase(lang: Language, row: ProvisionState | None) -> str:
    """One side of a change as a table shows it: its state, or `nothing`."""
    return lang.say("change", "nothing") if row is None else state_phrase(lang, row)


def both_sides(lang: Language, change: Change) -> tuple[str, str]:
    """Before and after as a table shows them; what is ahead too where only that differs."""
    before, after = side_phrase(lang, change.before), side_phrase(lang, change.after)
    if before != after or change.before is None or change.after is None:
        return before, after
    return _with_ahead(lang, change.before), _with_ahead(lang, change.after)


def _with_ahead(lang: Language, row: ProvisionState) -> str:
    state = state_without_turn(lang, row)
    if not row.pending:
        return lang.say("change", "{state}; ahead: nothing", state=state)
    turns = lang.series(pending_phrase(lang, turn) for turn in row.pending)
    return lang.say("change", "{state}; ahead: {turns}", state=state, turns=turns)


def difference_points(change: Change) -> Decimal | None:
    """The difference in what is charged, in percentage points; None where it cannot be said.

    What is not in force charges nothing, whatever was announced. It cannot be
    said where a side is missing, uncertain or not ad valorem, or where the two
    rates are charged on different things; and there is nothing to say where
    neither side charges anything.
    """
    before, after = change.before, change.after
    if before is None or after is None:
        return None
    old, new = _charged(before), _charged(after)
    charging = [row.status is Status.IN_FORCE for row in (before, after)]
    if old is None or new is None or not any(charging):
        return None
    if all(charging) and before.basis is not after.basis:
        return None
    return new - old


def _charged(row: ProvisionState) -> Decimal | None:
    if row.alternatives:
        return None
    if row.status is not Status.IN_FORCE:
        return Decimal(0)
    return None if row.basis in {Basis.BAN, Basis.QUOTA, Basis.PER_UNIT} else row.rate_pct


def points_text(lang: Language, points: Decimal | None) -> str:
    """A difference for a table: `+10 points`, `0 points`; empty where it cannot be said."""
    if points is None:
        return ""
    if points > 0:
        return lang.say_count("points", "+{count} point", "+{count} points", points)
    if points < 0:
        return lang.say_count(
            "points", "\N{MINUS SIGN}{count} point", "\N{MINUS SIGN}{count} points", -points
        )
    return lang.say_count("points", "{count} point", "{count} points", points)


def _counted(lang: Language, kind: ChangeKind, count: int) -> str:
    """`3 by status`. Other languages count changes, or what is new, and agree in number."""
    match kind:
        case ChangeKind.ADDED:
            said = lang.say_count("headline", "{count} new", "{count} new", count)
        case ChangeKind.REMOVED:
            said = lang.say_count("headline", "{count} gone", "{count} gone", count)
        case ChangeKind.STATUS:
            said = lang.say_count("headline", "{count} by status", "{count} by status", count)
        case ChangeKind.RATE:
            said = lang.say_count("headline", "{count} by rate", "{count} by rate", count)
        case ChangeKind.BASIS:
            said = lang.say_count("headline", "{count} by basis", "{count} by basis", count)
        case ChangeKind.SCOPE:
            said = lang.say_count("headline", "{count} by scope", "{count} by scope", count)
        case ChangeKind.DATES:
            said = lang.say_count("headline", "{count} by dates", "{count} by dates", count)
        case ChangeKind.PENDING:
            said = lang.say_count(
                "headline", "{count} in what is ahead", "{count} in what is ahead", count
            )
    return said


def headline(lang: Language, changes: Sequence[Change]) -> str:
    """Count the provisions that changed: `5 provisions changed: 3 by status, 2 by rate.`."""
    if not changes:
        return lang.say("headline", "Nothing changed.")
    counts = Counter(change.kind for change in changes)
    parts = ", ".join(_counted(lang, kind, counts[kind]) for kind in ChangeKind if counts[kind])
    return lang.say_count(
        "headline",
        "{count} provision changed: {parts}.",
        "{count} provisions changed: {parts}.",
        len(changes),
        parts=parts,
    )
