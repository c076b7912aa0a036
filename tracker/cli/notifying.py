"""Telling people: `tracker notify`.

Owns its words. What is worth an alert, and that none goes out twice, is
decided elsewhere.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import click
import msgspec

from tracker.app import App
from tracker.cli.grid import Grid, say
from tracker.cli.params import COUNTRY, DAY, DAYS, KIND, as_json, check_names, in_language
from tracker.cli.session import base_url_option, open_app
from tracker.cli.streams import print_json
from tracker.cli.tables import console
from tracker.core.codec import instant_text
from tracker.core.words import Kind
from tracker.errors import BadInput, OperationFailed
from tracker.notify.alerts import About, Alert, Wish
from tracker.notify.run import Gone
from tracker.notify.settings import Plan
from tracker.store.outbox import Noted

__all__ = ["notify_command"]


_WISHES = (
    click.option(
        "--about",
        type=click.Choice([str(about) for about in About]),
        multiple=True,
        help="Only alerts about this; may be repeated.",
    ),
    click.option("--party", type=COUNTRY, help="Only what concerns this country."),
    click.option("--measure", help="Only this measure, or those under it."),
    click.option("--kind", "kinds", type=KIND, multiple=True, help="Only events of this kind."),
    click.option("--source", "sources", multiple=True, help="Of feeds and items, only this one's."),
    click.option("--days", type=DAYS, help="How far ahead deadlines are told (7)."),
    in_language,
)


def _wishes(command: Callable[..., Any]) -> Callable[..., Any]:
    """What is wanted of all alerts, handed to the command as one keyword `narrow`.

    It turns the wish of notify.toml into one with what was given in its place.
    """

    @functools.wraps(command)
    def with_wishes(
        *,
        about: tuple[str, ...],
        party: str | None,
        measure: str | None,
        kinds: tuple[str, ...],
        sources: tuple[str, ...],
        days: int | None,
        lang: str,
        **others: Any,
    ) -> Any:
        given: dict[str, Any] = {
            "about": frozenset(map(About, about)) or None,
            "party": party,
            "measure": measure,
            "kinds": frozenset(map(Kind, kinds)) or None,
            "sources": frozenset(sources) or None,
            "days": days,
            "lang": None if _default("lang") else lang,
        }
        given = {name: value for name, value in given.items() if value is not None}
        return command(narrow=lambda wish: replace(wish, **given), **others)

    found: Callable[..., Any] = with_wishes
    for option in reversed(_WISHES):
        found = option(found)
    return found


@click.command("notify")
@click.option("--dry-run", is_flag=True, help="Say what would be sent; send and note nothing.")
@click.option("--since", type=DAY, help="What was new from this day on too.")
@_wishes
@base_url_option
@click.option("--unsent", is_flag=True, help="List what may not have arrived; send nothing.")
@click.option("--again", is_flag=True, help="Send that once more; it may arrive twice.")
@as_json
def notify_command(
    *,
    dry_run: bool,
    since: date | None,
    narrow: Callable[[Wish], Wish],
    base_url: str | None,
    unsent: bool,
    again: bool,
    json_: bool,
) -> None:
    """Tell people what is new: by mail, chat, webhook and all else that Apprise speaks.

    \b
    Examples:
      export TRACKER_NOTIFY_URLS='mailtos://me:password@example.org'
      tracker notify                          from then on: what is new, each once
      tracker notify --dry-run --since 2025-03-01 --party CA --days 30
      tracker notify --unsent

    New confirmed events, state on the day it changes, days ahead, pages that the
    record rests on and that were rewritten, feeds gone silent. A target that is
    named for the first time is told nothing yet. notify.toml in the workspace may
    say all of this, for `tracker run` too; docs/operations.md shows it. Each
    alert goes to each target at most once.
    """
    if sum((unsent, again, dry_run)) > 1:
        raise BadInput("--unsent, --again and --dry-run are three things", "Choose one of them")
    with open_app(base_url=base_url) as app:
        if unsent:
            _show_unsent(app.unsent_alerts(), json_=json_)
            return
        plan = app.alert_plan()
        plan = replace(plan, wish=narrow(plan.wish))
        _check(app, plan)
        if dry_run:
            _show_due(app.notify(plan, since=since, dry_run=True).due, json_=json_)
            return
        _send(app, plan, since=since, again=again, json_=json_)


def _default(name: str) -> bool:
    """Whether an option was left at what it is by default."""
    source = click.get_current_context().get_parameter_source(name)
    return source is click.core.ParameterSource.DEFAULT


def _check(app: App, plan: Plan) -> None:
    """Refuse a wish that nothing can ever fit. Raises: UnknownName, BadInput."""
    wish = plan.wish
    if wish.measure is not None or wish.party is not None:
        check_names(app.world(), measure=wish.measure, party=wish.party)


def _send(app: App, plan: Plan, *, since: date | None, again: bool, json_: bool) -> None:
    out = console()

    def told(gone: Gone) -> None:
        if not json_:
            say(out, f"{gone.outcome}  {gone.target.name}  {gone.alert.sentence}")

    if again:
        done = app.send_again(plan, on_gone=told)
    else:
        done = app.notify(plan, since=since, on_gone=told)
    counts = Counter(gone.outcome for gone in done.gone)
    if json_:
        told_ = {
            "began": [target.name for target in done.began],
            "alerts": [
                {**_alert(gone.alert), "target": gone.target.name, "outcome": gone.outcome}
                for gone in done.gone
            ],
        }
        print_json(msgspec.json.encode(told_))
    else:
        for target in done.began:
            say(out, f"{target.name} is told what is new from now on; --since tells older things.")
        if not done.began or done.gone:
            said = ", ".join(f"{number} {word}" for word, number in sorted(counts.items()))
            say(out, f"Alerts: {said or 'nothing new'}")
    failed = counts["waiting"] + counts["refused"]
    if failed:
        places = sorted({gone.target.name for gone in done.gone if gone.outcome != "sent"})
        raise OperationFailed(
            f"{failed} of {len(done.gone)} alerts did not arrive for certain at target "
            f"{', '.join(places)}",
            "What never left is sent at the next call; `tracker notify --unsent` shows the rest",
        )


def _alert(alert: Alert) -> dict[str, object]:
    return {
        "key": alert.key,
        "about": str(alert.about),
        "title": alert.title,
        "sentence": alert.sentence,
        "link": alert.link,
    }


def _show_due(due: Sequence[Alert], *, json_: bool) -> None:
    if json_:
        print_json(msgspec.json.encode([_alert(alert) for alert in due]))
        return
    if not due:
        click.echo("Nothing would be sent; --since DATE says from when on things are new.")
        return
    grid = Grid("About", "Sentence", "Link")
    for alert in due:
        grid.add(str(alert.about), alert.sentence, alert.link or "")
    grid.show(console())


def _show_unsent(found: Sequence[Noted], *, json_: bool) -> None:
    if json_:
        told = [
            {
                "key": one.key,
                "target": one.target,
                "about": one.about,
                "state": one.state,
                "sentence": one.sentence,
                "link": one.link,
                "noted_at": instant_text(one.noted_at),
            }
            for one in found
        ]
        print_json(msgspec.json.encode(told))
        return
    if not found:
        click.echo("Everything that was noted was sent.")
        return
    grid = Grid("Noted", "State", "Target", "Sentence")
    for one in found:
        when = f"{one.noted_at:%Y-%m-%d %H:%M}"
        grid.add(when, one.state, one.target, one.sentence)
    grid.show(console())
