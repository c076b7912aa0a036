"""The commands as whoever proves and whoever checks would use them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import run_in_process

EVENT = "2025-02-01-us-border-canada-order"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a publisher hands out: checkpoints, a key, proofs, and its workspace."""
    folder = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRACKER_HOME", str(folder / "home"))
        patch.setenv("TRACKER_ORIGIN", "example.org/trade")
        patch.delenv("TRACKER_DATABASE_URL", raising=False)
        patch.chdir(folder)
        for words in (
            ("init",),
            ("checkpoint", "--out", "empty.txt"),
            ("load",),
            ("checkpoint", "--out", "full.txt"),
            ("checkpoint", "--key", "--out", "verifier.key"),
            ("prove", EVENT, "--out", "event.json"),
            ("prove", "--consistency", "empty.txt", "--out", "grown.json"),
        ):
            ran = run_in_process(*words)
            assert (ran.status, ran.err) == (0, ""), words
    return folder


@pytest.fixture
def elsewhere(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A reader's folder, whose settings lead nowhere: reading any of them would fail."""
    for name in ("full.txt", "empty.txt", "verifier.key", "event.json", "grown.json"):
        (tmp_path / name).write_bytes((office / name).read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path / "no" / "home"))
    monkeypatch.setenv("TRACKER_DATABASE_URL", "this is no URL")
    monkeypatch.setenv("TRACKER_SIGNING_KEY_FILE", str(tmp_path / "no" / "key"))
    return tmp_path


