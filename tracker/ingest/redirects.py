"""The way a fetch takes from one address to the next.

Owns which addresses may be visited at all, how many, and whether the source
has moved for good. It opens no connection.
"""

from __future__ import annotations

import httpx

from tracker.errors import SourceFailed

__all__ = ["Trail", "parsed_url"]

_PERMANENT = frozenset({301, 308})
_MAX_URL = 4000


def parsed_url(text: str, base: httpx.URL | None = None) -> httpx.URL:
    """`text` as an http or https address without credentials and fragment.

    Raises: SourceFailed("bad_scheme") for anything else.
    """
    advice = "Only http and https addresses are fetched; look for the feed's own address"
    try:
        url = httpx.URL(text) if base is None else base.join(text)
        host = url.host  # decoded here: the name may be no international one despite its xn--
    except (httpx.InvalidURL, ValueError) as error:
        raise SourceFailed(
            "bad_scheme", "leads to an address that does not read", advice
        ) from error
    if url.scheme not in {"http", "https"} or not host or len(text) > _MAX_URL:
        shown = url.scheme[:20] or "no scheme"
        raise SourceFailed("bad_scheme", f"leads to an address with {shown}", advice)
    if url.port is not None and not 0 < url.port < 65536:
        raise SourceFailed("bad_scheme", "leads to an address with a port that is none", advice)
    if url.userinfo:
        raise SourceFailed("bad_scheme", "leads to an address with a user name in it", advice)
    return url.copy_with(fragment=None)


class Trail:
    """The addresses of one fetch, from the source's own to the present `url`."""

    def __init__(self, url: httpx.URL, max_redirects: int) -> None:
        self.url = url
        self.moved_permanently_to: str | None = None
        self._visited = {str(url)}
        self._max_redirects = max_redirects
        self._for_good = True

    def follow(self, status: int, location: str) -> None:
        """Go where a redirect points.

        The address counts as moved for good up to the first redirect that is
        not permanent. Raises: SourceFailed of kind bad_scheme, redirect_loop,
        too_many_redirects, or http_error for a redirect to nowhere.
        """
        if not location.strip():
            raise SourceFailed(
                "http_error", f"answered {status} without an address", "Open it in a browser"
            )
        target = parsed_url(location.strip(), self.url)
        if str(target) in self._visited:
            raise SourceFailed(
                "redirect_loop",
                "redirects in a circle",
                "It may want cookies or another program; look for another feed of the publisher",
            )
        if len(self._visited) > self._max_redirects:
            raise SourceFailed(
                "too_many_redirects",
                f"redirects more than {self._max_redirects} times",
                "Open it in a browser and write the address where it ends into the sources",
            )
        self._visited.add(str(target))
        self.url = target
        self._for_good = self._for_good and status in _PERMANENT
        if self._for_good:
            self.moved_permanently_to = str(target)
