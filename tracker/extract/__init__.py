"""From report to facts: what an item of a feed says, and which items tell the same story.

The public face of this room: `Item` in, `Extraction` out by `extract`, groups by
`cluster`, and the events of the record an item reports by `attach`. Pure
functions over text: no clock, no network, and of the disk only the model that
ships. These names and the fields of their types only grow.
"""

from __future__ import annotations

from tracker.extract.attach import Attachment, attach
from tracker.extract.clusters import cluster
from tracker.extract.fitted import extract, shipped_extractor
from tracker.extract.items import KINDS, NONE, SLOTS, Extraction, Extractor, Item, Span

__all__ = [
    "KINDS",
    "NONE",
    "SLOTS",
    "Attachment",
    "Extraction",
    "Extractor",
    "Item",
    "Span",
    "attach",
    "cluster",
    "extract",
    "shipped_extractor",
]
