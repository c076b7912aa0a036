from __future__ import annotations

import gzip
import socket
import ssl
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import trustme

from tests.ingest.material import feed
from tests.ingest.server import (
    XML,
    Answer,
    FeedServer,
    Handler,
    cut_short,
    endless,
    gzip_bomb,
    silent,
    slow_body,
    slow_head,
)
from tracker.config import Settings
from tracker.errors import BadInput, SourceFailed
from tracker.ingest.answers import Fetched, Throttled
from tracker.ingest.deadline import Deadline
from tracker.ingest.fetch import fetch
from tracker.ingest.web import Web, make_client

BODY = b"<rss version='2.0'><channel><title>t</title></channel></rss>"
PUBLIC = "93.184.215.14"


def get(url: str, client: Web, **options: Any) -> Fetched:
    return fetch(url, client=client, allow_private=True, **options)


def refused(url: str, client: Web, **options: Any) -> SourceFailed:
    with pytest.raises(SourceFailed) as caught:
        get(url, client, **options)
    assert "\n" not in str(caught.value)
    assert caught.value.advice
    return caught.value


def test_a_feed_comes_with_its_headers(server: FeedServer, client: Web) -> None:
    headers = {"Content-Type": "Application/RSS+XML; charset=ISO-8859-1", "Last-Modified": "then"}
    url = server.serve(Answer(BODY, headers=headers, etag='"one"'))
    found = get(url, client)
    assert found.status == "new"
    assert found.body == BODY
    assert (found.media_type, found.charset) == ("application/rss+xml", "ISO-8859-1")
    assert (found.etag, found.last_modified) == ('"one"', "then")
    assert (found.final_url, found.moved_permanently_to) == (url, None)
    _, sent = server.seen[0]
    assert sent["User-Agent"].startswith("tracker/")
    assert sent["Host"] == f"127.0.0.1:{server.port}"
    assert "If-None-Match" not in sent


def test_an_unchanged_feed_is_not_sent_again(server: FeedServer, client: Web) -> None:
    url = server.serve(Answer(BODY, etag='"one"'))
    found = get(url, client, etag='"one"', last_modified="Tue, 04 Mar 2025 10:00:00 GMT")
    assert (found.status, found.body) == ("unchanged", b"")
    _, sent = server.seen[0]
    assert sent["If-None-Match"] == '"one"'
    assert sent["If-Modified-Since"] == "Tue, 04 Mar 2025 10:00:00 GMT"
    assert get(url, client, etag='"old"').status == "new"


def test_a_304_that_nobody_asked_for_is_a_failure(server: FeedServer, client: Web) -> None:
    assert refused(server.serve(Answer(status=304)), client).kind == "http_error"


def test_a_validator_that_cannot_be_a_header_is_not_sent(server: FeedServer, client: Web) -> None:
    url = server.serve(Answer(BODY, etag="é"))
    found = get(url, client, etag="one\r\nX-Injected: yes", last_modified="ñ")
    assert found.status == "new"
    assert found.etag is None
    _, sent = server.seen[0]
    assert not {"If-None-Match", "If-Modified-Since", "X-Injected"} & sent.keys()


@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [
        (400, "http_error", "answered 400 Bad Request"),
        (401, "http_error", "answered 401 Unauthorized"),
        (403, "http_error", "answered 403 Forbidden"),
        (404, "http_error", "answered 404 Not Found"),
        (410, "gone", "answered 410 Gone"),
        (429, "http_error", "answered 429 Too Many Requests"),
        (500, "http_error", "answered 500 Internal Server Error"),
        (503, "http_error", "answered 503 Service Unavailable"),
        (300, "http_error", "answered 300 Multiple Choices"),
    ],
)
def test_a_status_that_is_no_feed(
    server: FeedServer, client: Web, status: int, kind: str, said: str
) -> None:
    error = refused(server.serve(Answer(b"no", status=status)), client)
    assert (error.kind, error.message) == (kind, said)


@pytest.mark.parametrize(
    ("wait", "seconds"), [("120", 120), ("soon", None), ("²", None), ("-5", None)]
)
def test_a_source_that_asks_for_patience(
    server: FeedServer, client: Web, wait: str, seconds: int | None
) -> None:
    url = server.serve(Answer(status=503, headers={"Retry-After": wait}))
    error = refused(url, client)
    assert error.kind == "http_error"
    assert (error.retry_after_s if isinstance(error, Throttled) else None) == seconds


def test_redirects_are_followed_and_a_move_for_good_is_told(
    server: FeedServer, client: Web
) -> None:
    server.redirect("/a", "/b", 301)
    server.redirect("/b", server.url("/c"), 308)
    server.redirect("/c", "/d#fragment", 302)
    server.redirect("/d", "/e", 301)
    server.serve(BODY, "/e")
    found = get(server.url("/a"), client)
    assert found.body == BODY
    assert found.final_url == server.url("/e")
    assert found.moved_permanently_to == server.url("/c")
    assert [path for path, _ in server.seen] == ["/a", "/b", "/c", "/d", "/e"]


