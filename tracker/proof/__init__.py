"""The room that proves: signed checkpoints of the ledger, and proofs checked without it.

Owns the formats and the rules of checking. `desk` works on a ledger that is
handed to it; `check` needs nothing but the bytes of a file. It knows neither
database nor workspace, and reads no clock: the same ledger gives the same bytes.
"""
