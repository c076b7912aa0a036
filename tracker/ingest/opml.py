"""Lists of feeds as OPML, the form in which feed readers hand them to each other.

Owns the reading of such a file, which is anybody's and may be hostile, and the
writing of one. The only importer of defusedxml: it reads no document type, so
that no entity grows and nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET  # for writing; defusedxml reads

from defusedxml import ElementTree as Defused
from defusedxml.common import DefusedXmlException

from tracker.errors import BadInput
from tracker.ingest.lists import fitted_url
from tracker.ingest.sources import KINDS, LANGUAGES, Source, url_problem
from tracker.ingest.text import MAX_TITLE, plain_text

__all__ = ["MAX_BYTES", "Outline", "Skipped", "opml_of", "read_opml"]

MAX_BYTES = 20_000_000
"""A larger file is no list of feeds."""

_MAX_OUTLINES = 50_000


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of an OPML file. `language` is one of LANGUAGES, `kind` one of KINDS."""

    url: str
    title: str
    language: str
    kind: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """An outline that is no feed we can ask: what it is called, in plain text, and why."""

    title: str
    why: str


def read_opml(data: bytes, name: str) -> tuple[tuple[Outline, ...], tuple[Skipped, ...]]:
    """The feeds of an OPML file in its order, however deep they are nested, and what was skipped.

    Folders are no entries. `name` is what the file goes by in messages.
    Raises: BadInput for what is no OPML, is too large, or declares a document
    type or entities.
    """
    if len(data) > MAX_BYTES:
        raise BadInput(f"{name} is larger than {MAX_BYTES} bytes", "Name a list of feeds")
    try:
        root = Defused.fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise BadInput(
            f"{name} declares a document type or entities, which a list of feeds has no need of",
            "Take the <!DOCTYPE ...> out of it",
        ) from error
    except (ET.ParseError, ValueError, LookupError) as error:
        raise BadInput(
            f"{name} is no XML ({plain_text(str(error), 100)})", "Name a file in OPML"
        ) from error
    if root.tag.lower() != "opml":
        raise BadInput(f"{name} is XML, but no OPML", "Its first element has to be <opml>")
    found: list[Outline] = []
    skipped: list[Skipped] = []
    for number, outline in enumerate(root.iter("outline")):
        if number >= _MAX_OUTLINES:
            raise BadInput(f"{name} holds more than {_MAX_OUTLINES} entries", "Cut it in parts")
        one = _outline(outline)
        if isinstance(one, Outline):
            found.append(one)
        elif one is not None:
            skipped.append(one)
    return tuple(found), tuple(skipped)


def _outline(element: ET.Element) -> Outline | Skipped | None:
    """One outline: a feed, why it is none, or None for a folder."""
    given = {name.lower(): value for name, value in element.attrib.items()}
    title = plain_text(given.get("title") or given.get("text") or "", MAX_TITLE)
    raw = given.get("xmlurl", "").strip()
    if not raw:
        return None if len(element) else Skipped(title, "it has no xmlUrl")
    url = fitted_url(raw)
    problem = url_problem(url)
    if problem:
        return Skipped(title, f"its address cannot be used: {problem}")
    language = given.get("language", "").strip().lower()[:2]
    kind = given.get("type", "").strip().lower()
    return Outline(
        url,
        title,
        language if language in LANGUAGES else "und",
        kind if kind in KINDS else KINDS[0],
    )


def opml_of(sources: Iterable[Source], *, title: str) -> bytes:
    """The sources as an OPML 2.0 file in UTF-8, a folder for each country.

    What is no feed says by `type` how it is read; `read_opml` gives it back.
    """
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = title
    body = ET.SubElement(root, "body")
    by_country: dict[str, list[Source]] = {}
    for source in sources:
        by_country.setdefault(source.country, []).append(source)
    for country, group in by_country.items():
        folder = ET.SubElement(body, "outline", text=country)
        _put(folder, group)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _put(folder: ET.Element, sources: Sequence[Source]) -> None:
    for source in sources:
        # Plain text has none of the characters that XML cannot hold.
        title = plain_text(source.title, MAX_TITLE)
        attributes = {
            "type": "rss" if source.kind == KINDS[0] else source.kind,
            "text": title,
            "title": title,
            "xmlUrl": source.url,
        }
        if source.spoken:
            attributes["language"] = source.spoken
        ET.SubElement(folder, "outline", attributes)
