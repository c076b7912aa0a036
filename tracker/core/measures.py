"""Measures and provisions: the things that have a policy state.

A measure is one policy instrument of one imposing party under one legal
authority, with a stable dotted key; a provision is a part of it with its own
product scope, origin condition and rate.
"""

from __future__ import annotations

from tracker.core.events import Frozen, Source, Text, Wording

__all__ = ["Measure", "Provision", "targets_of"]


class Provision(Frozen, frozen=True, kw_only=True):
    """A part of a measure with its own scope.

    `targets` are ISO 3166-1 alpha-2 codes, `*` meaning every country but those
    in `excludes`. `origin` is `any`, `usmca`, `not_usmca` or another named
    condition. `hts` lists tariff headings where they are known.
    """

    key: str
    products: Text
    targets: tuple[str, ...]
    origin: str = "any"
    excludes: tuple[str, ...] = ()
    hts: tuple[str, ...] = ()
    note: Wording | None = None


class Measure(Frozen, frozen=True, kw_only=True):
    """One instrument of one imposing party. `mirrors` names measures it answers."""

    key: str
    imposer: str
    authority: str
    title: Text
    provisions: tuple[Provision, ...]
    legal_basis: str | None = None
    mirrors: tuple[str, ...] = ()
    note: Wording | None = None
    sources: tuple[Source, ...] = ()

    def provision(self, key: str) -> Provision | None:
        """The provision of that key, or None."""
        return next((p for p in self.provisions if p.key == key), None)


def targets_of(provision: Provision, country: str) -> bool:
    """Whether goods of `country` (ISO alpha-2) fall under the provision's targets."""
    if country in provision.excludes:
        return False
    return country in provision.targets or "*" in provision.targets
