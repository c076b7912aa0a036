"""Rows, turns and goods of `data/compare.js` told in one language, so that no script has to.

Owns which phrases the comparison in the browser finds ready made. They are those of
`telling` and of the pages made beforehand.
"""

from __future__ import annotations

from typing import Any

from tracker.core.rows import ProvisionState
from tracker.site.compare_data import CompareData
from tracker.site.rates import RateView
from tracker.site.views import plate_of
from tracker.telling.language import Language
from tracker.telling.phrases import (
    alternative_phrase,
    pending_phrase,
    rate_text,
    state_phrase,
    state_without_turn,
)
from tracker.telling.places import goods_phrase
from tracker.telling.uncertain import until_phrase

__all__ = ["ready_made"]


def ready_made(lang: Language, data: CompareData) -> dict[str, list[Any]]:
    """For each row its state, the state where its turns are told after it, its rate, its cell.

    `still` is 0 where it is the state, `rate` where none is known. `turns` and `goods`
    are told by their own numbers. A cell: what stands on the plate (empty: the
    status), what sort of plate it is, the lines below it, and what may hold instead.
    """
    states = [state_phrase(lang, row) for row in data.rows]
    still = [state_without_turn(lang, row) for row in data.rows]
    goods = {row.scope: row for row in data.rows}
    return {
        "states": states,
        "still": [0 if one == other else one for one, other in zip(still, states, strict=True)],
        "rates": [_rate(lang, row) for row in data.rows],
        "cells": [_cell(lang, row) for row in data.rows],
        "turns": [pending_phrase(lang, turn) for turn in data.turns],
        "goods": [
            goods_phrase(lang, goods[scope]) if scope in goods else 0 for scope in data.scopes
        ],
    }


def _rate(lang: Language, row: ProvisionState) -> str | int:
    return 0 if row.rate_pct is None else rate_text(lang, row.rate_pct, row.rate_text)


def _cell(lang: Language, row: ProvisionState) -> list[Any]:
    plate = plate_of(lang, row) or RateView("")
    sort = "zero" if plate.zero else "" if plate.figure else "words"
    until = ""
    if row.effective_until is not None:
        until = lang.say("end", "until {day}", day=lang.short_day(row.effective_until))
    elif row.ends is not None:
        until = until_phrase(lang, None, row.ends)
    others = [
        lang.say("board", "Not certain: {other}.", other=alternative_phrase(lang, one))
        for one in row.alternatives
    ]
    return [plate.text, sort, [line for line in (plate.note, until) if line], others]
