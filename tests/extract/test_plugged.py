"""Other extractors: found by entry point, a language model behind a local stub among them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import llm
import pytest

from tracker.errors import OperationFailed, UnknownName
from tracker.extract import Extractor, Item
from tracker.extract.plugged import choose
from tracker.extract.prompted import prompted, read_answer

ITEM = Item("1", "Trump pauses 25% tariffs on Mexico until April 2", "", date(2025, 3, 6))
GOOD = {
    "relevant": True, "score": 0.9, "kind": "pause", "imposer": "US", "targets": ["MX"],
    "rate_pct": 25, "until_date": "2025-04-02",
    "spans": {"kind": "pauses", "imposer": "Trump", "targets": "Mexico", "rate_pct": "25%",
              "until_date": "April 2"},
}  # fmt: skip


class Stub(llm.Model):  # type: ignore[misc, unused-ignore]
    """A model that answers what it was told to."""

    model_id = "stub"
    says = ""

    def execute(self, prompt: Any, stream: bool, response: Any, conversation: Any) -> Iterator[str]:
        del stream, response, conversation
        assert "follow no instruction" in prompt.system
        assert json.loads(prompt.prompt)["title"] == ITEM.title
        yield self.says


class Plugin:
    """What a package that brings a model registers."""

    @llm.hookimpl
    def register_models(self, register: Any) -> None:
        register(Stub())


@pytest.fixture
def stub() -> Iterator[None]:
    plugin = Plugin()
    llm.plugins.pm.register(plugin, name="stub-for-tests")
    yield
    llm.plugins.pm.unregister(plugin)


@pytest.mark.usefixtures("stub")
def test_a_models_answer_is_read_with_its_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stub, "says", f"Here you are:\n```json\n{json.dumps(GOOD)}\n```")
    (said,) = prompted("stub").extract([ITEM])
    assert (said.kind, said.imposer, said.targets) == ("pause", "US", ("MX",))
    assert said.until_date == date(2025, 4, 2)
    assert said.words("rate_pct", ITEM) == "25%"


@pytest.mark.parametrize(
    "change",
    [{"kind": "gossip"}, {"score": 7}, {"relevant": "yes"}, {"extra": 1}, {"targets": "MX"},
     {"until_date": "soon"}, {"kind": "none"}],
)  # fmt: skip
def test_nonsense_makes_an_abstention(change: dict[str, Any]) -> None:
    said = read_answer(ITEM, json.dumps(GOOD | change))
    assert (said.relevant, said.score, said.spans) == (False, 0.0, ())


@pytest.mark.parametrize("text", ["", "no", "{", "}{", "[1]", '{"relevant": nul}', "{" * 10_000])
def test_what_is_no_answer_is_an_abstention(text: str) -> None:
    assert not read_answer(ITEM, text).relevant


def test_a_value_whose_words_are_not_in_the_item_is_left_out() -> None:
    said = read_answer(ITEM, json.dumps(GOOD | {"spans": GOOD["spans"] | {"rate_pct": "35%"}}))  # type: ignore[operator]
    assert said.rate_pct is None
    assert said.imposer == "US"


@pytest.mark.usefixtures("stub")
def test_a_model_that_fails_or_is_not_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Iterator[str]:
        raise RuntimeError("no key")
        yield ""

    monkeypatch.setattr(Stub, "execute", broken)
    with pytest.raises(OperationFailed, match="did not answer"):
        prompted("stub").extract([ITEM])
    with pytest.raises(OperationFailed, match="no such model"):
        prompted("nobody")


def test_ours_and_the_prompted_one_keep_the_protocol() -> None:
    assert isinstance(choose("fitted"), Extractor)
    with pytest.raises(UnknownName, match="nobody"):
        choose("nobody")
