"""A small sound record to write to disk and to break, one place at a time."""

from __future__ import annotations

from pathlib import Path

MEASURES = """\
measures:
  - key: us.border
    imposer: US
    authority: IEEPA
    title: Border tariff
    legal_basis: "An act: of a kind"
    provisions:
      - {key: general, targets: [CA], products: All goods, origin: not_usmca}
      - key: energy
        targets: ["*"]
        excludes: [MX]
        products: {en: Energy, es: Energía, fr: Énergie}
        hts: ["2709", "2710"]
        note: Ten percent.

  - key: ca.counter
    imposer: CA
    authority: Customs Tariff s.53
    title: Counter-measure
    mirrors: [us.border]
    sources:
      - {url: "https://example.org/m", publisher: Example, title: The measure}
    provisions:
      - {key: list, targets: [US], products: Listed goods}
"""

JANUARY = """\
events:
  - id: 2025-01-20-threat
    kind: threat
    announced: 2025-01-20
    title: A threat
    summary: It is said.
    sources:
      - {url: "https://example.org/0", publisher: Example, title: Zero}
    effects:
      - {measure: us.border, provisions: [general], status: threatened, rate: 25}
"""

FEBRUARY = """\
events:
  - id: 2025-02-01-order
    kind: announcement
    announced: 2025-02-01
    title: {en: The order, es: La orden, fr: Le décret}
    summary: >-
      It puts 25% on goods
      and 10% on energy.
    parties: [US, CA]
    instrument: {citation: "Executive Order 1", url: "https://example.org/eo"}
    effects:
      - measure: us.border
        provisions: [general, energy]
        status: in_force
        rate: 25.50
        from: 2025-02-04
        until: 2026-02-20
        products: Widgets
        hts: ["8501"]
        note: Widened.
    sources:
      - url: https://example.org/1
        publisher: Example
        title: One
        published: 2025-02
        primary: true

  - id: 2025-02-01-counter
    kind: announcement
    announced: 2025-02-01
    title: The answer
    summary: Canada answers.
    effects:
      - {measure: ca.counter, provisions: [list], status: in_force, rate: 25, from: 2025-02-04}
    sources:
      - {url: "https://example.org/2", publisher: Example, title: Two}

  - id: 2025-02-03-pause
    kind: pause
    announced: 2025-02-03
    title: The pause
    summary: Thirty days.
    effects:
      - measure: us.border
        provisions: [general]
        status: paused
        from: 2025-02-04
        until: 2025-03-04
    withdraws:
      - {event: 2025-01-20-threat, measure: us.border, provision: general}
    confirms: [2025-02-01-order]
    measures: [ca.counter]
    claims:
      - measure: us.border
        provision: energy
        targets: [CA]
        stated: Energy paid more
        finding: It did not.
        standing: refuted
        rate: 30
        from: 2025-02-04
        until: 2025-02-05
        sources:
          - {url: "https://example.org/4", publisher: Example, title: Four, published: 2025}
    doubts: [computed]
    note: Kept.
    sources:
      - {url: "https://example.org/3", publisher: Example, title: Three, published: 2025-02-03}
"""

MARCH = """\
events:
  - id: 2025-03-01-plan
    kind: announcement
    announced: 2025-03-01
    title: A plan without a day
    summary: In the coming weeks, if no deal is reached.
    follows: [2025-02-01-counter, 2025-02-03-pause]
    instrument:
      citation: Proclamation 2
      kind: presidential
      steps:
        - {stage: signed, day: 2025-03-01}
        - {stage: published, day: 2025-03-06, citation: 90 FR 1, url: "https://example.org/fr"}
        - {stage: guidance, citation: CSMS 1}
        - {stage: guidance, day: 2025-03-07, citation: CSMS 2}
    effects:
      - measure: us.border
        provisions: [general]
        status: announced
        rate: 30
        from: {earliest: 2025-03-10, latest: 2025-03-31, condition: if no deal is reached}
        until: {latest: 2025-06-30}
      - measure: us.border
        provisions: [energy]
        status: in_force
        rate_text: {en: two steps, es: dos pasos}
        from: {unknown: true}
        until: {condition: {en: until a deal, fr: jusqu'à un accord}}
    stacking:
      - first: [us.border.energy]
        relation: instead_of
        others: [ca.counter]
        from: 2025-03-12
        until: 2025-04-12
        note: Where both apply.
    deadlines:
      - {key: us.border.hearing, kind: hearing, title: The hearing, day: 2025-04-01}
      - key: us.border.ruling
        kind: ruling
        title: {en: The ruling, es: El fallo}
        day: {earliest: 2025-05-01}
        measures: [us.border]
    sources:
      - {url: "https://example.org/5", publisher: Example, title: Five}

  - id: 2025-03-01-off
    kind: statement
    announced: 2025-03-01
    title: The hearing is off
    summary: No hearing.
    follows: [2025-03-01-plan]
    deadlines:
      - {key: us.border.hearing, kind: hearing, title: The hearing, cancelled: true}
    sources:
      - {url: "https://example.org/6", publisher: Example, title: Six}
"""
"""Chains, causes, deadlines and days that are not known; written only where asked for."""

FILES = {"measures.yaml": MEASURES, "2025-01.yaml": JANUARY, "2025-02.yaml": FEBRUARY}


def write(folder: Path, **changed: str) -> Path:
    """The sound record in `folder`, with other text for `measures` or a month like `m2025_02`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        key = name.removesuffix(".yaml").replace("-", "_")
        key = key if key == "measures" else f"m{key}"
        (folder / name).write_text(changed.get(key, text), encoding="utf-8")
    if "m2025_03" in changed:
        (folder / "2025-03.yaml").write_text(changed["m2025_03"], encoding="utf-8")
    return folder


def line_of(text: str, part: str) -> int:
    """The line on which `part` stands in `text`, counted from 1; it must stand there once."""
    assert text.count(part) == 1, part
    return text[: text.index(part)].count("\n") + 1
