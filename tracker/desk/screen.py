"""The desk's one screen, as far as it asks: each action from its key to a decision.

Owns the keys of the actions and what is asked before each. How a decision is taken, and
taken back, stands in `deciding`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import ClassVar

from rich.console import Group
from rich.text import Text
from textual.binding import Binding, BindingType

from tracker.desk import showing
from tracker.desk.calls import Calls
from tracker.desk.deciding import Act, Deciding
from tracker.desk.dialogs import Choice, Choose, Form, Mark, Question
from tracker.desk.fields import fields_of, with_fields
from tracker.desk.help import ACTIONS
from tracker.desk.marks import one_line
from tracker.errors import BadInput
from tracker.review.desk import QueueItem, ReviewDesk

__all__ = ["DeskScreen"]

_WEEK = timedelta(days=7)
_REASONS = (
    "opinion or analysis",
    "nothing new",
    "another country's trade",
    "not trade policy",
    "a look back",
)


class DeskScreen(Deciding):
    """The screen with its decisions. `edit` gives a text to the editor's own editor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"act('{name}')", name.capitalize()) for key, name, _ in ACTIONS),
        Binding("q", "leave", "Quit"),
    ]

    def __init__(
        self,
        desk: ReviewDesk,
        calls: Calls,
        *,
        today: Callable[[], date],
        edit: Callable[[str], str],
    ) -> None:
        super().__init__(desk, calls, today=today)
        self._edit_text = edit

    def action_act(self, name: str) -> None:
        """Begin an action on the candidate under the cursor, unless one is under way."""
        acts: dict[str, Act] = {
            "accept": self._accept,
            "edit": self._edit,
            "form": self._form,
            "merge": self._merge,
            "split": self._split,
            "reject": self._reject,
            "postpone": self._postpone,
            "undo": self._undo,
        }
        self._begin(acts[name])

    # What is decided

    async def _accept(self) -> None:
        opened = await self._look()
        item, proposal = opened.item, opened.preview.proposal
        if proposal.faults or proposal.event is None:
            fault = proposal.faults[0] if proposal.faults else "it is no event yet"
            raise BadInput(f"the draft cannot be accepted: {one_line(fault)}", "e or f amends it")
        told = Group(Text(one_line(proposal.event.title.en), "italic"), showing.change(opened))
        # Not by the key that asked: held down it would accept one candidate after the other.
        yes = Choice(("enter",), "accept", "yes")
        question = Question(f"Accept as {proposal.event.id}?", told, choices=(yes,))
        if await self.app.push_screen_wait(question):
            # The text itself is handed over: what is accepted is what was looked at.
            await self._decide(
                item,
                lambda: self._desk.accept(item.id, version=item.version, text=proposal.text),
                text=True,
            )

    async def _edit(self) -> None:
        opened = await self._look()
        await self._amended(opened.item, self._edit_text(opened.preview.proposal.text))

    async def _form(self) -> None:
        opened = await self._look()
        text = opened.preview.proposal.text
        title = showing.title_of(opened.item)[:70]
        given = await self.app.push_screen_wait(Form(title, fields_of(text)))
        if given is not None:
            await self._amended(opened.item, with_fields(text, given))

    async def _amended(self, item: QueueItem, text: str) -> None:
        """Look at an edited draft: keep it, accept it, edit it on, or leave it for later."""
        opened = await self._look()
        if not text.strip() or text == opened.preview.proposal.text:
            self.say("The draft is as it was.")
            return
        self._texts[item.id] = text
        self._opened = None
        opened = await self._look()
        choices = [Choice(("e",), "edit on", "edit"), Choice(("f",), "form", "form")]
        if not opened.preview.proposal.faults:
            choices.insert(0, Choice(("enter", "k"), "keep it", "keep"))
            choices.insert(1, Choice(("a",), "accept it", "accept"))
        question = Question("The draft as you edited it", showing.change(opened), choices=choices)
        answer = await self.app.push_screen_wait(question)
        if answer == "keep":
            await self._decide(
                item, lambda: self._desk.amend(item.id, version=item.version, text=text), text=True
            )
        elif answer is not None:
            await {"accept": self._accept, "edit": self._edit, "form": self._form}[answer]()
        else:
            self.say("The edited draft waits here, and is not kept yet.")

    async def _merge(self) -> None:
        opened = await self._look()
        item = opened.item
        events = [
            (name, Text.assemble((one_line(name, 90), "bold"), f"\n  {one_line(title, 70)}"))
            for name, title in opened.events
        ]
        title = "Which event do the reports tell of?"
        event = await self.app.push_screen_wait(Choose(title, events, "the id of an event"))
        if event is not None:
            await self._decide(
                item, lambda: self._desk.merge(item.id, version=item.version, event=event.strip())
            )

    async def _split(self) -> None:
        opened = await self._look()
        item = opened.item
        rows = [
            (one.report, Text(f"{one_line(one.publisher, 20)}: {one_line(one.title, 200)}"))
            for one in opened.sources
        ]
        reports = await self.app.push_screen_wait(Mark("Which reports tell another story?", rows))
        if reports is not None:
            await self._decide(
                item, lambda: self._desk.split(item.id, version=item.version, reports=reports)
            )

    async def _reject(self) -> None:
        item = (await self._look()).item
        reasons = [(reason, Text(reason)) for reason in _REASONS]
        why = await self.app.push_screen_wait(
            Choose("Why is there nothing in it?", reasons, "or in your own words")
        )
        if why is not None:
            await self._decide(
                item, lambda: self._desk.reject(item.id, version=item.version, why=why)
            )

    async def _postpone(self) -> None:
        item = (await self._look()).item
        week = (self._today() + _WEEK).isoformat()
        given = await self.app.push_screen_wait(Question("Postpone until which day?", line=week))
        if given is None:
            return
        try:
            until = date.fromisoformat(given.strip())
        except ValueError as error:
            raise BadInput(f"{one_line(given, 40)} is no day", f"Write it like {week}") from error
        await self._decide(
            item, lambda: self._desk.postpone(item.id, version=item.version, until=until)
        )

    async def action_leave(self) -> None:
        """Leave the desk, after a question where something would be lost."""

        def answered(answer: str | None) -> None:
            if answer:
                self._calls.leave()
                self.app.exit()

        if not self._texts:
            answered("yes")
            return
        yes = Choice(("y",), "leave", "yes")
        told = Text(f"Edited here and not kept: {', '.join(self._texts)}")
        self.app.push_screen(Question("Leave without them?", told, choices=(yes,)), answered)
