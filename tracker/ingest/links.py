"""Links out of feeds: which may be shown, and which mean the same page. Pure.

Owns the allow-list of schemes and what is left out of a link when two are
compared. It never opens one.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

__all__ = ["canonical_link", "is_redirector", "safe_link"]

_MAX_LINK = 2000
# A line break inside an address is a wrapped line, as browsers read it.
_BREAKS = re.compile(r"[\t\r\n]+")
_CONTROLS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff]+")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\.?|\[[0-9a-f:.]+\]")
_KEPT = "%/:?#[]@!$&'()*+,;=~-._"

# Parameters that say where a reader came from, never which page it is.
_TRACKING = frozenset(
    {"cmp", "dclid", "emc", "fbclid", "ftag", "gbraid", "gclid", "igshid", "mc_cid", "mc_eid"}
    | {"mkt_tok", "msclkid", "ocid", "smid", "srnd", "taid", "traffic_source", "wbraid", "xtor"}
    | {"yclid", "__twitter_impression", "_hsenc", "_hsmi"}
)
_TRACKING_PREFIXES = ("utm_", "at_", "ns_", "pk_", "piwik_", "mtm_")

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
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc:
        return None
    if ":" in host:
        host = f"[{host}]"
    if not _HOST.fullmatch(host):
        return None
    netloc = host if port is None else f"{host}:{port}"
    link = urlunsplit((parts.scheme, netloc, path, query, fragment))
    return link if len(link) <= _MAX_LINK else None


def _is_tracking(parameter: str) -> bool:
    """Whether a `name=value` part of a query only tracks."""
    name = parameter.partition("=")[0].lower()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def canonical_link(link: str) -> str:
    """The form of a safe link by which two links to one page are the same.

    Without fragment, default port and tracking parameters; the other
    parameters keep their order. For comparing only: show the link itself.
    Idempotent.
    """
    parts = urlsplit(link)
    host = (parts.hostname or "").lower().rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    default = {"http": 80, "https": 443}.get(parts.scheme)
    netloc = host if parts.port in {None, default} else f"{host}:{parts.port}"
    kept = [part for part in parts.query.split("&") if part and not _is_tracking(part)]
    return urlunsplit((parts.scheme.lower(), netloc, parts.path or "/", "&".join(kept), ""))


def is_redirector(link: str | None) -> bool:
    """Whether the link leads through a host that renames its addresses all the time."""
    return link is not None and (urlsplit(link).hostname or "") in _REDIRECTORS
