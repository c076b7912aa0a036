"""What the fitted model looks at: an item as a set of named features.

Owns the names of features; a change here makes the shipped model stale, which
a test finds. They are mostly concepts, the same for three languages, so that
what is learned in one holds in the others. Must not see dates or rates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from tracker.extract.clues import rule_kinds
from tracker.extract.concepts import Mention
from tracker.extract.reading import Reading

__all__ = ["GROUPS", "features"]

GROUPS = {
    "rules": ("k1=", "k2=", "ks="),
    "words": ("w=",),
    "order": ("b=", "first=", "last=", "l="),
    "summary": ("s=", "sn=", "ks="),
    "noise": ("n=", "sn=", "np="),
    "parties": ("p=", "pp=", "r="),
    "outlet": ("o=",),
}
"""Groups of features by their prefixes, for measuring what each is worth."""

_OFFICIAL = re.compile(
    r"whitehouse|white house|federal ?register|ustr|trade representative|gc\.ca"
    r"|canada\.ca|gob\.mx|diario oficial"
    r"|global affairs|department of (?:commerce|finance)|cbp|\.gov\b|prime minister"
    r"|presidencia|secretaria de economia"
)
_STEM = 7
_NORTH = frozenset({"US", "CA", "MX"})


def _kept(mention: Mention) -> str:
    """The concept, third countries as one."""
    return "X" if mention.concept.startswith("X:") else mention.concept


def _sequence(*parts: Sequence[Mention]) -> list[str]:
    """The concepts of a text in the order of its words, none twice in a row."""
    ordered = sorted((m for part in parts for m in part), key=lambda m: (m.first, m.concept))
    kept: list[str] = []
    for mention in ordered:
        name = _kept(mention)
        if not kept or kept[-1] != name:
            kept.append(name)
    return kept


def _parties(reading: Reading) -> Iterable[str]:
    """Who is named, and in what company."""
    title = {_kept(m) for m in reading.title_world}
    both = title | {_kept(m) for m in reading.summary_world}
    for where, named in (("t", title), ("a", both)):
        north = named & _NORTH
        yield f"p={where}:{len(north)}"
        yield f"pp={where}:{'+'.join(sorted(north))}"
        if "X" in named:
            company = (
                "near" if north - {"US"} else "world" if named & {"WORLD", "NATIONS"} else "us"
            )
            yield f"p={where}:third:{company if north or company == 'world' else 'alone'}"
        yield f"p={where}:{'near' if north & {'CA', 'MX'} or 'BOTH' in named else 'far'}"
        if "PACT" in named:
            yield f"p={where}:pact"
        if "TARIFF" in named:
            yield f"p={where}:tariff:{'US' if 'US' in named else 'no'}"
        if not named & {
            "TARIFF",
            "PACT",
            "TRADE",
            "DEAL",
            "S232",
            "S301",
            "S122",
            "IEEPA",
            "REMEDY",
            "QUOTA",
            "RETALIATE",
        }:
            yield f"p={where}:notrade"


def _noise(reading: Reading) -> Iterable[str]:
    """Signs that the text is something other than news of policy."""
    title, folded = {m.concept for m in reading.title_noise}, reading.title.folded
    yield from (f"n={concept}" for concept in sorted(title))
    yield from (f"sn={m.concept}" for m in reading.summary_noise)
    if "?" in folded:
        yield "np=question"
    if '"' in folded or " '" in folded:
        yield "np=quote"
    first = reading.title_noise[0] if reading.title_noise else None
    if first is not None and first.first <= 1:
        yield f"n=first:{first.concept}"
    if re.match(r"\s*\W*(?:the )?(?:top |las |los |les )?\d+ ", folded):
        yield "np=list"
    if title & {"STAKE"} and not title & {"GOV"}:
        yield "n=stake:alone"
    if "GOV" in title:
        yield "n=gov"


def _roles(reading: Reading) -> Iterable[str]:
    """Who acts: what stands first, which act the first party is followed by, whom duties hit."""
    world, noise = reading.title_world, reading.title_noise
    parties = [m for m in world if m.concept in _NORTH or m.concept.startswith("X:")]
    stake = next((m.first for m in noise if m.concept == "STAKE"), None)
    market = next((m.first for m in noise if m.concept in {"MARKET", "FIRM", "SPORT"}), None)
    first = parties[0].first if parties else 99
    if stake is not None:
        yield f"np=stake:{'before' if stake < first else 'behind'}"
    if market is not None:
        yield f"np=market:{'before' if market < first else 'behind'}"
    for act in reading.title_acts:
        before = [m for m in parties if m.last <= act.first]
        if before and act.first - before[-1].last <= 5:
            yield f"r={_kept(before[-1])}:{act.concept}"
            yield f"r=does:{act.concept}"
    duty = next((m.first for m in world if m.concept == "TARIFF"), None)
    if duty is not None:
        hit = {_kept(m) for m in parties if m.first > duty}
        before_duty = {_kept(m) for m in parties if m.first < duty}
        yield f"r=hit:{'+'.join(sorted(hit))}"
        yield f"r=by:{'+'.join(sorted(before_duty))}"
        if "X" in hit and not hit & {"CA", "MX"}:
            yield "r=hit:third"
    if "X" in {_kept(m) for m in parties} and "US" not in {_kept(m) for m in parties}:
        yield "r=third:noUS"


_LEADS = frozenset(
    {"STAKE", "MARKET", "FIRM", "SPORT", "EXPLAIN", "OPINION", "IMPACT", "RETRO", "GOV", "TARIFF"}
    | {"COURT", "ORDER", "PACT", "REVIEW", "REMEDY", "INFORCE", "BOTH", "HOMONYM", "HOUSE", "CRIME"}
)


def _lead(reading: Reading) -> Iterable[str]:
    """What the title begins with, and whether a government acts in it at all."""
    every = (*reading.title_world, *reading.title_acts, *reading.title_noise)
    leads = [
        (m.first, "north" if m.concept in _NORTH else _kept(m))
        for m in every
        if m.concept in _NORTH or m.concept.startswith("X:") or m.concept in _LEADS
    ]
    if leads:
        yield f"l={min(leads)[1]}"
        yield f"l={'+'.join(name for _, name in sorted(leads)[:2])}"
    noise = {m.concept for m in reading.title_noise} - {"GOV"}
    yield f"l=noise:{min(len(noise), 3)}"
    acts = {m.concept for m in reading.title_acts}
    yield f"l=acts:{min(len(acts), 3)}"
    if noise and acts <= {"PLAN", "SEEK", "THREATEN", "LOWER", "RAISE"}:
        yield "l=noise:weak"


def features(reading: Reading) -> tuple[str, ...]:
    """The features the item has, sorted, each once."""
    found: set[str] = {"bias"}
    order = _sequence(reading.title_world, reading.title_acts)
    found.update(f"t={concept}" for concept in order)
    found.update(f"b={one}>{two}" for one, two in pairwise(order))
    found.update(f"b={one}>>{two}" for one, two in zip(order, order[2:], strict=False))
    if order:
        found.update((f"first={order[0]}", f"last={order[-1]}"))
    found.update(f"s={c}" for c in _sequence(reading.summary_world, reading.summary_acts))
    kinds = rule_kinds(reading.title_concepts)
    found.add(f"k1={kinds[0]}")
    found.update(f"k2={kind}" for kind in kinds[1:3])
    found.add(f"ks={rule_kinds(reading.concepts)[0]}")
    found.update(_parties(reading))
    found.update(_noise(reading))
    found.update(_roles(reading))
    found.update(_lead(reading))
    found.update(f"w={token.text[:_STEM]}" for token in reading.title.tokens if len(token.text) > 2)
    outlet = f"{reading.item.publisher} {reading.item.url}".lower()
    if _OFFICIAL.search(outlet):
        found.add("o=official")
    if not reading.summary.tokens:
        found.add("o=bare")
    return tuple(sorted(found))
