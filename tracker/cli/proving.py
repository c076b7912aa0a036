"""Proving it: signed checkpoints of the ledger, and proofs to hand out."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.proof_files import FILE, checkpoint_in, hand_out
from tracker.cli.session import open_app
from tracker.errors import BadInput
from tracker.proof.document import document_of

__all__ = ["checkpoint_command", "prove_command"]

_out = click.option("--out", type=FILE, help="Write to this file.")


@click.command("checkpoint")
@click.option("--key", "key_only", is_flag=True, help="Print the verifier key instead.")
@_out
def checkpoint_command(*, key_only: bool, out: Path | None) -> None:
    """Print a signed checkpoint: how many entries the ledger holds and the root over them.

    \b
    Examples:
      tracker checkpoint --out noted.txt       keep it, or send it to somebody
      tracker checkpoint --key                 the key by which others check it

    The same ledger gives the same bytes. Whoever keeps one can show later that
    nothing before it was rewritten (`tracker check-consistency`). The key is
    made in the workspace when it is first needed: back it up, and keep it to
    yourself.
    """
    with open_app() as app:
        desk = app.proving
        text = f"{desk.verifier_key}\n" if key_only else str(desk.checkpoint().note)
    hand_out(text.encode(), out, "Verifier key" if key_only else "Checkpoint")


@click.command("prove")
@click.argument("event", required=False)
@click.option(
    "--consistency", metavar="OLD", type=FILE, help="Prove that the ledger extends OLD instead."
)
@_out
def prove_command(*, event: str | None, consistency: Path | None, out: Path | None) -> None:
    """Prove that the ledger holds what it holds on an event: one file, checked anywhere.

    \b
    Examples:
      tracker prove 2025-02-01-us-border-canada-order --out proof.json
      tracker prove --consistency noted.txt --out grown.json

    The file holds every entry on the event (as recorded, corrected, retracted),
    the hashes that lead from it to the signed root, and the checkpoint.
    `tracker check-proof FILE` checks it without this ledger.
    """
    if (event is None) == (consistency is None):
        raise BadInput(
            "name an event, or a checkpoint with --consistency", "`tracker prove --help` shows how"
        )
    old = None if consistency is None else checkpoint_in(consistency)
    with open_app() as app:
        desk = app.proving
        proof = desk.prove_event(event or "") if old is None else desk.prove_consistency(old)
    hand_out(document_of(proof), out, "Proof")
