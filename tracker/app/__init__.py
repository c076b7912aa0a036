"""The composition root: settings and a clock on one side, the rooms on the other.

Owns how the rooms meet and nothing of what they do. Every command of the
command line and every job of the schedule is one method here: `workspace` has
the database, `asking` the world, `keeping` the record and the ledger, `polling`
the feeds, `evidencing` what they served, `sharing` the polling of many machines,
`editing` the review, `publishing` the site, `alerting` what people are told,
`watching` what is seen of it from outside. A room is entered where it is used, so
that a question to the ledger does not have to load what reads the web or writes pages.
"""

from __future__ import annotations

from tracker.app.alerting import Alerting
from tracker.app.evidencing import Evidencing
from tracker.app.keeping import Loaded
from tracker.app.publishing import Publishing
from tracker.app.watching import Watching

__all__ = ["App", "Loaded"]


class App(Publishing, Watching, Evidencing, Alerting):
    """Everything a user can ask for, on one workspace."""
