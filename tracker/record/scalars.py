"""How one text is written in YAML: bare, in quotes, or as a block below its field.

Owns quoting and folding. Whatever is written reads as the same text again; it
must not know what the text is about.
"""

from __future__ import annotations

import re

import yaml

__all__ = ["WIDTH", "folded", "in_line"]

WIDTH = 120
"""The longest line, in characters, where a line can be broken at all."""

_ODD = re.compile(
    "[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]"
)
_PLAIN = re.compile(r"[^\W_](?:.*[^\s:])?", re.DOTALL)
_IN_FLOW = re.compile(r"[][{},:?#]")
_RESOLVER = yaml.resolver.Resolver()
_TEXT = "tag:yaml.org,2002:str"


def in_line(text: str, *, flow: bool = False, bare: bool = False, quoted: bool = False) -> str:
    """The text on one line. `flow`: within brackets.

    Text that another reader would take for a number, a day or a truth value is
    put in quotes unless `bare`, which is for fields that are such a value.
    """
    if quoted or not _may_be_plain(text, flow=flow):
        return _in_quotes(text)
    return text if bare or _reads_as_text(text) else _in_quotes(text)


def _reads_as_text(text: str) -> bool:
    """Whether a reader that guesses types, as most do, takes the bare text for text."""
    guessed = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return bool(guessed == _TEXT)


def _may_be_plain(text: str, *, flow: bool) -> bool:
    """Whether the text means itself without quotes. Rather says no once too often."""
    return (
        _PLAIN.fullmatch(text) is not None
        and _ODD.search(text) is None
        and ": " not in text
        and " #" not in text
        and not (flow and _IN_FLOW.search(text))
    )


def _in_quotes(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_ODD.sub(_escape, escaped)}"'


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if match.group() == "\n":
        return "\\n"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def folded(text: str, indent: int) -> list[str] | None:
    """The lines of the text as a block to stand after `>-`, or None where it cannot be folded.

    A line is broken at single blanks only, which is what reads as one blank again.
    """
    words = text.split(" ")
    if "" in words or _ODD.search(text):
        return None
    lines = [""]
    for word in words:
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and indent + len(longer) > WIDTH:
            lines.append(word)
        else:
            lines[-1] = longer
    return [" " * indent + line for line in lines]
