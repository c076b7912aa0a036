"""What a site is given to be taken along: tables as files, with what is in them. Types only."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ColumnOffer", "FileOffer", "TableOffer", "Vocabulary"]


@dataclass(frozen=True, slots=True)
class FileOffer:
    """A file: path from the root of the site, format as people say it, bytes, SHA-256 in hex."""

    path: str
    form: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed vocabulary: its name, what it is of (in English), its words."""

    name: str
    about: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColumnOffer:
    """A column. `sort` as `record.columns.Sort`; `empty`: it may be; `meaning` is in English."""

    name: str
    sort: str
    empty: bool
    meaning: str
    words: Vocabulary | None = None


@dataclass(frozen=True, slots=True)
class TableOffer:
    """A table; `about` says in English what a row of it is."""

    name: str
    about: str
    rows: int
    columns: tuple[ColumnOffer, ...]
    files: tuple[FileOffer, ...]
