"""What went wrong with a fetch, in words a person can act on.

Owns the way from a status or an exception of the HTTP library to a
`SourceFailed` of a stable kind. It asks nothing of the network.
"""

from __future__ import annotations

import ssl

import httpx

from tracker.errors import SourceFailed
from tracker.ingest.answers import Throttled
from tracker.ingest.deadline import Deadline
from tracker.ingest.hints import http_wait

__all__ = ["STEP_S", "failure", "refusal", "tls_cause"]

STEP_S = 15.0
"""Seconds the other side may be silent, in connecting and between two reads."""

_AGAIN = "It is asked again when it is due"


def refusal(response: httpx.Response) -> SourceFailed:
    """The error for an answer that is no feed by its status."""
    status = response.status_code
    said = f"answered {status} {response.reason_phrase[:40]}".rstrip()
    wait, until = http_wait(
        response.headers.get("retry-after", "")[:100], response.headers.get("date", "")[:100]
    )
    if status in {429, 503} and (wait or until):
        return Throttled(said, "It asked for a pause and gets it", wait, until)
    if status == 410:
        return SourceFailed(
            "gone", said, "It is asked once a week now; look for its new address or take it out"
        )
    if status == 404:
        return SourceFailed("http_error", said, "Look for the feed's new address on its site")
    if status in {401, 403, 406, 451}:
        return SourceFailed(
            "http_error", said, "It turns programs away; see the note on this source"
        )
    return SourceFailed("http_error", said, _AGAIN)


def tls_cause(error: BaseException | None) -> ssl.SSLError | None:
    """The TLS error an exception stems from, if it does."""
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return error


def failure(
    error: httpx.HTTPError | httpx.InvalidURL, deadline: Deadline, deadline_s: float
) -> SourceFailed:
    """The error for an answer that never came whole."""
    if deadline.passed or isinstance(error, httpx.TimeoutException):
        within = f"{deadline_s:g} seconds" if deadline.passed else f"{STEP_S:g} seconds of silence"
        return SourceFailed("timeout", f"did not answer in full within {within}", _AGAIN)
    if isinstance(error, httpx.InvalidURL):
        return SourceFailed("bad_scheme", "leads to an address that does not read", _AGAIN)
    tls = tls_cause(error)
    if tls is not None:
        why = getattr(tls, "verify_message", None) or tls.reason or "the handshake failed"
        return SourceFailed(
            "tls",
            f"could not be reached safely ({str(why).lower()})",
            "Its certificate is at fault; a file of authorities can be named in SSL_CERT_FILE",
        )
    if isinstance(error, httpx.ConnectError):
        return SourceFailed("unreachable", f"could not be reached ({_reason(error)})", _AGAIN)
    return SourceFailed("unreachable", "broke off in the middle of its answer", _AGAIN)


def _reason(error: BaseException) -> str:
    """What the system says of a connection that failed, in a few words."""
    found: BaseException | None = error
    while found is not None:
        if isinstance(found, OSError) and found.strerror:
            return found.strerror.lower()
        found = found.__cause__ or found.__context__
    return "no connection"
