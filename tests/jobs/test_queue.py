"""The queue itself: shared out once, taken back from the dead, made anew for another version."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from tests.cli.conftest import Run, fresh  # noqa: F401 - the fixture
from tests.contracts.postgres import admin, database, empty_database
from tracker.app import App
from tracker.config import Settings
from tracker.errors import BadInput, NotInitialised, OperationFailed
from tracker.jobs.place import arguments_within
from tracker.jobs.queue import JobQueue, Shared, Task

TWO = (Task("one", "a.example"), Task("two", "b.example"))


@pytest.fixture
def url() -> Iterator[str]:
    with database() as made:
        yield made


@pytest.fixture
def app(url: str, tmp_path: Path) -> Iterator[App]:
    made = App(Settings(home=tmp_path, database_url=url))
    made.init()
    yield made
    made.close()


@pytest.fixture
def queue(app: App) -> JobQueue:
    return app.queue


def name_of(url: str) -> str:
    return str(make_url(url).database)


def taken(queue: JobQueue) -> str | None:
    """The feed of the job that a worker who lives now is given; it keeps it."""
    with psycopg.connect(**arguments_within(queue.arguments)) as connection:
        row = connection.execute(
            "SELECT queueing_lock FROM procrastinate_register_worker_v1() AS worker,"
            " procrastinate_fetch_job_v2(NULL, worker)"
        ).fetchone()
    return None if row is None else row[0]


def test_what_is_due_waits_once_however_many_share_it(queue: JobQueue) -> None:
    assert queue.share(TWO, stalled_after_s=60) == Shared(shared=2)
    assert queue.share(TWO, stalled_after_s=60) == Shared(waiting=2)
    with ThreadPoolExecutor(4) as pool:
        more = [*TWO, Task("three", "a.example")]
        done = list(pool.map(lambda _: queue.share(more, stalled_after_s=60), range(4)))
    assert sum(one.shared for one in done) == 1
    assert queue.counts() == {"todo": 3}


def test_of_one_host_one_job_runs_at_a_time(queue: JobQueue) -> None:
    queue.share([Task("one", "a.example"), Task("two", "a.example")], stalled_after_s=60)
    assert taken(queue) == "one"
    assert taken(queue) is None


def test_what_a_dead_worker_held_is_shared_out_again(queue: JobQueue, url: str) -> None:
    queue.share(TWO, stalled_after_s=60)
    assert taken(queue) == "one"
    assert queue.share(TWO, stalled_after_s=60) == Shared(waiting=2)
    admin(
        "UPDATE tracker_jobs.procrastinate_workers SET last_heartbeat = now() - interval '61 s'",
        database=name_of(url),
    )
    assert queue.share(TWO, stalled_after_s=60) == Shared(shared=1, waiting=1, taken_back=1)
    assert queue.counts() == {"todo": 2}


def test_a_queue_of_another_version_is_refused_and_made_anew(app: App, url: str) -> None:
    app.queue.share(TWO, stalled_after_s=60)
    admin("COMMENT ON SCHEMA tracker_jobs IS 'of old'", database=name_of(url))
    with pytest.raises(OperationFailed, match=r"another version.*tracker init"):
        app.queue.require()
    assert app.init() is True
    assert app.init() is False
    app.queue.require()
    assert app.queue.counts() == {}
    assert app.queue.share(TWO, stalled_after_s=60) == Shared(shared=2)


def test_many_may_make_it_at_once(tmp_path: Path) -> None:
    with empty_database() as url:
        apps = [App(Settings(home=tmp_path, database_url=url)) for _ in range(4)]
        with pytest.raises(NotInitialised):
            _ = apps[0].queue
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(App.init, apps))
        for app in apps:
            app.queue.require()
            app.close()


def test_the_ledger_is_copied_and_restored_without_its_queue(app: App, tmp_path: Path) -> None:
    app.load()
    app.queue.share(TWO, stalled_after_s=60)
    app.backup(tmp_path / "backup.db")
    with empty_database() as url, empty_database() as another:
        restored = App(Settings(home=tmp_path / "other", database_url=url))
        restored.restore(tmp_path / "backup.db")
        with pytest.raises(NotInitialised, match=r"no job queue.*tracker init"):
            restored.queue.require()
        restored.init()
        assert restored.queue.counts() == {}
        assert restored.verify().findings == ()
        restored.copy(another)
        copied = App(Settings(home=tmp_path / "third", database_url=another))
        assert copied.queue.counts() == {}
        assert copied.verify().head == app.verify().head
        restored.close()
        copied.close()


@pytest.mark.parametrize("command", ["scheduler", "worker"])
def test_on_one_machines_file_it_says_what_to_do(fresh: Run, command: str) -> None:  # noqa: F811
    assert fresh("init").status == 0
    ran = fresh(command)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert "tracker run" in ran.err
    assert "tracker copy --to" in ran.err


def test_a_server_that_does_not_answer_is_one_line(tmp_path: Path) -> None:
    nowhere = {"host": "127.0.0.1", "port": 1, "dbname": "x", "connect_timeout": 2}
    queue = JobQueue(nowhere, lambda _: None)
    with pytest.raises(OperationFailed, match="job queue"):
        queue.require()


def test_a_feed_that_is_on_no_list_here_is_said(app: App) -> None:
    with app.tools() as tools, pytest.raises(BadInput, match="same list of feeds"):
        app.poll_shared("elsewhere", (), told=lambda _: None, tools=tools)


@pytest.mark.parametrize("command", ["scheduler", "worker"])
def test_no_message_repeats_the_password(
    fresh: Run,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    command: str,
) -> None:
    secret = "postgresql+psycopg://me:s3cret@127.0.0.1:1/tracker?connect_timeout=2"  # noqa: S105
    monkeypatch.setenv("TRACKER_DATABASE_URL", secret)
    ran = fresh(command, "--log-json")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert "does not answer" in ran.err
    assert "s3cret" not in ran.err


def test_without_procrastinate_it_says_what_to_install(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.app.sharing.find_spec", lambda _: None)
    assert app.init() is False
    with pytest.raises(OperationFailed, match=r"pip install 'tracker\[postgres\]'"):
        _ = app.queue
