"""Where answers go: standard output and error, made fit to be written to.

Owns what happens when they are closed, full, no longer read, or cannot say a
character. It must not know what is written.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress

import click

__all__ = ["abandon", "prepare", "print_document", "print_json", "write_trouble"]

# What a disk or device answers when it takes no more; a file of ours that meets one of these
# is told in its own room and never gets here.
_TROUBLES = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})


def prepare() -> None:
    """Make both streams writable whatever the caller did to them. Idempotent.

    A closed one leads to the null device, which also keeps a file opened later
    from taking its number; a character its encoding lacks is written escaped.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - held for good
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def print_json(document: bytes) -> None:
    """Write one encoded JSON document and a line end, in UTF-8 whatever the locale says."""
    print_document(f"{document.decode()}\n")


def print_document(text: str) -> None:
    """Write a whole document as it is, in UTF-8 whatever the locale says."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    click.echo(text, nl=False)


def write_trouble(error: OSError) -> str | None:
    """Why standard output took no more, or None where the error is about something else."""
    if error.filename is not None or error.errno not in _TROUBLES:
        return None
    return os.strerror(error.errno)


def abandon() -> None:
    """Send what standard output still holds nowhere: Python would stumble over it at exit."""
    with suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
