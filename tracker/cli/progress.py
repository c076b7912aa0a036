"""How far long work has come, for who watches it in a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

__all__ = ["counting"]


@contextmanager
def counting(what: str) -> Iterator[Callable[[int], None]]:
    """A count on stderr that goes up and is wiped at the end, where stderr is a terminal."""
    shown = sys.stderr.isatty()

    def told(done: int) -> None:
        if shown:
            click.echo(f"\r{done:,} {what}", err=True, nl=False)

    try:
        yield told
    finally:
        if shown:
            click.echo("\r\x1b[K", err=True, nl=False)
