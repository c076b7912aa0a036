"""Every kind of page in every language, by axe: WCAG 2.2 A and AA, light and dark, three widths."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.conftest import TODAY as RECORD_TODAY
from tests.browser.conftest import recorded, served
from tests.site.worlds import inputs

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    },
    "resultTypes": ["violations"],
}
Scheme = Literal["light", "dark"]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    folder = tmp_path_factory.mktemp("axe") / "site"
    with served(folder, inputs(recorded(), today=RECORD_TODAY)) as address:
        yield folder, address


def kinds(folder: Path, lang: str) -> list[str]:
    """One page of each kind in one language, the smallest that says more than most of its kind."""
    found: dict[str, list[Path]] = {}
    root = folder / lang if lang else folder
    for path in root.rglob("*.html"):
        parts = path.relative_to(root).parts
        if not lang and parts[0] in {"es", "fr"}:
            continue
        kind = f"{parts[0]}/…" if len(parts) > 2 else "/".join(parts)
        found.setdefault(kind, []).append(path)
    middle = (
        sorted(paths, key=lambda p: (p.stat().st_size, p))[len(paths) * 4 // 5 - 1]
        if len(paths) > 1
        else paths[0]
        for paths in found.values()
    )
    return sorted(path.relative_to(folder).as_posix() for path in middle)


def told(violations: list[dict[str, Any]]) -> list[str]:
    return [f"{one['id']}: {node['html'][:160]}" for one in violations for node in one["nodes"][:3]]


@pytest.mark.parametrize(
    ("lang", "scheme", "width"),
    [
        ("", "light", 1440),
        ("", "dark", 320),
        ("es", "dark", 768),
        ("es", "light", 320),
        ("fr", "light", 768),
        ("fr", "dark", 1440),
    ],
)
def test_axe_finds_nothing(
    browser: Browser, record: tuple[Path, str], lang: str, scheme: Scheme, width: int
) -> None:
    folder, address = record
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    pages = kinds(folder, lang)
    assert len(pages) > 15
    found: dict[str, list[str]] = {}
    for path in pages:
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, path
        broken = told(Axe().run(page, options=RULES).response["violations"])
        if broken:
            found[path] = broken
    page.close()
    assert found == {}
    assert [url for url in asked if not url.startswith(address)] == []
    assert said == []
