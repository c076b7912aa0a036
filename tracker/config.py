"""Where things are kept and what may be reached, read once from the environment.

Owns the names of the environment variables and the places of shipped files;
nothing else looks at either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path

from tracker.errors import BadInput

__all__ = ["Settings", "checkout_root", "public_address", "shipped"]

_PACKAGE = Path(__file__).resolve().parent


def checkout_root() -> Path | None:
    """The source checkout this package runs from, or None where it was installed from a wheel."""
    root = _PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "db").is_dir() else None


def shipped(name: str) -> Path:
    """A folder or file that comes with the package, such as `templates` or `db/sources.toml`.

    In a checkout it stands at the top, in a wheel inside the package. The path
    is not checked to exist: whoever reads it says so in its own words.
    """
    root = checkout_root()
    return (root or _PACKAGE / "_shipped") / name


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the surroundings say.

    `home` is the workspace folder; `database_url` an SQLAlchemy URL;
    `allow_private` lets the fetcher reach private and loopback addresses;
    `origin` is the name that checkpoints of the ledger go by, `signing_key_file`
    the key they are signed with, None for the workspace's own; `contact` is how
    publishers reach the keeper, None for nothing said; `base_url` is where readers
    find the site, without a slash at its end, None where that is not known;
    `archive` offers the whole site as one file, too;
    `log_json` has long-lived commands log for a machine; `notify_urls` are where
    alerts go, each with its password in it.
    """

    home: Path
    database_url: str
    allow_private: bool = False
    origin: str = "tracker"
    signing_key_file: Path | None = None
    contact: str | None = None
    base_url: str | None = None
    archive: bool = False
    log_json: bool = False
    notify_urls: tuple[str, ...] = field(default=(), repr=False)

    @property
    def site(self) -> Path:
        """The folder the site is built into unless told otherwise."""
        return self.home / "site"

    @property
    def signing_key(self) -> Path:
        """The file of the key that signs."""
        return self.signing_key_file or self.home / "keys" / "signing.pem"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Settings from the variables `TRACKER_...` that docs/operations.md lists.

        Raises: BadInput if one of them cannot be used.
        """
        named = environment.get("TRACKER_HOME", "").strip()
        root = checkout_root()
        default = root / "var" if root else user_data_path("tracker", appauthor=False)
        home = _folder(named) if named else default
        url = environment.get("TRACKER_DATABASE_URL", "").strip()
        if url and "://" not in url:
            raise BadInput(
                "TRACKER_DATABASE_URL is no database URL",  # not repeated: it may hold a password
                "Write it like sqlite:////folder/ledger.db or postgresql+psycopg://user@host/name",
            )
        allow = environment.get("TRACKER_ALLOW_PRIVATE_ADDRESSES", "").strip()
        if allow not in {"", "0", "1"}:
            raise BadInput(
                f"TRACKER_ALLOW_PRIVATE_ADDRESSES is {allow!r}", "Set it to 1, or leave it unset"
            )
        log = environment.get("TRACKER_LOG", "").strip()
        if log not in {"", "plain", "json"}:
            raise BadInput(f"TRACKER_LOG is {log!r}", "Set it to json or plain, or leave it unset")
        packed = environment.get("TRACKER_ZIP", "").strip()
        if packed not in {"", "0", "1"}:
            raise BadInput(f"TRACKER_ZIP is {packed!r}", "Set it to 1, or leave it unset")
        key = environment.get("TRACKER_SIGNING_KEY_FILE", "").strip()
        base = environment.get("TRACKER_BASE_URL", "").strip()
        return cls(
            home=home,
            database_url=url or _sqlite_url(home / "ledger.db"),
            allow_private=allow == "1",
            origin=environment.get("TRACKER_ORIGIN", "").strip() or "tracker",
            signing_key_file=_folder(key, "TRACKER_SIGNING_KEY_FILE") if key else None,
            contact=environment.get("TRACKER_CONTACT", "").strip() or None,
            base_url=public_address(base, "TRACKER_BASE_URL") if base else None,
            archive=packed == "1",
            log_json=log == "json",
            notify_urls=tuple(environment.get("TRACKER_NOTIFY_URLS", "").split()),
        )


_PLAIN = re.compile(r"[A-Za-z]+://[A-Za-z0-9._:\[\]-]+(/[A-Za-z0-9._~!$&'()*+,;=:@%-]*)*")
"""An address that can stand in a page and in a file of addresses as it is."""


def public_address(text: str, named: str) -> str:
    """The address of a site as readers type it, without a slash at its end.

    `named` is the option or variable it was given by. Raises: BadInput if it is no
    http or https address of a folder.
    """
    try:
        parts = urlsplit(text)
        whole = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        # Such as a port that is no number, or a bracket that is not closed.
        whole = False
    plain = _PLAIN.fullmatch(text) and not {".", ".."} & set(text.split("/"))
    if not whole or not plain:
        # What holds a password is not repeated.
        shown = (
            "no address of a site" if "@" in text else f"{text!r}, which is no address of a site"
        )
        raise BadInput(
            f"{named} is {shown}",
            "Write it like https://example.org/trade, without ?, # or a password; a name with "
            "other letters in its xn-- form",
        )
    return text.rstrip("/")


def _folder(named: str, variable: str = "TRACKER_HOME") -> Path:
    """The absolute path of that name. Raises: BadInput if it leads nowhere."""
    try:
        return Path(named).expanduser().absolute()
    except (RuntimeError, FileNotFoundError) as error:
        # A `~name` of nobody, or a relative name in a folder that has been removed.
        raise BadInput(
            f"{variable} is {named!r}, which leads nowhere", "Write the whole path"
        ) from error


def _sqlite_url(file: Path) -> str:
    """The URL of a file of any name: in a URL, ? begins the options and % an escape."""
    return f"sqlite:///{str(file).replace('%', '%25').replace('?', '%3F')}"
