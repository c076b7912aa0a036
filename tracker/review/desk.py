"""What a desk may ask and do: the one face of the review that a terminal or a script needs.

Owns the types and the Protocol `ReviewDesk`; they are stable and only grow. `tracker review`
hands a desk to `tracker.desk.run_desk`, which needs Textual. The real one is
`tracker.app.reviewing.Reviewing`, one in memory with example data
`tests.review.examples.ExampleDesk`. Every text in here that came from a feed is
without control characters and otherwise as it was given: it is text, never markup.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol, TypeAlias

from tracker.review.views import (
    Claimed,
    Disagreement,
    Done,
    Exported,
    Mark,
    Opened,
    Preview,
    Proposal,
    QueueItem,
    Shift,
    SourceView,
    Standing,
)

__all__ = [
    "Claimed",
    "Disagreement",
    "Done",
    "Exported",
    "Mark",
    "Opened",
    "Preview",
    "Progress",
    "Proposal",
    "QueueItem",
    "ReviewDesk",
    "Shift",
    "SourceView",
    "Standing",
]


Progress: TypeAlias = Callable[[int, int], None]
"""Called with how many reports have been read and how many there are."""


class ReviewDesk(Protocol):
    """The review, on one ledger, for one editor.

    Every action is appended to the ledger under the editor's name; nothing is ever
    deleted. Actions raise AppendConflict, with a sentence that says who decided what
    meanwhile, if the candidate's version is not `version` any more: then call
    `refresh` and `open` again. They raise BadInput for what cannot be done at all
    (the message is for the editor) and UnknownName for an unknown candidate or event.
    All raise OperationFailed if the ledger cannot be read or written.
    """

    @property
    def editor(self) -> str:
        """The name that decisions are recorded under."""
        ...

    def refresh(self, progress: Progress | None = None) -> None:
        """Read the ledger again, with every report; may take seconds, so call it in a thread."""
        ...

    def queue(self, *, everything: bool = False) -> Sequence[QueueItem]:
        """Candidates that wait for a decision, most important first; `everything`: decided too."""
        ...

    def open(self, candidate: str) -> Opened:
        """One candidate with its sources, draft and what the draft would do."""
        ...

    def preview(self, candidate: str, text: str) -> Preview:
        """What an edited draft would be and do. Never raises for what the text says."""
        ...

    def accept(self, candidate: str, *, version: int, text: str | None = None) -> Done:
        """Take the draft (`text`: as edited) into the record. Raises: BadInput for a fault."""
        ...

    def amend(self, candidate: str, *, version: int, text: str) -> Done:
        """Keep an edited draft without accepting it. Raises: BadInput for a fault."""
        ...

    def merge(self, candidate: str, *, version: int, event: str) -> Done:
        """Say that the reports tell of an event that is in the record already."""
        ...

    def split(self, candidate: str, *, version: int, reports: Sequence[str]) -> Done:
        """Take those reports out, as a candidate of their own; some must be left behind.

        The answer's item is the new candidate.
        """
        ...

    def reject(self, candidate: str, *, version: int, why: str) -> Done:
        """Say that there is nothing in it for the record."""
        ...

    def postpone(self, candidate: str, *, version: int, until: date) -> Done:
        """Leave it out of the queue until that policy day, which must lie ahead."""
        ...

    def undo(self, candidate: str, *, version: int) -> Done:
        """Take back the last decision. An accepted event is retracted by a new entry.

        Raises: BadInput if there is none, or the event is in the record's files already.
        """
        ...
