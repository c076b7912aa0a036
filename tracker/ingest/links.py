"""Links out of feeds: which may be shown, and which lead nowhere for long. Pure.

Owns the allow-list of schemes. Which of them mean the same page is said by
`core.addresses`. It never opens one.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from tracker.core.addresses import canonical_link

__all__ = ["canonical_link", "is_redirector", "safe_link"]

_MAX_LINK = 2000
# A line break inside an address is a wrapped line, as browsers read it.
_BREAKS = re.compile(r"[\t\r\n]+")
_CONTROLS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff]+")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\.?|\[[0-9a-f:.]+\]")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_PLAIN = re.compile(
    rf"https?://(?!xn--){_LABEL}(?:\.(?!xn--){_LABEL})+/[\w/.~-]*(?:\?[\w.=&%~-]+)?", re.ASCII
)
_KEPT = "%/:?#[]@!$&'()*+,;=~-._"

# These hosts give one story a new address on every poll.
_REDIRECTORS = frozenset({"news.google.com"})


def safe_link(raw: str, base: str = "") -> str | None:
    """`raw` as an absolute http or https address, or None where it is not safe to show.

    A relative link is taken from `base`. Refused: every other scheme
    (javascript:, data:, file:), credentials, a host or port that is none,
    more than 2000 characters. Characters that have no place in an address are
    percent-encoded. Never raises.
    """
    text = raw.strip()
    if not text or len(text) > _MAX_LINK:
        return None
    if _PLAIN.fullmatch(text):
        return text  # what follows would change nothing, and most links are so
    try:
        given = _CONTROLS.sub("%20", _BREAKS.sub("", text))
        parts = urlsplit(given)
        if parts.scheme and not parts.netloc:
            return None
        parts = urlsplit(urljoin(base, given))
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
        path, query, fragment = (quote(part, safe=_KEPT) for part in parts[2:5])
    except ValueError:
        return None
    if ":" in host:
        host = f"[{host}]"
    web = parts.scheme in {"http", "https"} and "@" not in parts.netloc
    if not web or not _HOST.fullmatch(host):
        return None
    netloc = host if port is None else f"{host}:{port}"
    link = urlunsplit((parts.scheme, netloc, path, query, fragment))
    return link if len(link) <= _MAX_LINK else None


def is_redirector(link: str | None) -> bool:
    """Whether the link leads through a host that renames its addresses all the time."""
    return link is not None and (urlsplit(link).hostname or "") in _REDIRECTORS
