"""What crawlers are told where the site's address is known: its pages in each language.

Owns `sitemap.xml` and `robots.txt`. It reads no page: the paths say which pages
there are and which are the same in another language.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tracker.site.paths import EMBEDDED, NOT_FOUND, address, folder_of
from tracker.telling.language import LANGUAGES

__all__ = ["ROBOTS", "SITEMAP", "address_files"]

SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"


def address_files(paths: Collection[str], base_url: str | None) -> dict[str, bytes]:
    """Both files by their path, for a site of these files; none where its address is not known.

    Only what is there in every language counts as a page of the site. Cards are
    for frames elsewhere, not for who searches.
    """
    if base_url is None:
        return {}
    held = frozenset(path for path in paths if path.endswith(".html") and path != NOT_FOUND)
    whole = [
        page
        for page in held
        if not page.startswith(EMBEDDED) and all(folder_of(one) + page in held for one in LANGUAGES)
    ]
    return {
        SITEMAP: "".join(_sitemap(sorted(whole), base_url)).encode(),
        ROBOTS: f"User-agent: *\nAllow: /\nSitemap: {address(base_url, SITEMAP)}\n".encode(),
    }


def _sitemap(pages: list[str], base_url: str) -> Iterator[str]:
    """The lines of the map, each page followed by itself in the other languages."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    )
    base = base_url.replace("&", "&amp;").replace("'", "&apos;")
    for page in pages:
        there = {code: address(base, folder_of(code) + page) for code in LANGUAGES}
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{href}"/>'
            for code, href in (*there.items(), ("x-default", there["en"]))
        )
        for href in there.values():
            yield f"<url><loc>{href}</loc>{links}</url>\n"
    yield "</urlset>\n"
