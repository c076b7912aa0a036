"""From a world to the rows of the export's tables. Pure; order as the tables say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from tracker.core.events import (
    Source,
    Wording,
)
from tracker.core.policy import Viewpoint, state
from tracker.core.rows import ProvisionState
from tracker.core.world import World
from tracker.record import event_rows
from tracker.record.cells import Row
from tracker.record.event_rows import in_languages, kind_of
from tracker.record.tables import MeasureRow, ProvisionRow, SourceRow, StateRow

__all__ = ["rows_of"]


def rows_of(world: World, table: str, *, on: date) -> tuple[Row, ...]:
    """The rows of a table by its name (a key of `TABLES`); `on` is the day of `states`."""
    if table == "states":
        return tuple(_state(row, on) for row in state(world, Viewpoint(on=on)))
    return tuple(_MADE_BY[table](world))


def _measures(world: World) -> Iterator[Row]:
    for measure in world.measures.values():
        yield MeasureRow(
            measure=measure.key,
            imposer=measure.imposer,
            authority=measure.authority,
            **in_languages("title", measure.title),
            legal_basis=measure.legal_basis,
            mirrors=measure.mirrors,
            provisions=len(measure.provisions),
            **_note(measure.note),
        )


def _note(note: Wording | None) -> dict[str, Any]:
    """The note in English under the name it always had, its translations beside it."""
    said = in_languages("note", note)
    return {"note": said["note_en"], "note_es": said["note_es"], "note_fr": said["note_fr"]}


def _provisions(world: World) -> Iterator[Row]:
    for measure in world.measures.values():
        for one in measure.provisions:
            yield ProvisionRow(
                measure=measure.key,
                provision=one.key,
                targets=one.targets,
                excludes=one.excludes,
                origin=one.origin,
                **in_languages("products", one.products),
                hts=one.hts,
                **_note(one.note),
            )


def _sources(world: World) -> Iterator[Row]:
    for event in world.events:
        yield from _cited("event", event.id, None, event.sources)
        for number, claim in enumerate(event.claims, start=1):
            yield from _cited("claim", event.id, number, claim.sources)
    for measure in world.measures.values():
        yield from _cited("measure", measure.key, None, measure.sources)


def _cited(of: str, name: str, claim: int | None, sources: tuple[Source, ...]) -> Iterator[Row]:
    for number, source in enumerate(sources, start=1):
        yield SourceRow(
            of=of,
            name=name,
            claim=claim,
            number=number,
            publisher=source.publisher,
            title=source.title,
            url=source.url,
            published=source.published,
            primary=source.primary,
        )


def _state(row: ProvisionState, on: date) -> StateRow:
    turn = row.pending[0] if row.pending else None
    return StateRow(
        day=on,
        measure=row.measure,
        provision=row.provision,
        imposer=row.imposer,
        targets=row.targets,
        authority=row.authority,
        status=row.status,
        over=row.over,
        rate_pct=row.rate_pct,
        basis=row.basis,
        **in_languages("rate_text", row.rate_text),
        effective_from=row.effective_from,
        start=kind_of(row.effective_from, row.starts, "none"),
        effective_until=row.effective_until,
        end=kind_of(row.effective_until, row.ends, "open"),
        **in_languages("products", row.scope.products),
        hts=row.scope.hts,
        origin=row.scope.origin,
        next_status=turn.status if turn else None,
        next_rate_pct=turn.rate_pct if turn else None,
        next_from=turn.effective_from if turn else None,
        pending=len(row.pending),
        alternatives=len(row.alternatives),
        events=row.events,
        doubts=row.doubts,
    )


_MADE_BY: dict[str, Callable[[World], Iterator[Row]]] = {
    "events": event_rows.events,
    "effects": event_rows.effects,
    "deadlines": event_rows.deadlines,
    "steps": event_rows.steps,
    "claims": event_rows.claims,
    "stacking": event_rows.stacking,
    "measures": _measures,
    "provisions": _provisions,
    "sources": _sources,
}
