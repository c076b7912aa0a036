"""What is worth an alert, its sentence, and the key by which it is told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.site.worlds import EVENTS, plain_world
from tracker.core.edits import Edit
from tracker.core.entries import Report
from tracker.core.index import Index
from tracker.core.words import Kind
from tracker.core.world import World
from tracker.errors import UnknownName
from tracker.notify.alerts import About, Alert, Facts, Health, Links, Wish
from tracker.notify.finding import MOST_DAYS_BACK, check, find

LINKS = Links(lambda event: f"/event/{event.id}", lambda key: f"/measure/{key}", lambda: "/reports")


def facts(today: str, *, since: str, world: World | None = None, **more: object) -> Facts:
    now = datetime.fromisoformat(f"{today}T17:00:00+00:00")
    values: dict[str, object] = {"recorded": (), "edits": (), "health": (), **more}
    return Facts(
        index=Index(replace(world or plain_world(), known_until=now.date())),
        today=now.date(),
        now=now,
        since=datetime.fromisoformat(f"{since}T17:00:00+00:00"),
        since_day=date.fromisoformat(since),
        links=LINKS,
        **values,  # type: ignore[arg-type]
    )


def about(found: tuple[Alert, ...], what: About) -> list[Alert]:
    return [alert for alert in found if alert.about is what]


def test_state_is_told_on_the_day_it_changes_though_nobody_did_anything() -> None:
    wish = Wish(measure="us.border.ca")
    before = about(find(facts("2025-03-03", since="2025-03-01"), wish), About.STATE)
    on_day = about(find(facts("2025-03-04", since="2025-03-01"), wish), About.STATE)
    assert before == []
    assert on_day
    assert all(alert.sentence.startswith("As of 4 March 2025: US on CA") for alert in on_day)
    assert {alert.link for alert in on_day} == {"/measure/us.border.ca"}
    later = about(find(facts("2025-03-06", since="2025-03-01"), wish), About.STATE)
    assert {alert.key for alert in on_day} <= {alert.key for alert in later}
    assert about(find(facts("2025-03-06", since="2025-03-04"), wish), About.STATE) == [
        alert for alert in later if alert not in on_day
    ]
    long = facts(str(date(2025, 3, 5) + timedelta(days=MOST_DAYS_BACK)), since="2025-03-01")
    assert not {alert.key for alert in find(long, wish)} & {alert.key for alert in on_day}


def test_a_plan_is_told_ahead_in_its_own_words_and_never_as_in_force() -> None:
    found = find(facts("2025-02-28", since="2025-02-27"), Wish(measure="us.border.ca"))
    ahead = about(found, About.DEADLINE)
    assert ahead
    assert all("4 March 2025" in alert.sentence for alert in ahead)
    assert about(found, About.STATE) == []
    none = find(facts("2025-02-28", since="2025-02-27"), Wish(measure="us.border.ca", days=1))
    assert about(none, About.DEADLINE) == []


def test_events_are_told_once_recorded_by_party_kind_and_measure() -> None:
    event, other = EVENTS[0], EVENTS[-1]
    recorded = facts("2025-09-18", since="2025-09-18", recorded=(event.id, other.id, "gone"))
    (first, second) = about(find(recorded, Wish()), About.EVENT)
    assert [first.key, second.key] == [f"event/{other.id}", f"event/{event.id}"]
    assert event.title.en.rstrip(".") in second.sentence
    assert second.link == f"/event/{event.id}"
    kinds = frozenset(Kind) - {event.kind}
    assert second.key not in {alert.key for alert in find(recorded, Wish(kinds=kinds))}
    assert about(find(recorded, Wish(party="FR")), About.EVENT) == []
    assert about(find(recorded, Wish(about=frozenset({About.SOURCE}))), About.EVENT) == []


def edit(*cited: str) -> Edit:
    report = Report(
        source="wire", identity="1", title="Now\x1b 35%", content_hash="x", link="https://a.example"
    )
    return Edit(
        position=7,
        recorded_at=datetime(2025, 9, 18, tzinfo=UTC),
        before=report,
        after=report,
        fields=("title",),
        cited_by=cited,
        open_for=cited,
    )


def test_only_an_edit_of_a_page_that_is_cited_is_told() -> None:
    event = EVENTS[0].id
    told = facts("2025-09-18", since="2025-09-17", edits=(edit(), edit(event)))
    (alert,) = about(find(told, Wish()), About.EDIT)
    assert alert.key == "edit/7"
    assert "Now\ufffd 35%" in alert.sentence
    assert about(find(told, Wish(sources=frozenset({"other"}))), About.EDIT) == []


def test_a_silent_feed_is_told_once_for_each_silence() -> None:
    def health(answered: str, news: str) -> Health:
        instants = (datetime.fromisoformat(f"{day}T00:00:00+00:00") for day in (answered, news))
        return Health("wire", "The Wire", "https://wire.example/feed", *instants)

    def silent(one: Health, since: str = "2025-09-01") -> list[str]:
        found = find(facts("2025-09-18", since=since, health=(one,)), Wish())
        return [alert.sentence for alert in about(found, About.SOURCE)]

    assert silent(health("2025-09-17", "2025-09-17")) == []
    assert silent(health("2025-09-10", "2025-09-10")) == [
        "The Wire has not answered since 10 September 2025 (UTC)."
    ]
    assert silent(health("2025-09-18", "2025-07-15")) == [
        "The Wire has brought nothing new since 15 July 2025 (UTC)."
    ]
    # It was silent long before anybody asked to be told.
    assert silent(health("2025-08-01", "2025-08-01"), since="2025-09-17") == []
    never = Health("wire", "The Wire", "https://wire.example/feed", None, None)
    assert silent(never) == []


@pytest.mark.parametrize(
    ("lang", "said"), [("es", "Desde el 4 de marzo"), ("fr", "À partir du 4 mars")]
)
def test_sentences_are_told_in_the_language(lang: str, said: str) -> None:
    found = find(facts("2025-03-04", since="2025-03-01"), Wish(lang=lang, measure="us.border.ca"))
    assert all(alert.sentence.startswith(said) for alert in about(found, About.STATE))


def test_a_wish_that_nothing_can_fit_is_refused_and_not_silent_for_ever() -> None:
    world = plain_world()
    check(world, Wish(measure="us.border", sources=frozenset({"wire"})), {"wire"})
    with pytest.raises(UnknownName, match="no such measure"):
        check(world, Wish(measure="us.bordr"), ())
    with pytest.raises(UnknownName, match="'wier'"):
        check(world, Wish(sources=frozenset({"wier"})), {"wire"})
