"""Catalogues of sentences: from the text files translators edit to what `gettext` looks up.

Owns where a catalogue stands and how it is read. Only the text is kept, so no
compiled copy can fall behind it.
"""

from __future__ import annotations

from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from tracker.errors import OperationFailed

__all__ = ["KEYWORDS", "read_catalogue", "translations"]

KEYWORDS = {
    "say": ((1, "c"), 2),
    "say_count": ((1, "c"), 2, 3),
    "forms": ((1, "c"), 2, 3),
    "marked": ((1, "c"), 2),
}
"""The calls that hold sentences, for Babel's extractor: context, sentence, plural."""


def read_catalogue(folder: Path, code: str) -> Catalog:
    """The catalogue of a language as its translators see it.

    Raises: OperationFailed if the file is missing or does not read.
    """
    place = folder / code / "LC_MESSAGES" / "tracker.po"
    try:
        with place.open("rb") as file:
            return read_po(file, locale=code, abort_invalid=True)
    except (OSError, UnicodeDecodeError, PoFileError) as error:
        raise OperationFailed(
            f"the sentences of language {code} could not be read from {place}: {error}",
            "Install the package again",
        ) from error


def translations(folder: Path, code: str) -> GNUTranslations:
    """What `gettext` looks a sentence up in. Raises: OperationFailed as `read_catalogue`."""
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(folder, code))
    compiled.seek(0)
    return GNUTranslations(compiled)
