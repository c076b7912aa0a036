"""The Merkle tree against its definition, the certificate-transparency vectors and pymerkle."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from tracker.core.merkle import (
    EMPTY_ROOT,
    Range,
    Ranges,
    Tree,
    consistency_ranges,
    grown_roots,
    inclusion_ranges,
    leaf_hash,
    root_above,
)

# Leaves and roots that logs of certificates have been tested with since RFC 6962.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
}
CONSISTENCY = {
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}

leaves = st.lists(st.binary(max_size=3), max_size=70)


def defined(data: Sequence[bytes]) -> bytes:
    """The root as RFC 9162, 2.1.1, writes it down."""
    if not data:
        return hashlib.sha256(b"").digest()
    if len(data) == 1:
        return hashlib.sha256(b"\x00" + data[0]).digest()
    half = half_of(data)
    return hashlib.sha256(b"\x01" + defined(data[:half]) + defined(data[half:])).digest()


def half_of(data: Sequence[bytes]) -> int:
    return max(1 << power for power in range(len(data)) if 1 << power < len(data))


def defined_path(index: int, data: Sequence[bytes]) -> list[bytes]:
    """An inclusion proof as RFC 9162, 2.1.3.1, writes it down."""
    if len(data) == 1:
        return []
    half = half_of(data)
    if index < half:
        return [*defined_path(index, data[:half]), defined(data[half:])]
    return [*defined_path(index - half, data[half:]), defined(data[:half])]


def defined_subproof(old: int, data: Sequence[bytes], known: bool) -> list[bytes]:
    """A consistency proof as RFC 9162, 2.1.4.1, writes it down."""
    if old == len(data):
        return [] if known else [defined(data)]
    half = half_of(data)
    if old <= half:
        return [*defined_subproof(old, data[:half], known), defined(data[half:])]
    return [*defined_subproof(old - half, data[half:], False), defined(data[:half])]


def root_of(data: Sequence[bytes]) -> bytes:
    tree = Tree()
    for one in data:
        tree.push(leaf_hash(one))
    return tree.root()


def path_of(data: Sequence[bytes], ranges: Sequence[Range]) -> tuple[bytes, ...]:
    found = Ranges(ranges)
    for one in data:
        found.push(leaf_hash(one))
    return found.hashes()


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_that_logs_of_certificates_have(size: int) -> None:
    assert root_of(LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_inclusion_proofs_are_those_that_logs_of_certificates_give(index: int, size: int) -> None:
    path = path_of(LEAVES[:size], inclusion_ranges(index, size))
    assert [one.hex() for one in path] == INCLUSION[index, size]


@pytest.mark.parametrize(("old", "new"), CONSISTENCY)
def test_consistency_proofs_are_those_that_logs_of_certificates_give(old: int, new: int) -> None:
    path = path_of(LEAVES[:new], consistency_ranges(old, new))
    assert [one.hex() for one in path] == CONSISTENCY[old, new]


@given(leaves)
def test_a_tree_that_grows_has_the_root_that_is_defined_at_every_size(data: list[bytes]) -> None:
    tree = Tree()
    assert tree.root() == EMPTY_ROOT
    for size, one in enumerate(data, 1):
        tree.push(leaf_hash(one))
        assert tree.size == size
        assert tree.root() == defined(data[:size])


@given(leaves, st.data())
def test_roots_and_what_proves_a_leaf_are_those_of_pymerkle(
    data: list[bytes], choose: st.DataObject
) -> None:
    assume(data)
    oracle = InmemoryTree.init_from_entries(data)
    size = choose.draw(st.integers(1, len(data)))
    index = choose.draw(st.integers(0, size - 1))
    assert root_of(data[:size]) == oracle.get_root(size)
    # pymerkle numbers leaves from 1, gives the leaf too, and orders the hashes from left to right.
    # What it calls a consistency proof is another set of hashes than the RFC's.
    ours = [leaf_hash(data[index]), *path_of(data[:size], inclusion_ranges(index, size))]
    assert sorted(ours) == sorted(oracle.prove_inclusion(index + 1, size).path)


@given(leaves, st.data())
def test_proofs_are_those_that_are_defined(data: list[bytes], choose: st.DataObject) -> None:
    assume(data)
    size = len(data)
    index, old = choose.draw(st.integers(0, size - 1)), choose.draw(st.integers(1, size))
    assert list(path_of(data, inclusion_ranges(index, size))) == defined_path(index, data)
    assert list(path_of(data, consistency_ranges(old, size))) == defined_subproof(old, data, True)


@given(leaves, st.data())
def test_a_proof_leads_to_the_root_and_with_any_other_word_it_does_not(
    data: list[bytes], choose: st.DataObject
) -> None:
    assume(data)
    size = len(data)
    index = choose.draw(st.integers(0, size - 1))
    path = list(path_of(data, inclusion_ranges(index, size)))
    leaf, root = leaf_hash(data[index]), defined(data)
    assert root_above(leaf, index, size, path) == root
    assert root_above(leaf_hash(data[index] + b"!"), index, size, path) != root
    for place in range(len(path)):
        other = [*path[:place], leaf_hash(path[place]), *path[place + 1 :]]
        assert root_above(leaf, index, size, other) != root
    for wrong in ([*path, root], path[:-1] if path else [root]):
        with pytest.raises(ValueError, match="hashes where"):
            root_above(leaf, index, size, wrong)


@given(leaves, leaves, st.data())
def test_consistency_holds_for_what_was_appended_to_and_not_for_what_was_rewritten(
    data: list[bytes], more: list[bytes], choose: st.DataObject
) -> None:
    assume(data and more)
    old, new = len(data), len(data) + len(more)
    path = path_of(data + more, consistency_ranges(old, new))
    old_root, new_root = defined(data), defined(data + more)
    assert grown_roots(old, new, path, old_root=old_root) == (old_root, new_root)
    place = choose.draw(st.integers(0, old - 1))
    rewritten = [*data[:place], data[place] + b"!", *data[place + 1 :], *more]
    forged = path_of(rewritten, consistency_ranges(old, new))
    for tried in (path, forged):
        found = grown_roots(old, new, tried, old_root=old_root)
        assert found != (old_root, defined(rewritten))


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 3), (3, 3), (2**63, 2**63 - 1)], ids=str)
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_ranges(index, size)


@pytest.mark.parametrize(("old", "new"), [(3, 2), (-1, 4)])
def test_a_tree_does_not_begin_with_a_larger_one(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="does not begin"):
        consistency_ranges(old, new)


def test_ranges_whose_leaves_never_came_are_told() -> None:
    found = Ranges([(0, 2)])
    found.push(leaf_hash(b""))
    with pytest.raises(ValueError, match="not all been seen"):
        found.hashes()
