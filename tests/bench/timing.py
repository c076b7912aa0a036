"""How the benchmarks measure and tell: rounds, medians, percentiles, tables, fresh processes.

Owns no benchmark. Times come from `time.perf_counter_ns`; the garbage
collector stays on, as in production. Work that fills memory runs in a process
of its own, so that one contender's objects are not another's ballast.
"""

from __future__ import annotations

import multiprocessing
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from statistics import median
from time import perf_counter_ns
from typing import ParamSpec, TypeVar

__all__ = [
    "Result",
    "apart",
    "arguments",
    "of_rounds",
    "percentile",
    "seconds",
    "show",
    "table",
]

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One line of a benchmark's table: what was measured, the figure, the limit, does it hold.

    `limit` is empty for a figure that is only told; `holds` is None then.
    """

    what: str
    figure: str
    limit: str = ""
    holds: bool | None = None


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = perf_counter_ns()
    work()
    return (perf_counter_ns() - start) / 1e9


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie. Raises: IndexError for no values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def apart(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `work` answers in a fresh process; both must be picklable."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(work, *args, **kwargs).result()


def of_rounds(contenders: Sequence[Callable[[], float]], rounds: int) -> list[float]:
    """The median figure of each contender, measured in turns so that noise falls on all alike."""
    figures = [[contender() for contender in contenders] for _ in range(rounds)]
    return [median(column) for column in zip(*figures, strict=True)]


def arguments(what: str, *, events: Sequence[int], rounds: int) -> tuple[tuple[int, ...], int]:
    """`--events N [N ...]` and `--rounds N` of the command line."""
    parser = ArgumentParser(description=what)
    parser.add_argument("--events", type=int, nargs="+", default=list(events), metavar="N")
    parser.add_argument("--rounds", type=int, default=rounds, metavar="N")
    found = parser.parse_args()
    return tuple(found.events), int(found.rounds)


def table(title: str, results: Sequence[Result]) -> str:
    """The results as a Markdown table under a heading."""
    lines = [
        f"### {title}",
        "",
        "| what | measured | limit | holds |",
        "| --- | ---: | ---: | --- |",
    ]
    words = {None: "", True: "yes", False: "NO"}
    lines += [f"| {x.what} | {x.figure} | {x.limit} | {words[x.holds]} |" for x in results]
    return "\n".join(lines)


def show(title: str, results: Sequence[Result]) -> None:
    """Print the table of one benchmark."""
    print(f"{table(title, results)}\n", flush=True)
