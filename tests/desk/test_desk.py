"""The desk by its keys, on a desk in memory: narrow and wide, what is seen and what is decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Event

import pytest

from tests.desk.screens import NARROW, WIDE, Hands, drive
from tests.review.examples import EVENT, STEEL_EN, ExampleDesk
from tracker.desk.help import ACTIONS
from tracker.errors import OperationFailed
from tracker.review.desk import Opened, QueueItem, Standing

STEEL, CALL, HOSTILE = "aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc"
SENTENCE = "US on CA, Steel articles: 30% announced from 1 December 2026"
BOTH = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "140x40"])


def standing(desk: ExampleDesk, name: str) -> QueueItem:
    return next(item for item in desk.queue(everything=True) if item.id == name)


def styled(hands: Hands, word: str) -> set[str]:
    """The styles in which a word stands on the screen."""
    strips = hands.app.screen._compositor.render_strips()
    found = {str(part.style) for strip in strips for part in strip if part.text.strip() == word}
    assert found, hands.text
    return found


@BOTH
def test_queue_sources_draft_and_change_are_seen_and_every_key_is_named(
    size: tuple[int, int],
) -> None:
    async def script(hands: Hands) -> None:
        text = await hands.sees("? explains the keys", "1 of 2", "2 of 2")
        lines = text.splitlines()
        assert "Ana Example" in lines[0]
        assert "3 wait" in lines[0]
        assert lines[2].startswith("0.49* 2026-11-25 announcement   30/35%   2 Example: US to")
        for key, name, _ in ACTIONS:
            assert f"{key} {name} " in lines[-1]
        assert lines[-1].rstrip().endswith("q quit")
        # Sources stand side by side, and what was read with the words it was read from.
        assert any("Example Gazette" in line and "Diario de Ejemplo" in line for line in lines)
        assert "rate  30% ← “30%”" in text
        assert "35% ← “35%”" in text
        assert any("reverse" in style for style in styled(hands, "30%"))
        await hands.press("2")
        text = await hands.sees("- id: 2026-11-25-us-steel-announcement", "kind: announcement")
        await hands.press("3")
        text = await hands.sees(SENTENCE[:30], "Sources differ on the rate: 30")
        assert "sources disagree on the rate" in text
        await hands.press("question_mark")
        await hands.sees("postpone out of the queue until a day", "q        leave")
        await hands.press("escape", "j")
        await hands.sees("1 of 1  Exemple" if size == WIDE else CALL)

    drive(ExampleDesk(), script, size=size)


@BOTH
def test_accepting_shows_what_it_would_do_before_anything_is_written(
    size: tuple[int, int],
) -> None:
    desk = ExampleDesk()

    async def script(hands: Hands) -> None:
        await hands.sees("1 of 2")
        await hands.press("a")
        await hands.sees(f"Accept as {EVENT.id}?", SENTENCE)
        assert standing(desk, STEEL).version == 0
        await hands.press("escape")
        await hands.press(*"aaaa")  # held down it asks once and no more
        await hands.sees("Accept as")
        assert standing(desk, STEEL).version == 0
        await hands.press("enter")
        # The next candidate is under the cursor at once.
        await hands.sees("Accepted by Ana Example. u takes it back", "2 wait", CALL)
        assert standing(desk, STEEL).standing is Standing.ACCEPTED
        await hands.press("u")
        await hands.sees(f"{STEEL}: Accepted by Ana Example")
        await hands.press("enter")
        await hands.sees("Undone", "3 wait", f"Change (1 day)  {STEEL}")
        assert standing(desk, STEEL).standing is Standing.OPEN

    drive(desk, script, size=size)


def test_rejecting_postponing_merging_and_splitting_by_key() -> None:
    desk = ExampleDesk()

    async def script(hands: Hands) -> None:
        await hands.sees("1 of 2")
        await hands.press("s")
        await hands.sees("Which reports tell another story?")
        await hands.press("down", "space")
        await hands.sees("[x] Diario de Ejemplo")
        await hands.press("enter")
        await hands.sees("1 of 2 reports are a candidate of their own now", "4 wait")
        assert standing(desk, STEEL).size == 1
        await hands.press("r")
        await hands.sees("1 opinion or analysis")
        await hands.press("tab")
        await hands.type("no 2")
        await hands.press("enter")
        await hands.sees("Rejected by Ana Example", "3 wait")
        rejected = [item for item in desk.queue(everything=True) if item.why]
        assert [item.why for item in rejected] == ["no 2"]
        await hands.press("r", "2")
        await hands.sees("2 wait")
        await hands.press("p")
        await hands.sees("Postpone until which day?", "2026-12-02")
        await hands.press("end", *["backspace"] * 10)
        await hands.type("soon")
        await hands.press("enter")
        await hands.sees("✗ soon is no day. Write it like 2026-12-02")
        await hands.press("p")
        await hands.press("enter")
        await hands.sees("Postponed by Ana Example", "1 wait")
        await hands.press("m")
        await hands.sees("1 2026-11-24-example-call")
        await hands.press("tab")
        await hands.type("no-such")
        await hands.press("enter")
        await hands.sees("✗ there is no event 'no-such'", "1 wait")
        await hands.press("m", "1")
        await hands.sees("Merged by Ana Example", "0 wait")
        await hands.press("a")
        await hands.sees("there is no candidate under the cursor")
        # All of them, with what was decided; there undo is of the line under the cursor.
        await hands.press("t")
        await hands.sees("4 in all", "[merged]", "[postponed]", "[rejected]", "rejected")
        await hands.press("j", "j", "3")
        await hands.sees("Postponed: last decided on by Ana Example", "UTC until")
        await hands.press("u")
        await hands.sees("dddddddddd: postponed by Ana Example")
        await hands.press("enter")
        await hands.sees("Undone")

    drive(desk, script)
    counts = {item.standing for item in desk.queue(everything=True)}
    assert counts == {Standing.MERGED, Standing.OPEN, Standing.REJECTED}


def test_a_second_editor_who_was_sooner_is_named_and_nothing_is_written_twice() -> None:
    desk = ExampleDesk()

    async def script(hands: Hands) -> None:
        await hands.sees("1 of 2")
        await hands.press("a")
        await hands.sees("Accept as")
        desk.decided_elsewhere(STEEL)
        await hands.press("enter")
        await hands.sees("✗ Ana Example has decided on aaaaaaaaaa meanwhile: rejected", "2 wait")

    drive(desk, script)
    assert (standing(desk, STEEL).standing, standing(desk, STEEL).version) == ("rejected", 1)


def test_a_draft_is_edited_looked_at_and_only_then_kept() -> None:
    desk, texts = ExampleDesk(), []
    edits: list[Callable[[str], str]] = [
        lambda text: text.replace("kind: announcement", "kind: threatt"),
        lambda text: text.replace("kind: threatt", "kind: announcement # sure"),
    ]

    def edit(text: str) -> str:
        texts.append(text)
        return edits.pop(0)(text) if edits else text

    async def script(hands: Hands) -> None:
        await hands.sees("1 of 2")
        await hands.press("e")
        text = await hands.sees("The draft as you edited it", "[has_its_shape]")
        assert "keep it" not in text
        await hands.press("escape")
        await hands.sees("is not kept yet", "2 Draft ✗")
        # It neither gets lost nor gets in: not by accepting, not by leaving, not by moving on.
        await hands.press("a")
        await hands.sees("✗ the draft cannot be accepted", "has_its_shape")
        for way_out in ("q", "ctrl+q"):
            await hands.press(way_out)
            await hands.sees("Leave without them?", STEEL)
            await hands.press("escape")
        await hands.press("j", "k", "2")
        await hands.sees("As you edited it: not kept yet", "kind: threatt")
        assert standing(desk, STEEL).version == 0
        await hands.press("e")
        await hands.sees("enter: keep it", SENTENCE)
        await hands.press("enter")
        await hands.sees("Amended by Ana Example", "[amended]", "announcement # sure")
        await hands.press("e")
        await hands.sees("The draft is as it was.")
        await hands.press("q")

    app = drive(desk, script, edit=edit)
    assert texts[1] == texts[0].replace("kind: announcement", "kind: threatt")
    assert (standing(desk, STEEL).amended, standing(desk, STEEL).version) == (True, 1)
    assert app.return_code == 0


def test_an_edited_draft_survives_somebody_elses_decision() -> None:
    desk = ExampleDesk()

    async def script(hands: Hands) -> None:
        await hands.sees("1 of 2")
        await hands.press("e")
        await hands.sees("enter: keep it")
        desk.decided_elsewhere(STEEL)
        await hands.press("enter")
        await hands.sees("✗ Ana Example has decided", "2 wait")
        await hands.press("t", "2")
        await hands.sees("[rejected]")
        await hands.press("k")
        await hands.sees("As you edited it: not kept yet", "Change (1 day)  aaaaaaaaaa")

    drive(desk, script, edit=lambda text: text + "    # mine\n")


@BOTH
def test_the_form_changes_what_was_typed_and_nothing_else(size: tuple[int, int]) -> None:
    desk = ExampleDesk()

    async def script(hands: Hands) -> None:
        await hands.sees("1 of 2")
        await hands.press("f")
        await hands.sees("Title (en)", "Measure", "Until")
        await hands.press("down", "down", "down")
        await hands.type('"Sí": 5')
        await hands.press("down", "down", "down", "down")
        await hands.type("us.s232.steel")
        await hands.press("enter")
        await hands.sees("enter: keep it")
        await hands.press("enter")
        await hands.sees("Amended")

    drive(desk, script, size=size)
    text = desk.open(STEEL).preview.proposal.text
    assert '      es: "\\"Sí\\": 5"\n' in text
    assert "    effects:\n      - measure: us.s232.steel\n    sources:\n" in text


ESCAPES = (
    "\x1b]0;owned\x07\x1b[2J\u202e[bold red]{x}\u200b" + "\u05e9" * 30 + "[@click=app.quit]x[/]"
)


class Hostile(ExampleDesk):
    """Every text that somebody else wrote does its worst; nothing has been made harmless."""

    def queue(self, *, everything: bool = False) -> Sequence[QueueItem]:
        return [
            replace(one, title=ESCAPES, kind=ESCAPES, editor=ESCAPES, known=ESCAPES)
            for one in super().queue(everything=everything)
        ]

    def open(self, candidate: str) -> Opened:
        opened = super().open(candidate)
        (first, *rest) = opened.sources
        mark = first.title_marks[0] if first.title_marks else None
        marks = (replace(mark, slot=ESCAPES, end=10**9),) if mark else ()
        worse = replace(
            first,
            title=ESCAPES,
            summary=ESCAPES * 2_000,
            publisher=ESCAPES,
            link=ESCAPES,
            title_marks=marks,
        )
        events = ((ESCAPES, ESCAPES),)
        proposal = replace(
            opened.preview.proposal,
            text=opened.preview.proposal.text + f"    {ESCAPES * 2_000}\n",
            notes=(ESCAPES,),
        )
        preview = replace(opened.preview, proposal=proposal)
        return replace(opened, sources=(worse, *rest), events=events, preview=preview)


@BOTH
def test_foreign_text_is_text_and_no_more(size: tuple[int, int]) -> None:
    seen: list[str] = []

    async def script(hands: Hands) -> None:
        await hands.sees("{x}\N{REPLACEMENT CHARACTER}", "Diario de Ejemplo")
        for key in ("2", "3", "s", "escape", "m", "escape", "f", "escape", "a", "escape", "1"):
            await hands.press(key)
            seen.append(hands.text)
        await hands.press("a")
        await hands.sees("Accept as")
        seen.append(hands.text)

    drive(Hostile(), script, size=size)
    for text in seen:
        assert len(text.splitlines()) == size[1]
        for character in "\x1b\x07\u202e\u200b":
            assert character not in text


def test_thousands_of_reports_show_how_far_they_are_and_do_not_keep_anybody() -> None:
    reached, go = Event(), Event()

    class Slow(ExampleDesk):
        def refresh(self, progress: Callable[[int, int], None] | None = None) -> None:
            assert progress is not None
            for read in range(0, 5_001, 200):
                progress(read, 5_000)
                if read == 1_200:
                    reached.set()
                    assert go.wait(60)

    async def script(hands: Hands) -> None:
        await hands.sees("Reading reports: 1,200 of 5,000")
        await hands.press("a", "r", "u")
        assert "Accept" not in hands.text
        if leave:
            await hands.press("q")
            go.set()
        else:
            go.set()
            await hands.sees("5,000 reports read", STEEL_EN[:20])

    for leave in (False, True):
        go.clear()
        app = drive(Slow(), script)
        assert app.calls.read == (1_200 if leave else 5_000)
        assert app.return_code == (0 if leave else None)


def test_a_long_queue_is_walked_and_the_last_candidate_opened() -> None:
    class Long(ExampleDesk):
        def queue(self, *, everything: bool = False) -> Sequence[QueueItem]:
            first = super().queue()[0]
            items = [replace(first, id=f"{at:010}") for at in range(2_000)]
            return [item for item in items if everything or item.standing is Standing.OPEN]

        def open(self, candidate: str) -> Opened:
            opened = super().open(STEEL)
            return replace(opened, item=replace(opened.item, id=candidate))

    async def script(hands: Hands) -> None:
        await hands.sees("2,000 wait", "0000000000")
        await hands.press("down", "down", "end", "ctrl+end")
        await hands.sees("0000001999")

    drive(Long(), script)


def test_a_ledger_that_fails_is_told_and_the_desk_stays() -> None:
    class Failing(ExampleDesk):
        broken = True

        def refresh(self, progress: Callable[[int, int], None] | None = None) -> None:
            if self.broken:
                raise OperationFailed("the ledger cannot be read", "Try again")
            super().refresh(progress)

    desk = Failing()

    async def script(hands: Hands) -> None:
        await hands.sees("✗ the ledger cannot be read. Try again")
        desk.broken = False
        await hands.press("R")
        await hands.sees("3 wait", "1 of 2")

    drive(desk, script)
