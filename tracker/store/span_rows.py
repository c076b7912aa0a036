"""How an answer lies in the columns of `spans`, and back.

Owns the spelling: days as ISO text, exact rates as plain decimals, lists and
objects as canonical JSON. Whatever goes in comes out equal. It runs no statement.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TypeVar

import msgspec
from msgspec.structs import replace
from sqlalchemy import RowMapping

from tracker.core.codec import canonical, sha256
from tracker.core.events import Frozen, Text, When, Wording, worded
from tracker.core.layers import Scope
from tracker.core.pending import Alternative, Pending
from tracker.core.rectangles import Rectangle
from tracker.core.rows import ProvisionState
from tracker.core.words import Basis, Doubt, Status
from tracker.errors import OperationFailed

__all__ = ["state_in", "values_of"]

T = TypeVar("T")


class _Said(Frozen, frozen=True, kw_only=True):
    """The words of an answer in all their languages."""

    products: Text
    rate_text: Wording | None = None


def values_of(rectangle: Rectangle) -> dict[str, object]:
    """A value for every column of `spans`."""
    row = rectangle.row
    rate = None if row.rate_pct is None else row.rate_pct.normalize()
    return {
        "measure": row.measure,
        "provision": row.provision,
        "known_from": _day(rectangle.known_from),
        "known_until": _day(rectangle.known_until),
        "on_from": _day(rectangle.on_from),
        "on_until": _day(rectangle.on_until),
        "imposer": row.imposer,
        "authority": row.authority,
        "targets": _json(row.targets),
        "products": row.scope.products.en,
        "hts": _json(row.scope.hts),
        "origin": row.scope.origin,
        "status": str(row.status),
        "rate_pct": None if rate is None else f"{rate:f}",
        "rate": None if rate is None else float(rate),
        "basis": str(row.basis),
        "rate_text": None if row.rate_text is None else worded(row.rate_text),
        "effective_from": _day(row.effective_from),
        "effective_until": _day(row.effective_until),
        "starts": None if row.starts is None else _json(row.starts),
        "ends": None if row.ends is None else _json(row.ends),
        "alternatives": _json(row.alternatives),
        "pending": _json(row.pending),
        "events": _json(row.events),
        "doubts": _json(row.doubts),
        "wording": _json(_Said(products=row.scope.products, rate_text=row.rate_text)),
        "ended": int(row.over),
        "unsure": int(_unsure(row)),
        "reads": _reads(row),
    }


def state_in(values: RowMapping) -> ProvisionState:
    """The answer that the columns of a row of `spans` hold.

    Raises: OperationFailed if they do not read: somebody else wrote them.
    """
    try:
        said = _read(values["wording"], _Said)
        return ProvisionState(
            measure=values["measure"],
            provision=values["provision"],
            imposer=values["imposer"],
            targets=_read(values["targets"], tuple[str, ...]),
            authority=values["authority"],
            scope=Scope(said.products, _read(values["hts"], tuple[str, ...]), values["origin"]),
            status=Status(values["status"]),
            rate_pct=None if values["rate_pct"] is None else Decimal(values["rate_pct"]),
            basis=Basis(values["basis"]),
            rate_text=said.rate_text,
            effective_from=_date(values["effective_from"]),
            effective_until=_date(values["effective_until"]),
            starts=None if values["starts"] is None else _read(values["starts"], When),
            ends=None if values["ends"] is None else _read(values["ends"], When),
            alternatives=_read(values["alternatives"], tuple[Alternative, ...]),
            pending=_read(values["pending"], tuple[Pending, ...]),
            events=_read(values["events"], tuple[str, ...]),
            doubts=_read(values["doubts"], tuple[Doubt, ...]),
        )
    except (ValueError, TypeError, ArithmeticError, msgspec.MsgspecError) as error:
        raise OperationFailed(
            f"a span of {values['measure']}.{values['provision']} does not read ({error})",
            "Run `tracker spans --rebuild` to make all of them anew",
        ) from error


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _json(value: object) -> str:
    return canonical(value).decode() if value != () else "[]"


def _read(text: str, kind: type[T]) -> T:
    return msgspec.json.decode(text, type=kind)


def _unsure(row: ProvisionState) -> bool:
    """Whether a start, an end or a day ahead is not known as a day."""
    dayless = any(turn.effective_from is None for turn in row.pending)
    return bool(row.starts or row.ends or row.alternatives or dayless)


def _reads(row: ProvisionState) -> str:
    """The same text for two answers that a reader cannot tell apart, as `rows.reads_same`."""
    look = replace(
        row,
        events=(),
        doubts=(),
        pending=_unnamed(row.pending),
        alternatives=_unnamed(row.alternatives),
    )
    return sha256(canonical(look))[:32]


_Named = TypeVar("_Named", Pending, Alternative)


def _unnamed(turns: Iterable[_Named]) -> tuple[_Named, ...]:
    return tuple(replace(turn, event="") for turn in turns)
