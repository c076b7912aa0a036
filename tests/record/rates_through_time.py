"""Each measure's rates through time as a text that a person reads line by line.

`python -m tests.record.rates_through_time` writes the files in `tests/record/rates` anew;
`test_rates_through_time.py` compares them with what the record says now. A change of a
file is read in the diff of the commit before it is signed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.contracts.backends import ROOT
from tracker.core.events import When, worded
from tracker.core.history import Stretch, history
from tracker.core.index import Index
from tracker.core.layers import Scope
from tracker.core.measures import Measure, Provision
from tracker.core.policy import ProvisionState
from tracker.core.words import PLANNED, Basis
from tracker.core.world import world_of
from tracker.record.read import read_record

__all__ = ["FOLDER", "tables"]

FOLDER = Path(__file__).parent / "rates"


def tables() -> dict[str, str]:
    """Measure key to its text, for every measure of the shipped record."""
    record = read_record(ROOT / "db" / "record")
    index = Index(world_of(record.events, record.measures))
    return {measure.key: "\n".join(_measure(index, measure)) + "\n" for measure in record.measures}


def _measure(index: Index, measure: Measure) -> Iterator[str]:
    yield f"{measure.key}: {measure.title.en}"
    for provision in measure.provisions:
        targets = ", ".join(provision.targets)
        spared = f" but {', '.join(provision.excludes)}" if provision.excludes else ""
        yield ""
        yield (
            f"{provision.key}: {measure.imposer} on {targets}{spared}, "
            f"{worded(provision.products, 'en')}, origin {provision.origin}"
        )
        stretches = history(index, (measure.key, provision.key)).stretches
        yield from (_line(stretch, provision) for stretch in stretches)
        if not stretches:
            yield "  the record is silent"


def _line(stretch: Stretch, provision: Provision) -> str:
    until = str(stretch.until) if stretch.until else _open_end(stretch.ends)
    days = f"  {stretch.start} to {until:<12}"
    row = stretch.row
    if row is None:
        return f"{days} the record is silent"
    said = [f"{row.status:<12}", *_rate(row, provision), *_else(row)]
    return f"{days} {' '.join(said)}  [{', '.join(stretch.events)}]"


def _open_end(ends: When | None) -> str:
    return "open" if ends is None else f"({_when(ends)})"


def _when(when: When) -> str:
    if when.condition is not None:
        return f"when {worded(when.condition, 'en')}"
    if when.earliest is None and when.latest is None:
        return "unknown"
    return f"{when.earliest or '?'}..{when.latest or '?'}"


def _rate(row: ProvisionState, provision: Provision) -> Iterator[str]:
    if row.status in PLANNED:
        for turn in row.pending:
            day = turn.effective_from or (_when(turn.when) if turn.when else "unknown")
            rate = "no rate" if turn.rate_pct is None else f"{turn.rate_pct}%"
            yield f"{turn.status} {rate} from {day};"
        return
    yield f"{'-' if row.rate_pct is None else f'{row.rate_pct}%':>8}"
    if row.basis is not Basis.FULL_VALUE:
        yield f"on {row.basis}"
    if row.rate_text:
        yield f"“{worded(row.rate_text, 'en')}”"
    if row.scope:
        yield from _scope(row.scope, provision)


def _scope(scope: Scope, provision: Provision) -> Iterator[str]:
    """What of the scope differs from the provision's own."""
    if scope.products != provision.products:
        yield f"({worded(scope.products, 'en')})"
    if scope.origin != provision.origin:
        yield f"(origin {scope.origin})"
    if scope.hts != provision.hts:
        yield f"(headings {', '.join(scope.hts) or 'none'})"


def _else(row: ProvisionState) -> Iterator[str]:
    for other in row.alternatives:
        rate = "no rate" if other.rate_pct is None else f"{other.rate_pct}%"
        yield f"or {other.status} {rate} ({_when(other.when)})"
    if row.doubts:
        yield f"doubts: {', '.join(sorted({str(doubt) for doubt in row.doubts}))}"


def main() -> None:
    """Write every file anew and take away those of measures that are gone."""
    FOLDER.mkdir(exist_ok=True)
    wanted = {f"{key}.txt": text for key, text in tables().items()}
    for old in FOLDER.glob("*.txt"):
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
