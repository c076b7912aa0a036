"""`tracker notify`: from now on, each once, whoever else sends and however a send ends."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run, run_in_process
from tests.notify.receiver import Receiver
from tests.site.worlds import EVENTS, MEASURES
from tracker.cli.session import open_app
from tracker.core.codec import content_key
from tracker.core.entries import Draft, EventRecorded, MeasureDefined, Payload
from tracker.core.events import Event
from tracker.notify.sending import targets_of
from tracker.store.outbox import Noted, Outbox
from tracker.store.sql import SqlLedger

ROOT = Path(__file__).resolve().parents[2]


def draft(stream: str, payload: Payload) -> Draft:
    return Draft(stream=stream, key=content_key(stream, 1, payload), payload=payload)


def record(*events: Event) -> None:
    with open_app() as app:
        drafts = [draft(f"event/{one.id}", EventRecorded(event=one)) for one in events]
        SqlLedger(app.engine).append(drafts, at=app.clock.now())


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on a workspace that does not exist yet."""
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("TRACKER_DATABASE_URL", raising=False)
    monkeypatch.delenv("TRACKER_NOTIFY_URLS", raising=False)
    return run_in_process


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as running:
        yield running


@pytest.fixture
def desk(fresh: Run, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A workspace with measures and one event in it, whose one target was told nothing yet."""
    monkeypatch.setenv("TRACKER_NOTIFY_URLS", receiver.url)
    assert fresh("init").status == 0
    with open_app() as app:
        drafts = [draft(f"measure/{one.key}", MeasureDefined(measure=one)) for one in MEASURES]
        SqlLedger(app.engine).append(drafts, at=app.clock.now())
    record(EVENTS[0])
    began = fresh("notify")
    assert (began.status, began.err) == (0, "")
    assert "from now on" in began.out
    assert "hush" not in began.out
    return fresh


def test_the_first_call_floods_nobody_and_news_go_out_once(desk: Run, receiver: Receiver) -> None:
    assert receiver.got == []
    assert desk("notify").out == "Alerts: nothing new\n"
    record(EVENTS[1])
    assert EVENTS[1].title.en.rstrip(".") in desk("notify", "--dry-run").out
    assert receiver.got == []
    ran = desk("notify", "--json")
    assert ran.status == 0
    assert [one["outcome"] for one in ran.data["alerts"]] == ["sent"]
    assert desk("notify").out == "Alerts: nothing new\n"
    (sentence,) = receiver.messages
    assert EVENTS[1].title.en.rstrip(".") in sentence
    assert "hush" not in ran.out


def test_older_things_by_wish_and_a_link_to_the_site(desk: Run, receiver: Receiver) -> None:
    day = (datetime.now(UTC) - timedelta(days=2)).date().isoformat()
    ran = desk("notify", "--since", day, "--lang", "es", "--base-url", "https://t.example/")
    assert ran.status == 0, ran.err
    (message,) = receiver.got
    assert message["message"].startswith("Nuevo en el registro")
    link = f"https://t.example/es/event/{EVENTS[0].id}/index.html"
    assert message["message"].splitlines()[1] == link


def test_a_great_many_go_out_as_one(desk: Run, receiver: Receiver) -> None:
    home = Path(os.environ["TRACKER_HOME"])
    (home / "notify.toml").write_text("most = 2", encoding="utf-8")
    record(*EVENTS[1:8])
    ran = desk("notify", "--json")
    outcomes = [one["outcome"] for one in ran.data["alerts"]]
    assert outcomes == ["sent", "sent", *["grouped"] * 5]
    assert receiver.messages[2:] == ["5 more alerts in one message."]
    assert desk("notify").out == "Alerts: nothing new\n"


def test_a_target_that_is_down_is_told_later_and_one_that_refuses_is_not(
    desk: Run, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(*EVENTS[1:3])
    receiver.answer(500)
    refused = desk("notify")
    assert refused.status == 1
    assert refused.err.count("\n") == 1
    assert "did not arrive for certain at target 1 (json)" in refused.err
    assert "hush" not in refused.out + refused.err
    receiver.answer(200)
    # It may have arrived: by itself it is not sent again.
    assert desk("notify").out == "Alerts: nothing new\n"
    assert [one["state"] for one in desk("notify", "--unsent", "--json").data] == ["refused"] * 2
    assert desk("notify", "--again").status == 0
    assert len(receiver.got) == 4
    assert desk("notify", "--unsent").out == "Everything that was noted was sent.\n"


def test_what_never_left_is_sent_at_the_next_call(
    fresh: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert fresh("init").status == 0
    receiver = Receiver()
    monkeypatch.setenv("TRACKER_NOTIFY_URLS", receiver.url)
    assert fresh("notify").status == 0
    record(*EVENTS[:3])
    with receiver:
        pass  # nobody listens there any more
    down = fresh("notify", "--json")
    assert down.status == 1
    # The first that does not get through is the last that is tried.
    assert [one["outcome"] for one in down.data["alerts"]] == ["waiting"]
    with open_app() as app:
        states = Outbox(app.engine).unsent()
    assert [one.state for one in states] == ["waiting"]
    assert EVENTS[0].title.en[:20] in fresh("notify", "--dry-run").out


def test_one_that_was_noted_and_then_killed_is_never_sent_by_itself(
    desk: Run, receiver: Receiver
) -> None:
    record(EVENTS[1])
    (due,) = desk("notify", "--dry-run", "--json").data
    with open_app() as app:
        outbox = Outbox(app.engine)
        (target,) = targets_of(app.settings.notify_urls)
        note = Noted(
            key=due["key"],
            target=target.id,
            about="event",
            state="sending",
            title="Tracker",
            sentence=due["sentence"],
            link=None,
            noted_at=app.clock.now(),
        )
        assert outbox.claim(note)
        assert not outbox.claim(note)
    assert desk("notify").out == "Alerts: nothing new\n"
    assert receiver.got == []
    assert [one["state"] for one in desk("notify", "--unsent", "--json").data] == ["sending"]


def test_a_kill_in_the_middle_of_a_message_sends_nothing_twice(
    desk: Run, receiver: Receiver
) -> None:
    record(*EVENTS[1:3])
    receiver.hold()
    command = [sys.executable, "-m", "tracker", "notify"]
    running = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), stdout=subprocess.DEVNULL)
    receiver.wait_for_one()
    running.kill()
    running.wait()
    receiver.let_go()
    # The first one came and nobody knows; the other was never begun.
    assert desk("notify").status == 0
    assert len(receiver.messages) == len(set(receiver.messages)) == 2
    assert [one["state"] for one in desk("notify", "--unsent", "--json").data] == ["sending"]


def test_two_at_once_send_each_alert_once(desk: Run, receiver: Receiver) -> None:
    record(*EVENTS[1:9])
    command = [sys.executable, "-m", "tracker", "notify", "--json"]
    both = [
        subprocess.Popen(
            command, cwd=ROOT, env=dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    for one in both:
        out, err = one.communicate(timeout=60)
        assert (one.returncode, err) == (0, b""), out
    told = receiver.messages
    assert len(told) == len(set(told)) == 8


def test_nobody_to_tell_and_wishes_that_nothing_fits(fresh: Run) -> None:
    assert fresh("init").status == 0
    nobody = fresh("notify")
    assert (nobody.status, nobody.out) == (2, "")
    assert "TRACKER_NOTIFY_URLS" in nobody.err
    assert "Nothing would be sent" in fresh("notify", "--dry-run").out
    assert fresh("notify", "--dry-run", "--measure", "us.nothing").status == 2
    assert "there is none" in _with_file(fresh, 'sources = ["nobody"]').err
    (Path(os.environ["TRACKER_HOME"]) / "notify.toml").unlink()
    assert fresh("notify", "--dry-run", "--again").status == 2
    assert fresh("notify", "--about", "dance").status == 2


def _with_file(desk: Run, text: str) -> Ran:
    (Path(os.environ["TRACKER_HOME"]) / "notify.toml").write_text(text, encoding="utf-8")
    ran = desk("notify", "--dry-run")
    assert (ran.status, ran.out) == (2, "")
    return ran
