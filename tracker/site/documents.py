"""The pages of the documentation that the site shows, and how this record is made.

Owns which documents are pages and how they lead to each other.
"""

from __future__ import annotations

from markupsafe import Markup

from tracker.site.edition import Edition
from tracker.site.model import Page
from tracker.site.paths import ACCURACY, COLUMNS, METHODOLOGY, VERIFICATION, root_of
from tracker.site.prose import prose
from tracker.telling.language import LANGUAGES

__all__ = ["METHODS", "methodology_page", "read_document"]

METHODS = {code: f"methodology.{code}" for code in LANGUAGES}
"""The document on how the record is made, one in each language."""

_PAGES = {
    "accuracy.md": ACCURACY,
    "data-dictionary.md": COLUMNS,
    "verification.md": VERIFICATION,
    **{f"{name}.md": METHODOLOGY for name in METHODS.values()},
}


def read_document(edition: Edition, name: str, page: str, *, deeper: int = 0) -> Markup:
    """A document as the page at `page` shows it, empty where it did not come with the program.

    Its headings begin at level 2, `deeper` levels further down.
    """
    document = edition.inputs.documents.get(name, "")
    root = root_of(page)
    return prose(
        document,
        within={file: root + target for file, target in _PAGES.items()},
        table=lambda number: edition.lang.say("document", "Table {number}", number=str(number)),
        deeper=deeper,
    ).body


def methodology_page(edition: Edition) -> Page:
    """How the record is made, in the language of the edition, else in English."""
    lang, documents = edition.lang, edition.inputs.documents
    own = METHODS[lang.code] in documents
    return Page(
        METHODOLOGY,
        "methodology.html",
        {
            "title": lang.say("title", "How this record is made"),
            "description": lang.say(
                "description",
                "What counts as an event and as a source, how the state of a day follows from "
                "them, and what is not known.",
            ),
            "section": "methodology",
            "data": "data/events.json",
            "document": read_document(edition, METHODS[lang.code if own else "en"], METHODOLOGY),
            "written": lang.code if own else "en",
        },
    )
