"""How items of feeds came to read otherwise: hostile text, both versions, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date

from tracker.core.edits import Edit
from tracker.site.edition import Edition
from tracker.site.paths import event_page
from tracker.site.text import clean, language_tag, shorten
from tracker.telling.rewording import Piece, nearby, reworded

__all__ = ["EditView", "edited_views"]

_AROUND = 8
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class EditView:
    """One edit. `link` is still to be checked before anyone is sent there.

    `changes` has the pieces of each text that reads otherwise. `events` are
    pages and titles of those that rest on the item's page; `unseen` is whether
    the record has not looked at one of them since.
    """

    title: str
    link: str | None
    source: str
    language: str
    day: date
    changes: tuple[tuple[Piece, ...], ...]
    events: tuple[tuple[str, object], ...]
    unseen: bool


def edited_views(edition: Edition, limit: int) -> tuple[EditView, ...]:
    """The newest edits by which a title or a text changed; first those to look at again."""
    told = [edit for edit in edition.inputs.edits if {"title", "summary"} & {*edit.fields}]
    told.sort(key=lambda edit: (bool(edit.open_for), edit.position), reverse=True)
    titles = dict(edition.inputs.feeds)
    return tuple(_view(edition, edit, titles) for edit in told[:limit])


def _view(edition: Edition, edit: Edit, titles: dict[str, str]) -> EditView:
    before, after, book = edit.before, edit.after, edition.book
    texts = ((before.title, after.title), (before.summary, after.summary))
    pairs = [tuple(shorten(clean(text), _MOST) for text in pair) for pair in texts]
    return EditView(
        title=shorten(clean(after.title), 300) or edition.lang.say("report", "(no title)"),
        link=after.link,
        source=titles.get(after.source, after.source),
        language=language_tag(after.language) or "",
        day=edit.recorded_at.astimezone(UTC).date(),
        changes=tuple(nearby(reworded(old, new), _AROUND) for old, new in pairs if old != new),
        events=tuple(
            (event_page(name), edition.text(book.events[name].title))
            for name in edit.cited_by
            if name in book.events
        ),
        unseen=bool(edit.open_for),
    )
