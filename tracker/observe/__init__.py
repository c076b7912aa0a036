"""How a running tracker is seen from outside: its log, its metrics, its health.

Owns the words of the log, the names of the metrics and what counts as stuck.
It is told what happened and asks nobody; it reads no clock and no database.
"""
