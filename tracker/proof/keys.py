"""Keys: who signs, and how anybody else recognises it. The only importer of `cryptography`.

Owns Ed25519 (RFC 8032) as signed notes use it: the key's id, the verifier key
`name+id+base64` by which it is passed on, and the PEM a private key is kept in.
Where it is kept belongs to `keyfile`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from tracker.errors import BadInput, ProofFailed
from tracker.proof.base64s import spelled, unspelled
from tracker.proof.note import Note, Signature, fit_name

__all__ = ["Signer", "VerifierKey", "new_pem", "read_verifier_key", "signer_of"]

_ED25519 = b"\x01"
_ID = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key and the name it goes by. `str` gives the form in which it is passed on."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """The first four bytes of the hash of name and key: a hint, not a proof."""
        covered = self.name.encode() + b"\n" + _ED25519 + self.public
        return hashlib.sha256(covered).digest()[:4]

    def __str__(self) -> str:
        """The verifier key as `name+id+base64`."""
        return f"{self.name}+{self.id.hex()}+{spelled(_ED25519 + self.public)}"

    def check(self, note: Note, *, what: str) -> None:
        """Make sure that this key signed `note`, called `what` in an error.

        Signatures of other keys are passed over, as the format asks.
        Raises: ProofFailed.
        """
        ours = [one for one in note.signatures if (one.name, one.key_id) == (self.name, self.id)]
        if not ours:
            raise ProofFailed(
                f"{what} is not signed by the key {self.name}+{self.id.hex()}",
                "Ask the publisher which key signs, and by another way than this file",
            )
        key = Ed25519PublicKey.from_public_bytes(self.public)
        for one in ours:
            try:
                key.verify(one.value, note.text.encode())
            except InvalidSignature:
                raise ProofFailed(
                    f"the signature under {what} does not hold",
                    "What stands above it was changed, or somebody else signed it",
                ) from None


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key and the name it signs by. Signing the same text gives the same bytes."""

    verifier: VerifierKey
    _private: Ed25519PrivateKey

    def sign(self, text: str) -> Note:
        """`text`, which ends in a line end, with this key's signature under it."""
        value = self._private.sign(text.encode())
        return Note(text, (Signature(self.verifier.name, self.verifier.id, value),))


def read_verifier_key(text: str) -> VerifierKey:
    """The key that `text` spells as `name+id+base64`. Raises: BadInput."""
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    try:
        data = unspelled(encoded, length=33)
    except ValueError:
        data = b""
    found = VerifierKey(name, data[1:])
    if not fit_name(name) or data[:1] != _ED25519 or not _ID.fullmatch(key_id):
        raise BadInput(
            f"{text[:200]!r} is not a verifier key",
            "It reads name+id+base64, as `tracker checkpoint --key` prints it",
        )
    if found.id.hex() != key_id:
        raise BadInput(
            f"the id of the verifier key {name}+{key_id} does not belong to it",
            "Copy it again, whole",
        )
    return found


def new_pem() -> bytes:
    """A new private key as PEM (PKCS #8), from the system's randomness."""
    private = Ed25519PrivateKey.generate()
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def signer_of(pem: bytes, *, name: str) -> Signer:
    """The signer that holds the private key in `pem` and goes by `name`.

    Raises: ValueError if it holds no Ed25519 key that can be read without a password.
    """
    try:
        private = load_pem_private_key(pem, password=None)
    except (TypeError, UnsupportedAlgorithm) as error:
        raise ValueError("it needs a password or is of an unknown kind") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise ValueError("it is not an Ed25519 key")
    return Signer(VerifierKey(name, private.public_key().public_bytes_raw()), private)
