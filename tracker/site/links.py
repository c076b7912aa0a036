"""Every link inside the site leads somewhere: checked before anything is published.

A guard against our own mistakes. It reads pages as the template engine writes
them, every attribute in double quotes and every quote in a text escaped, and
knows nothing of templates.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from urllib.parse import unquote, urlsplit

from tracker.errors import OperationFailed

__all__ = ["Leads", "check_anchors", "check_links", "check_paths", "leads_of"]

_UP = "../"
_CARRIERS = (b' href="', b' src="', b' action="')


@dataclass(frozen=True, slots=True)
class Leads:
    """Where a page leads: paths of the site, and places on other pages by path and anchor.

    `paths` gives for each the link as it is written. `anchors` are the page's own; a
    link to one of them that is missing stands in `lost`.
    """

    paths: Mapping[str, str] = field(default_factory=dict)
    places: frozenset[tuple[str, str]] = frozenset()
    anchors: frozenset[str] = frozenset()
    lost: str = ""


NOWHERE = Leads()


def leads_of(path: str, body: bytes, *, home: str) -> Leads:
    """Where the page of that path leads; nothing but a page leads anywhere.

    Links with a scheme lead elsewhere and are left alone, unless they begin
    with `home`, the absolute address of the root.
    """
    if not path.endswith(".html"):
        return NOWHERE
    folders = _folders(path)
    anchors = _values(body, b' id="')
    paths: dict[str, str] = {}
    places: set[tuple[str, str]] = set()
    lost = ""
    for link in frozenset().union(*(_values(body, name) for name in _CARRIERS)):
        found = _target(link, folders, home)
        if found is None:
            continue
        target, anchor = found
        if not target or target == path:
            lost = lost if not anchor or anchor in anchors else link
        elif anchor:
            places.add((target, anchor))
        paths[target or path] = link
    return Leads(paths, frozenset(places), anchors, lost)


def check_links(files: Mapping[str, bytes], *, home: str) -> None:
    """Raise for a link of a page that leads to no file or no anchor of the site.

    Raises: OperationFailed naming the page and where it leads.
    """
    leads = {path: leads_of(path, body, home=home) for path, body in files.items()}
    for path, found in leads.items():
        check_paths(path, found, files)
    check_anchors(leads.items(), lambda path: leads[path].anchors)


def check_paths(path: str, leads: Leads, files: Collection[str]) -> None:
    """Raise where the page leads to no file of the site, or to no place of its own.

    Raises: OperationFailed as `check_links`.
    """
    if leads.lost:
        raise _broken(path, unescape(leads.lost))
    for target, link in sorted(leads.paths.items()):
        if target not in files:
            raise _broken(path, unescape(link))


def check_anchors(
    pages: Iterable[tuple[str, Leads]], anchors: Callable[[str], Collection[str] | None]
) -> None:
    """Raise where a page leads to a place on another that is not there.

    `anchors` answers those of a page by its path, None where they are not known; a
    file that is no page has none to be held to. Raises: OperationFailed as `check_links`.
    """
    for path, leads in pages:
        for target, anchor in sorted(leads.places):
            known = anchors(target) if target.endswith(".html") else None
            if known is not None and anchor not in known:
                raise _broken(path, f"{target}#{anchor}")


def _broken(path: str, link: str) -> OperationFailed:
    return OperationFailed(
        f"the page {path} links to {link}, which is not part of the site",
        "This is a mistake in the program; nothing was published",
    )


def _values(body: bytes, opening: bytes) -> frozenset[str]:
    """The values of an attribute, found by how it opens: a pattern takes five times as long."""
    _, *pieces = body.replace(b"\n", b" ").split(opening)
    return frozenset(value.decode() for value in {one[: one.index(b'"')] for one in pieces})


def _folders(path: str) -> tuple[str, ...]:
    """The folder of a page, then each one above it, the root last; each with a slash but that."""
    parts = path.split("/")[:-1]
    return tuple("".join(f"{part}/" for part in parts[:end]) for end in range(len(parts), -1, -1))


def _target(link: str, folders: tuple[str, ...], home: str) -> tuple[str, str] | None:
    """The file (empty: the page itself) and the anchor a link leads to; None: elsewhere."""
    if link.startswith(home):
        inside = _split(link.removeprefix(home))
        return inside and (inside[0] or "index.html", inside[1])
    ups = 0
    while link.startswith(_UP, ups * len(_UP)):
        ups += 1
    found = _split(link[ups * len(_UP) :])
    if found is None or not (found[0] or ups):
        return found
    if ups >= len(folders):
        return f"{_UP * (ups - len(folders) + 1)}{found[0]}", found[1]
    return folders[ups] + found[0], found[1]


@lru_cache(maxsize=1 << 16)
def _split(link: str) -> tuple[str, str] | None:
    """The path and the anchor of a link as an attribute writes it; None where it has a scheme."""
    parts = urlsplit(unescape(link))
    if parts.scheme or parts.netloc:
        return None
    place = unquote(parts.path)
    return posixpath.normpath(place) if place else "", parts.fragment
