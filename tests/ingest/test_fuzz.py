"""Feeds torn in every way go through the whole reading path: reports or a stated failure.

`FUZZ_EXAMPLES` in the environment asks for another number than what the suite
has time for. Feeds are read in a process apart, so that one that hangs or kills
its reader is found and named; the real captures take part where they are.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ingest.corpus import BAD, outcome
from tests.ingest.material import FEEDS, captures
from tracker.ingest.apart import Readers

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "250"))
STATED = {"items", "no items", "empty", "not_a_feed", "broken_feed", "encoding", "too_large"}
_MOST = 60_000
BODIES = [
    file.read_bytes()
    for file in [*sorted(FEEDS.iterdir()), *captures()[::6]]
    if file.stat().st_size <= _MOST
]
PIECES = [
    *(b"&", b"&amp;", b"&#0;", b"&#xD800;", b"&bogus;", b"&#99999999;", b"\x00", b"\xff\xfe"),
    *(
        b"<",
        b">",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"]]>",
        b"<?xml?>",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    ),
    *(b"<item>", b"</item>", b"<entry>", b"</channel>", b"</rss>", b"<rss version='2.0'>"),
    *(
        b"<content type='xhtml'>",
        b"<content mode='base64'>",
        b"xml:base='http://['",
        b"xmlns:a='b'",
    ),
    *(b"\xef\xbb\xbf", b"\xe2\x80\xae", b"<guid>", b"<link/>", b"<title><![CDATA["),
]
_Tear = Callable[[bytes, random.Random], bytes]


def _flip(body: bytes, rng: random.Random) -> bytes:
    torn = bytearray(body)
    for _ in range(rng.randint(1, 20)):
        if torn:
            torn[rng.randrange(len(torn))] = rng.randrange(256)
    return bytes(torn)


def _cut(body: bytes, rng: random.Random) -> bytes:
    first, second = sorted((rng.randint(0, len(body)), rng.randint(0, len(body))))
    return body[:first] + body[second:]


def _splice(body: bytes, rng: random.Random) -> bytes:
    other = rng.choice(BODIES)
    return body[: rng.randint(0, len(body))] + other[rng.randint(0, len(other)) :]


def _insert(body: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.randint(1, 5)):
        at = rng.randint(0, len(body))
        body = body[:at] + rng.choice(PIECES) * rng.choice((1, 1, 1, 50)) + body[at:]
    return body


def _repeat(body: bytes, rng: random.Random) -> bytes:
    """A stretch between two tags, many times over."""
    tags = [at for at, byte in enumerate(body) if byte == ord("<")]
    if len(tags) < 2:
        return body + body
    first, second = sorted(rng.sample(tags, 2))
    stretch = body[first : min(second, first + 2000)]
    return body[:first] + stretch * rng.choice((2, 3, 100)) + body[first:]


def _swap(body: bytes, rng: random.Random) -> bytes:
    """One tag's name for another's, everywhere."""
    names = [b"item", b"entry", b"channel", b"rss", b"feed", b"title", b"link", b"guid", b"html"]
    one, other = rng.sample(names, 2)
    return body.replace(b"<" + one, b"<" + other, rng.choice((1, -1)))


TEARS: list[_Tear] = [_flip, _cut, _splice, _insert, _repeat, _swap]


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(1) as made:
        yield made


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.integers(0, len(BODIES) - 1),
    st.lists(st.sampled_from(TEARS), min_size=1, max_size=4),
    st.integers(0, 2**32),
)
def test_a_feed_torn_in_any_way_is_reports_or_a_stated_failure(
    readers: Readers, body: int, tears: list[_Tear], seed: int
) -> None:
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    torn = BODIES[body]
    for tear in tears:
        torn = tear(torn, rng)
    found = outcome(readers, torn)
    assert found not in BAD
    assert found in STATED
