"""Ingest: feeds in, ledger drafts out. It knows the outside world and nothing of the store."""
