"""How well extraction reads: `tracker evaluate FILE`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from tracker import __version__
from tracker.cli.extracting import given
from tracker.cli.params import as_json
from tracker.cli.streams import print_document, print_json
from tracker.extract.clusters import cluster
from tracker.extract.items import Extraction
from tracker.extract.labels import read_labels
from tracker.extract.plugged import choose
from tracker.extract.scores import Counts, Label, Scores, bcubed, score

__all__ = ["evaluate_command"]


def _figures(counts: Counts) -> dict[str, Any]:
    def short(value: float | None) -> float | None:
        return None if value is None else round(value, 4)

    return {
        "precision": short(counts.precision),
        "recall": short(counts.recall),
        "f1": short(counts.f1),
        "right": counts.right,
        "wrong": counts.wrong,
        "missed": counts.missed,
    }


def _document(scores: Scores) -> dict[str, Any]:
    macro = scores.kind_macro
    confusion = [
        {"labelled": labelled, "said": said, "count": count}
        for (labelled, said), count in sorted(scores.confusion.items())
    ]
    return {
        "items": scores.items,
        "relevance": _figures(scores.relevance),
        "kind": {
            "macro_f1": None if macro is None else round(macro, 4),
            "micro": _figures(scores.kind_micro),
            "each": {kind: _figures(counts) for kind, counts in sorted(scores.kinds.items())},
        },
        "slots": {slot: _figures(counts) for slot, counts in scores.slots.items()},
        "confusion": confusion,
    }


def _clusters(labels: Sequence[Label], names: Sequence[str]) -> dict[str, Any]:
    """B-cubed over the items whose story is known, and over all, where null is a story alone."""
    known = [(label.cluster, name) for label, name in zip(labels, names, strict=True)]
    told = [(meant, name) for meant, name in known if meant is not None]
    alone = [
        (f"story {meant}" if meant is not None else f"alone {at}", name)
        for at, (meant, name) in enumerate(known)
    ]
    found: dict[str, Any] = {}
    for key, pairs in (("known", told), ("all", alone)):
        figures = bcubed([meant for meant, _ in pairs], [name for _, name in pairs])
        found[key] = {"items": len(pairs)} | dict(
            zip(
                ("precision", "recall", "f1"),
                [None] * 3 if figures is None else [round(value, 4) for value in figures],
                strict=True,
            )
        )
    return found


def _by_language(labels: Sequence[Label], said: Sequence[Extraction]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for language in sorted({label.language for label in labels}):
        at = [i for i, label in enumerate(labels) if label.language == language]
        found[language] = _document(score([labels[i] for i in at], [said[i] for i in at]))
    return found


def _row(name: str, figures: Mapping[str, Any]) -> str:
    values = [figures[key] for key in ("precision", "recall", "f1")]
    cells = ["    -" if value is None else f"{value:.3f}" for value in values]
    return f"{name:<24}" + "  ".join(f"{cell:>9}" for cell in cells)


def _part(title: str, figures: Mapping[str, Any]) -> list[str]:
    kind, macro = figures["kind"], figures["kind"]["macro_f1"]
    lines = [f"{title} ({figures['items']} items)", _row("  relevance", figures["relevance"])]
    lines.append(_row("  kind, micro", kind["micro"]))
    lines.append(f"{'  kind, macro':<46}{'-' if macro is None else f'{macro:.3f}':>9}")
    return lines + [_row(f"  {slot}", counts) for slot, counts in figures["slots"].items()]


def _text(document: Mapping[str, Any]) -> str:
    lines = [f"{'':<24}precision     recall         F1", *_part("all", document)]
    for language, figures in document["languages"].items():
        lines += ["", *_part(language, figures)]
    lines += ["", "clusters, B-cubed"]
    lines += [_row(f"  {key}", figures) for key, figures in document["clusters"].items()]
    wrong = [row for row in document["confusion"] if row["labelled"] != row["said"]]
    lines += ["", "kinds taken for others (labelled, said, how often)"]
    lines += [f"  {row['labelled']:<22}{row['said']:<22}{row['count']:>3}" for row in wrong]
    return "".join(f"{line}\n" for line in lines)


@click.command("evaluate")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--by", "name", default="fitted", metavar="NAME", help="Which extractor to measure.")
@as_json
def evaluate_command(*, file: Path, name: str, json_: bool) -> None:
    """Measure extraction and clustering against labelled items (JSON lines).

    \b
    Examples:
      tracker evaluate labelled.jsonl
      tracker evaluate labelled.jsonl --json

    A labelled line is an item with relevant, kind, kind_alt, imposer, targets,
    products, rate_pct, effective_date, until_date, until_basis, cluster_id and
    ambiguous. Ambiguous ones do not count. Of items that the model was fitted
    on the figures say little: docs/accuracy.md has the ones that were held out.
    """
    items, labels = read_labels(given(file))
    said = choose(name).extract(items)
    document = {"version": __version__, "extractor": name} | _document(score(labels, said))
    document["languages"] = _by_language(labels, said)
    document["clusters"] = _clusters(labels, cluster(items, said))
    if json_:
        print_json(msgspec.json.encode(document))
    else:
        print_document(_text(document))
