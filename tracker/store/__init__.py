"""The ledger and the operational tables beside it. The only room that knows SQL."""
