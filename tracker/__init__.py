"""Tracker: the record of trade policy between the United States, Canada and Mexico.

What happened lives in an append-only ledger; the policy state of any day, the
difference between two days and the site are computed from it.
"""

__version__ = "0.1.0"
