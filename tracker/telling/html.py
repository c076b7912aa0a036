"""The diff report as one HTML page that needs nothing else: no script, no style from elsewhere.

Owns the page's structure and its escaping. Every text is escaped, every link
outward checked; foreign text says which language it is in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from tracker.telling.causes import Cause
from tracker.telling.harmless import clean, outward
from tracker.telling.headings import Headings, headings
from tracker.telling.language import Language, Said
from tracker.telling.report import DiffReport, ReportRow
from tracker.telling.style import STYLE

__all__ = ["html_page"]

_PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" \
content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p class="headline">{headline}</p>
{parts}</main>
</body>
</html>
"""


def html_page(report: DiffReport) -> str:
    """The report as a whole page of HTML in the report's language, ending in a newline."""
    lang, words = report.lang, headings(report.lang)
    parts: list[str] = []
    if report.rows:
        parts.append(_changes(lang, words, report.rows))
        parts.append(_steps(lang, words, report.rows))
    if report.returned:
        sentences = _items(
            f"{_text(row.sentence)} {_numbers(row.causes)}" for row in report.returned
        )
        parts.append(f"<h2>{_text(words.returned)}</h2>\n{sentences}")
        parts.append(_steps(lang, words, report.returned))
    if report.causes:
        parts.append(_causes(lang, words, report.causes))
    if report.notes:
        parts.append(
            f"<h2>{_text(words.notes)}</h2>\n{_items(_text(note) for note in report.notes)}"
        )
    return _PAGE.format(
        lang=lang.code,
        title=_text(report.title),
        style=STYLE,
        headline=_text(report.headline),
        parts="".join(parts),
    )


def _text(text: str) -> str:
    return escape(clean(text))


def _said(lang: Language, said: Said) -> str:
    if said.lang == lang.code:
        return _text(said.text)
    return f'<span lang="{escape(said.lang)}">{_text(said.text)}</span>'


def _goods(lang: Language, row: ReportRow) -> str:
    goods = _said(lang, row.goods)
    return f"{goods} ({_text(row.origin)})" if row.origin else goods


def _link(text: str, url: str | None) -> str:
    allowed = outward(url)
    if not allowed or not text:
        return _text(text)
    return f'<a href="{escape(allowed)}" rel="nofollow noopener noreferrer">{_text(text)}</a>'


def _time(day: date, words: str) -> str:
    return f'<time datetime="{day.isoformat()}">{_text(words)}</time>'


def _numbers(causes: Sequence[int]) -> str:
    return " ".join(f'<a href="#cause-{number}">[{number}]</a>' for number in causes)


def _items(lines: Iterable[str]) -> str:
    return "<ul>\n" + "".join(f"<li>{line}</li>\n" for line in lines) + "</ul>\n"


def _table(caption: str, columns: Sequence[str], rows: Iterable[str]) -> str:
    """A table that scrolls by itself where the page is narrow, reachable by keyboard."""
    head = "".join(f'<th scope="col">{_text(name)}</th>' for name in columns)
    label = _text(caption)
    return (
        f'<div class="wide" role="region" aria-label="{label}" tabindex="0">\n<table>\n'
        f"<caption>{label}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n"
        + "".join(rows)
        + "</tbody>\n</table>\n</div>\n"
    )


def _row(first: str, cells: Iterable[str], identity: str = "") -> str:
    attribute = f' id="{identity}"' if identity else ""
    others = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr{attribute}><th scope="row">{first}</th>{others}</tr>\n'


def _changes(lang: Language, words: Headings, rows: Sequence[ReportRow]) -> str:
    columns = (words.who, words.goods, words.before, words.after, words.points, words.label)
    lines = (
        _row(
            _text(row.who),
            (
                _goods(lang, row),
                *(_text(cell) for cell in (row.before, row.after, row.points, row.label)),
                _numbers(row.causes),
            ),
        )
        for row in rows
    )
    return _table(words.changes, (*columns, words.because), lines)


def _steps(lang: Language, words: Headings, rows: Sequence[ReportRow]) -> str:
    if not any(row.steps for row in rows):
        return ""
    columns = (words.who, words.goods, words.day, words.before, words.after, words.points)
    lines = (
        _row(
            _text(row.who),
            (
                _goods(lang, row),
                _time(step.day, step.day_text),
                *(_text(cell) for cell in (step.before, step.after, step.points)),
                _numbers(step.causes),
            ),
        )
        for row in rows
        for step in row.steps
    )
    return _table(words.steps, (*columns, words.because), lines)


def _causes(lang: Language, words: Headings, causes: Sequence[Cause]) -> str:
    columns = (words.number, words.announced, words.effective, words.event, words.instrument)
    lines = (
        _row(
            f"[{cause.number}]",
            (
                _time(cause.announced, cause.announced_text),
                _text(cause.effective_text),
                _said(lang, cause.title),
                _link(cause.citation, cause.citation_url),
                _link(cause.source, cause.source_url),
            ),
            f"cause-{cause.number}",
        )
        for cause in causes
    )
    return _table(words.causes, (*columns, words.source), lines)