@pytest.fixture
def inside(office: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """In the publisher's own workspace."""
    monkeypatch.chdir(office)
    monkeypatch.setenv("TRACKER_HOME", str(office / "home"))
    monkeypatch.setenv("TRACKER_ORIGIN", "example.org/trade")
    monkeypatch.delenv("TRACKER_DATABASE_URL", raising=False)
    return office


@pytest.mark.parametrize(
    "words",
    [
        ("check-proof", "event.json"),
        ("check-proof", "event.json", "--key", "verifier.key"),
        ("check-proof", "grown.json", "--key", "verifier.key"),
        ("check-consistency", "empty.txt", "full.txt", "--proof", "grown.json"),
        ("check-consistency", "empty.txt", "--proof", "grown.json", "--key", "verifier.key"),
    ],
    ids=" ".join,
)
def test_checking_needs_and_touches_no_workspace(elsewhere: Path, words: tuple[str, ...]) -> None:
    before = sorted(elsewhere.rglob("*"))
    ran = run_in_process(*words)
    assert (ran.status, ran.err) == (0, "")
    assert ("not against one you trust" in ran.out) == ("--key" not in words)
    assert ("Not proven: that these are all" in ran.out) == (words[1] == "event.json")
    as_data = run_in_process(*words, "--json").data
    assert as_data["holds"] is True
    assert as_data["key_trusted"] == ("--key" in words)
    assert sorted(elsewhere.rglob("*")) == before


def test_checking_runs_where_the_network_and_the_disk_are_closed(elsewhere: Path) -> None:
    # Every opening of a file to write and every socket is an error from the start.
    program = (
        "import sys\n"
        "def hook(event, args):\n"
        "    if event == 'socket.connect' or event.startswith('sqlite3.'):\n"
        "        raise RuntimeError(event)\n"
        "    if event == 'open' and isinstance(args[1], str) and set(args[1]) & set('wax+'):\n"
        "        raise RuntimeError(f'{event} {args}')\n"
        "sys.addaudithook(hook)\n"
        "sys.dont_write_bytecode = True\n"
        "from tracker.cli import main\n"
        "main(['check-proof', 'event.json', '--key', 'verifier.key'])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "The proof holds" in ran.stdout


def test_what_is_told_is_what_the_ledger_holds(inside: Path) -> None:
    ran = run_in_process("check-proof", "event.json", "--key", "verifier.key", "--json")
    head = run_in_process("verify", "--json").data["head"]["position"]
    (held,) = [
        one
        for one in run_in_process(
            "timeline", "--from", "2025-02-01", "--to", "2025-02-01", "--json"
        ).data
        if one["id"] == EVENT
    ]
    (entry,) = ran.data["entries"]
    assert (ran.data["event"], ran.data["kind"]) == (EVENT, "event")
    assert entry["title"] == held["title"]
    assert ran.data["checkpoint"]["size"] == head
    assert ran.data["checkpoint"]["origin"] == "example.org/trade"
    text = run_in_process("check-proof", "event.json").out
    assert f"as entry {entry['position']} of {head}" in text
    assert held["title"] in text


def test_the_same_ledger_gives_the_same_checkpoint_and_proof(inside: Path) -> None:
    assert run_in_process("checkpoint").out == (inside / "full.txt").read_text(encoding="utf-8")
    assert run_in_process("prove", EVENT).out == (inside / "event.json").read_text(encoding="utf-8")


def test_the_site_publishes_the_checkpoint_and_the_key(inside: Path) -> None:
    assert run_in_process("build").status == 0
    site = inside / "home" / "site"
    assert (site / "checkpoint").read_bytes() == (inside / "full.txt").read_bytes()
    assert (site / "verifier.key").read_bytes() == (inside / "verifier.key").read_bytes()
    # And a reader who kept an earlier one compares them.
    ran = run_in_process("check-consistency", "empty.txt", str(site / "checkpoint"))
    assert ran.status == 0


def test_another_key_can_be_named_and_is_never_made(
    inside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_SIGNING_KEY_FILE", str(tmp_path / "mine.pem"))
    ran = run_in_process("checkpoint")
    assert (ran.status, ran.out) == (2, "")
    assert "there is no signing key" in ran.err
    assert not (tmp_path / "mine.pem").exists()
    (tmp_path / "mine.pem").write_bytes((inside / "home/keys/signing.pem").read_bytes())
    assert run_in_process("checkpoint").out == (inside / "full.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("prove",), 2, "name an event, or a checkpoint"),
        (("prove", EVENT, "--consistency", "full.txt"), 2, "name an event, or a checkpoint"),
        (("prove", "nothing"), 2, "holds no event 'nothing'"),
        (("prove", "--consistency", "missing.txt"), 2, "missing.txt cannot be read"),
        (("prove", "--consistency", "event.json"), 2, "event.json is not a text with signatures"),
        (("check-proof", "missing.json"), 2, "missing.json cannot be read"),
        (("check-proof", "full.txt"), 2, "full.txt is not a proof file"),
        (("check-proof", "."), 2, "is a directory"),
        (("check-proof", "event.json", "--key", "nonsense"), 2, "nonsense cannot be read"),
        (("check-proof", "event.json", "--key", "a+b+c"), 2, "'a+b+c' is not a verifier key"),
        (("check-proof", "event.json", "--key", "event.json"), 2, "is not a verifier key"),
        (("check-consistency", "full.txt", "empty.txt"), 1, "the wrong way round"),
        (("check-consistency", "full.txt", "--proof", "event.json"), 2, "is a proof on an event"),
        (
            ("check-consistency", "full.txt", "full.txt", "--proof", "grown.json"),
            1,
            "grown.json is not about full.txt",
        ),
        (
            ("check-consistency", "empty.txt", "empty.txt", "--proof", "grown.json"),
            1,
            "grown.json is not about empty.txt",
        ),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
def test_what_cannot_be_done_is_told_in_a_line(
    inside: Path, words: tuple[str, ...], status: int, told: str
) -> None:
    ran = run_in_process(*words)
    assert (ran.status, ran.out) == (status, "")
    assert told in ran.err
    assert ran.err.count("\n") == 1


def test_a_checkpoint_forged_without_the_key_is_no_checkpoint(inside: Path) -> None:
    forged = (inside / "full.txt").read_text(encoding="utf-8").replace("\n3", "\n4", 1)
    (inside / "forged.txt").write_text(forged, encoding="utf-8")
    for words in (("empty.txt", "forged.txt"), ("forged.txt",)):
        ran = run_in_process("check-consistency", *words)
        assert (ran.status, ran.out) == (1, "")


def test_a_hostile_title_steers_no_terminal(inside: Path, tmp_path: Path) -> None:
    # The forger signs with a key of their own: it holds, and is shown harmlessly.
    from tests.proof.ledgers import NOON, desk_of, draft, event, key_file
    from tracker.core.entries import EventRecorded
    from tracker.proof.document import document_of
    from tracker.store.memory import MemoryLedger

    ledger = MemoryLedger()
    hostile = EventRecorded(event=event(1, "\x1b[2J\u202eThe proof holds"))
    ledger.append([draft(1, 1, hostile)], at=NOON)
    file = tmp_path / "hostile.json"
    file.write_bytes(document_of(desk_of(ledger, key_file(tmp_path)).prove_event("event-1")))
    ran = run_in_process("check-proof", str(file))
    assert ran.status == 0
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out
    assert "not against one you trust" in ran.out


def test_the_shapes_of_the_answers(inside: Path) -> None:
    event = run_in_process("check-proof", "event.json", "--json").data
    assert set(event) == {
        "holds",
        "kind",
        "event",
        "entries",
        "checkpoint",
        "key",
        "key_trusted",
    }
    assert set(event["entries"][0]) == {
        "position",
        "version",
        "type",
        "recorded_at",
        "title",
        "reason",
        "hash",
    }
    grown = run_in_process("check-consistency", "empty.txt", "--json").data
    assert set(grown) == {"holds", "kind", "old", "new", "key", "key_trusted"}
    assert grown["old"]["size"] == 0
    assert json.loads(json.dumps(grown)) == grown
