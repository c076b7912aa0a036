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
    """The sentences of rates, states, days and changes."""
    say = lang.say
    return {
        **_rates(lang),
        **_days(lang),
        "from": say("start", "{what} from {day}"),
        "fromWhen": say("start", "{what} from {when}"),
        "on": say("start", "{what} on {day}"),
        "onWhen": say("start", "{what} on {when}"),
        "noDay": say("start", "{what}, day not known"),
        "banInForce": say("state", "{ban} in force"),
        "rateUnknown": say("state", "in force with a rate not known"),
        "wordsInForce": say("wording", "in force at {rate}"),
        "inForce": say("figure", "in force at {rate}"),
        "since": say("state", "{state} since {day}"),
        "sinceWhen": say("state", "{state} since {when}"),
        "lasting": say("state", "{state}, {until}"),
        "held": say("state", "{state} ({rate} held back)"),
        "pausedEnd": say("state", "paused, {end}"),
        "pausedUntil": say("state", "paused {until}"),
        "instead": say("state", "{state}; {other}"),
        "notInForce": say("state", "not in force"),
        "notYet": say("state", "not in force; {turn}"),
        "worded": say("wording", "{state}: {rate}"),
        "ended": say("ended", "{state} on {day}"),
        "may": say("state", "may already be {state}, from {when}"),
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
        "goodsOf": say("goods", "{goods} ({origin})"),
        "nothingChanged": say("headline", "Nothing changed."),
    }


def _rates(lang: Language) -> dict[str, str]:
    say = lang.say
    return {
        "noRate": say("rate", "rate not known"),
        "on.metal_content": say("rate", "{rate} of the metal content"),
        "on.non_us_content": say("rate", "{rate} of the non-US content"),
        "on.non_ca_mx_content": say("rate", "{rate} of the content from outside Canada and Mexico"),
        "on.top_up": say("rate", "{rate} including the ordinary duty"),
        "on.per_unit": say("rate", "{rate} per unit"),
        "on.quota": say("rate", "{rate} over quota"),
        "turn.paused": say("turn", "pause"),
        "turn.in_force": say("turn", "start"),
        "turn.revoked": say("turn", "revocation"),
        "turn.expired": say("turn", "expiry"),
        "turn.invalidated": say("turn", "invalidation"),
        "turn.lapsed": say("turn", "lapse"),
        "announced": say("turn", "{rate} announced"),
        "announced.words": say("turn", "announced"),
        "announced.noRate": say("turn", "announced at a rate not known"),
        "announced.nothing": say("turn", "announced at a rate and on a day not known"),
        "threatened": say("turn", "{rate} threatened"),
        "threatened.words": say("turn", "threatened"),
        "threatened.noRate": say("turn", "threatened at a rate not known"),
        "threatened.nothing": say("turn", "threatened at a rate and on a day not known"),
        "ban": say("plate", "ban"),
        "seeText": say("plate", "see text"),
        "unknown": say("plate", "not known"),
        "none": say("plate", "none"),
    }


def _days(lang: Language) -> dict[str, str]:
    say = lang.say
    return {
        "condition": say("when", "a day that depends on a condition: {condition}"),
        "unknownDay": say("when", "a day that is not known"),
        "conditioned": say("when", "{days} (condition: {condition})"),
        "notAfter": say("when", "a day not after {day}"),
        "notBefore": say("when", "a day not before {day}"),
        "between": say("when", "a day between {earliest} and {latest}"),
        "until": say("end", "until {day}"),
        "untilWhen": say("end", "until {when}"),
        "noEnd": say("end", "end not known"),
        "stillAhead": say("viewpoint", "{day} (still ahead)"),
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
        "h.goods": say("heading", "Goods"),
        "h.before": say("heading", "Before"),
        "h.after": say("heading", "After"),
        "h.points": say("heading", "Points"),
        "h.because": say("heading", "Because of"),
        "h.rate": say("heading", "Rate"),
        "h.since": say("heading", "Since"),
        "h.until": say("heading", "Until"),
        "h.ahead": say("heading", "Ahead"),
        "h.returned": say("heading", "There and back: no net change"),
        "h.notes": say("heading", "Notes"),
        "h.claims": say("day", "Disputed claims about that day"),
        "notPart": say(
            "day", "Said by sources, contradicted by others. Not part of the state above."
        ),
        "found": say("claim", "What checking found:"),
        "caption": say("compare", "Each provision before and after"),
        "changed": say("compare", "What changed"),
        "to": say("compare", "to"),
        "noneDiffers": say(
            "compare", "No provision reads otherwise on the second day than on the first."
        ),
        "onRecord": say("change", "nothing on record"),
        "effective": say("change", "effective {day}"),
        "announcedOn": say("change", "announced {day}"),
        "notCertain": say("board", "Not certain: {other}."),
        "stateOn": say("day", "The state on"),
        "present": say("day", "This is the present policy day."),
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