def test_a_circle_and_a_long_way_of_redirects(server: FeedServer, client: Web) -> None:
    server.redirect("/a", "/b")
    server.redirect("/b", "/a")
    assert refused(server.url("/a"), client).kind == "redirect_loop"
    server.redirect("/self", "/self")
    assert refused(server.url("/self"), client).kind == "redirect_loop"
    for number in range(7):
        server.redirect(f"/{number}", f"/{number + 1}")
    server.serve(BODY, "/7")
    assert refused(server.url("/0"), client).kind == "too_many_redirects"
    assert get(server.url("/2"), client).body == BODY


@pytest.mark.parametrize(
    ("to", "kind"),
    [
        ("file:///etc/passwd", "bad_scheme"),
        ("javascript:alert(1)", "bad_scheme"),
        ("ftp://ftp.example.org/", "bad_scheme"),
        ("http://user:secret@127.0.0.1/", "bad_scheme"),
        ("http://a.example:99999/", "bad_scheme"),
        ("http://a.example:0/", "bad_scheme"),
        ("http://\x7f/", "bad_scheme"),
        ("http://xn--a.example/", "bad_scheme"),
        ("http://xn--/", "bad_scheme"),
        ("http://[bad/", "dns"),
        ("http://" + "x" * 5000, "bad_scheme"),
        ("", "http_error"),
    ],
)
def test_a_redirect_to_somewhere_else(server: FeedServer, client: Web, to: str, kind: str) -> None:
    assert refused(server.redirect("/feed", to), client).kind == kind


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "feed", "http://", "https://u:p@host/x", "http://xn--a.example/"]
)
def test_only_plain_web_addresses_are_fetched(client: Web, url: str) -> None:
    assert refused(url, client).kind == "bad_scheme"


def test_a_body_of_fifty_megabytes_is_left_where_it_is(server: FeedServer, client: Web) -> None:
    error = refused(server.serve(endless), client)
    assert (error.kind, error.message) == ("too_large", "is larger than 10 MB")
    assert refused(server.serve(BODY), client, max_bytes=len(BODY) - 1).kind == "too_large"
    assert get(server.serve(BODY), client, max_bytes=len(BODY)).body == BODY


def test_a_gzip_bomb_is_not_unfolded(server: FeedServer, client: Web) -> None:
    assert refused(server.serve(gzip_bomb()), client).kind == "too_large"


def _raw_deflate(body: bytes) -> bytes:
    machine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return machine.compress(body) + machine.flush()


@pytest.mark.parametrize(
    ("packing", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("gzip", lambda body: gzip.compress(body[:20]) + gzip.compress(body[20:])),
        ("gzip", lambda body: gzip.compress(body) + b"\0" * 64),
        ("deflate", zlib.compress),
        ("deflate", _raw_deflate),
        ("identity", bytes),
        # gzip that does not say so
        ("", gzip.compress),
    ],
)
def test_compressed_answers(
    server: FeedServer, client: Web, packing: str, pack: Callable[[bytes], bytes]
) -> None:
    headers = {**XML, "Content-Encoding": packing} if packing else XML
    assert get(server.serve(Answer(pack(BODY), headers=headers)), client).body == BODY


@pytest.mark.parametrize(
    ("packing", "body", "kind"),
    [
        ("gzip", gzip.compress(BODY, mtime=0)[:-12], "broken_feed"),
        ("gzip", BODY, "broken_feed"),
        ("deflate", b"\xff\xff\xff", "broken_feed"),
        ("br", BODY, "encoding"),
        ("gzip, gzip", gzip.compress(gzip.compress(BODY, mtime=0), mtime=0), "encoding"),
    ],
)
def test_compressed_answers_that_do_not_open(
    server: FeedServer, client: Web, packing: str, body: bytes, kind: str
) -> None:
    url = server.serve(Answer(body, headers={"Content-Encoding": packing}))
    assert refused(url, client).kind == kind


@pytest.mark.parametrize("route", [slow_head, slow_body, silent])
def test_a_server_that_takes_its_time_is_left_at_the_deadline(
    server: FeedServer, client: Web, route: Callable[[Handler], None]
) -> None:
    error = refused(server.serve(route), client, deadline_s=0.3)
    assert (error.kind, error.message) == ("timeout", "did not answer in full within 0.3 seconds")


def test_the_deadline_covers_all_redirects(server: FeedServer, client: Web) -> None:
    server.redirect("/a", "/slow")
    server.serve(slow_body, "/slow")
    assert refused(server.url("/a"), client, deadline_s=0.3).kind == "timeout"


