"""A small server for a built site, for looking at it on this machine.

Owns HTTP over a folder: GET and HEAD, security headers, conditional answers.
It never lists a folder, never leaves it and never writes. Beside the folder it
may have a few paths that are made when they are asked for.
"""

from __future__ import annotations

import errno
import gzip
import hashlib
import posixpath
import re
import socketserver
import sys
from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from tracker.errors import OperationFailed
from tracker.site.served import content_of, inside

__all__ = ["CARD_POLICY", "POLICY", "Live", "check_port", "make_server", "make_watch_server"]

Live = Mapping[str, Callable[[], tuple[HTTPStatus, str, bytes]]]
"""By its path, what makes an answer when it is asked for: status, content type, body."""

# A page that needs no script forbids it itself, more strictly than this.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
# A card is there to be shown in somebody else's frame, and runs nothing.
CARD_POLICY = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
)
_CARDS = re.compile(r"/+(?:[a-z]{2}/+)?embed/")
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".png": "image/png",
    ".csv": "text/csv; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".zip": "application/zip",
    ".sha256": "text/plain; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".key": "text/plain; charset=utf-8",
    "": "text/plain; charset=utf-8",  # the checkpoint
}
_TIMEOUT_S = 30
_NOTHING: Live = {}


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def server_bind(self) -> None:
        # The standard one asks the name service for the host's full name, which
        # can take many seconds on a machine without a network.
        socketserver.TCPServer.server_bind(self)
        self.server_name = str(self.server_address[0])
        self.server_port = int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A reader who goes away in mid-answer is no error of ours; a bug still shows.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server_version = "Tracker"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = _TIMEOUT_S

    def __init__(
        self, *args: object, folder: Path | None, log: Callable[[str], None], live: Live
    ) -> None:
        self._folder = folder
        self._log = log
        self._live = live
        super().__init__(*args)  # type: ignore[arg-type]  # the server passes its own three

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002 - the standard signature
        """A refusal as plain text, with the same headers as every answer."""
        status = HTTPStatus(code)
        text = f"{status.value} {message or status.phrase}\n".encode()
        self.close_connection = True
        extra = {"Connection": "close"}
        if status is HTTPStatus.NOT_IMPLEMENTED:
            status, extra["Allow"] = HTTPStatus.METHOD_NOT_ALLOWED, "GET, HEAD"
            text = b"405 Only GET and HEAD are answered here\n"
        self._send(status, text, _TYPES[".txt"], body=self.command != "HEAD", extra=extra)

    def _answer(self, *, body: bool) -> None:
        path = unquote(urlsplit(self.path).path, errors="replace")
        made = self._live.get(path)
        if made is not None:
            status, kind, content = made()
            self._send(status, content, kind, body=body)
            return
        if self._folder is None:
            self._send(HTTPStatus.NOT_FOUND, b"404 Not Found\n", _TYPES[".txt"], body=body)
            return
        target = inside(self._folder, path)
        if target is not None and target.is_dir():
            if not path.endswith("/"):
                place = quote(posixpath.normpath(path)) + "/"
                self._send(
                    HTTPStatus.MOVED_PERMANENTLY,
                    b"",
                    _TYPES[".txt"],
                    body=body,
                    extra={"Location": "/" + place.lstrip("/")},
                )
                return
            target = target / "index.html"
        found = content_of(target) if target is not None else None
        if target is None or found is None:
            page = content_of(self._folder / "404.html") or b"404 Not Found\n"
            kind = _TYPES[".html"] if page.startswith(b"<") else _TYPES[".txt"]
            self._send(HTTPStatus.NOT_FOUND, page, kind, body=body)
            return
        extra = {"Content-Security-Policy": CARD_POLICY} if _CARDS.match(path) else {}
        kind = _TYPES.get(target.suffix, "application/octet-stream")
        self._give(found, kind, extra, body=body)

    def _give(self, found: bytes, kind: str, extra: dict[str, str], *, body: bool) -> None:
        """A file, compressed where the reader takes that, unless the reader has it already."""
        digest = hashlib.sha256(found).hexdigest()[:32]
        extra = {**extra, "ETag": f'"{digest}"', "Vary": "Accept-Encoding"}
        small = "charset=utf-8" in kind and "gzip" in self.headers.get("Accept-Encoding", "")
        if small:
            extra["ETag"] = f'"{digest}-gz"'
        if extra["ETag"] in _tags(self.headers.get("If-None-Match", "")):
            self._send(HTTPStatus.NOT_MODIFIED, b"", "", body=False, extra=extra)
            return
        if small:
            found, extra["Content-Encoding"] = gzip.compress(found, 6, mtime=0), "gzip"
        self._send(HTTPStatus.OK, found, kind, body=body, extra=extra)

    def _send(
        self,
        status: HTTPStatus,
        content: bytes,
        kind: str,
        *,
        body: bool,
        extra: dict[str, str] | None = None,
    ) -> None:
        self.send_response(status)
        for name, value in {**_HEADERS, **(extra or {})}.items():
            self.send_header(name, value)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if body:
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard name
        line = f"{self.address_string()} {format % args}"
        self._log("".join(char if char.isprintable() else "?" for char in line))


def _tags(header: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}


def _silent(_: str) -> None:
    return None


def make_server(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    log: Callable[[str], None] = _silent,
    live: Live = _NOTHING,
) -> ThreadingHTTPServer:
    """A server of the built site in `folder`, bound and not yet serving; port 0 takes a free one.

    Call `serve_forever()` on it, `shutdown()` and `server_close()` to end. `log`
    is told one printable line for each request. A path of `live` goes before a
    file of that name; its answer must not raise.

    Raises: OperationFailed if there is no built site or the port cannot be had.
    """
    if not (folder / "index.html").is_file():
        raise OperationFailed(f"there is no built site at {folder}", "Run `tracker build` first")
    return _bound(host, port, partial(_Handler, folder=folder, log=log, live=live))


def make_watch_server(live: Live, *, host: str, port: int) -> ThreadingHTTPServer:
    """As `make_server`, of the paths of `live` alone: every other is not found.

    Raises: OperationFailed if the port cannot be had.
    """
    return _bound(host, port, partial(_Handler, folder=None, log=_silent, live=live))


def check_port(port: int, *, host: str = "127.0.0.1") -> None:
    """Make sure that a server could listen on `port` now, before long work is begun.

    Raises: OperationFailed if it could not.
    """
    _bound(host, port, BaseHTTPRequestHandler).server_close()


def _bound(host: str, port: int, handler: Callable[..., BaseHTTPRequestHandler]) -> _Server:
    """A server bound to the port. Raises: OperationFailed."""
    try:
        return _Server((host, port), handler)
    except OverflowError as error:
        raise OperationFailed(f"{port} is not a port", "Choose one from 1 to 65535") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise OperationFailed(
                f"port {port} is already in use",
                "Choose another with PORT= or --port, or stop what listens there",
            ) from error
        raise OperationFailed(
            f"cannot listen on {host}:{port}: {error.strerror}",
            "Choose another with PORT= or --port",
        ) from error
