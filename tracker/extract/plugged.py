"""Extractors by name: the one that ships, and those that are installed beside it.

Owns the entry point group `tracker.extractors`: each entry is called without
arguments and answers an `Extractor`. Must not know any extractor but ours.
"""

from __future__ import annotations

from importlib.metadata import entry_points

from tracker.errors import OperationFailed, TrackerError, UnknownName
from tracker.extract.fitted import shipped_extractor
from tracker.extract.items import Extractor

__all__ = ["GROUP", "choose"]

GROUP = "tracker.extractors"
_OURS = "fitted"


def choose(name: str) -> Extractor:
    """The extractor of that name.

    Raises: UnknownName if there is none, OperationFailed if it cannot be made.
    """
    if name == _OURS:
        return shipped_extractor()
    installed = {entry.name: entry for entry in entry_points(group=GROUP)}
    if name not in installed:
        known = ", ".join(sorted({_OURS, *installed}))
        raise UnknownName(f"There is no extractor {name!r}", f"Installed are: {known}")
    try:
        made = installed[name].load()()
    except TrackerError:
        raise
    except Exception as error:
        raise OperationFailed(
            f"The extractor {name!r} cannot be used: {type(error).__name__}: {error}",
            f"Mend or remove the package that brings it, or use --by {_OURS}",
        ) from error
    if not isinstance(made, Extractor):
        raise OperationFailed(
            f"The extractor {name!r} does not keep the Protocol of extractors",
            f"Mend or remove the package that brings it, or use --by {_OURS}",
        )
    return made
