"""Measure extraction on items it was not fitted on, and write docs/accuracy.md: `make evaluate`.

Folds keep a story together, and near-copies with it: no story is both learned
from and asked about. Stories are grouped fold by fold of time instead, since
pairs need their neighbours.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import train
from train import (
    Corpus,
    Model,
    corpus,
    fit_kind,
    fit_relevance,
    fit_same,
    labelled_stories,
    pairs_of,
)

from tracker import __version__
from tracker.extract.clusters import group
from tracker.extract.features import GROUPS
from tracker.extract.fitted import extract_reading
from tracker.extract.items import Extraction
from tracker.extract.labels import label_of
from tracker.extract.linear import Linear
from tracker.extract.pairs import WINDOW, trace
from tracker.extract.reading import read
from tracker.extract.scores import Label, bcubed, score

FOLDS = 8
_NOTHING = Linear(("same",), (-900,), {})
_CLOSE = 0.6


def _words(text: str) -> frozenset[str]:
    return frozenset(text.lower().split())


def groups(lines: Sequence[dict]) -> list[str]:
    """A name for each item that is the same for items of a story and for near-copies."""
    names = [line["cluster_id"] or line["id"] for line in lines]
    bags = [_words(line["title"]) for line in lines]
    for at, bag in enumerate(bags):
        for back in range(at):
            if len(bag & bags[back]) > _CLOSE * len(bag | bags[back]):
                old, new = names[at], names[back]
                names = [new if name == old else name for name in names]
    return names


def held_out(all_: Corpus, without=(), sources=frozenset()) -> list[Extraction]:
    """What is read out of each labelled item by a model that has not seen its story."""
    folds = [zlib.crc32(name.encode()) % FOLDS for name in groups(all_.lines)]
    found: list[Extraction | None] = [None] * len(folds)
    for fold in range(FOLDS):
        used = [at for at, other in enumerate(folds) if other != fold]
        model = rules_and_weights(all_, used, without, sources)
        for at, other in enumerate(folds):
            if other == fold:
                found[at] = extract_reading(read(all_.labelled[at].item), model)
    return [one for one in found if one is not None]


def rules_and_weights(all_: Corpus, used: Sequence[int], without, sources) -> Model:
    """The model without its part on stories."""
    mine = [] if "labelled" in sources else [all_.labelled[at] for at in used]
    record = [] if "record" in sources else all_.record
    invented = [] if "made up" in sources else all_.made_up
    captures = [] if "captures" in sources else all_.captured
    positive = [replace(one, relevant=True, weight=one.weight * 0.1) for one in record]
    return Model(
        __version__,
        fit_relevance([*mine, *invented, *captures, *positive], without),
        fit_kind([*mine, *record, *invented], without),
        _NOTHING,
        train.THRESHOLD,
        train.SAME_THRESHOLD,
    )


def blocks(lines: Sequence[dict]) -> list[int]:
    """The stretch of time each item lies in; between two of them nothing is within the window."""
    days = sorted({date.fromisoformat(line["published"][:10]) for line in lines})
    number, numbers = 0, {}
    for at, day in enumerate(days):
        if at and day - days[at - 1] > WINDOW + timedelta(days=1):
            number += 1
        numbers[day] = number
    return [numbers[date.fromisoformat(line["published"][:10])] for line in lines]


def grouped(all_: Corpus, said: Sequence[Extraction], stories: Sequence[Extraction]) -> list[str]:
    """The cluster of each labelled item, by weights fitted on other stretches of time."""
    stretch, told = blocks(all_.lines), labelled_stories(all_.lines)
    traces = [trace(e.item, one) for e, one in zip(all_.labelled, said, strict=True)]
    found = [f"{at} alone" for at in range(len(traces))]
    elsewhere = pairs_of(all_.stories, stories)
    for block in sorted(set(stretch)):
        here = [at for at, other in enumerate(stretch) if other == block]
        if len(here) < 2:
            continue
        rest = [at for at, other in enumerate(stretch) if other != block]
        mine = pairs_of([told[at] for at in rest], [said[at] for at in rest])
        same = fit_same([*mine, *elsewhere])
        model = Model("", _NOTHING, _NOTHING, same, 0.5, train.SAME_THRESHOLD)
        for at, number in zip(here, group([traces[i] for i in here], model), strict=True):
            found[at] = f"{block}.{number}"
    return found


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _table(labels: Sequence[Label], said: Sequence[Extraction]) -> list[str]:
    parts = {"all": list(range(len(labels)))}
    for language in ("en", "es", "fr"):
        parts[language] = [at for at, one in enumerate(labels) if one.language == language]
    scores = {
        name: score([labels[at] for at in where], [said[at] for at in where])
        for name, where in parts.items()
    }
    whole = scores["all"]
    lines = ["| | precision | recall | F1 | English | Spanish | French |", "|" + " --- |" * 7]

    def row(name: str, pick) -> str:
        each = " | ".join(_cell(pick(scores[part]).f1) for part in ("all", "en", "es", "fr"))
        counts = pick(whole)
        return f"| {name} | {_cell(counts.precision)} | {_cell(counts.recall)} | {each} |"

    lines.append(row("relevance", lambda s: s.relevance))
    lines.append(row("kind, micro", lambda s: s.kind_micro))
    macro = " | ".join(_cell(scores[part].kind_macro) for part in ("all", "en", "es", "fr"))
    lines.append(f"| kind, macro | | | {macro} |")
    lines += [row(slot, lambda s, slot=slot: s.slots[slot]) for slot in whole.slots]
    counts = ", ".join(f"{name} {part.items}" for name, part in scores.items())
    return [*lines, "", f"Items that count: {counts}."]


def _confusion(labels: Sequence[Label], said: Sequence[Extraction]) -> list[str]:
    wrong = sorted(
        ((pair, n) for pair, n in score(labels, said).confusion.items() if pair[0] != pair[1]),
        key=lambda row: (-row[1], row[0]),
    )
    lines = ["| labelled | said | how often |", "| --- | --- | --- |"]
    return lines + [f"| {meant} | {other} | {n} |" for (meant, other), n in wrong]


def _worst(labels: Sequence[Label], said: Sequence[Extraction], lines: Sequence[dict]) -> list[str]:
    """The items that are most surely wrong: by the score of the wrong answer."""
    found = []
    for label, one, line in zip(labels, said, lines, strict=True):
        if label.ambiguous:
            continue
        why = f" ({line['negative_type']})" if line.get("negative_type") else ""
        if one.relevant != label.relevant:
            sure = one.score if one.relevant else 1 - one.score
            what = f"taken for news{why}" if one.relevant else "not taken for news"
        elif label.relevant and one.kind not in label.kinds:
            sure, what = one.kind_score, f"{label.kinds[0]} read as {one.kind}"
        else:
            continue
        found.append((sure, label.item_id, f"| {what} | {sure:.2f} | {line['title'][:110]} |"))
    rows = [row for _, _, row in sorted(found, reverse=True)[:10]]
    return ["| what went wrong | how sure | title |", "| --- | --- | --- |", *rows]


ABLATIONS = {
    "rules of kinds": {"without": GROUPS["rules"]},
    "words": {"without": GROUPS["words"]},
    "order of concepts": {"without": GROUPS["order"]},
    "the summary": {"without": GROUPS["summary"]},
    "signs of comment and markets": {"without": GROUPS["noise"]},
    "who is named with whom": {"without": GROUPS["parties"]},
    "the labelled items": {"sources": frozenset({"labelled"})},
    "the record": {"sources": frozenset({"record"})},
    "the made-up headlines": {"sources": frozenset({"made up"})},
    "the captured items": {"sources": frozenset({"captures"})},
}


def _ablation(all_: Corpus, labels: Sequence[Label]) -> list[str]:
    lines = ["| without | relevance F1 | kind, micro | kind, macro |", "| --- | --- | --- | --- |"]
    for name, change in ABLATIONS.items():
        scores = score(labels, held_out(all_, **change))
        cells = (scores.relevance.f1, scores.kind_micro.f1, scores.kind_macro)
        lines.append(f"| {name} | {' | '.join(map(_cell, cells))} |")
        print(lines[-1], flush=True)
    return lines


def main(
    labels_file: str, out: str, captures: str = "", day: str = "", parts: str = "parts"
) -> None:
    """Write the figures into the document between its two marks; `parts` empty: no ablation."""
    all_ = corpus(Path(labels_file), Path(captures) if captures else None)
    labels = [label_of(line, number) for number, line in enumerate(all_.lines, 1)]
    said = held_out(all_)
    whole = rules_and_weights(all_, range(len(all_.lines)), (), frozenset())
    stories = [extract_reading(read(one.item), whole) for one in all_.stories]
    names = grouped(all_, said, stories)
    known = [at for at, label in enumerate(labels) if label.cluster is not None]
    some = bcubed([labels[at].cluster or "" for at in known], [names[at] for at in known])
    every = bcubed([label.cluster or label.item_id for label in labels], names)
    clusters = ["| clusters, B-cubed | items | precision | recall | F1 |", "|" + " --- |" * 5]
    for name, count, figures in (
        ("items whose story is known", len(known), some),
        ("all, the others each a story", len(labels), every),
    ):
        clusters.append(f"| {name} | {count} | {' | '.join(map(_cell, figures or ()))} |")
    body = [
        f"Version {__version__}, measured on {day or date.today().isoformat()}.",  # noqa: DTZ011
        "", *_table(labels, said), "", *clusters,
        *(["", "### What each part is worth", "", *_ablation(all_, labels)] if parts else []),
        "", "### Kinds taken for others", "", *_confusion(labels, said),
        "", "### The ten worst mistakes", "", *_worst(labels, said, all_.lines),
    ]  # fmt: skip
    file = Path(out)
    before, _, rest = file.read_text(encoding="utf-8").partition("<!-- figures -->")
    after = rest.partition("<!-- end of figures -->")[2]
    text = f"{before}<!-- figures -->\n" + "\n".join(body) + f"\n<!-- end of figures -->{after}"
    file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
