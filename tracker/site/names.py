"""The words a reader sees for parties, doubts, standings and statuses, and who charges whom.

Owns display names only; the words of policy itself are told by `telling`.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.core.words import PARTIES, Doubt, Label, Standing, Status
from tracker.telling.language import Language, marked
from tracker.telling.places import targets_text

__all__ = [
    "doubt_meaning",
    "label_count",
    "label_meaning",
    "party_name",
    "party_tone",
    "relation",
    "relation_order",
    "standing_meaning",
    "status_count",
    "status_meaning",
    "target_name",
]

_DOUBTS = {
    Doubt.DISPUTED: marked(
        "doubt", "Sources contradict each other on a point of this entry. Both are cited."
    ),
    Doubt.COMPUTED: marked(
        "doubt",
        "A date or rate here was worked out from the text of an instrument, not stated in it.",
    ),
    Doubt.UNCERTAIN: marked(
        "doubt",
        "The evidence for a point of this entry is thin. Check it before relying on it.",
    ),
}

_STANDINGS = {
    Standing.DISPUTED: marked("standing", "Disputed: sources contradict each other"),
    Standing.REFUTED: marked("standing", "Refuted: checking found otherwise"),
    Standing.SUPPORTED: marked("standing", "Supported: checking found it right"),
}

_STATUSES = {
    Status.IN_FORCE: marked("status", "Charged on that day. The rate stands on the plate."),
    Status.PAUSED: marked(
        "status", "Ordered, but held back for a time. The rate is the one held back."
    ),
    Status.ANNOUNCED: marked(
        "status", "Ordered or planned for a later day. Nothing is charged yet."
    ),
    Status.THREATENED: marked(
        "status", "Spoken of, not ordered. A threat never enters into force by itself."
    ),
    Status.REVOKED: marked("status", "Taken back by the government that imposed it."),
    Status.EXPIRED: marked("status", "Ran out on the day its own text named."),
    Status.INVALIDATED: marked("status", "Struck down by a court."),
    Status.LAPSED: marked("status", "A threat whose day passed with nothing done."),
}

_LABELS = {
    Label.LAW_CHANGED: marked(
        "label", "A government changed what applies, and it was public by the later day."
    ),
    Label.LEARNED_LATE: marked(
        "label", "It applied already, or was told of that day, but was announced only afterwards."
    ),
    Label.CORRECTED: marked("label", "The law did not move: this record was wrong and was mended."),
    Label.VOIDED: marked("label", "A court took away what stood before."),
    Label.SCHEDULED: marked("label", "Still ahead of the later day: ordered, planned or feared."),
}


def doubt_meaning(lang: Language, doubt: Doubt) -> str:
    """What a mark of doubt tells its reader."""
    return lang.say(*_DOUBTS[doubt])


def standing_meaning(lang: Language, standing: Standing) -> str:
    """What checking a claim found, as a heading."""
    return lang.say(*_STANDINGS[standing])


def status_meaning(lang: Language, status: Status) -> str:
    """What a status means for who pays."""
    return lang.say(*_STATUSES[status])


def label_meaning(lang: Language, label: Label) -> str:
    """What a label of a change tells its reader."""
    return lang.say(*_LABELS[label])


def status_count(lang: Language, status: Status, count: int) -> str:
    """How many provisions have a status that is not an end: `5 in force`."""
    match status:
        case Status.IN_FORCE:
            return lang.say_count("tally", "{count} in force", "{count} in force", count)
        case Status.PAUSED:
            return lang.say_count("tally", "{count} paused", "{count} paused", count)
        case Status.ANNOUNCED:
            return lang.say_count("tally", "{count} announced", "{count} announced", count)
        case Status.THREATENED:
            return lang.say_count("tally", "{count} threatened", "{count} threatened", count)
    return lang.say_count("tally", "{count} ended", "{count} ended", count)


def label_count(lang: Language, label: Label, count: int) -> str:
    """How many changes have a label: `3 by a change of law`."""
    match label:
        case Label.LAW_CHANGED:
            return lang.say_count(
                "tally", "{count} by a change of law", "{count} by a change of law", count
            )
        case Label.LEARNED_LATE:
            return lang.say_count("tally", "{count} learned late", "{count} learned late", count)
        case Label.CORRECTED:
            return lang.say_count(
                "tally", "{count} corrected by us", "{count} corrected by us", count
            )
        case Label.VOIDED:
            return lang.say_count(
                "tally", "{count} voided by a court", "{count} voided by a court", count
            )
        case Label.SCHEDULED:
            return lang.say_count("tally", "{count} scheduled", "{count} scheduled", count)


def party_name(lang: Language, code: str) -> str:
    """The name of a government or country, its code where no name is held."""
    return lang.country(code)


def party_tone(code: str) -> str:
    """The colour class of an imposing party: us, ca, mx, or xx for any other."""
    return code.lower() if code in PARTIES else "xx"


def target_name(lang: Language, code: str) -> str:
    """A country as the one who bears a measure, with its article where the language wants one."""
    return lang.country(code) if lang.code == "en" else targets_text(lang, (code,))


def relation(
    lang: Language, imposer: str, targets: Sequence[str], excludes: Sequence[str] = ()
) -> str:
    """Who charges whom, as `United States on Canada` or `Mexico on named countries`."""
    return lang.say(
        "relation",
        "{imposer} on {targets}",
        imposer=party_name(lang, imposer),
        targets=_targets(lang, targets, excludes),
    )


def _targets(lang: Language, targets: Sequence[str], excludes: Sequence[str]) -> str:
    if "*" in targets:
        if not excludes:
            return lang.say("relation", "every country")
        names = lang.listed([target_name(lang, code) for code in excludes])
        return lang.say("relation", "every country but {countries}", countries=names)
    if len(targets) > 3:
        return lang.say("relation", "named countries")
    return lang.listed([target_name(lang, code) for code in targets])


def relation_order(
    imposer: str, targets: Sequence[str], excludes: Sequence[str]
) -> tuple[int, int, int, tuple[str, ...]]:
    """The order of relations: by imposer, single North American targets first, all last."""
    first = PARTIES.index(imposer) if imposer in PARTIES else len(PARTIES)
    if "*" in targets:
        breadth = 4 if excludes else 3
    elif len(targets) > 1:
        breadth = 2
    else:
        breadth = 0 if targets and targets[0] in PARTIES else 1
    inside = ("US", "CA", "MX").index(targets[0]) if breadth == 0 else 0
    return (first, breadth, inside, tuple(targets))
