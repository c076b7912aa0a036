"""A text in the editor's own editor.

Owns how that is started and what comes back. The terminal is the caller's to give away.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tracker.errors import BadInput

__all__ = ["edit_text"]

_LARGEST = 1_000_000
_ADVICE = "Set EDITOR to an editor that is there, or use the form: f"


def edit_text(text: str, environment: Mapping[str, str] = os.environ) -> str:
    """What VISUAL, EDITOR or vi makes of a text; waits until it has ended.

    Raises: BadInput if there is no such editor, it fails, or what it leaves is no text.
    """
    named = environment.get("VISUAL") or environment.get("EDITOR") or "vi"
    try:
        command = shlex.split(named)
    except ValueError as error:
        raise BadInput(f"EDITOR cannot be read: {error}", _ADVICE) from error
    if not command:
        raise BadInput("EDITOR names no program", _ADVICE)
    with tempfile.TemporaryDirectory(prefix="tracker-draft-") as folder:
        file = Path(folder) / "draft.yaml"
        file.write_text(text, encoding="utf-8")
        try:
            ended = subprocess.run([*command, str(file)], check=False, env=dict(environment))  # noqa: S603 - the user's own editor
            data = file.read_bytes()
        except OSError as error:
            raise BadInput(f"{command[0]} cannot be started ({error.strerror})", _ADVICE) from error
    if ended.returncode != 0:
        raise BadInput(
            f"{command[0]} ended with status {ended.returncode}", "Nothing of it was taken over"
        )
    if len(data) > _LARGEST:
        raise BadInput("the draft is larger than 1 MB", "A draft is one entry of the record")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("the draft is not UTF-8", "Save it as UTF-8") from error
