"""Benchmarks: synthetic worlds of any size, and what the tracker takes to answer from them.

Run one as `python -m tests.bench.point`, all as `python -m tests.bench`.
"""
