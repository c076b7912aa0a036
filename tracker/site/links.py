"""Every link inside the site leads somewhere: checked before anything is published.

A guard against our own mistakes. It reads HTML with the standard parser and
knows nothing of templates.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from tracker.errors import OperationFailed

__all__ = ["check_links"]

_CARRIERS = {"href", "src"}


class _Reader(HTMLParser):
    """The links and the anchors of one page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: set[str] = set()
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's own signature
        for name, value in attrs:
            if value is None:
                continue
            if name in _CARRIERS:
                self.links.add(value)
            elif name == "id":
                self.anchors.add(value)


def _read(body: bytes) -> _Reader:
    reader = _Reader()
    reader.feed(body.decode())
    reader.close()
    return reader


def check_links(files: Mapping[str, bytes], *, home: str) -> None:
    """Raise for the first link of a page that leads to no file or no anchor of the site.

    Links with a scheme lead elsewhere and are left alone, unless they begin
    with `home`, the absolute address of the root.

    Raises: OperationFailed naming the page and the link.
    """
    pages = {path: _read(body) for path, body in files.items() if path.endswith(".html")}
    for path, page in pages.items():
        for link in sorted(page.links):
            inside = link.removeprefix(home) if link.startswith(home) else None
            parts = urlsplit(link if inside is None else inside)
            if parts.scheme or parts.netloc:
                continue
            target = _target(path, unquote(parts.path), absolute=inside is not None)
            anchor = parts.fragment
            lost = target not in files
            if lost or (anchor and target in pages and anchor not in pages[target].anchors):
                raise OperationFailed(
                    f"the page {path} links to {link}, which is not part of the site",
                    "This is a mistake in the program; nothing was published",
                )


def _target(path: str, link: str, *, absolute: bool) -> str:
    if absolute:
        return link or "index.html"
    if not link:
        return path
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), link))
