"""The log: a sentence or an object a line, and never a credential."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.conftest import Run, fresh  # noqa: F401 - the fixture
from tests.running.processes import FeedServer
from tracker.observe.logs import forward_libraries, make_log
from tracker.observe.secrets import without_credentials

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
WORDS = st.text("abcXYZ0189-._~%+", min_size=4, max_size=12)


@pytest.fixture
def quiet_root() -> Iterator[None]:
    root = logging.getLogger()
    before = list(root.handlers)
    yield
    root.handlers[:] = before


def test_plain_it_is_the_sentence_and_what_goes_wrong_goes_to_stderr(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log = make_log(as_json=False, now=lambda: NOW)
    log.info("one: 20 new", what="polled", new=20)
    log.error("two: broke\nin two lines\x1b[31m", what="failed")
    shown = capsys.readouterr()
    assert shown.out == "one: 20 new\n"
    assert shown.err == "two: broke in two lines [31m\n"


def test_as_json_every_line_is_an_object_with_its_fields(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log = make_log(as_json=True, now=lambda: NOW)
    log.info("café: 2 new", what="polled", new=2, error=None, due=NOW)
    log.warning("odd\u2028line", what="library")
    shown = capsys.readouterr()
    (line,) = shown.out.splitlines()
    assert "café" in line
    assert json.loads(line) == {
        "timestamp": "2026-03-01T12:00:00.000+00:00",
        "level": "info",
        "event": "café: 2 new",
        "what": "polled",
        "new": 2,
        "error": None,
        "due": "2026-03-01 12:00:00+00:00",
    }
    assert len(shown.err.splitlines()) == 1
    assert json.loads(shown.err)["level"] == "warning"


@given(user=WORDS, password=st.text("abcXYZ0189@:-._~", min_size=4, max_size=12), key=WORDS)
def test_no_credential_of_any_address_is_logged(user: str, password: str, key: str) -> None:
    secret = f"S3{password}"
    text = (
        f"https://{user}:{secret}@example.org/feed?page=2&api_key=K{key}Z&x=1 moved to "
        f"http://example.org/?access_token=K{key}Z#top and "
        f"postgresql+psycopg://{user}:{secret}@db.example/tracker?sslmode=require"
    )
    clean = without_credentials(text)
    assert secret not in clean
    assert f"K{key}Z" not in clean
    assert without_credentials(clean) == clean
    for kept in ("***@example.org/feed?page=2&api_key=***&x=1", "#top", "sslmode=require"):
        assert kept in clean


def test_addresses_without_credentials_are_left_alone() -> None:
    for text in (
        "https://example.org/a/@someone/post?id=7&monkey=1",
        "mail someone@example.org about it",
        "key=value",
    ):
        assert without_credentials(text) == text


def test_fields_of_any_shape_are_cleaned(capsys: pytest.CaptureFixture[str]) -> None:
    log = make_log(as_json=True, now=lambda: NOW)
    url = "https://me:hidden@example.org/"
    log.info("x", what="x", urls=[url], by={"a": (url,)}, error=ValueError(url))
    assert "hidden" not in capsys.readouterr().out


def test_what_a_library_has_to_say_is_one_clean_line(
    quiet_root: None, capsys: pytest.CaptureFixture[str]
) -> None:
    forward_libraries(make_log(as_json=False, now=lambda: NOW))
    forward_libraries(make_log(as_json=False, now=lambda: NOW))
    try:
        raise ValueError("https://me:hidden@example.org/\nbroke")
    except ValueError:
        logging.getLogger("procrastinate.worker").exception("Job %s ended", 7)
    logging.getLogger("httpx").info("HTTP Request: GET https://me:hidden@example.org/")
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == (
        "procrastinate.worker: Job 7 ended: ValueError: https://***@example.org/ broke\n"
    )


def test_a_reader_that_has_gone_stops_nothing_unless_the_line_is_the_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Gone:
        def write(self, _: str) -> int:
            raise BrokenPipeError

        def flush(self) -> None:
            """Nothing is held."""

    monkeypatch.setattr(sys, "stdout", Gone())
    make_log(as_json=False, now=lambda: NOW).info("lost", what="x")
    with pytest.raises(BrokenPipeError):
        make_log(as_json=False, now=lambda: NOW, must_arrive=True).info("kept", what="x")


def test_the_environment_says_how_to_log_and_nonsense_is_refused(
    fresh: Run,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    quiet_root: None,
) -> None:
    assert fresh("init").status == 0
    monkeypatch.setenv("TRACKER_ALLOW_PRIVATE_ADDRESSES", "1")
    monkeypatch.setenv("TRACKER_LOG", "json")
    server = FeedServer(items=3)
    arguments = ("ingest", "--sources", str(server.sources(tmp_path / "sources.toml", "good")))
    ran = fresh(*arguments)
    server.close()
    assert (ran.status, ran.err) == (0, "")
    polled, summed = map(json.loads, ran.out.splitlines())
    assert (polled["what"], polled["source"], polled["new"]) == ("polled", "good", 3)
    assert (summed["what"], summed["polled"]) == ("round", 1)
    monkeypatch.setenv("TRACKER_LOG", "plain")
    assert fresh(*arguments).out.startswith("No feed is due yet")
    monkeypatch.setenv("TRACKER_LOG", "xml")
    refused = fresh(*arguments)
    assert (refused.status, refused.out) == (2, "")
    assert "TRACKER_LOG" in refused.err
