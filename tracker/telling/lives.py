"""The life of a provision as a table: cells, Markdown and CSV.

Owns the columns. Those of the CSV have stable English keys and may only grow;
their values are ISO days, plain numbers and the words of the JSON.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.core.events import Event
from tracker.core.history import History, Stretch
from tracker.core.policy import ProvisionState, Viewpoint
from tracker.core.words import PLANNED, Status
from tracker.telling.csvs import cell_text, number_text
from tracker.telling.language import Language
from tracker.telling.markdown import link_cell, list_item, table_head, table_row, text_cell
from tracker.telling.names import status_name
from tracker.telling.numbered import Numbered, marks, numbered, numbers_of
from tracker.telling.phrases import alternative_phrase, pending_phrase, rate_phrase
from tracker.telling.pieces import day_json, rate_words_json
from tracker.telling.places import goods_phrase, who_on_whom
from tracker.telling.uncertain import until_phrase
from tracker.telling.viewpoints import as_known

__all__ = [
    "COLUMNS",
    "LifeReport",
    "StretchCells",
    "headings_of",
    "life_report",
    "lives_csv",
    "lives_markdown",
]

COLUMNS = (
    "measure",
    "provision",
    "imposer",
    "targets",
    "from",
    "until",
    "end",
    "gap",
    "scheduled",
    "status",
    "rate_pct",
    "basis",
    "rate_text",
    "planned_rate_pct",
    "planned_from",
    "products",
    "origin",
    "events",
    "instruments",
)
"""The CSV's columns in order; lists are joined by `; `, absent values empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchCells:
    """One stretch as a row of plain text. `until` says an end that is open or not known."""

    start: str
    until: str
    status: str
    rate: str
    goods: str
    events: str
    instruments: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeReport:
    """The life of one provision, `note` where there is none; `title` says known by when."""

    place: str
    title: str
    subject: str
    note: str
    rows: tuple[StretchCells, ...]
    events: tuple[Numbered, ...]


def headings_of(lang: Language) -> tuple[str, ...]:
    """The columns of the table, in the order of the fields of `StretchCells`."""
    return (
        lang.say("heading", "From"),
        lang.say("heading", "Until"),
        lang.say("heading", "Status"),
        lang.say("heading", "Rate"),
        lang.say("heading", "Goods"),
        lang.say("heading", "Events"),
        lang.say("heading", "Instrument"),
    )


def life_report(lang: Language, found: History, seen: Viewpoint | None = None) -> LifeReport:
    """The report of one provision's life, as known and held by what bounds the viewpoint."""
    place = f"{found.measure.key}.{found.provision.key}"
    numbers = numbers_of(found.events)
    events = {event.id: event for event in found.events}
    who = who_on_whom(lang, found.measure.imposer, found.provision.targets)
    goods = lang.words(found.provision.products)
    return LifeReport(
        place=place,
        title=place if seen is None else as_known(lang, place, seen),
        subject=lang.say("subject", "{who}, {goods}", who=who, goods=goods),
        note="" if found.stretches else lang.say("history", "The record does not speak of it."),
        rows=tuple(_cells(lang, stretch, numbers, events) for stretch in found.stretches),
        events=numbered(lang, found.events),
    )


def _cells(
    lang: Language, stretch: Stretch, numbers: Mapping[str, int], events: Mapping[str, Event]
) -> StretchCells:
    row = stretch.row
    status = lang.say("history", "nothing in the record") if row is None else ""
    if row is not None:
        status = status_name(lang, row.status)
    if stretch.scheduled:
        status = lang.say("history", "{status} (scheduled)", status=status)
    return StretchCells(
        start=stretch.start.isoformat(),
        until=_until(lang, stretch),
        status=status,
        rate=_rate(lang, stretch),
        goods="" if row is None else goods_phrase(lang, row),
        events=marks(numbers, stretch.events),
        instruments="; ".join(_papers(stretch, events)),
    )


def _until(lang: Language, stretch: Stretch) -> str:
    if stretch.until is not None:
        return stretch.until.isoformat()
    if stretch.ends is not None:
        return until_phrase(lang, None, stretch.ends)
    return lang.say("history", "open")


