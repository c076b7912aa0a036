"""The shipped model is the one that its own account of itself tells of."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "db/model"
TOLD = json.loads((FOLDER / "fitted_from.json").read_text(encoding="utf-8"))


def _sha256(name: str) -> str:
    return hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()


def test_the_shipped_model_is_the_one_fitted() -> None:
    assert TOLD["model"]["sha256"] == _sha256("extract.json"), "make train writes both files"


def test_the_made_up_headlines_are_those_it_was_fitted_on() -> None:
    assert TOLD["made_up.txt"]["sha256"] == _sha256("made_up.txt"), "make train, then commit both"


def test_it_was_fitted_on_all_four_sources() -> None:
    sources = TOLD["learned from"]
    assert sorted(sources) == ["captures", "labelled", "made up", "record"]
    assert all(source["texts"] for source in sources.values())
