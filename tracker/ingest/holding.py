"""What is held of a feed between two readings, so that only what is new is parsed. Pure.

Owns its shape and its spelling in bytes. What is made of it belongs to `reading`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import msgspec

from tracker.core.codec import sha256
from tracker.ingest.shapes import Held
from tracker.ingest.sources import Source
from tracker.ingest.split import Cut

__all__ = ["HeldFeed", "around", "hold", "mark", "read_held", "recall"]

# To be raised with every change of what is made of an item: what is held was made by the old way.
_VERSION = 1


class HeldFeed(msgspec.Struct, frozen=True, array_like=True):
    """A feed as it was read: `head` is the SHA-256 of what stands around its items."""

    version: int
    url: str
    head: str
    base: str
    title: str
    dialect: str
    items: tuple[Held, ...]


def mark(text: str) -> str:
    """The hash by which an item's markup is known again."""
    return sha256(text.encode("utf-8"))


def around(cut: Cut) -> str:
    """The hash of what stands around the items of a feed."""
    return sha256((cut.head + "\0" + cut.tail).encode("utf-8"))


def read_held(held: bytes | None, source: Source) -> HeldFeed | None:
    """What was held, if it was made in this way and of this address."""
    if held is None:
        return None
    try:
        feed = msgspec.msgpack.decode(held, type=HeldFeed)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return None
    return feed if (feed.version, feed.url) == (_VERSION, source.url) else None


def hold(
    items: Sequence[Held], *, head: str, base: str, title: str, dialect: str, source: Source
) -> bytes:
    """What to hold of a feed for the next time. `title` is plain text."""
    feed = HeldFeed(_VERSION, source.url, head, base, title, dialect, tuple(items))
    return msgspec.msgpack.encode(feed)


def recall(items: Sequence[Held]) -> Callable[[str], Held | None]:
    """What answers an item's mark with what is held of it.

    Items of the same markup are answered in their order, the last of them from then on.
    """
    known: defaultdict[str, list[Held]] = defaultdict(list)
    for item in reversed(items):
        known[item.raw].append(item)

    def recalled(marked: str) -> Held | None:
        same = known.get(marked)
        if same is None:
            return None
        return same.pop() if len(same) > 1 else same[0]

    return recalled
