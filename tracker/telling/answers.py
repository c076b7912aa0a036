"""The whole JSON answers of `tracker state` and `tracker diff`, with what they cover.

Owns what is said around the rows and changes of `shapes`: labels, what came
back, coverage and notes. These shapes may only grow.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.core.compare import Comparison, Side
from tracker.core.coverage import Coverage
from tracker.core.diff import Change, Step
from tracker.core.policy import Disputed, ProvisionState, Viewpoint
from tracker.telling.changes import headline, returned_sentence
from tracker.telling.language import Language
from tracker.telling.phrases import state_phrase
from tracker.telling.pieces import Json, day_json
from tracker.telling.places import subject_phrase
from tracker.telling.shapes import change_json, row_json, state_json, viewpoint_json

__all__ = ["coverage_json", "diff_answer", "state_answer"]


def coverage_json(coverage: Coverage) -> Json:
    """From which day on the record speaks, and up to which day anything is known."""
    return {"from": day_json(coverage.first), "known_until": day_json(coverage.known_until)}


def state_answer(
    lang: Language,
    viewpoint: Viewpoint,
    rows: Sequence[ProvisionState],
    claims: Iterable[Disputed],
    *,
    coverage: Coverage,
    not_covered: Iterable[str],
    notes: Sequence[str],
) -> Json:
    """`tracker state --json`: each provision has its `sentence` in the language asked for."""
    found = state_json(viewpoint, rows, claims, not_covered=not_covered)
    for told, row in zip(found["provisions"], rows, strict=True):
        told["sentence"] = lang.say(
            "change",
            "{subject}: {what}.",
            subject=subject_phrase(lang, row),
            what=state_phrase(lang, row),
        )
    return {**found, "coverage": coverage_json(coverage), "notes": list(notes)}


def _side(side: Side) -> Json:
    return {**viewpoint_json(side.viewpoint), "position": side.world.head.position}


def _step(step: Step, lang: Language) -> Json:
    return {"day": step.day.isoformat(), **change_json(step.change, lang=lang)}


def _returned(lang: Language, change: Change) -> Json:
    subject, row = change.subject, change.after
    return {
        "measure": subject.measure,
        "provision": subject.provision,
        "imposer": subject.imposer,
        "targets": list(subject.targets),
        "authority": subject.authority,
        "products": subject.scope.products.en,
        "origin": subject.scope.origin,
        "change": str(change.kind),
        "state": None if row is None else row_json(row),
        "events": list(change.events),
        "sentence": returned_sentence(lang, change),
        "steps": [_step(step, lang) for step in change.steps],
    }


def diff_answer(
    lang: Language,
    found: Comparison,
    *,
    coverage: Coverage,
    notes: Sequence[str],
    steps: bool = False,
) -> Json:
    """`tracker diff --json`: both viewpoints, the net changes, what went and came back."""
    return {
        "from": _side(found.before),
        "to": _side(found.after),
        "changes": [change_json(change, lang=lang, steps=steps) for change in found.changes],
        "returned": [_returned(lang, change) for change in found.returned],
        "swapped": found.swapped,
        "headline": headline(lang, found.changes),
        "coverage": coverage_json(coverage),
        "notes": list(notes),
    }
