"""Notes, keys and checkpoints: those of other programs are read as they read them."""

from __future__ import annotations

import base64
import contextlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import BadInput, ProofFailed, TrackerError
from tracker.proof.base64s import spelled, unspelled
from tracker.proof.checkpoint import read_checkpoint, signed
from tracker.proof.keys import new_pem, read_verifier_key, signer_of
from tracker.proof.note import fit_name, read_note

# The example of Go's sumdb/note, and a checkpoint of Go's checksum database of 2024-09-23.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_SIGNS_BY = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PETER_TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
PETER_NOTE = (
    f"{PETER_TEXT}\n— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
SUMDB = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
SUMDB_CHECKPOINT = (
    "go.sum database tree\n30055305\nmXfgRcJ0bG0j3CPdKwgGWtUzBUbX67saZGRmFuJGGsM=\n\n"
    "— sum.golang.org "
    "Az3grpgEild5qw7+5dtV13Kf1C2Xurm8q4fhdxvcsDHnqNTaxL2AFjBY+2TyGKevucFcAAlWFJJYle3EJlDCrQ+y3A8=\n"
)


def test_a_note_of_another_program_is_read_checked_and_written_alike() -> None:
    note, key = read_note(PETER_NOTE, what="it"), read_verifier_key(PETER)
    key.check(note, what="it")
    assert str(note) == PETER_NOTE
    assert str(key) == PETER


def test_signing_gives_the_bytes_that_another_program_gives() -> None:
    private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(PETER_SIGNS_BY)[1:])
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    signer = signer_of(pem, name="PeterNeumann")
    assert str(signer.verifier) == PETER
    assert str(signer.sign(PETER_TEXT)) == PETER_NOTE


def test_a_checkpoint_of_a_public_log_is_read_and_its_signature_holds() -> None:
    found = read_checkpoint(SUMDB_CHECKPOINT, what="it")
    assert (found.origin, found.size) == ("go.sum database tree", 30055305)
    assert str(found.note) == SUMDB_CHECKPOINT
    read_verifier_key(SUMDB).check(found.note, what="it")
    # That log signs under another name than its origin; one of ours never does.
    with pytest.raises(ProofFailed, match="and the key of"):
        found.check(read_verifier_key(SUMDB), what="it")


def test_signatures_of_others_are_passed_over_and_one_of_ours_must_be_there() -> None:
    mine, other = (signer_of(new_pem(), name=name) for name in ("mine", "other"))
    text = "a text\n"
    both = f"{mine.sign(text)}{str(other.sign(text)).removeprefix(text)[1:]}"
    note = read_note(both, what="it")
    assert len(note.signatures) == 2
    mine.verifier.check(note, what="it")
    other.verifier.check(note, what="it")
    with pytest.raises(ProofFailed, match="is not signed by the key third"):
        signer_of(new_pem(), name="third").verifier.check(note, what="it")
    with pytest.raises(ProofFailed, match="is not signed by the key mine"):
        signer_of(new_pem(), name="mine").verifier.check(note, what="it")


def test_a_signature_under_another_text_does_not_hold() -> None:
    signer = signer_of(new_pem(), name="mine")
    forged = str(signer.sign("one\n")).replace("one", "two")
    with pytest.raises(ProofFailed, match="does not hold"):
        signer.verifier.check(read_note(forged, what="it"), what="it")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no signature\n",
        "no signature\n\n",
        PETER_NOTE.removesuffix("\n"),
        PETER_NOTE.replace("\n", "\r\n"),
        PETER_NOTE.replace("— ", "- "),
        PETER_NOTE.replace("PeterNeumann", "Peter+Neumann"),
        PETER_NOTE.replace("nAM=", "nAN="),  # spare bits that no encoder sets
        PETER_NOTE.replace("nAM=", "nAM"),
        PETER_NOTE + "\n",
        f"{PETER_TEXT}\n— PeterNeumann x08goA==\n",  # an id and nothing signed
        PETER_NOTE + PETER_NOTE.rpartition("\n\n")[2] * 64,
        PETER_NOTE.replace("think", "\x1b[2Jthink"),
    ],
)
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read_note(text, what="it")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        PETER.replace("c74f20a3", "c74f20a4"),
        PETER.replace("c74f20a3", "C74F20A3"),
        PETER.replace("Peter", "Pater"),
        PETER.replace("ARpc", "Arpc"),
        PETER[:-4],
        PETER + "\n",
        "two words" + PETER[12:],
    ],
)
def test_what_is_no_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read_verifier_key(text)


@pytest.mark.parametrize("size", ["", "-1", "01", "+1", "1.0", "\u0661", str(2**63), "9" * 5000])
def test_a_number_of_entries_that_is_none_is_refused(size: str) -> None:
    note = signer_of(new_pem(), name="a").sign(f"a\n{size}\n{spelled(bytes(32))}\n")
    with pytest.raises(BadInput):
        read_checkpoint(str(note), what="it")


def test_a_checkpoint_of_too_few_lines_or_another_root_is_refused() -> None:
    signer = signer_of(new_pem(), name="a")
    for text in ("a\n1\n", f"a\n\n1\n{spelled(bytes(32))}\n", f"a\n1\n{spelled(bytes(31))}\n"):
        with pytest.raises(BadInput):
            read_checkpoint(str(signer.sign(text)), what="it")


def test_lines_after_the_third_are_signed_and_mean_nothing() -> None:
    signer = signer_of(new_pem(), name="a")
    found = read_checkpoint(str(signer.sign(f"a\n1\n{spelled(bytes(32))}\nmore\n")), what="it")
    found.check(signer.verifier, what="it")
    assert found.size == 1


@given(st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_is_read_as_it_was_signed(size: int, root: bytes) -> None:
    signer = signer_of(new_pem(), name="example.org/log")
    made = signed(signer, size=size, root=root)
    assert made == read_checkpoint(str(made.note), what="it")
    made.check(signer.verifier, what="it")


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (lambda: read_note(text, what="it"), lambda: read_verifier_key(text)):
        with contextlib.suppress(TrackerError):  # anything else is a bug
            read()


@given(st.binary(max_size=40))
def test_base64_has_one_spelling(data: bytes) -> None:
    assert unspelled(spelled(data), length=len(data)) == data


@pytest.mark.parametrize("text", ["A", "AA", "AB==", "AA==\n", " AA==", "AA=", "é", "AA-_"])
def test_other_spellings_of_base64_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="base64"):
        unspelled(text)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u00a0b", "a\x1bb", "a\u2028b"])
def test_names_that_no_key_may_have(name: str) -> None:
    assert not fit_name(name)
    assert fit_name(f"example.org/{len(name)}")
