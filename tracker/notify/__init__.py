"""Alerts: what is worth telling somebody, and telling it at most once."""
