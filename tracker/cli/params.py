"""What may stand on the command line: days, instants, countries, measures, kinds.

Each says in one line what was wrong with a value and how to write it.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from typing import Any

import click

from tracker.core.filters import digits, under, words_of
from tracker.core.words import Kind
from tracker.core.world import World
from tracker.errors import BadInput, UnknownName
from tracker.telling.language import LANGUAGES

__all__ = [
    "COUNTRY",
    "DAY",
    "DAYS",
    "HEADING",
    "INSTANT",
    "KIND",
    "POSITION",
    "as_json",
    "check_names",
    "format_option",
    "in_language",
    "recorded_by_option",
    "require_measures",
    "viewpoint_options",
]

_DAY_SHAPE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class _Day(click.ParamType[date]):
    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        text = str(value).strip()
        if not _DAY_SHAPE.fullmatch(text):
            self.fail(
                f"{text!r} is not a date; write it as YYYY-MM-DD, like 2025-03-04", param, ctx
            )
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.fail(f"{text} is not a day of the calendar", param, ctx)


class _Instant(click.ParamType[datetime]):
    name = "INSTANT"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        text = str(value).strip()
        try:
            if _DAY_SHAPE.fullmatch(text):
                # A bare day means all that was recorded on it, in UTC.
                return datetime.combine(date.fromisoformat(text), time.max, tzinfo=UTC)
            found = datetime.fromisoformat(text)
        except ValueError:
            self.fail(
                f"{text!r} is not an instant; write it like 2026-11-23T08:00:00Z or 2026-11-23",
                param,
                ctx,
            )
        if found.tzinfo is None:
            self.fail(f"{text!r} does not say its time zone; add Z for UTC", param, ctx)
        try:
            return found.astimezone(UTC)
        except OverflowError:
            self.fail(f"{text!r} lies outside the years 1 to 9999 in UTC", param, ctx)


class _Country(click.ParamType[str]):
    name = "COUNTRY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value).strip()
        if not re.fullmatch(r"[A-Za-z]{2}", text):
            self.fail(
                f"{value!r} is not a country; write US, CA, MX or another two-letter code",
                param,
                ctx,
            )
        return text.upper()


class _Heading(click.ParamType[str]):
    name = "HEADING"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value).strip()
        if not re.fullmatch(r"\d[\d. ]*\d", text, re.ASCII) or not 2 <= len(digits(text)) <= 10:
            self.fail(
                f"{value!r} is not a tariff heading; write 2 to 10 digits, like 8703 or 8703.23",
                param,
                ctx,
            )
        return text


class _Count(click.IntRange):
    """A whole number in a range, in plain digits. Upper bounds keep days within the calendar."""

    name = "NUMBER"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value).strip()
        if not re.fullmatch(r"[+-]?\d{1,18}", text, re.ASCII):
            self.fail(f"{value!r} is not a whole number; write it in digits, like 30", param, ctx)
        number = int(text)
        least, most = int(self.min or 0), None if self.max is None else int(self.max)
        if number < least or (most is not None and number > most):
            bounds = f"from {least} on" if most is None else f"from {least} to {most}"
            self.fail(f"{number} is out of range; give a number {bounds}", param, ctx)
        return number

    def _describe_range(self) -> str:
        return f"from {self.min}" if self.max is None else f"{self.min} to {self.max}"


DAY, INSTANT, COUNTRY, HEADING = _Day(), _Instant(), _Country(), _Heading()
DAYS, POSITION = _Count(1, 36_525), _Count(0)
KIND = click.Choice([str(kind) for kind in Kind])

as_json = click.option("--json", "json_", is_flag=True, help="Machine-readable output, stable.")

in_language = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="The language to tell it in.",
)


def format_option(*formats: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--format`, the first given being the default, with `--json` as another way to say json.

    The command gets one keyword, `format_`. Raises on use: BadInput where both
    are given and contradict each other.
    """

    def decorated(command: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(command)
        def with_format(*, format_: str | None, json_: bool, **others: Any) -> Any:
            if json_ and format_ not in {None, "json"}:
                raise BadInput(
                    f"--json and --format {format_} contradict each other", "Give one of the two"
                )
            return command(format_="json" if json_ else format_ or formats[0], **others)

        option = click.option(
            "--format",
            "format_",
            type=click.Choice(formats),
            metavar="FORMAT",
            help=f"How to write it: {', '.join(formats)}.",
        )
        return option(as_json(with_format))

    return decorated


recorded_by_option = click.option(
    "--recorded-by",
    type=INSTANT,
    help="Only what this ledger held by then: an instant like 2026-11-23T08:00Z, or a day.",
)


def viewpoint_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--announced-by` and `--recorded-by`: how far the answer's knowledge reaches."""
    command = recorded_by_option(command)
    return click.option(
        "--announced-by", type=DAY, help="Only what the public could know by the end of that day."
    )(command)


def check_names(
    world: World,
    *,
    measure: str | None = None,
    imposer: str | None = None,
    target: str | None = None,
    party: str | None = None,
) -> None:
    """Refuse a name that the record does not know, with the nearest one it does.

    Raises: UnknownName; BadInput for a measure that says nothing.
    """
    if any(name is not None for name in (measure, imposer, target, party)):
        require_measures(world)
    if measure is not None and not words_of(measure):
        raise BadInput(f"--measure {measure!r} names nothing", "Leave it out to see everything")
    keys = [
        *world.measures,
        *(f"{m.key}.{p.key}" for m in world.measures.values() for p in m.provisions),
    ]
    if measure is not None and not any(under(key, measure) for key in keys):
        near = difflib.get_close_matches(measure.casefold(), keys, n=1, cutoff=0.5)
        known = f"Did you mean {near[0]}?" if near else "`tracker state --all` lists the keys"
        raise UnknownName(f"there is no measure {measure!r} in the record", known)
    imposers = {m.imposer for m in world.measures.values()}
    targets = {t for m in world.measures.values() for p in m.provisions for t in p.targets}
    parties = imposers | {party for event in world.events for party in event.parties}
    _known("imposer", imposer, imposers)
    _known("party", party, parties)
    # A measure against all countries reaches any of them, so any code is an honest question
    # as long as the record holds such a measure.
    if "*" not in targets:
        _known("target", target, targets)


def require_measures(world: World) -> None:
    """Refuse to look for a name where there is none to find. Raises: UnknownName."""
    if not world.measures:
        raise UnknownName(
            "the ledger holds no measures",
            "Run `tracker load` first, or ask with a later --recorded-by",
        )


def _known(what: str, value: str | None, known: Iterable[str]) -> None:
    names = sorted(known)
    if value is not None and value not in names:
        raise UnknownName(f"the record knows no {what} {value}", f"It knows {', '.join(names)}")
