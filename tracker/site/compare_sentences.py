"""The sentences that the script of the comparison says, each under a short key, places still open.

Those of `telling` are written out again, word for word, so that the same entry of the
catalogue serves both: a sentence that drifts has no translation, and the tests say so.
"""

from __future__ import annotations

from tracker.core.diff import ChangeKind
from tracker.core.words import Label
from tracker.telling.language import Language

__all__ = ["counted", "page_sentences", "sentences"]


def sentences(lang: Language) -> dict[str, str]:
    """The sentences of changes and viewpoints; states and turns are told beforehand."""
    say = lang.say
    return {
        "series": say("list", "; "),
        "change": say("change", "{subject}: {what}."),
        "new": say("change", "new, {state}"),
        "gone": say("change", "no longer anything to say; it was {state}"),
        "was": say("change", "was {rate}, now {state}"),
        "wasPoints": say("change", "was {rate}, now {state} ({points})"),
        "goods": say("change", "other goods than before ({goods}), {state}"),
        "then": say("change", "{before}, then {after}"),
        "nothingAhead": say("change", "still {state}; ahead: nothing any more"),
        "ahead": say("change", "still {state}; ahead: {turns}"),
        "cameAndWent": say("change", "{subject}: came and went, no net change."),
        "cameBack": say("change", "{subject}: came back, no net change; {state}."),
        "subject": say("subject", "{who}, {goods}"),
        "nothingChanged": say("headline", "Nothing changed."),
        "thatDay": say("viewpoint", "{view}, as known that day"),
        "knownBy": say("viewpoint", "{view}, as known by {day}"),
    }


def counted(lang: Language) -> dict[str, tuple[str, str]]:
    """The sentences that count, for one and for many."""
    forms = lang.forms
    return {
        "up": forms("change", "{count} point up", "{count} points up"),
        "down": forms("change", "{count} point down", "{count} points down"),
        "plus": forms("points", "+{count} point", "+{count} points"),
        "minus": forms("points", "\N{MINUS SIGN}{count} point", "\N{MINUS SIGN}{count} points"),
        "points": forms("points", "{count} point", "{count} points"),
        "headline": forms(
            "headline",
            "{count} provision changed: {parts}.",
            "{count} provisions changed: {parts}.",
        ),
        ChangeKind.ADDED: forms("headline", "{count} new", "{count} new"),
        ChangeKind.REMOVED: forms("headline", "{count} gone", "{count} gone"),
        ChangeKind.STATUS: forms("headline", "{count} by status", "{count} by status"),
        ChangeKind.RATE: forms("headline", "{count} by rate", "{count} by rate"),
        ChangeKind.BASIS: forms("headline", "{count} by basis", "{count} by basis"),
        ChangeKind.SCOPE: forms("headline", "{count} by scope", "{count} by scope"),
        ChangeKind.DATES: forms("headline", "{count} by dates", "{count} by dates"),
        ChangeKind.PENDING: forms(
            "headline", "{count} in what is ahead", "{count} in what is ahead"
        ),
        Label.LAW_CHANGED: forms(
            "tally", "{count} by a change of law", "{count} by a change of law"
        ),
        Label.LEARNED_LATE: forms("tally", "{count} learned late", "{count} learned late"),
        Label.VOIDED: forms("tally", "{count} voided by a court", "{count} voided by a court"),
        Label.SCHEDULED: forms("tally", "{count} scheduled", "{count} scheduled"),
        "stepsOnTheWay": forms("change", "{count} step on the way", "{count} steps on the way"),
    }


def page_sentences(lang: Language) -> dict[str, str]:
    """What the page says around the answer: headings, banners and notes."""
    say = lang.say
    return {
        "h.before": say("heading", "Before"),
        "h.after": say("heading", "After"),
        "h.points": say("heading", "Points"),
        "h.returned": say("heading", "There and back: no net change"),
        "to": say("compare", "to"),
        "noneDiffers": say(
            "compare", "No provision reads otherwise on the second day than on the first."
        ),
        "onRecord": say("change", "nothing on record"),
        "effective": say("change", "effective {day}"),
        "announcedOn": say("change", "announced {day}"),
        "swapped": say(
            "note", "The first viewpoint is the later one: every change is told as the way back."
        ),
        "sameView": say("note", "Both sides are the same viewpoint: nothing can differ."),
        "tooEarly": say(
            "coverage",
            "The first event in the record is of {day}: it cannot speak of earlier days.",
        ),
        "liesAhead": say(
            "note", "{day} lies ahead: what is said of it is what was planned by {known}."
        ),
        "knewNothing": say(
            "note", "Nothing in the record was announced by {day}; the first event is of {first}."
        ),
        "nobodyKnows": say(
            "note",
            "Nobody knows yet what will be announced by {day}: the record ends on {today}.",
        ),
        **_query_sentences(lang),
    }


def _query_sentences(lang: Language) -> dict[str, str]:
    """What is said of the query itself: where it lies in time, and what is wrong with it."""
    say = lang.say
    return {
        "past": say("any", "Both days lie before the present policy day, {day}."),
        "upToNow": say("any", "Up to the present policy day, {day}."),
        "reaches": say(
            "any", "Reaches beyond the present policy day, {day}: what is scheduled may still move."
        ),
        "filtered": say("any", "Only what fits the filters is shown and counted."),
        "notADay": say("any", "{given} is not a day. Write it as 2025-03-04."),
        "notKnown": say("any", "{given} is no knowledge. Write now, then, or a day as 2025-03-04."),
        "noSuch": say("any", "{given} is not in the record."),
        "noVisit": say("any", "No earlier visit is noted in this browser."),
    }
