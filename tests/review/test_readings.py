"""What is kept of readings is a shortcut: missing, damaged or old, the queue is the same."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from tests.review.material import STEEL, report, steel_reports, workspace
from tracker.app import App, readings
from tracker.core.codec import sha256
from tracker.extract import extract


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The items that are read from now on."""
    read: list[str] = []

    def reading(item: object) -> object:
        read.append(item.item_id)  # type: ignore[attr-defined]
        return extract(item)  # type: ignore[arg-type]

    monkeypatch.setattr(readings, "extract", reading)
    return read


def queue(app: App) -> object:
    """The queue as a process sees it that has kept nothing in memory."""
    app.__dict__.pop("readings", None)
    return app.reviewing().queue()


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: "",
        lambda text: text[: len(text) // 2],
        lambda text: text.replace('"rules":"', '"rules":"0'),
        lambda _: "[" * 100_000,
        lambda _: '{"rules": 1}',
        lambda _: None,
    ],
)
def test_whatever_is_wrong_with_the_file_the_queue_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: object
) -> None:
    read = counted(monkeypatch)
    with workspace(tmp_path, steel_reports()) as app:
        first = queue(app)
        assert len(read) == 4
        assert queue(app) == first
        assert len(read) == 4
        file = tmp_path / "readings.json"
        text = damage(file.read_text(encoding="utf-8"))  # type: ignore[operator]
        if text is None:
            file.unlink()
        else:
            file.write_text(text, encoding="utf-8")
        assert queue(app) == first
        assert len(read) == 8
        assert json.loads(file.read_text(encoding="utf-8"))["rules"]


def test_the_same_item_in_two_feeds_is_read_once_and_is_two_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = counted(monkeypatch)
    twice = [
        msgspec.structs.replace(report(STEEL[0], source=name), link="https://example.org/same")
        for name in ("one-feed", "other-feed")
    ]
    with workspace(tmp_path, twice) as app:
        (item,) = app.reviewing().queue()
        assert (item.size, len(read)) == (2, 1)
        assert len({one.report for one in app.reviewing().open(item.id).sources}) == 2


def test_two_texts_are_never_taken_for_one(tmp_path: Path) -> None:
    """Whatever a report calls its content, a figure is that of its own words."""
    called = sha256(b"the same")
    texts = (
        "Trump announces 60% tariff on Canadian steel",
        "Trump announces 35% tariff on Mexican tomatoes",
    )
    both = [report(text, number=n, content_hash=called) for n, text in enumerate(texts)]
    with workspace(tmp_path, both) as app:
        said = {item.title: [int(rate) for rate in item.rates] for item in app.reviewing().queue()}
        assert said == {texts[0]: [60], texts[1]: [35]}
