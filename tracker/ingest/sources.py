"""The list of feeds in `db/sources.toml`: its shape and its strict reader.

Owns what a source is. It opens no connection and knows nothing of polls.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tracker.errors import BadInput

__all__ = [
    "KINDS",
    "LANGUAGES",
    "MIN_INTERVAL_S",
    "SEEN",
    "Source",
    "checked",
    "read_sources",
    "source_on_trial",
    "sources_in",
    "url_problem",
]

MIN_INTERVAL_S = 300
"""No source is asked more often than this, in seconds."""

_MAX_FILE = 8_000_000  # ten thousand feeds with a note each
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_URL = re.compile(r"[A-Za-z0-9%/:?#@!$&'()*+,;=~._-]+")
_COUNTRY = re.compile(r"[A-Z]{2}|INT")
LANGUAGES = ("en", "es", "fr", "und")
"""The languages a feed may be in; `und` where that is not known."""

KINDS = ("feed", "federal-register", "json-feed", "json-api")
"""How an answer is read: RSS or Atom of any dialect, or one of three shapes of JSON."""

SEEN = ("", "capture", "listed", "derived")
"""How far an address is known to work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One feed that is polled.

    `url` is absolute http or https without credentials. `language` is en, es
    or fr, und where it is not known; `country` is the publisher's ISO 3166-1
    alpha-2, INT where it has none, ZZ where it is not known. `official` marks a
    government's own publication. `interval_s` are seconds between polls. `note`
    holds its quirks for people. `kind` is how its answer is read, one of KINDS;
    `seen` is how far its address is known to work: in captures of what it served
    (`capture`), by somebody else's word (`listed`), or made after the pattern of
    one that is listed (`derived`); empty says nothing.
    """

    id: str
    url: str
    title: str
    publisher: str
    language: str
    country: str
    official: bool
    interval_s: int
    note: str = ""
    enabled: bool = True
    kind: str = "feed"
    seen: str = ""

    @property
    def spoken(self) -> str | None:
        """The language its items are said to be in, None where that is not known."""
        return None if self.language == "und" else self.language


def _problem(name: str, value: Any) -> str | None:
    """What is wrong with one field and what to do, None if it is well."""
    if name in {"official", "enabled"}:
        return None if isinstance(value, bool) else "write true or false without quotes"
    if name == "interval_s":
        whole = isinstance(value, int) and not isinstance(value, bool)
        if whole and value >= MIN_INTERVAL_S:
            return None
        return f"write whole seconds, {MIN_INTERVAL_S} or more"
    if not isinstance(value, str):
        return "write text in quotes"
    if name not in {"note", "seen"} and (not value.strip() or "\n" in value):
        return "write one line that is not empty"
    return _text_problem(name, value)


def _text_problem(name: str, value: str) -> str | None:
    """The same for the fields of text that have a form of their own."""
    if name == "id" and not _ID.fullmatch(value):
        return "use lower-case letters, digits and single hyphens, like `cbp-newsroom`"
    known = {"language": LANGUAGES, "kind": KINDS, "seen": SEEN}.get(name)
    if known is not None and value not in known:
        return f"write one of {', '.join(filter(None, known))}"
    if name == "country" and not _COUNTRY.fullmatch(value):
        return "write two capital letters (ISO 3166-1), INT for none, ZZ for not known"
    return url_problem(value) if name == "url" else None


def url_problem(url: str) -> str | None:
    """What is wrong with a feed's address, None if it is well."""
    if not _URL.fullmatch(url):
        return "percent-encode brackets, quotes, spaces and letters with accents ([ is %5B)"
    try:
        parts = urlsplit(url)
        port_is_one = parts.port is None or parts.port > 0
    except ValueError:
        port_is_one = False
    if not port_is_one:
        return "write a port between 1 and 65535, or none"
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return "start the address with https:// or http:// and a host"
    if "@" in parts.netloc:
        return "leave the user name and password out: feeds are public"
    return None


