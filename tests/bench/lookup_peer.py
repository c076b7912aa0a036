"""The peer of the point lookup: a parameter of OpenFisca, asked for its value on a day.

Owns its set-up: for each provision a `Parameter` with the rates that its
effects start, by their first days. It knows one clock only, and answers a
number where the tracker answers a state with its reasons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from importlib.util import find_spec
from typing import Any

from tracker.core.events import Event

__all__ = ["FORMS", "PLAIN", "Lookup", "lookups", "present"]

PLAIN = "text"
FORMS = {PLAIN: "text, as its documentation does", "date": "a `date`", "Instant": "its `Instant`"}
"""How a day can be handed over, slowest first; the limit was set against the first."""

Place = tuple[str, str]
Lookup = tuple[Callable[[Any], Any], Any]
"""A parameter and the instant to ask it for."""


def present() -> bool:
    """Whether the library is installed."""
    return find_spec("openfisca_core") is not None


def _rates_of(events: Iterable[Event], places: set[Place]) -> dict[Place, dict[str, float]]:
    """The dated values of each place: first day to rate, as a parameter file would hold them."""
    found: dict[Place, dict[str, float]] = {place: {} for place in places}
    for event in events:
        for effect in event.effects:
            values = found.get((effect.measure, effect.provision))
            if values is not None and effect.effective_from is not None:
                values[effect.effective_from.isoformat()] = float(effect.rate_pct or 0)
    return found


def lookups(
    events: Iterable[Event], asked: Sequence[tuple[Place, date]]
) -> Mapping[str, Sequence[Lookup]]:
    """Ready-made lookups for what is asked, by the form in which the day is handed over.

    The library takes a day as text, as a `date` or as an `Instant` of its own.
    """
    from openfisca_core.parameters import Parameter
    from openfisca_core.periods import Instant

    rates = _rates_of(events, {place for place, _ in asked})
    parameters = {
        place: Parameter(".".join(place), data={"values": values})
        for place, values in rates.items()
        if values
    }
    known = [(parameters[place], day) for place, day in asked if place in parameters]
    return {
        PLAIN: [(parameter, day.isoformat()) for parameter, day in known],
        "date": [(parameter, day) for parameter, day in known],
        "Instant": [
            (parameter, Instant((day.year, day.month, day.day))) for parameter, day in known
        ],
    }
