"""From when and until when: which of the days named is a start and which an end.

Owns the small words that turn a day into a start, an end or neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.extract.clues import rule_kinds
from tracker.extract.days import Day, Length, days, lengths
from tracker.extract.items import Place
from tracker.extract.reading import Reading
from tracker.extract.text import Text

__all__ = ["When", "effective", "until"]

_FROM = re.compile(
    r"(?:from|starting|beginning|effective|as of|as from|begin|begins|effect|force|on"
    r"|kick in|will start|start|in effect since|since|due|set for|scheduled for"
    r"|begin on|effect on|a partir del?|desde el|desde|el proximo|a contar del"
    r"|vigor el|vigor este|vigor a partir del?|vigencia el|efecto el"
    r"|a compter d[ue]|a compter de ce|a partir d[ue]|des|des le|des ce|en vigueur le"
    r"|en vigueur|vigueur ce|depuis le|le|el|este|ce"
    r"|the week of|week of|rige desde el|inicia el|arranca el|inician el|comienzan el)"
    r"(?:\s(?:on|the|el|le|ce|this|next|early|proximo|dia|12:01 a\.m\.(?: on)?"
    r"|midnight on|midnight))*,?\s$"
)
_UNTIL = re.compile(
    r"(?:until|till|through|to|hasta|hasta el|hasta este|hasta el proximo|jusqu'au"
    r"|jusqu'a|jusqu'en|expires? on|expires?|ends on|vence el|vencen el"
    r"|expire le)\s(?:at least\s|al menos el\s|el\s|dia\s|the\s)?$"
)
_PAST = re.compile(r"(?:on|el pasado|pasado|last|dated|of|du|del|le)\s$")
_ENTERS = re.compile(
    r"(?:take|takes|took|taking|go|goes|went|come|comes|came) (?:into |in |to )?effect"
    r"|into force|kick(?:s|ed)? in|entr\w+ en vig\w+|en vigueur|en vigor|effective"
    r"|starting|starts?|begin|a partir|a compter|from|des |desde|inici\w+|arranc\w+"
    r"|launch"
)
_PAUSED = re.compile(
    r"paus\w*|suspen\w*|postpon\w*|delay\w*|hold|repriev\w*|extend\w*|extension"
    r"|prorrog\w*|aplaz\w*|posterg\w*|pospo\w*|fren\w*|deten\w*|detien\w*|parali\w*"
    r"|tregua|truce|break|sursis|report\w*|prolong\w*|delai|grace|exten\w*|exempt\w*"
    r"|exen\w*|sans|retras\w*|stay|treve|moratori\w*|gel\w*"
)
# The day of what is still to come, told only to say what comes before it.
_OCCASION = re.compile(
    r"(?:ahead of|before|de cara al?|previo al?|antes del?|rumbo al?|avant|en vue d[eu]"
    r"|en amont d[eu])(?:\s[^\s,;:.]+){1,4}\s$"
)
_ENTERS_IN = re.compile(
    r"(?:effect|into force|kick in|starting|start|begin|vigor|vigencia|inician?|entran"
    r"|en vigueur|appliques)\s(?:in|en|dans)\s$"
)
_MEETINGS = frozenset({"summit", "negotiation", "review_step", "call"})
_STARTS = frozenset(
    {
        "announcement",
        "in_force",
        "rate_change",
        "threat",
        "resumption",
        "exemption",
        "reinstatement",
        "revocation",
        "quota",
        "expiry",
    }
)
_TALKS_DAY = re.compile(
    r"(?:meet\w*|talks|visit\w*|round|summit|hearing|start\w*|begin\w*|launch\w*|hold"
    r"|set for|scheduled|reun\w+|recib\w+|visit\w+|ronda|cumbre|audiencia|inici\w+"
    r"|arranc\w+|celebr\w+|rencontr\w+|sommet|debut\w+|prochain\w*|will|to|sera\w*"
    r"|expects?|review|revision)"
)


@dataclass(frozen=True, slots=True)
class When:
    """A day and where it was read; `computed` where it is a span of time from publication."""

    day: date
    place: Place
    start: int
    end: int
    computed: bool = False


def _before(text: Text, start: int) -> str:
    return text.folded[max(0, start - 40) : start]


def _ends(text: Text, published: date | None) -> When | None:
    for day in days(text, published):
        if _UNTIL.search(_before(text, day.start)) and _PAUSED.search(text.folded):
            return When(day.day, text.place, day.start, day.end)
    return None


def _lasts(text: Text, published: date | None) -> When | None:
    """The end of a pause of a stated length, counted from publication."""
    if published is None:
        return None
    for length in lengths(text):
        if _paused_for(text, length) and (day := length.after(published)) is not None:
            return When(day, text.place, length.start, length.end, computed=True)
    return None


def _paused_for(text: Text, length: Length) -> bool:
    """Whether that length is one of a pause: a word of pausing stands near, and it is not past."""
    after, before = text.folded[length.end : length.end + 25], _before(text, length.start)
    # "For a month after a call" tells how long; "a month after the call" tells when.
    lasts = before.endswith(("for ", "por ", "pour ", "durante ", "pendant "))
    if not lasts and re.match(
        r"\s?(?:ago|earlier|later|after|before|despues|antes|old|apres|avant"
        r"|de (?:vigencia|prision))",
        after,
    ):
        return False
    if re.search(
        r"(?:hace|il y a|in|within|en|dans|after|last|past|ultimos?|derniers?|every|cada)\s$",
        before,
    ):
        return False
    near = text.folded[max(0, length.start - 110) : length.end + 110]
    return bool(_PAUSED.search(near))


def until(reading: Reading, kind: str) -> When | None:
    """Until when what is reported holds: a day named as its end, or the end of a stated span."""
    if kind not in {
        "pause",
        "pause_extension",
        "exemption",
        "announcement",
        "agreement",
        "call",
        "statement",
        "suspension_of_talks",
    }:
        return None
    if kind not in {"pause", "pause_extension", "exemption"} and not (
        reading.title_concepts & {"PAUSE", "EXTEND"}
    ):
        return None
    published = reading.item.published
    for text in (reading.title, reading.summary):
        for find in (_ends, _lasts):
            if (found := find(text, published)) is not None:
                return found
    return None


def _starts(text: Text, published: date | None, kind: str) -> When | None:
    for day in days(text, published):
        before = _before(text, day.start)
        if _UNTIL.search(before) or not _may_start(text, day, before, published, kind):
            continue
        return When(day.day, text.place, day.start, day.end)
    return _starts_in(text, published)


def _starts_in(text: Text, published: date | None) -> When | None:
    """The day that is a stated length ahead: "take effect in 30 days"."""
    if published is None:
        return None
    for length in lengths(text):
        day = length.after(published)
        if day is not None and _ENTERS_IN.search(_before(text, length.start)):
            return When(day, text.place, length.start, length.end, computed=True)
    return None


def _may_start(text: Text, day: Day, before: str, published: date | None, kind: str) -> bool:
    """Whether a day named is one on which something starts or takes place."""
    near = text.folded[max(0, day.start - 70) : day.end + 40]
    ahead = published is None or day.day >= published
    if kind in _MEETINGS:
        soon = published is None or day.day <= published + timedelta(days=200)
        deadline = re.search(
            r"(?:deadline|by|before|antes del?|avant le|plazo|limite)\s(?:the\s|el\s|le\s|de\s)?$",
            before,
        ) or _OCCASION.search(before)
        return (
            ahead
            and soon
            and not deadline
            and bool(_TALKS_DAY.search(near))
            and (published is None or day.day > published or day.exact)
        )
    if not ahead and kind != "in_force":
        return False
    if not day.exact and published is not None and day.day == published:
        return (bool(_ENTERS.search(near)) and kind in {"in_force"}) or bool(
            re.search(
                r"(?:from|starting|desde|a partir del?|des|a compter de|begin|effect)\s(?:ce\s"
                r"|este\s|hoy\s|today\s)?$",
                before,
            )
        )
    if not day.exact:
        strong = re.search(
            r"(?:from|starting|beginning|effective|begin|begins|effect|force|start|starts"
            r"|kick in|due|set for|scheduled for|a\.m\.|midnight|desde el|desde"
            r"|a partir del?|este|des|des le|a compter de|a compter de ce|en vigueur|vigor el"
            r"|vigor|on)\s(?:this\s|ce\s|le\s|el\s|proximo\s)?$",
            before,
        )
        return bool(strong) and bool(_ENTERS.search(near))
    return bool(_FROM.search(before)) or bool(_ENTERS.search(near))


def effective(reading: Reading, kind: str) -> When | None:
    """From when what is reported holds, or on which day a meeting is.

    That something is in force now, with no other day named, means the day of publication.
    """
    if kind not in _STARTS | _MEETINGS and kind not in {"call", "investigation", "statement"}:
        return None
    published = reading.item.published
    if kind == "statement":
        return None
    for text in (reading.title, reading.summary):
        if (found := _starts(text, published, kind)) is not None:
            return found
    if (
        kind == "in_force"
        and published is not None
        and rule_kinds(reading.title_concepts)[0] == kind
    ):
        cue = next((m for m in reading.title_acts if m.concept == "INFORCE"), None)
        if cue is not None:
            return When(published, "title", cue.start, cue.end, computed=True)
    return None
