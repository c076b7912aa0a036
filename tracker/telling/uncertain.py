"""Days that are not known as days, in words: a range, a condition, nothing known.

Owns how an uncertain start, end or turn reads, so that none is ever shown as known.
"""

from __future__ import annotations

from datetime import date

from tracker.core.events import When
from tracker.telling.language import Language

__all__ = ["day_or_when", "from_phrase", "on_phrase", "until_phrase", "when_phrase"]


def when_phrase(lang: Language, when: When) -> str:
    """A day not known as one: `a day between 4 March 2025 and 2 April 2025`.

    In every language the phrase begins with an indefinite article, so that the
    sentences around it can be built on that.
    """
    condition = "" if when.condition is None else lang.words(when.condition)
    if when.earliest is None and when.latest is None:
        if condition:
            return lang.say(
                "when", "a day that depends on a condition: {condition}", condition=condition
            )
        return lang.say("when", "a day that is not known")
    days = _bounds(lang, when)
    if condition:
        return lang.say("when", "{days} (condition: {condition})", days=days, condition=condition)
    return days


def _bounds(lang: Language, when: When) -> str:
    if when.earliest is None and when.latest is not None:
        return lang.say("when", "a day not after {day}", day=lang.day(when.latest))
    if when.earliest is not None and when.latest is None:
        return lang.say("when", "a day not before {day}", day=lang.day(when.earliest))
    if when.earliest is None or when.latest is None:
        raise AssertionError("at least one bound is known here")
    return lang.say(
        "when",
        "a day between {earliest} and {latest}",
        earliest=lang.day(when.earliest),
        latest=lang.day(when.latest),
    )


def until_phrase(lang: Language, day: date | None, when: When | None) -> str:
    """An end: `until 4 March 2025`, `end not known`; empty for an open one."""
    if day is not None:
        return lang.say("end", "until {day}", day=lang.day(day))
    if when is None:
        return ""
    if when == When():
        return lang.say("end", "end not known")
    return lang.say("end", "until {when}", when=when_phrase(lang, when))


def from_phrase(lang: Language, what: str, day: date | None, when: When | None) -> str:
    """`what` with its start: `pause from 4 March 2025`, `pause, day not known`."""
    if day is not None:
        return lang.say("start", "{what} from {day}", what=what, day=lang.day(day))
    if when is None or when == When():
        return lang.say("start", "{what}, day not known", what=what)
    return lang.say("start", "{what} from {when}", what=what, when=when_phrase(lang, when))


def on_phrase(lang: Language, what: str, day: date | None, when: When | None) -> str:
    """`what` with its day, of what happens once: `expiry on 24 July 2026`."""
    if day is not None:
        return lang.say("start", "{what} on {day}", what=what, day=lang.day(day))
    if when is None or when == When():
        return lang.say("start", "{what}, day not known", what=what)
    return lang.say("start", "{what} on {when}", what=what, when=when_phrase(lang, when))


def day_or_when(lang: Language, day: date | None, when: When | None) -> str:
    """A day standing alone in a table; empty where there is none."""
    if day is not None:
        return lang.day(day)
    return "" if when is None else when_phrase(lang, when)
