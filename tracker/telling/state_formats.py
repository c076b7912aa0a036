"""The state report as Markdown and as CSV.

Owns their layout; escaping is that of the diff's renderers. CSV columns have
stable English keys and may only grow; values are ISO days, plain numbers and
the words of the JSON, and only `sentence` is in the report's language.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from tracker.core.policy import ProvisionState
from tracker.telling.csvs import cell_text, day_text, number_text
from tracker.telling.language import Said
from tracker.telling.markdown import hinted, list_item, table_head, table_row, text_cell
from tracker.telling.pieces import rate_words_json
from tracker.telling.state_report import StateReport, StateRow, state_headings

__all__ = ["STATE_COLUMNS", "state_csv", "state_markdown"]

STATE_COLUMNS = (
    "measure",
    "provision",
    "imposer",
    "targets",
    "authority",
    "products",
    "hts",
    "origin",
    "status",
    "rate_pct",
    "basis",
    "rate_text",
    "effective_from",
    "effective_until",
    "doubts",
    "events",
    "sentence",
)
"""The columns in order; lists are joined by `; `."""


def state_csv(report: StateReport) -> str:
    """The rows as CSV with a header, lines ending in a line feed."""
    out = io.StringIO()
    writer = csv.DictWriter(out, STATE_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_line(row.state, row.sentence) for row in report.rows)
    return out.getvalue()


def _line(row: ProvisionState, sentence: str) -> dict[str, str]:
    return {
        "measure": cell_text(row.measure),
        "provision": cell_text(row.provision),
        "imposer": cell_text(row.imposer),
        "targets": cell_text("; ".join(row.targets)),
        "authority": cell_text(row.authority),
        "products": cell_text(row.scope.products.en),
        "hts": cell_text("; ".join(row.scope.hts)),
        "origin": cell_text(row.scope.origin),
        "status": str(row.status),
        "rate_pct": number_text(row.rate_pct),
        "basis": str(row.basis),
        "rate_text": cell_text(rate_words_json(row.rate_pct, row.rate_text, row.basis) or ""),
        "effective_from": day_text(row.effective_from),
        "effective_until": day_text(row.effective_until),
        "doubts": "; ".join(row.doubts),
        "events": cell_text("; ".join(row.events)),
        "sentence": cell_text(sentence),
    }


def state_markdown(report: StateReport) -> str:
    """The report as Markdown with a table, ending in a newline."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: StateReport) -> Iterator[str]:
    words = state_headings(report.lang)
    yield from (f"# {text_cell(report.title)}", "")
    if report.rows:
        columns = (words.who, words.goods, words.rate, words.status)
        yield from table_head((*columns, words.since, words.until, words.ahead, words.provision))
        for row in report.rows:
            yield table_row(*(text_cell(one) for one in _cells(report, row)))
    else:
        yield text_cell(words.nothing)
    if report.claims:
        yield from ("", f"## {text_cell(words.claims)}", "")
        for claim in report.claims:
            stated, found = _said(report, claim.stated), _said(report, claim.finding)
            yield f"- {text_cell(claim.place)} ({text_cell(claim.standing)}):"
            yield f"  - {text_cell(words.claimed)}: {text_cell(stated)}"
            yield f"  - {text_cell(words.found)}: {text_cell(found)}"
    if report.silent:
        yield from ("", f"{text_cell(words.silent)}: {text_cell(', '.join(report.silent))}")
    if report.notes:
        yield from ("", *(list_item(note) for note in report.notes))


def _said(report: StateReport, said: Said) -> str:
    return hinted(report.lang, said)


def _cells(report: StateReport, row: StateRow) -> tuple[str, ...]:
    goods = _said(report, row.goods)
    goods = f"{goods} ({row.origin})" if row.origin else goods
    return (row.who, goods, row.rate, row.status, row.since, row.until, row.ahead, row.place)