def checked(where: str, table: Any) -> Source:
    """One `[[source]]` table as a source; `where` begins the message about a mistake.

    Raises: BadInput for an unknown, missing or unusable field.
    """
    if not isinstance(table, Mapping):
        raise BadInput(f"{where} is not a table", "Start each source with a line [[source]]")
    known = {field.name: field for field in fields(Source)}
    for name in table:
        if name not in known:
            raise BadInput(f"{where}: the field {name!r} is not known", f"Use {', '.join(known)}")
    for name, field in known.items():
        if name not in table:
            if field.default is MISSING:
                raise BadInput(f"{where}: the field {name!r} is missing", "Add it")
            continue
        problem = _problem(name, table[name])
        if problem:
            # An address that may hold a password is not repeated.
            secret = name == "url" and "@" in str(table[name])
            shown = "url = (not shown)" if secret else f"{name} = {table[name]!r}"
            raise BadInput(f"{where}: {shown} cannot be used", f"Here, {problem}")
    return Source(**table)


def source_on_trial(url: str, kind: str = "feed") -> Source:
    """A source for an address that is not on the list. Raises: BadInput if it cannot be one."""
    problem = url_problem(url)
    if problem:
        # The address is not repeated: it may hold a password.
        raise BadInput("the address cannot be that of a feed", f"Here, {problem}")
    return Source(
        id="on-trial",
        url=url,
        title="",
        publisher="",
        language="en",
        country="INT",
        official=False,
        interval_s=MIN_INTERVAL_S,
        kind=kind,
    )


def _data(path: Path) -> bytes:
    """The bytes of a file, read with care."""
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_FILE + 1)
    except OSError as error:
        raise BadInput(
            f"{path} cannot be read ({error.strerror})",
            "Name a file of sources that exists and that you may read",
        ) from error
    if len(data) > _MAX_FILE:
        raise BadInput(f"{path} is larger than {_MAX_FILE} bytes", "Name a file of sources")
    return data


def _document(data: bytes, path: Path) -> dict[str, Any]:
    """The TOML in the bytes of a file."""
    try:
        return tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not UTF-8 (byte {error.start})", "Save it as UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInput(f"{path} is not TOML: {error}", "Mend the line it names") from error


def read_sources(path: Path) -> tuple[Source, ...]:
    """The sources of a TOML file in the order of the file, disabled ones too.

    Raises: BadInput naming the file, the source, the field and what to do: a
    file that cannot be read or is no TOML, an unknown, missing or unusable
    field, an id or an address used twice, no source at all.
    """
    found = sources_in(_data(path), path)
    if not found:
        raise BadInput(f"{path} holds no source", "Start each source with a line [[source]]")
    return found


def sources_in(data: bytes, path: Path) -> tuple[Source, ...]:
    """The sources in the bytes of the file `path`, none or more. Raises: as `read_sources`."""
    document = _document(data, path)
    for name in document:
        if name != "source":
            raise BadInput(f"{path}: {name!r} is not known", "Start each source with [[source]]")
    tables = document.get("source", [])
    if not isinstance(tables, list):
        raise BadInput(f"{path} holds no source", "Start each source with a line [[source]]")
    found: list[Source] = []
    ids: dict[str, int] = {}
    urls: dict[str, str] = {}
    for number, table in enumerate(tables, 1):
        label = table.get("id") if isinstance(table, Mapping) else None
        source = checked(f"{path}: source {number} ({label or 'without id'})", table)
        where = f"{path}: source {number}"
        if source.id in ids:
            raise BadInput(
                f"{where}: the id {source.id!r} is that of source {ids[source.id]} too",
                "Give each source an id of its own",
            )
        if source.url in urls:
            raise BadInput(
                f"{where} ({source.id}): the address is that of {urls[source.url]} too",
                "Keep one of the two",
            )
        ids[source.id] = number
        urls[source.url] = source.id
        found.append(source)
    return tuple(found)
