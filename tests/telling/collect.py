"""Collect the sentences of the code; run it to add new ones, empty, to the catalogues.

`python -m tests.telling.collect`
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from tracker.config import shipped
from tracker.telling.catalogues import KEYWORDS, read_catalogue
from tracker.telling.language import LANGUAGES

FOLDER = shipped("templates/locale")
TRANSLATED = tuple(code for code in LANGUAGES if code != "en")
PACKAGE = Path(__file__).resolve().parents[2] / "tracker"
TEMPLATES = shipped("templates")
WAYS = ((PACKAGE, "**.py", "python"), (TEMPLATES, "**.html", "jinja2"))


def collected() -> Catalog:
    """Every sentence of the code and of the site's templates, without translations."""
    found = Catalog(fuzzy=False)
    for folder, names, how in WAYS:
        options = {names: {"trimmed": "false", "silent": "false"}} if how == "jinja2" else {}
        for _, _, sentence, _, context in extract_from_dir(
            folder, [(names, how)], options, keywords=KEYWORDS
        ):
            # A context is a word or two, in small letters. The log says things, too, without one.
            if context and context.islower():
                found.add(sentence, context=context)
    return found


def main() -> None:
    """Add what is new to each catalogue and drop what is no longer said."""
    for code in TRANSLATED:
        held = read_catalogue(FOLDER, code)
        kept = Catalog(
            locale=code,
            header_comment=held.header_comment,
            project="tracker",
            version="1",
            msgid_bugs_address="",
            last_translator="",
            language_team="",
            creation_date=held.creation_date,
            revision_date=held.creation_date,
            fuzzy=False,
        )
        for message in collected():
            if message.id:
                old = held.get(_one(message.id), message.context)
                same = old is not None and old.pluralizable == message.pluralizable
                kept.add(message.id, old.string if old and same else "", context=message.context)
        out = BytesIO()
        write_po(out, kept, width=0, sort_output=True)
        (FOLDER / code / "LC_MESSAGES" / "tracker.po").write_bytes(out.getvalue())


def _one(sentence: str | tuple[str, ...] | list[str]) -> str:
    return sentence if isinstance(sentence, str) else sentence[0]


if __name__ == "__main__":
    main()
