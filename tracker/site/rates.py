"""A rate and an origin condition as a reader sees them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tracker.core.events import Wording
from tracker.core.words import Basis
from tracker.telling.language import Language
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


def rate_view(
    lang: Language, rate: Decimal | None, basis: Basis, wording: Wording | None
) -> RateView:
    """A rate for the plate; the figure stands alone and its wording becomes the note."""
    text = lang.words(wording) if wording else None
    if basis is Basis.BAN:
        said = "" if text == basis_name(lang, basis) else text or ""
        return RateView(lang.say("plate", "ban"), said, figure=False)
    words = "" if basis is Basis.FULL_VALUE else basis_name(lang, basis)
    if rate is not None:
        note = ", ".join(part for part in (text or "", words) if part)
        return RateView(lang.percent(rate), note, zero=rate == 0)
    if text and len(text) <= _PLATE_LIMIT:
        return RateView(text, words, figure=False)
    plate = lang.say("plate", "see text") if text else lang.say("plate", "not known")
    return RateView(plate, text or words, figure=False)


def origin_text(lang: Language, origin: str) -> str:
    """An origin condition in words, empty where there is none."""
    return "" if origin == "any" else origin_name(lang, origin)
