"""The pure centre: what events, measures, policy state and diffs are.

Standard library and msgspec only. Nothing here reads a clock, a file, a
network or a database; the same arguments always give the same answer.
"""
