"""A link that leads nowhere stops a build and names both ends."""

from __future__ import annotations

import pytest

from tests.site.conftest import Files
from tracker.errors import OperationFailed
from tracker.site.links import check_links


def page(link: str) -> bytes:
    return f'<!doctype html><a href="{link}">x</a>'.encode()


def test_the_whole_site_holds_together(files: Files, hostile_files: Files) -> None:
    check_links(files, home="/")
    check_links(hostile_files, home="/")


@pytest.mark.parametrize(
    "link",
    [
        "../b.html",
        "b.html#two",
        "",
        "#one",
        "?q=1",
        "/a/b.html",
        "/",
        "https://example.org/gone",
        "urn:x:y",
    ],
)
def test_links_that_lead_somewhere(link: str) -> None:
    files = {
        "a/index.html": page(link) + b'<p id="one">',
        "a/b.html": b'<p id="two">',
        "b.html": b"x",
        "index.html": b"x",
    }
    check_links(files, home="/")


@pytest.mark.parametrize(
    "link", ["c.html", "../../b.html", "b.html#three", "#three", "/gone.html", "b", "../a/"]
)
def test_links_that_lead_nowhere(link: str) -> None:
    files = {"a/index.html": page(link), "a/b.html": b'<p id="two">', "b.html": b"x"}
    with pytest.raises(OperationFailed) as caught:
        check_links(files, home="/")
    assert "a/index.html" in caught.value.message
    assert link in caught.value.message


def test_a_form_that_leads_nowhere_stops_a_build_too() -> None:
    form = b'<form action="../search/index.html"><input></form>'
    check_links({"a/b.html": form, "search/index.html": b"x"}, home="/")
    with pytest.raises(OperationFailed, match="search"):
        check_links({"a/b.html": form}, home="/")
