"""The fixed words of a report: headings of its parts and of its columns."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.telling.language import Language

__all__ = ["Headings", "headings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headings:
    """Every heading of a report in one language."""

    changes: str
    causes: str
    returned: str
    notes: str
    steps: str
    who: str
    goods: str
    before: str
    after: str
    points: str
    label: str
    because: str
    provision: str
    number: str
    day: str
    announced: str
    effective: str
    event: str
    instrument: str
    source: str


def headings(lang: Language) -> Headings:
    """The headings in a language."""
    return Headings(
        changes=lang.say("heading", "Changes"),
        causes=lang.say("heading", "Because of"),
        returned=lang.say("heading", "There and back: no net change"),
        notes=lang.say("heading", "Notes"),
        steps=lang.say("heading", "Steps on the way"),
        who=lang.say("heading", "Who on whom"),
        goods=lang.say("heading", "Goods"),
        before=lang.say("heading", "Before"),
        after=lang.say("heading", "After"),
        points=lang.say("heading", "Difference"),
        label=lang.say("heading", "Why"),
        because=lang.say("heading", "Cause"),
        provision=lang.say("heading", "Provision"),
        number=lang.say("heading", "No."),
        day=lang.say("heading", "Day"),
        announced=lang.say("heading", "Announced"),
        effective=lang.say("heading", "Effective from"),
        event=lang.say("heading", "Event"),
        instrument=lang.say("heading", "Instrument"),
        source=lang.say("heading", "Source"),
    )
