"""What must never stand in a log, taken out of any text. Pure.

Owns what a credential looks like where programs put them into addresses: the
part before the @, and options of a query whose name says that they are one.
"""

from __future__ import annotations

import re

__all__ = ["HIDDEN", "without_credentials"]

HIDDEN = "***"
"""What stands in the place of what was taken out."""

# Up to the last @ before the path: a password may hold an @ that nobody escaped.
_USER = re.compile(r"(?<=://)[^/\s\"'<>]*@")
_OPTION = re.compile(
    r"(?i)([?&;](?:[\w.~-]*(?:token|secret|passw(?:or)?d|signature|credential)[\w.~-]*"
    r"|[\w.~-]*(?:api|access|auth|subscription)[_-]?key|key|auth|sig|pwd)=)[^&;#\s\"'<>]+"
)


def without_credentials(text: str) -> str:
    """The text with user, password and key of every address in it replaced by `***`."""
    return _OPTION.sub(rf"\g<1>{HIDDEN}", _USER.sub(f"{HIDDEN}@", text))
