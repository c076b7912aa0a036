"""What goes into a site and what a planned page is. Types only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tracker.core.bearing import Bearing, Mark
from tracker.core.corrections import Amendment
from tracker.core.edits import Edit
from tracker.core.entries import Head
from tracker.core.world import World
from tracker.site.offers import TableOffer
from tracker.site.unconfirmed import DraftOffer

__all__ = ["Late", "Page", "SiteInputs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteInputs:
    """Everything a site is a function of.

    `today` is the policy day (America/New_York) the site is made for. `base_url`
    makes links absolute where a reader has no page to start from (Atom, the page
    for a missing address); None keeps them relative. `feeds` pairs source ids
    with their titles. `amendments` are the corrections of the ledger, oldest
    first; `edits` are those of items of feeds, oldest first; `drafts` wait for an
    editor, the weightiest first. `documents` are texts in
    Markdown, in English, that a page shows where they are there: `accuracy` and
    `verification`. `bearing` says which entry of the ledger each page names as the
    last it rests on; empty: all name the head. `tables` are offered as files that
    come from elsewhere, `proofs` are the paths of those that prove what the ledger
    held, `archive` says whether the whole site is offered as one file.
    """

    world: World
    today: date
    version: str
    base_url: str | None = None
    feeds: tuple[tuple[str, str], ...] = ()
    amendments: tuple[Amendment, ...] = ()
    edits: tuple[Edit, ...] = ()
    drafts: tuple[DraftOffer, ...] = ()
    documents: Mapping[str, str] = field(default_factory=dict)
    bearing: Bearing = field(default_factory=Bearing)
    tables: tuple[TableOffer, ...] = ()
    proofs: tuple[str, ...] = ()
    archive: bool = False

    @property
    def generated_for(self) -> Head:
        """How far the ledger reached."""
        return self.world.head

    @property
    def head(self) -> Mark:
        """The same as a mark, with the instant where the bearing knows it."""
        head, last = self.world.head, self.bearing.record
        known = last.recorded_at if last and last.position == head.position else None
        return Mark(head.position, head.hash, known)


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site, planned.

    `path` is from the root, with `/`. `template` names a template ending in
    `.html`, or is `json` (context: `document`), `json list` (`name`, `items`),
    `script` (`name`, `document`), `atom` (`feed`), `ical` (`calendar`) or
    `static` (`source`, a path below the templates folder). `context`
    is data only: nothing in it reads a file, a clock or the network. `lang` is
    the language of the words that the template itself says.
    """

    path: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class Late:
    """A page of which only the path is planned so far: most are the same as at the last build.

    `make` is called with an edition and `given` when the page has to be made. It is
    a function of a module, and looks at nothing but these and what the edition
    answers: the page is made again when `given` compares otherwise than before, or
    something that was looked at through the edition does.
    """

    path: str
    make: Callable[..., Page]
    given: tuple[Any, ...] = ()
