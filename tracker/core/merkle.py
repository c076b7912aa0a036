"""The Merkle tree over a list of entries: its root, and proofs that are checked without the list.

Owns the hashing of RFC 9162, section 2.1, with SHA-256: how leaves and nodes
hash (2.1.1), which hashes prove that a leaf is in a tree (2.1.3) and that one
tree begins with another (2.1.4). It must not know what an entry is: a leaf
comes in as the hash `leaf_hash` makes of its bytes, in order, once. Memory grows
with the logarithm of the number of leaves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeAlias

__all__ = [
    "EMPTY_ROOT",
    "LARGEST",
    "Range",
    "Ranges",
    "Tree",
    "consistency_ranges",
    "grown_roots",
    "inclusion_ranges",
    "leaf_hash",
    "node_hash",
    "root_above",
]

Range: TypeAlias = tuple[int, int]
"""Leaves from the first number, inclusive, to the second, exclusive; the first leaf is 0."""

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""

LARGEST = 2**63 - 1
"""The most leaves a tree may have: a size that is claimed is never trusted beyond it."""

_LEAF, _NODE = b"\x00", b"\x01"  # RFC 9162: a node can never pass for a leaf


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf that holds `data`."""
    return hashlib.sha256(_LEAF + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of the node above two hashes."""
    return hashlib.sha256(_NODE + left + right).digest()


class Tree:
    """A tree that grows by a leaf at a time and knows its root at every size.

    It holds the roots of the complete subtrees it consists of, one for each bit
    that is set in its size, the largest first.
    """

    __slots__ = ("_subtrees", "size")

    def __init__(self) -> None:
        self.size = 0
        self._subtrees: list[bytes] = []

    def push(self, leaf: bytes) -> None:
        """Add a leaf, given by its hash, at the end."""
        subtrees, below = self._subtrees, self.size
        while below & 1:
            leaf = node_hash(subtrees.pop(), leaf)
            below >>= 1
        subtrees.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self._subtrees:
            return EMPTY_ROOT
        *rest, root = self._subtrees
        for subtree in reversed(rest):
            root = node_hash(subtree, root)
        return root


class Ranges:
    """The hashes of some subtrees, gathered while all leaves go by in order.

    `wanted` are ranges that do not overlap, as the functions below name them.
    """

    def __init__(self, wanted: Sequence[Range]) -> None:
        self._wanted = wanted
        self._trees = {one: Tree() for one in wanted}
        self._ahead = sorted(wanted, reverse=True)
        self._next = 0

    def push(self, leaf: bytes) -> None:
        """Take in the next leaf, given by its hash."""
        number, ahead = self._next, self._ahead
        self._next = number + 1
        while ahead and ahead[-1][1] <= number:
            ahead.pop()
        if ahead and ahead[-1][0] <= number:
            self._trees[ahead[-1]].push(leaf)

    def hashes(self) -> tuple[bytes, ...]:
        """The hash of each wanted range, in the order in which they were asked for.

        Raises: ValueError if the leaves ended before the ranges did.
        """
        for first, end in self._wanted:
            if self._trees[first, end].size != end - first:
                raise ValueError(f"leaves {first} to {end} have not all been seen")
        return tuple(self._trees[one].root() for one in self._wanted)


def _split(size: int) -> int:
    """How many leaves lie left of the root: the largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_ranges(index: int, size: int) -> tuple[Range, ...]:
    """What proves leaf `index` in a tree of `size`, from its neighbour up.

    RFC 9162, 2.1.3.1. Raises: ValueError if there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} has no leaf {index}")
    found: list[Range] = []
    first, end = 0, size
    while end - first > 1:
        middle = first + _split(end - first)
        if index < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((first, middle))
            first = middle
    return tuple(reversed(found))


def consistency_ranges(old: int, new: int) -> tuple[Range, ...]:
    """What proves that a tree of `new` leaves begins with one of `old`, from below up.

    RFC 9162, 2.1.4.1; nothing is needed where one is empty or both are the same.
    Raises: ValueError unless 0 <= old <= new.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} does not begin with one of {old}")
    if old in {0, new}:
        return ()
    found: list[Range] = []
    first, end = 0, new
    while end != old:
        middle = first + _split(end - first)
        if old <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((first, middle))
            first = middle
    if first:
        # Only the subtree at the very start is known already: it is the old root.
        found.append((first, end))
    return tuple(reversed(found))


def root_above(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that a tree of `size` has if `leaf` (a hash) is its number `index` and `path` holds.

    Raises: ValueError if the path has another length than such a proof has.
    """
    ranges = inclusion_ranges(index, size)
    if len(path) != len(ranges):
        raise ValueError(f"{len(path)} hashes where {len(ranges)} are needed")
    root = leaf
    for (first, _), beside in zip(ranges, path, strict=True):
        root = node_hash(root, beside) if first > index else node_hash(beside, root)
    return root


def grown_roots(
    old: int, new: int, path: Sequence[bytes], *, old_root: bytes
) -> tuple[bytes, bytes]:
    """The roots that the trees of `old` and `new` leaves have if `path` holds.

    `old_root` is the one claimed: it stands for itself where the old tree is one
    complete subtree, and the proof leaves it out. The trees agree if both roots
    are those claimed. An empty tree, or the same size, proves itself.
    Raises: ValueError if the path has another length than such a proof has, or
    unless 0 < old < new.
    """
    if not 0 < old < new:
        raise ValueError(f"there is no path from a tree of {old} to one of {new}")
    ranges = consistency_ranges(old, new)
    if len(path) != len(ranges):
        raise ValueError(f"{len(path)} hashes where {len(ranges)} are needed")
    beside = list(zip(ranges, path, strict=True))
    if old & (old - 1):
        (_, before) = beside.pop(0)
    else:
        before = old_root
    after = before
    for (first, _), other in beside:
        if first >= old:
            after = node_hash(after, other)
        else:
            before, after = node_hash(other, before), node_hash(other, after)
    return before, after
