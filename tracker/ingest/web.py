"""The way out to the web: who we say we are, and a transport that keeps nothing.

Owns the headers every request carries and the connections' settings. What is
asked, and what an answer means, belongs to `fetch`.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from functools import lru_cache
from types import TracebackType
from typing import Self

import httpx

from tracker import __version__
from tracker.errors import BadInput
from tracker.ingest.body import ACCEPT_ENCODING

__all__ = ["Web", "make_client"]

_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1"
)
_CONTACT = "record of North American trade policy; reads feeds"
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Web:
    """A transport and the headers of every request; closed by whoever made it.

    The bare transport and not a client: a client would keep cookies, follow
    redirects and look for proxies, and costs more than the request itself.
    """

    transport: httpx.BaseTransport
    headers: tuple[tuple[bytes, bytes], ...]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.transport.close()


@lru_cache(maxsize=1)
def _authorities(_named: ssl.DefaultVerifyPaths) -> ssl.SSLContext:
    """Whom certificates are checked by, as the environment names them now: costly to read."""
    return httpx.create_ssl_context()


def make_client(contact: str | None = None, *, transport: httpx.BaseTransport | None = None) -> Web:
    """A way out for `fetch`, to be closed by the caller; safe to share between threads.

    It says who it is and how its keeper is reached (`contact`: an address of a
    page or of mail, or a few words; None for what the program is). It keeps no
    cookies and no connections, follows no redirects, takes no proxy from the
    environment (the check of addresses would be void behind one) and checks
    certificates, by the authorities of SSL_CERT_FILE where that is set. `transport` is for tests.
    Raises: BadInput for a contact that cannot stand in a header.
    """
    contact = _CONTACT if contact is None else contact
    if not (contact.isascii() and contact.isprintable() and 0 < len(contact) <= _LONGEST):
        raise BadInput(
            f"the contact {contact[:60]!r} cannot stand in a request",
            f"Write a page or a mail address in plain letters, at most {_LONGEST}",
        )
    agent = f"tracker/{__version__} (+{contact})"
    return Web(
        transport
        or httpx.HTTPTransport(
            verify=_authorities(ssl.get_default_verify_paths()),
            trust_env=False,
            http2=False,
            limits=httpx.Limits(max_keepalive_connections=0),
        ),
        (
            (b"User-Agent", agent.encode("ascii")),
            (b"Accept", _ACCEPT.encode("ascii")),
            (b"Accept-Encoding", ACCEPT_ENCODING.encode("ascii")),
            (b"Connection", b"close"),
        ),
    )
