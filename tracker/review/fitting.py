"""Which provision of the record the sources speak of, or why that cannot be told.

Owns the way from imposer, targets, goods and words of law to exactly one provision of one
measure. It abstains where more than one fits, or none: a guess here would become a rate.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.core.measures import Measure, Provision
from tracker.review.slots import Agreed

__all__ = ["Fit", "fit"]

Place = tuple[str, str]

_SECTION = re.compile(r"\b(?:section|sec\.|secci[oó]n|art[ií]culo|article)\s*(\d{3})\b", re.I)
_LAWS = (
    (re.compile(r"\bieepa\b|fentan[yi]l", re.I), lambda m: ".ieepa.border." in f".{m.key}."),
    (re.compile(r"\breciproc|\brec[ií]proc|\br[ée]ciproqu", re.I), lambda m: "reciprocal" in m.key),
    (
        re.compile(r"\banti-?dumping|\bcountervailing|\bcuotas? compensatoria", re.I),
        lambda m: m.authority.startswith("AD"),
    ),
    (
        re.compile(r"counter-?tariff|counter-?measure|retaliat|represalia|repr[ée]saill", re.I),
        lambda m: bool(m.mirrors) or ".counter." in f".{m.key}.",
    ),
)
"""Words that name a legal authority, in three languages, and the measures that rest on it."""

_NO_LAW = "none named"

_NARROW = {
    "derivative": re.compile(r"derivativ|derivad|d[ée]riv[ée]", re.I),
    "transship": re.compile(r"trans-?ship|transbord", re.I),
    "melted": re.compile(r"melted|poured|fundid|fondu|coul[ée]", re.I),
    "smelted": re.compile(r"smelt|fundid|fusion", re.I),
    "authorized": re.compile(r"authoriz|autoriza|autoris", re.I),
    "equipment": re.compile(r"equipment|equipo|[ée]quipement", re.I),
    "exempt": re.compile(r"\bexempt|exenci|exenta", re.I),
    "quota": re.compile(r"quota|cupo|contingent", re.I),
    "combined": re.compile(r"combin", re.I),
    "component": re.compile(r"component|composant", re.I),
    "liquid": re.compile(r"liquid|l[ií]quid", re.I),
}
"""What marks a provision as a special part of its measure: it fits only where the text says so."""

_AGREEMENT = re.compile(r"\busmca\b|\bcusma\b|\bt-?mec\b|\baceum\b|compliant|qualif|conforme", re.I)
_ALSO = {
    "automobiles": ("vehicle", "auto"),
    "automobile parts": ("automobile part",),
    "medium- and heavy-duty vehicles": ("truck",),
    "pharmaceuticals": ("pharma", "medicine"),
    "semiconductors": ("semiconductor", "chip"),
    "softwood lumber": ("softwood", "lumber"),
    "kitchen cabinets": ("cabinet",),
    "bathroom vanities": ("vanit",),
    "alcohol": ("alcohol",),
    "textiles": ("textile", "apparel"),
    "electric vehicles": ("electric vehicle",),
    "electricity exports": ("electricity",),
}
"""Other words of the record for goods that extraction names its own way."""

_SEVERAL = re.compile(r",|\band\b|\bor\b")
_ONE_GOOD = re.compile(
    r"timber and lumber|vehicles and light trucks|patented or branded|energy and energy"
    r"|medium and heavy|cabinets and vanities|apparel and made-up"
)
"""Goods that the record names by two words; otherwise `and` says that there are several."""

_EVERYTHING = re.compile(r"^(all )?goods\b", re.I)


@dataclass(frozen=True, slots=True)
class Fit:
    """The provision that the sources speak of, or None; `why` says in English how it was found."""

    measure: Measure | None
    provision: Provision | None
    why: str


def fit(agreed: Agreed, texts: Iterable[str], measures: Sequence[Measure]) -> Fit:
    """The one provision that fits what the sources agree on.

    `measures` are those that may be meant: an ended one is not changed by anything but a
    reinstatement. `texts` are the titles and summaries, as given.
    """
    unclear = _unclear(agreed)
    if unclear:
        return _none(unclear)
    text = "\n".join(texts)
    if not agreed.products and not _names_law(text):
        return _none("it is on goods in general and names no law: it may be a new measure")
    # A threat under no law is known by its occasion alone, which is not read.
    mine = [m for m in measures if m.imposer == agreed.imposer and m.authority != _NO_LAW]
    lawful = [measure for measure in mine if _rests(measure, text)]
    fitting = [
        (measure, provision)
        for measure in lawful
        for provision in measure.provisions
        if _reaches(provision, agreed.targets)
        and _meant(measure, provision, agreed.products)
        and _ordinary(provision, text, all_goods=not agreed.products)
    ]
    if not fitting:
        return _none("no provision of the record fits who, whose goods and which goods it says")
    keys = tuple(dict.fromkeys(measure.key for measure, _ in fitting))
    if len(keys) > 1:
        return _none(f"{len(keys)} measures fit: {', '.join(keys[:5])}")
    if len(fitting) > 1:
        names = ", ".join(provision.key for _, provision in fitting)
        return Fit(fitting[0][0], None, f"{len(fitting)} provisions of {keys[0]} fit: {names}")
    measure, provision = fitting[0]
    return Fit(measure, provision, f"only {measure.key}.{provision.key} fits")


def _unclear(agreed: Agreed) -> str:
    """Why the sources do not say enough, or nothing."""
    if agreed.imposer is None:
        return "no source says who imposes it"
    if not agreed.targets:
        return "no source says whose goods it is on"
    slots = ("kind", "imposer", "targets", "products")
    differing = (slot for slot in slots if agreed.differs(slot))
    return next((f"the sources differ on {slot}" for slot in differing), "")


def _none(why: str) -> Fit:
    return Fit(None, None, why)


def _names_law(text: str) -> bool:
    return bool(_SECTION.search(text)) or any(words.search(text) for words, _ in _LAWS)


def _rests(measure: Measure, text: str) -> bool:
    """Whether a measure rests on every authority that the text names; True where it names none."""
    sections = {f"Section {number}" for number in _SECTION.findall(text)}
    if sections and measure.authority not in sections:
        return False
    return all(rests(measure) for words, rests in _LAWS if words.search(text))


def _reaches(provision: Provision, targets: Iterable[str]) -> bool:
    """Whether it is on goods of these targets and of nobody else: a wider one is not meant.

    `GLOBAL` is everybody.
    """
    meant = {"*" if target == "GLOBAL" else target for target in targets}
    return meant == set(provision.targets)


def _meant(measure: Measure, provision: Provision, products: Sequence[str]) -> bool:
    """Whether the goods are those of the provision and no others; without goods, all goods."""
    own = provision.products.en.lower()
    if not products:
        return bool(_EVERYTHING.match(own))
    if _SEVERAL.search(_ONE_GOOD.sub("", own)) and len(products) == 1:
        return False
    # Its own words may leave the goods to the name of its measure: "Semi-finished articles".
    words = f"{measure.key} {measure.title.en} {own}".lower()
    return all(
        any(word in words for word in _ALSO.get(product, (product.lower().rstrip("s"),)))
        for product in products
    )


def _ordinary(provision: Provision, text: str, *, all_goods: bool) -> bool:
    """Whether nothing marks the provision as a special part that the text does not name.

    Where the agreement is named, goods that qualify under it and goods that do not both
    fit, as nothing tells which are meant; "goods" that are of any origin do not.
    """
    own = f"{provision.key} {provision.products.en}".lower()
    agreement = bool(_AGREEMENT.search(text))
    if not agreement and provision.origin not in {"any", "not_usmca"}:
        return False
    if agreement and all_goods and provision.origin == "any":
        return False
    return all(said.search(text) for mark, said in _NARROW.items() if mark in own)
