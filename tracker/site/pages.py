"""Which pages exist, from which inputs. Pure: the same inputs always plan the same pages.

Owns the list of page kinds, the frame that every page has, and where an
edition's pages lie. What stands on a page belongs to its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from tracker.core.bearing import Mark
from tracker.site.book import Book
from tracker.site.calendar import calendar_page
from tracker.site.calendars import calendar_files
from tracker.site.cards import card_pages
from tracker.site.compare_scripts import script_pages
from tracker.site.compares import compare_pages
from tracker.site.data import data_pages
from tracker.site.days import day_pages
from tracker.site.documents import methodology_page
from tracker.site.downloads import download_pages
from tracker.site.edition import Edition, editions_of
from tracker.site.feeds import feed_files
from tracker.site.front import front_page
from tracker.site.happened import event_pages
from tracker.site.model import Late, Page, SiteInputs
from tracker.site.party import party_pages
from tracker.site.paths import (
    CARD_STYLE,
    FRONT,
    ICON,
    NOT_FOUND,
    REPORTS,
    STYLE,
    VERIFICATION,
    address,
    card_image,
    folder_of,
    root_of,
)
from tracker.site.reading import about_page, missing_page
from tracker.site.reports import reports_page
from tracker.site.review import review_page
from tracker.site.search import SEARCH_SCRIPT, search_files, search_page
from tracker.site.standing import standing_pages
from tracker.site.story import timeline_pages
from tracker.site.things import measure_pages
from tracker.site.wholes import bands_page
from tracker.telling.language import LANGUAGES

__all__ = ["KINDS", "Page", "Section", "SiteInputs", "framed", "plan_pages", "sections"]

_OF_EVERYTHING = frozenset({FRONT, REPORTS, VERIFICATION})
"""Pages that show reports, or the head of the ledger itself."""
_OWN_NAMES = {"en": "English", "es": "Español", "fr": "Français"}


def _only(plan: Callable[[Edition], Page]) -> Callable[[Edition], tuple[Page, ...]]:
    """A kind that has one page."""
    return lambda edition: (plan(edition),)


KINDS: tuple[Callable[[Edition], Iterable[Page | Late]], ...] = (
    event_pages,
    measure_pages,
    day_pages,
    compare_pages,
    timeline_pages,
    party_pages,
    _only(calendar_page),
    _only(review_page),
    _only(bands_page),
    _only(reports_page),
    standing_pages,
    download_pages,
    card_pages,
    _only(about_page),
    _only(methodology_page),
    _only(search_page),
    _only(missing_page),
)
"""Every kind of page but the front: an edition in, its pages out, paths from its own root."""


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """The files of one kind in one edition: `plan` lists them, with paths from `folder`.

    `framed` pages get what every page has; other files are whole as planned.
    """

    name: str
    plan: Callable[[], Iterable[Page | Late]]
    edition: Edition
    framed: bool = True

    @property
    def folder(self) -> str:
        """Where the paths start: the edition's folder for its pages, else the root of the site."""
        return folder_of(self.edition.lang.code) if self.framed else ""


def sections(editions: Sequence[Edition]) -> Iterator[Section]:
    """Everything a site has; static files first, the front pages last, no path twice.

    So a folder that is being written for the first time shows its front page
    only when what it leads to is there.
    """
    first = editions[0]
    still = (
        STYLE,
        CARD_STYLE,
        ICON,
        SEARCH_SCRIPT,
        *(_pictures() if first.inputs.base_url else ()),
    )
    yield Section("static", lambda: _static(*still), first, framed=False)
    yield Section("data", lambda: data_pages(first), first, framed=False)
    yield Section("scripts", partial(script_pages, editions), first, framed=False)
    for edition in editions:
        for what, files in (("search", search_files), ("calendars", calendar_files)):
            name = f"{edition.lang.code} {what}"
            yield Section(name, partial(files, edition), edition, framed=False)
    for edition in editions:
        code = edition.lang.code
        for number, kind in enumerate(KINDS):
            yield Section(f"{code} {number}", partial(kind, edition), edition)
    for edition in editions:
        name = f"{edition.lang.code} feeds"
        yield Section(name, partial(feed_files, edition), edition, framed=False)
    for edition in reversed(editions):
        yield Section(f"{edition.lang.code} front", partial(_front, edition), edition)


def _static(*sources: str) -> tuple[Page, ...]:
    return tuple(Page(source, "static", {"source": source}) for source in sources)


def _pictures() -> tuple[str, ...]:
    """What other sites show beside a link; they take it by its whole address or not at all."""
    return tuple(card_image(code) for code in LANGUAGES)


def _front(edition: Edition) -> tuple[Page, ...]:
    return (front_page(edition),)


def plan_pages(inputs: SiteInputs) -> tuple[Page, ...]:
    """Every file of the site, planned whole, in the order of `sections`.

    Raises: OperationFailed for a key or id that cannot be part of an address.
    """
    book = Book(inputs.world, inputs.today)
    editions = editions_of(book, inputs)
    return tuple(
        framed(page, section.edition) if section.framed else page
        for section in sections(editions)
        for page in map(section.edition.made, section.plan())
    )


def framed(page: Page, edition: Edition) -> Page:
    """The page in its edition's folder, with what every page has.

    `path` is the page's from the root of the edition, `root` leads there, `base`
    to the root of the site, where styles and data are. `languages` are the same
    page in every language: code, name of the language, address, whether it is this.
    """
    inputs, code = edition.inputs, edition.lang.code
    path = folder_of(code) + page.path
    base = _home(inputs) if page.path == NOT_FOUND else root_of(path)
    frame = {
        "path": page.path,
        "root": base + folder_of(code) if page.path == NOT_FOUND else root_of(page.path),
        "base": base,
        "lang": code,
        "languages": tuple(
            (other, _OWN_NAMES[other], base + folder_of(other) + page.path, other == code)
            for other in LANGUAGES
        ),
        "today": inputs.today,
        "mark": _mark(page, inputs),
        "version": inputs.version,
        "home": page.path == FRONT,
        "canonical": "" if page.path == NOT_FOUND else address(inputs.base_url, path),
        "card_image": address(inputs.base_url, card_image(code)),
    }
    return Page(path, page.template, {**page.context, **frame}, code)


def _mark(page: Page, inputs: SiteInputs) -> Mark:
    """The last entry of the ledger that bears on the page.

    A page that names none rests on all of the record, and on reports only where
    it shows them: so an entry touches no page that does not show it.
    """
    named: Mark | None = page.context.get("mark")
    if named is None and page.path not in _OF_EVERYTHING:
        named = inputs.bearing.record
    return named or inputs.head


def _home(inputs: SiteInputs) -> str:
    """The absolute way to the front: a missing page may be shown at any address."""
    return f"{inputs.base_url.rstrip('/')}/" if inputs.base_url else "/"
