"""Fit the model of `tracker extract` anew: `make train`, `make evaluate`.

Reads the labelled items, the curated record and the made-up headlines beside
this file; writes `extract.json`, byte for byte the same from the same input
and the same scikit-learn. Needs the extra `train`.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product
from pathlib import Path

import msgspec
import numpy as np
import sklearn
import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from tracker import __version__
from tracker.extract.features import features
from tracker.extract.fitted import extract_reading
from tracker.extract.items import NONE, Item
from tracker.extract.linear import Linear, Model
from tracker.extract.pairs import pair_features, trace
from tracker.extract.reading import read

HERE = Path(__file__).resolve().parent
RECORD = HERE.parent / "record"
WEIGHTS = {"labelled": 1.0, "record": 0.2, "made up": 1.0, "captures": 0.15, "stories": 0.05}
THRESHOLD = 0.55
SAME_THRESHOLD = 0.3
_LEAST_SEEN = 2
_PATTERNS = 8


@dataclass(frozen=True)
class Example:
    """One text to learn from; an answer of None is not learned from."""

    item: Item
    relevant: bool | None
    kinds: tuple[str, ...]
    weight: float
    features: tuple[str, ...] = field(default=())


def _example(item: Item, relevant: bool | None, kinds: Iterable[str], weight: float) -> Example:
    return Example(item, relevant, tuple(kinds), weight, features(read(item)))


def labelled(lines: Sequence[dict]) -> list[Example]:
    """The labelled items; ambiguous ones count less."""
    found = []
    for line in lines:
        item = labelled_item(line)
        kinds = (line["kind"], *line["kind_alt"]) if line["relevant"] else ()
        weight = WEIGHTS["labelled"] * (0.3 if line["ambiguous"] else 1.0)
        found.append(_example(item, line["relevant"], [k for k in kinds if k != NONE], weight))
    return found


def labelled_item(line: dict) -> Item:
    """A labelled line as an item, as a feed would have given it."""
    return Item(
        line["id"],
        line.get("raw_title") or line["title"],
        line.get("summary") or "",
        date.fromisoformat(line["published"][:10]) if line.get("published") else None,
        line.get("url") or "",
        line.get("publisher") or "",
        line.get("language"),
    )


def record_examples(folder: Path = RECORD) -> list[Example]:
    """Titles of the record's events in three languages, and those of their sources."""
    found = []
    for file in sorted(folder.glob("20*.yaml")):
        for event in yaml.safe_load(file.read_text(encoding="utf-8"))["events"]:
            for language in ("en", "es", "fr"):
                text = event["title"].get(language)
                if text:
                    summary = (event.get("summary") or {}).get(language) or ""
                    item = Item(event["id"], text, summary[:300], language=language)
                    found.append(_example(item, None, [event["kind"]], WEIGHTS["record"]))
            for source in event.get("sources", ()):
                item = Item(
                    event["id"], source["title"], "", None, source["url"], source["publisher"]
                )
                found.append(_example(item, None, [event["kind"]], WEIGHTS["record"] * 0.5))
    return found


