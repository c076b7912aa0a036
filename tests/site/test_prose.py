"""Documents as markup: what may stand on a page, where links lead, three texts that agree."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.site.worlds import ROOT, TEMPLATES, inputs
from tracker.site.documents import METHODS
from tracker.site.links import check_links
from tracker.site.pages import plan_pages
from tracker.site.prose import prose
from tracker.site.render import render
from tracker.telling.language import LANGUAGES

ALLOWED = {
    *("a", "blockquote", "br", "code", "div", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol"),
    *("p", "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
ATTACKS = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](JAVASCRIPT&colon;alert(1))",
        "![x](https://example.org/a.png)",
        "[x](data:text/html,y)",
        "[x](//example.org/a)",
        "[x](../../etc/passwd)",
        "<img src=x onerror=alert(1)>",
        "<https://example.org/?a=\"'>",
        "[x]: javascript:y\n\n[x]",
        "\n\n# H\n\n",
        '\n\n```"><b>\n</code>\n```\n\n',
        "\n\n|a|b|\n|:-|-:|\n|<b>|[y](z.md)|\n\n",
        '[x](https://example.org/ "t\\" onmouseover=x")',
        "\n- [a](#h)\n",
        "`<i>` **s** _e_ \x00\u202e",
    ]
)


class Read(HTMLParser):
    def __init__(self, body: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(body)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(ATTACKS, st.text(max_size=20)), max_size=6))
def test_nothing_but_plain_markup_comes_of_any_document(parts: list[str]) -> None:
    made = prose("\n".join(parts), within={"z.md": "../z/index.html"}, table="Table {}".format)
    for tag, attributes in Read(str(made.body)).tags:
        assert tag in ALLOWED
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        href = attributes.get("href")
        if tag == "a":
            assert href is not None
            assert re.match(r"https?://|#doc-|\.\./z/index\.html$", href), href
            assert href.startswith("http") is (attributes.get("class") == "out")


def test_links_lead_to_pages_of_the_site_or_outside_or_are_words() -> None:
    made = prose(
        "# The *title*\n\n## A part\n\n[one](two.md) [away](https://example.org/) [lost](gone.md) "
        "[here](#a-part) [nowhere](#other)",
        within={"two.md": "../two/index.html"},
        table=str,
    )
    assert made.title == "The title"
    assert '<a href="../two/index.html">one</a>' in made.body
    assert ' lost <a href="#doc-a-part">here</a> nowhere' in made.body
    assert '<a class="out" href="https://example.org/"' in made.body
    assert '<h2 id="doc-a-part">A part</h2>' in made.body


def test_tables_scroll_and_have_a_name() -> None:
    made = prose("|a|b|\n|-|-:|\n|1|2|\n\n- x\n\n|c|\n|-|\n|3|", within={}, table="Table {}".format)
    assert made.body.count('role="region"') == made.body.count("</table></div>") == 2
    assert 'aria-label="Table 2"' in made.body
    assert made.body.count('<th scope="col">') == 3


def documents() -> dict[str, str]:
    names = ("accuracy", "verification", *METHODS.values())
    return {name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in names}


def test_every_document_is_a_sound_page_in_three_languages() -> None:
    files = dict(render(plan_pages(inputs(documents=documents())), TEMPLATES))
    check_links(files, home="/")
    for folder in ("", "es/", "fr/"):
        for name in ("accuracy", "verification", "methodology"):
            page = files[f"{folder}{name}/index.html"].decode()
            assert page.count("<h1") == 1
            assert '<div class="doc"' in page
            assert "<!--" not in page.split("<main")[1]
            english = '<div class="doc" lang="en">' in page
            assert english is (bool(folder) and name != "methodology"), (folder, name)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_three_texts_on_method_say_as_much(code: str) -> None:
    own, english = (documents()[METHODS[name]] for name in (code, "en"))
    shapes = [re.findall(r"^(#+|- |\d\.|\|)", text, re.MULTILINE) for text in (own, english)]
    assert shapes[0] == shapes[1]
    assert own.count("**") == english.count("**")
    assert re.findall(r"\d+", own) == re.findall(r"\d+", english)
