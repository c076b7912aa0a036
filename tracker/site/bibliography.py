"""A reference to a page as bibliographies take it: BibTeX and CSL-JSON.

Owns the two formats and what has to be spelt otherwise in them; what is cited
and in which words is `citing`. Knows nothing of pages.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

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
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
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
    fields = [("author", f"{{{_tex(one.author)}}}"), ("title", f"{{{_tex(one.title)}}}")]
    if one.issued is not None:
        fields += [("year", str(one.issued.year)), ("month", _MONTHS[one.issued.month - 1])]
    fields.append(
        ("howpublished", _tex(one.container if one.url else f"{one.container}, {one.place}"))
    )
    if one.url:
        # As it is: styles print it through \url, which takes every character but braces.
        fields.append(("url", clean(one.url).replace("{", "%7B").replace("}", "%7D")))
    fields += [("note", _tex(one.note)), ("langid", _LANGUAGES.get(one.lang, one.lang))]
    lines = [
        f"  {name} = {value if name == 'month' else '{' + value + '}'}," for name, value in fields
    ]
    return "\n".join([f"@misc{{{one.key},", *lines, "}"])


_LANGUAGES = {"en": "english", "es": "spanish", "fr": "french"}
"""What Babel of LaTeX calls them."""


def csl_json(one: Reference) -> str:
    """The reference as CSL-JSON: an array with one item, one field a line."""
    item: dict[str, Any] = {
        "id": one.key,
        "type": "webpage",
        "title": clean(one.title),
        "author": [{"literal": clean(one.author)}],
        "container-title": clean(one.container),
    }
    if one.issued is not None:
        day = one.issued
        item["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
    if one.url:
        item["URL"] = clean(one.url)
        item["note"] = clean(one.note)
    else:
        item["note"] = clean(f"{one.note}, {one.place}")
    item["language"] = one.lang
    lines = (f' "{name}": {json.dumps(value, ensure_ascii=False)}' for name, value in item.items())
    return "[{\n" + ",\n".join(lines) + "\n}]"


def _tex(text: str) -> str:
    """Plain text on one line as TeX prints it."""
    return _SPECIAL.sub(
        lambda found: _SPELT[found.group()], _BLANKS.sub(" ", clean(text)).strip(" ")
    )
