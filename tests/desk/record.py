"""Record a session of the desk on captured news into docs/review.md: python -m tests.desk.record

Owns what is pressed and which screens are kept. Each replaces the block under its mark in
the page; the words around them are the page's own.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from tests.desk.captured import NOW, captured, workspace
from tests.desk.screens import NARROW, Hands, drive
from tracker.app import App
from tracker.app.reviewing import Reviewing
from tracker.desk.looking import Looking

__all__ = ["PAGE", "SCREENS", "recorded", "with_screens"]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "review.md"
WIDER = (120, 34)
SCREENS = (
    "queue",
    "sources",
    "form",
    "change",
    "accepted",
    "split",
    "merged",
    "conflict",
    "all",
    "wide",
)
"""The screens of the session, in order."""
_MARK = re.compile(r"(<!-- screen: (\w+) -->\n```text\n)(.*?)(^```$)", re.DOTALL | re.MULTILINE)
_FORM = {
    7: "us.s301.forced-labor",
    8: "[general]",
    9: "in_force",
    10: "10",
    11: "2026-07-24",
}
"""What the editor types, by the line of the form. It is what the notice of that day says."""


def with_screens(page: str, screens: dict[str, str]) -> str:
    """The page with each screen under its mark."""
    return _MARK.sub(lambda found: f"{found[1]}{screens[found[2]]}{found[4]}", page)


async def _goto(hands: Hands, reported: str | None) -> None:
    """Move the cursor to the candidate with a report of that title, or to the last, and wait."""
    screen, desk = hands.app.screen, hands.app.desk
    assert isinstance(screen, Looking)
    assert isinstance(desk, Reviewing)
    at = len(screen._items) - 1
    if reported is not None:
        titles = [
            [source.title for source in desk.candidate(item.id).sources] for item in screen._items
        ]
        found = [n for n, ones in enumerate(titles) if any(reported in one for one in ones)]
        if not found:
            raise LookupError(f"no candidate has a report with {reported!r} in its title")
        at = found[0]
    here = screen.current()
    now = screen._items.index(here) if here else 0
    await hands.press(*(["j"] * (at - now) or ["k"] * (now - at)))
    await hands.sees(f"  {screen._items[at].id}")


async def _type(hands: Hands, fields: dict[int, str]) -> None:
    line = 0
    for at, text in fields.items():
        await hands.press(*["down"] * (at - line))
        await hands.type(text)
        line = at


def recorded(app: App) -> dict[str, str]:
    """The screens of a session on that workspace, by name."""
    kept: dict[str, str] = {}
    desk, other = app.reviewing("Ana Example"), app.reviewing("Ben Example")

    async def decide(hands: Hands) -> None:
        kept["queue"] = await hands.sees("explains the keys", "1 of 2")
        await _goto(hands, "EU oficializa arancel de 10%")
        await hands.press("right")
        kept["sources"] = await hands.sees("2 of 6", "rate")
        await hands.press("f")
        await hands.sees("Until")
        await _type(hands, _FORM)
        kept["form"] = hands.text
        await hands.press("enter")
        kept["change"] = await hands.sees("The draft as you edited it", "On 2026-07-24")
        await hands.press("a")
        await hands.sees("Accept as")
        await hands.press("enter")
        kept["accepted"] = await hands.sees("Accepted as", "u takes it back")
        await _goto(hands, "Trump amenaza a Canadá")
        await hands.press("s")
        await hands.press("down", "space")
        kept["split"] = await hands.sees("[x]")
        await hands.press("enter")
        await hands.sees("1 of the reports of")
        await _goto(hands, None)
        await hands.press("r")
        await hands.sees("nothing new")
        await hands.press("2")
        await hands.sees("Rejected")
        await _goto(hands, "Canadá responde a aranceles")
        await hands.press("m")
        kept["merged"] = await hands.sees("2026-07-20-ca-carney-s338")
        await hands.press("1")
        await hands.sees("belong to")
        await _goto(hands, "El representante comercial de EEUU")
        await hands.press("p")
        await hands.sees("Postpone until")
        await hands.press("enter")
        await hands.sees("Postponed")
        await _goto(hands, None)
        await hands.press("r")
        await hands.sees("nothing new")
        here = hands.app.screen_stack[-2]
        assert isinstance(here, Looking)
        mine = here.current()
        assert mine is not None
        other.refresh()
        other.reject(mine.id, version=mine.version, why="nothing new")
        await hands.press("2")
        kept["conflict"] = await hands.sees("Ben Example has rejected")
        await hands.press("t")
        await hands.press("home", "ctrl+home", "3")
        await hands.sees("in all")
        await _goto(hands, "EU oficializa arancel de 10%")
        kept["all"] = await hands.sees("[accepted]", "Accepted: last decided on by Ana Example")

    async def look(hands: Hands) -> None:
        await hands.sees("explains the keys")
        await _goto(hands, "Actions by the United States")
        kept["wide"] = hands.text

    drive(desk, decide, size=NARROW, today=NOW.date())
    drive(app.reviewing("Ana Example"), look, size=WIDER, today=NOW.date())
    return kept


def main() -> None:
    """Write the page anew."""
    if not captured():
        sys.exit("The captures are not there: nothing was recorded.")
    with tempfile.TemporaryDirectory() as folder, workspace(Path(folder)) as app:
        screens = recorded(app)
    PAGE.write_text(with_screens(PAGE.read_text(encoding="utf-8"), screens), encoding="utf-8")


if __name__ == "__main__":
    main()
