"""Checking proofs, with nothing of ours but the program.

`check-proof`, and `check-consistency` with a proof file, open no workspace and
no database: whoever checks needs neither, nor any trust in who wrote the file.
"""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from tracker.cli.params import as_json
from tracker.cli.proof_files import FILE, bytes_of, checkpoint_in, text_of
from tracker.cli.session import open_app
from tracker.cli.streams import print_json
from tracker.errors import BadInput, ProofFailed
from tracker.proof.check import Proven, ProvenEntry, Unbroken, check_consistency, check_event
from tracker.proof.checkpoint import Checkpoint
from tracker.proof.document import ConsistencyProof, EventProof, read_proof
from tracker.proof.keys import VerifierKey, read_verifier_key
from tracker.telling.harmless import clean

__all__ = ["check_consistency_command", "check_proof_command"]

_NOT_ALL = (
    "Not proven: that these are all entries on the event (a correction recorded later, or left "
    "out here, does not show), and that what they say of the world is true."
)
_UNTRUSTED = (
    "Checked only against the key that stands in the file itself, not against one you trust: "
    "whoever made the file could have made the key. Give the publisher's with --key."
)
_WORDS = {
    "event.recorded": "Recorded",
    "event.corrected": "Corrected",
    "event.retracted": "Retracted",
}

_key = click.option(
    "--key", metavar="VKEY", help="The publisher's verifier key, or a file that holds it."
)


@click.command("check-proof")
@click.argument("file", type=FILE)
@_key
@as_json
def check_proof_command(*, file: Path, key: str | None, json_: bool) -> None:
    """Check a proof file offline; no ledger and no workspace are needed or touched.

    \b
    Examples:
      tracker check-proof proof.json
      tracker check-proof proof.json --key verifier.key

    Without --key the signature is checked against the key in the file only.
    Exit status: 0 if the proof holds, 1 if not, 2 if the file does not read.
    """
    proof, trusted = read_proof(bytes_of(file), what=str(file)), _trusted(key)
    if isinstance(proof, EventProof):
        _tell_event(check_event(proof, key=trusted, what=str(file)), json_=json_)
    else:
        _tell_grown(check_consistency(proof, key=trusted), json_=json_)


@click.command("check-consistency")
@click.argument("old", type=FILE)
@click.argument("new", type=FILE, required=False)
@click.option("--proof", type=FILE, help="Check with this proof, offline, not with the ledger.")
@_key
@as_json
def check_consistency_command(
    *, old: Path, new: Path | None, proof: Path | None, key: str | None, json_: bool
) -> None:
    """Check that nothing was rewritten between two checkpoints: NEW must extend OLD.

    \b
    Examples:
      tracker check-consistency noted.txt                 with the ledger as it is now
      tracker check-consistency noted.txt published.txt   with this workspace's ledger
      tracker check-consistency noted.txt published.txt --proof grown.json

    With --proof no ledger and no workspace are needed or touched. Without --key
    the signatures are checked with the workspace's own key, or with the key in
    the proof. Exit status: 0 if NEW extends OLD, 1 if not, 2 if a file does not read.
    """
    trusted = _trusted(key)
    first = checkpoint_in(old)
    second = None if new is None else checkpoint_in(new)
    if proof is not None:
        found = read_proof(bytes_of(proof), what=str(proof))
        if not isinstance(found, ConsistencyProof):
            raise BadInput(
                f"{proof} is a proof on an event",
                "`tracker prove --consistency OLD` makes the other",
            )
        done = check_consistency(found, key=trusted)
        _require_same(first, done.old, f"{proof} is not about {old}")
        if second is not None:
            _require_same(second, done.new, f"{proof} is not about {new}")
    else:
        with open_app() as app:
            desk = app.proving
            trusted = trusted or desk.verifier_key
            made = desk.prove_consistency(first, second, key=trusted)
        done = check_consistency(made, key=trusted)
    _tell_grown(done, json_=json_)


def _require_same(given: Checkpoint, proven: Checkpoint, message: str) -> None:
    if (given.origin, given.size, given.root) != (proven.origin, proven.size, proven.root):
        raise ProofFailed(message, "Ask for a proof between these two checkpoints")


def _trusted(key: str | None) -> VerifierKey | None:
    """The key that was given: itself, or the name of a file that holds it."""
    if key is None:
        return None
    given = key.strip()
    if given.count("+") < 2 or Path(given).is_file():
        given = text_of(Path(given)).strip()
    return read_verifier_key(given)


def _tell_event(proven: Proven, *, json_: bool) -> None:
    point = proven.checkpoint
    if json_:
        data = {
            "holds": True,
            "kind": "event",
            "event": proven.event,
            "entries": [msgspec.to_builtins(_shape(one)) for one in proven.entries],
            "checkpoint": _point(point),
            "key": str(proven.key),
            "key_trusted": proven.trusted,
        }
        print_json(msgspec.json.encode(data))
        return
    click.echo(f"The proof holds: {_count(len(proven.entries))} on the event {clean(proven.event)}")
    for one in proven.entries:
        word = _WORDS.get(one.type, one.type)
        click.echo(f"{word} {one.recorded_at} as entry {one.position} of {point.size}")
        for text in (one.title, one.reason):
            if text is not None:
                click.echo(f"    {clean(text)}")
    click.echo(f"Signed by {clean(str(proven.key))}")
    if not proven.trusted:
        click.echo(_UNTRUSTED)
    click.echo(_NOT_ALL)


def _shape(one: ProvenEntry) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


def _point(point: Checkpoint) -> dict[str, object]:
    return {"origin": point.origin, "size": point.size, "root": point.root.hex()}


def _count(number: int) -> str:
    return f"{number} entry" if number == 1 else f"{number} entries"


def _tell_grown(done: Unbroken, *, json_: bool) -> None:
    old, new = done.old, done.new
    if json_:
        data = {
            "holds": True,
            "kind": "consistency",
            "old": _point(old),
            "new": _point(new),
            "key": str(done.key),
            "key_trusted": done.trusted,
        }
        print_json(msgspec.json.encode(data))
        return
    click.echo(
        f"Nothing was rewritten: the {_count(old.size)} signed then stand unchanged, "
        f"and first, among the {new.size} signed later"
    )
    click.echo(f"Signed by {clean(str(done.key))}")
    if not done.trusted:
        click.echo(_UNTRUSTED)
