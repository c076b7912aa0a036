"""What a proof shows, and that nothing else can be made to pass for one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.proof.ledgers import NOON, desk_of, draft, event, key_file, ledger_of
from tracker.core.codec import entry_hash
from tracker.core.entries import Entry, EventRecorded, Head
from tracker.core.merkle import EMPTY_ROOT
from tracker.errors import BadInput, LedgerBroken, ProofFailed, TrackerError, UnknownName
from tracker.proof.check import Proven, check_consistency, check_event
from tracker.proof.desk import CHECKPOINT, VERIFIER_KEY, Desk
from tracker.proof.document import (
    ConsistencyProof,
    EventProof,
    Proof,
    document_of,
    read_proof,
)
from tracker.proof.keys import VerifierKey, read_verifier_key
from tracker.proof.walk import root_of
from tracker.store.memory import MemoryLedger


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return key_file(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def desk(key: Path) -> Desk:
    return desk_of(ledger_of(11), key)


def checked(data: bytes, trusted: VerifierKey | None) -> Proof:
    """The proof in a file once it has been checked. Raises: TrackerError."""
    proof = read_proof(data, what="it")
    if isinstance(proof, EventProof):
        check_event(proof, key=trusted, what="it")
    else:
        check_consistency(proof, key=trusted)
    return proof


def read_event(data: bytes) -> EventProof:
    proof = read_proof(data, what="it")
    assert isinstance(proof, EventProof)
    return proof


def test_a_proof_shows_every_entry_on_the_event_and_who_signed(desk: Desk) -> None:
    proof = read_event(document_of(desk.prove_event("event-3")))
    proven = check_event(proof, key=desk.verifier_key, what="it")
    assert isinstance(proven, Proven)
    assert proven.trusted
    assert proven.checkpoint.size == 13
    assert [(one.position, one.type, one.title, one.reason) for one in proven.entries] == [
        (3, "event.recorded", "Number 3", None),
        (12, "event.corrected", "Number 3, put right", "a wrong title"),
    ]
    retracted = check_event(desk.prove_event("event-4"), key=None, what="it")
    assert [one.reason for one in retracted.entries] == [None, "it never happened"]
    assert not retracted.trusted


def test_the_same_ledger_and_key_give_the_same_bytes(desk: Desk, key: Path) -> None:
    again = desk_of(ledger_of(11), key)
    assert again.published(13) == desk.published(13)
    for number in range(1, 12):
        name = f"event-{number}"
        assert document_of(again.prove_event(name)) == document_of(desk.prove_event(name))


def test_what_is_published_is_the_checkpoint_and_the_key_that_checks_it(desk: Desk) -> None:
    files = desk.published(13)
    verifier = read_verifier_key(files[VERIFIER_KEY].decode().strip())
    assert verifier == desk.verifier_key
    assert files[CHECKPOINT].decode() == str(desk.checkpoint().note)
    assert files[CHECKPOINT].decode().startswith("example.org/log\n13\n")


@settings(max_examples=25)
@given(st.integers(1, 40), st.data())
def test_every_event_can_be_proven_at_every_size(
    key: Path, events: int, choose: st.DataObject
) -> None:
    desk = desk_of(ledger_of(events), key)
    number = choose.draw(st.integers(1, events))
    proof = document_of(desk.prove_event(f"event-{number}"))
    assert document_of(checked(proof, desk.verifier_key)) == proof


def flipped(data: bytes) -> list[bytes]:
    """`data` with each of its bits turned around, one at a time."""
    return [
        data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]
        for place in range(len(data))
        for bit in range(8)
    ]


@pytest.mark.parametrize("trusting", [True, False])
@pytest.mark.parametrize("kind", ["event", "consistency"])
def test_a_bit_flipped_anywhere_breaks_the_proof_or_changes_nothing_in_it(
    desk: Desk, key: Path, kind: str, trusting: bool
) -> None:
    old = desk_of(ledger_of(5), key).checkpoint(5)
    made: Proof = desk.prove_event("event-4") if kind == "event" else desk.prove_consistency(old)
    data = document_of(made)
    trusted = desk.verifier_key if trusting else None
    assert checked(data, trusted) == made
    passed = 0
    for mutant in flipped(data):
        try:
            found = checked(mutant, trusted)
        except TrackerError:
            continue
        # White space in the layout: what is read, and so what is proven, is the same.
        assert found == made
        passed += 1
    assert passed < len(data) // 4


@settings(max_examples=150)
@given(st.data())
def test_a_proof_cut_joined_or_filled_with_anything_is_refused_or_the_same(
    desk: Desk, choose: st.DataObject
) -> None:
    made = desk.prove_event("event-3")
    data = document_of(made)
    first, last = sorted(choose.draw(st.tuples(*[st.integers(0, len(data))] * 2)))
    filling = choose.draw(st.binary(max_size=5) | st.sampled_from([data[first:last] * 2, b"\n"]))
    mutant = data[:first] + filling + data[last:]
    try:
        found = checked(mutant, desk.verifier_key)
    except TrackerError:
        return
    assert found == made


def changed(proof: EventProof, change: Callable[[Any], None]) -> bytes:
    data = json.loads(document_of(proof))
    change(data)
    return json.dumps(data).encode()


def _swap(data: Any) -> None:
    data["entries"].reverse()


def _drop_first(data: Any) -> None:
    del data["entries"][0]


def _repeat(data: Any) -> None:
    data["entries"].append(data["entries"][-1])


def _none(data: Any) -> None:
    data["entries"].clear()


def _rename(data: Any) -> None:
    data["event"] = "event-5"


def _move(data: Any) -> None:
    data["entries"][0]["position"] = 4


def _beyond(data: Any) -> None:
    data["entries"][0]["position"] = 14


def _short_path(data: Any) -> None:
    data["entries"][0]["path"].pop()


def _other_hash(data: Any) -> None:
    data["entries"][0]["hash"] = "0" * 64


@pytest.mark.parametrize(
    "change",
    [_swap, _drop_first, _repeat, _none, _rename, _move, _beyond, _short_path, _other_hash],
)
def test_what_was_put_together_anew_does_not_hold(
    desk: Desk, change: Callable[[Any], None]
) -> None:
    data = changed(desk.prove_event("event-3"), change)
    with pytest.raises(ProofFailed):
        checked(data, desk.verifier_key)


def _twice(data: bytes) -> bytes:
    return data.replace(b'"event": "event-3",', b'"event": "event-5", "event": "event-3",', 1)


def _added(data: bytes) -> bytes:
    return data.replace(b'"event": "event-3",', b'"event": "event-3", "more": 1,', 1)


def _point(data: bytes) -> bytes:
    return data.replace(b'"position": 3', b'"position": 3.0', 1)


def _half(data: bytes) -> bytes:
    return data.replace(b"Number 3", b"Number \\ud800", 1)


def _huge(data: bytes) -> bytes:
    return data.replace(b'"version": 1', b'"version": ' + b"9" * 30, 1)


def _deep(data: bytes) -> bytes:
    return b"[" * 100_000


def _zone(data: bytes) -> bytes:
    return data.replace(b"000000Z", b"000000+00:00", 1)


@pytest.mark.parametrize(
    "change", [_twice, _added, _point, _half, _huge, _deep, _zone, lambda _: b"", lambda d: d[:-5]]
)
def test_what_says_a_thing_in_two_ways_is_no_proof_file(
    desk: Desk, change: Callable[[bytes], bytes]
) -> None:
    data = document_of(desk.prove_event("event-3"))
    assert change(data) != data
    with pytest.raises(BadInput):
        checked(change(data), desk.verifier_key)


def test_layout_means_nothing(desk: Desk) -> None:
    proof = desk.prove_event("event-3")
    for layout in ({"indent": None}, {"indent": 7}, {"ensure_ascii": True}, {"sort_keys": True}):
        again = json.dumps(json.loads(document_of(proof)), **layout).replace("\n", "\r\n")
        assert checked(again.encode(), desk.verifier_key) == proof


def test_a_proof_of_somebody_elses_making_passes_only_where_no_key_was_given(
    desk: Desk, tmp_path: Path
) -> None:
    forger = desk_of(ledger_of(4), key_file(tmp_path))
    data = document_of(forger.prove_event("event-1"))
    assert not check_event(read_event(data), key=None, what="it").trusted
    with pytest.raises(ProofFailed, match="which is not the key"):
        checked(data, desk.verifier_key)
    # With the trusted key written into it, the signature is another's.
    swapped = msgspec.structs.replace(read_event(data), verifier_key=str(desk.verifier_key))
    with pytest.raises(ProofFailed, match="not signed by the key"):
        check_event(swapped, key=desk.verifier_key, what="it")


def test_an_entry_of_one_ledger_is_not_proven_by_the_checkpoint_of_another(
    desk: Desk, key: Path
) -> None:
    other = desk_of(ledger_of(4), key).prove_event("event-1")
    mixed = msgspec.structs.replace(other, checkpoint=str(desk.checkpoint().note))
    with pytest.raises(ProofFailed):
        check_event(mixed, key=desk.verifier_key, what="it")


def test_an_event_in_the_stream_of_another_is_not_taken_for_it(key: Path) -> None:
    ledger = MemoryLedger()
    stray = msgspec.structs.replace(
        draft(1, 1, EventRecorded(event=event(2, "Two"))), stream="event/event-1"
    )
    ledger.append([stray], at=NOON)
    with pytest.raises(ProofFailed, match="is not about the event 'event-1'"):
        desk_of(ledger, key).prove_event("event-1")


class Held:
    """A ledger of given entries, whatever they are."""

    def __init__(self, *entries: Entry) -> None:
        self._entries = entries

    def read(self, *, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        yield from self._entries[after:until]

    def stream(self, name: str) -> tuple[Entry, ...]:
        return tuple(one for one in self._entries if one.stream == name)

    def head(self) -> Head:
        return Head(position=len(self._entries), hash=self._entries[-1].hash)


def test_an_entry_of_a_later_program_is_told_as_that(key: Path) -> None:
    (entry,) = ledger_of(1).read()
    newer = msgspec.structs.replace(entry, schema=99)
    newer = msgspec.structs.replace(newer, hash=entry_hash(newer))
    desk = Desk(Held(newer), origin="a", key_file=key, make_key=False)
    with pytest.raises(BadInput, match="entry 1 is proven but does not read here"):
        desk.prove_event("event-1")


def test_a_payload_the_ledger_would_spell_otherwise_is_not_handed_out(key: Path) -> None:
    (entry,) = ledger_of(1).read()
    for payload in (entry.payload + b" ", b"[]", b"\xff", b"{"):
        odd = msgspec.structs.replace(entry, payload=payload)
        odd = msgspec.structs.replace(odd, hash=entry_hash(odd))
        with pytest.raises(LedgerBroken, match="not in canonical form"):
            Desk(Held(odd), origin="a", key_file=key, make_key=False).prove_event("event-1")


def test_there_is_no_proof_of_an_event_that_is_not_held(desk: Desk) -> None:
    with pytest.raises(UnknownName, match="'event-99'"):
        desk.prove_event("event-99")


@settings(max_examples=40)
@given(st.integers(0, 30), st.integers(0, 30))
def test_a_ledger_that_only_grew_extends_each_of_its_checkpoints(
    key: Path, first: int, more: int
) -> None:
    ledger = ledger_of(first) if first else MemoryLedger()
    desk = desk_of(ledger, key)
    old = desk.checkpoint()
    if first == 0:
        assert old.root == EMPTY_ROOT
    if more:
        ledger_of(more, first=100, into=ledger)
    proof = desk.prove_consistency(old)
    assert isinstance(proof, ConsistencyProof)
    done = check_consistency(proof, key=desk.verifier_key)
    assert (done.old, done.new.size) == (old, ledger.head().position)
    assert checked(document_of(proof), None) == proof


@settings(max_examples=40)
@given(st.integers(1, 20), st.integers(0, 20), st.data())
def test_a_ledger_that_was_rewritten_extends_none_of_its_earlier_checkpoints(
    key: Path, first: int, more: int, choose: st.DataObject
) -> None:
    old = desk_of(ledger_of(first), key).checkpoint()
    changed_at = choose.draw(st.integers(1, first))
    rewritten = MemoryLedger()
    for n in range(1, old.size + more + 1):
        title = f"Number {n}" if n != changed_at else "Rewritten"
        rewritten.append([draft(n, 1, EventRecorded(event=event(n, title)))], at=NOON)
    with pytest.raises(ProofFailed, match="is not what the later one begins with"):
        desk_of(rewritten, key).prove_consistency(old)


def test_a_ledger_that_was_cut_off_is_told_from_one_that_grew(key: Path) -> None:
    old, short = desk_of(ledger_of(9), key).checkpoint(), desk_of(ledger_of(3), key)
    with pytest.raises(ProofFailed, match=r"is of 11 entries, and this ledger holds 3\b"):
        short.prove_consistency(old)
    with pytest.raises(ProofFailed, match="is of 3 entries, the earlier of 11"):
        desk_of(ledger_of(9), key).prove_consistency(old, short.checkpoint())


def test_a_ledger_that_does_not_agree_with_itself_is_neither_signed_nor_proven() -> None:
    one, two, three = ledger_of(3).read()
    good = root_of([one, two, three], size=3)
    assert good
    for entries, size in (
        ([one, three], 3),
        ([one, two], 3),
        ([two, three], 2),
        ([one, msgspec.structs.replace(two, payload=b"{}"), three], 3),
        ([one, msgspec.structs.replace(two, previous=three.hash), three], 3),
        ([one, two, msgspec.structs.replace(three, hash=two.hash)], 3),
    ):
        with pytest.raises(LedgerBroken):
            root_of(entries, size=size)
