"""The timer: jobs run again and again, a failing one is told and runs again, stop stops."""

from __future__ import annotations

import threading

from tracker.schedule import Job, Ticker

LONG_S = 20


def test_jobs_tick_and_a_failing_one_ticks_again() -> None:
    ticks, failures = threading.Semaphore(0), threading.Semaphore(0)
    told: list[tuple[str, Exception]] = []

    def works() -> None:
        ticks.release()

    def fails() -> None:
        raise OSError("the disk is tired")

    def on_error(job: str, error: Exception) -> None:
        told.append((job, error))
        failures.release()

    ticker = Ticker([Job("good", 0.01, works), Job("bad", 0.01, fails)], on_error=on_error)
    ticker.start()
    try:
        for _ in range(3):
            assert ticks.acquire(timeout=LONG_S)
            assert failures.acquire(timeout=LONG_S)
    finally:
        ticker.stop()
        ticker.stop()
    assert {(job, str(error)) for job, error in told} == {("bad", "the disk is tired")}


def test_stop_does_not_wait_for_a_tick_that_hangs() -> None:
    begun, release = threading.Event(), threading.Event()

    def hangs() -> None:
        begun.set()
        release.wait(LONG_S)

    ticker = Ticker([Job("hangs", 0.01, hangs)], on_error=lambda *_: None)
    ticker.start()
    assert begun.wait(LONG_S)
    ticker.stop()
    assert not release.is_set()
    release.set()


def test_a_job_never_runs_twice_at_once() -> None:
    running, worst = 0, 0
    lock, enough = threading.Lock(), threading.Semaphore(0)

    def counted() -> None:
        nonlocal running, worst
        with lock:
            running += 1
            worst = max(worst, running)
        enough.release()
        with lock:
            running -= 1

    ticker = Ticker([Job("counted", 0.001, counted)], on_error=lambda *_: None)
    ticker.start()
    for _ in range(20):
        assert enough.acquire(timeout=LONG_S)
    ticker.stop()
    assert worst == 1
