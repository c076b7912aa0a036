"""Reading and handing out the files of proofs: what both sides of the command line need."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.streams import print_document
from tracker.errors import BadInput
from tracker.proof.checkpoint import Checkpoint, read_checkpoint
from tracker.record.files import write_whole

__all__ = ["FILE", "bytes_of", "checkpoint_in", "hand_out", "text_of"]

FILE = click.Path(path_type=Path, dir_okay=False)
"""A file on the command line, there or not."""

_LARGEST = 16_000_000


def bytes_of(file: Path) -> bytes:
    """What a file holds. Raises: BadInput if it cannot be read or is beyond any proof."""
    try:
        with file.open("rb") as opened:
            data = opened.read(_LARGEST + 1)
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}") from error
    if len(data) > _LARGEST:
        raise BadInput(f"{file} is larger than any proof")
    return data


def text_of(file: Path) -> str:
    """The UTF-8 text in a file. Raises: BadInput."""
    try:
        return bytes_of(file).decode()
    except UnicodeDecodeError as error:
        raise BadInput(f"{file} is not UTF-8 text", "Use the file as it was published") from error


def checkpoint_in(file: Path) -> Checkpoint:
    """The checkpoint in a file, its signature unchecked. Raises: BadInput."""
    return read_checkpoint(text_of(file), what=str(file))


def hand_out(document: bytes, out: Path | None, what: str) -> None:
    """Write to the file `out`, whole or not at all, and say so; without one to standard output."""
    if out is None:
        print_document(document.decode())
        return
    write_whole(out, document)
    click.echo(f"{what} written to {out}")
