"""The figures themselves, against counts made by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tracker.extract import Extraction
from tracker.extract.scores import Counts, Label, bcubed, score


def test_f1_of_counts() -> None:
    counts = Counts(right=6, wrong=2, missed=4)
    assert (counts.precision, counts.recall) == (0.75, 0.6)
    assert counts.f1 == pytest.approx(2 * 0.75 * 0.6 / 1.35)
    assert Counts().f1 is None
    assert Counts(missed=3).f1 == 0


def test_b_cubed_by_hand() -> None:
    # Said {a, b, c} and {d}; meant {a, b} and {c, d}.
    found = bcubed(["x", "x", "y", "y"], ["1", "1", "1", "2"])
    assert found is not None
    precision, recall, f1 = found
    assert precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert recall == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)
    assert f1 == pytest.approx(2 * precision * recall / (precision + recall))
    assert bcubed([], []) is None


def test_accepted_kinds_tolerance_and_ambiguous_items() -> None:
    labels = [
        Label("1", "en", True, kinds=("pause", "exemption"), until_date=date(2025, 3, 3),
              until_computed=True, rate_pct=Decimal("25.0")),
        Label("2", "en", True, kinds=("statement",), targets=frozenset({"CA", "MX"})),
        Label("3", "en", False),
        Label("4", "en", False, ambiguous=True),
    ]  # fmt: skip
    said = [
        Extraction("1", True, 0.9, "exemption", until_date=date(2025, 3, 5), rate_pct=Decimal(25)),
        Extraction("2", True, 0.9, "threat", targets=("CA", "CN")),
        Extraction("3", True, 0.9, "call"),
        Extraction("4", True, 0.9, "call"),
    ]
    found = score(labels, said)
    assert found.items == 3
    assert found.relevance == Counts(2, 1, 0)
    assert found.kind_micro == Counts(1, 1, 1)
    assert found.kind_macro == 0.5
    assert found.slots["until_date"] == Counts(1, 0, 0)
    assert found.slots["rate_pct"] == Counts(1, 0, 0)
    assert found.slots["targets"] == Counts(1, 1, 1)
    assert found.confusion == {("pause", "pause"): 1, ("statement", "threat"): 1}
