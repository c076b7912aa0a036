"""The small server: what it answers, what it never gives away."""

from __future__ import annotations

import gzip
import http.client
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.site.worlds import TEMPLATES, inputs
from tracker.errors import OperationFailed
from tracker.site.build import build
from tracker.site.serve import make_server


@dataclass
class Served:
    port: int
    folder: Path
    log: list[str]

    def ask(
        self, path: str, method: str = "GET", **headers: str
    ) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()

    def raw(self, request: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as line:
            line.sendall(request)
            found = b""
            while piece := line.recv(65536):
                found += piece
        return found


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("home")
    (home / "secret.txt").write_text("secret")
    folder = home / "site"
    build(inputs(), templates=TEMPLATES, out=folder)
    (folder / "way-out").symlink_to(home / "secret.txt")
    log: list[str] = []
    server = make_server(folder, port=0, log=log.append)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Served(server.server_port, folder, log)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_the_front_page_with_its_headers(served: Served) -> None:
    answer, body = served.ask("/")
    assert answer.status == 200
    assert body == (served.folder / "index.html").read_bytes()
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "Python" not in answer.headers["Server"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/static/style.css", "text/css; charset=utf-8"),
        ("/data/state.json", "application/json; charset=utf-8"),
        ("/feed.atom", "application/atom+xml; charset=utf-8"),
        ("/es/calendar.ics", "text/calendar; charset=utf-8"),
        ("/static/icon.svg", "image/svg+xml; charset=utf-8"),
        ("/on/2025-09-18/", "text/html; charset=utf-8"),
        ("/compare/2025-03-04..2025-03-07/index.html?x=1", "text/html; charset=utf-8"),
    ],
)
def test_each_file_says_what_it_is(served: Served, path: str, kind: str) -> None:
    answer, body = served.ask(path)
    assert (answer.status, answer.headers["Content-Type"]) == (200, kind)
    assert body


def test_a_folder_without_its_slash_is_sent_on_within_the_site(served: Served) -> None:
    answer, _ = served.ask("/on/2025-09-18")
    assert answer.status == 301
    assert answer.headers["Location"] == "/on/2025-09-18/"
    answer, _ = served.ask("//on")
    assert answer.headers["Location"] in {"/on/", None}


def test_head_has_the_headers_and_no_body(served: Served) -> None:
    whole, body = served.ask("/")
    answer, nothing = served.ask("/", "HEAD")
    assert answer.status == 200
    assert nothing == b""
    assert answer.headers["Content-Length"] == str(len(body))
    assert answer.headers["ETag"] == whole.headers["ETag"]


def test_what_a_reader_has_already_is_not_sent_again(served: Served) -> None:
    tag = served.ask("/")[0].headers["ETag"]
    answer, body = served.ask("/", If_None_Match=f'"other", W/{tag}')
    assert (answer.status, body) == (304, b"")
    assert served.ask("/", If_None_Match='"other"')[0].status == 200


def test_text_is_sent_compressed_to_those_who_take_that(served: Served) -> None:
    plain, body = served.ask("/")
    answer, small = served.ask("/", Accept_Encoding="br, gzip")
    assert plain.headers["Content-Encoding"] is None
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(small) == body
    assert len(small) < len(body) / 3
    assert answer.headers["ETag"] != plain.headers["ETag"]
    tag = answer.headers["ETag"]
    assert served.ask("/", Accept_Encoding="gzip", If_None_Match=tag)[0].status == 304


@pytest.mark.parametrize(
    "path",
    [
        "/gone",
        "/on/1999-01-01/",
        "/static/",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/static/../../secret.txt",
        "/static/..%5c..%5csecret.txt",
        "//etc/passwd",
        "/%00",
        "/%ff%fe",
        "/way-out",
        "/.tracker-manifest.json",
        "/" + "a" * 5000,
    ],
)
def test_what_is_not_part_of_the_site_is_not_there(served: Served, path: str) -> None:
    answer, body = served.ask(path)
    assert answer.status == 404
    assert b"No such page" in body
    assert b"secret" not in body.replace(path.encode(), b"")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_but_reading_is_answered(served: Served, method: str) -> None:
    answer, _ = served.ask("/", method)
    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_not_http_is_refused_without_a_trace(served: Served) -> None:
    answer = served.raw(b"\x16\x03\x01\x02\x00nonsense\r\n\r\n")
    assert b"400" in answer.split(b"\r\n", 1)[0] + answer[:40]
    assert b"Traceback" not in answer


def test_the_log_is_told_in_lines_that_can_be_printed(served: Served) -> None:
    served.raw(b"GET /\x1b[31mred HTTP/1.0\r\n\r\n")
    assert served.log
    assert all(line.isprintable() for line in served.log)


def test_a_port_in_use_is_told_with_what_to_do(served: Served) -> None:
    with pytest.raises(OperationFailed) as caught:
        make_server(served.folder, port=served.port)
    assert caught.value.message == f"port {served.port} is already in use"
    assert "--port" in caught.value.advice


def test_ports_and_hosts_that_cannot_be_had(served: Served) -> None:
    with pytest.raises(OperationFailed, match="is not a port"):
        make_server(served.folder, port=70_000)
    with pytest.raises(OperationFailed, match="cannot listen on"):
        make_server(served.folder, host="203.0.113.7", port=0)


def test_there_is_nothing_to_serve_before_a_build(tmp_path: Path) -> None:
    with pytest.raises(OperationFailed, match="no built site") as caught:
        make_server(tmp_path)
    assert "tracker build" in caught.value.advice


def test_a_reader_who_goes_away_is_no_news_but_a_bug_is(
    served: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    server = make_server(served.folder, port=0)
    gone = socket.socket()
    try:
        for error in (BrokenPipeError("gone"), RuntimeError("a bug")):
            try:
                raise error
            except (BrokenPipeError, RuntimeError):
                server.handle_error(gone, ("127.0.0.1", 1))
    finally:
        gone.close()
        server.server_close()
    told = capsys.readouterr().err
    assert "a bug" in told
    assert "gone" not in told


def test_only_a_card_may_be_framed_elsewhere_and_none_runs_anything(served: Served) -> None:
    for path, framed in (
        ("/embed/measure/us.steel/index.html", True),
        ("/es/embed/measure/us.steel/", True),
        ("/measure/us.steel/index.html", False),
        ("/measure/embed/", False),
        ("/embed/no-such-card/", False),
    ):
        answer, _ = served.ask(path)
        policy = answer.getheader("Content-Security-Policy") or ""
        assert ("frame-ancestors *" in policy) == framed, path
        assert ("frame-ancestors 'none'" in policy) != framed, path
        assert "script-src" not in policy if framed else "script-src 'self'" in policy
