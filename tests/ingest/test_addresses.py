"""Which machines a feed may come from, and that the one checked is the one asked."""

from __future__ import annotations

import httpx
import pytest

from tests.ingest.server import FeedServer
from tracker.errors import SourceFailed
from tracker.ingest.addresses import checked_addresses, is_public, resolve
from tracker.ingest.fetch import fetch
from tracker.ingest.web import Web, make_client

BODY = b"<rss version='2.0'><channel><title>t</title></channel></rss>"
PUBLIC = "93.184.215.14"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
    ],
)
def test_our_own_house_is_not_fetched_from(client: Web, url: str) -> None:
    with pytest.raises(SourceFailed) as caught:
        fetch(url, client=client)
    assert caught.value.kind == "forbidden_address"
    assert "TRACKER_ALLOW_PRIVATE_ADDRESSES=1" in caught.value.advice


@pytest.mark.parametrize(
    ("address", "public"),
    [
        (PUBLIC, True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("::ffff:93.184.215.14", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - an address to refuse
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff0e::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("no address", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) == public


def test_a_name_with_one_private_address_is_refused_whole() -> None:
    def both(_host: str, _port: int) -> tuple[str, ...]:
        return (PUBLIC, "10.0.0.1")

    with pytest.raises(SourceFailed) as caught:
        checked_addresses("two.example", 80, allow_private=False, lookup=both)
    assert caught.value.kind == "forbidden_address"
    assert checked_addresses("two.example", 80, allow_private=True, lookup=both) == (
        PUBLIC,
        "10.0.0.1",
    )


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    asked: list[httpx.Request] = []
    lookups: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        if request.headers["host"] == "feeds.example":
            return httpx.Response(302, headers={"Location": "https://other.example:8443/x"})
        return httpx.Response(200, stream=httpx.ByteStream(BODY))

    def lookup(host: str, port: int) -> tuple[str, ...]:
        lookups.append(f"{host}:{port}")
        return ("2606:2800:21f::1",) if host == "other.example" else (PUBLIC,)

    with make_client(transport=httpx.MockTransport(answer)) as mocked:
        found = fetch("https://feeds.example/feed", client=mocked, lookup=lookup)
    assert found.body == BODY
    assert found.final_url == "https://other.example:8443/x"
    assert lookups == ["feeds.example:443", "other.example:8443"]
    assert [str(request.url) for request in asked] == [
        f"https://{PUBLIC}/feed",
        "https://[2606:2800:21f::1]:8443/x",
    ]
    assert [r.headers["host"] for r in asked] == ["feeds.example", "other.example:8443"]
    assert [r.extensions["sni_hostname"] for r in asked] == ["feeds.example", "other.example"]


def test_a_public_name_may_not_redirect_into_the_house() -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"Location": "http://intern.example/secret"})

    def lookup(host: str, _port: int) -> tuple[str, ...]:
        return ("192.168.0.7",) if host == "intern.example" else (PUBLIC,)

    mocked = make_client(transport=httpx.MockTransport(answer))
    with mocked, pytest.raises(SourceFailed) as caught:
        fetch("http://feeds.example/", client=mocked, lookup=lookup)
    assert caught.value.kind == "forbidden_address"
    assert "intern.example" in caught.value.message


def test_the_next_address_is_tried_where_one_does_not_take_the_connection(
    server: FeedServer, client: Web
) -> None:
    def lookup(_host: str, _port: int) -> tuple[str, ...]:
        return ("127.0.0.2", "127.0.0.1")

    url = server.serve(BODY).replace("127.0.0.1", "feeds.example")
    assert fetch(url, client=client, allow_private=True, lookup=lookup).body == BODY
    assert server.seen[0][1]["Host"] == f"feeds.example:{server.port}"


def test_a_name_without_addresses_is_not_found() -> None:
    with pytest.raises(SourceFailed) as caught:
        checked_addresses("none.example", 80, allow_private=True, lookup=lambda *_: ())
    assert caught.value.kind == "dns"


def test_a_name_is_looked_up_by_the_system() -> None:
    assert resolve("127.0.0.1", 80) == ("127.0.0.1",)
    with pytest.raises(SourceFailed):
        resolve("a" * 64 + ".example", 80)
