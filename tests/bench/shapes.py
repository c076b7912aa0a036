"""The shape of the synthetic worlds, measured, for the reader to set beside the real record's."""

from __future__ import annotations

from tests.bench.timing import Result, apart
from tests.bench.worlds import Shape, shape_of, synthetic

__all__ = ["TITLE", "run"]

TITLE = "Shape of the worlds"


def measured(size: int) -> Shape:
    """The shape of a world of `size` events."""
    return shape_of(synthetic(size))


def run(size: int) -> list[Result]:
    """Measure a world of `size` events, in a process of its own."""
    shape = apart(measured, size)
    return [
        Result(
            what=f"{size:,} events: {shape.measures:,} measures, {shape.provisions:,} provisions",
            figure=(
                f"{shape.effects_per_event:.2f} effects an event, "
                f"{shape.silent_share:.0%} without; "
                f"layers median {shape.layers_median:.0f}, p99 {shape.layers_p99}, "
                f"most {shape.layers_max}; payload {shape.payload_median:,.0f} B"
            ),
        )
    ]
