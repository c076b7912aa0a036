"""The diff report as CSV: one line for each change and, where asked for, for each step.

Owns the columns, whose English keys are stable and may only grow. Values are
ISO days, plain numbers and the words of the JSON; only `sentence` is in the
report's language.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from tracker.core.diff import Change
from tracker.core.policy import ProvisionState
from tracker.telling.causes import Cause
from tracker.telling.changes import difference_points
from tracker.telling.harmless import clean
from tracker.telling.pieces import rate_words_json
from tracker.telling.report import DiffReport

__all__ = ["COLUMNS", "cell_text", "csv_rows", "csv_text", "day_text", "number_text"]

_SIDE = ("status", "rate_pct", "basis", "rate_text", "effective_from", "effective_until")
COLUMNS = (
    "row",
    "day",
    "measure",
    "provision",
    "imposer",
    "targets",
    "authority",
    "products",
    "origin",
    "change",
    "label",
    *(f"before_{name}" for name in _SIDE),
    *(f"after_{name}" for name in _SIDE),
    "difference_points",
    "events",
    "announced",
    "instruments",
    "sentence",
)
"""The columns in order. `row` is `net`, `step` or `returned`; lists are joined by `; `."""

# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(report: DiffReport) -> str:
    """The report as CSV with a header, lines ending in a line feed."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(csv_rows(report))
    return out.getvalue()


def csv_rows(report: DiffReport) -> Iterator[dict[str, str]]:
    """The lines as a mapping from column to value, absent values empty."""
    causes = {cause.event: cause for cause in report.causes}
    for kind, rows in (("net", report.rows), ("returned", report.returned)):
        for row in rows:
            yield _line(kind, None, row.change, row.sentence, causes)
            for step in row.steps:
                yield _line("step", step.day, step.change, step.sentence, causes)


def _line(
    row: str, day: date | None, change: Change, sentence: str, causes: Mapping[str, Cause]
) -> dict[str, str]:
    subject = change.subject
    named = [causes[name] for name in change.events if name in causes]
    points = difference_points(change)
    return {
        "row": row,
        "day": day_text(day),
        "measure": cell_text(subject.measure),
        "provision": cell_text(subject.provision),
        "imposer": cell_text(subject.imposer),
        "targets": cell_text("; ".join(subject.targets)),
        "authority": cell_text(subject.authority),
        "products": cell_text(subject.scope.products.en),
        "origin": cell_text(subject.scope.origin),
        "change": str(change.kind),
        "label": "" if change.label is None else str(change.label),
        **_side("before", change.before),
        **_side("after", change.after),
        "difference_points": number_text(points),
        "events": cell_text("; ".join(change.events)),
        "announced": "; ".join(cause.announced.isoformat() for cause in named),
        "instruments": cell_text("; ".join(cause.citation for cause in named if cause.citation)),
        "sentence": cell_text(sentence),
    }


def _side(name: str, row: ProvisionState | None) -> dict[str, str]:
    if row is None:
        return {f"{name}_{field}": "" for field in _SIDE}
    return {
        f"{name}_status": str(row.status),
        f"{name}_rate_pct": number_text(row.rate_pct),
        f"{name}_basis": str(row.basis),
        f"{name}_rate_text": cell_text(
            rate_words_json(row.rate_pct, row.rate_text, row.basis) or ""
        ),
        f"{name}_effective_from": day_text(row.effective_from),
        f"{name}_effective_until": day_text(row.effective_until),
    }


def day_text(day: date | None) -> str:
    """A day in ISO 8601; empty for none."""
    return "" if day is None else day.isoformat()


def number_text(value: Decimal | None) -> str:
    """A number without spare zeros; empty for none."""
    return "" if value is None else f"{value.normalize():f}"


def cell_text(text: str) -> str:
    """Text that no spreadsheet runs: an apostrophe before what would be a formula."""
    # A carriage return alone is not quoted by the csv module, and then ends the line.
    printable = clean(text).replace("\r\n", "\n").replace("\r", "\n")
    return f"'{printable}" if printable.startswith(_FORMULA) else printable
