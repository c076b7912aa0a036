"""The way out, by Apprise. The only importer of it.

Owns what a target is and what became of a message sent to it. Addresses of
targets hold passwords and tokens: none is ever shown, logged or kept.
"""

from __future__ import annotations

import logging
import re
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from tracker.core.codec import sha256
from tracker.errors import BadInput, OperationFailed
from tracker.notify.alerts import Alert

__all__ = ["Outcome", "Target", "deliver", "targets_of"]

Outcome = Literal["sent", "waiting", "refused"]
"""`sent`: the target took it. `waiting`: it never left, as nobody answered at all.
`refused`: it may have arrived or not, nobody knows."""

# What a failed attempt says where no connection came about, so that nothing can have been sent ...
_NO_WAY_THERE = re.compile(
    r"^Socket Exception.*(?:NewConnectionError|NameResolutionError|ConnectTimeoutError"
    r"|Connection refused|Name or service not known|Temporary failure in name resolution"
    r"|No route to host|Network is unreachable)",
    re.DOTALL,
)
# ... unless another part of it was: a target may have several recipients.
_ANSWERED = re.compile(r"^(?:Sent |Response Details)|^Failed to send .*error=", re.DOTALL)
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Target:
    """One place that alerts go to. `name` may be shown; `id` tells it from others for ever."""

    name: str
    id: str
    url: str = field(repr=False)


def targets_of(urls: Sequence[str]) -> tuple[Target, ...]:
    """The targets of Apprise URLs, each once, in the order given.

    Raises: BadInput naming the place of one that Apprise does not read, never
    the URL itself; OperationFailed if Apprise is not installed.
    """
    found: dict[str, Target] = {}
    with _apprise() as apprise, warnings.catch_warnings():
        # Its plugins are loaded at the first address, and use what Python is giving up.
        warnings.simplefilter("ignore", DeprecationWarning)
        for number, url in enumerate(urls, 1):
            made = None
            if _scheme(url):
                made = apprise.Apprise.instantiate(url, suppress_exceptions=True)
            if made is None:
                raise BadInput(
                    f"target {number} of the alerts is no address that Apprise reads",
                    "Write it as its documentation says, like mailtos://user:password@example.org",
                )
            digest = sha256(url.encode("utf-8", "surrogatepass"))[:16]
            found.setdefault(digest, Target(f"{number} ({_scheme(url)})", digest, url))
    return tuple(found.values())


def _scheme(url: str) -> str:
    """The scheme of an address, empty where it has none that can be read."""
    try:
        return urlsplit(url).scheme
    except ValueError:
        return ""


def deliver(alert: Alert, target: Target) -> Outcome:
    """Send one alert to one target, once, and say what became of it. Never raises for the target.

    Raises: OperationFailed if Apprise is not installed.
    """
    body = alert.sentence if alert.link is None else f"{alert.sentence}\n{alert.link}"
    with _apprise() as apprise, _listening() as heard:
        way = apprise.Apprise()
        if not way.add(target.url):
            return "refused"
        try:
            went = way.notify(title=alert.title, body=body, body_format="text")
        except Exception:  # noqa: BLE001 - a plugin's error of any kind: nobody knows what it sent
            return "refused"
    if went:
        return "sent"
    never_left = any(map(_NO_WAY_THERE.search, heard)) and not any(map(_ANSWERED.search, heard))
    return "waiting" if never_left else "refused"


@contextmanager
def _apprise() -> Iterator[Any]:
    """Apprise, one caller at a time, its own words kept from every log: they repeat addresses."""
    try:
        import apprise
    except ImportError as error:
        raise OperationFailed(
            "alerts need the package apprise", "Install it: pip install 'tracker[notify]'"
        ) from error
    logger = logging.getLogger("apprise")
    with _ONE_AT_A_TIME:
        before = logger.propagate, logger.level, logger.handlers[:]
        quiet = logging.NullHandler()
        logger.propagate, logger.handlers = False, [quiet]
        try:
            yield apprise
        finally:
            logger.propagate, logger.handlers = before[0], before[2]
            logger.setLevel(before[1])


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[list[str]]:
    """What Apprise says of its attempts, for who wants to know whether one left."""
    logger, heard = logging.getLogger("apprise"), _Heard()
    logger.setLevel(logging.DEBUG)
    logger.addHandler(heard)
    yield heard.lines
