"""Every link inside the site leads somewhere: checked before anything is published.

A guard against our own mistakes. It reads pages as the template engine writes
them, every attribute in double quotes and every quote in a text escaped, and
knows nothing of templates.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from tracker.errors import OperationFailed
from tracker.site.pieces import Body, Piece, plain

__all__ = ["Leads", "Links", "check_anchors", "check_links"]

_UP = b"../"
# One pattern for each: what begins with a text that stands is found at once, a choice is not.
_CARRIERS = tuple(re.compile(rb' %s="([^"]*)"' % name) for name in (b"href", b"src", b"action"))
_PLACES = re.compile(rb' id="([^"]*)"')
_PLAIN = re.compile(r"(\w[\w.-]*(?:/\w[\w.-]*)*)(?:#([\w.-]+))?", re.ASCII)
"""A link down to a file by its name, and a place there: nothing else need be asked."""


class Leads(NamedTuple):
    """Where markup leads: paths of the site, and places on pages by path and anchor.

    `anchors` are its own places, `needs` those that it leads to on the page it stands on.
    """

    paths: frozenset[str] = frozenset()
    places: frozenset[tuple[str, str]] = frozenset()
    anchors: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()


NOWHERE = Leads()
_Target = tuple[str, str] | None
"""The file (empty: the page itself) and the anchor a link leads to; None: elsewhere."""


class _Folder(NamedTuple):
    """What is known of pages whose folders lie in one folder: a link up leads them all alike."""

    links: dict[bytes, _Target]
    pieces: dict[Piece, Leads]


class Links:
    """Reads where pages lead, and remembers it: most links stand on a great many pages.

    `home` is the absolute address of the root. Links with a scheme lead elsewhere and are
    left alone, unless they begin with it.
    """

    def __init__(self, home: str) -> None:
        self._home = home.encode()
        self._known: dict[str, _Folder] = {}

    def leads_of(self, path: str, body: Body, files: Collection[str]) -> Leads:
        """Where the page of that path leads; nothing but a page leads anywhere.

        Raises: OperationFailed if it leads to none of `files`, or to no place of its own.
        """
        if not path.endswith(".html"):
            return NOWHERE
        folders = _folders(path)
        known = self._known.setdefault("".join(folders[1:2]) or path, _Folder({}, {}))
        found = [self._read(body.own, folders, known)[0]]
        for piece in body.pieces:
            leads = known.pieces.get(piece)
            if leads is None:
                leads, anywhere = self._read(piece.body, folders, known)
                if anywhere:
                    known.pieces[piece] = leads
            found.append(leads)
        paths, places, anchors, needs = zip(*found, strict=True)
        whole = Leads(*(frozenset().union(*sets) for sets in (paths, places, anchors, needs)))
        if whole.paths.difference(files) or whole.needs - whole.anchors:
            raise self._nowhere(path, body, whole, files)
        return whole

    def _read(self, markup: bytes, folders: tuple[str, ...], known: _Folder) -> tuple[Leads, bool]:
        """Where a stretch of markup leads, and whether it does so from any page of the folder."""
        text = markup.replace(b"\n", b" ")
        paths: set[str] = set()
        places: set[tuple[str, str]] = set()
        needs: set[str] = set()
        anywhere = True
        for written in set().union(*(carrier.findall(text) for carrier in _CARRIERS)):
            if written in known.links:
                target = known.links[written]
            else:
                target = _target(written, folders, self._home)
                if written.startswith(_UP) or target is None:
                    known.links[written] = target
                elif target[0]:
                    anywhere = False
            if target is None:
                continue
            file, anchor = target
            if file:
                paths.add(file)
            if anchor and file:
                places.add(target)
            elif anchor:
                needs.add(anchor)
        anchors = frozenset([one.decode() for one in _PLACES.findall(text)])
        return Leads(frozenset(paths), frozenset(places), anchors, frozenset(needs)), anywhere

    def _nowhere(
        self, path: str, body: Body, leads: Leads, files: Collection[str]
    ) -> OperationFailed:
        """The error that names the first link of a page that leads nowhere, as it is written."""
        text = body.whole.replace(b"\n", b" ")
        for written in sorted(set().union(*(carrier.findall(text) for carrier in _CARRIERS))):
            file, anchor = _target(written, _folders(path), self._home) or (path, "")
            if (file not in files) if file else (anchor and anchor not in leads.anchors):
                return _broken(path, unescape(written.decode()))
        raise AssertionError(f"{path} leads somewhere")


def check_links(files: Mapping[str, bytes], *, home: str) -> None:
    """Raise for a link of a page that leads to no file or no anchor of the site.

    Raises: OperationFailed naming the page and where it leads.
    """
    links = Links(home)
    leads = {path: links.leads_of(path, plain(body), files) for path, body in files.items()}
    check_anchors(leads.items(), lambda path: leads[path].anchors)


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


def _folders(path: str) -> tuple[str, ...]:
    """The folder of a page, then each one above it, the root last; each with a slash but that."""
    parts = path.split("/")[:-1]
    return tuple("".join(f"{part}/" for part in parts[:end]) for end in range(len(parts), -1, -1))


def _target(written: bytes, folders: tuple[str, ...], home: bytes) -> _Target:
    if written.startswith(home):
        inside = _split(written.removeprefix(home).decode())
        return inside and (inside[0] or "index.html", inside[1])
    ups = 0
    while written.startswith(_UP, ups * len(_UP)):
        ups += 1
    found = _split(written[ups * len(_UP) :].decode())
    if found is None or not (found[0] or ups):
        return found
    if ups >= len(folders):
        return f"{_UP.decode() * (ups - len(folders) + 1)}{found[0]}", found[1]
    return folders[ups] + found[0], found[1]


@lru_cache(maxsize=1 << 16)
def _split(link: str) -> _Target:
    """The path and the anchor of a link as an attribute writes it; None where it has a scheme."""
    plainly = _PLAIN.fullmatch(link)
    if plainly:
        return plainly[1], plainly[2] or ""
    parts = urlsplit(unescape(link))
    if parts.scheme or parts.netloc:
        return None
    place = unquote(parts.path)
    return posixpath.normpath(place) if place else "", parts.fragment
