"""How the entries of the record are laid out: which field comes first, what stands on one line.

Pure, from plain data to lines. The order is that in which an editor thinks; the
data is never changed, and a field that is not known comes last.
"""

from __future__ import annotations

from typing import Any

from tracker.record.scalars import WIDTH, folded, in_line

__all__ = ["entry_lines"]

_LANGUAGES = ("en", "es", "fr")
_WHEN = ("earliest", "latest", "condition", "unknown")
_ORDER: dict[str, tuple[str, ...]] = {
    "events": (
        "id", "kind", "announced", "title", "summary", "parties", "instrument", "follows",
        "confirms", "withdraws", "effects", "stacking", "measures", "claims", "deadlines", "doubts",
        "note", "sources",
    ),
    "measures": (
        "key", "imposer", "authority", "title", "legal_basis", "mirrors", "note", "sources",
        "provisions",
    ),
    "provisions": ("key", "targets", "excludes", "products", "origin", "hts", "note"),
    "instrument": ("citation", "url", "kind", "steps"),
    "steps": ("stage", "day", "citation", "url"),
    "effects": (
        "measure", "provisions", "status", "rate", "rate_text", "basis", "from", "until",
        "products", "hts", "origin", "note",
    ),
    "stacking": ("first", "relation", "others", "from", "until", "note"),
    "withdraws": ("event", "measure", "provision"),
    "claims": (
        "measure", "provision", "targets", "stated", "finding", "standing", "rate", "from",
        "until", "sources",
    ),
    "deadlines": ("key", "kind", "title", "day", "measures", "cancelled"),
    "sources": ("url", "publisher", "title", "published", "primary"),
    **dict.fromkeys(("from", "until", "day"), _WHEN),
}  # fmt: skip
"""The fields of what stands under a name; of what is not here, a text in its languages."""

_BARE = frozenset(
    {"announced", "cancelled", "day", "earliest", "from", "latest", "primary", "published", "rate"}
    | {"unknown", "until"}
)
"""Fields that are a day, a number or a truth value."""
_QUOTED = frozenset({"hts"})
_LONG = frozenset({"note", "summary"})
_ON_ONE_LINE = frozenset(
    {"condition", "day", "deadlines", "from", "products", "rate_text", "steps", "until"}
    | {"withdraws"}
)
"""What may stand in braces where it fits on a line."""


def entry_lines(section: str, entry: Any) -> list[str]:
    """The lines of one entry of `events` or `measures`, as an item of its list."""
    return _item(section, entry, 2)


def _ordered(name: str, data: dict[str, Any]) -> list[tuple[str, Any]]:
    order = _ORDER.get(name, _LANGUAGES)
    last = len(order)
    return sorted(data.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else last)


def _item(name: str, value: Any, indent: int) -> list[str]:
    """One item of the list `name`, its dash at `indent`."""
    lead = f"{' ' * indent}- "
    if not isinstance(value, dict | list) or not value:
        return [f"{lead}{_flow(name, value, flow=False)}"]
    if name in _ON_ONE_LINE and (line := _fitting(lead, name, value)):
        return [line]
    if isinstance(value, list):
        return [f"{lead}{_flow(name, value)}"]
    lines = _fields(name, value, indent + 2)
    return [lead + lines[0].lstrip(" "), *lines[1:]]


def _fields(name: str, data: dict[str, Any], indent: int) -> list[str]:
    return [line for key, value in _ordered(name, data) for line in _field(key, value, indent)]


def _field(key: str, value: Any, indent: int, *, long: bool = False) -> list[str]:
    """A field and its value; `long`: a part of a text that always stands as a block."""
    lead = f"{' ' * indent}{in_line(key)}:"
    if isinstance(value, str):
        return _text(key, value, lead, indent, long=long or key in _LONG)
    if not value:
        return [f"{lead} {_flow(key, value)}"]
    whole = isinstance(value, list) and not any(isinstance(one, dict | list) for one in value)
    if (whole or (isinstance(value, dict) and key in _ON_ONE_LINE)) and (
        line := _fitting(f"{lead} ", key, value)
    ):
        return [line]
    if isinstance(value, list):
        return [lead, *(line for one in value for line in _item(key, one, indent + 2))]
    if key in _ORDER:
        return [lead, *_fields(key, value, indent + 2)]
    parts = (
        _field(lang, part, indent + 2, long=key in _LONG) for lang, part in _ordered(key, value)
    )
    return [lead, *(line for part in parts for line in part)]


def _text(key: str, value: str, lead: str, indent: int, *, long: bool) -> list[str]:
    line = f"{lead} {in_line(value, bare=key in _BARE, quoted=key in _QUOTED)}"
    if (long or len(line) > WIDTH) and " " in value:
        block = folded(value, indent + 2)
        if block is not None:
            return [f"{lead} >-", *block]
    return [line]


def _fitting(lead: str, name: str, value: Any) -> str | None:
    line = f"{lead}{_flow(name, value)}"
    return line if len(line) <= WIDTH else None


def _flow(name: str, value: Any, *, flow: bool = True) -> str:
    """A value in brackets, on one line."""
    if isinstance(value, dict):
        parts = (f"{in_line(k, flow=True)}: {_flow(k, v)}" for k, v in _ordered(name, value))
        return f"{{{', '.join(parts)}}}"
    if isinstance(value, list):
        return f"[{', '.join(_flow(name, one) for one in value)}]"
    return in_line(value, flow=flow, bare=name in _BARE, quoted=name in _QUOTED)
