"""The outbox of alerts: noted before they are sent, so that none goes out twice.

Owns the tables `alerts` and `alert_targets`. It knows neither what an alert
says nor how it is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select, update

from tracker.core.codec import instant_text
from tracker.errors import OperationFailed
from tracker.store.rows import instant_of
from tracker.store.sessions import reading, writing
from tracker.store.tables import alert_targets, alerts

__all__ = ["Noted", "Outbox"]

_SENDING = "sending"
_COLUMNS = ("key", "target", "about", "state", "title", "sentence", "link", "noted_at", "ended_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """One alert to one target, as it was noted. Instants are UTC and aware.

    `state` is `sending` (noted and, for all that is known, on its way), or what
    became of it: `sent`, `grouped` (told in one message with others), `waiting`
    (it never left), `refused` (nobody knows whether it arrived).
    """

    key: str
    target: str
    about: str
    state: str
    title: str
    sentence: str
    link: str | None
    noted_at: datetime
    ended_at: datetime | None = None


class Outbox:
    """The notes on alerts; safe to share between threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, target: str, *, at: datetime) -> datetime | None:
        """From when on the target is told what is new; None if that is from `at` on, noted now.

        Raises: ValueError for a naive instant; OperationFailed if it cannot be written.
        """
        text = instant_text(at)
        with writing(self._engine) as connection:
            since = _since(connection, target)
            if since is None:
                connection.execute(insert(alert_targets).values(target=target, since=text))
        return since

    def since(self, target: str) -> datetime | None:
        """From when on the target is told what is new, None if it was never told anything.

        Raises: OperationFailed if the store cannot be read.
        """
        with reading(self._engine) as connection:
            return _since(connection, target)

    def set_since(self, target: str, since: datetime) -> None:
        """Tell the target what was new after `since` (UTC, aware) too; durable on return.

        Raises: as `begin`.
        """
        text = instant_text(since)
        where = alert_targets.c.target == target
        with writing(self._engine) as connection:
            changed = connection.execute(update(alert_targets).where(where).values(since=text))
            if changed.rowcount == 0:
                connection.execute(insert(alert_targets).values(target=target, since=text))

    def states(self, target: str) -> dict[str, str]:
        """The state of every alert noted for a target, by key. Raises: OperationFailed."""
        query = select(alerts.c.key, alerts.c.state).where(alerts.c.target == target)
        with reading(self._engine) as connection:
            return {key: state for key, state in connection.execute(query).all()}  # noqa: C416 - rows

    def claim(self, note: Noted, *, again: bool = False) -> bool:
        """Note that an alert is about to be sent, durable on return; False if it must not be.

        It must not where it was noted before, by whomever, unless it never left.
        With `again` one whose fate is not known is claimed too, if it still stands
        as in `note`: somebody chose to risk that it arrives twice.
        Raises: ValueError for a naive instant; OperationFailed if it cannot be written.
        """
        values = {
            "about": note.about,
            "state": _SENDING,
            "title": note.title,
            "sentence": note.sentence,
            "link": note.link,
            "noted_at": instant_text(note.noted_at),
            "ended_at": None,
        }
        place = (alerts.c.key == note.key) & (alerts.c.target == note.target)
        query = select(alerts.c.state).where(place)
        with writing(self._engine) as connection:
            state = connection.execute(query).scalar_one_or_none()
            if state is None:
                row = {**values, "key": note.key, "target": note.target}
                connection.execute(insert(alerts).values(row))
                return True
            if state == "waiting" or (again and state == note.state):
                connection.execute(update(alerts).where(place).values(values))
                return True
        return False

    def end(self, keys: Sequence[str], target: str, state: str, *, at: datetime) -> None:
        """Note what became of alerts that were claimed, durable on return.

        Raises: ValueError for a naive instant; OperationFailed if it cannot be written.
        """
        values = {"state": state, "ended_at": instant_text(at)}
        with writing(self._engine) as connection:
            for key in keys:
                place = (alerts.c.key == key) & (alerts.c.target == target)
                connection.execute(update(alerts).where(place).values(values))

    def unsent(self) -> tuple[Noted, ...]:
        """Every alert noted of which it is not known that it arrived, the oldest first.

        Raises: OperationFailed if the store cannot be read.
        """
        query = (
            select(*(alerts.c[name] for name in _COLUMNS))
            .where(alerts.c.state.in_((_SENDING, "waiting", "refused")))
            .order_by(alerts.c.noted_at, alerts.c.key, alerts.c.target)
        )
        with reading(self._engine) as connection:
            return tuple(_noted(row) for row in connection.execute(query))


def _since(connection: Connection, target: str) -> datetime | None:
    query = select(alert_targets.c.since).where(alert_targets.c.target == target)
    text = connection.execute(query).scalar_one_or_none()
    return None if text is None else _instant(text)


def _noted(row: Row[Any]) -> Noted:
    values = dict(zip(_COLUMNS, row, strict=True))
    for name in ("noted_at", "ended_at"):
        if values[name] is not None:
            values[name] = _instant(values[name])
    return Noted(**values)


def _instant(text: str) -> datetime:
    try:
        return instant_of(text)
    except ValueError as error:
        raise OperationFailed(
            f"the database holds {text!r} for an alert, which is no instant",
            "Remove that row from the table alerts or alert_targets",
        ) from error
