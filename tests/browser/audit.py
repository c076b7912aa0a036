"""What the audits share: which pages stand for their kind, and what axe is asked."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

__all__ = ["LANGUAGES", "kinds", "violations"]

LANGUAGES = ("", "es", "fr")
"""The editions by their folder; English stands at the root."""

_RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    },
    "resultTypes": ["violations"],
}


def _kind(parts: tuple[str, ...]) -> str:
    return f"{parts[0]}/…" if len(parts) > 2 else "/".join(parts)


def kinds(folder: Path, lang: str) -> dict[str, str]:
    """One page of each kind in one edition: its path below the folder, by kind.

    Of many of a kind it is one that holds more than four in five of the others do.
    """
    found: dict[str, list[Path]] = {}
    root = folder / lang
    for path in root.rglob("*.html"):
        parts = path.relative_to(root).parts
        if lang or parts[0] not in LANGUAGES:
            found.setdefault(_kind(parts), []).append(path)
    return {
        kind: sorted(paths, key=lambda path: (path.stat().st_size, path))[
            max(0, len(paths) * 4 // 5 - 1)
        ]
        .relative_to(folder)
        .as_posix()
        for kind, paths in sorted(found.items())
    }


def violations(page: Page) -> list[str]:
    """What axe finds wrong on the page as it stands: rule and the elements, three of each."""
    found = Axe().run(page, options=_RULES).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"][:3]]
