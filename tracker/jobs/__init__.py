"""The work of polling shared among machines, through a job queue in PostgreSQL.

The only importer of procrastinate and psycopg. It knows names of feeds and of
their hosts and is handed what to do with one; what a poll is it does not know.
Losing the queue costs a tick, not a fact: what is due stands in the ledger's
database beside it.
"""
