"""A place on the loopback interface that alerts are sent to, as Apprise's `json://` sends them."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

__all__ = ["Receiver"]


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self.server.lock:
            self.server.got.append(json.loads(body))
        self.server.came.set()
        self.server.open.wait()
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.lock = threading.Lock()
        self.got: list[dict[str, Any]] = []
        self.status = 200
        self.came, self.open = threading.Event(), threading.Event()
        self.open.set()


class Receiver:
    """Keeps what it is sent; answers `status`."""

    def __init__(self) -> None:
        self._server = _Server()
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.open.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, status: int) -> None:
        self._server.status = status

    def hold(self) -> None:
        """Take what comes, and leave it without an answer until `let_go`."""
        self._server.open.clear()

    def let_go(self) -> None:
        self._server.open.set()

    def wait_for_one(self) -> None:
        """Wait until a message has come."""
        assert self._server.came.wait(60)

    @property
    def url(self) -> str:
        """Where Apprise finds it, with a password that must show nowhere."""
        return f"json://me:hush@127.0.0.1:{self._server.server_address[1]}/"

    @property
    def messages(self) -> list[str]:
        """The first line of each message: its sentence."""
        return [message["message"].splitlines()[0] for message in self._server.got]

    @property
    def got(self) -> list[dict[str, Any]]:
        return list(self._server.got)
