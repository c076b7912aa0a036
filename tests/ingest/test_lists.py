"""The user's own list of feeds: what may stand there, and that editing it loses nothing."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.conftest import Run, run_in_process
from tests.ingest.material import feed, source
from tests.ingest.server import Answer, FeedServer
from tracker.errors import BadInput, UnknownName
from tracker.ingest.adding import Wish, source_of
from tracker.ingest.lists import OwnList, fitted_url, id_for, merged, same_address
from tracker.ingest.opml import opml_of, read_opml
from tracker.ingest.sources import Source

COMMENTED = """\
# The feeds of a newsroom

[[source]] # the first
id = "one"
url = "https://one.example/feed"
title = "One"
publisher = "One"
language = "en"
country = "US"
official = true
interval_s = 900
# the second is loud

[[source]]
id = "two"
url = "https://two.example/feed"
title = "[[source]] in a title"
publisher = "Two"
language = "und"
country = "ZZ"
official = false
interval_s = 900
"""

hosts = st.from_regex(r"[a-z]{1,8}\.example", fullmatch=True)
paths = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
addresses = st.builds(lambda host, path: fitted_url(f"https://{host}/{path}"), hosts, paths)
texts = st.text(max_size=40).filter(lambda text: bool(text.strip()) and "\n" not in text)


@st.composite
def some_sources(draw: st.DrawFn) -> list[Source]:
    urls = draw(st.lists(addresses, max_size=6, unique_by=same_address))
    found: list[Source] = []
    for url in urls:
        name = id_for(url, [one.id for one in found])
        title = draw(texts)
        note = draw(st.text(max_size=40))
        found.append(replace(source(url, name=name), title=title, note=note))
    return found


@given(some_sources())
@settings(max_examples=40)
def test_whatever_is_added_reads_back_and_whatever_is_removed_leaves_the_rest(
    tmp_path_factory: pytest.TempPathFactory, sources: list[Source]
) -> None:
    own = OwnList(tmp_path_factory.mktemp("list") / "sources.toml")
    try:
        own.add(sources)
    except BadInput:
        assert own.read() == ()
        return
    assert list(own.read()) == sources
    for one in sources[::2]:
        assert own.remove(one.id) == one
    assert list(own.read()) == sources[1::2]


def test_a_text_that_no_file_can_hold_is_refused_in_words(tmp_path: Path) -> None:
    own = OwnList(tmp_path / "sources.toml")
    with pytest.raises(BadInput, match="cannot be written down"):
        own.add([replace(source(), note="\udc80")])
    assert not own.file.exists()


def test_comments_and_layout_stay_and_a_link_stays_a_link(tmp_path: Path) -> None:
    kept = tmp_path / "elsewhere.toml"
    kept.write_text(COMMENTED, encoding="utf-8")
    kept.chmod(0o640)
    file = tmp_path / "sources.toml"
    file.symlink_to(kept)
    own = OwnList(file)
    own.add([source("https://three.example/feed", name="three")])
    assert file.is_symlink()
    assert kept.read_text(encoding="utf-8").startswith(COMMENTED)
    assert own.remove("one").id == "one"
    text = kept.read_text(encoding="utf-8")
    assert "# The feeds of a newsroom" in text
    assert "# the second is loud" in text
    assert [one.id for one in own.read()] == ["two", "three"]
    assert kept.stat().st_mode & 0o777 == 0o640
    with pytest.raises(UnknownName):
        own.remove("one")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["elsewhere.toml", "sources.toml"]


def test_a_list_that_cannot_be_edited_safely_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    text = COMMENTED.replace('title = "One"', 'title = "One"\nnote = """\n[[source]]\n"""')
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match="by hand"):
        OwnList(file).remove("two")
    assert file.read_text(encoding="utf-8") == text


def test_two_at_once_lose_nothing(tmp_path: Path) -> None:
    own = OwnList(tmp_path / "sources.toml")
    names = [f"feed-{number}" for number in range(24)]
    start = threading.Barrier(4)

    def add(part: list[str]) -> None:
        start.wait()
        for name in part:
            OwnList(own.file).add([source(f"https://{name}.example/", name=name)])

    threads = [threading.Thread(target=add, args=(names[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.id for one in own.read()} == set(names)


def test_an_own_feed_replaces_the_shipped_one_of_its_id_or_address() -> None:
    shipped = [source(f"https://{name}.example/feed", name=name) for name in ("a", "b", "c")]
    moved = source("https://a.example/new", name="a")
    mine = source("http://b.example/feed/", name="mine")
    extra = source("https://d.example/", name="d")
    both = merged(shipped, [moved, mine, extra])
    assert both == (moved, shipped[2], mine, extra)


def test_ids_come_from_the_address_and_stay() -> None:
    assert id_for("https://www.example.org/News/feed.xml?c%5B%5D=1", ()) == (
        "example-org-news-feed-xml-c-1"
    )
    first = id_for("https://example.org/feed/", ())
    other = id_for("https://example.org/Feed", [first])
    assert other.startswith(f"{first}-")
    assert id_for("https://example.org/Feed", [first]) == other


@given(some_sources())
@settings(max_examples=40)
def test_a_list_written_as_opml_gives_the_same_feeds_back(sources: list[Source]) -> None:
    outlines, skipped = read_opml(opml_of(sources, title="T"), "x")
    assert skipped == ()
    assert [outline.url for outline in outlines] == [one.url for one in sources]


HOSTILE = [
    (b'<!DOCTYPE o [<!ENTITY a "aa">]><opml><body/></opml>', "document type"),
    (b'<!DOCTYPE o SYSTEM "file:///etc/passwd"><opml><body/></opml>', "document type"),
    (b"<rss><channel/></rss>", "no OPML"),
    (b"<opml><body>", "no XML"),
    (b"\xff\xfe\x00", "no XML"),
    (b'<?xml version="1.0" encoding="no-such"?><opml/>', "no XML"),
    (b"", "no XML"),
]


@pytest.mark.parametrize(("data", "said"), HOSTILE)
def test_a_hostile_list_is_refused_in_a_line(data: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_opml(data, "feeds.opml")


def test_ten_thousand_nested_entries_and_those_that_are_no_feeds() -> None:
    inner = "".join(
        f'<outline text="&lt;b&gt;{n}" xmlUrl="https://h{n}.example/f[{n}]"/>'
        for n in range(10_000)
    )
    amiss = (
        '<outline text="none"/><outline title="script" xmlUrl="javascript:alert(1)"/>'
        '<outline text="secret" xmlUrl="https://u:hush@x.example/"/>'
    )
    deep = "<outline text='folder'>" * 3_000 + inner + amiss + "</outline>" * 3_000
    outlines, skipped = read_opml(f"<opml><body>{deep}</body></opml>".encode(), "x")
    assert len(outlines) == 10_000
    assert (outlines[7].title, outlines[7].url) == ("7", "https://h7.example/f%5B7%5D")
    assert [one.title for one in skipped] == ["none", "script", "secret"]
    assert "xmlUrl" in skipped[0].why
    assert "hush" not in repr(skipped)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TRACKER_ALLOW_PRIVATE_ADDRESSES", "1")
    monkeypatch.delenv("TRACKER_DATABASE_URL", raising=False)
    return run_in_process


def test_a_feed_is_added_polled_and_removed(desk: Run, server: FeedServer, tmp_path: Path) -> None:
    url = server.serve(feed("rss20.xml"))
    server.serve(Answer(b"<html><title>no</title></html>"), "/page")
    assert desk("init").status == 0
    failed = desk("sources", "add", server.url("/page"))
    assert (failed.status, failed.out) == (1, "")
    assert "nothing was added" in failed.err
    assert not (tmp_path / "home/sources.toml").exists()
    ran = desk("sources", "add", url, "--id", "mine", "--country", "MX", "--json")
    assert ran.status == 0, ran.err
    assert ran.data["added"]["id"] == "mine"
    assert ran.data["added"]["title"] == ran.data["served"]["title"] != ""
    again = desk("sources", "add", f"{url}#x")
    assert again.status == 2
    assert "on the list already, as mine" in again.err
    assert "mine: 3 new" in desk("ingest", "--source", "mine").out
    states = {row["source"]: row["state"] for row in desk("sources", "--json").data}
    assert states["mine"] == "well"
    assert len(states) > 60
    secret = desk("sources", "add", "https://u:hush@example.org/", "--untested")
    assert secret.status == 2
    assert "hush" not in secret.err
    stays = desk("sources", "remove", "us-fr-tariff")
    assert stays.status == 2
    assert "sources pause us-fr-tariff" in stays.err
    assert desk("sources", "remove", "mine").status == 0
    assert "mine" not in {row["source"] for row in desk("sources", "--json").data}


def test_lists_of_others_come_in_and_go_out(desk: Run, tmp_path: Path) -> None:
    out = tmp_path / "all.opml"
    assert desk("sources", "export-opml", "--out", str(out)).status == 0
    ran = desk("sources", "import-opml", str(out), "--json").data
    assert (ran["added"], ran["skipped"]) == ([], [])
    assert len(ran["known"]) > 60
    file = tmp_path / "mine.opml"
    file.write_text(
        '<opml><body><outline text="A"><outline text="N" type="rss" language="es-MX" '
        'xmlUrl="https://n.example/rss"/><outline text="x"/></outline></body></opml>',
        encoding="utf-8",
    )
    said = desk("sources", "import-opml", str(file)).out
    assert "skipped x: it has no xmlUrl" in said
    assert "1 added, 0 already there, 1 skipped" in said
    mine = desk("sources", "export-opml", "--own").out
    assert 'xmlUrl="https://n.example/rss" language="es"' in mine
    assert desk("sources", "import-opml", str(tmp_path / "none")).status == 2


def test_what_nobody_says_stays_not_known() -> None:
    def made(url: str) -> Source:
        return source_of(Wish(url=url), None, ())

    assert (made("https://news.example.ca/feed").country, made("https://a.gc.ca/").country) == (
        "ZZ",
        "CA",
    )
    assert made("https://x.example/feed").language == "und"
    assert made("https://x.example/feed").spoken is None
    assert not made("https://a.gob.mx/feed").official
