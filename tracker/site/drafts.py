"""Drafts that wait for an editor, as the page of reports shows them: apart, with their sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from tracker.core.words import Kind
from tracker.site.edition import Edition
from tracker.site.text import clean, language_tag, shorten
from tracker.site.unconfirmed import DraftOffer, DraftSource
from tracker.telling.language import Language, Said, marked
from tracker.telling.names import kind_name

__all__ = ["DraftView", "draft_views"]

_SLOTS = {
    "kind": marked("slot", "what happened"),
    "imposer": marked("slot", "who imposes it"),
    "targets": marked("slot", "on whose goods"),
    "products": marked("slot", "which goods"),
    "rate_pct": marked("slot", "the rate"),
    "effective_date": marked("slot", "the first day"),
    "until_date": marked("slot", "the end"),
}


@dataclass(frozen=True, slots=True)
class DraftSourceView:
    """A report behind a draft as text. `link` is still to be checked before anyone is sent there.

    `source`, `day` and `changes` are as in a report.
    """

    title: str
    link: str | None
    source: str
    language: str
    day: date | None


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft: its title, the reports behind it, and a line for each thing they differ on."""

    id: str
    title: Said
    day: date | None
    sources: tuple[DraftSourceView, ...]
    apart: tuple[str, ...]


def draft_views(edition: Edition) -> tuple[DraftView, ...]:
    """The drafts in the order given, in the language of the edition."""
    return tuple(_view(edition, draft) for draft in edition.inputs.drafts)


def _view(edition: Edition, draft: DraftOffer) -> DraftView:
    return DraftView(
        id=draft.id,
        title=edition.text(draft.title),
        day=draft.day,
        sources=tuple(_source(edition.lang, one) for one in draft.sources),
        apart=tuple(_apart(edition.lang, slot, values) for slot, values in draft.apart),
    )


def _source(lang: Language, one: DraftSource) -> DraftSourceView:
    title = shorten(clean(one.title), 300) or lang.say("report", "(no title)")
    language = language_tag(one.language) or ""
    return DraftSourceView(title, one.link, clean(one.publisher), language, one.day)


def _apart(lang: Language, slot: str, values: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    """`They differ on the rate: 25% (A and B); 35% (C)`."""
    told = lang.series(
        lang.say(
            "draft",
            "{value} ({publishers})",
            value=_value(lang, slot, value),
            publishers=lang.listed([clean(one) for one in who[:6]]),
        )
        for value, who in values[:6]
    )
    name = lang.say(*_SLOTS[slot])
    return lang.say("draft", "They differ on {what}: {values}", what=name, values=told)


def _value(lang: Language, slot: str, value: str) -> str:
    """A value as a reader of the language reads it; as it is where it does not read."""
    try:
        if slot == "kind":
            return kind_name(lang, Kind(value))
        if slot == "rate_pct":
            return lang.percent(Decimal(value))
        if slot.endswith("_date"):
            return lang.day(date.fromisoformat(value))
    except (ValueError, InvalidOperation):
        return clean(value)
    if slot in {"imposer", "targets"}:
        codes = value.split(", ")
        return lang.listed([lang.country(one) if len(one) == 2 else one for one in codes])
    return clean(value)
