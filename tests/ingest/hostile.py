"""What the hostile web answers, and what each comes to: one case of every class."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from xml.sax.saxutils import escape

from tests.ingest.material import feed
from tests.ingest.server import XML, Answer, Handler, Route, cut_short
from tracker.ingest.reading import MAX_ITEMS

__all__ = ["CASES", "SECRET", "Case", "rss"]

SECRET = "hunter2"  # noqa: S105 - it must be found nowhere
CHALLENGE = b"<!doctype html><title>Just a moment...</title>"
GOOD = feed("rss20.xml")
JS = "<script>alert(1)</script><img src=x onerror=alert(1)>javascript:alert(1)"


def rss(inner: str, head: str = "") -> bytes:
    return (
        f"<?xml version='1.0'?>{head}<rss version='2.0'><channel>{inner}</channel></rss>".encode()
    )


def items(count: int) -> str:
    return "".join(f"<item><guid>{n}</guid><title>Item {n}</title></item>" for n in range(count))


LAUGHS = "<!DOCTYPE rss [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {name} '{f'&{of};' * 10}'>" for of, name in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMBS = {
    "laughs": rss("<item><title>x &i;</title></item>", f"{LAUGHS}]>"),
    "quadratic": rss(
        f"<item><title>x {'&a;' * 900}</title></item>",
        f"<!DOCTYPE rss [<!ENTITY a '{'y' * 9000}'>]>",
    ),
    "outside entity": rss(
        "<item><title>x &a;</title></item>",
        "<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
    ),
    "outside document type": rss(
        "<item><title>x</title></item>", "<!DOCTYPE rss SYSTEM 'http://127.0.0.1:9/x.dtd'>"
    ),
    "included": rss(
        "<item><title>x<xi:include xmlns:xi='http://www.w3.org/2001/XInclude'"
        " href='file:///etc/passwd' parse='text'/></title></item>"
    ),
}
SCRIPTED = "".join(
    f"<{name}><![CDATA[{JS} {name}]]></{name}>"
    for name in ("title", "description", "author", "category", "comments")
)
ESCAPED = escape(JS)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='javascript:alert(1)//'>"
    f"<title type='html'>{ESCAPED}</title><entry><id>{ESCAPED}</id>"
    "<link href='javascript:alert(1)'/><title type='xhtml'>"
    "<div xmlns='http://www.w3.org/1999/xhtml'>T<script>alert(1)</script>"
    "<img src='x' onerror='alert(1)'/></div></title>"
    "<content type='html' src='data:text/html,x'>words</content></entry></feed>"
).encode()


def etag_of_each_time(handler: Handler) -> None:
    handler.answer(Answer(GOOD, headers={**XML, "ETag": f'"{len(handler.server.seen)}"'}))


def no_http(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/9.9 yes\r\n\xff\r\n\r\n")


@dataclass(frozen=True)
class Case:
    """What is served, and what it comes to: a kind of failure, or so many new reports."""

    route: Route | bytes
    comes_to: str | int
    kind: str = "feed"


def page(
    status: int = 200, body: bytes = b"<!doctype html><title>Just a moment...</title>"
) -> Answer:
    return Answer(body, status=status, headers={"Content-Type": "text/html"})


def typed(media_type: str) -> Answer:
    return Answer(GOOD, headers={"Content-Type": media_type} if media_type else {})


CASES: dict[str, Case] = {
    "good": Case(GOOD, 3),
    **{f"bomb {name}": Case(body, 1) for name, body in BOMBS.items()},
    "labelled octets": Case(typed("application/octet-stream"), 3),
    "labelled a picture": Case(typed("image/png"), 3),
    "labelled text": Case(typed("text/plain; charset=x-nonsense"), 3),
    "labelled json": Case(typed("application/json"), 3),
    "labelled nothing": Case(typed(""), 3),
    "labelled with an essay": Case(typed("a/" + "b" * 5000), 3),
    "charset of a codec": Case(typed("text/xml; charset=zlib_codec"), 3),
    "challenge": Case(page(), "not_a_feed"),
    "challenge with a feed in it": Case(page(body=b"<html><body>" + GOOD), "not_a_feed"),
    "challenge 403": Case(page(403), "http_error"),
    "challenge 503": Case(page(503), "http_error"),
    "challenge in xhtml": Case(
        b"<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>", "not_a_feed"
    ),
    "429": Case(Answer(status=429, headers={"Retry-After": "7200"}), "http_error"),
    "304 unasked": Case(Answer(status=304), "http_error"),
    "204": Case(Answer(status=204), "empty"),
    "cut": Case(cut_short, "unreachable"),
    "half": Case(feed("truncated.xml"), 2),
    "half a tag": Case(GOOD[: GOOD.index(b"<item>") + 3], 0),
    "half a gzip": Case(
        Answer(gzip.compress(GOOD)[:-9], headers={"Content-Encoding": "gzip"}), "broken_feed"
    ),
    "no bytes": Case(b"", "empty"),
    "zero bytes": Case(bytes(5000), "encoding"),
    "etag of each time": Case(etag_of_each_time, 3),
    "etag of an essay": Case(Answer(GOOD, headers={"ETag": '"' + "x" * 20_000 + '"'}), 3),
    "10,000 items": Case(rss(items(10_000)), MAX_ITEMS),
    "one guid for all": Case(rss("<item><guid>1</guid><title>x</title></item>" * 900), 1),
    "no guids": Case(feed("no_guids.xml"), 6),
    "no dates, wrong dates": Case(feed("bad_dates.xml"), 8),
    "future": Case(
        rss("<item><title>x</title><pubDate>1 Jan 2099 00:00:00 GMT</pubDate></item>"), 1
    ),
    "scripts": Case(rss(f"<item>{SCRIPTED}</item>"), 1),
    "scripts in atom": Case(ATOM, 1),
    "scripts in json": Case(
        json.dumps(
            {"title": JS, "items": [{"id": JS, "title": JS, "content_html": JS, "url": JS}]}
        ).encode(),
        1,
        "json-feed",
    ),
    "json too deep": Case(b'{"items":' + b"[" * 200_000, "broken_feed", "json-feed"),
    "json of odd types": Case(
        b'{"items": [null, 1, [], {}, {"id": {}, "title": 1e999, "url": []}, {"id": 1e400}]}',
        "broken_feed",
        "json-feed",
    ),
    "json with numbers for names": Case(
        b'{"items": [null, 1, [], {"id": {}, "title": 5}, {"id": 12345678901234567890}]}',
        1,
        "json-feed",
    ),
    "page for json": Case(page(), "not_a_feed", "json-feed"),
    "nested": Case(rss("<item>" * 20_000), 0),
    "password in a redirect": Case(
        Answer(status=301, headers={"Location": f"http://me:{SECRET}@127.0.0.1:9/feed"}),
        "bad_scheme",
    ),
    "password in links": Case(
        rss(
            f"<link>https://me:{SECRET}@example.org/</link><item><title>x</title>"
            f"<link>https://me:{SECRET}@example.org/x</link></item>"
        ),
        1,
    ),
    "file": Case(Answer(status=302, headers={"Location": "file:///etc/passwd"}), "bad_scheme"),
    "gopher": Case(Answer(status=302, headers={"Location": "gopher://127.0.0.1:9/"}), "bad_scheme"),
    "circle": Case(Answer(status=302, headers={"Location": "/circle"}), "redirect_loop"),
    "header of a megabyte": Case(Answer(GOOD, headers={"X-Long": "x" * 1_000_000}), "unreachable"),
    "headers that do not read": Case(no_http, "unreachable"),
}
