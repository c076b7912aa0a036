"""The page of guarantees names tests that exist, and every test of faults stands on it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "guarantees.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", PAGE)))


def names_in(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {x.name for x in ast.walk(tree) if isinstance(x, ast.FunctionDef)}


def test_the_page_names_its_tests() -> None:
    assert len(NAMED) > 40


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_what_proves_a_guarantee_exists(file: str, name: str) -> None:
    assert name in names_in(ROOT / file)


def test_every_line_of_a_table_names_a_test() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("|")]
    told = [row for row in rows if not re.match(r"\| (---|guarantee|fault)", row)]
    assert len(told) > 20
    for row in told:
        assert "::test_" in row, row
