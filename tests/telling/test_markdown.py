"""Markdown read by a real parser: whatever a text holds, it reads as that text and nothing else."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt  # comes with rich
from markdown_it.token import Token

from tracker.telling.harmless import clean
from tracker.telling.markdown import list_item, table_head, table_row, text_cell

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
BLOCKS = {"heading_open", "fence", "code_block", "html_block", "blockquote_open", "hr"}
marks = st.sampled_from("`*_[]()<>|&~$@#+-=1.) !\\:/w'\"{}\n\t^")
texts = st.text(st.one_of(marks, st.characters(exclude_categories=())), max_size=30)


def _read(tokens: list[Token]) -> list[str]:
    """The text of every inline part; what is not text shows as its kind."""
    return [
        "".join(
            one.content if one.type in {"text", "text_special"} else f"<{one.type}>"
            for one in token.children or ()
        )
        for token in tokens
        if token.type == "inline"
    ]


def _flat(text: str) -> str:
    return re.sub(r"[ \n\t\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]+", " ", clean(text)).strip()


@given(texts)
def test_a_cell_reads_as_its_text(text: str) -> None:
    lines = [*table_head(("a", "b")), table_row(text_cell(text), "z")]
    tokens = READER.parse("\n".join(lines) + "\n")
    assert tokens[0].type == "table_open"
    assert [found.strip() for found in _read(tokens)] == ["a", "b", _flat(text), "z"]


@given(texts)
def test_a_line_of_a_list_opens_nothing_of_its_own(text: str) -> None:
    tokens = READER.parse(list_item(text) + "\n")
    kinds = [token.type for token in tokens]
    assert kinds.count("bullet_list_open") == 1
    assert not BLOCKS & set(kinds)
    assert "ordered_list_open" not in kinds
