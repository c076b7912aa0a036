"""A rate and an origin condition as a reader sees them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tracker.core.events import Wording, worded
from tracker.core.words import Basis
from tracker.telling.language import ENGLISH
from tracker.telling.names import basis_name, origin_name

__all__ = ["RateView", "origin_text", "rate_view"]

_PLATE_LIMIT = 14
"""A wording of a rate longer than this many characters is set small."""


@dataclass(frozen=True, slots=True)
class RateView:
    """A rate for the plate: the figure, what it is charged on, whether it is a bare figure."""

    text: str
    note: str = ""
    figure: bool = True
    zero: bool = False


def rate_view(rate: Decimal | None, basis: Basis, wording: Wording | None) -> RateView:
    """A rate for the plate; the figure stands alone and its wording becomes the note."""
    text = worded(wording) if wording else None
    if basis is Basis.BAN:
        return RateView(
            "ban", "" if text == basis_name(ENGLISH, basis) else text or "", figure=False
        )
    words = "" if basis is Basis.FULL_VALUE else basis_name(ENGLISH, basis)
    if rate is not None:
        note = ", ".join(part for part in (text or "", words) if part)
        return RateView(f"{rate.normalize():f}%", note, zero=rate == 0)
    if text and len(text) <= _PLATE_LIMIT:
        return RateView(text, words, figure=False)
    return RateView("not known" if not text else "see text", text or words, figure=False)


def origin_text(origin: str) -> str:
    """An origin condition in words, empty where there is none."""
    return "" if origin == "any" else origin_name(ENGLISH, origin)
