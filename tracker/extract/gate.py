"""What is no news of trade policy among the three, whatever the weights say.

Owns the few rules that stand before and behind the fitted model: an item that
names nothing of trade, duties on third countries alone, and talks of one of the
three with others. They are of law and geography, not of wording. Must not weigh.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.extract.concepts import Mention
from tracker.extract.reading import Reading
from tracker.extract.text import Text

__all__ = ["elsewhere", "of_trade"]

_TRADE = frozenset(
    {"TARIFF", "PACT", "DEAL", "TRADE", "S232", "S301", "S122", "S338", "IEEPA", "REMEDY"}
    | {"QUOTA", "RETALIATE", "DEMINIMIS", "ORIGIN", "REFUND"}
)
_OFFICES = re.compile(
    r"\b(?:greer|ustr|lutnick|ebrard|leblanc|representante comercial|side deal)\b"
)
_NORTH = frozenset({"US", "CA", "MX"})
_OURS = frozenset({"CA", "MX", "PACT", "BOTH", "WORLD", "NATIONS"})
_OF_ONE_COUNTRY = frozenset({"REMEDY", "S301"})
"""Measures that the law only knows against named countries."""
_TALKS = frozenset({"negotiation", "summit", "call", "agreement"})
_WITH = frozenset({"AGREE", "DEAL", "TALKS"})
_ON = re.compile(
    r"[^,;:.]{0,30}?\b(?:on|against|for|from|over|toward|a|al|a la|contra|sobre|para|de|hacia|sur"
    r"|contre|a l'|au|aux|visant|envers)\s?(?:la |el |the |l'|les |las |los |some |all "
    r"|productos |products |imports |produits |importaciones |de |from |des |del )*$"
)
_NEAR = 60


def of_trade(reading: Reading) -> bool:
    """Whether anything of trade is named, if only somebody whose office it is."""
    folded = f"{reading.title.folded} {reading.summary.folded}"
    return not reading.concepts.isdisjoint(_TRADE) or bool(_OFFICES.search(folded))


def _third(mention: Mention) -> bool:
    return mention.concept.startswith("X:")


def _on_a_third(text: Text, world: Sequence[Mention]) -> bool:
    """Whether the text says of duties that they are on a country that is none of the three."""
    duties = [m for m in world if m.concept == "TARIFF"]
    return any(
        m.first >= duty.last
        and m.start - duty.end <= _NEAR
        and bool(_ON.fullmatch(text.folded[duty.end : m.start]))
        for m in world
        if _third(m)
        for duty in duties
    )


def elsewhere(reading: Reading, kind: str) -> bool:
    """Whether what is done there concerns third countries and none of the three beside the doer.

    So are cases of trade remedies and of section 301 that name only such countries,
    duties on them, and talks in which one of the three sits alone with them. A
    measure of Canada or Mexico on others is news: it is one of the three's own.
    """
    title = {m.concept for m in reading.title_world}
    if not any(name.startswith("X:") for name in title):
        return False
    talks = kind in _TALKS or not reading.title_concepts.isdisjoint(_WITH)
    if talks and reading.concepts.isdisjoint({"PACT", "BOTH", "NATIONS"}) and "TARIFF" not in title:
        return len(title & _NORTH) <= 1
    if not reading.concepts.isdisjoint(_OURS):
        return False
    return not title.isdisjoint(_OF_ONE_COUNTRY) or _on_a_third(reading.title, reading.title_world)
