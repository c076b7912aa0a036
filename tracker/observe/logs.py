"""The log: a sentence for a person, or one JSON object a line for a machine.

The only importer of structlog. Every line of a long-lived command goes through
here, what libraries have to say included, and no credential passes.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime

import structlog
from structlog.typing import EventDict, FilteringBoundLogger, Processor, WrappedLogger

from tracker.observe.secrets import without_credentials

__all__ = ["Log", "forward_libraries", "make_log"]

Log = FilteringBoundLogger
"""`log.info(sentence, what=WORD, **fields)`; `warning` and `error` alike."""


def make_log(*, as_json: bool, now: Callable[[], datetime], must_arrive: bool = False) -> Log:
    """A log on standard output, of what goes wrong on standard error.

    Plain, a line is the sentence. As JSON it is an object: `timestamp` (UTC,
    from `now`), `level`, `event` (the sentence), `what` (a stable word) and what
    else is known. A reader that has gone stops nothing, unless a line `must_arrive`:
    then OSError leaves the call.
    """

    def dated(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        return {"timestamp": now().isoformat(timespec="milliseconds"), **event}

    shown: list[Processor] = (
        [structlog.processors.JSONRenderer(ensure_ascii=False)] if as_json else [_sentence]
    )
    log: Log = structlog.wrap_logger(
        _Streams(must_arrive=must_arrive),
        processors=[structlog.processors.add_log_level, dated, _clean, *shown],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        context_class=dict,
    )
    return log


def forward_libraries(log: Log) -> None:
    """Let warnings and errors of every library speak through `log`; idempotent."""
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one, _Forward)]:
        root.removeHandler(handler)
    root.addHandler(_Forward(log))


class _Streams:
    """Where lines go. The streams are looked up each time: a test may have put its own there."""

    def __init__(self, *, must_arrive: bool) -> None:
        # A tick must not fail because the reader of its log has gone.
        self._borne: tuple[type[Exception], ...] = () if must_arrive else (OSError, ValueError)

    def info(self, line: str) -> None:
        self._write(line, err=False)

    def warning(self, line: str) -> None:
        self._write(line, err=True)

    error = critical = warning

    def _write(self, line: str, *, err: bool) -> None:
        with suppress(*self._borne):
            print(line, file=sys.stderr if err else sys.stdout, flush=True)


def _clean(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    return {name: _cleaned(value) for name, value in event.items()}


def _cleaned(value: object) -> object:
    """Text without credentials and line breaks, wherever it stands in the value."""
    if isinstance(value, str):
        line = "".join(char if char.isprintable() else " " for char in value)
        return without_credentials(line)
    if isinstance(value, Mapping):
        return {str(key): _cleaned(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(one) for one in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return _cleaned(str(value))


def _sentence(_: WrappedLogger, __: str, event: EventDict) -> str:
    return str(event["event"])


class _Forward(logging.Handler):
    """Hands what a library says to the log, an exception in a few words beside it."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        said = f"{record.name}: {record.getMessage()}"
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            said = f"{said}: {type(error).__name__}: {error}"
        tell = self._log.error if record.levelno >= logging.ERROR else self._log.warning
        tell(said, what="library", logger=record.name)
