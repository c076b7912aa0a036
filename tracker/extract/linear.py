"""The fitted model: weights of features, kept as canonical JSON, scored in plain Python.

Owns the file's form and how a score is made of it. Needs no library of
statistics at run time; fitting is done elsewhere. Must not know any feature.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from tracker.config import shipped
from tracker.errors import OperationFailed

__all__ = ["MODEL_FILE", "Linear", "Model", "shipped_model"]

MODEL_FILE = "db/model/extract.json"


class Linear(msgspec.Struct, frozen=True):
    """One weight a class for each feature, and one for each class alone, in hundredths.

    Whole numbers keep the file small, and sums the same on every machine.
    """

    classes: tuple[str, ...]
    bias: tuple[int, ...]
    weights: Mapping[str, tuple[int, ...]]

    def scores(self, features: Iterable[str]) -> tuple[float, ...]:
        """The sum of weights of each class."""
        total = list(self.bias)
        for feature in features:
            row = self.weights.get(feature)
            if row is not None:
                for at, weight in enumerate(row):
                    total[at] += weight
        return tuple(value / 100 for value in total)

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """How likely each class is: softmax, or the logistic function of a single one."""
        scores = self.scores(features)
        if len(scores) == 1:
            return {self.classes[0]: 1 / (1 + math.exp(-max(-30.0, min(30.0, scores[0]))))}
        top = max(scores)
        parts = [math.exp(score - top) for score in scores]
        whole = sum(parts)
        return {name: part / whole for name, part in zip(self.classes, parts, strict=True)}


class Model(msgspec.Struct, frozen=True):
    """All that was fitted: when an item reports something, what kind it is, what is one story.

    `threshold` is the probability from which an item counts as relevant, `same_threshold`
    the one from which two items tell the same story.
    """

    version: str
    relevance: Linear
    kind: Linear
    same: Linear
    threshold: float
    same_threshold: float


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    """The model that comes with the package, read once.

    Raises: OperationFailed if the file is missing or does not read.
    """
    file = shipped(MODEL_FILE)
    try:
        return msgspec.json.decode(file.read_bytes(), type=Model)
    except (OSError, msgspec.MsgspecError) as error:
        raise OperationFailed(
            f"The model of extraction does not read: {file.name}: {error}",
            "Install the package anew, or in a checkout write it with make train",
        ) from error
