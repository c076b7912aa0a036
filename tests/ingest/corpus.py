"""Somebody else's collection of feeds through the whole reading path, without a crash or a hang.

    python -m tests.ingest.corpus FOLDER

Reads every file under FOLDER in a process apart, then once more with what was
held of it. Prints how many came to what; status 1 if one crashed the reader,
was too slow, met a bug of ours, or read otherwise the second time. Such a
collection stands, for instance, in the folder `tests` of feedparser's sdist.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from tests.ingest.material import source
from tracker.core.codec import sha256
from tracker.errors import SourceFailed
from tracker.ingest.apart import Readers
from tracker.ingest.reading import Read
from tracker.ingest.shapes import Parsed

__all__ = ["outcome"]

BAD = frozenset({"internal", "too_slow", "crashed", "differs"})


def outcome(reader: Read, body: bytes) -> str:
    """What a body comes to, in a word; `differs` where holding what was read changes the answer."""
    try:
        whole = _read(reader, body, None)
        again = _read(reader, body, whole.held)
    except SourceFailed as error:
        ended = "ended the process" in error.message
        return "crashed" if ended else error.kind
    same = (again.problems, again.title, again.items, again.held) == (
        whole.problems,
        whole.title,
        whole.items,
        whole.held,
    )
    # Where it is not certain what is new, all of it is answered again.
    if not same or again.reports not in ((), whole.reports):
        return "differs"
    return "items" if whole.reports else "no items"


def _read(reader: Read, body: bytes, held: bytes | None) -> Parsed:
    return reader(
        body, media_type="", charset=None, source=source(), evidence=sha256(body), held=held
    )


def main() -> int:
    """Read all of a folder; status 1 if one of its files is dangerous."""
    counts: Counter[str] = Counter()
    with Readers(2) as readers:
        for file in sorted(path for path in Path(sys.argv[1]).rglob("*") if path.is_file()):
            found = outcome(readers, file.read_bytes())
            counts[found] += 1
            if found in BAD:
                print(f"{found}: {file}")
    print(f"{counts.total()} files: {dict(counts.most_common())}")
    return 1 if BAD & counts.keys() else 0


if __name__ == "__main__":
    sys.exit(main())
