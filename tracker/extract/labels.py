"""Labelled items: what annotators say an item reports, read from JSON lines.

Owns the reading of labels, strictly; `scores` says how they are counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.errors import BadInput
from tracker.extract.items import KINDS, NONE, Item
from tracker.extract.lines import item_of, parse_lines
from tracker.extract.scores import Label

__all__ = ["label_of", "read_labels"]

_ADVICE = "A labelled line has what an item has, and relevant, kind, imposer, targets and so on"


def _bad(number: int, what: str) -> BadInput:
    return BadInput(f"Line {number}: {what}", _ADVICE)


def _day(line: Mapping[str, Any], name: str, number: int) -> date | None:
    value = line.get(name)
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise _bad(number, f"{name} is no day") from error


def _texts(line: Mapping[str, Any], name: str, number: int) -> tuple[str, ...]:
    value = line.get(name) or []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _bad(number, f"{name} is no list of texts")
    return tuple(value)


def _kinds(line: Mapping[str, Any], number: int) -> tuple[str, ...]:
    kinds = (line.get("kind") or NONE, *_texts(line, "kind_alt", number))
    for kind in kinds:
        if kind not in {*KINDS, NONE}:
            raise _bad(number, f"{kind!r} is no kind")
    return kinds


def label_of(line: Mapping[str, Any], number: int) -> Label:
    """One labelled line. Raises: BadInput naming the line and the field."""
    relevant, ambiguous = line.get("relevant"), line.get("ambiguous") or False
    if not isinstance(relevant, bool) or not isinstance(ambiguous, bool):
        raise _bad(number, "relevant or ambiguous is neither true nor false")
    rate, imposer = line.get("rate_pct"), line.get("imposer")
    if isinstance(rate, bool) or not isinstance(rate, int | float | None):
        raise _bad(number, "rate_pct is no number")
    if not isinstance(imposer, str | None):
        raise _bad(number, "imposer is no text")
    named = line.get("cluster_id")
    return Label(
        item_id=str(line.get("id")),
        language=str(line.get("language") or "?"),
        relevant=relevant,
        ambiguous=ambiguous,
        kinds=_kinds(line, number),
        imposer=imposer,
        targets=frozenset(_texts(line, "targets", number)),
        products=frozenset(_texts(line, "products", number)),
        rate_pct=None if rate is None else Decimal(str(rate)),
        effective_date=_day(line, "effective_date", number),
        until_date=_day(line, "until_date", number),
        until_computed=line.get("until_basis") == "duration",
        cluster=None if named is None else str(named),
    )


def read_labels(document: bytes) -> tuple[list[Item], list[Label]]:
    """Items as a feed would have given them (`raw_title` where there is one), and their labels.

    Raises: BadInput naming the first line that does not read.
    """
    items, labels = [], []
    for number, line in parse_lines(document):
        item, raw = item_of(line, number), line.get("raw_title")
        items.append(replace(item, title=raw) if isinstance(raw, str) and raw else item)
        labels.append(label_of(line, number))
    if not labels:
        raise BadInput("There are no labelled items", _ADVICE)
    return items, labels
