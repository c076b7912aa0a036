"""The way out: what became of a message, and that no address shows anywhere."""

from __future__ import annotations

import logging
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.notify.receiver import Receiver
from tracker.core.words import Kind
from tracker.errors import BadInput, OperationFailed
from tracker.notify.alerts import About, Alert
from tracker.notify.sending import deliver, targets_of
from tracker.notify.settings import read_plan

ALERT = Alert(
    "event/x", About.EVENT, "Tracker", "Duties of 25% <b>ñ</b> & more.", "https://x.example/1"
)


def test_a_message_arrives_with_its_sentence_and_link() -> None:
    with Receiver() as receiver:
        (target,) = targets_of([receiver.url, receiver.url])
        assert deliver(ALERT, target) == "sent"
        (message,) = receiver.got
    assert message["title"] == "Tracker"
    assert message["message"] == "Duties of 25% <b>ñ</b> & more.\nhttps://x.example/1"


def test_what_never_left_is_told_from_what_may_have_arrived(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # bound and not listening: every connection is refused
        url = f"json://me:hush@127.0.0.1:{held.getsockname()[1]}/"
        with caplog.at_level(logging.DEBUG):
            assert deliver(ALERT, targets_of([url])[0]) == "waiting"
    with Receiver() as receiver:
        receiver.answer(500)
        with caplog.at_level(logging.DEBUG):
            assert deliver(ALERT, targets_of([receiver.url])[0]) == "refused"
        assert len(receiver.got) == 1
    said = caplog.text + "".join(capfd.readouterr()) + repr(targets_of([url]))
    assert "hush" not in said
    assert logging.getLogger("apprise").propagate


def test_what_reached_one_of_two_recipients_is_not_sent_again() -> None:
    """A server that takes the message for the first topic and is gone before the second."""

    class Once(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            server.socket.close()  # nobody is let in after this
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Once)
    taken = threading.Thread(target=server.handle_request)
    taken.start()
    url = f"ntfy://127.0.0.1:{server.server_address[1]}/one/two"
    outcome = deliver(ALERT, targets_of([url])[0])
    taken.join()
    assert outcome == "refused"


@pytest.mark.parametrize("url", ["nonsense://hush", "hush", "http://[hush", "mailto://", ""])
def test_an_address_that_is_none_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(BadInput, match="target 2 of the alerts") as caught:
        targets_of(["json://127.0.0.1/", url])
    assert "hush" not in str(caught.value)


def test_without_the_package_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(OperationFailed, match=r"tracker\[notify\]"):
        targets_of(["json://127.0.0.1/"])


def test_the_file_says_who_is_told_what(tmp_path: Path) -> None:
    file = tmp_path / "notify.toml"
    assert read_plan(file).urls == ()
    file.write_text(
        'urls = ["json://hush/"]\nlang = "es"\nkinds = ["pause"]\nabout = ["state"]\ndays = 30'
    )
    plan = read_plan(file)
    assert (plan.urls, plan.wish.lang, plan.wish.days) == (("json://hush/",), "es", 30)
    assert (*plan.wish.kinds, *plan.wish.about) == (Kind.PAUSE, About.STATE)
    assert read_plan(file, ("json://other/",)).urls == ("json://other/",)
    assert "hush" not in repr(plan)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('lang = "de"', "lang"),
        ("days = 0", "days"),
        ("days = true", "days"),
        ('kinds = ["dance"]', "kinds"),
        ('about = "state"', "about"),
        ('party = "mx"', "party"),
        ("urls = [1]", "urls"),
        ('url = "json://hush"', "'url' is not known"),
        ('urls = ["json://hush"', "no TOML"),
    ],
)
def test_a_mistake_in_the_file_is_told_in_a_line(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "notify.toml"
    file.write_text(text)
    with pytest.raises(BadInput, match=said) as caught:
        read_plan(file)
    assert "hush" not in str(caught.value)
