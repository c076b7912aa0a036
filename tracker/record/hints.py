"""What belongs in each field of the record's files, in a few words.

Owns the words that an error and an editor show for a field. It must not know
the shapes: a name means the same wherever it stands.
"""

from __future__ import annotations

__all__ = ["HINTS", "OR_MAPPING"]

HINTS: dict[str, str] = {
    "announced": "the day the public could know, as YYYY-MM-DD",
    "authority": "the legal authority in short, like IEEPA or Section 232",
    "basis": "what the rate is charged on; leave it out for the full value",
    "cancelled": "true where the day is off",
    "citation": "the paper as lawyers cite it",
    "claims": "a list of what sources say and others contradict",
    "condition": "what it depends on, in words",
    "confirms": "a list of the events that this one merely confirms",
    "day": "the day, as YYYY-MM-DD",
    "deadlines": "a list of days set beforehand that change no rate by themselves",
    "doubts": "a list of disputed, computed, uncertain",
    "earliest": "the first day it may be, as YYYY-MM-DD",
    "effects": "a list of what the event does to which provisions",
    "en": "the text in English",
    "es": "the text in Spanish",
    "event": "the id of an event of the record",
    "events": "a list of events in the order in which they were announced",
    "excludes": "a list of countries left out of *, as ISO alpha-2 codes",
    "first": "a list of measures, or MEASURE.PROVISION, that are paid",
    "finding": "what checking the claim found",
    "follows": "a list of the earlier events that set this one off",
    "fr": "the text in French",
    "from": "the first day, as YYYY-MM-DD",
    "hts": "a list of tariff headings in quotes",
    "id": "the announced day and a few words, like 2025-02-01-us-border-canada-order",
    "imposer": "the government that imposes it, as an ISO alpha-2 code",
    "instrument": "the legal paper, with citation, url and kind",
    "key": "the stable key, lowercase",
    "kind": "what sort of thing it is",
    "latest": "the last day it may be, as YYYY-MM-DD",
    "legal_basis": "the statute and order it rests on",
    "measure": "the key of a measure of measures.yaml",
    "measures": "a list of measures",
    "mirrors": "a list of the measures it answers",
    "note": "evidence and conflicts worth keeping",
    "origin": "any, usmca, not_usmca or another named condition of origin",
    "others": "a list of measures, or MEASURE.PROVISION, that yield or are paid too",
    "parties": "a list of the governments acting or meeting, like [US, CA]",
    "primary": "true where the source is the paper itself or its maker",
    "products": "the goods in words",
    "provision": "the key of a provision of that measure",
    "provisions": "a list of provisions of the measure",
    "published": "the day, month or year, as YYYY-MM-DD, YYYY-MM or YYYY",
    "publisher": "who published it",
    "rate": "the percent alone, like 25",
    "rate_text": "the rate in words where percent cannot say it",
    "relation": "instead_of or on_top_of",
    "sources": "a list of at least one source with url, publisher and title",
    "stacking": "a list of which measure a good pays that two reach",
    "stage": "which link of the chain, like signed or published",
    "standing": "disputed, refuted or supported",
    "stated": "what the sources say",
    "status": "where the provisions stand on those days",
    "steps": "a list of the links of the paper's chain, oldest first",
    "summary": "one to three sentences",
    "targets": "a list of countries, as ISO alpha-2 codes, or *",
    "title": "a short line",
    "unknown": "true where nothing is known of the day",
    "until": "the first day on which it no longer applies, as YYYY-MM-DD",
    "url": "an http or https address",
    "withdraws": "a list of the earlier events it takes back",
}
"""What belongs in each field, by the name it has in the files."""

OR_MAPPING = ", or a mapping with earliest, latest, condition or unknown: true"
"""What may stand, beyond its hint, in a field whose day need not be known as one."""
