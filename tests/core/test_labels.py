"""Why two viewpoints read differently: the real cases, and which label wins."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
import pytest

from tests.core.worlds import CA, MEASURES, RULING, STAY, border, day, effect, event, measure
from tracker.core.codec import content_key, seal
from tracker.core.compare import Comparison, compare, side_of
from tracker.core.diff import Change
from tracker.core.entries import (
    Draft,
    Entry,
    EventCorrected,
    EventRecorded,
    EventRetracted,
    Head,
    MeasureCorrected,
    MeasureDefined,
    Payload,
)
from tracker.core.events import Event, Text
from tracker.core.policy import Viewpoint
from tracker.core.words import Basis, Kind, Label
from tracker.core.world import World, fold, world_of

TODAY = day("2026-11-25")
AUTOS = "us.s232.autos"


def seen(on: str, announced_by: str | None = None) -> Viewpoint:
    return Viewpoint(on=day(on), announced_by=day(announced_by) if announced_by else None)


def compared(
    world: World,
    before: Viewpoint,
    after: Viewpoint,
    *,
    today: date = TODAY,
    later: World | None = None,
) -> Comparison:
    start = side_of(world, before)
    end = side_of(later or world, after, start)
    return compare(start, end, today=today)


def change(found: Comparison, place: str = f"{CA}/general") -> Change:
    return next(c for c in found.changes if "/".join(c.subject.place) == place)


def test_an_order_that_starts_changes_the_law() -> None:
    found = compared(border(), seen("2025-03-03"), seen("2025-03-08"))
    assert {c.label for c in found.changes} == {Label.LAW_CHANGED}


def test_the_ruling_of_28_may_voids_and_its_stay_brings_the_law_back() -> None:
    world = border(RULING, STAY)
    struck = compared(world, seen("2025-05-27"), seen("2025-05-28"))
    assert {c.label for c in struck.changes} == {Label.VOIDED}
    back = change(compared(world, seen("2025-05-28"), seen("2025-05-29")))
    assert back.label is Label.LAW_CHANGED
    assert STAY.id in back.events


def test_a_stay_that_is_lifted_voids_again() -> None:
    lifted = event("2025-06-10-lifted", withdraws=(STAY.id,), kind=Kind.COURT_RULING)
    found = compared(border(RULING, STAY, lifted), seen("2025-06-09"), seen("2025-06-10"))
    assert change(found).label is Label.VOIDED


def test_the_supreme_court_voids() -> None:
    found = compared(border(), seen("2026-02-19"), seen("2026-02-25"))
    assert {c.label for c in found.changes} == {Label.VOIDED}


def test_a_court_that_takes_back_an_order_voids_though_a_rate_stays() -> None:
    ruling = event("2025-09-01-x", withdraws=("2025-07-31-rise",), kind=Kind.COURT_RULING)
    found = change(compared(border(ruling), seen("2025-08-31"), seen("2025-09-01")))
    assert found.label is Label.VOIDED
    assert found.after is not None
    assert found.after.rate_pct == 25
    # The same done by the government itself is a change of the law.
    order = event("2025-09-01-x", withdraws=("2025-07-31-rise",), kind=Kind.REVOCATION)
    found = change(compared(border(order), seen("2025-08-31"), seen("2025-09-01")))
    assert found.label is Label.LAW_CHANGED


@pytest.mark.parametrize(
    ("announced_by", "today"), [("2025-07-31", "2026-11-25"), (None, "2025-07-31")]
)
def test_35_percent_seen_from_the_day_before_is_scheduled(
    announced_by: str | None, today: str
) -> None:
    before, after = (seen(on, announced_by) for on in ("2025-07-31", "2025-08-01"))
    assert change(compared(border(), before, after, today=day(today))).label is Label.SCHEDULED
    assert change(compared(border(), before, after, today=day("2025-08-01"))).label is (
        Label.SCHEDULED if announced_by else Label.LAW_CHANGED
    )


def test_what_turned_before_the_present_is_not_scheduled_on_a_later_day() -> None:
    found = compared(border(), seen("2025-03-03"), seen("2025-12-01"), today=day("2025-09-01"))
    assert change(found, f"{CA}/energy").label is Label.LAW_CHANGED


def test_an_order_that_has_not_started_and_a_threat_are_no_change_of_law() -> None:
    signed = compared(border(), seen("2025-01-31"), seen("2025-02-02"))
    assert {c.label for c in signed.changes} == {Label.SCHEDULED}
    threat = event("2025-05-01-threat", effect(f"{CA}/general", "threatened", "50", "2025-06-01"))
    made = change(compared(border(threat), seen("2025-04-30"), seen("2025-05-02")))
    assert made.label is Label.SCHEDULED
    put_off = event("2025-05-20-later", effect(f"{CA}/general", "threatened", "50", "2025-07-01"))
    world = border(threat, put_off)
    assert change(compared(world, seen("2025-05-19"), seen("2025-05-21"))).label is Label.SCHEDULED


def test_a_ruling_that_lies_ahead_is_scheduled_not_done() -> None:
    found = compared(border(), seen("2026-02-19"), seen("2026-02-25"), today=day("2026-02-19"))
    assert change(found).label is Label.SCHEDULED


def test_the_exemption_was_learned_late_on_the_same_day() -> None:
    found = compared(border(), seen("2025-03-10", "2025-03-05"), seen("2025-03-10"))
    assert change(found, f"{CA}/usmca").label is Label.LEARNED_LATE


def autos() -> World:
    """The content rule for cars under USMCA: in force from 3 April, announced on 20 May."""
    full = event("2025-03-26-order", effect(f"{AUTOS}/usmca", "in_force", "25", "2025-04-03"))
    content = event(
        "2025-05-20-content",
        effect(f"{AUTOS}/usmca", "in_force", "25", "2025-04-03", basis=Basis.NON_US_CONTENT),
    )
    return world_of((full, content), (measure(AUTOS, "usmca"),))


def test_the_content_rule_for_cars_was_learned_late() -> None:
    across = compared(autos(), seen("2025-04-01"), seen("2025-04-10"))
    assert change(across, f"{AUTOS}/usmca").label is Label.LEARNED_LATE
    as_known = compared(autos(), seen("2025-04-01", "2025-04-01"), seen("2025-04-10", "2025-04-10"))
    assert change(as_known, f"{AUTOS}/usmca").label is Label.LAW_CHANGED
    over_the_day = compared(
        autos(), seen("2025-05-19", "2025-05-19"), seen("2025-05-21", "2025-05-21")
    )
    assert change(over_the_day, f"{AUTOS}/usmca").label is Label.LEARNED_LATE
    # Once the day asked about comes after the announcement, nothing was late about it.
    after = compared(autos(), seen("2025-04-01"), seen("2025-05-21"))
    assert change(after, f"{AUTOS}/usmca").label is Label.LAW_CHANGED


class Books:
    """A ledger in memory."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def add(self, *payloads: Payload) -> World:
        for payload in payloads:
            n = len(self.entries)
            head = Head(position=n, hash=self.entries[-1].hash) if n else Head()
            draft = Draft(stream=str(n), key=content_key(str(n), 1, payload), payload=payload)
            at = datetime(2026, 11, 1 + n, tzinfo=UTC)
            self.entries.append(seal(draft, after=head, version=1, recorded_at=at))
        return fold(self.entries, known_until=TODAY)


