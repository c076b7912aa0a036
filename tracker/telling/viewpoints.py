"""Viewpoints in words: the day, what was known by when, what the ledger held."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from tracker.core.policy import Viewpoint
from tracker.telling.language import Language

__all__ = ["as_known", "instant_phrase", "viewpoint_phrase"]


def instant_phrase(lang: Language, instant: datetime) -> str:
    """An aware instant to the second: `4 March 2025, 14:05:09 UTC`."""
    moment = instant.astimezone(UTC)
    return lang.say(
        "instant", "{day}, {time} UTC", day=lang.day(moment.date()), time=f"{moment:%H:%M:%S}"
    )


def viewpoint_phrase(lang: Language, viewpoint: Viewpoint, *, today: date) -> str:
    """From where one looks: `5 February 2025, as known by 2 February 2025`.

    A day after `today` is said to lie ahead. What was known ends on the same
    day in the usual case, which then is not named twice.
    """
    said = lang.day(viewpoint.on)
    known = viewpoint.announced_by
    if viewpoint.on > today:
        said = lang.say("viewpoint", "{day} (still ahead)", day=said)
    if known is not None and known == viewpoint.on:
        said = lang.say("viewpoint", "{view}, as known that day", view=said)
        viewpoint = replace(viewpoint, announced_by=None)
    return as_known(lang, said, viewpoint)


def as_known(lang: Language, said: str, viewpoint: Viewpoint) -> str:
    """What was said, with how far the knowledge behind it reaches where that is bounded."""
    known, held = viewpoint.announced_by, viewpoint.recorded_by
    if known is not None:
        said = lang.say("viewpoint", "{view}, as known by {day}", view=said, day=lang.day(known))
    if held is not None:
        instant = instant_phrase(lang, held)
        said = lang.say(
            "viewpoint", "{view}, as this ledger held it by {instant}", view=said, instant=instant
        )
    return said
