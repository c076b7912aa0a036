"""The names a reader sees for the closed vocabularies of the policy model.

Owns one name for each word in each language, and nothing that makes a
sentence of them.
"""

from __future__ import annotations

from tracker.core.diff import ChangeKind
from tracker.core.words import (
    Basis,
    DeadlineKind,
    Doubt,
    Kind,
    Label,
    Stage,
    Standing,
    Status,
)
from tracker.telling.language import Language, marked

__all__ = [
    "basis_name",
    "change_name",
    "deadline_name",
    "doubt_name",
    "kind_name",
    "label_name",
    "origin_name",
    "stage_name",
    "standing_name",
    "status_name",
]

_STATUSES = {
    Status.THREATENED: marked("status", "threatened"),
    Status.ANNOUNCED: marked("status", "announced"),
    Status.IN_FORCE: marked("status", "in force"),
    Status.PAUSED: marked("status", "paused"),
    Status.REVOKED: marked("status", "revoked"),
    Status.EXPIRED: marked("status", "expired"),
    Status.INVALIDATED: marked("status", "struck down"),
    Status.LAPSED: marked("status", "lapsed"),
}

_BASES = {
    Basis.FULL_VALUE: marked("basis", "of the full value"),
    Basis.METAL_CONTENT: marked("basis", "of the metal content"),
    Basis.NON_US_CONTENT: marked("basis", "of the non-US content"),
    Basis.NON_CA_MX_CONTENT: marked("basis", "of the content from outside Canada and Mexico"),
    Basis.TOP_UP: marked("basis", "including the ordinary duty"),
    Basis.PER_UNIT: marked("basis", "per unit"),
    Basis.QUOTA: marked("basis", "over quota"),
    Basis.BAN: marked("basis", "import ban"),
}

_ORIGINS = {
    "any": marked("origin", "whatever the origin rules say"),
    "usmca": marked("origin", "qualifying under USMCA"),
    "not_usmca": marked("origin", "not qualifying under USMCA"),
    "non_us_content": marked("origin", "qualifying under USMCA, non-US content"),
    "non_ca_mx_content": marked(
        "origin", "qualifying under CUSMA, content from outside Canada and Mexico"
    ),
}

_KINDS = {
    Kind.THREAT: marked("kind", "threat"),
    Kind.ANNOUNCEMENT: marked("kind", "announcement"),
    Kind.IN_FORCE: marked("kind", "entry into force"),
    Kind.RATE_CHANGE: marked("kind", "rate change"),
    Kind.PAUSE: marked("kind", "pause"),
    Kind.PAUSE_EXTENSION: marked("kind", "pause extension"),
    Kind.RESUMPTION: marked("kind", "resumption"),
    Kind.EXEMPTION: marked("kind", "exemption"),
    Kind.REINSTATEMENT: marked("kind", "reinstatement"),
    Kind.REVOCATION: marked("kind", "revocation"),
    Kind.EXPIRY: marked("kind", "expiry"),
    Kind.REMISSION: marked("kind", "remission"),
    Kind.QUOTA: marked("kind", "quota"),
    Kind.INVESTIGATION: marked("kind", "investigation"),
    Kind.COURT_RULING: marked("kind", "court ruling"),
    Kind.LEGISLATION: marked("kind", "legislation"),
    Kind.SUMMIT: marked("kind", "summit"),
    Kind.CALL: marked("kind", "call"),
    Kind.AGREEMENT: marked("kind", "agreement"),
    Kind.NEGOTIATION: marked("kind", "negotiation"),
    Kind.SUSPENSION_OF_TALKS: marked("kind", "suspension of talks"),
    Kind.REVIEW_STEP: marked("kind", "review step"),
    Kind.STATEMENT: marked("kind", "statement"),
}

