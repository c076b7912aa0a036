"""From an address to a source: what is said of it, what it says of itself, what is not known. Pure.

Owns how the fields nobody named are filled, without passing off as known what
is not. It opens no connection and writes no file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from tracker.errors import BadInput
from tracker.ingest.lists import fitted_url, id_for, same_address
from tracker.ingest.opml import Outline
from tracker.ingest.sources import Source, checked
from tracker.ingest.trial import Trial

__all__ = ["Imported", "Wish", "listed_as", "source_of", "sources_of"]

_INTERVAL_S = 1_800
# Names that only a government's own offices bear; anybody may take most others.
_COUNTRIES = {".gov": "US", ".mil": "US", ".gc.ca": "CA", ".gob.mx": "MX"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody says of a feed to be added; None where nothing is said."""

    url: str
    kind: str = "feed"
    id: str | None = None
    title: str | None = None
    publisher: str | None = None
    language: str | None = None
    country: str | None = None
    official: bool = False
    interval_s: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What a list of feeds came to: sources to add, and those already there with their ids."""

    new: tuple[Source, ...]
    known: tuple[tuple[str, str], ...]


def listed_as(url: str, sources: Sequence[Source]) -> Source | None:
    """The source that asks this address already, however it is spelled; None if none does."""
    wanted = same_address(url)
    return next((one for one in sources if same_address(one.url) == wanted), None)


def source_of(wish: Wish, trial: Trial | None, listed: Sequence[Source]) -> Source:
    """The source to put on the list beside those `listed`, where what nobody named is filled in.

    The title is the feed's own; the publisher is the host until somebody names
    it; language and country are `und` and ZZ where neither the feed nor the name of
    a government's host tells.

    Raises: BadInput for a field that cannot be used, an id or an address that
    is on a list already.
    """
    moved = None if trial is None else trial.moved_to
    url = fitted_url(moved or wish.url)
    known = listed_as(url, listed)
    if known is not None:
        raise BadInput(
            f"the address is on the list already, as {known.id}", "`tracker sources` lists them"
        )
    ids = {one.id for one in listed}
    if wish.id in ids:
        raise BadInput(f"the id {wish.id!r} is that of another source", "Choose another --id")
    host = urlsplit(url).hostname or ""
    spoken = trial.language if trial is not None else None
    return checked(
        "the source to add",
        {
            "id": wish.id or id_for(url, ids),
            "url": url,
            "title": wish.title or (trial.title if trial is not None else "") or host,
            "publisher": wish.publisher or host,
            "language": wish.language or spoken or "und",
            "country": wish.country or _country(host),
            "official": wish.official,
            "interval_s": _INTERVAL_S if wish.interval_s is None else wish.interval_s,
            "note": wish.note,
            "kind": wish.kind,
        },
    )


def _country(host: str) -> str:
    """The country a host's name tells for certain, else ZZ."""
    return next((code for end, code in _COUNTRIES.items() if host.endswith(end)), "ZZ")


def sources_of(outlines: Sequence[Outline], listed: Sequence[Source]) -> Imported:
    """The sources to add for the feeds of another list; each address once, the first counts."""
    addresses = {same_address(one.url): one.id for one in listed}
    ids = {one.id for one in listed}
    new: list[Source] = []
    known: list[tuple[str, str]] = []
    for outline in outlines:
        place = same_address(outline.url)
        if place in addresses:
            known.append((outline.url, addresses[place]))
            continue
        wish = Wish(
            url=outline.url,
            kind=outline.kind,
            id=id_for(outline.url, ids),
            title=outline.title,
            language=outline.language,
        )
        source = source_of(wish, None, ())
        new.append(source)
        addresses[place] = source.id
        ids.add(source.id)
    return Imported(tuple(new), tuple(known))
