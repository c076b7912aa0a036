"""What of a folder may be served: no hidden file, nothing outside it. Owns that rule."""

from __future__ import annotations

from pathlib import Path

__all__ = ["content_of", "inside"]


def inside(folder: Path, path: str) -> Path | None:
    """The file or folder a URL path names, None if hidden, malformed or outside the folder."""
    parts = [part for part in path.split("/") if part]
    # `..` is hidden by the same rule as the manifest: it begins with a dot.
    if any(part.startswith(".") or "\\" in part or "\0" in part for part in parts):
        return None
    target = folder.joinpath(*parts)
    try:
        # Resolved, so that a link lying in the folder leads nowhere outside it;
        # strictly, so that a name too long for the disk is one that is not there.
        return target if target.resolve(strict=True).is_relative_to(folder.resolve()) else None
    except (OSError, RuntimeError):
        return None


def content_of(target: Path) -> bytes | None:
    """The bytes of a file, None if it is none or cannot be read."""
    try:
        return target.read_bytes() if target.is_file() else None
    except OSError:
        return None
