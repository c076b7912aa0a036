"""The comments of a record file: those that can be kept, and those that stand in the way.

A comment is kept where it has a place of its own: above the first field of the
file, above an entry, at the end. Inside an entry it has none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from tracker.record.document import Document

__all__ = ["Comments", "comments_of"]

_MAY_BE = re.compile(r"(?:^|(?<=\s))#", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Comments:
    """Comment lines without their indentation.

    `above` by the index of the entry they stand above; `lost` are the lines,
    from 1, of comments that have no such place.
    """

    top: tuple[str, ...]
    above: Mapping[int, tuple[str, ...]]
    end: tuple[str, ...]
    lost: tuple[int, ...]


def comments_of(text: str, document: Document, section: str) -> Comments:
    """The comments of a file whose entries stand under `section`; line ends are line feeds."""
    lines = text.split("\n")
    found = _comment_lines(text)
    whole = {number for number in found if lines[number].lstrip().startswith("#")}
    starts = {
        document.line_of((section, index)) - 1: index
        for index in range(len(document.data[section]))
    }
    head = document.line_of((section,)) - 1
    top: list[str] = []
    end: list[str] = []
    above: defaultdict[int, list[str]] = defaultdict(list)
    lost: list[int] = []
    for number in sorted(found):
        below = number
        while below < len(lines) and (below in whole or not lines[below].strip()):
            below += 1
        words = lines[number].strip()
        if number not in whole:
            lost.append(number + 1)
        elif below == len(lines):
            end.append(words)
        elif below in starts:
            above[starts[below]].append(words)
        elif below == head or lines[below].startswith(f"{section}:"):
            top.append(words)
        else:
            lost.append(number + 1)
    kept = {index: tuple(words) for index, words in above.items()}
    return Comments(tuple(top), kept, tuple(end), tuple(lost))


def _comment_lines(text: str) -> set[int]:
    """The lines, from 0, on which a comment begins. Raises: yaml.YAMLError."""
    places = [match.start() for match in _MAY_BE.finditer(text)]
    if not places:
        return set()
    inside: list[tuple[int, int]] = []
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        if isinstance(token, yaml.ScalarToken):
            start = token.start_mark.index
            if token.style in {"|", ">"}:
                # What follows the sign of a block on its own line may be a comment.
                start = text.find("\n", start)
            inside.append((start, token.end_mark.index))
    return {
        text.count("\n", 0, place)
        for place in places
        if not any(start <= place < end for start, end in inside)
    }
