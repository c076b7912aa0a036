"""The base of every stored shape."""

from __future__ import annotations

import msgspec

__all__ = ["Frozen"]


class Frozen(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    gc=False,
):
    """Base of every stored shape: immutable, strict, and silent about defaults.

    Leaving defaults out keeps the hash of an old payload the same when a later
    version adds an optional field. What is frozen all the way down cannot hold
    a cycle, so the garbage collector need not look at it.
    """