def _spellings(pattern: str) -> list[str]:
    """At most `_PATTERNS` of a pattern's spellings, spread over all of them."""
    parts = [part.split("|") for part in re.split(r"[\[\]]", pattern)]
    every = ["".join(choice) for choice in product(*parts)]
    step = max(1, len(every) // _PATTERNS)
    # Steps that share no factor with the lists' lengths reach every choice.
    return [
        every[(at * (step + 1)) % len(every)].strip() for at in range(min(_PATTERNS, len(every)))
    ]


def made_up() -> list[Example]:
    """The headlines made up for training."""
    found = []
    for line in (HERE / "made_up.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        label, language, pattern = line.split(" ", 2)
        texts = list(dict.fromkeys(_spellings(pattern)))
        for text in texts:
            item = Item("", text, language=language)
            kinds = [] if label == NONE else [label]
            found.append(_example(item, label != NONE, kinds, WEIGHTS["made up"] * 3 / len(texts)))
    return found


def _shrunk(estimator: LogisticRegression, names: Sequence[str], classes: Sequence[str]) -> Linear:
    weights = {}
    for name, column in zip(names, estimator.coef_.T, strict=True):
        row = tuple(round(float(value) * 100) for value in column)
        if any(row):
            weights[name] = row
    bias = tuple(round(float(value) * 100) for value in estimator.intercept_)
    return Linear(tuple(classes), bias, dict(sorted(weights.items())))


def _kept(seen: Sequence[tuple[str, ...]], without: tuple[str, ...]) -> list[dict[str, float]]:
    counts: dict[str, int] = {}
    for row in seen:
        for name in row:
            counts[name] = counts.get(name, 0) + 1
    return [
        {
            name: 1.0
            for name in row
            if counts[name] >= _LEAST_SEEN and not name.startswith(without or ("\0",))
        }
        for row in seen
    ]


def _fit(rows, answers, weights, *, cost, without=(), classes=None) -> Linear:
    vectors = DictVectorizer(sort=True)
    matrix = vectors.fit_transform(_kept(rows, without))
    estimator = LogisticRegression(C=cost, max_iter=3000, tol=1e-6)
    estimator.fit(matrix, answers, sample_weight=np.asarray(weights))
    return _shrunk(
        estimator, vectors.get_feature_names_out().tolist(), classes or estimator.classes_.tolist()
    )


COST = {"relevance": 0.7, "kind": 0.3, "same": 0.3}


def fit_relevance(examples: Sequence[Example], without=()) -> Linear:
    """News of policy or not, from the examples that say."""
    used = [e for e in examples if e.relevant is not None]
    return _fit(
        [e.features for e in used],
        [int(bool(e.relevant)) for e in used],
        [e.weight for e in used],
        cost=COST["relevance"],
        without=without,
        classes=("relevant",),
    )


def fit_kind(examples: Sequence[Example], without=()) -> Linear:
    """Which kind; further kinds that annotators accept count for a little."""
    rows, answers, weights = [], [], []
    for example in examples:
        for at, kind in enumerate(example.kinds):
            rows.append(example.features)
            answers.append(kind)
            share = 1.0 if at == 0 else 0.35 / (len(example.kinds) - 1)
            weights.append(example.weight * share)
    return _fit(rows, answers, weights, cost=COST["kind"], without=without)


@dataclass(frozen=True)
class Told:
    """One item with the story it tells, for learning what is one story; None: none known."""

    item: Item
    story: str | None
    weight: float


def record_stories(folder: Path = RECORD) -> list[Told]:
    """Each event of the record told in three languages, and by those of its sources with a day."""
    found = []
    for file in sorted(folder.glob("20*.yaml")):
        for event in yaml.safe_load(file.read_text(encoding="utf-8"))["events"]:
            day = event["announced"]
            if not isinstance(day, date):
                continue
            for language in ("en", "es", "fr"):
                item = Item(event["id"], event["title"][language], "", day, language=language)
                found.append(Told(item, event["id"], WEIGHTS["stories"]))
            for source in event.get("sources", ()):
                if isinstance(source.get("published"), date):
                    item = Item(
                        event["id"], source["title"], "", source["published"], source["url"]
                    )
                    found.append(Told(item, event["id"], WEIGHTS["stories"]))
    return found


def labelled_stories(lines: Sequence[dict]) -> list[Told]:
    """The labelled items with the story they tell."""
    return [Told(labelled_item(line), line["cluster_id"], 1.0) for line in lines]


Pairs = list[tuple[dict[str, float], int, float]]


def pairs_of(told: Sequence[Told], said) -> Pairs:
    """All pairs within the window with a known story: features, one story or not, weight.

    `said` has what was read out of each.
    """
    traces = [trace(one.item, it) for one, it in zip(told, said, strict=True)]
    order = sorted(range(len(told)), key=lambda at: (told[at].item.published or date.min, at))
    found: Pairs = []
    for place, at in enumerate(order):
        for back in reversed(order[:place]):
            one, other = told[at], told[back]
            features = pair_features(traces[back], traces[at])
            if features is None:
                break  # in order of time: those before lie still further back
            if one.story or other.story:
                found.append((features, int(one.story == other.story), one.weight))
    return found


def fit_same(pairs: Pairs) -> Linear:
    """Whether two items tell one story."""
    vectors = DictVectorizer(sort=True)
    matrix = vectors.fit_transform([features for features, _, _ in pairs])
    estimator = LogisticRegression(C=COST["same"], max_iter=5000, tol=1e-6)
    weights = np.asarray([weight for _, _, weight in pairs])
    estimator.fit(matrix, [same for _, same, _ in pairs], sample_weight=weights)
    return _shrunk(estimator, vectors.get_feature_names_out().tolist(), ("same",))


_TRADE = re.compile(
    r"tarif|arancel|usmca|cusma|t-?mec|aceum|trade|dut(?:y|ies)|droits|douane|comerc"
    r"|import|export|levy|levies|quota"
    r"|customs|negotiat|section 232|sanction|negocia|sheinbaum|carney|supreme court|trump",
    re.I,
)


def captured(folder: Path | None, known: frozenset[str]) -> list[Example]:
    """Every fourth captured item that names nothing of trade: surely no news of it."""
    if folder is None or not folder.is_dir():
        return []
    titles: dict[str, str] = {}
    for file in sorted(folder.glob("*/*.json")):
        waiting = [json.loads(file.read_bytes())]
        while waiting:
            one = waiting.pop()
            if isinstance(one, dict):
                if isinstance(one.get("title"), str):
                    summary = one.get("summary") or one.get("description") or ""
                    titles.setdefault(one["title"].strip(), str(summary)[:300])
                waiting.extend(one.values())
            elif isinstance(one, list):
                waiting.extend(one)
    kept = [
        Item("", title, summary)
        for title, summary in sorted(titles.items())
        if len(title) > 15 and title not in known and not _TRADE.search(title + summary)
    ]
    return [_example(item, False, (), WEIGHTS["captures"]) for item in kept[::4]]


@dataclass(frozen=True)
class Corpus:
    """All there is to learn from."""

    lines: list[dict]
    labelled: list[Example]
    record: list[Example]
    made_up: list[Example]
    captured: list[Example]
    stories: list[Told]


def corpus(labels: Path, captures: Path | None) -> Corpus:
    """Read all of it."""
    lines = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines() if line]
    known = frozenset(line["title"] for line in lines)
    return Corpus(
        lines,
        labelled(lines),
        record_examples(),
        made_up(),
        captured(captures, known),
        record_stories(),
    )


def fit(all_: Corpus, used: Sequence[int] | None = None, without=(), sources=frozenset()) -> Model:
    """The model from the labelled items at `used` (default: all) and all other sources.

    `without` leaves out features by prefix, `sources` whole sources of examples by name.
    """
    at = range(len(all_.lines)) if used is None else used
    mine = [all_.labelled[i] for i in at] if "labelled" not in sources else []
    record = all_.record if "record" not in sources else []
    invented = all_.made_up if "made up" not in sources else []
    captures = all_.captured if "captures" not in sources else []
    positive = [replace(one, relevant=True, weight=one.weight * 0.1) for one in record]
    relevance = fit_relevance([*mine, *invented, *captures, *positive], without)
    kind = fit_kind([*mine, *record, *invented], without)
    nothing = Linear(("same",), (-900,), {})
    first = Model(__version__, relevance, kind, nothing, THRESHOLD, SAME_THRESHOLD)
    parts: Pairs = []
    for told in (labelled_stories([all_.lines[i] for i in at]), all_.stories):
        said = [extract_reading(read(one.item), first) for one in told]
        parts += pairs_of(told, said)
    return replace_model(first, fit_same(parts))


def replace_model(model: Model, same: Linear) -> Model:
    """The model with other weights for stories."""
    return Model(
        model.version, model.relevance, model.kind, same, model.threshold, model.same_threshold
    )


def digest(data: bytes) -> str:
    """The SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _examples(examples: Sequence[Example]) -> dict[str, object]:
    """How many texts, and the digest of all that was learned from them."""
    rows = [[e.relevant, e.kinds, e.weight, e.features] for e in examples]
    return {"texts": len(rows), "sha256": digest(msgspec.json.encode(rows))}


def fitted_from(all_: Corpus, model: bytes) -> dict[str, object]:
    """What the model was fitted from: counts and digests, for the file beside it."""
    return {
        "model": {"bytes": len(model), "sha256": digest(model)},
        "made_up.txt": {"sha256": digest((HERE / "made_up.txt").read_bytes())},
        "scikit-learn": sklearn.__version__,
        "version": __version__,
        "learned from": {
            "captures": _examples(all_.captured),
            "labelled": _examples(all_.labelled),
            "made up": _examples(all_.made_up),
            "record": _examples(all_.record),
        },
    }


def main(labels: str, captures: str = "") -> None:
    """Write the model, and beside it what it was fitted from."""
    all_ = corpus(Path(labels), Path(captures) if captures else None)
    model = msgspec.json.encode(fit(all_), order="sorted") + b"\n"
    file = HERE / "extract.json"
    file.write_bytes(model)
    told = json.dumps(fitted_from(all_, model), indent=2, sort_keys=True)
    (HERE / "fitted_from.json").write_text(told + "\n", encoding="utf-8")
    print(f"{file.name}: {len(model)} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
