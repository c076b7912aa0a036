"""Addresses of pages: which of them mean the same page. Pure.

Owns what is left out of an address when two are compared. It never opens one,
and says nothing of whether one may be shown.
"""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

__all__ = ["canonical_link", "page_of"]

# Parameters that say where a reader came from, never which page it is.
_TRACKING = frozenset(
    {"cmp", "dclid", "emc", "fbclid", "ftag", "gbraid", "gclid", "igshid", "mc_cid", "mc_eid"}
    | {"mkt_tok", "msclkid", "ocid", "smid", "srnd", "taid", "traffic_source", "wbraid", "xtor"}
    | {"yclid", "__twitter_impression", "_hsenc", "_hsmi"}
)
_TRACKING_PREFIXES = ("utm_", "at_", "ns_", "pk_", "piwik_", "mtm_")


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


def page_of(link: str) -> str:
    """The page that a link leads to, spelled so that two links to it are the same; for comparing.

    Looser than `canonical_link`: scheme, a leading `www.` and a trailing slash do
    not count either. Empty for what is no web address. Never raises.
    """
    try:
        found = canonical_link(link.strip())
    except ValueError:
        return ""
    scheme, _, rest = found.partition("://")
    return rest.removeprefix("www.").rstrip("/") if scheme in {"http", "https"} else ""