def _rate(lang: Language, stretch: Stretch) -> str:
    """What is charged or held back, what is planned, and what may hold instead."""
    row = stretch.row
    if row is None:
        return ""
    said = ""
    if row.status is Status.IN_FORCE:
        said = rate_phrase(lang, row.rate_pct, row.basis, row.rate_text)
    elif row.status is Status.PAUSED and (row.rate_pct is not None or row.rate_text):
        rate = rate_phrase(lang, row.rate_pct, row.basis, row.rate_text)
        said = lang.say("history", "{rate} held back", rate=rate)
    elif row.status in PLANNED and row.pending:
        said = pending_phrase(lang, row.pending[0])
    others = (alternative_phrase(lang, other) for other in row.alternatives)
    return lang.series(part for part in (said, *others) if part)


def _papers(stretch: Stretch, events: Mapping[str, Event]) -> Iterator[str]:
    seen: dict[str, None] = {}
    for name in stretch.events:
        paper = events[name].instrument if name in events else None
        if paper is not None:
            seen[paper.citation] = None
    yield from seen


def lives_markdown(lang: Language, reports: Sequence[LifeReport], notes: Sequence[str] = ()) -> str:
    """The lives as Markdown, a table for each provision, then the notes; ends in a newline."""
    lines = [*_lines(lang, reports)]
    if notes:
        lines += ["", f"# {lang.say('heading', 'Notes')}", "", *map(list_item, notes)]
    return "\n".join(lines) + "\n"


def _lines(lang: Language, reports: Sequence[LifeReport]) -> Iterator[str]:
    for number, report in enumerate(reports):
        if number:
            yield ""
        yield from (f"# {text_cell(report.title)}", "", text_cell(report.subject), "")
        if report.note:
            yield text_cell(report.note)
            continue
        yield from table_head(headings_of(lang))
        for row in report.rows:
            cells = (row.start, row.until, row.status, row.rate, row.goods, row.events)
            yield table_row(*(text_cell(cell) for cell in (*cells, row.instruments)))
        yield ""
        for event in report.events:
            title, paper = text_cell(event.title), link_cell(event.citation, event.url)
            line = rf"- \[{event.number}\] {event.announced.isoformat()} {title}"
            yield f"{line} ({paper})" if paper else line


def lives_csv(found: Sequence[History]) -> str:
    """The lives as CSV with a header, one line for each stretch, lines ending in a line feed."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for one in found:
        events = {event.id: event for event in one.events}
        writer.writerows(_line(one, stretch, events) for stretch in one.stretches)
    return out.getvalue()


def _line(one: History, stretch: Stretch, events: Mapping[str, Event]) -> dict[str, str]:
    row = stretch.row
    end = "day" if stretch.until else "unknown" if stretch.ends else "open"
    line = {
        "measure": one.measure.key,
        "provision": one.provision.key,
        "imposer": one.measure.imposer,
        "targets": "; ".join(one.provision.targets),
        "from": stretch.start.isoformat(),
        "until": day_json(stretch.until) or "",
        "end": end,
        "gap": "yes" if row is None else "no",
        "scheduled": "yes" if stretch.scheduled else "no",
        "events": "; ".join(stretch.events),
        "instruments": "; ".join(_papers(stretch, events)),
    }
    if row is not None:
        line |= {
            "status": str(row.status),
            "rate_pct": number_text(row.rate_pct),
            "basis": str(row.basis),
            "rate_text": rate_words_json(row.rate_pct, row.rate_text, row.basis) or "",
            **_planned(row),
            "products": row.scope.products.en,
            "origin": row.scope.origin,
        }
    return {name: cell_text(line.get(name, "")) for name in COLUMNS}


def _planned(row: ProvisionState) -> dict[str, str]:
    """The first turn ahead of what is not yet in force, as known on the stretch's first day."""
    if row.status not in PLANNED or not row.pending:
        return {}
    turn = row.pending[0]
    return {
        "planned_rate_pct": number_text(turn.rate_pct),
        "planned_from": day_json(turn.effective_from) or "",
    }
