"""The curated record: reading its files, checking them, planning what to append."""
