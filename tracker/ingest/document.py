"""The feed inside a body: where it starts, where it ends, whether it is one at all. Pure.

Owns what is cut away before a parser sees the text: everything before the root
element, so that no document type and no entity of a feed's own is ever read,
and everything after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.errors import SourceFailed

__all__ = ["FeedDocument", "feed_document"]

# More markup than this is no feed; it would keep the parser busy for minutes.
_MAX_MARKS = {"<": 300_000, "&": 1_000_000}
# The parser's time grows with the square of the attributes of one tag.
_MAX_ATTRIBUTES = 300
_TAG = re.compile(r"""<[A-Za-z](?:[^<>"']|"[^<"]*"|'[^<']*')*+""")

_ROOT = re.compile(r"<((?:[A-Za-z][\w.-]{0,40}:)?(?:rss|feed|rdf|html|channel))(?=[\s>/])", re.I)
_HTML = re.compile(r"<!doctype\s+html|<(?:html|head|body|script|title)\b", re.I)
_ITEM = re.compile(r"<(/?)(?:[A-Za-z][\w.-]{0,40}:)?(?:item|entry)(?=[\s>/])", re.I)
# Characters that XML does not allow at all, escaped or not.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]|d[89a-f][0-9a-f]{2}|fff[ef]));",
    re.I,
)
_PAGE_ADVICE = (
    "Open the address in a browser: the feed may have moved, or the site sends programs a page"
)


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """The root element of a feed as XML text.

    `whole` is False where its end is missing; `in_item` is True where it broke
    off inside an item, so that the last one is only half there.
    """

    text: str
    whole: bool
    in_item: bool


def feed_document(text: str) -> FeedDocument:
    """The feed in the decoded text of a body.

    Raises: SourceFailed of kind empty (nothing or white space), not_a_feed (a
    web page, JSON, anything without a feed's root element), too_large (more
    markup, or more attributes in a tag, than a feed has).
    """
    if not text.strip("\ufeff \t\r\n\x00"):
        raise SourceFailed("empty", "sent an empty answer", "It is asked again when it is due")
    for mark, most in _MAX_MARKS.items():
        if text.count(mark) > most:
            raise SourceFailed(
                "too_large",
                f"holds more than {most} of the mark {mark}",
                "Nothing of it was kept; look for a narrower feed of the same publisher",
            )
    many = text.count("=") > _MAX_ATTRIBUTES  # of all tags together: most feeds end here
    if many and any(tag[0].count("=") > _MAX_ATTRIBUTES for tag in _TAG.finditer(text)):
        raise SourceFailed(
            "too_large",
            f"holds a tag with more than {_MAX_ATTRIBUTES} attributes",
            "Nothing of it was kept; the publisher has to mend it",
        )
    clean = _FORBIDDEN_REFERENCE.sub("", _FORBIDDEN.sub("", text))
    shown = _without_comments(clean)
    root = _ROOT.search(shown)
    if root is None or root[1].lower().endswith("html") or _HTML.search(shown, 0, root.start()):
        raise _not_a_feed(clean)
    end = None
    for found in re.finditer(rf"</{re.escape(root[1])}\s*>", clean[root.end() :], re.I):
        end = root.end() + found.end()
    body = clean[root.start() : end]
    return FeedDocument(body, whole=end is not None, in_item=end is None and _ends_in_item(body))


def _without_comments(text: str) -> str:
    """The text with its comments blanked, every other character where it was."""
    parts: list[str] = []
    at = 0
    while (opened := text.find("<!--", at)) >= 0:
        closed = text.find("-->", opened + 4)
        if closed < 0:
            break
        parts += (text[at:opened], " " * (closed + 3 - opened))
        at = closed + 3
    return "".join((*parts, text[at:]))


def _not_a_feed(text: str) -> SourceFailed:
    """The error for a body that is something else, named as far as it can be told."""
    if _HTML.search(text, 0, 5000):
        return SourceFailed("not_a_feed", "sent a web page instead of a feed", _PAGE_ADVICE)
    if text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return SourceFailed("not_a_feed", "sent JSON instead of a feed", "Use its RSS or Atom feed")
    return SourceFailed("not_a_feed", "sent something that is no RSS or Atom feed", _PAGE_ADVICE)


def _ends_in_item(text: str) -> bool:
    """Whether the last item was opened and never closed."""
    last = None
    for found in _ITEM.finditer(text):
        last = found
    return last is not None and not last[1]
