"""The words a reader sees for parties, kinds, doubts and standings, in English.

Owns display names only. Where other languages join, they join here, in
in the templates; the words of policy are told by `telling`.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.core.diff import ChangeKind
from tracker.core.words import PARTIES, Doubt, Kind, Standing, Status

__all__ = [
    "CHANGES",
    "DOUBTS",
    "STANDINGS",
    "STATUS_MEANINGS",
    "kind_name",
    "party_name",
    "party_tone",
    "relation",
    "relation_order",
]

_PARTIES = {
    "US": "United States",
    "CA": "Canada",
    "MX": "Mexico",
    "AU": "Australia",
    "BR": "Brazil",
    "CN": "China",
    "DE": "Germany",
    "EU": "European Union",
    "GB": "United Kingdom",
    "ID": "Indonesia",
    "IN": "India",
    "JP": "Japan",
    "KR": "South Korea",
    "RU": "Russia",
    "TH": "Thailand",
    "TR": "Türkiye",
    "TW": "Taiwan",
    "VN": "Vietnam",
}

DOUBTS = {
    Doubt.DISPUTED: "Sources contradict each other on a point of this entry. Both are cited.",
    Doubt.COMPUTED: "A date or rate here was worked out from the text of an instrument, "
    "not stated in it.",
    Doubt.UNCERTAIN: "The evidence for a point of this entry is thin. Check it before relying "
    "on it.",
}

STANDINGS = {
    Standing.DISPUTED: "Disputed: sources contradict each other",
    Standing.REFUTED: "Refuted: checking found otherwise",
    Standing.SUPPORTED: "Supported: checking found it right",
}

STATUS_MEANINGS = {
    Status.IN_FORCE: "Charged on that day. The rate stands on the plate.",
    Status.PAUSED: "Ordered, but held back for a time. The rate is the one held back.",
    Status.ANNOUNCED: "Ordered or planned for a later day. Nothing is charged yet.",
    Status.THREATENED: "Spoken of, not ordered. A threat never enters into force by itself.",
    Status.REVOKED: "Taken back by the government that imposed it.",
    Status.EXPIRED: "Ran out on the day its own text named.",
    Status.INVALIDATED: "Struck down by a court.",
    Status.LAPSED: "A threat whose day passed with nothing done.",
}

CHANGES = {
    ChangeKind.ADDED: "new",
    ChangeKind.REMOVED: "gone",
    ChangeKind.STATUS: "status",
    ChangeKind.RATE: "rate",
    ChangeKind.BASIS: "basis",
    ChangeKind.SCOPE: "scope",
    ChangeKind.DATES: "dates",
    ChangeKind.PENDING: "ahead",
}

_KINDS = {Kind.IN_FORCE: "entry into force", Kind.REVIEW_STEP: "review step"}


def party_name(code: str) -> str:
    """The name of a government or country, its code where no name is held."""
    return _PARTIES.get(code, code)


def party_tone(code: str) -> str:
    """The colour class of an imposing party: us, ca, mx, or xx for any other."""
    return code.lower() if code in PARTIES else "xx"


def kind_name(kind: Kind) -> str:
    """A kind of event in words."""
    return _KINDS.get(kind, kind.value.replace("_", " "))


def relation(imposer: str, targets: Sequence[str], excludes: Sequence[str] = ()) -> str:
    """Who charges whom, as `United States on Canada` or `Mexico on other countries`."""
    who = f"{party_name(imposer)} on "
    if "*" in targets:
        if not excludes:
            return who + "every country"
        return who + "every country but " + _listed(excludes)
    return who + (_listed(targets) if len(targets) < 4 else "named countries")


def _listed(codes: Sequence[str]) -> str:
    named = [party_name(code) for code in codes]
    if len(named) < 2:
        return "".join(named)
    return ", ".join(named[:-1]) + " and " + named[-1]


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