_STAGES = {
    Stage.THREAT: marked("stage", "threatened"),
    Stage.SIGNED: marked("stage", "signed"),
    Stage.PUBLISHED: marked("stage", "published in the Federal Register"),
    Stage.ORDER_IN_COUNCIL: marked("stage", "order in council"),
    Stage.REGISTERED: marked("stage", "registered"),
    Stage.GAZETTED: marked("stage", "published in the Canada Gazette"),
    Stage.DOF: marked("stage", "published in the Diario Oficial de la Federación"),
    Stage.EFFECTIVE: marked("stage", "effective"),
    Stage.GUIDANCE: marked("stage", "customs guidance"),
}

_DEADLINES = {
    DeadlineKind.HEARING: marked("deadline", "hearing"),
    DeadlineKind.COMMENT_CLOSE: marked("deadline", "comments close"),
    DeadlineKind.RULING: marked("deadline", "ruling"),
    DeadlineKind.DECISION: marked("deadline", "decision"),
    DeadlineKind.REPORT: marked("deadline", "report"),
    DeadlineKind.TALKS: marked("deadline", "talks"),
    DeadlineKind.REVIEW: marked("deadline", "review of the agreement"),
    DeadlineKind.EXPIRY: marked("deadline", "expiry"),
}

_DOUBTS = {
    Doubt.DISPUTED: marked("doubt", "disputed"),
    Doubt.COMPUTED: marked("doubt", "computed"),
    Doubt.UNCERTAIN: marked("doubt", "uncertain"),
}

_STANDINGS = {
    Standing.DISPUTED: marked("standing", "disputed"),
    Standing.REFUTED: marked("standing", "refuted"),
    Standing.SUPPORTED: marked("standing", "supported"),
}

_LABELS = {
    Label.LAW_CHANGED: marked("label", "law changed"),
    Label.LEARNED_LATE: marked("label", "learned late"),
    Label.CORRECTED: marked("label", "corrected by us"),
    Label.VOIDED: marked("label", "voided by a court"),
    Label.SCHEDULED: marked("label", "scheduled"),
}

_CHANGES = {
    ChangeKind.ADDED: marked("change", "new"),
    ChangeKind.REMOVED: marked("change", "gone"),
    ChangeKind.STATUS: marked("change", "status"),
    ChangeKind.RATE: marked("change", "rate"),
    ChangeKind.BASIS: marked("change", "basis"),
    ChangeKind.SCOPE: marked("change", "scope"),
    ChangeKind.DATES: marked("change", "dates"),
    ChangeKind.PENDING: marked("change", "ahead"),
}


def status_name(lang: Language, status: Status) -> str:
    """Where a provision stands: `in force`."""
    return lang.say(*_STATUSES[status])


def basis_name(lang: Language, basis: Basis) -> str:
    """What a rate is charged on, standing alone: `of the metal content`."""
    return lang.say(*_BASES[basis])


def origin_name(lang: Language, origin: str) -> str:
    """An origin condition; one that has no name is shown by its own words in the record."""
    known = _ORIGINS.get(origin)
    return lang.say(*known) if known else lang.words(origin.replace("_", " "))


def kind_name(lang: Language, kind: Kind) -> str:
    """What sort of thing happened: `court ruling`."""
    return lang.say(*_KINDS[kind])


def stage_name(lang: Language, stage: Stage) -> str:
    """A link of an instrument's chain: `signed`."""
    return lang.say(*_STAGES[stage])


def deadline_name(lang: Language, kind: DeadlineKind) -> str:
    """What is to happen on a day set beforehand: `comments close`."""
    return lang.say(*_DEADLINES[kind])


def doubt_name(lang: Language, doubt: Doubt) -> str:
    """Why an entry must be read with care, in a word."""
    return lang.say(*_DOUBTS[doubt])


def standing_name(lang: Language, standing: Standing) -> str:
    """What checking a claim found, in a word."""
    return lang.say(*_STANDINGS[standing])


def label_name(lang: Language, label: Label) -> str:
    """Why two viewpoints read differently: `learned late`."""
    return lang.say(*_LABELS[label])


def change_name(lang: Language, kind: ChangeKind) -> str:
    """In what two states differ, in a word: `rate`."""
    return lang.say(*_CHANGES[kind])