def order(rate: str) -> Event:
    return event("2025-02-01-order", effect(f"{CA}/general", "in_force", rate, "2025-02-04"))


def books() -> tuple[Books, World]:
    held = Books()
    return held, held.add(MeasureDefined(measure=MEASURES[0]), EventRecorded(event=order("52")))


def across(before: World, after: World, on: str = "2025-03-10") -> Change:
    return change(compared(before, seen(on), seen(on), later=after))


def test_a_corrected_event_is_corrected_by_us() -> None:
    held, old = books()
    new = held.add(EventCorrected(event=order("25"), reason="digits swapped"))
    assert across(old, new).label is Label.CORRECTED
    assert across(new, old).label is Label.CORRECTED


def test_a_retracted_event_is_corrected_by_us() -> None:
    held, old = books()
    rumour = event("2025-03-01-rumour", effect(f"{CA}/general", "in_force", "99", "2025-03-02"))
    wrong = held.add(EventRecorded(event=rumour))
    mended = held.add(EventRetracted(id=rumour.id, reason="never happened"))
    assert across(old, wrong).label is Label.LEARNED_LATE
    assert across(wrong, mended).label is Label.CORRECTED


def test_a_corrected_measure_is_corrected_by_us() -> None:
    held, old = books()
    other = measure(CA, "general", "energy", "potash", "usmca", target="MX")
    new = held.add(MeasureCorrected(measure=other, reason="wrong country"))
    assert across(old, new).label is Label.CORRECTED


def test_a_translation_that_was_added_changes_nothing() -> None:
    held, old = books()
    (provision, *others) = MEASURES[0].provisions
    told = msgspec.structs.replace(provision, products=Text(en=provision.products.en, es="Bienes"))
    translated = msgspec.structs.replace(MEASURES[0], provisions=(told, *others))
    new = held.add(MeasureCorrected(measure=translated, reason="corrected: provisions"))
    found = compared(old, seen("2025-03-10"), seen("2025-03-10"), later=new)
    assert (found.changes, found.returned) == ((), ())


def test_an_event_the_ledger_lacked_is_learned_late_not_corrected() -> None:
    held, old = books()
    rise = event("2025-03-05-rise", effect(f"{CA}/general", "in_force", "35", "2025-03-06"))
    assert across(old, held.add(EventRecorded(event=rise))).label is Label.LEARNED_LATE


def test_the_last_clock_that_changed_the_reading_decides() -> None:
    held, old = books()
    rise = event("2025-07-31-rise", effect(f"{CA}/general", "in_force", "35", "2025-08-01"))
    new = held.add(EventCorrected(event=order("25"), reason="digits"), EventRecorded(event=rise))
    found = compared(old, seen("2025-03-10"), seen("2025-08-02"), later=new)
    assert change(found).label is Label.LAW_CHANGED
    found = compared(old, seen("2025-03-10"), seen("2025-03-20"), later=new)
    assert change(found).label is Label.CORRECTED


def test_the_way_back_has_the_labels_of_the_way_there() -> None:
    for before, after in (("2025-05-27", "2025-05-28"), ("2025-02-01", "2025-03-08")):
        there = compared(border(RULING, STAY), seen(before), seen(after))
        back = compared(border(RULING, STAY), seen(after), seen(before))
        assert back.swapped
        assert {c.subject.place: c.label for c in there.changes} == {
            c.subject.place: c.label for c in back.changes
        }
