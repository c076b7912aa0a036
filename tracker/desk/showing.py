"""What the desk shows of a candidate: its line, its sources, its draft, what that would do.

Pure: from the views of the review to styled text. It knows no widget and no key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tracker.desk.marks import SLOT_NAMES, SPOKEN, STYLES, highlighted, one_line, words_of
from tracker.review.desk import Opened, Preview, QueueItem, SourceView
from tracker.telling.harmless import clean

__all__ = ["COLUMNS", "LAST", "change", "draft", "line_of", "sources", "title_of"]

LAST = "Title"
COLUMNS = {"Wt": 6, "Day": 11, "Kind": 15, "Rate": 7, "Rep": 4, LAST: 35}
"""The heads of the queue and their least width in cells.

The title is last: it is foreign, and may run from right to left.
"""
_TITLE = 200
_LEAST = 33  # cells that a source needs: two beside each other on 80
_LONGEST_DRAFT = 20_000
_FIELDS = {
    "kind": ("kind",),
    "parties": ("imposer", "targets"),
    "measure": ("products",),
    "rate": ("rate_pct",),
    "from": ("effective_date",),
    "until": ("until_date",),
}
_FIELD = re.compile(r"^(\s*(?:- )?)([a-z_]+):(\s*)(.*)$")


def title_of(item: QueueItem) -> str:
    """The title of a candidate, harmless and on one line."""
    return one_line(item.title, _TITLE) or "(no title)"


def line_of(item: QueueItem) -> tuple[Text, ...]:
    """The cells of a candidate in the queue, as `COLUMNS` names them."""
    state = ""
    if item.standing != "open":
        state = f"[{item.standing}] "
    elif item.known:
        state = "[known] "
    elif item.amended:
        state = "[amended] "
    rates = "/".join(f"{rate:f}" for rate in item.rates[:3])
    official = "*" if item.official else " "
    return (
        Text(f"{item.importance:.2f}{official}"),
        Text(str(item.day or "no day")),
        Text(one_line(item.kind, 13) or "?"),
        Text(one_line(f"{rates}%", 6) if rates else ""),
        Text(f"{item.size:3}"),
        Text.assemble((state, "dim"), title_of(item), overflow="ellipsis", no_wrap=True),
    )


def sources(found: Sequence[SourceView], first: int, width: int) -> RenderableType:
    """Sources side by side from index `first` on, as many as `width` cells have room for."""
    columns = max(1, min(width // _LEAST, len(found)))
    shown = found[first : first + columns]
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for _ in shown:
        table.add_column(ratio=1, overflow="fold")
    cells = [Group(*_source(first + at, len(found), one)) for at, one in enumerate(shown, start=1)]
    table.add_row(*cells)
    return table


def _source(number: int, of: int, source: SourceView) -> Iterator[Text]:
    head = Text(f"{number} of {of}  ", "dim")
    head.append(one_line(source.publisher, 60), "bold")
    if source.official:
        head.append(" (official)", "bold green")
    yield head
    day = str(source.published or "no day given")
    yield Text(f"{day}  {one_line(source.language, 3)}  score {source.score:.2f}", "dim")
    yield highlighted(source.title, source.title_marks)
    # Before the summary: a long one must not push it off the screen.
    yield from _read_from(source)
    if source.summary.strip():
        yield highlighted(source.summary, source.summary_marks)
    if source.link:
        yield Text(one_line(source.link, 70), "dim")


def _read_from(source: SourceView) -> Iterator[Text]:
    """What was read, a line for each slot, with the very words: colours may not show."""
    says = source.says
    values = {
        "kind": says.kind,
        "imposer": says.imposer or "",
        "targets": ", ".join(says.targets),
        "products": ", ".join(says.products),
        "rate_pct": f"{says.rate_pct:f}%" if says.rate_pct is not None else "",
        "effective_date": str(says.effective_from or ""),
        "until_date": str(says.effective_until or ""),
    }
    words = words_of(source.title, source.title_marks)
    for slot, more in words_of(source.summary, source.summary_marks).items():
        words[slot] = list(dict.fromkeys((*words.get(slot, ()), *more)))
    for slot, name in SLOT_NAMES.items():
        if values[slot]:
            line = Text(f"  {name:6}")
            line.append(one_line(values[slot], 80), STYLES[slot])
            if words.get(slot):
                line.append(" ← " + " · ".join(f"“{one}”" for one in words[slot][:4]), "dim")
            yield line


def draft(opened: Opened, *, edited: bool) -> RenderableType:
    """The draft as YAML, each value in the style of its slot, beside the words behind it."""
    lines: list[Text] = []
    if edited:
        lines.append(Text("As you edited it: not kept yet (e or f goes on, a accepts it)", "bold"))
    lines += [Text(f"✗ {one_line(one)}", "bold red") for one in opened.preview.proposal.faults]
    words = _all_words(opened.sources)
    text = opened.preview.proposal.text
    lines += [_draft_line(line, words) for line in clean(text[:_LONGEST_DRAFT]).splitlines()]
    if len(text) > _LONGEST_DRAFT:
        lines.append(Text(f"… ({len(text) - _LONGEST_DRAFT:,} characters more)", "dim"))
    return Group(*lines)


def _all_words(found: Sequence[SourceView]) -> dict[str, list[str]]:
    words: dict[str, list[str]] = {}
    for source in found:
        for text, marks in (
            (source.title, source.title_marks),
            (source.summary, source.summary_marks),
        ):
            for slot, more in words_of(text, marks).items():
                words[slot] = list(dict.fromkeys((*words.get(slot, ()), *more)))
    return words


def _draft_line(line: str, words: dict[str, list[str]]) -> Text:
    # The layout's own indentation is two levels deep and tells nothing on a narrow screen.
    bare = line[2:] if line.startswith("  ") else line
    found = _FIELD.match(bare)
    if found is None:
        return Text(one_line(bare, 500) if not bare.startswith(" ") else _indented(bare))
    indent, field, blank, value = found.groups()
    slots = _FIELDS.get(field, ())
    shown = Text.assemble(indent, (f"{field}:", "dim"), blank)
    shown.append(one_line(value, 500), STYLES[slots[0]] if slots else "")
    said = [word for slot in slots for word in words.get(slot, ())][:3]
    if value and said:
        shown.append("  ← " + " · ".join(f"“{one}”" for one in said), "dim")
    return shown


def _indented(line: str) -> str:
    rest = line.lstrip(" ")
    return " " * (len(line) - len(rest)) + one_line(rest, 500)


def change(opened: Opened) -> RenderableType:
    """What is wrong with the draft, what it would change on which day, what sources differ on."""
    item, preview = opened.item, opened.preview
    lines: list[Text] = [Text(f"✗ {one_line(one)}", "bold red") for one in preview.proposal.faults]
    lines.extend(shifts(preview))
    if item.editor:
        lines.append(Text(_decided(item), "bold"))
    if item.known and item.known != item.event:
        told = f"Seems to tell of {one_line(item.known)}, which the record has: m merges into it"
        lines.append(Text(told, "bold"))
    for one in opened.disagreements:
        values = "; ".join(f"{value} ({', '.join(who)})" for value, who in one.values)
        told = f"Sources differ on {SPOKEN.get(one.slot, one.slot)}: {values}"
        lines.append(Text(one_line(told, 600), "yellow"))
    # Notes that say the same as the lines above, in the draft's words.
    said = "sources differ on " if opened.disagreements else "\n"
    notes = (note for note in preview.proposal.notes if not note.startswith(said))
    lines.extend(Text(f"Note: {one_line(note, 600)}") for note in notes)
    return Group(*lines)


def _decided(item: QueueItem) -> str:
    """Who decided last, when, and what."""
    parts = (
        f"{item.standing.capitalize()}: last decided on by {one_line(item.editor or '', 60)}",
        f"on {item.decided_at:%Y-%m-%d %H:%M} UTC" if item.decided_at else None,
        f"as {one_line(item.event)}" if item.event else None,
        f"until {item.until}" if item.until else None,
        f"({one_line(item.why)})" if item.why else None,
    )
    return " ".join(part for part in parts if part)


def shifts(preview: Preview) -> Iterator[Text]:
    """What a draft would change, a day at a time."""
    if preview.proposal.event is None:
        yield Text("It is no event yet: nothing can be said of what it would change.", "bold")
        return
    if not preview.shifts:
        yield Text("It would change no policy state.", "bold")
    for shift in preview.shifts:
        yield Text(f"On {shift.day} it would read:", "bold")
        yield from (Text(f"  {one_line(sentence, 600)}") for sentence in shift.sentences)
