"""The diff report: what changed between two viewpoints, as cells ready to be set.

Owns which cells there are and what stands in them. It knows no format: the
renderers (`markdown`, `csvs`, `html`) and the terminal's table take it as it
is. Texts are plain and not escaped, links not yet checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from tracker.core.diff import Change, Step
from tracker.core.policy import Viewpoint
from tracker.core.world import World
from tracker.telling.causes import Cause, causes_of
from tracker.telling.changes import (
    both_sides,
    change_sentence,
    difference_points,
    headline,
    points_text,
    returned_sentence,
)
from tracker.telling.language import Language, Said
from tracker.telling.names import change_name, label_name
from tracker.telling.places import origin_phrase, who_on_whom
from tracker.telling.viewpoints import viewpoint_phrase

__all__ = ["DiffReport", "ReportRow", "ReportStep", "diff_report"]


@dataclass(frozen=True, slots=True)
class ReportStep:
    """One turn on the way, on the day on which it shows."""

    day: date
    day_text: str
    before: str
    after: str
    points: str
    kind: str
    causes: tuple[int, ...]
    sentence: str
    change: Change


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One provision: who on whom, goods, both sides, the difference in points, why.

    `origin` is its condition, empty where there is none; `label` is empty where
    nothing was worked out; `causes` are numbers in the report's list.
    """

    place: str
    who: str
    goods: Said
    origin: str
    authority: str
    before: str
    after: str
    points: str
    kind: str
    label: str
    causes: tuple[int, ...]
    sentence: str
    steps: tuple[ReportStep, ...]
    change: Change


@dataclass(frozen=True, slots=True)
class DiffReport:
    """A whole answer: headline, both viewpoints, rows, causes, what came back, notes.

    Each row of `returned` has a sentence that says so and, where asked for, the
    steps there and back.
    """

    lang: Language
    title: str
    headline: str
    before: str
    after: str
    rows: tuple[ReportRow, ...]
    returned: tuple[ReportRow, ...]
    causes: tuple[Cause, ...]
    notes: tuple[str, ...]

    @property
    def has_steps(self) -> bool:
        """Whether any row or any provision that came back lists its steps."""
        return any(row.steps for row in (*self.rows, *self.returned))


def diff_report(
    lang: Language,
    world: World,
    before: Viewpoint,
    after: Viewpoint,
    changes: Sequence[Change],
    *,
    today: date,
    returned: Sequence[Change] = (),
    notes: Sequence[str] = (),
    steps: bool = False,
    earlier: World | None = None,
) -> DiffReport:
    """The report of `changes` between two viewpoints, rows in the order given.

    `returned` are changes whose two sides read the same; `steps` lists the turns
    on the way, as far as the changes hold them; `earlier` is the ledger the
    `before` side was seen from where it is another one. `notes` are said as they
    are. Pure: `today` only says which days lie ahead.
    """
    # What came back has no causes of its own: those of its way are numbered all the same.
    shown = [
        *(changes if steps else (msgspec.structs.replace(one, steps=()) for one in changes)),
        *returned,
    ]
    causes = causes_of(lang, shown, world, () if earlier is None else (earlier,))
    numbers = {cause.event: cause.number for cause in causes}
    teller = _Teller(lang, numbers, steps=steps)
    start, end = (viewpoint_phrase(lang, seen, today=today) for seen in (before, after))
    return DiffReport(
        lang=lang,
        title=_title(lang, before, start, end),
        headline=headline(lang, changes),
        before=start,
        after=end,
        rows=tuple(teller.row(change, change_sentence(lang, change)) for change in changes),
        returned=tuple(teller.row(change, returned_sentence(lang, change)) for change in returned),
        causes=causes,
        notes=tuple(notes),
    )


def _title(lang: Language, before: Viewpoint, start: str, end: str) -> str:
    if before.announced_by is None and before.recorded_by is None:
        return lang.say("report", "What changed: {before} to {after}", before=start, after=end)
    # The first viewpoint has a clause of its own, which a comma must close.
    return lang.say("report", "What changed: {before}, to {after}", before=start, after=end)


@dataclass(frozen=True, slots=True)
class _Teller:
    """What every row of one report is told with."""

    lang: Language
    numbers: dict[str, int]
    steps: bool

    def row(self, change: Change, sentence: str) -> ReportRow:
        lang, subject = self.lang, change.subject
        before, after = both_sides(lang, change)
        return ReportRow(
            place=f"{subject.measure}.{subject.provision}",
            who=who_on_whom(lang, subject.imposer, subject.targets),
            goods=lang.text(subject.scope.products),
            origin=origin_phrase(lang, subject),
            authority=subject.authority,
            before=before,
            after=after,
            points=points_text(lang, difference_points(change)),
            kind=change_name(lang, change.kind),
            label="" if change.label is None else label_name(lang, change.label),
            causes=self._causes(change),
            sentence=sentence,
            steps=tuple(self._step(one) for one in change.steps) if self.steps else (),
            change=change,
        )

    def _step(self, step: Step) -> ReportStep:
        lang, change = self.lang, step.change
        before, after = both_sides(lang, change)
        return ReportStep(
            day=step.day,
            day_text=lang.day(step.day),
            before=before,
            after=after,
            points=points_text(lang, difference_points(change)),
            kind=change_name(lang, change.kind),
            causes=self._causes(change),
            sentence=change_sentence(lang, change),
            change=change,
        )

    def _causes(self, change: Change) -> tuple[int, ...]:
        on_the_way = (name for step in change.steps for name in step.change.events)
        named = dict.fromkeys(change.events or on_the_way)
        return tuple(sorted(self.numbers[name] for name in named if name in self.numbers))
