"""The signing key: made once, by one, whole, and for its owner only."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from tests.store.people import ordinary_user
from tracker.errors import BadInput, OperationFailed
from tracker.proof.keyfile import open_signer

WRITERS = 8


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    file = tmp_path / "home" / "keys" / "signing.pem"
    made = open_signer(file, name="a", make=True).verifier
    held = file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert open_signer(file, name="a", make=True).verifier == made
    assert file.read_bytes() == held
    assert [one.name for one in file.parent.iterdir()] == ["signing.pem"]


def test_of_many_that_make_it_at_once_all_get_the_same(tmp_path: Path) -> None:
    for turn in range(20):
        file, start = tmp_path / str(turn) / "signing.pem", Barrier(WRITERS)

        def one(file: Path = file, start: Barrier = start) -> str:
            start.wait()
            return str(open_signer(file, name="a", make=True).verifier)

        with ThreadPoolExecutor(WRITERS) as pool:
            found = {each.result() for each in [pool.submit(one) for _ in range(WRITERS)]}
        assert len(found) == 1
        assert [one.name for one in file.parent.iterdir()] == ["signing.pem"]


def test_a_process_killed_while_it_makes_the_key_leaves_none_or_a_whole_one(
    tmp_path: Path,
) -> None:
    # Dies right before the key is put in place: what it had written aside is no key.
    program = (
        "import os, signal, sys\nfrom pathlib import Path\n"
        "from tracker.proof.keyfile import open_signer\n"
        "os.link = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)\n"
        "open_signer(Path(sys.argv[1]), name='a', make=True)\n"
    )
    file = tmp_path / "keys" / "signing.pem"
    died = subprocess.run([sys.executable, "-c", program, str(file)], check=False)
    assert died.returncode == -9
    assert not file.exists()
    open_signer(file, name="a", make=True)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_key_that_was_named_is_never_made(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there is no signing key"):
        open_signer(tmp_path / "key.pem", name="a", make=False)
    assert not (tmp_path / "key.pem").exists()


def _pem(private: Ed25519PrivateKey | ec.EllipticCurvePrivateKey, password: bytes = b"") -> bytes:
    lock = BestAvailableEncryption(password) if password else NoEncryption()
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a key",
        b"\xff\xfe",
        _pem(ec.generate_private_key(ec.SECP256R1())),
        _pem(Ed25519PrivateKey.generate(), b"secret"),
        _pem(Ed25519PrivateKey.generate())[:70],
    ],
    ids=["empty", "text", "bytes", "another kind", "password", "torn"],
)
def test_a_file_that_holds_no_such_key_is_told_and_left_alone(
    tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "key.pem"
    file.write_bytes(content)
    with pytest.raises(BadInput, match="does not hold a signing key"):
        open_signer(file, name="a", make=True)
    assert file.read_bytes() == content


def test_a_folder_one_may_not_write_in_is_told(tmp_path: Path) -> None:
    with (
        ordinary_user(tmp_path),
        pytest.raises(OperationFailed, match="cannot be used: Permission denied"),
    ):
        open_signer(tmp_path / "keys" / "signing.pem", name="a", make=True)


@pytest.mark.parametrize("name", ["two words", "a+b", ""])
def test_a_name_that_no_log_may_have_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="TRACKER_ORIGIN"):
        open_signer(tmp_path / "signing.pem", name=name, make=True)
    assert not (tmp_path / "signing.pem").exists()
