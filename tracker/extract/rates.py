"""Which rate a text states: the one per cent figure that is a duty's.

Owns the grammar of rates in three languages. A text that states a range states
no one rate, and one that states several does only where one of them is said to
be on all other goods: that is the rate, the others are exceptions to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from tracker.extract.text import Text

__all__ = ["Rate", "rates", "the_rate"]

_NUMBER = r"(\d{1,3}(?:[.,]\d{1,3})?)"
_PERCENT = re.compile(
    _NUMBER + r"\s?-?\s?(?:%|per ?cent\b|percent\b|por ciento\b|pour cent\b|pourcent\b|pct\b"
    r"|p\. ?(?:100|cent)\b)"
)
_RANGE = re.compile(
    r"(?:between|from|entre(?: el)?|de(?:l)?|van del?)\s+"
    + _NUMBER
    + r"\s?(?:%|per ?cent|percent|por ciento|pour cent)?\s?(?:and|to|y(?: el)?|a(?:l)?"
    r"|et|-)\s+(?:el\s+|un\s+)?$"
)
_PAIR = re.compile(_NUMBER + r"\s?%?\s?(?:-|to|or|and|a|y|o|et|ou)\s?(?:el\s|un\s)?$")
# What a per cent figure is of, where it is no duty's: a change, a share, a vote, a chance.
_OTHER_BEFORE = re.compile(
    r"(?:by|rose|fell|grew|jump\w*|climb\w*|drop\w*|up(?! to)|down|surg\w*|inflation\w*"
    r"|growth|share|record|crec\w+|cay\w+|sub\w+ un|baj\w+ un"
    r"|hausse de|baisse de|inflacion\w*|pib|gdp|contrae\w*|dispar\w+|casi|nearly"
    r"|progress\w* de|participacion\w*|approval|poll\w*|au moins)"
    r"\s(?:a\s|un\s|en\s|de\s|el\s|d'\s?|of\s|about\s|al\s|to\s|hasta\s|a record\s)*$"
)
_OTHER_AFTER = re.compile(
    r"^\s?(?:of (?:canad|mexic|all|the|its|their|u\.?s|american|export|import|trade"
    r"|goods)|de (?:las exp|los mexic|su |sus |nuestr|toutes les exp|ses exp|nos exp"
    r"|los bienes|sus bienes|las imp)"
    r"|des (?:exp|imp|biens|echanges)|du commerce"
    r"|del (?:comercio|pib|total|empleo)|du pib|annual|interanual|anual|content"
    r"|contenido|regional|discount|in the first|en el primer|en julio|chance|approval"
    r"|stake|"
    r"of gdp|growth|drop|decline|increase in (?:sales|exports)|menos|mas (?:autos"
    r"|export)|exempt|ownership)"
)
# What was threatened before and did not come: told beside what came.
_WAS_THREATENED = re.compile(
    r"(?:had threatened|was threatening|after threatening|menacait|avait menace"
    r"|apres avoir menace|amenazaba|habia amenazado|tras amenazar)\s"
    r"(?:to|with|d'|de|con)\s?(?:raise|hike|increase|lift|porter|relever|augmenter|hausser"
    r"|subir|elevar|aumentar)[^,;:.]*$"
)
_DUTY_NEAR = re.compile(
    r"tariff|dut(?:y|ies)|lev(?:y|ies)|surtax|surcharge|tax|arancel|gravamen|cuota"
    r"|impuesto|sobretasa|droits|tarif|surtaxe|taxe|represal|ripost"
)
_NEAR = 90
# The rate is on what the exceptions leave: other goods, not other countries.
_ON_THE_REST = re.compile(
    r"^\s?(?:tariffs? |duties )?(?:on|for|sur|pour|a|al|para|sobre|aux?|en)\s"
    r"(?:all |the |nearly |tous |toutes |les |los |las |todos |todas |la )*"
    r"(?:everything else|all else|(?:tout )?le reste(?! du monde| des pays)|(?:todo )?lo demas"
    r"|(?:el )?resto(?! del mundo| de (?:los )?paises)|rest of (?:its|the|their) (?:good|import)s"
    r"|(?:other|remaining|most|d'autres|autres|plupart des|otros|otras|demas|resto de"
    r"|mayoria de (?:los|las))\s(?:\w+ ){0,1}?(?:goods|products|imports|exports|items|produits"
    r"|biens|marchandises|importations|exportations|bienes|productos|mercancias"
    r"|importaciones|exportaciones))\b"
)


@dataclass(frozen=True, slots=True)
class Rate:
    """A duty of `value` per cent, read at characters `[start, end)`; `alone` if not of a range.

    `rest` if it is said to be on all goods but those named.
    """

    value: Decimal
    start: int
    end: int
    alone: bool
    rest: bool = False


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return value.normalize() if 0 < value <= 1000 else None


def rates(text: Text, *, of_duties: bool = False) -> tuple[Rate, ...]:
    """Every duty's rate the text states, in its order.

    `of_duties` says that the text is known to be about duties.
    """
    found: list[Rate] = []
    folded = text.folded
    for match in _PERCENT.finditer(folded):
        value = _number(match[1])
        before, after = folded[max(0, match.start() - 60) : match.start()], folded[match.end() :]
        near = folded[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        if value is None or not (of_duties or _DUTY_NEAR.search(near)):
            continue
        direct = re.search(
            r"(?:tariffs?|aranceles|arancel|duties|droits de douane|tarifs douaniers"
            r"|surtaxe) (?:to|by|of|de|del|a|al|de l'ordre de|hasta del?|up to)?\s?$",
            before,
        )
        if _WAS_THREATENED.search(before):
            continue
        if not direct and (_OTHER_BEFORE.search(before) or _OTHER_AFTER.match(after[:40])):
            continue
        ranged = bool(_RANGE.search(before) or _PAIR.search(before))
        if ranged and found:
            found[-1] = replace(found[-1], alone=False)
        rest = bool(_ON_THE_REST.match(after[:60]))
        found.append(Rate(value, match.start(), match.end(), not ranged, rest))
    return tuple(found)


def the_rate(text: Text, *, of_duties: bool = False) -> Rate | None:
    """The rate, if the text states exactly one, or one on all goods that it names no other for."""
    stated = rates(text, of_duties=of_duties)
    if not all(rate.alone for rate in stated):
        return None
    if len({rate.value for rate in stated}) > 1:
        stated = tuple(rate for rate in stated if rate.rest)
    return stated[0] if len({rate.value for rate in stated}) == 1 else None
