"""One command's hold on the workspace: opened from the environment, always let go."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import click

from tracker.app import App
from tracker.config import Settings, public_address

__all__ = ["base_url_option", "open_app", "zip_option"]

base_url_option = click.option(
    "--base-url",
    metavar="URL",
    help="Where readers find the site: absolute addresses in feeds, a sitemap. "
    "[env var: TRACKER_BASE_URL]",
)

zip_option = click.option(
    "--zip",
    "archive",
    is_flag=True,
    help="Offer the whole site as one file, too. [env var: TRACKER_ZIP]",
)


@contextmanager
def open_app(*, base_url: str | None = None, archive: bool = False) -> Iterator[App]:
    """The app on the environment's workspace, its site at `base_url` where one is given.

    With `archive` the site is offered as one file too. Raises: BadInput for unusable settings.
    """
    settings = Settings.from_environment(os.environ)
    if base_url is not None:
        settings = replace(settings, base_url=public_address(base_url, "--base-url"))
    if archive:
        settings = replace(settings, archive=True)
    app = App(settings)
    try:
        yield app
    finally:
        app.close()
