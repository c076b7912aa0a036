"""Alerts: what is new in the record and around it, to whom it goes, and what was left lying."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from tracker.app.alert_links import links_of
from tracker.app.keeping import Keeping
from tracker.app.polling import Polling
from tracker.clock import NEW_YORK, policy_day
from tracker.core.codec import decode, instant_text
from tracker.core.edits import Edit, edits
from tracker.core.entries import EventRecorded
from tracker.core.index import Index
from tracker.core.world import Line, fold_lines
from tracker.errors import BadInput
from tracker.store.outbox import Noted, Outbox
from tracker.store.sql import SqlLedger

if TYPE_CHECKING:
    from tracker.notify.alerts import Alert, Facts, Health, Links
    from tracker.notify.run import Gone
    from tracker.notify.sending import Target
    from tracker.notify.settings import Plan

__all__ = ["Alerting", "Notified"]


@dataclass(frozen=True, slots=True)
class Notified:
    """What a round of alerts came to.

    `began` are the targets that are told what is new from now on, and were told
    nothing yet; `gone` says what became of each alert; `due` are those that would
    be sent, where none was.
    """

    began: tuple[Target, ...] = ()
    gone: tuple[Gone, ...] = ()
    due: tuple[Alert, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read once for all targets."""

    index: Index
    lines: Sequence[Line]
    edits: Sequence[Edit]
    health: Sequence[Health]
    links: Links
    now: datetime


