"""A feed cut into its items, as text. Pure, and linear in the text.

Owns where one item ends and the next begins, so that only items that are new
have to be parsed. Where that is not plain it says so, and the feed is read whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Cut", "cut_feed"]

_MARK = re.compile(
    r"<!\[CDATA\[|<!--|<\?|<(?P<end>/?)(?:[A-Za-z][\w.-]{0,40}:)?(?:item|entry)(?=[\s>/])"
)
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->", "<?": "?>"}
_TAG = re.compile(r"""(?:[^<>"']|"[^<"]*"|'[^<']*')*+>""")


@dataclass(frozen=True, slots=True)
class Cut:
    """What stands before the items, the items, what stands after them: joined, the whole text."""

    head: str
    items: tuple[str, ...]
    tail: str

    def only(self, items: Iterable[str]) -> str:
        """The feed with these of its items and no others."""
        return "".join((self.head, *items, self.tail))


def cut_feed(text: str) -> Cut | None:
    """The root element of a feed cut into items; None where it cannot be cut for certain.

    That is: an item within an item, one without an end or of a single tag,
    something that is no white space between two items, or no item at all.
    """
    items: list[str] = []
    head: str | None = None
    begun = at = 0
    inside = False
    while found := _MARK.search(text, at):
        opening = found[0]
        if opening in _ENDS:
            at = text.find(_ENDS[opening], found.end())
            if at < 0:
                return None
            continue
        tag = _TAG.match(text, found.end())
        if tag is None or tag[0].endswith("/>") or bool(found["end"]) != inside:
            return None
        if not inside:
            if head is None:
                head = text[: found.start()]
            elif text[at : found.start()].strip():
                return None
            begun = found.start()
        else:
            items.append(text[begun : tag.end()])
        inside, at = not inside, tag.end()
        if not inside:
            after = at
    if inside or head is None:
        return None
    return Cut(head, tuple(items), text[after:])
