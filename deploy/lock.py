"""Write what a container installs: of requirements.lock, what it needs and nothing else.

    python deploy/lock.py

`deploy/requirements.lock` is what running needs, `deploy/build.lock` what making
the package needs. Follows what the installed packages say they need on Linux.
Asks no index. What is not installed yet it cannot follow: run it again then.
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
EXTRAS = ("notify", "postgres")
"""What a server may want beside the core: alerts, and a ledger on PostgreSQL."""

_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", re.MULTILINE)
_EXTRAS = re.compile(r"[A-Za-z0-9._-]+\[([^\]]*)\]==")


def pins(lock: str) -> dict[str, str]:
    """Each pin of a lock file with its hashes, by the normalised name."""
    starts = [(found.start(), found[1]) for found in _PIN.finditer(lock)]
    ends = [start for start, _ in starts[1:]] + [len(lock)]
    return {
        canonicalize_name(name): lock[start:end]
        for (start, name), end in zip(starts, ends, strict=True)
    }


def needed(asked: list[str], held: dict[str, str]) -> set[str]:
    """The names of everything that the requirements `asked` need on Linux.

    An extra that the lock file `held` names is installed whoever asked for it.
    """
    seen: set[tuple[str, str]] = set()
    waiting = [pair for text in asked for pair in _pairs(Requirement(text))]
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        if not extra and (with_extras := _EXTRAS.match(held.get(name, ""))):
            waiting += [(name, one.strip()) for one in with_extras[1].split(",")]
        try:
            said = requires(name) or ()
        except PackageNotFoundError:  # for another platform: nothing is known of what it needs
            continue
        for text in said:
            one = Requirement(text)
            if one.marker is None or _may_hold(one, extra):
                waiting += _pairs(one)
    return {name for name, _ in seen}


def _pairs(one: Requirement) -> list[tuple[str, str]]:
    """A package once without an extra, and once with each that is asked for."""
    return [(canonicalize_name(one.name), extra) for extra in ("", *sorted(one.extras))]


def _may_hold(one: Requirement, extra: str) -> bool:
    """Whether some Python on Linux needs it for a package asked for with that extra."""
    linux = {**default_environment(), "sys_platform": "linux", "platform_system": "Linux"}
    return one.marker is not None and any(
        one.marker.evaluate(
            {**linux, "python_version": f"3.{n}", "python_full_version": f"3.{n}.0", "extra": extra}
        )
        for n in range(11, 15)
    )


def locks() -> dict[Path, str]:
    """The text of each file, by its place."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    running = [*project["dependencies"], *(one for extra in EXTRAS for one in extras[extra])]
    held = pins((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    return {
        DEPLOY / name: "".join(held[one] for one in sorted(needed(asked, held) & set(held)))
        for name, asked in (("requirements.lock", running), ("build.lock", extras["build"]))
    }


if __name__ == "__main__":
    for place, text in locks().items():
        place.write_text(text, encoding="utf-8")
