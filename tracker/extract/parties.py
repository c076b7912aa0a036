"""Whose measure it is, and whom it hits.

Owns the rules from the order of names and acts in a text to an imposing party
and its targets. Must not see dates or rates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.extract.concepts import Mention
from tracker.extract.items import Place
from tracker.extract.reading import Reading

__all__ = ["Named", "imposer", "targets"]

_NORTH = ("US", "CA", "MX")
_DUTY = frozenset(
    {"TARIFF", "S232", "S301", "S122", "S338", "REMEDY", "DEMINIMIS", "RETALIATE", "IEEPA"}
)
_DOING = frozenset(
    {
        "IMPOSE",
        "RAISE",
        "LOWER",
        "RETALIATE",
        "INFORCE",
        "EXEMPT",
        "REVOKE",
        "THREATEN",
        "REFUND",
        "LEGISLATE",
    }
)
_NO_MEASURE = frozenset({"suspension_of_talks", "summit", "agreement", "review_step"})
_TALKS = frozenset({"negotiation", "call"})
_AMERICAN = re.compile(
    r"trump|u\.s\. tariff|us tariff|aranceles de (?:eu|ee|estados)|etats-unis|americain"
)
_COUNTRY = re.compile(r"X:([A-Z]{2})")
# Groups of small countries in the tables that have no code of their own.
_NO_CODE = frozenset({"EU", "OT", "TH", "VE", "IL", "NG", "DK"})
_OWN = re.compile(
    r"(?:'s|s'|'s own)?\s(?:new |own |retaliatory |counter-?)*(?:tariffs?|duties"
    r"|surtax\w*|countermeasures)"
)
_OWN_BEHIND = re.compile(
    r"(?:tariffs|duties|aranceles|arancel|represalias|contramedidas|droits de douane"
    r"|tarifs|contre-mesures|surtaxes?)\s(?:retaliatory |canadienses |imposed "
    r"|impuestos )?(?:by|de|du|por|par)\s(?:el |la |le )?$"
)
_EXEMPT_BEHIND = re.compile(r"(?:epargne|exempt\w*|spared|excluded|excluid\w+|exent\w+|a salvo)")


@dataclass(frozen=True, slots=True)
class Named:
    """A party or target and the characters it was read from."""

    value: str
    place: Place
    start: int
    end: int


def _named(value: str, place: Place, mention: Mention) -> Named:
    return Named(value, place, mention.start, mention.end)


def _duty(world: Sequence[Mention], acts: Sequence[Mention]) -> Mention | None:
    return next((m for m in (*world, *acts) if m.concept in _DUTY), None)


def _doer(reading: Reading) -> Mention | None:
    """The party that does it, by the order of the title.

    It stands before the act with nobody between, or owns the duties by a genitive.
    """
    world, folded = reading.title_world, reading.title.folded
    parties = [m for m in world if m.concept in _NORTH or m.concept.startswith("X:")]
    for party in parties:
        behind = folded[party.end : party.end + 40]
        if party.concept in {"CA", "MX"} and (
            (party.end - party.start > 4 and behind.startswith("'s") and _OWN.match(behind))
            or _OWN_BEHIND.search(folded[max(0, party.start - 60) : party.start])
        ):
            return party
    acts = [m for m in reading.title_acts if m.concept in _DOING]
    acts += [m for m in world if m.concept == "RETALIATE"]
    for act in sorted(acts, key=lambda m: m.first):
        before = [m for m in parties if m.last <= act.first]
        if before and act.first - before[-1].last <= 6:
            return before[-1]
    return None


def _own(reading: Reading) -> Mention | None:
    """Canada or Mexico where the duties told of are its own: it retaliates, or acts on others.

    Where it only says or asks something, the duties are those it talks about.
    """
    has, world = reading.title_concepts, reading.title_world
    if "RETALIATE" in reading.concepts:
        doer = _doer(reading)
        if doer is not None and doer.concept in {"CA", "MX"}:
            return doer
        return next((m for m in world if m.concept in {"CA", "MX"}), None)
    doer = _doer(reading)
    if doer is None or doer.concept not in {"CA", "MX"} or has & {"SAY", "SEEK", "TALKS"}:
        return None
    on_others = any(
        m.concept.startswith("X:")
        or m.concept == "NATIONS"
        or (m.concept == "US" and m.first > doer.first)
        for m in world
    )
    return doer if on_others and not _AMERICAN.search(reading.title.folded) else None


def _measure(reading: Reading, kind: str) -> tuple[Place, Mention | None] | None:
    """Where duties are named that are at stake; None where no measure is."""
    has = reading.title_concepts
    if kind in _NO_MEASURE:
        return None
    duty = _duty(reading.title_world, reading.title_acts)
    if duty is not None:
        return "title", duty
    if kind in _TALKS or (kind == "statement" and "PACT" in has):
        return None
    duty = _duty(reading.summary_world, reading.summary_acts)
    if duty is None and has.isdisjoint({"QUOTA", "REFUND", "EXEMPT"}):
        return None
    return "summary", duty


def imposer(reading: Reading, kind: str) -> Named | None:
    """Whose measure is at stake; None where no measure is.

    Where the text names duties and nobody who imposes them, they are those of the
    United States: the others' are always told with their name.
    """
    found = _measure(reading, kind)
    if found is None:
        return None
    own = None if kind == "exemption" else _own(reading)
    if own is not None and (kind != "pause" or _doer(reading) == own):
        return _named(own.concept, "title", own)
    sides: tuple[tuple[Place, Sequence[Mention]], ...] = (
        ("title", reading.title_world),
        ("summary", reading.summary_world),
    )
    for place, world in sides:
        named = next((m for m in world if m.concept == "US"), None)
        if named is not None:
            return _named("US", place, named)
    place, duty = found
    return _named("US", place, duty) if duty is not None else None


def _codes(concept: str) -> str | None:
    """The target a concept names, None if it names none."""
    if concept in {"CA", "MX"}:
        return concept
    if concept == "NATIONS":
        return "OTHER"
    if concept == "WORLD":
        return "GLOBAL"
    found = _COUNTRY.fullmatch(concept)
    if found is None:
        return None
    return "OTHER" if found[1] in _NO_CODE else found[1]


def _of(reading: Reading, place: Place, by: str) -> list[Named]:
    world = reading.title_world if place == "title" else reading.summary_world
    text = reading.title if place == "title" else reading.summary
    found: list[Named] = []
    for mention in world:
        code = "US" if mention.concept == "US" and by != "US" else _codes(mention.concept)
        if code is None or code == by or code in {named.value for named in found}:
            continue
        if "EXEMPT" in reading.title_concepts and _EXEMPT_BEHIND.match(
            text.folded[mention.end :].strip()
        ):
            continue
        found.append(_named(code, place, mention))
    return found


def targets(reading: Reading, by: Named | None) -> tuple[Named, ...]:
    """Whom the measure of `by` hits, in the order of the text; none where there is no measure.

    The whole world is the last resort: duties that name no country hit them all.
    """
    if by is None:
        return ()
    found = _of(reading, "title", by.value)
    if by.value != "US":
        thirds = [named for named in found if named.value not in {"US", "GLOBAL"}]
        return tuple(thirds or [Named("US", by.place, by.start, by.end)])
    codes = {named.value for named in found}
    if "GLOBAL" in codes and codes & {"CA", "MX"}:
        whole = re.search(
            r"all imports|toutes les importations|todas las importaciones", reading.title.folded
        )
        found = [n for n in found if (n.value == "GLOBAL") == bool(whole)]
    if found:
        return tuple(found)
    if reading.title_concepts.isdisjoint({"S232", "COURT", "S122", "WORLD"}):
        near = [n for n in _of(reading, "summary", by.value) if n.value in {"CA", "MX"}]
        if near:
            return tuple(near)
    return (Named("GLOBAL", by.place, by.start, by.end),)
