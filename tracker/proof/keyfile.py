"""Where the signing key is kept: one file, made once, readable by its owner only.

Owns the file and nothing of what is signed with it. A key that is there is
never written over: whoever loses it can sign no more as the one they were.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from tracker.errors import BadInput, OperationFailed
from tracker.proof.keys import Signer, new_pem, signer_of
from tracker.proof.note import fit_name

__all__ = ["open_signer"]


def open_signer(file: Path, *, name: str, make: bool) -> Signer:
    """The signer of the key in `file`, going by `name`.

    With `make` a key that is missing is made: whole or not at all, of two that
    make one at once the same for both.

    Raises: BadInput for a name no key can have, a file that holds no such key,
    or, without `make`, one that is missing; OperationFailed if it cannot be
    read or written.
    """
    if not fit_name(name):
        raise BadInput(
            f"TRACKER_ORIGIN is {name!r}, which is no name for a log",
            "Write it like example.org/trade, without spaces or +",
        )
    try:
        if make and not file.exists():
            _make(file)
        pem = file.read_bytes()
    except FileNotFoundError as error:
        raise BadInput(
            f"there is no signing key {file}",
            "Name one in TRACKER_SIGNING_KEY_FILE, or leave that unset to have one made",
        ) from error
    except OSError as error:
        raise OperationFailed(
            f"the signing key {file} cannot be used: {error.strerror}",
            "Check its permissions, or name another in TRACKER_SIGNING_KEY_FILE",
        ) from error
    try:
        return signer_of(pem, name=name)
    except ValueError as error:
        raise BadInput(
            f"{file} does not hold a signing key that can be used",
            "It is an Ed25519 key in PEM without a password, "
            "as `openssl genpkey -algorithm ed25519` makes it",
        ) from error


def _make(file: Path) -> None:
    """Put a new key in place: written aside, made durable, linked where nothing was before."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = file.parent / f".{file.name}-{secrets.token_hex(8)}"
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as writing:
            writing.write(new_pem())
            writing.flush()
            os.fsync(writing.fileno())
        try:
            os.link(aside, file)
        except FileExistsError:
            return  # somebody else was first: theirs is the key
    finally:
        aside.unlink(missing_ok=True)
