"""The rules every event keeps by itself. What a rule is, `rules` says.

Those of its days are in `time_rules`, those of steps and deadlines in `chain_rules`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tracker.core.words import Basis, Status
from tracker.record.checks import is_country, is_published, is_web_address
from tracker.record.findings import Path
from tracker.record.known import Known, Spots
from tracker.record.shapes import EventShape, SourceShape, Words

__all__ = ["OWN_RULES", "EventRule", "bad_sources", "broken_lines", "repeats"]

EventRule = Callable[[EventShape, Known], Spots]

_ID = re.compile(r"\d{4}-\d{2}-\d{2}(-[a-z0-9]+)+", re.ASCII)
_HIGHEST_RATE = 300


def repeats(path: Path, values: tuple[object, ...]) -> Spots:
    """The items of a list that stood in it before."""
    for index, value in enumerate(values):
        if value in values[:index]:
            yield (*path, index), value


def broken_lines(path: Path, words: Words) -> Spots:
    """The languages in which a one-line text has more than one line."""
    if isinstance(words, str):
        if "\n" in words.strip():
            yield path, words
    else:
        for language, text in (("en", words.en), ("es", words.es), ("fr", words.fr)):
            if text is not None and "\n" in text.strip():
                yield (*path, language), text


def bad_sources(path: Path, sources: tuple[SourceShape, ...]) -> Spots:
    """Sources whose address is none."""
    for index, source in enumerate(sources):
        if not is_web_address(source.url):
            yield (*path, index, "url"), source.url


def _sources(event: EventShape) -> Iterator[tuple[Path, tuple[SourceShape, ...]]]:
    yield ("sources",), event.sources
    for index, claim in enumerate(event.claims):
        yield ("claims", index, "sources"), claim.sources


def id_starts_with_its_day(event: EventShape, _: Known) -> Spots:
    """An id is the announced day and words of a-z and 0-9, joined by hyphens; rename it."""
    if not _ID.fullmatch(event.id) or not event.id.startswith(f"{event.announced.isoformat()}-"):
        yield ("id",), event.id


def id_is_unique(event: EventShape, known: Known) -> Spots:
    """An id names one event only; rename one of them or remove it."""
    if known.first_at:
        yield ("id",), f"{event.id}, first at {known.first_at}"


def month_is_that_of_the_file(event: EventShape, known: Known) -> Spots:
    """An event stands in the file of the month it was announced in; move it there."""
    if event.announced.isoformat()[:7] != known.month:
        yield ("announced",), event.announced


def lapsed_is_never_recorded(event: EventShape, _: Known) -> Spots:
    """That a threat lapsed is found out by the day; leave the effect out."""
    for index, effect in enumerate(event.effects):
        if effect.status is Status.LAPSED:
            yield ("effects", index, "status"), effect.status


def rate_is_a_percentage(event: EventShape, _: Known) -> Spots:
    """A rate lies from 0 to 300 percent; write the percent alone, like 25."""
    for index, effect in enumerate(event.effects):
        if effect.rate is not None and not 0 <= effect.rate <= _HIGHEST_RATE:
            yield ("effects", index, "rate"), effect.rate
    for index, claim in enumerate(event.claims):
        if claim.rate is not None and not 0 <= claim.rate <= _HIGHEST_RATE:
            yield ("claims", index, "rate"), claim.rate


def pause_names_no_rate(event: EventShape, _: Known) -> Spots:
    """A pause names no rate, what it holds back stays below it; leave the rate out."""
    for index, effect in enumerate(event.effects):
        if effect.status is Status.PAUSED and effect.rate is not None:
            yield ("effects", index, "rate"), effect.rate


def ban_names_no_rate(event: EventShape, _: Known) -> Spots:
    """A ban has no rate; leave it out and say it in rate_text."""
    for index, effect in enumerate(event.effects):
        if effect.basis is Basis.BAN and effect.rate is not None:
            yield ("effects", index, "rate"), effect.rate


def effect_names_a_provision(event: EventShape, _: Known) -> Spots:
    """An effect names at least one provision; add it."""
    for index, effect in enumerate(event.effects):
        if not effect.provisions:
            yield ("effects", index, "provisions"), ""


def lists_hold_nothing_twice(event: EventShape, _: Known) -> Spots:
    """A list names a thing once; remove the second."""
    yield from repeats(("parties",), event.parties)
    yield from repeats(("measures",), event.measures)
    yield from repeats(("confirms",), event.confirms)
    yield from repeats(("follows",), event.follows)
    yield from repeats(("doubts",), event.doubts)
    yield from repeats(("withdraws",), event.withdraws)
    for index, effect in enumerate(event.effects):
        yield from repeats(("effects", index, "provisions"), effect.provisions)
    for index, claim in enumerate(event.claims):
        yield from repeats(("claims", index, "targets"), claim.targets)
    for index, deadline in enumerate(event.deadlines):
        yield from repeats(("deadlines", index, "measures"), deadline.measures)


def sources_are_given(event: EventShape, _: Known) -> Spots:
    """An event rests on at least one source; add who says so."""
    if not event.sources:
        yield ("sources",), ""


def addresses_are_on_the_web(event: EventShape, _: Known) -> Spots:
    """An address starts with http:// or https://, names a host and carries no credentials."""
    for path, sources in _sources(event):
        yield from bad_sources(path, sources)
    if event.instrument is None:
        return
    if event.instrument.url and not is_web_address(event.instrument.url):
        yield ("instrument", "url"), event.instrument.url
    for index, step in enumerate(event.instrument.steps):
        if step.url is not None and not is_web_address(step.url):
            yield ("instrument", "steps", index, "url"), step.url


def publication_days_are_real(event: EventShape, _: Known) -> Spots:
    """Published is a day, month or year: YYYY-MM-DD, YYYY-MM or YYYY; mend it or leave it out."""
    for path, sources in _sources(event):
        for index, source in enumerate(sources):
            if source.published is not None and not is_published(source.published):
                yield (*path, index, "published"), source.published


def titles_are_one_line(event: EventShape, _: Known) -> Spots:
    """A title is one line; put the rest into the summary."""
    yield from broken_lines(("title",), event.title)
    for index, deadline in enumerate(event.deadlines):
        yield from broken_lines(("deadlines", index, "title"), deadline.title)
    for path, sources in _sources(event):
        for index, source in enumerate(sources):
            yield from broken_lines((*path, index, "title"), source.title)


def countries_are_codes(event: EventShape, _: Known) -> Spots:
    """A government or country is an ISO 3166-1 alpha-2 code, like US, CA or MX."""
    for index, party in enumerate(event.parties):
        if not is_country(party):
            yield ("parties", index), party
    for place, claim in enumerate(event.claims):
        for index, target in enumerate(claim.targets):
            if not is_country(target):
                yield ("claims", place, "targets", index), target


OWN_RULES: tuple[EventRule, ...] = (
    id_starts_with_its_day,
    id_is_unique,
    month_is_that_of_the_file,
    lapsed_is_never_recorded,
    rate_is_a_percentage,
    pause_names_no_rate,
    ban_names_no_rate,
    effect_names_a_provision,
    lists_hold_nothing_twice,
    sources_are_given,
    addresses_are_on_the_web,
    publication_days_are_real,
    titles_are_one_line,
    countries_are_codes,
)
"""In the order in which they are checked."""
