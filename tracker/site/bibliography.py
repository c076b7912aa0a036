"""A reference to a page as bibliographies take it: BibTeX and CSL-JSON.

Owns the two formats and what has to be spelt otherwise in them; what is cited
and in which words is `citing`. Knows nothing of pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import msgspec

from tracker.site.text import clean

__all__ = ["Reference", "bibtex", "csl_json"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# What TeX takes for an instruction, as what it prints instead.
_SPELT = {
    "\\": r"\textbackslash{}",
    # BibTeX counts every brace, those that TeX would print too.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
# All but a single blank, which may stay as it is.
_BLANKS = re.compile(r"[ \t\r\n\f\v]{2,}|[\t\r\n\f\v]")
_SPECIAL = re.compile("[" + re.escape("".join(_SPELT)) + "]")


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing to cite. `key` holds letters, digits, dots and hyphens alone.

    `issued` is the UTC day on which the record held it as it reads, None where
    that is not known. `url` is absolute; empty where the site does not know its
    own address, and then `place` says where on the site it is.
    """

    key: str
    author: str
    title: str
    container: str
    note: str
    lang: str
    place: str
    url: str = ""
    issued: date | None = None


def bibtex(one: Reference) -> str:
    """The reference as an entry of a `.bib` file in UTF-8, ending without a line feed.

    `@misc`, because every style knows it. Double braces keep a title's capitals
    and an institution's name in one piece.
    """
    author, container = _tex_kept(one.author), _tex_kept(one.container)
    lines = [f"@misc{{{one.key},", f"  author = {{{{{author}}}}},"]
    lines.append(f"  title = {{{{{_tex(one.title)}}}}},")
    if one.issued is not None:
        lines.append(f"  year = {{{one.issued.year}}},")
        lines.append(f"  month = {_MONTHS[one.issued.month - 1]},")
    if one.url:
        # As it is: styles print it through \url, which takes every character but braces.
        url = clean(one.url).replace("{", "%7B").replace("}", "%7D")
        lines += [f"  howpublished = {{{container}}},", f"  url = {{{url}}},"]
    else:
        lines.append(f"  howpublished = {{{container}, {_tex(one.place)}}},")
    lines.append(f"  note = {{{_tex(one.note)}}},")
    lines.append(f"  langid = {{{_LANGUAGES.get(one.lang, one.lang)}}},")
    return "\n".join([*lines, "}"])


_LANGUAGES = {"en": "english", "es": "spanish", "fr": "french"}
"""What Babel of LaTeX calls them."""


def csl_json(one: Reference) -> str:
    """The reference as CSL-JSON: an array with one item, one field a line."""
    lines = [
        f' "id": {_quoted(one.key)}',
        ' "type": "webpage"',
        f' "title": {_quoted(one.title)}',
        f' "author": [{{"literal": {_quoted(one.author)}}}]',
        f' "container-title": {_quoted(one.container)}',
    ]
    if one.issued is not None:
        day = one.issued
        lines.append(f' "issued": {{"date-parts": [[{day.year}, {day.month}, {day.day}]]}}')
    if one.url:
        lines.append(f' "URL": {_quoted(one.url)}')
        lines.append(f' "note": {_quoted(one.note)}')
    else:
        lines.append(f' "note": {_quoted(f"{one.note}, {one.place}")}')
    lines.append(f' "language": {_quoted(one.lang)}')
    return "[{\n" + ",\n".join(lines) + "\n}]"


def _quoted(text: str) -> str:
    """A text as JSON writes it, nothing but what must be in escapes."""
    return msgspec.json.encode(clean(text)).decode()


def _tex(text: str) -> str:
    """Plain text on one line as TeX prints it."""
    line = _BLANKS.sub(" ", clean(text)).strip(" ")
    return _SPECIAL.sub(lambda found: _SPELT[found.group()], line)


@lru_cache(maxsize=64)
def _tex_kept(text: str) -> str:
    """As `_tex`, of what stands in every reference."""
    return _tex(text)