class Alerting(Keeping, Polling):
    """A workspace that tells people what is new."""

    def alert_plan(self) -> Plan:
        """Who is told what, by `notify.toml` in the workspace and TRACKER_NOTIFY_URLS.

        Raises: BadInput if the file does not read.
        """
        from tracker.notify.settings import read_plan

        return read_plan(self.settings.home / "notify.toml", self.settings.notify_urls)

    def unsent_alerts(self) -> tuple[Noted, ...]:
        """The alerts of which it is not known that they arrived. Raises: as `engine`."""
        return Outbox(self.engine).unsent()

    def notify(
        self,
        plan: Plan,
        *,
        since: date | None = None,
        dry_run: bool = False,
        on_gone: Callable[[Gone], object] | None = None,
    ) -> Notified:
        """Send every target what is new to it; with `dry_run` only say what that is.

        A target that is named for the first time is told nothing: what is new
        counts from then on, or from the policy day `since` on.
        Raises: BadInput for an unusable target, or none; UnknownName for a language,
        a measure or a source that is not known; NotInitialised, OperationFailed,
        LedgerBroken. What was sent until then is noted.
        """
        from tracker.notify.finding import find
        from tracker.notify.sending import targets_of

        targets, outbox = targets_of(plan.urls), Outbox(self.engine)
        send, read = self._sender(plan, outbox, on_gone), self._read(plan)
        if dry_run:
            return Notified(due=self._due(plan, targets, read, since))
        if not targets:
            raise BadInput(
                "there is nobody to tell",
                "Name targets in TRACKER_NOTIFY_URLS or as urls in notify.toml; see `--help`",
            )
        began: list[Target] = []
        gone: list[Gone] = []
        for target in targets:
            if since is not None:
                outbox.set_since(target.id, _start_of(since))
            from_ = outbox.begin(target.id, at=read.now)
            if from_ is None:
                began.append(target)
            else:
                gone += send(find(_facts(read, from_), plan.wish), target)
        return Notified(began=tuple(began), gone=tuple(gone))

    def _sender(
        self, plan: Plan, outbox: Outbox, on_gone: Callable[[Gone], object] | None
    ) -> Callable[[Sequence[Alert], Target], tuple[Gone, ...]]:
        """How alerts go out to a target by a plan. Raises: UnknownName for its language."""
        from tracker.notify.finding import more
        from tracker.notify.run import send_all
        from tracker.notify.sending import deliver
        from tracker.telling.language import language

        lang = language(plan.wish.lang)
        return partial(
            send_all,
            box=outbox,
            note=_note,
            deliver=deliver,
            now=self.clock.now,
            most=plan.most,
            rest=lambda count: more(lang, count, self.settings.base_url),
            on_gone=on_gone,
        )

    def send_again(
        self, plan: Plan, *, on_gone: Callable[[Gone], object] | None = None
    ) -> Notified:
        """Send what may not have arrived once more, as somebody chose: it may arrive twice.

        Only to targets that are still named. Raises: as `notify`.
        """
        from tracker.notify.alerts import About, Alert
        from tracker.notify.run import Gone
        from tracker.notify.sending import deliver, targets_of

        targets = {target.id: target for target in targets_of(plan.urls)}
        outbox, gone = Outbox(self.engine), []
        for noted in outbox.unsent():
            target = targets.get(noted.target)
            if target is None or not outbox.claim(noted, again=True):
                continue
            about = About(noted.about)
            alert = Alert(noted.key, about, noted.title, noted.sentence, noted.link)
            outcome = deliver(alert, target)
            outbox.end([noted.key], target.id, outcome, at=self.clock.now())
            gone.append(Gone(alert, target, outcome))
            if on_gone is not None:
                on_gone(gone[-1])
        return Notified(gone=tuple(gone))

    def _due(
        self, plan: Plan, targets: Sequence[Target], read: _Read, since: date | None
    ) -> tuple[Alert, ...]:
        """What would be sent to one target or another, each once; to nobody named, from `since`."""
        from tracker.notify.finding import find

        outbox = Outbox(self.engine)
        given = None if since is None else _start_of(since)
        found: dict[str, Alert] = {}
        for name in [target.id for target in targets] or [""]:
            states: Mapping[str, str] = outbox.states(name)
            from_ = given or outbox.since(name)
            for alert in () if from_ is None else find(_facts(read, from_), plan.wish):
                if states.get(alert.key, "waiting") == "waiting":
                    found.setdefault(alert.key, alert)
        return tuple(found.values())

    def _read(self, plan: Plan) -> _Read:
        from tracker.notify.alerts import Health
        from tracker.notify.finding import check

        lines = tuple(SqlLedger(self.engine).lines())
        states, resting = self.source_states()
        listed = self.sources()
        polled = [one for one in listed if one.enabled and one.id not in resting]
        world = fold_lines(lines, known_until=self.today)
        check(world, plan.wish, {one.id for one in listed} | states.keys())
        return _Read(
            index=Index(world),
            lines=lines,
            edits=edits(lines),
            health=tuple(
                Health(one.id, one.title, one.url, state.last_success_at, state.last_new_at)
                for one in polled
                if (state := states.get(one.id)) is not None
            ),
            links=links_of(self.settings.base_url, plan.wish.lang),
            now=self.clock.now(),
        )


def _facts(read: _Read, since: datetime) -> Facts:
    from tracker.notify.alerts import Facts

    after = instant_text(since)
    recorded = []
    for line in read.lines:
        if line.type == EventRecorded.TYPE and line.recorded_at > after:
            payload = decode(line.type, line.schema, line.payload)
            if isinstance(payload, EventRecorded):
                recorded.append(payload.event.id)
    return Facts(
        index=read.index,
        today=policy_day(read.now),
        now=read.now,
        since=since,
        since_day=policy_day(since),
        recorded=tuple(dict.fromkeys(recorded)),
        edits=tuple(edit for edit in read.edits if edit.recorded_at > since),
        health=read.health,
        links=read.links,
    )


def _start_of(day: date) -> datetime:
    """The last instant before a policy day, in UTC: everything after it is of that day or later."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=NEW_YORK)
    return midnight.astimezone(UTC) - timedelta(microseconds=1)


def _note(alert: Alert, target: Target, at: datetime) -> Noted:
    return Noted(
        key=alert.key,
        target=target.id,
        about=str(alert.about),
        state="sending",
        title=alert.title,
        sentence=alert.sentence,
        link=alert.link,
        noted_at=at,
    )
