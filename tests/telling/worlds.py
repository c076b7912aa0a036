"""Rows, changes and worlds for the tests of the telling, small and in all languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tests.core.worlds import CA, day
from tracker.core.diff import Change, diff_viewpoints
from tracker.core.events import Effect, Event, Instrument, Source, Text
from tracker.core.layers import Scope
from tracker.core.measures import Measure, Provision
from tracker.core.pending import Pending
from tracker.core.policy import ProvisionState, Viewpoint
from tracker.core.words import Basis, Kind, Status
from tracker.core.world import World, world_of
from tracker.telling.language import LANGUAGES, Language, language

LANGS = tuple(language(code) for code in LANGUAGES)
EN, ES, FR = LANGS
NBSP = "\N{NO-BREAK SPACE}"

langs = st.sampled_from(LANGS)
POTASH = Text(en="Potash", es="Potasa", fr="Potasse")


def row(status: str = "in_force", rate: str | None = "25", **more: Any) -> ProvisionState:
    """A state of one provision; days may be written as text."""
    for name in ("effective_from", "effective_until"):
        if isinstance(more.get(name), str):
            more[name] = day(more[name])
    products = more.pop("products", POTASH)
    return ProvisionState(
        **{
            "measure": CA,
            "provision": "potash",
            "imposer": "US",
            "targets": ("CA",),
            "authority": "IEEPA",
            "scope": Scope(products, (), more.pop("origin", "any")),
            "status": Status(status),
            "rate_pct": None if rate is None else Decimal(rate),
            **more,
        }
    )


def turn(status: str, rate: str | None, start: str | None, **more: Any) -> Pending:
    return Pending(
        **{
            "status": Status(status),
            "rate_pct": None if rate is None else Decimal(rate),
            "basis": Basis.FULL_VALUE,
            "rate_text": None,
            "scope": None,
            "effective_from": None if start is None else day(start),
            "event": "e",
            **more,
        }
    )


HOSTILE = "<script>alert(1)</script> | [x](javascript:1) *b* `c` =1+1 \u202e https://evil.example"


def hostile(text: str, url: str = "javascript:alert(1)") -> World:
    """A world whose every free text is `text` and whose every link is `url`."""
    words = Text(en=text, es=text, fr=text)
    measure = Measure(
        key=CA,
        imposer="US",
        authority=text,
        title=words,
        provisions=(Provision(key="general", products=words, targets=("CA",), origin=text),),
    )
    event = Event(
        id="2025-02-01-order",
        kind=Kind.ANNOUNCEMENT,
        announced=day("2025-02-01"),
        title=words,
        summary=words,
        sources=(Source(url=url, publisher=text, title=text),),
        instrument=Instrument(citation=text, url=url),
        effects=(
            Effect(
                measure=CA,
                provision="general",
                status=Status.IN_FORCE,
                rate_text=text,
                effective_from=day("2025-02-04"),
            ),
        ),
    )
    return world_of((event,), (measure,))


def between(world: World, first: str, last: str) -> tuple[Viewpoint, Viewpoint, tuple[Change, ...]]:
    start, end = (Viewpoint(on=day(text)) for text in (first, last))
    return start, end, diff_viewpoints(world, start, end)


TODAY = date(2026, 11, 25)

__all__ = [
    "EN",
    "ES",
    "FR",
    "HOSTILE",
    "LANGS",
    "NBSP",
    "POTASH",
    "TODAY",
    "Language",
    "between",
    "hostile",
    "langs",
    "row",
    "turn",
]
