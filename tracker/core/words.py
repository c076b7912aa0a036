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
    "PaperKind",
    "Relation",
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


class PaperKind(StrEnum):
    """What sort of legal paper it is: which way it comes into the world, and so what is due of it.

    `presidential` is an order, proclamation or memorandum that a President
    signs; `federal_register` what an agency of the United States publishes
    there. `order_in_council` is made by Canada's Governor in Council; `dof` is
    what Mexico's Diario Oficial publishes, decrees and rules alike. `notice` is
    the word of a department or of customs alone, which no gazette makes law.
    `court` is a judgment, an order of a court or a filing; `bill` what a
    legislature has before it; `other` a treaty, a plan, a report.
    """

    PRESIDENTIAL = "presidential"
    FEDERAL_REGISTER = "federal_register"
    ORDER_IN_COUNCIL = "order_in_council"
    DOF = "dof"
    NOTICE = "notice"
    COURT = "court"
    BILL = "bill"
    OTHER = "other"


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


class Relation(StrEnum):
    """How the duties of two measures stand to each other on a good that both reach."""

    INSTEAD_OF = "instead_of"
    ON_TOP_OF = "on_top_of"


class Label(StrEnum):
    """Why two viewpoints read differently, told apart in words on every change."""

    LAW_CHANGED = "law_changed"
    LEARNED_LATE = "learned_late"
    CORRECTED = "corrected"
    VOIDED = "voided"
    SCHEDULED = "scheduled"
