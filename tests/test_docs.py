"""The README's tour and the docs: every command in them runs and shows what they say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import run_in_process
from tests.ingest.server import FeedServer

ROOT = Path(__file__).resolve().parent.parent
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def tour() -> list[tuple[str, str]]:
    """The fenced blocks of the README's tour, in order: (language, text)."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    start = text.index("## Five minutes")
    return FENCE.findall(text[start : text.index("\n## ", start + 1)])


def test_every_command_of_the_tour_runs_and_shows_what_is_promised(tmp_path: Path) -> None:
    script = ["set -euo pipefail"]
    expected: list[str] = []
    for language, text in tour():
        if language == "sh":
            script.append(text)
        else:
            expected.extend(line for line in text.splitlines() if line.strip())
    environment = {
        **{name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ},
        "PATH": f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ['PATH']}",
        "TMPDIR": str(tmp_path),
    }
    ran = subprocess.run(
        ["bash", "-c", "\n".join(script)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr
    shown = [" ".join(line.split()) for line in ran.stdout.splitlines()]
    assert expected
    for line in expected:
        wanted = " ".join(line.split())
        assert any(wanted in found for found in shown), f"the tour promises: {wanted}"
    assert "0 pages written" in shown[-1]


@pytest.mark.parametrize(
    "page", sorted(p.name for p in [ROOT / "README.md", *ROOT.glob("docs/**/*.md")])
)
def test_no_page_links_to_nothing(page: str) -> None:
    files = [p for p in [ROOT / "README.md", *ROOT.glob("docs/**/*.md")] if p.name == page]
    for file in files:
        for link in re.findall(r"\]\(([^)#]+)\)", file.read_text(encoding="utf-8")):
            if not link.startswith(("http://", "https://")):
                assert (file.parent / link).exists(), f"{file.name} links to {link}"


def test_every_tracker_command_in_the_docs_exists() -> None:
    from tracker.cli import cli

    known = set(cli.list_commands(None))  # type: ignore[arg-type]  # the same in every context
    for file in [ROOT / "README.md", *ROOT.glob("docs/**/*.md")]:
        for command in re.findall(r"`tracker ([a-z][a-z-]+)", file.read_text(encoding="utf-8")):
            assert command in known, f"{file.name} names `tracker {command}`"


RECORD_COMMANDS = re.findall(
    r"`tracker (record [a-z]+(?: [^`\[|]*)?)(?: \[FOLDER\])?`",
    (ROOT / "docs" / "record.md").read_text(encoding="utf-8"),
)


def test_the_page_on_the_record_names_each_of_its_commands() -> None:
    assert {command.split()[1] for command in RECORD_COMMANDS} == {"check", "counts", "fmt", "new"}


@pytest.mark.parametrize("command", sorted({one.strip() for one in RECORD_COMMANDS}))
def test_every_command_on_the_record_does_what_it_is_told(command: str, tmp_path: Path) -> None:
    folder = tmp_path / "record"
    shutil.copytree(ROOT / "db" / "record", folder)
    ran = run_in_process(*command.split(), str(folder))
    # Laying out may find work to do; everything else goes through on the shipped record.
    assert ran.status in ({0, 1} if "--check" in command else {0}), ran.err
    assert ran.err == ""
    assert ran.out


def test_the_page_on_sources_works_from_a_test_to_a_pause(tmp_path: Path) -> None:
    blocks = FENCE.findall((ROOT / "docs" / "sources.md").read_text(encoding="utf-8"))
    with FeedServer() as server:
        url = server.serve((ROOT / "tests/data/feeds/rss20.xml").read_bytes())
        texts = [(lang, text.replace("https://example.org/feed", url)) for lang, text in blocks]
        lists = [text for lang, text in texts if lang == "toml"]
        (tmp_path / "feeds.toml").write_text("".join(lists), encoding="utf-8")
        script = "".join(text for lang, text in texts if lang == "sh")
        ran = subprocess.run(
            ["bash", "-c", f"set -euo pipefail\n{script}"],
            cwd=tmp_path,
            env={
                "PATH": f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ['PATH']}",
                "TRACKER_HOME": str(tmp_path / "home"),
                "TRACKER_ALLOW_PRIVATE_ADDRESSES": "1",
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert (ran.returncode, ran.stderr) == (0, "")
    for said in ("example-news: 3 new", "example-news rests", "example-news is polled again"):
        assert said in ran.stdout
