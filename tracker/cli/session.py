"""One command's hold on the workspace: opened from the environment, always let go."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from tracker.app import App
from tracker.config import Settings

__all__ = ["open_app"]


@contextmanager
def open_app() -> Iterator[App]:
    """The app on the environment's workspace. Raises: BadInput for unusable settings."""
    app = App(Settings.from_environment(os.environ))
    try:
        yield app
    finally:
        app.close()
