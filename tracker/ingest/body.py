"""The body of an answer: decompressed by us, with an end to it.

Owns the size cap. A few kilobytes of gzip can unfold into gigabytes, so the cap
counts what comes out, and nothing is unfolded beyond it.
"""

from __future__ import annotations

import mmap
import zlib
from collections.abc import Iterable, Iterator

from tracker.errors import SourceFailed

__all__ = ["ACCEPT_ENCODING", "read_body"]

ACCEPT_ENCODING = "gzip, deflate"
"""What we ask for; an answer packed otherwise, or twice, is refused."""

_GZIP_MAGIC = b"\x1f\x8b"
_GZIP = zlib.MAX_WBITS | 16
_PIECE = 1 << 16


def _too_large(max_bytes: int) -> SourceFailed:
    """The error for a body beyond the cap."""
    return SourceFailed(
        "too_large",
        f"is larger than {max_bytes / 1_000_000:g} MB",
        "Nothing of it was kept; look for a narrower feed of the same publisher",
    )


def _broken(detail: str) -> SourceFailed:
    """The error for a packing that does not open."""
    return SourceFailed(
        "broken_feed", f"sent a compressed answer that {detail}", "It is asked again when it is due"
    )


def _inflated(chunks: Iterable[bytes], wbits: int) -> Iterator[bytes]:
    """What is packed in the chunks, one member after the other, a piece at a time."""
    machine = zlib.decompressobj(wbits)
    fed = False
    for chunk in chunks:
        rest = chunk
        while rest:
            if machine.eof:
                if wbits != _GZIP or not rest.startswith(_GZIP_MAGIC):
                    return  # padding after the end is no part of the feed
                machine = zlib.decompressobj(wbits)
            fed = True
            try:
                yield machine.decompress(rest, _PIECE)
            except zlib.error as error:
                raise _broken("does not unpack") from error
            rest = machine.unused_data if machine.eof else machine.unconsumed_tail
    while fed and not machine.eof:
        piece = machine.decompress(b"", _PIECE)
        if not piece:
            raise _broken("ends too early")
        yield piece


def _collected(pieces: Iterable[bytes], max_bytes: int) -> bytes:
    """All pieces in one, up to the cap.

    In memory of its own that goes back to the system: a heap keeps the room that
    the largest answers took, for each of its threads.
    """
    with mmap.mmap(-1, max_bytes + 1) as room:
        at = 0
        for piece in pieces:
            if at + len(piece) > max_bytes:
                raise _too_large(max_bytes)
            room[at : at + len(piece)] = piece
            at += len(piece)
        return room[:at]


def _peeked(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first chunk that is not empty, and all chunks again."""
    first = next((chunk for chunk in chunks if chunk), b"")

    def again() -> Iterator[bytes]:
        yield first
        yield from chunks

    return first, again()


def read_body(chunks: Iterable[bytes], *, content_encoding: str, max_bytes: int) -> bytes:
    """The whole body, unpacked, at most `max_bytes`.

    `chunks` are the bytes on the wire; `content_encoding` is the header's
    value, empty for none. A body that is gzip without saying so is unpacked
    too. Raises: SourceFailed of kind too_large, broken_feed (does not unpack,
    ends too early) or encoding (a packing we did not ask for).
    """
    packing = content_encoding.strip().lower()
    first, stream = _peeked(iter(chunks))
    if packing in {"gzip", "x-gzip"}:
        body = _collected(_inflated(stream, _GZIP), max_bytes)
    elif packing == "deflate":
        # Half of the servers send a zlib wrapper (first byte 0x?8), half do not.
        wrapped = len(first) > 1 and first[0] & 15 == 8 and (first[0] << 8 | first[1]) % 31 == 0
        wbits = zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS
        body = _collected(_inflated(stream, wbits), max_bytes)
    elif packing in {"", "identity"}:
        body = _collected(stream, max_bytes)
    else:
        raise SourceFailed(
            "encoding",
            f"sent its answer packed as {packing[:40]!r}, which was not asked for",
            "It is asked again when it is due",
        )
    if body.startswith(_GZIP_MAGIC):
        return _collected(_inflated((body,), _GZIP), max_bytes)
    return body
