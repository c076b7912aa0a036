"""One feed over HTTP, politely and with a limit to everything.

Owns the client, redirects, conditional requests and the meaning of failures.
The HTTP library's exceptions end here. It knows nothing of what a feed holds.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from tracker import __version__
from tracker.ingest.addresses import Resolve, checked_addresses, resolve
from tracker.ingest.answers import Fetched, Throttled
from tracker.ingest.body import ACCEPT_ENCODING, read_body
from tracker.ingest.deadline import Deadline
from tracker.ingest.failures import STEP_S, failure, refusal, tls_cause
from tracker.ingest.redirects import Trail, parsed_url

__all__ = ["Fetched", "Throttled", "fetch", "make_client"]

_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1"
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_HEADER = 1000


def make_client(
    contact: str = "record of North American trade policy; reads feeds",
) -> httpx.Client:
    """A client for `fetch`, to be closed by the caller; safe to share between threads.

    It says who it is, keeps no cookies and no connections, follows no
    redirects, takes no proxy from the environment (the check of addresses
    would be void behind one) and checks certificates, by the authorities of
    SSL_CERT_FILE where that is set.
    """
    return httpx.Client(
        headers={
            "User-Agent": f"tracker/{__version__} (+{contact})",
            "Accept": _ACCEPT,
            "Accept-Encoding": ACCEPT_ENCODING,
            "Connection": "close",
        },
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        limits=httpx.Limits(max_keepalive_connections=0),
        verify=httpx.create_ssl_context(),
        trust_env=False,
        event_hooks={"response": [_keep_location]},
        follow_redirects=False,
        http2=False,
    )


def fetch(
    source_url: str,
    *,
    client: httpx.Client,
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
    body counts unpacked against `max_bytes`. `deadline_s` covers connecting,
    all redirects and the body; only the look-up of a name is not cut short by
    it. Nothing is kept: calling again is a new question.

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
                trail.url.host, _port(trail.url), allow_private=allow_private, lookup=lookup
            )
            try:
                response = _ask(client, trail.url, addresses, sent, deadline)
                try:
                    if response.status_code in _REDIRECTS:
                        trail.follow(response.status_code, _location(response))
                        continue
                    return _answer(response, trail, bool(sent), max_bytes, deadline)
                finally:
                    response.close()
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise failure(error, deadline, deadline_s) from error


def _keep_location(response: httpx.Response) -> None:
    """Take a redirect out of the library's hands: it stumbles over addresses it cannot read."""
    response.extensions["location"] = response.headers.pop("location", "")


def _location(response: httpx.Response) -> str:
    """Where a redirect points, by any client."""
    kept = response.extensions.get("location")
    return kept if isinstance(kept, str) else response.headers.get("location", "")


def _port(url: httpx.URL) -> int:
    """The port of an address, the scheme's own where it names none."""
    return url.port or (443 if url.scheme == "https" else 80)


def _ask(
    client: httpx.Client,
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
            headers=[*client.headers.raw, *validators, (b"Host", url.netloc)],
            extensions={
                "timeout": dict.fromkeys(("connect", "read", "write", "pool"), step),
                "sni_hostname": url.raw_host.decode("ascii"),
                "trace": deadline.watch,
            },
        )
        try:
            return client.send(request, stream=True)
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
