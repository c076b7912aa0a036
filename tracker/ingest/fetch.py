"""One feed over HTTP, politely and with a limit to everything.

Owns redirects, conditional requests and the meaning of failures. The HTTP
library's exceptions end here. It knows nothing of what a feed holds.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx

from tracker.ingest.addresses import Resolve, checked_addresses, resolve, resolve_within
from tracker.ingest.answers import Fetched, Throttled
from tracker.ingest.body import read_body
from tracker.ingest.deadline import Deadline
from tracker.ingest.failures import STEP_S, failure, refusal, tls_cause
from tracker.ingest.hints import cache_wait_s
from tracker.ingest.redirects import Trail, parsed_url
from tracker.ingest.web import Web, make_client

__all__ = ["Fetched", "Throttled", "Web", "fetch", "make_client"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_HEADER = 1000


def fetch(
    source_url: str,
    *,
    client: Web,
    etag: str | None = None,
    last_modified: str | None = None,
    max_bytes: int = 10_000_000,
    deadline_s: float = 30,
    max_redirects: int = 5,
    allow_private: bool = False,
    lookup: Resolve = resolve,
    monotonic: Callable[[], float] = time.monotonic,
) -> Fetched:
    """Ask a source for its feed, once.

    Every hop's name is looked up and checked, and the connection goes to the
    address that was checked, so a name cannot change its mind in between. The
    body counts unpacked against `max_bytes`. `deadline_s` covers looking names
    up, connecting, all redirects and the body. Nothing is kept: calling again
    is a new question.

    Raises: SourceFailed of kind timeout, unreachable, dns, tls, http_error (as
    `Throttled` where the source says how long to wait), gone, too_large,
    redirect_loop, too_many_redirects, forbidden_address, bad_scheme, encoding
    or broken_feed (a packing that does not open).
    """
    validators = ((b"If-None-Match", _header(etag)), (b"If-Modified-Since", _header(last_modified)))
    sent = [(name, value.encode("ascii")) for name, value in validators if value is not None]
    trail = Trail(parsed_url(source_url), max_redirects)
    with Deadline(deadline_s, monotonic) as deadline:
        while True:
            addresses = checked_addresses(
                trail.url.host,
                _port(trail.url),
                allow_private=allow_private,
                lookup=resolve_within(deadline.left_s(deadline_s), lookup),
            )
            try:
                response = _ask(client, trail.url, addresses, sent, deadline)
                try:
                    if response.status_code in _REDIRECTS:
                        trail.follow(response.status_code, response.headers.get("location", ""))
                        continue
                    return _answer(response, trail, bool(sent), max_bytes, deadline)
                finally:
                    response.close()
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise failure(error, deadline, deadline_s) from error


def _port(url: httpx.URL) -> int:
    """The port of an address, the scheme's own where it names none."""
    return url.port or (443 if url.scheme == "https" else 80)


def _ask(
    client: Web,
    url: httpx.URL,
    addresses: tuple[str, ...],
    validators: list[tuple[bytes, bytes]],
    deadline: Deadline,
) -> httpx.Response:
    """The head of the answer of the first address that takes the connection."""
    for number, address in enumerate(addresses, 1):
        step = deadline.left_s(STEP_S)
        request = httpx.Request(
            "GET",
            url.copy_with(host=address),
            headers=[*client.headers, *validators, (b"Host", url.netloc)],
            extensions={
                "timeout": dict.fromkeys(("connect", "read", "write", "pool"), step),
                "sni_hostname": url.raw_host.decode("ascii"),
                "trace": deadline.watch,
            },
        )
        try:
            return client.transport.handle_request(request)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            if number == len(addresses) or tls_cause(error) or deadline.passed:
                raise
    raise AssertionError("there is at least one address")


def _answer(
    response: httpx.Response, trail: Trail, conditional: bool, max_bytes: int, deadline: Deadline
) -> Fetched:
    """What a final answer means. Raises: SourceFailed, httpx.HTTPError."""
    status = response.status_code
    unchanged = status == 304 and conditional
    if not unchanged and not 200 <= status < 300:
        raise refusal(response)
    body = b""
    if not unchanged:
        body = read_body(
            response.iter_raw(),
            content_encoding=response.headers.get("content-encoding", ""),
            max_bytes=max_bytes,
        )
    # A body without a length ends where the connection does: also when we cut it.
    if deadline.passed:
        raise httpx.ReadTimeout("the deadline came while the body was read")
    media_type, _, parameters = response.headers.get("content-type", "").partition(";")
    return Fetched(
        status="unchanged" if unchanged else "new",
        body=body,
        media_type=media_type.strip().lower()[:100],
        charset=_charset(parameters),
        etag=_header(response.headers.get("etag")),
        last_modified=_header(response.headers.get("last-modified")),
        final_url=str(trail.url),
        moved_permanently_to=trail.moved_permanently_to,
        fresh_s=cache_wait_s(response.headers),
    )


def _header(value: str | None) -> str | None:
    """A header's value that may be kept and sent back, else None."""
    text = (value or "").strip()
    return (
        text
        if text and len(text) <= _MAX_HEADER and text.isprintable() and text.isascii()
        else None
    )


def _charset(parameters: str) -> str | None:
    """The charset among the parameters of a media type."""
    for part in parameters.split(";"):
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'")[:40] or None
    return None