def test_an_answer_that_breaks_off(server: FeedServer, client: Web) -> None:
    error = refused(server.serve(cut_short), client)
    assert (error.kind, error.message) == ("unreachable", "broke off in the middle of its answer")


def test_nobody_listens(client: Web) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        error = refused(f"http://127.0.0.1:{taken.getsockname()[1]}/", client)
    assert (error.kind, error.message) == (
        "unreachable",
        "could not be reached (connection refused)",
    )


def test_a_server_without_tls(server: FeedServer, client: Web) -> None:
    server.serve(BODY)
    error = refused(server.url().replace("http:", "https:"), client)
    assert error.kind == "tls"
    assert error.message.startswith("could not be reached safely (")


def test_the_certificate_must_be_the_name_s_and_not_the_address_s(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    authority = trustme.CA()
    roots = tmp_path / "roots.pem"
    authority.cert_pem.write_to_path(str(roots))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("feeds.example").configure_cert(tls)

    def lookup(_host: str, _port: int) -> tuple[str, ...]:
        return ("127.0.0.1",)

    with FeedServer(tls) as server, make_client() as trusting_no_one:
        server.serve(BODY)
        url = f"https://feeds.example:{server.port}/feed"
        error = refused(url, trusting_no_one, lookup=lookup)
        assert error.kind == "tls"
        assert "self-signed" in error.message or "issuer" in error.message
        monkeypatch.setenv("SSL_CERT_FILE", str(roots))
        with make_client() as client:
            assert get(url, client, lookup=lookup).body == BODY
            wrong = refused(url.replace("feeds.", "other."), client, lookup=lookup)
            assert wrong.kind == "tls"
            assert "hostname mismatch" in wrong.message


def test_a_name_that_does_not_exist(client: Web) -> None:
    error = refused("http://no-such-host.invalid/feed", client)
    assert (error.kind, error.message) == ("dns", "could not be reached (name not found)")


def test_cookies_are_neither_kept_nor_sent(server: FeedServer) -> None:
    url = server.serve(Answer(BODY, headers={"Set-Cookie": "id=1; Path=/"}))
    with make_client() as fresh:
        get(url, fresh)
        get(url, fresh)
    assert all("Cookie" not in sent for _, sent in server.seen)


def test_a_proxy_of_the_environment_is_not_used(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with make_client("tests") as fresh:
        assert get(server.serve(BODY), fresh).body == BODY
    assert server.seen[0][1]["User-Agent"].endswith("(+tests)")


def test_the_contact_of_the_keeper_goes_out_with_every_request(server: FeedServer) -> None:
    said = Settings.from_environment({"TRACKER_CONTACT": " https://example.org/bot "}).contact
    with make_client(said) as fresh:
        get(server.serve(BODY), fresh)
    assert server.seen[0][1]["User-Agent"].endswith("(+https://example.org/bot)")
    assert Settings.from_environment({"TRACKER_CONTACT": " "}).contact is None
    with pytest.raises(BadInput, match="the contact"):
        make_client("a\r\nCookie: b")


@pytest.mark.parametrize(
    ("error", "kind", "said"),
    [
        (httpx.ConnectError("x"), "unreachable", "could not be reached (no connection)"),
        (
            httpx.ConnectTimeout("x"),
            "timeout",
            "did not answer in full within 15 seconds of silence",
        ),
        (httpx.ReadError("x"), "unreachable", "broke off in the middle of its answer"),
        (httpx.RemoteProtocolError("x"), "unreachable", "broke off in the middle of its answer"),
        (httpx.InvalidURL("x"), "bad_scheme", "leads to an address that does not read"),
    ],
)
def test_no_exception_of_the_library_leaves(error: Exception, kind: str, said: str) -> None:
    def failing(_request: httpx.Request) -> httpx.Response:
        raise error

    with make_client(transport=httpx.MockTransport(failing)) as mocked:
        found = refused("http://feeds.example/", mocked, lookup=lambda *_: (PUBLIC,))
    assert (found.kind, found.message) == (kind, said)


def test_a_connection_made_after_the_deadline_is_shut_at_once() -> None:
    ours, theirs = socket.socketpair()

    class Stream:
        def get_extra_info(self, _name: str) -> socket.socket:
            return ours

    with ours, theirs, Deadline(0) as deadline:
        assert deadline.passed
        deadline.expired.wait()
        deadline.watch("connection.connect_tcp.complete", {"return_value": Stream()})
        assert theirs.recv(1) == b""
        ours.close()
        deadline.watch("connection.connect_tcp.complete", {"return_value": Stream()})


def test_a_real_body_arrives_as_it_is(server: FeedServer, client: Web) -> None:
    assert get(server.serve(feed("rss091.xml")), client).body == feed("rss091.xml")
