"""The body of an answer: decompressed by us, with an end to it.

Owns the size cap. A few kilobytes of gzip can unfold into gigabytes, so the cap
counts what comes out, and nothing is unfolded beyond it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from tracker.errors import SourceFailed

__all__ = ["ACCEPT_ENCODING", "read_body"]

ACCEPT_ENCODING = "gzip, deflate"
"""What we ask for; an answer packed otherwise, or twice, is refused."""

_GZIP_MAGIC = b"\x1f\x8b"
_GZIP = zlib.MAX_WBITS | 16


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


def _inflate(chunks: Iterable[bytes], wbits: int, max_bytes: int) -> bytes:
    """Unpack, one member after the other, no further than a byte beyond the cap."""
    out = bytearray()
    machine = zlib.decompressobj(wbits)
    fed = False
    for chunk in chunks:
        rest = chunk
        while rest:
            if machine.eof:
                if wbits != _GZIP or not rest.startswith(_GZIP_MAGIC):
                    return bytes(out)  # padding after the end is no part of the feed
                machine = zlib.decompressobj(wbits)
            fed = True
            try:
                out += machine.decompress(rest, max_bytes + 1 - len(out))
            except zlib.error as error:
                raise _broken("does not unpack") from error
            if len(out) > max_bytes:
                raise _too_large(max_bytes)
            rest = machine.unused_data if machine.eof else machine.unconsumed_tail
    if fed and not machine.eof:
        raise _broken("ends too early")
    return bytes(out)


def _plain(chunks: Iterable[bytes], max_bytes: int) -> bytes:
    """Everything, as it comes, up to the cap."""
    out = bytearray()
    for chunk in chunks:
        out += chunk
        if len(out) > max_bytes:
            raise _too_large(max_bytes)
    return bytes(out)


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
        body = _inflate(stream, _GZIP, max_bytes)
    elif packing == "deflate":
        # Half of the servers send a zlib wrapper (first byte 0x?8), half do not.
        wrapped = len(first) > 1 and first[0] & 15 == 8 and (first[0] << 8 | first[1]) % 31 == 0
        body = _inflate(stream, zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS, max_bytes)
    elif packing in {"", "identity"}:
        body = _plain(stream, max_bytes)
    else:
        raise SourceFailed(
            "encoding",
            f"sent its answer packed as {packing[:40]!r}, which was not asked for",
            "It is asked again when it is due",
        )
    if body.startswith(_GZIP_MAGIC):
        return _inflate(iter((body,)), _GZIP, max_bytes)
    return body
