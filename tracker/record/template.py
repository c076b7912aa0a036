"""The template of a new event: what has to be filled in stands blank, what may be is a comment.

Owns the layout and the guidance of `tracker record new`. What belongs in a
field is said in the words of `hints`, the same that an error uses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tracker.core.measures import Measure
from tracker.core.words import Kind, Status
from tracker.record.hints import HINTS

__all__ = ["template"]

_STATUS = {
    Kind.THREAT: Status.THREATENED,
    Kind.PAUSE: Status.PAUSED,
    Kind.PAUSE_EXTENSION: Status.PAUSED,
    Kind.REVOCATION: Status.REVOKED,
    Kind.EXPIRY: Status.EXPIRED,
    **dict.fromkeys(
        (
            Kind.ANNOUNCEMENT,
            Kind.IN_FORCE,
            Kind.RATE_CHANGE,
            Kind.RESUMPTION,
            Kind.EXEMPTION,
            Kind.REINSTATEMENT,
            Kind.REMISSION,
            Kind.QUOTA,
        ),
        Status.IN_FORCE,
    ),
}
"""The status that an event of the kind mostly gives; other kinds mostly change none."""
_RATED = frozenset({Status.THREATENED, Status.IN_FORCE})


def template(
    *, kind: Kind, announced: date, measures: Sequence[Measure] = (), words: str = ""
) -> str:
    """The event as YAML, indented as in a month's file, ending in a line feed.

    `words` are those of the id after the day. Blank fields are told by
    `tracker record check` one by one until they are filled in.
    """
    return "\n".join(_lines(kind, announced, measures, words)) + "\n"


def _lines(kind: Kind, day: date, measures: Sequence[Measure], words: str) -> Iterator[str]:
    yield f"  - id: {day}-{words}  # {HINTS['id']}; never changed afterwards"
    yield f"    kind: {kind}"
    yield f"    announced: {day}  # {HINTS['announced']}"
    for name in ("title", "summary"):
        yield f"    {name}:  # {HINTS[name]}, the same in each language"
        yield from (f"      {lang}:" for lang in ("en", "es", "fr"))
    parties = ", ".join(dict.fromkeys(measure.imposer for measure in measures))
    yield f"    parties: [{parties}]" if parties else f"    # parties: [US]  # {HINTS['parties']}"
    yield from _instrument(day)
    yield f"    # follows: [ID]  # {HINTS['follows']}"
    yield f"    # confirms: [ID]  # {HINTS['confirms']}; then leave out the effects"
    yield f"    # withdraws: [{{event: ID}}]  # {HINTS['withdraws']}"
    status = _STATUS.get(kind)
    if measures and status is None:
        yield f"    measures: [{', '.join(m.key for m in measures)}]  # what it is about"
    if measures and status is not None:
        yield "    effects:"
        for measure in measures:
            yield from _effect(measure, status)
    else:
        yield f"    # effects:  # {HINTS['effects']}; docs/record.md says how"
    yield f"    # stacking:  # {HINTS['stacking']}"
    yield "    # deadlines:"
    yield "    #   - {key: KEY, kind: hearing, title: TITLE, day: YYYY-MM-DD}"
    yield f"    # doubts: [computed]  # {HINTS['doubts']}; note says why"
    yield f"    # note: >-  # {HINTS['note']}"
    yield f"    sources:  # {HINTS['sources']}; the paper itself first"
    yield f"      - url:  # {HINTS['url']}"
    yield f"        publisher:  # {HINTS['publisher']}"
    yield "        title:  # as it stands there"
    yield f"        # published: {day}  # {HINTS['published']}"
    yield f"        # primary: true  # {HINTS['primary']}"


def _instrument(day: date) -> Iterator[str]:
    yield f"    # instrument:  # {HINTS['instrument']}"
    yield f"    #   citation:  # {HINTS['citation']}"
    yield "    #   kind: presidential"
    yield "    #   steps:"
    yield f"    #     - {{stage: signed, day: {day}}}"


def _effect(measure: Measure, status: Status) -> Iterator[str]:
    yield f"      - measure: {measure.key}"
    keys = ", ".join(provision.key for provision in measure.provisions)
    yield f"        provisions: [{keys}]  # take out those it does not speak of"
    yield f"        status: {status}  # {HINTS['status']}"
    if status in _RATED:
        yield f"        rate:  # {HINTS['rate']}; take the line out where it is not known"
    yield f"        from:  # {HINTS['from']}"
    if status is Status.PAUSED:
        yield f"        until:  # {HINTS['until']}"
    else:
        yield f"        # until:  # {HINTS['until']}"
