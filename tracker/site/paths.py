"""Where every page lives, as paths from the root of an edition.

Folder pages end in `index.html`, so that every link works from a folder on
disk as it does from a server. English stands at the root of the site, each
other language in a folder of its own.
"""

from __future__ import annotations

from datetime import date

from tracker.core.words import Kind
from tracker.site.text import segment

__all__ = [
    "ABOUT",
    "ACCURACY",
    "ARCHIVE",
    "ARCHIVE_SUM",
    "BANDS",
    "CALENDAR",
    "CALENDAR_FILE",
    "CARD_HEIGHT",
    "CARD_STYLE",
    "CARD_WIDTH",
    "COLUMNS",
    "COMPARE",
    "COMPARE_ANY",
    "CORRECTIONS",
    "DAYS",
    "DOWNLOADS",
    "EMBEDDED",
    "FEED",
    "FRONT",
    "ICON",
    "MEASURES",
    "METHODOLOGY",
    "NOT_FOUND",
    "REPORTS",
    "REVIEW",
    "SEARCH",
    "STYLE",
    "TIMELINE",
    "VERIFICATION",
    "address",
    "card_image",
    "card_page",
    "compare_page",
    "day_data",
    "day_page",
    "event_page",
    "feed_beside",
    "folder_of",
    "kind_page",
    "measure_page",
    "measure_timeline",
    "party_calendar",
    "party_home",
    "party_page",
    "root_of",
    "table_file",
]

FRONT = "index.html"
TIMELINE = "timeline/index.html"
DAYS = "on/index.html"
COMPARE = "compare/index.html"
COMPARE_ANY = "compare/any.html"
MEASURES = "measures/index.html"
METHODOLOGY = "methodology/index.html"
REPORTS = "reports/index.html"
CALENDAR = "calendar/index.html"
CALENDAR_FILE = "calendar.ics"
REVIEW = "review/index.html"
BANDS = "bands/index.html"
CORRECTIONS = "corrections/index.html"
ACCURACY = "accuracy/index.html"
VERIFICATION = "verification/index.html"
DOWNLOADS = "downloads/index.html"
ARCHIVE = "site.zip"
ARCHIVE_SUM = "site.zip.sha256"
COLUMNS = "downloads/columns/index.html"
ABOUT = "about/index.html"
SEARCH = "search/index.html"
NOT_FOUND = "404.html"
EMBEDDED = "embed/"
FEED = "feed.atom"
ICON = "static/icon.svg"
STYLE = "static/style.css"
CARD_STYLE = "static/card.css"
CARD_WIDTH, CARD_HEIGHT = 1200, 630  # pixels


def folder_of(code: str) -> str:
    """The folder of a language's edition from the root of the site: empty for English, `es/`."""
    return "" if code == "en" else f"{code}/"


def event_page(event_id: str) -> str:
    """The page of one event. Raises: OperationFailed for an id that is no file name."""
    return f"event/{segment(event_id)}/index.html"


def measure_page(key: str) -> str:
    """The page of one measure. Raises: OperationFailed for a key that is no file name."""
    return f"measure/{segment(key)}/index.html"


def card_page(key: str) -> str:
    """The card of one measure, for a frame elsewhere. Raises: as `measure_page`."""
    return f"{EMBEDDED}measure/{segment(key)}/index.html"


def card_image(code: str) -> str:
    """The picture that other sites show beside a link to a page in that language."""
    return f"static/card-{segment(code)}.png"


def day_page(day: date) -> str:
    """The page of the state on a day."""
    return f"on/{day.isoformat()}/index.html"


def day_data(day: date) -> str:
    """The JSON of the state on a day, from the root of the site."""
    return f"data/on/{day.isoformat()}.json"


def table_file(name: str) -> str:
    """A file of the tables, from the root of the site."""
    return f"data/tables/{segment(name)}"


def compare_page(start: date, end: date) -> str:
    """The page of what changed from one day to another."""
    return f"compare/{start.isoformat()}..{end.isoformat()}/index.html"


def party_home(code: str) -> str:
    """The page of one of the three governments."""
    return f"party/{segment(code.lower())}/index.html"


def party_calendar(code: str) -> str:
    """The calendar of one of the three governments, as iCalendar."""
    return f"party/{segment(code.lower())}/calendar.ics"


def party_page(code: str) -> str:
    """The timeline of one party. Raises: OperationFailed for a code that is no file name."""
    return f"timeline/party/{segment(code.lower())}/index.html"


def kind_page(kind: Kind) -> str:
    """The timeline of one kind of event."""
    return f"timeline/kind/{kind.value.replace('_', '-')}/index.html"


def measure_timeline(key: str) -> str:
    """The timeline of one measure. Raises: OperationFailed for a key that is no file name."""
    return f"timeline/measure/{segment(key)}/index.html"


def root_of(path: str) -> str:
    """The relative way from a page to the root it is a path from: empty, or a run of `../`."""
    return "../" * path.count("/")


def feed_beside(page: str) -> str:
    """The feed of what a page is of, in the page's own folder."""
    return page.removesuffix(FRONT) + FEED


def address(base_url: str | None, path: str) -> str:
    """The absolute address of a path from the root of the site; empty where there is no base."""
    return f"{base_url.rstrip('/')}/{path}" if base_url else ""
