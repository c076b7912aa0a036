"""The pages by which the record answers for itself: corrections, accuracy, proof."""

from __future__ import annotations

from datetime import UTC

from tracker.core.corrections import Amendment
from tracker.core.events import Event
from tracker.site.documents import read_document
from tracker.site.edition import Edition
from tracker.site.model import Page
from tracker.site.paths import (
    ACCURACY,
    CORRECTIONS,
    VERIFICATION,
    event_page,
    measure_page,
)
from tracker.telling.language import marked
from tracker.telling.viewpoints import instant_phrase

__all__ = ["standing_pages"]


_PROOFS = {
    "checkpoint": marked("verification", "The signed checkpoint that this site was built from"),
    "verifier.key": marked("verification", "The public key that checks its signature"),
}


def standing_pages(edition: Edition) -> tuple[Page, ...]:
    """All three."""
    return (_corrections(edition), _accuracy(edition), _verification(edition))


def _corrections(edition: Edition) -> Page:
    lang = edition.lang
    found = tuple(reversed(edition.inputs.amendments))
    return Page(
        CORRECTIONS,
        "corrections.html",
        {
            "title": lang.say("title", "Corrections"),
            "description": lang.say(
                "description",
                "Every mistake of this record that was mended, with what it said before and why.",
            ),
            "section": "corrections",
            "data": "data/events.json",
            "found": tuple(_amended(edition, one) for one in found),
        },
    )


def _amended(edition: Edition, one: Amendment) -> dict[str, object]:
    book, told = edition.book, one.after or one.before
    is_event = isinstance(told, Event)
    href = ""
    if is_event and one.subject in book.events:
        href = event_page(one.subject)
    elif one.subject in book.world.measures:
        href = measure_page(one.subject)
    return {
        "day": one.recorded_at.astimezone(UTC).date(),
        "instant": instant_phrase(edition.lang, one.recorded_at),
        "position": one.position,
        "retracted": one.retracted,
        "subject": one.subject,
        "title": one.subject if told is None else edition.text(told.title),
        "href": href,
        "reason": one.reason,
        "fields": one.fields,
    }


def _accuracy(edition: Edition) -> Page:
    lang = edition.lang
    return Page(
        ACCURACY,
        "document.html",
        {
            "title": lang.say("title", "Accuracy"),
            "description": lang.say(
                "description", "How often what is read from reports by machine was right."
            ),
            "section": "accuracy",
            "data": "data/events.json",
            "lead": lang.say(
                "accuracy",
                "The record itself is curated, entry by entry, from the sources it cites. What a "
                "machine reads from reports only proposes what to look at next; these are its "
                "figures.",
            ),
            "points": (),
            "document": read_document(edition, "accuracy", ACCURACY, deeper=1),
            "silent": lang.say("accuracy", "Not measured yet."),
        },
    )


def _proof(edition: Edition, path: str) -> str:
    """What a file of proof is; its name alone where there are no words for it."""
    words = _PROOFS.get(path)
    return edition.lang.say(*words) if words else path


def _verification(edition: Edition) -> Page:
    lang = edition.lang
    return Page(
        VERIFICATION,
        "document.html",
        {
            "title": lang.say("title", "Verification"),
            "description": lang.say(
                "description", "How to check, offline, that this record was not rewritten."
            ),
            "section": "verification",
            "data": "data/events.json",
            "lead": lang.say(
                "verification",
                "Every entry of this record carries the hash of the one before it. Change one "
                "word of an old entry and every later hash changes.",
            ),
            "points": (
                lang.say(
                    "verification",
                    "The foot of every page names the last ledger entry that bears on it and that "
                    "entry’s checkpoint: nothing recorded later, up to the build, makes the page "
                    "read otherwise. Note both when you cite it.",
                ),
                lang.say(
                    "verification",
                    "A checkpoint noted earlier shows later whether what it stood for has been "
                    "rewritten since.",
                ),
                lang.say(
                    "verification",
                    "It proves what this record said and in which order, not that the law said so: "
                    "for that, every claim cites its sources.",
                ),
                lang.say(
                    "verification",
                    "It cannot by itself show that two readers were given the same record: compare "
                    "checkpoints for that.",
                ),
            ),
            "files": tuple((path, _proof(edition, path)) for path in edition.inputs.proofs),
            "document": read_document(edition, "verification", VERIFICATION, deeper=1),
            "silent": "",
        },
    )
