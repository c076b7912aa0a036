"""What a reader can tell two rows of the comparison apart by, as values that hash.

The core compares the same parts; a test holds the browser, which compares the numbers
of these, to what it says. Translations and events are no part of what is read.
"""

from __future__ import annotations

from tracker.core.events import When, Wording, worded
from tracker.core.layers import Scope
from tracker.core.pending import Alternative, Pending
from tracker.core.rows import ProvisionState

__all__ = ["ahead_key", "days_key", "rate_key", "scope_key", "whole_key"]

_Said = ProvisionState | Pending | Alternative


def scope_key(scope: Scope | None) -> object:
    """The goods, their headings and their origin."""
    return None if scope is None else (scope.products.en, scope.hts, scope.origin)


def rate_key(said: _Said) -> object:
    """The figure and its wording."""
    return (said.rate_pct, _text(said.rate_text))


def days_key(row: ProvisionState) -> object:
    """First and last day as far as they are known, and what may hold instead."""
    others = tuple((_said(one), _when(one.when)) for one in row.alternatives)
    starts, ends = _when(row.starts), _when(row.ends)
    return (row.effective_from, row.effective_until, starts, ends, others)


def ahead_key(row: ProvisionState) -> object:
    """What is planned, turn by turn."""
    return tuple((_said(one), one.effective_from, _when(one.when)) for one in row.pending)


def whole_key(row: ProvisionState) -> object:
    """All that a row says, events and translations too; its provision is no part of it."""
    return (
        *(row.status, row.rate_pct, row.basis, row.rate_text, row.scope),
        *(row.effective_from, row.effective_until, row.starts, row.ends),
        *(row.events, row.pending, row.alternatives, row.doubts),
    )


def _said(said: _Said) -> object:
    return (said.status, rate_key(said), said.basis, scope_key(said.scope))


def _text(words: Wording | None) -> str | None:
    return None if words is None else worded(words)


def _when(when: When | None) -> object:
    return when and (when.earliest, when.latest, _text(when.condition))
