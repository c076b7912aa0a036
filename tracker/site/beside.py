"""What stands beside a comparison: claims in dispute, what the record is silent on, what to ask by.

Owns which claims stand there; how one is shown belongs to `told`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker.core.policy import Disputed
from tracker.core.words import PARTIES
from tracker.site.boards import silent
from tracker.site.edition import Edition
from tracker.site.names import party_name
from tracker.site.told import claim_view

__all__ = ["beside", "beside_any"]


def beside(edition: Edition, *days: date) -> dict[str, Any]:
    """The claims about any of the days, as known now, each once; measures without a word."""
    found = [one for day in days for one in edition.book.disputed(day)]
    return {
        "claims": tuple(claim_view(edition, one) for one in dict.fromkeys(found)),
        "silent": silent(edition),
    }


def beside_any(edition: Edition) -> dict[str, Any]:
    """The choices of the form, and every claim with what tells by whether it is asked for.

    Its days are ISO texts, `until` empty where it is open; `target` are country codes.
    """
    world, lang = edition.book.world, edition.lang
    found = (
        Disputed(claim, event)
        for event in world.events
        for claim in event.claims
        if claim.measure in world.measures
    )
    return {
        "parties": tuple((code, party_name(lang, code)) for code in PARTIES),
        "measures": tuple(
            (key, edition.text(measure.title).text) for key, measure in world.measures.items()
        ),
        "claims": tuple((_said(edition, one), claim_view(edition, one)) for one in found),
        "silent": silent(edition),
    }


def _said(edition: Edition, found: Disputed) -> dict[str, str]:
    claim, measure = found.claim, edition.book.world.measures[found.claim.measure]
    provision = measure.provision(claim.provision)
    targets = claim.targets or (provision.targets if provision else ())
    # Who is on every country is on each of the three that can be asked for.
    on = dict.fromkeys([*targets, *(PARTIES if "*" in targets else ())])
    return {
        "since": claim.claimed_from.isoformat(),
        "until": claim.claimed_until.isoformat() if claim.claimed_until else "",
        "announced": found.event.announced.isoformat(),
        "imposer": measure.imposer,
        "target": " ".join(on),
        "measure": claim.measure,
    }
