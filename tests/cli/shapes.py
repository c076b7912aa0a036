"""The shapes of `interfaces.md` as JSON Schema. They may only grow: more keys are welcome."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
COUNTRY = {"type": "string", "pattern": r"^([A-Z]{2}|\*)$"}
STATUS = {
    "enum": [
        "threatened",
        "announced",
        "in_force",
        "paused",
        "revoked",
        "expired",
        "invalidated",
        "lapsed",
    ]
}
BASIS = {
    "enum": [
        "full_value",
        "metal_content",
        "non_us_content",
        "non_ca_mx_content",
        "top_up",
        "per_unit",
        "quota",
        "ban",
    ]
}
KINDS = [
    "threat",
    "announcement",
    "in_force",
    "rate_change",
    "pause",
    "pause_extension",
    "resumption",
    "exemption",
    "reinstatement",
    "revocation",
    "expiry",
    "remission",
    "quota",
    "investigation",
    "court_ruling",
    "legislation",
    "summit",
    "call",
    "agreement",
    "negotiation",
    "suspension_of_talks",
    "review_step",
    "statement",
]


def maybe(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def listed(schema: Schema, least: int = 0) -> Schema:
    return {"type": "array", "items": schema, "minItems": least}


def shaped(**properties: Schema) -> Schema:
    return {"type": "object", "required": [*properties], "properties": properties}


TEXT: Schema = {"type": "string", "minLength": 1}
RATE = maybe({"type": "number", "minimum": 0, "maximum": 300})

VIEWPOINT = shaped(on=DAY, announced_by=maybe(DAY), recorded_by=maybe(TEXT))
PENDING = shaped(status=STATUS, rate_pct=RATE, basis=BASIS, effective_from=maybe(DAY), event=TEXT)
LABEL = {"enum": ["law_changed", "learned_late", "corrected", "voided", "scheduled"]}
COVERAGE = shaped(**{"from": maybe(DAY), "known_until": DAY})
PROVISION = shaped(
    measure=TEXT,
    provision=TEXT,
    imposer=COUNTRY,
    targets=listed(COUNTRY, 1),
    authority=TEXT,
    products=TEXT,
    hts=listed(TEXT),
    origin=TEXT,
    status=STATUS,
    rate_pct=RATE,
    basis=BASIS,
    rate_text=maybe(TEXT),
    effective_from=maybe(DAY),
    effective_until=maybe(DAY),
    pending=listed(PENDING),
    events=listed(TEXT, 1),
    sentence=TEXT,
)
STATE = shaped(
    viewpoint=VIEWPOINT,
    provisions=listed(PROVISION),
    claims=listed({"type": "object"}),
    not_covered=listed(TEXT),
    coverage=COVERAGE,
    notes=listed(TEXT),
)

SIDE = shaped(status=STATUS, rate_pct=RATE, effective_from=maybe(DAY), effective_until=maybe(DAY))
CHANGE = shaped(
    measure=TEXT,
    provision=TEXT,
    imposer=COUNTRY,
    targets=listed(COUNTRY, 1),
    products=TEXT,
    origin=TEXT,
    change={"enum": ["added", "removed", "status", "rate", "basis", "scope", "dates", "pending"]},
    label=LABEL,
    difference_points=maybe({"type": "number"}),
    before=maybe(SIDE),
    after=maybe(SIDE),
    events=listed(TEXT, 1),
    sentence=TEXT,
)
STEPS = listed({"allOf": [CHANGE, shaped(day=DAY)]}, 1)
STEPPED = {"allOf": [CHANGE, shaped(steps=STEPS)]}
RETURNED = shaped(
    measure=TEXT,
    provision=TEXT,
    imposer=COUNTRY,
    targets=listed(COUNTRY, 1),
    state=maybe(SIDE),
    events=listed(TEXT, 1),
    sentence=TEXT,
    steps=STEPS,
)
SEEN = {"allOf": [VIEWPOINT, shaped(position={"type": "integer", "minimum": 0})]}
DIFF = shaped(
    **{
        "from": SEEN,
        "to": SEEN,
        "changes": listed(CHANGE),
        "returned": listed(RETURNED),
        "swapped": {"type": "boolean"},
        "headline": TEXT,
        "coverage": COVERAGE,
        "notes": listed(TEXT),
    }
)
STEPS_DIFF = {"allOf": [DIFF, shaped(changes=listed(STEPPED))]}

SOURCE = shaped(url={"type": "string", "pattern": "^https?://"}, publisher=TEXT, title=TEXT)
EFFECT = shaped(
    measure=TEXT,
    provision=TEXT,
    status=STATUS,
    rate_pct=RATE,
    effective_from=maybe(DAY),
    effective_until=maybe(DAY),
)
EVENT = shaped(
    id=TEXT,
    kind={"enum": KINDS},
    announced=DAY,
    title=TEXT,
    summary=TEXT,
    parties=listed(COUNTRY),
    measures=listed(TEXT),
    effects=listed(EFFECT),
    instrument=maybe(shaped(citation=TEXT, url=maybe(TEXT))),
    sources=listed(SOURCE, 1),
)
TIMELINE = listed(EVENT)
