"""The record in numbers: every number is what a plain count of the files gives."""

from __future__ import annotations

import json
from typing import Any

import yaml
from click.testing import CliRunner

from tests.contracts.backends import ROOT
from tracker.cli.recording import record_command
from tracker.record.counts import counted
from tracker.record.read import read_record

FOLDER = ROOT / "db" / "record"


def written() -> list[dict[str, Any]]:
    files = [file for file in FOLDER.glob("*.yaml") if file.name[0].isdigit()]
    return [one for file in files for one in yaml.safe_load(file.read_text("utf-8"))["events"]]


def test_counts_are_those_of_the_files() -> None:
    record = read_record(FOLDER)
    counts = counted(record.events, record.measures)
    raw = written()
    assert counts.events == len(raw) == sum(counts.kinds.values()) == sum(counts.months.values())
    spoken = [effect["provisions"] for one in raw for effect in one.get("effects", ())]
    assert counts.effects == sum(len(provisions) for provisions in spoken)
    assert sum(counts.sources.values()) == sum(len(one["sources"]) for one in raw)
    assert set(counts.measures) == {measure.key for measure in record.measures}
    assert all(number <= counts.texts for number in counts.languages.values())


def test_every_text_of_the_shipped_record_is_in_three_languages() -> None:
    record = read_record(FOLDER)
    counts = counted(record.events, record.measures)
    assert set(counts.languages.values()) == {counts.texts}


def test_the_command_says_them_for_people_and_for_programs() -> None:
    told = CliRunner().invoke(record_command, ["counts"])
    assert told.exit_code == 0
    assert "Languages" in told.output
    data = json.loads(CliRunner().invoke(record_command, ["counts", "--json"]).output)
    assert data["events"] == len(written())
    assert data["measures"]["us.s232.steel"][0] > 0


def test_an_empty_record_counts_as_nothing() -> None:
    counts = counted((), ())
    assert (counts.events, counts.texts, dict(counts.kinds)) == (0, 0, {})
