"""The rules every measure keeps. What a rule is, `rules` says."""

from __future__ import annotations

from collections.abc import Callable

from tracker.record.checks import is_country, is_key, is_published
from tracker.record.event_rules import bad_sources, broken_lines, repeats
from tracker.record.known import Known, Spots
from tracker.record.shapes import MeasureShape

__all__ = ["MEASURE_RULES", "MeasureRule"]

MeasureRule = Callable[[MeasureShape, Known], Spots]


def key_is_lowercase_words(measure: MeasureShape, _: Known) -> Spots:
    """A key is words of a-z and 0-9 joined by hyphens and dots; rename it."""
    if not is_key(measure.key):
        yield ("key",), measure.key
    for index, provision in enumerate(measure.provisions):
        if not is_key(provision.key):
            yield ("provisions", index, "key"), provision.key


def key_names_its_imposer(measure: MeasureShape, _: Known) -> Spots:
    """A key starts with the imposer's code in small letters and a dot, like us.; mend one."""
    if not measure.key.startswith(f"{measure.imposer.lower()}."):
        yield ("key",), measure.key


def key_is_unique(measure: MeasureShape, known: Known) -> Spots:
    """A key names one measure only; rename one of them or remove it."""
    if known.first_at:
        yield ("key",), f"{measure.key}, first at {known.first_at}"


def provision_keys_are_unique(measure: MeasureShape, _: Known) -> Spots:
    """A key names one provision of a measure only; rename one of them or remove it."""
    keys = tuple(provision.key for provision in measure.provisions)
    for (*_path, index), key in repeats((), keys):
        yield ("provisions", index, "key"), key


def provisions_are_given(measure: MeasureShape, _: Known) -> Spots:
    """A measure has at least one provision; add it."""
    if not measure.provisions:
        yield ("provisions",), ""


def imposer_is_a_code(measure: MeasureShape, _: Known) -> Spots:
    """The imposer is an ISO 3166-1 alpha-2 code, like US, CA or MX."""
    if not is_country(measure.imposer):
        yield ("imposer",), measure.imposer


def targets_are_codes(measure: MeasureShape, _: Known) -> Spots:
    """A target is an ISO 3166-1 alpha-2 code, or * for every country; mend it."""
    for place, provision in enumerate(measure.provisions):
        for index, code in enumerate(provision.targets):
            if code != "*" and not is_country(code):
                yield ("provisions", place, "targets", index), code
        for index, code in enumerate(provision.excludes):
            if not is_country(code):
                yield ("provisions", place, "excludes", index), code


def targets_are_given(measure: MeasureShape, _: Known) -> Spots:
    """A provision falls on at least one country; add its code or *."""
    for place, provision in enumerate(measure.provisions):
        if not provision.targets:
            yield ("provisions", place, "targets"), ""


def excludes_narrow_a_star(measure: MeasureShape, _: Known) -> Spots:
    """Countries are excluded from * only; leave excludes out or write the target as *."""
    for place, provision in enumerate(measure.provisions):
        if provision.excludes and "*" not in provision.targets:
            yield ("provisions", place, "excludes"), ", ".join(provision.excludes)


def lists_hold_nothing_twice(measure: MeasureShape, _: Known) -> Spots:
    """A list names a thing once; remove the second."""
    yield from repeats(("mirrors",), measure.mirrors)
    for place, provision in enumerate(measure.provisions):
        for name in ("targets", "excludes", "hts"):
            yield from repeats(("provisions", place, name), getattr(provision, name))


def mirrors_are_known(measure: MeasureShape, known: Known) -> Spots:
    """A mirrored measure is another measure of measures.yaml; add it there or mend the key."""
    for index, key in enumerate(measure.mirrors):
        if key == measure.key or (known.measures is not None and key not in known.measures):
            yield ("mirrors", index), key


def titles_are_one_line(measure: MeasureShape, _: Known) -> Spots:
    """A title is one line; put the rest into the note."""
    yield from broken_lines(("title",), measure.title)


def sources_are_in_order(measure: MeasureShape, _: Known) -> Spots:
    """A source has an http or https address, and a real day, month or year or none."""
    yield from bad_sources(("sources",), measure.sources)
    for index, source in enumerate(measure.sources):
        if source.published is not None and not is_published(source.published):
            yield ("sources", index, "published"), source.published


MEASURE_RULES: tuple[MeasureRule, ...] = (
    key_is_lowercase_words,
    key_names_its_imposer,
    key_is_unique,
    provision_keys_are_unique,
    provisions_are_given,
    imposer_is_a_code,
    targets_are_codes,
    targets_are_given,
    excludes_narrow_a_star,
    lists_hold_nothing_twice,
    mirrors_are_known,
    titles_are_one_line,
    sources_are_in_order,
)
"""In the order in which they are checked."""
