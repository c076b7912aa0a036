"""Which event of the record an item reports, if any.

Owns the comparison of an item with events: an event is told in each of its
languages as if it were an item, and weighed as a pair with the item is. Must
not change or judge events.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from tracker.core.events import Event, Text
from tracker.core.words import Kind
from tracker.extract.clusters import likely
from tracker.extract.fitted import extract
from tracker.extract.items import Extraction, Item
from tracker.extract.linear import shipped_model
from tracker.extract.pairs import Trace, pair_features, trace

__all__ = ["Attachment", "attach"]

_BEFORE = timedelta(days=1)
_BEHIND = timedelta(days=3)
"""An outlet may date an item a day before the record's day of announcement, or lag behind."""
_LEAST = 0.5
"""More than what makes two items one story: a report that hangs at the wrong event confirms it
wrongly, one that hangs at none is only looked at once more. `docs/accuracy.md` has the figures."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """An item that reports an event of the record; `score` is how likely, 0 to 1."""

    item_id: str
    event: str
    score: float


@lru_cache(maxsize=2_048)
def _tellings(name: str, kind: Kind, announced: date, told: Text) -> tuple[Trace, ...]:
    """An event as items in each of its languages. The record says its kind; the text the rest.

    Kept: whoever attaches again and again asks for the same events.
    """
    found = []
    for language in ("en", "es", "fr"):
        title = getattr(told, language)
        if title:
            item = Item(name, title, "", announced, language=language)
            said = extract(item)
            found.append(trace(item, replace(said, relevant=True, kind=kind)))
    return tuple(found)


def _of_another(event: Event, by: str | None) -> bool:
    """Whether every measure the event changes, or else is about, is another party's than `by`."""
    measures = [effect.measure for effect in event.effects] or list(event.measures)
    owners = {measure.partition(".")[0].upper() for measure in measures}
    return by is not None and bool(owners) and by not in owners


def attach(
    items: Sequence[Item],
    events: Sequence[Event],
    said: Sequence[Extraction] | None = None,
    *,
    threshold: float | None = None,
) -> list[Attachment | None]:
    """The event that each item most likely reports, in order; None where none is likely.

    Only items with a day are attached, to events announced within three days before
    it or one behind, and never to one that only changes measures of another party
    than the item says. `threshold` defaults to a half. The first
    by id of equally likely events. Raises: OperationFailed if the model does not read.
    """
    model = shipped_model()
    least = _LEAST if threshold is None else threshold
    read_out = said if said is not None else [extract(item) for item in items]
    told: dict[str, tuple[Trace, ...]] = {}
    found: list[Attachment | None] = []
    by_id = sorted(events, key=lambda event: event.id)
    for item, one in zip(items, read_out, strict=True):
        best: Attachment | None = None
        mine = trace(item, one) if one.relevant and item.published is not None else None
        for event in by_id if mine else ():
            gap = (item.published or event.announced) - event.announced
            if mine is None or not -_BEFORE <= gap <= _BEHIND:
                continue
            # Told in nearly the same words, what one does and what another answers are two events.
            if _of_another(event, one.imposer):
                continue
            if event.id not in told:
                told[event.id] = _tellings(event.id, event.kind, event.announced, event.title)
            pairs = [pair_features(mine, telling) for telling in told[event.id]]
            score = max((likely(model.same, pair) for pair in pairs if pair), default=0.0)
            if score >= least and (best is None or score > best.score):
                best = Attachment(item.item_id, event.id, round(score, 4))
        found.append(best)
    return found
