"""The questions the desk asks: yes or no, a line of text, one of several, some of several.

Owns their keys and nothing of what is asked for: each answers with what was given, or None
for Escape. Texts are handed in as `Text`, never as markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.console import RenderableType
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tracker.desk.fields import FIELDS

__all__ = ["Choice", "Choose", "Dialog", "Form", "Mark", "Question"]


class Dialog(ModalScreen[str | None]):
    """What all of them share: a box with a title, what it says, and a line on its keys."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave", show=False)]

    def __init__(self, title: str, said: RenderableType | None, keys: str) -> None:
        super().__init__(classes="dialog")
        self._title_text = Text(title, "bold")
        self._said = said
        self._keys = keys

    def compose(self) -> ComposeResult:
        """The box: title, text, what is asked, keys."""
        with Vertical(classes="box"):
            yield Static(self._title_text)
            if self._said is not None:
                with VerticalScroll(classes="told"):
                    yield Static(self._said, markup=False)
            yield from self.asked()
            yield Static(Text(self._keys), classes="foot")

    def asked(self) -> ComposeResult:
        """The widgets of the question itself."""
        yield from ()

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)


@dataclass(frozen=True, slots=True)
class Choice:
    """A key and what pressing it means. `keys` are Textual's names of keys, the first is shown."""

    keys: tuple[str, ...]
    label: str
    answer: str


class Question(Dialog):
    """Choices by key; with `line` a line of text, which Enter gives."""

    def __init__(
        self,
        title: str,
        said: RenderableType | None = None,
        *,
        choices: Sequence[Choice] = (),
        line: str | None = None,
    ) -> None:
        keys = [f"{choice.keys[0]}: {choice.label}" for choice in choices]
        if line is not None:
            keys.append("enter: do it")
        super().__init__(title, said, "   ".join([*keys, "escape: leave it"]))
        self._choices = tuple(choices)
        self._line = line

    def asked(self) -> ComposeResult:
        """The line, where one is asked for."""
        if self._line is not None:
            yield Input(self._line, id="line", compact=True)

    def on_mount(self) -> None:
        """The line is what is typed into."""
        if self._line is not None:
            self.query_one(Input).focus()

    def on_key(self, event: Key) -> None:
        """Answer with the choice of that key."""
        for choice in self._choices:
            if event.key in choice.keys:
                event.stop()
                self.dismiss(choice.answer)
                return

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the line."""
        event.stop()
        self.dismiss(event.value)


class Choose(Dialog):
    """One of several, by Enter or its number, or a text of one's own."""

    def __init__(self, title: str, options: Sequence[tuple[str, Text]], own: str) -> None:
        keys = "enter or 1-9: choose   tab: write your own   escape: leave it"
        super().__init__(title, None, keys if options else "enter: do it   escape: leave it")
        self._options = tuple(options)
        self._own = own

    def asked(self) -> ComposeResult:
        """The list, then the line."""
        if self._options:
            yield OptionList(
                *(
                    Option(Text(f"{number} ").append_text(text))
                    for number, (_, text) in enumerate(self._options, start=1)
                ),
                markup=False,
            )
        yield Input(placeholder=self._own, compact=True)

    def on_key(self, event: Key) -> None:
        """A number chooses, unless one is being typed into the line."""
        typing = isinstance(self.focused, Input)
        if not typing and event.key.isdecimal() and 1 <= int(event.key) <= len(self._options):
            event.stop()
            self.dismiss(self._options[int(event.key) - 1][0])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with the option."""
        event.stop()
        self.dismiss(self._options[event.option_index][0])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the text."""
        event.stop()
        self.dismiss(event.value)


class Mark(ModalScreen[tuple[str, ...] | None]):
    """Some of several: Space marks, Enter answers with what is marked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False),
        Binding("space", "mark", "Mark", show=False, priority=True),
        Binding("enter", "give", "Do it", show=False, priority=True),
    ]

    def __init__(self, title: str, options: Sequence[tuple[str, Text]]) -> None:
        super().__init__(classes="dialog")
        self._title_text = title
        self._options = tuple(options)
        self._marked: set[int] = set()

    def compose(self) -> ComposeResult:
        """The box with the list."""
        with Vertical(classes="box"):
            yield Static(Text(self._title_text, "bold"))
            yield OptionList(*(self._line(at) for at in range(len(self._options))), markup=False)
            yield Static(Text("space: mark   enter: do it   escape: leave it"), classes="foot")

    def _line(self, at: int) -> Text:
        mark = "[x] " if at in self._marked else "[ ] "
        return Text(mark, no_wrap=True, overflow="ellipsis").append_text(self._options[at][1])

    def action_mark(self) -> None:
        """Mark the line under the cursor, or no longer."""
        options = self.query_one(OptionList)
        at = options.highlighted
        if at is not None:
            self._marked ^= {at}
            options.replace_option_prompt_at_index(at, self._line(at))

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def action_give(self) -> None:
        """Answer with what is marked."""
        self.dismiss(tuple(self._options[at][0] for at in sorted(self._marked)))


class Form(ModalScreen[Mapping[str, str] | None]):
    """The fields of a draft, a line each: answers with all of them by name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False),
        Binding("up", "app.focus_previous", "Back", show=False),
        Binding("down", "app.focus_next", "On", show=False),
    ]

    def __init__(self, title: str, values: Mapping[str, str]) -> None:
        super().__init__(classes="dialog")
        self._title_text = title
        self._values = dict(values)

    def compose(self) -> ComposeResult:
        """The box with the fields."""
        with Vertical(classes="box"):
            yield Static(Text(self._title_text, "bold"))
            for field in FIELDS:
                with Horizontal(classes="field"):
                    yield Static(Text(field.name))
                    yield Input(
                        self._values.get(field.name, ""),
                        placeholder=f"e.g. {field.hint}" if field.hint else "",
                        compact=True,
                        select_on_focus=False,
                        name=field.name,
                    )
            yield Static(
                Text("up, down: move   enter: look at it   escape: leave it"), classes="foot"
            )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with every field."""
        event.stop()
        self.dismiss({str(one.name): one.value for one in self.query(Input)})

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
