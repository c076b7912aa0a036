"""The closed vocabularies of the policy model, as they stand in the record, the ledger and JSON.

Owns the words and nothing else. The strings are stable for ever: they are
part of hashed ledger payloads.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "ENDED",
    "PARTIES",
    "PLANNED",
    "Basis",
    "DeadlineKind",
    "Doubt",
    "Kind",
    "Label",
    "Stage",
    "Standing",
    "Status",
]

PARTIES = ("US", "CA", "MX")
"""The three governments, ISO 3166-1 alpha-2, in the order they are shown."""


class Status(StrEnum):
    """Where a provision stands on a day. `lapsed` is only ever derived, never recorded."""

    THREATENED = "threatened"
    ANNOUNCED = "announced"
    IN_FORCE = "in_force"
    PAUSED = "paused"
    REVOKED = "revoked"
    EXPIRED = "expired"
    INVALIDATED = "invalidated"
    LAPSED = "lapsed"


ENDED = frozenset({Status.REVOKED, Status.EXPIRED, Status.INVALIDATED, Status.LAPSED})
"""Statuses after which nothing is charged and nothing is planned."""

PLANNED = frozenset({Status.THREATENED, Status.ANNOUNCED})
"""Statuses of intent: an effect recorded with one of these never enters into force by itself."""


class Kind(StrEnum):
    """What sort of thing happened. One event has one kind."""

    THREAT = "threat"
    ANNOUNCEMENT = "announcement"
    IN_FORCE = "in_force"
    RATE_CHANGE = "rate_change"
    PAUSE = "pause"
    PAUSE_EXTENSION = "pause_extension"
    RESUMPTION = "resumption"
    EXEMPTION = "exemption"
    REINSTATEMENT = "reinstatement"
    REVOCATION = "revocation"
    EXPIRY = "expiry"
    REMISSION = "remission"
    QUOTA = "quota"
    INVESTIGATION = "investigation"
    COURT_RULING = "court_ruling"
    LEGISLATION = "legislation"
    SUMMIT = "summit"
    CALL = "call"
    AGREEMENT = "agreement"
    NEGOTIATION = "negotiation"
    SUSPENSION_OF_TALKS = "suspension_of_talks"
    REVIEW_STEP = "review_step"
    STATEMENT = "statement"


class Basis(StrEnum):
    """What a rate is charged on. A change of basis is a change of policy."""

    FULL_VALUE = "full_value"
    METAL_CONTENT = "metal_content"
    NON_US_CONTENT = "non_us_content"
    NON_CA_MX_CONTENT = "non_ca_mx_content"
    TOP_UP = "top_up"
    PER_UNIT = "per_unit"
    QUOTA = "quota"
    BAN = "ban"


class Doubt(StrEnum):
    """Why an entry must be read with care. Doubt is shown, never dropped."""

    DISPUTED = "disputed"
    COMPUTED = "computed"
    UNCERTAIN = "uncertain"


class Standing(StrEnum):
    """What checking a claim found."""

    DISPUTED = "disputed"
    REFUTED = "refuted"
    SUPPORTED = "supported"


class Stage(StrEnum):
    """A link in the chain of a legal paper, from the first word to what customs officers apply.

    `published` is the Federal Register, `gazetted` the Canada Gazette, `dof`
    Mexico's Diario Oficial de la Federación.
    """

    THREAT = "threat"
    SIGNED = "signed"
    PUBLISHED = "published"
    ORDER_IN_COUNCIL = "order_in_council"
    REGISTERED = "registered"
    GAZETTED = "gazetted"
    DOF = "dof"
    EFFECTIVE = "effective"
    GUIDANCE = "guidance"


class DeadlineKind(StrEnum):
    """What is to happen on a day that is set beforehand and changes no rate by itself."""

    HEARING = "hearing"
    COMMENT_CLOSE = "comment_close"
    RULING = "ruling"
    DECISION = "decision"
    REPORT = "report"
    TALKS = "talks"
    REVIEW = "review"
    EXPIRY = "expiry"


class Label(StrEnum):
    """Why two viewpoints read differently, told apart in words on every change."""

    LAW_CHANGED = "law_changed"
    LEARNED_LATE = "learned_late"
    CORRECTED = "corrected"
    VOIDED = "voided"
    SCHEDULED = "scheduled"
