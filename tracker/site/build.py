"""Plan, render, check, publish: the whole way from inputs to a folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tracker.site.links import check_links
from tracker.site.pages import SiteInputs, plan_pages
from tracker.site.publish import Published, publish
from tracker.site.render import render

__all__ = ["build"]


def build(
    inputs: SiteInputs,
    *,
    templates: Path,
    out: Path,
    extra: Mapping[str, bytes] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Published:
    """Make `out` hold the site of `inputs`; nothing is written unless every page is sound.

    `extra` are files from elsewhere, by their path in the site, that pages may link to.
    The same inputs give the same bytes, so a second build writes nothing.
    `progress` is told how many files are in place and how many there are.

    Raises: OperationFailed if a page cannot be made, a link leads nowhere, or
    the folder cannot be used.
    """
    files = {**(extra or {}), **dict(render(plan_pages(inputs), templates))}
    home = f"{inputs.base_url.rstrip('/')}/" if inputs.base_url else "/"
    check_links(files, home=home)
    total = len(files)
    told = None if progress is None else (lambda done: progress(done, total))
    return publish(files.items(), out, told)
