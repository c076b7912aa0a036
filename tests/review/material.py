"""A small ledger with made-up reports in it, and how a test puts more there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tracker.app import App
from tracker.clock import SystemClock
from tracker.config import Settings
from tracker.core.codec import content_key, sha256
from tracker.core.entries import Draft, Report, ReportSeen
from tracker.core.events import Text
from tracker.core.measures import Measure, Provision
from tracker.core.streams import report_stream
from tracker.store.sql import SqlLedger

NOW = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)

STEEL = (
    "Trump announces 60% tariff on Canadian steel from December 1",
    "Trump anuncia arancel de 60% al acero de Canadá a partir del 1 de diciembre",
    "Trump annonce des droits de douane de 60 % sur l'acier canadien dès le 1er décembre",
)
CALL = "Sheinbaum and Trump hold call on tariffs, agree to keep negotiating"


def report(
    title: str,
    *,
    number: int = 1,
    source: str = "example-news",
    language: str = "en",
    published: datetime | None = NOW - timedelta(hours=3),
    summary: str = "",
    link: str | None = "https://example.org/news",
    content_hash: str | None = None,
) -> Report:
    told = f"{title}\n{summary}\n{link}\n{published}"
    return Report(
        source=source,
        identity=f"{source}-{number}",
        title=title,
        summary=summary,
        link=f"{link}/{source}/{number}" if link else None,
        published=published,
        language=language,
        content_hash=content_hash or sha256(told.encode()),
    )


def seen(reports: Sequence[Report]) -> list[Draft]:
    """The entries that bring the reports into a ledger."""
    drafts = []
    for one in reports:
        stream, payload = report_stream(one.source, one.identity), ReportSeen(report=one)
        key = content_key(stream, 1, payload)
        drafts.append(Draft(stream=stream, key=key, payload=payload, expected_version=0))
    return drafts


def steel_reports() -> list[Report]:
    """One story in three languages and one of a call."""
    languages = ("en", "es", "fr")
    told = [
        report(title, source=f"example-{lang}", language=lang)
        for title, lang in zip(STEEL, languages, strict=True)
    ]
    return [*told, report(CALL, source="example-call")]


def measure(
    key: str,
    products: str,
    targets: tuple[str, ...],
    *,
    authority: str = "Section 232",
    origin: str = "any",
) -> Measure:
    """A made-up measure of one provision."""
    provision = Provision(key="goods", products=Text(en=products), targets=targets, origin=origin)
    return Measure(
        key=key,
        imposer=key[:2].upper(),
        authority=authority,
        title=Text(en=f"Tariffs on {products.lower()}"),
        provisions=(provision,),
    )


@dataclass
class Stopped:
    """A clock that is moved by hand."""

    at: datetime = NOW
    steps: list[datetime] = field(default_factory=list)

    def now(self) -> datetime:
        return self.at


RECORD = {
    "measures.yaml": """\
measures:
  - key: us.canada.steel
    imposer: US
    authority: Section 232
    title: Tariffs on steel of Canada
    provisions:
      - key: articles
        targets: [CA]
        products: Steel articles
""",
    "2026-11.yaml": """\
events:
  - id: 2026-11-02-us-steel-step
    kind: rate_change
    announced: 2026-11-02
    title: {en: Steel goes to 50%, es: El acero sube al 50%, fr: L’acier passe à 50 %}
    summary: {en: A step., es: Un paso., fr: Une étape.}
    parties: [US]
    effects:
      - measure: us.canada.steel
        provisions: [articles]
        status: in_force
        rate: 50
        from: 2026-11-03
    sources:
      - url: https://example.org/step
        publisher: Example
        title: A step
""",
}


def write_record(folder: Path) -> Path:
    """A record of one measure and one event."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in RECORD.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@contextmanager
def workspace(
    home: Path, reports: Sequence[Report] = (), *, at: datetime = NOW, url: str | None = None
) -> Iterator[App]:
    """A workspace on that folder, with the small record loaded and reports seen at an instant."""
    app = App(Settings(home=home, database_url=url or f"sqlite:///{home}/ledger.db"), Stopped())
    try:
        if app.init():
            app.load(write_record(home / "record"))
            SqlLedger(app.engine).append(seen(reports), at=at)
        yield app
    finally:
        app.close()


def workspace_of_today(home: Path) -> Path:
    """A workspace on that folder with one report, for processes that go by the machine's clock.

    Of any other day the report would be too old for them to wait for a decision.
    """
    now = SystemClock().now()
    told = report("Trump announces 60% tariff on Canadian steel", published=now)
    with workspace(home, [told], at=now):
        pass
    return home
