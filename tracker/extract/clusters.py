"""Which items tell the same story: one cluster a happening, across outlets, languages and days.

Owns the grouping: every pair within the window is weighed, then groups grow
together as long as their members agree on average. The answer does not depend
on the order of the items. Must not judge a pair itself.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from datetime import date

from tracker.extract.fitted import extract
from tracker.extract.items import Extraction, Item
from tracker.extract.linear import Linear, Model, shipped_model
from tracker.extract.pairs import COMMON, Trace, pair_features, trace, within

__all__ = ["cluster", "group", "likely", "merged"]

_MOST = 60
"""How many of the latest that share a word are looked at; beyond, the word tells nothing."""
_HARDLY = 0.05
"""Pairs less likely than this never bring two groups together by themselves."""


def likely(weights: Linear, features: dict[str, float]) -> float:
    """How likely a pair with these features is one story, 0 to 1."""
    total = float(weights.bias[0])
    for name, value in features.items():
        row = weights.weights.get(name)
        if row is not None:
            total += row[0] * value
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total / 100))))


def _order(one: Trace) -> tuple[date, str, str, str, str]:
    item = one.item
    return (item.published or date.min, item.title, item.url, item.item_id, item.summary)


def _keys(one: Trace) -> frozenset[str]:
    """What two items of one story nearly always share one of."""
    said = one.said
    keys = one.words | one.figures | (one.concepts - COMMON)
    if said.relevant:
        keys |= {f"{said.kind} {said.imposer} {'+'.join(sorted(said.targets))}"}
    return keys


def _pairs(traces: Sequence[Trace], weights: Linear) -> dict[tuple[int, int], float]:
    """How likely each pair of neighbours in time is the same story; pairs that hardly are, not."""
    found: dict[tuple[int, int], float] = {}
    seen: dict[str, list[int]] = {}
    for at, one in enumerate(traces):
        near: set[int] = set()
        for key in sorted(_keys(one)):
            before = seen.setdefault(key, [])
            # In order of time: those further back lie beyond the window, or are too many to tell.
            near.update(back for back in before[-_MOST:] if within(traces[back].item, one.item))
            before.append(at)
        for back in sorted(near):
            features = pair_features(traces[back], one)
            if features is None:
                continue
            chance = likely(weights, features)
            if chance >= _HARDLY:
                found[back, at] = chance
    return found


def _merge(count: int, pairs: dict[tuple[int, int], float], threshold: float) -> list[int]:
    """The group of each: groups grow together, the most alike first, by the mean of all pairs.

    Of groups that are equally alike the earliest are taken.
    """
    members = {at: [at] for at in range(count)}
    sums = {at: dict[int, float]() for at in range(count)}
    for (one, other), chance in sorted(pairs.items()):
        sums[one][other] = sums[other][one] = chance
    # What agrees too little never grows together: it waits nowhere, it only counts in the means.
    waiting = [(-chance, *pair) for pair, chance in pairs.items() if chance >= threshold]
    heapq.heapify(waiting)
    while waiting:
        less, one, other = heapq.heappop(waiting)
        # What a merger has outdated is still in the heap: it is known by its mean.
        if other not in sums.get(one, {}) or -less != _mean(sums, members, one, other):
            continue
        members[one] += members.pop(other)
        for third, total in sorted(sums.pop(other).items()):
            del sums[third][other]
            if third != one:
                merged = sums[one].get(third, 0.0) + total
                sums[one][third] = sums[third][one] = merged
        for third in sorted(sums[one]):
            first, second = sorted((one, third))
            mean = _mean(sums, members, first, second)
            if mean >= threshold:
                heapq.heappush(waiting, (-mean, first, second))
    numbers = [0] * count
    for first, those in members.items():
        for at in those:
            numbers[at] = first
    return numbers


def _mean(
    sums: dict[int, dict[int, float]], members: dict[int, list[int]], one: int, other: int
) -> float:
    return sums[one][other] / (len(members[one]) * len(members[other]))


def _roots(count: int, pairs: dict[tuple[int, int], float], threshold: float) -> list[int]:
    """The first of those that each is bound to by a chain of pairs that agree enough.

    Only these can end in one group: groups agree no more than the best of their pairs.
    """
    root = list(range(count))

    def find(at: int) -> int:
        while root[at] != at:
            root[at] = root[root[at]]
            at = root[at]
        return at

    for (one, other), chance in pairs.items():
        if chance >= threshold:
            a, b = sorted((find(one), find(other)))
            root[b] = a
    return [find(at) for at in range(count)]


def merged(count: int, pairs: dict[tuple[int, int], float], threshold: float) -> list[int]:
    """The first of each one's group, grown from how likely each pair is one story.

    `pairs` are of `(lower, higher)` among `count`; those left out are not alike at all.
    """
    roots = _roots(count, pairs, threshold)
    parts: dict[int, list[int]] = {}
    places = [0] * count
    for at, root in enumerate(roots):
        part = parts.setdefault(root, [])
        places[at] = len(part)
        part.append(at)
    inside: dict[int, dict[tuple[int, int], float]] = {}
    for (one, other), chance in pairs.items():
        if roots[one] == roots[other]:
            inside.setdefault(roots[one], {})[places[one], places[other]] = chance
    numbers = list(range(count))
    for root, those in inside.items():
        part = parts[root]
        for place, first in enumerate(_merge(len(part), those, threshold)):
            numbers[part[place]] = part[first]
    return numbers


def group(traces: Sequence[Trace], model: Model) -> list[int]:
    """The number of each item's group: the place of the group's first item in order of time."""
    order = sorted(range(len(traces)), key=lambda at: _order(traces[at]))
    ordered = [traces[at] for at in order]
    pairs = _pairs(ordered, model.same)
    numbers = [0] * len(traces)
    for at, first in enumerate(merged(len(traces), pairs, model.same_threshold)):
        numbers[order[at]] = first
    return numbers


def cluster(items: Sequence[Item], said: Sequence[Extraction] | None = None) -> list[str]:
    """The name of each item's cluster, in order; items of one story have the same name.

    A name is the id of the cluster's first item in time, so that it stays as items
    come in behind. `said` spares reading the items again where that was done.
    Raises: OperationFailed if the shipped model does not read.
    """
    read_out = said if said is not None else [extract(item) for item in items]
    traces = [trace(item, one) for item, one in zip(items, read_out, strict=True)]
    numbers = group(traces, shipped_model())
    first: dict[int, str] = {}
    for at in sorted(range(len(items)), key=lambda at: _order(traces[at])):
        first.setdefault(numbers[at], items[at].item_id)
    return [first[number] for number in numbers]
