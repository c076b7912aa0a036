"""Every benchmark, one after the other: `python -m tests.bench [--quick]`.

Prints the shape of the worlds, then a table for each benchmark. `--quick` stays
at 10,000 events, to see that all of them run.
"""

from __future__ import annotations

import platform
import sys
from argparse import ArgumentParser
from collections.abc import Iterator

from tests.bench import cold, diffs, everything, memory, point
from tests.bench.timing import Result, apart, show
from tests.bench.worlds import Shape, shape_of, synthetic

_SIZES = (1_000, 10_000, 100_000, 1_000_000)


def measured(*, quick: bool) -> Iterator[tuple[str, list[Result]]]:
    """Title and results of each benchmark as it is done."""
    small, middle, large = (1_000, 10_000, 10_000) if quick else (10_000, 100_000, 1_000_000)
    sizes = tuple(size for size in _SIZES if size <= large)
    yield "Shape of the worlds", [told for size in sizes for told in _shape(size)]
    yield point.TITLE, [told for size in (small, large) for told in point.run(size)]
    yield everything.TITLE, everything.run(middle)
    yield diffs.TITLE, [told for size in sizes for told in diffs.run(size)]
    yield cold.TITLE, cold.run(middle)
    yield memory.TITLE, [told for size in {middle: 0, large: 0} for told in memory.run(size)]


def _measure_shape(size: int) -> Shape:
    return shape_of(synthetic(size))


def _shape(size: int) -> list[Result]:
    shape = apart(_measure_shape, size)
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


def main() -> int:
    """Run all; status 1 if a limit does not hold."""
    parser = ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    print(f"Python {platform.python_version()}, {platform.machine()}\n", flush=True)
    missed = 0
    for title, results in measured(quick=quick):
        show(title, results)
        missed += sum(result.holds is False for result in results)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
