"""Every link inside the site leads somewhere: checked before anything is published.

A guard against our own mistakes. It reads pages as the template engine writes
them, every attribute in double quotes and every quote in a text escaped, and
knows nothing of templates.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from functools import lru_cache
from html import unescape
from urllib.parse import unquote, urlsplit

from tracker.errors import OperationFailed

__all__ = ["check_links"]

_CARRIERS = re.compile(r'\s(?:href|src)="([^"]*)"')
_ANCHORS = re.compile(r'\sid="([^"]*)"')


def check_links(files: Mapping[str, bytes], *, home: str) -> None:
    """Raise for the first link of a page that leads to no file or no anchor of the site.

    Links with a scheme lead elsewhere and are left alone, unless they begin
    with `home`, the absolute address of the root.

    Raises: OperationFailed naming the page and the link.
    """
    texts = {path: body.decode() for path, body in files.items() if path.endswith(".html")}
    anchors = {path: set(_ANCHORS.findall(text)) for path, text in texts.items()}
    for path, text in texts.items():
        folder = posixpath.dirname(path)
        for link in sorted(set(_CARRIERS.findall(text))):
            found = _target(folder, link, home)
            if found is None:
                continue
            target, anchor = found
            target = target or path
            known = anchors.get(target)
            lost = target not in files
            if lost or (anchor and known is not None and anchor not in known):
                raise OperationFailed(
                    f"the page {path} links to {unescape(link)}, which is not part of the site",
                    "This is a mistake in the program; nothing was published",
                )


@lru_cache(maxsize=1 << 16)
def _target(folder: str, link: str, home: str) -> tuple[str, str] | None:
    """The file (empty: the page itself) and the anchor a link leads to; None: elsewhere."""
    plain = unescape(link)
    inside = plain.removeprefix(home) if plain.startswith(home) else None
    parts = urlsplit(plain if inside is None else inside)
    if parts.scheme or parts.netloc:
        return None
    place = unquote(parts.path)
    if inside is not None:
        return place or "index.html", parts.fragment
    if not place:
        return "", parts.fragment
    return posixpath.normpath(posixpath.join(folder, place)), parts.fragment
