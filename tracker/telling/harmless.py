"""Making foreign text and foreign links harmless before they reach a document.

Owns what counts as a printable character and an outward link. It knows nothing
of events or formats.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

__all__ = ["clean", "outward"]

# Control characters break XML, lone surrogates break UTF-8, and the
# bidirectional embeddings and overrides can turn the text after them around.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)


def clean(text: str) -> str:
    """The text with every character that could break or turn a page replaced by U+FFFD."""
    # None of them is printable, and of most texts all is.
    return text if text.isprintable() else _UNPRINTABLE.sub("\ufffd", text)


@lru_cache(maxsize=1 << 12)
def outward(url: str | None) -> str | None:
    """The URL if a reader may be sent there, else None.

    Only http and https with a host, without credentials, blanks or control
    characters: everything else is shown as text and never as a link.
    """
    if not url or any(char.isspace() or char in '<>"\\' for char in url) or clean(url) != url:
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host or "@" in parts.netloc:
        return None
    return url
