"""Groups grow together as average linkage says, however few pairs are looked at for it."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from tracker.extract.clusters import merged

LEAST = 0.3
# Eighths are sums without rounding: a tie is one for both.
CHANCES = st.sampled_from([0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875])
PAIRS = st.dictionaries(st.sampled_from([*combinations(range(9), 2)]), CHANCES, max_size=20)


def plainly(count: int, pairs: dict[tuple[int, int], float]) -> set[frozenset[int]]:
    """Merge the two groups that agree best on average, the earliest of equals, while any do."""
    groups = {at: [at] for at in range(count)}
    while len(groups) > 1:
        best, one, other = min(
            (
                -sum(pairs.get((min(a, b), max(a, b)), 0.0) for a in groups[x] for b in groups[y])
                / (len(groups[x]) * len(groups[y])),
                x,
                y,
            )
            for x, y in combinations(sorted(groups), 2)
        )
        if -best < LEAST:
            break
        groups[one] += groups.pop(other)
    return {frozenset(members) for members in groups.values()}


@given(PAIRS)
def test_groups_are_those_of_looking_at_every_two_of_them(
    pairs: dict[tuple[int, int], float],
) -> None:
    numbers = merged(9, pairs, LEAST)
    found = {frozenset(at for at in range(9) if numbers[at] == number) for number in set(numbers)}
    assert found == plainly(9, pairs)
    assert all(number == min(at for at in range(9) if numbers[at] == number) for number in numbers)
