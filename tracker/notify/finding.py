"""Which alerts there are: the record, the days, the edits and the feeds, put into sentences. Pure.

Owns what is worth an alert and the key by which it is told once. Found again,
an alert has the same key; what became otherwise has another one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta

from tracker.core.codec import sha256
from tracker.core.diff import Change, charged, diff
from tracker.core.events import order_of
from tracker.core.filters import Wanted, fits, under
from tracker.core.policy import ProvisionState, Viewpoint
from tracker.core.upcoming import Ahead, upcoming
from tracker.core.world import World
from tracker.errors import UnknownName
from tracker.notify.alerts import About, Alert, Facts, Wish
from tracker.telling.changes import change_sentence
from tracker.telling.harmless import clean
from tracker.telling.language import Language, language
from tracker.telling.looking import ahead_cells

__all__ = ["MOST_DAYS_BACK", "check", "find", "more"]

MOST_DAYS_BACK = 14
"""A change of state is told up to so many days late, after a pause of the program."""


def check(world: World, wish: Wish, sources: Collection[str]) -> None:
    """Refuse a wish that nothing can ever fit, for it would be silent for ever.

    `sources` are the ids of the feeds that are listed. Raises: UnknownName.
    """
    keys = [f"{m.key}.{p.key}" for m in world.measures.values() for p in m.provisions]
    name = wish.measure
    if name is not None and not any(under(key, name) for key in (*world.measures, *keys)):
        raise UnknownName(
            f"alerts are wanted of {name!r}, and there is no such measure in the record",
            "`tracker state --all` lists the keys",
        )
    for source in sorted(wish.sources - {*sources}):
        raise UnknownName(
            f"alerts are wanted of the source {source!r}, and there is none",
            "`tracker sources` lists them",
        )


def find(facts: Facts, wish: Wish) -> tuple[Alert, ...]:
    """Every alert that is due for a wish, told before or not, in the order of `About`.

    Raises: UnknownName for a language that is not told; LedgerBroken.
    """
    lang = language(wish.lang)
    ways = {
        About.EVENT: _events,
        About.STATE: _states,
        About.EDIT: _edits,
        About.DEADLINE: _ahead,
        About.SOURCE: _silent,
    }
    return tuple(
        alert
        for about, way in ways.items()
        if about in wish.about
        for alert in way(facts, wish, lang)
    )


def more(lang: Language, count: int, link: str | None) -> Alert:
    """One alert that stands for many, which are not sent one by one."""
    sentence = lang.say_count(
        "alert",
        "{count} more alert in one message.",
        "{count} more alerts in one message.",
        count,
    )
    return Alert("", About.EVENT, lang.say("alert", "Tracker: more"), sentence, link)


def _events(facts: Facts, wish: Wish, lang: Language) -> Iterator[Alert]:
    title = lang.say("alert", "Tracker: new in the record")
    found = [facts.index.world.event(name) for name in facts.recorded]
    # The newest first: of a great many, those are sent one by one.
    for event in sorted(filter(None, found), key=order_of, reverse=True):
        if not wish.wants(facts, [event.id]):
            continue
        sentence = lang.say(
            "alert",
            "New in the record, announced on {day}: {title}.",
            day=lang.day(event.announced),
            title=lang.words(event.title).rstrip("."),
        )
        yield Alert(f"event/{event.id}", About.EVENT, title, sentence, facts.links.event(event))


def _states(facts: Facts, wish: Wish, lang: Language) -> Iterator[Alert]:
    """What is charged otherwise from a day on, since the start and up to today."""
    title = lang.say("alert", "Tracker: in effect")
    day = max(facts.since_day, facts.today - timedelta(days=MOST_DAYS_BACK)) + timedelta(days=1)
    before = facts.index.state(Viewpoint(on=day - timedelta(days=1)))
    while day <= facts.today:
        after = facts.index.state(Viewpoint(on=day))
        for change in diff(before, after):
            if charged(change.before) == charged(change.after):
                continue
            if not _concerns(facts, wish, change.subject, change.events):
                continue
            sentence = lang.say(
                "alert",
                "As of {day}: {change}",
                day=lang.day(day),
                change=change_sentence(lang, change),
            )
            link = facts.links.measure(change.subject.measure) or _link(facts, *change.events[-1:])
            yield Alert(_state_key(day, change), About.STATE, title, sentence, link)
        before, day = after, day + timedelta(days=1)


def _concerns(facts: Facts, wish: Wish, row: ProvisionState, events: Sequence[str]) -> bool:
    """Whether a provision is wanted: by who imposes or bears it, by its keys, by what caused it."""
    world, party = facts.index.world, wish.party
    sides = (Wanted(imposer=party), Wanted(target=party))
    causes = [event for name in events if (event := world.event(name)) is not None]
    return (
        any(fits(world, row, side) for side in sides)
        and fits(world, row, Wanted(measure=wish.measure))
        and (not wish.kinds or any(event.kind in wish.kinds for event in causes))
    )


def _link(facts: Facts, *names: str) -> str | None:
    """Where to read on about the first of these events."""
    event = facts.index.world.event(names[0]) if names else None
    return None if event is None else facts.links.event(event)


def _state_key(day: date, change: Change) -> str:
    place = ".".join(change.subject.place)
    what = sha256(repr((charged(change.before), charged(change.after))).encode())[:16]
    return f"state/{day}/{place}/{what}"


def _edits(facts: Facts, wish: Wish, lang: Language) -> Iterator[Alert]:
    title = lang.say("alert", "Tracker: a page was rewritten")
    for edit in facts.edits:
        if not edit.cited_by or not wish.wants(facts, edit.cited_by):
            continue
        if wish.sources and edit.after.source not in wish.sources:
            continue
        sentence = lang.say(
            "alert",
            "A page that the record rests on was rewritten: {title}.",
            title=clean(edit.after.title).rstrip("."),
        )
        link = facts.links.reports() or edit.after.link
        yield Alert(f"edit/{edit.position}", About.EDIT, title, sentence, link)


def _ahead(facts: Facts, wish: Wish, lang: Language) -> Iterator[Alert]:
    """What has a day within the days to come; what has none cannot be told in time."""
    title = lang.say("alert", "Tracker: ahead")
    for one in upcoming(facts.index, facts.today, wish.days).dated:
        if one.day is None:
            continue
        if one.row is not None and not _concerns(facts, wish, one.row, [one.event]):
            continue
        if one.row is None and not wish.wants(facts, [one.event]):
            continue
        cells = ahead_cells(lang, one, {})
        sentence = lang.say(
            "alert",
            "Ahead, on {day}: {what} ({kind}).",
            day=lang.day(one.day),
            what=cells.what.rstrip("."),
            kind=cells.kind,
        )
        key, link = _ahead_key(one.day, one, sentence), _link(facts, one.event)
        yield Alert(key, About.DEADLINE, title, sentence, link)


def _ahead_key(day: date, one: Ahead, sentence: str) -> str:
    if one.deadline is not None:
        return f"deadline/{day}/{one.deadline.key}"
    place = ".".join(one.row.place) if one.row else ""
    turn = one.turn
    told = None if turn is None else (turn.status, turn.rate_pct, turn.basis, turn.rate_text)
    return f"turn/{day}/{place}/{sha256(repr(told or sentence).encode())[:16]}"


def _silent(facts: Facts, wish: Wish, lang: Language) -> Iterator[Alert]:
    """Feeds that stopped answering, or stopped having news, after the start."""
    title = lang.say("alert", "Tracker: a source is silent")
    for one in facts.health:
        if wish.sources and one.source not in wish.sources:
            continue
        name = clean(one.title)
        if _long_ago(facts, one.last_success_at, wish.silent_days):
            said, at = "silent", one.last_success_at
        elif _long_ago(facts, one.last_new_at, wish.quiet_days):
            said, at = "quiet", one.last_new_at
        else:
            continue
        if at is None:
            continue
        day = lang.day(at.date())
        sentence = (
            lang.say("alert", "{source} has not answered since {day} (UTC).", source=name, day=day)
            if said == "silent"
            else lang.say(
                "alert", "{source} has brought nothing new since {day} (UTC).", source=name, day=day
            )
        )
        key = f"{said}/{one.source}/{at.isoformat()}"
        yield Alert(key, About.SOURCE, title, sentence, one.url)


def _long_ago(facts: Facts, at: datetime | None, days: int) -> bool:
    """Whether so many days have gone by since, the last of them after the start."""
    return at is not None and facts.since < at + timedelta(days=days) <= facts.now
