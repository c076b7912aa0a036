"""Runs: neighbouring stretches of days on which a provision reads the same.

Owns since when a state has stood and until when the law itself says it lasts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.core.layers import Layer, Span, Substance, spans, substance
from tracker.core.measures import Provision

__all__ = ["run_around", "stated_end"]


def run_around(layers: Sequence[Layer], provision: Provision, day: date) -> tuple[Span, ...]:
    """The neighbouring spans around `day` that all say the same."""
    found: list[Span] = []
    kept: Substance = None
    for span in spans(layers):
        words = substance(layers, provision, span.start, span.top)
        if found and words == kept and words is not None:
            found.append(span)
        elif found and _holds(found, day):
            break
        else:
            found, kept = [span], words
    return tuple(found) if found and _holds(found, day) else ()


def stated_end(run: Sequence[Span]) -> date | None:
    """The end the law itself states for a run, or the earlier day on which it is cut.

    A layer that states no end has none here, even where a later turn is known:
    that turn is pending, not an end the order gave itself.
    """
    last = run[-1]
    stated = last.top.effect.effective_until if last.top else None
    if stated is None:
        return None
    return stated if last.until is None else min(stated, last.until)


def _holds(run: Sequence[Span], day: date) -> bool:
    until = run[-1].until
    return run[0].start <= day and (until is None or day < until)
