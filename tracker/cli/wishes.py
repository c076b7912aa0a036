"""What a reader asks to see: the filters that states, diffs and looks ahead have in common.

Owns their options and the refusal of a name that the record does not know.
What fits a filter belongs to `core.filters`.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable, Iterable
from typing import Any

import click

from tracker.cli.params import COUNTRY, HEADING, check_names, require_measures
from tracker.core.filters import Wanted, authority_fits, known_words, without_headings, words_of
from tracker.core.policy import ProvisionState
from tracker.core.words import Status
from tracker.core.world import World
from tracker.errors import BadInput, UnknownName

__all__ = ["check_wanted", "unlisted", "wishes"]

_OPTIONS = (
    click.option("--imposer", type=COUNTRY, help="Who charges: US, CA or MX."),
    click.option("--target", type=COUNTRY, help="Whose goods: US, CA, MX …"),
    click.option(
        "--measure",
        help="A measure's key, the front of one, or one with a provision: us.s232.steel.articles.",
    ),
    click.option("--authority", metavar="LAW", help="The law: IEEPA, 'Section 232' or s232."),
    click.option("--product", metavar="WORDS", help="Words of the goods, in any language."),
    click.option("--hts", type=HEADING, help="A tariff heading: 8703, 9903.01.10."),
    click.option("--origin", metavar="CONDITION", help="Origin condition: any, usmca, not_usmca …"),
    click.option(
        "--status",
        type=click.Choice([str(status) for status in Status], case_sensitive=False),
        metavar="STATUS",
        help=f"One of: {', '.join(Status)}.",
    ),
)


def wishes(command: Callable[..., Any]) -> Callable[..., Any]:
    """The eight filters, handed to the command as one keyword `wanted`."""

    @functools.wraps(command)
    def with_wishes(
        *,
        imposer: str | None,
        target: str | None,
        measure: str | None,
        authority: str | None,
        product: str | None,
        hts: str | None,
        origin: str | None,
        status: str | None,
        **others: Any,
    ) -> Any:
        wanted = Wanted(
            imposer=imposer,
            target=target,
            measure=measure,
            authority=authority,
            product=product,
            hts=hts,
            origin=origin.strip().lower().replace("-", "_") if origin else origin,
            status=Status(status) if status else None,
        )
        return command(wanted=wanted, **others)

    found: Callable[..., Any] = with_wishes
    for option in reversed(_OPTIONS):
        found = option(found)
    return found


def check_wanted(world: World, wanted: Wanted) -> None:
    """Refuse a wish for something that the record does not know, with what it knows.

    A heading is any heading, and a country any country that a measure can reach.
    Raises: UnknownName; BadInput for a wish that says nothing.
    """
    for name in ("authority", "product", "origin"):
        value = getattr(wanted, name)
        if value is not None and not words_of(value):
            raise BadInput(f"--{name} {value!r} names nothing", "Leave it out to see everything")
        if value is not None:
            require_measures(world)
    check_names(world, measure=wanted.measure, imposer=wanted.imposer, target=wanted.target)
    if wanted.authority is not None:
        laws = {measure.authority for measure in world.measures.values()}
        if not any(authority_fits(law, wanted.authority) for law in laws):
            raise _unknown("authority", wanted.authority, laws)
    if wanted.origin is not None and wanted.origin not in (origins := _origins(world)):
        raise _unknown("origin condition", wanted.origin, origins)
    if wanted.product is not None:
        _check_words(world, wanted.product)


def unlisted(world: World, rows: Iterable[ProvisionState], wanted: Wanted) -> int:
    """How many provisions a wish for a heading leaves out, as they list none."""
    return without_headings(world, {row.place: row for row in rows}.values(), wanted)


def _check_words(world: World, text: str) -> None:
    known = known_words(world)
    for word in words_of(text):
        if not any(one.startswith(word) for one in known):
            near = difflib.get_close_matches(word, known, n=1, cutoff=0.7)
            advice = f"Did you mean {near[0]}?" if near else "Try a broader word, like steel"
            raise UnknownName(f"no goods in the record are described by {word!r}", advice)


def _origins(world: World) -> set[str]:
    defined = {p.origin for m in world.measures.values() for p in m.provisions}
    said = {effect.origin for event in world.events for effect in event.effects}
    return defined | {origin for origin in said if origin}


def _unknown(what: str, value: str, known: Iterable[str]) -> UnknownName:
    names = sorted(known)
    folded = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(value.casefold(), folded, n=1, cutoff=0.6)
    first = f"Did you mean {folded[near[0]]}? " if near else ""
    return UnknownName(
        f"the record knows no {what} {value!r}", f"{first}It knows {', '.join(names)}"
    )
