"""A desk under a test's hands: keys in, what stands on the screen out. No clock is waited for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import TypeAlias

from textual.pilot import Pilot

from tests.review.examples import TODAY
from tracker.desk.terminal import DeskApp
from tracker.review.desk import ReviewDesk

__all__ = ["NARROW", "WIDE", "Hands", "drive", "screen_text"]

NARROW, WIDE = (80, 24), (140, 40)
_LIMIT_S = 30


def screen_text(app: DeskApp) -> str:
    """What stands on the screen, a line for each of its rows."""
    strips = app.screen._compositor.render_strips()
    return "".join(f"{strip.text.rstrip()}\n" for strip in strips)


class Hands:
    """The keys and the eyes of an editor."""

    def __init__(self, pilot: Pilot[None], app: DeskApp) -> None:
        self.pilot, self.app = pilot, app

    @property
    def text(self) -> str:
        """What stands on the screen now."""
        return screen_text(self.app)

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Type a text into what has the focus."""
        await self.pilot.press(*text)

    async def sees(self, *words: str) -> str:
        """Wait until all of these stand on the screen."""
        await self.waits(lambda: all(word in self.text for word in words))
        return self.text

    async def waits(self, until: Callable[[], bool]) -> None:
        """Wait until that is so; what stood on the screen is told if it never is."""
        try:
            async with asyncio.timeout(_LIMIT_S):
                while not until():
                    await self.pilot.pause()
        except TimeoutError:
            raise AssertionError(f"it never came to that:\n{self.text}") from None


_Script: TypeAlias = Callable[[Hands], Awaitable[None]]


def drive(
    desk: ReviewDesk,
    script: _Script,
    *,
    size: tuple[int, int] = NARROW,
    edit: Callable[[str], str] | None = None,
    today: date = TODAY,
) -> DeskApp:
    """Run a script of keys against a desk on a terminal of that many columns and rows."""
    app = DeskApp(desk, today=lambda: today, edit=edit)

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            await script(Hands(pilot, app))

    asyncio.run(run())
    return app
