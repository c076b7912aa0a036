"""What a template prints: markup as it is, everything else cleaned and escaped, nothing unknown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from tracker.errors import OperationFailed
from tracker.site.engine import Engine, Templates
from tracker.site.text import clean
from tracker.telling.language import ENGLISH

FILES = {
    "parts.html": "{% macro row(one) %}<i>{{ one }}{{ root }}</i>{% endmacro %}"
    "{% macro twice(one) %}{{ kept(row, root, one) }}{{ kept(row, root, one) }}{% endmacro %}",
    "base.html": "<b>{{ title }}</b>{% block main %}{% endblock %}<p>{{ title }}</p>",
    "page.html": "{% extends 'base.html' %}{% block main %}"
    "{% for one in found %}{{ loop.index }}{{ one }}{% if not loop.last %}, {% endif %}{% endfor %}"
    "{{ parts.row(title) }}{{ kept(parts.twice, root, title) }}{{ none_of_it }}"
    "{% endblock %}",
    "odd.html": "{{ title }}{{ nowhere.at_all }}",
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("templates")
    for name, text in FILES.items():
        Path(folder, name).write_text(text)
    return Engine(Templates(folder), ENGLISH)


@given(
    title=st.text(st.characters(exclude_categories=())),
    found=st.lists(st.one_of(st.text(), st.text().map(clean).map(escape), st.integers())),
)
def test_whatever_is_printed_is_clean_and_escaped_once(
    engine: Engine, title: str, found: list[object]
) -> None:
    shown = escape(clean(title))
    lines = ", ".join(
        f"{number}{one if isinstance(one, Markup) else escape(clean(str(one)))}"
        for number, one in enumerate(found, start=1)
    )
    context = {"title": title, "found": found, "root": "../", "none_of_it": None}
    body = engine.page("page.html", context)
    row = f"<i>{shown}../</i>"
    whole = f"<b>{shown}</b>{lines}{row}{row}{row}None<p>{shown}</p>"
    assert body.whole.decode() == whole
    # What is kept is put in as bytes, and is no part of what is the page's own.
    assert [one.body.decode() for one in body.pieces] == [row + row]
    assert body.own.decode() == whole.replace(row + row + "None", "\nNone")


def test_a_name_that_is_not_given_stops_the_page_and_says_where(engine: Engine) -> None:
    with pytest.raises(OperationFailed, match=r"on/x\.html could not .* odd\.html.*nowhere"):
        engine.page("odd.html", {"title": "x", "path": "on/x.html"})


def test_a_piece_is_made_once_for_each_thing_and_place(engine: Engine) -> None:
    first, again, deeper = (
        engine.page("page.html", {"title": "a", "found": (), "root": root, "none_of_it": ""})
        for root in ("../", "../", "../../")
    )
    assert first.pieces == again.pieces != deeper.pieces
