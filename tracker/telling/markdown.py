"""The diff report as Markdown, for a note, an issue or a memorandum.

Owns the escaping: foreign text stays text whatever it holds, and only web
links become links.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from tracker.telling.causes import Cause
from tracker.telling.harmless import clean, outward
from tracker.telling.headings import Headings, headings
from tracker.telling.language import Language, Said
from tracker.telling.report import DiffReport, ReportRow

__all__ = ["hinted", "link_cell", "list_item", "markdown", "table_head", "table_row", "text_cell"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|&~$@])")
# Every break of a line, but not the no-break spaces that French asks for.
_BREAKS = re.compile(r"[ \n\t\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]+")
# What begins a heading, a list or a quotation at the start of a line.
_OPENING = re.compile(r"^([#+=-]|\d+(?=[.)]))")
# Addresses that readers of Markdown turn into links by themselves.
_BARE_LINK = re.compile(r"://|(?<=www)\.", re.IGNORECASE)


def markdown(report: DiffReport) -> str:
    """The report as Markdown with tables, ending in a newline."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: DiffReport) -> Iterator[str]:
    words = headings(report.lang)
    yield from (f"# {text_cell(report.title)}", "", f"**{text_cell(report.headline)}**", "")
    yield list_item(report.lang.say("report", "From: {view}", view=report.before))
    yield list_item(report.lang.say("report", "To: {view}", view=report.after))
    if report.rows:
        yield from _part(words.changes, _changes(report.lang, words, report.rows))
        yield from _steps(report.lang, words, report.rows)
    if report.returned:
        sentences = [_returned(row) for row in report.returned]
        yield from _part(words.returned, sentences)
        yield from _steps(report.lang, words, report.returned)
    if report.causes:
        yield from _part(words.causes, _causes(report.lang, words, report.causes))
    if report.notes:
        yield from _part(words.notes, [list_item(note) for note in report.notes])


def _part(heading: str, lines: Iterable[str], level: int = 2) -> Iterator[str]:
    yield from ("", f"{'#' * level} {text_cell(heading)}", "", *lines)


def _changes(lang: Language, words: Headings, rows: Sequence[ReportRow]) -> Iterator[str]:
    yield from table_head(
        (
            words.who,
            words.goods,
            words.before,
            words.after,
            words.points,
            words.label,
            words.because,
        )
    )
    for row in rows:
        cells = (row.who, goods_cell(lang, row), row.before, row.after, row.points, row.label)
        yield table_row(*(text_cell(cell) for cell in cells), _numbers(row.causes))


def _steps(lang: Language, words: Headings, rows: Sequence[ReportRow]) -> Iterator[str]:
    if not any(row.steps for row in rows):
        return
    yield from _part(words.steps, (), level=3)
    yield from table_head(
        (words.who, words.goods, words.day, words.before, words.after, words.points, words.because)
    )
    for row in rows:
        for step in row.steps:
            cells = (row.who, goods_cell(lang, row), step.day_text, step.before, step.after)
            yield table_row(
                *(text_cell(cell) for cell in (*cells, step.points)), _numbers(step.causes)
            )


def _causes(lang: Language, words: Headings, causes: Sequence[Cause]) -> Iterator[str]:
    yield from table_head(
        (
            words.number,
            words.announced,
            words.effective,
            words.event,
            words.instrument,
            words.source,
        )
    )
    for cause in causes:
        yield table_row(
            str(cause.number),
            text_cell(cause.announced_text),
            text_cell(cause.effective_text),
            text_cell(hinted(lang, cause.title)),
            link_cell(cause.citation, cause.citation_url),
            link_cell(cause.source, cause.source_url),
        )


def list_item(text: str) -> str:
    """A line of a list, whose text opens nothing of its own."""
    said = text_cell(text)
    if opening := _OPENING.match(said):
        mark = opening.group()
        # A digit cannot be escaped, the dot or bracket after it can.
        head = f"{mark}\\" if mark.isdigit() else f"\\{mark}"
        return f"- {head}{said[opening.end() :]}"
    return f"- {said}"


def table_head(columns: Sequence[str]) -> Iterator[str]:
    """The two lines that begin a table, from headings that are not escaped yet."""
    yield table_row(*(text_cell(name) for name in columns))
    yield table_row(*("---" for _ in columns))


def table_row(*cells: str) -> str:
    """A line of a table, from cells that are escaped already."""
    return f"| {' | '.join(cells)} |"


def _returned(row: ReportRow) -> str:
    return f"{list_item(row.sentence)} {_numbers(row.causes)}".rstrip(" ")


def _numbers(causes: Sequence[int]) -> str:
    return " ".join(rf"\[{number}\]" for number in causes)


def link_cell(text: str, url: str | None) -> str:
    """A link where the address is one a reader may be sent to, else the text alone."""
    allowed = outward(url)
    if not allowed or not text:
        return text_cell(text)
    # In a table a bar ends the cell even inside an address.
    return f"[{text_cell(text)}](<{allowed.replace('|', '%7C')}>)"


def hinted(lang: Language, said: Said) -> str:
    """Foreign text, followed by its language where that is not the report's."""
    return said.text if said.lang == lang.code else f"{said.text} ({said.lang})"


def goods_cell(lang: Language, row: ReportRow) -> str:
    """The goods with their origin condition."""
    goods = hinted(lang, row.goods)
    return f"{goods} ({row.origin})" if row.origin else goods


def text_cell(text: str) -> str:
    """Text that no Markdown reader takes for anything else, on one line."""
    flat = _BREAKS.sub(" ", clean(text)).strip(" ")
    escaped = _SPECIAL.sub(r"\\\1", flat)
    return _BARE_LINK.sub(lambda found: "\\" + found.group(), escaped)
