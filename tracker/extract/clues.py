"""Which kind a text points to by rule: what is done, together with what it is done to.

Owns the rules from concepts to kinds, strongest first, in which a trade lawyer
would put them: a court's ruling on tariffs is a ruling, whatever else is said.
The rules are one voice among others in the fitted model. Must not see slots.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from tracker.extract.items import NONE

__all__ = ["CUES", "rule_kinds"]

# The acts that each kind is read from: for the words shown to a person.
CUES: dict[str, tuple[str, ...]] = {
    "threat": ("THREATEN", "PLAN", "RETALIATE"),
    "announcement": ("IMPOSE", "CONFIRM", "RAISE", "ORDER"),
    "in_force": ("INFORCE",),
    "rate_change": ("RAISE", "LOWER", "ORDER"),
    "pause": ("PAUSE", "EXTEND"),
    "pause_extension": ("EXTEND", "PAUSE"),
    "resumption": ("RESUME", "REIMPOSE"),
    "exemption": ("EXEMPT",),
    "reinstatement": ("REIMPOSE",),
    "revocation": ("REVOKE",),
    "expiry": ("EXPIRE",),
    "remission": ("REFUND",),
    "quota": ("QUOTA",),
    "investigation": ("INVESTIGATE", "REMEDY"),
    "court_ruling": ("COURT",),
    "legislation": ("LEGISLATE",),
    "summit": ("MEET",),
    "call": ("CALL",),
    "agreement": ("AGREE", "DEAL"),
    "negotiation": ("TALKS", "SEEK", "MEET"),
    "suspension_of_talks": ("BREAK",),
    "review_step": ("REVIEW", "ROUND", "SEEK"),
    "statement": ("SAY",),
}

_DUTIES = frozenset({"TARIFF", "S232", "S301", "S122", "S338", "DEMINIMIS", "REMEDY", "RETALIATE"})
_CHANGES = frozenset({"PAUSE", "EXTEND", "INFORCE", "EXEMPT", "RAISE", "LOWER", "REVOKE"})


# Acts on duties and their kinds, strongest first: all of the first must be there.
_ON_DUTIES: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"EXTEND"}), "pause_extension"),
    (frozenset({"PAUSE"}), "pause"),
    (frozenset({"REIMPOSE"}), "reinstatement"),
    (frozenset({"REFUND"}), "remission"),
    (frozenset({"EXPIRE"}), "expiry"),
    (frozenset({"EXEMPT"}), "exemption"),
    (frozenset({"INFORCE"}), "in_force"),
    (frozenset({"CONFIRM", "TARIFF"}), "announcement"),
    (frozenset({"THREATEN"}), "threat"),
    (frozenset({"REVOKE", "SEEK"}), "negotiation"),
    (frozenset({"REVOKE"}), "revocation"),
    (frozenset({"RESUME"}), "resumption"),
    (frozenset({"RETALIATE", "IMPOSE"}), "announcement"),
    (frozenset({"SAY"}), "statement"),
    (frozenset({"PLAN"}), "statement"),
    (frozenset({"RAISE"}), "rate_change"),
    (frozenset({"LOWER"}), "rate_change"),
    (frozenset({"IMPOSE"}), "announcement"),
    (frozenset({"ORDER"}), "announcement"),
)


def _on_duties(has: AbstractSet[str]) -> list[str]:
    """Kinds of acts on duties, strongest first."""
    return [kind for needed, kind in _ON_DUTIES if needed <= has]


def _on_talks(has: AbstractSet[str]) -> list[str]:
    """Kinds of what governments do with each other, strongest first."""
    found: list[str] = []
    if "BREAK" in has and has & {"TALKS", "TRADE", "PACT"}:
        found.append("suspension_of_talks")
    if has & {"REVIEW", "ROUND"} and has & {"PACT", "ROUND", "TALKS"}:
        found.append("review_step")
    if "CALL" in has:
        found.append("call")
    if "AGREE" in has and "DEAL" in has:
        found.append("agreement")
    if "TALKS" in has:
        found.append("negotiation")
    if "MEET" in has:
        found.append("summit")
    if "AGREE" in has:
        found.append("agreement")
    if "SAY" in has:
        found.append("statement")
    if "SEEK" in has:
        found.append("negotiation")
    return found


def rule_kinds(has: AbstractSet[str]) -> tuple[str, ...]:
    """The kinds that these concepts of one text point to, strongest first; `(none,)` if to none."""
    found: list[str] = []
    if "COURT" in has and has & (_DUTIES | {"IEEPA", "PACT", "TRADE"}):
        found.append("court_ruling")
    if "INVESTIGATE" in has and not has & _CHANGES:
        found.append("investigation")
    if "LEGISLATE" in has:
        found.append("legislation")
    if "QUOTA" in has and "TARIFF" not in has:
        found.append("quota")
    duties = _on_duties(has) if has & _DUTIES else []
    talks = _on_talks(has)
    if "suspension_of_talks" in talks[:1] or not duties:
        found += talks + duties
    else:
        found += duties + talks
    return tuple(dict.fromkeys(found)) or (NONE,)
