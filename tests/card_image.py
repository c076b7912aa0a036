"""Draw the pictures that other sites show beside a link; run it after a change of the style.

`python -m tests.card_image`

Owns how they look. They are laid out with the site's own style in a real browser, one a
language, and kept in the tree: what is published are the files there. They name the record
and the three countries and show the fills of the bands. Nothing on them can go stale: no
rate, no day, and the bands stand for no measure.
"""

from __future__ import annotations

import shutil
import struct
import zlib
from base64 import b64decode, b64encode
from collections import Counter

from markupsafe import Markup
from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import FLAGS, NAMES
from tracker.config import shipped
from tracker.core.words import PARTIES
from tracker.site.bands import FILLS
from tracker.site.markup import filled
from tracker.site.names import party_name, party_tone
from tracker.site.paths import CARD_HEIGHT, CARD_WIDTH, STYLE, card_image
from tracker.telling.language import LANGUAGES, Language, language

_TEMPLATES = shipped("templates")
_LOOK = f"""
body {{ width: {CARD_WIDTH}px; height: {CARD_HEIGHT}px; max-width: none; padding: 52px 0 0 80px;
  overflow: hidden; -webkit-font-smoothing: antialiased; }}
.name a {{ font-size: 104px; line-height: 1; margin: 0; }}
h1 {{ font: 37px var(--serif); max-width: none; margin: 26px 0 34px; white-space: nowrap; }}
ul {{ list-style: none; display: flex; gap: 44px; padding: 0; margin: 0 0 36px; }}
.who li {{ border-left: 9px solid var(--tone); padding-left: 16px; font: 600 31px var(--sans); }}
.bands {{ width: 1120px; min-width: 0; }}
.legend {{ font-size: 23px; gap: 40px; margin: 14px 0 0; }}
.legend .sw {{ width: 34px; height: 20px; margin-right: 12px; vertical-align: -2px; }}
.legend .sw.s-revoked {{ height: 9px; vertical-align: 6px; }}
"""
_RUNS = (("threatened", 150), ("announced", 90), ("in_force", 270), ("paused", 120))
_BAR, _ROW, _WIDTH = 20, 34, 560


def _band(tone: str, y: int, shift: int) -> Markup:
    """The five fills one after another, beginning `shift` to the right."""
    found, x = Markup(""), 6 + shift
    for status, width in _RUNS:
        drawn = '<rect class="f-{}" x="{}" y="{}" width="{}" height="{}"/>'
        found += filled(drawn, status, x / 2, y, width / 2, _BAR)
        x += width
    over = Markup('<path class="f-over" d="M{} {}H{}"/>').format(x / 2, y + _BAR / 2, _WIDTH)
    return Markup('<g class="p-{}">{}{}</g>').format(tone, found, over)


def picture_page(lang: Language) -> str:
    """The picture as a page that asks nobody for anything."""
    who = Markup("").join(
        Markup('<li class="p-{}">{}</li>').format(party_tone(code), party_name(lang, code))
        for code in PARTIES
    )
    bands = Markup("").join(
        _band(party_tone(code), 4 + _ROW * row, 130 * row) for row, code in enumerate(PARTIES)
    )
    words = (
        ("in_force", lang.say("status", "in force")),
        ("paused", lang.say("status", "paused")),
        ("announced", lang.say("status", "announced")),
        ("threatened", lang.say("status", "threatened")),
        ("revoked", lang.say("status", "ended")),
    )
    legend = Markup("").join(
        Markup('<li><i class="sw s-{}"></i>{}</li>').format(status, word) for status, word in words
    )
    style = (_TEMPLATES / STYLE).read_text(encoding="utf-8") + _LOOK
    return Markup(
        '<!doctype html><html lang="{}"><meta charset="utf-8"><style>{}</style><body>'
        '<p class="name"><a>Tracker</a></p><h1>{}</h1><ul class="who">{}</ul>'
        '<svg class="bands" viewBox="0 0 {w} {h}">{defs}{bands}</svg>'
        '<ul class="legend">{legend}</ul>'
    ).format(
        lang.code,
        Markup(style),  # noqa: S704 - our own
        lang.say("site", "The record of North American trade policy"),
        who,
        w=_WIDTH,
        h=_ROW * len(PARTIES),
        defs=FILLS,
        bands=bands,
        legend=legend,
    )


_PIXELS = """async (png) => {
  const image = new Image();
  image.src = "data:image/png;base64," + png;
  await image.decode();
  const ink = new OffscreenCanvas(image.width, image.height).getContext("2d");
  ink.drawImage(image, 0, 0);
  let text = "";
  for (const byte of ink.getImageData(0, 0, image.width, image.height).data)
    text += String.fromCharCode(byte);
  return btoa(text);
}"""


def _small(page: Page, png: bytes) -> bytes:
    """The same picture in 256 colours at most: the browser's own takes two and a half times."""
    raw = b64decode(page.evaluate(_PIXELS, b64encode(png).decode()))
    pixels = [raw[at : at + 3] for at in range(0, len(raw), 4)]
    # Shades at the edges of letters that are as good as one become the commonest of them.
    shades: dict[bytes, bytes] = {}
    for colour, _ in Counter(pixels).most_common():
        shades.setdefault(bytes(part & 0xF8 for part in colour), colour)
    palette = sorted(shades.values())
    number = {colour: at for at, colour in enumerate(palette)}
    of = {one: number[shades[bytes(part & 0xF8 for part in one)]] for one in set(pixels)}
    lines = bytearray()
    for start in range(0, len(pixels), CARD_WIDTH):
        lines.append(0)
        lines += bytes(of[one] for one in pixels[start : start + CARD_WIDTH])
    header = struct.pack(">IIBBBBB", CARD_WIDTH, CARD_HEIGHT, 8, 3, 0, 0, 0)
    chunks = (
        (b"IHDR", header),
        (b"PLTE", b"".join(palette)),
        (b"IDAT", zlib.compress(bytes(lines), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def main() -> None:
    """Draw every picture and say how large it is."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        path = found or playwright.chromium.executable_path
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(
            viewport={"width": CARD_WIDTH, "height": CARD_HEIGHT}, color_scheme="light"
        )
        for code in LANGUAGES:
            page.set_content(picture_page(language(code)))
            target = _TEMPLATES / card_image(code)
            target.write_bytes(_small(page, page.screenshot()))
            print(f"{target.name}: {target.stat().st_size} bytes")
        browser.close()


if __name__ == "__main__":
    main()
