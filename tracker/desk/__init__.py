"""The editor's desk in a terminal: `tracker review` without an action.

The only package that knows Textual. It is handed a `tracker.review.desk.ReviewDesk` and
knows nothing of ledgers; what feeds said reaches the screen through `marks` alone.
"""

from tracker.desk.terminal import run_desk

__all__ = ["run_desk"]
