"""The search page and what its script looks through: one index for each language.

Owns which texts can be found and what counts as the same word. The script folds the
texts when the page opens, so that the index holds only what a reader may also be shown.
The index is a classic script, since a page opened from a folder may fetch nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.core.events import Event, Wording, concerned
from tracker.core.measures import Measure, Provision
from tracker.core.words import PARTIES, Kind
from tracker.site.compare_words import day_patterns
from tracker.site.edition import Edition
from tracker.site.model import Late, Page
from tracker.site.names import party_name, relation
from tracker.site.paths import SEARCH
from tracker.telling.language import Language
from tracker.telling.names import kind_name

__all__ = ["ALIKE", "SEARCH_SCRIPT", "index_path", "search_files", "search_page"]

SEARCH_SCRIPT = "static/search.js"

ALIKE = (
    (r"œ", "oe"),
    (r"\b(?:t-?mec|cusma|aceum|usmca)\b", "usmca"),
    (r"\b(?:executive orders?|e\.?o\.?(?=\s*\d)|decrets? (?:presidentiel|executif)s?)", "eo"),
    (r"\b(?:decretos? ejecutivos?|orden(?:es)? ejecutivas?)\b", "eo"),
    (r"\bproclama(?:cion(?:es)?|tions?|s)?\b", "proclamation"),
    (r"(\d),(?=\d)", "$1."),
    (r"\b(\d{4})\.(\d\d)(?:\.(\d{2,4}))?(?![\d.]*\d)", "$1$2$3"),
    (r"(?:\b(?:sec|s|art)\.?|\b(?:section|seccion|article|articulo)|§)\s*(\d[\d.]*)", "s$1"),
)
"""What stands for the same, as patterns on folded text and what to put there; `$1` is the group.

The patterns mean the same to Python and to a browser.
"""


def index_path(code: str) -> str:
    """Where the index of a language lies, from the root of the site."""
    return f"data/search-{code}.js"


def search_files(edition: Edition) -> tuple[Late]:
    """What the script looks through, in one language."""
    return (Late(index_path(edition.lang.code), _index),)


def _index(edition: Edition) -> Page:
    context = {"name": "TrackerIndex", "document": _Index(edition).document()}
    return Page(index_path(edition.lang.code), "script", context)


def search_page(edition: Edition) -> Page:
    """The page whose script answers; without a script it leads to the lists."""
    lang = edition.lang
    return Page(
        SEARCH,
        "search.html",
        {
            "title": lang.say("title", "Search"),
            "description": lang.say(
                "description", "Find events, measures and goods by words, numbers or days."
            ),
            "section": "search",
            "data": "data/events.json",
            "index": index_path(lang.code),
        },
    )


@dataclass(frozen=True, slots=True)
class _Index:
    """What is found in one language. A text that is not translated stands in a list of its own."""

    edition: Edition

    def document(self) -> dict[str, Any]:
        """The words of the page, and the entries of each group under its name and folder.

        An entry: key, title, what stands beside it (a kind by its number), paper,
        numbers of measures it is about, numbers of goods it touches, parties, note,
        and of an event its day, 0 where its key begins with it. Measures are the first
        group and goods the second; numbers count from 0.
        """
        book, lang = self.edition.book, self.edition.lang
        measures = tuple(book.world.measures.values())
        goods = tuple((measure, one) for measure in measures for one in measure.provisions)
        keys = {measure.key: number for number, measure in enumerate(measures)}
        places = {(measure.key, one.key): number for number, (measure, one) in enumerate(goods)}
        return {
            "lang": lang.code,
            "say": _sentences(lang),
            "count": lang.forms("search", "{count} entry found.", "{count} entries found."),
            "alike": ALIKE,
            "days": day_patterns(lang.day),
            "kinds": [kind_name(lang, kind) for kind in Kind],
            "parties": {code: party_name(lang, code) for code in PARTIES},
            "groups": (
                (
                    lang.say("menu", "Measures"),
                    "measure",
                    [self._measure(one, places) for one in measures],
                ),
                (
                    lang.say("heading", "Goods"),
                    "measure",
                    [self._goods(*one, keys[one[0].key]) for one in goods],
                ),
                (
                    lang.say("site", "Events"),
                    "event",
                    self.edition.once_each(
                        "found", book.world.events, lambda one: self._event(one, keys, places)
                    ),
                ),
            ),
        }

    def _text(self, words: Wording | None) -> str | list[str]:
        if words is None:
            return ""
        said = self.edition.lang.text(words)
        return said.text if said.lang == self.edition.lang.code else [said.text]

    def _measure(self, one: Measure, places: Mapping[tuple[str, str], int]) -> list[object]:
        return [
            one.key,
            self._text(one.title),
            party_name(self.edition.lang, one.imposer),
            ", ".join(filter(None, (one.authority, one.legal_basis, one.key))),
            (),
            [places[one.key, provision.key] for provision in one.provisions],
            one.imposer,
            self._text(one.note),
        ]

    def _goods(self, measure: Measure, one: Provision, number: int) -> list[object]:
        return [
            measure.key,
            self._text(one.products),
            relation(self.edition.lang, measure.imposer, one.targets, one.excludes),
            ", ".join(one.hts),
            [number],
            (),
            measure.imposer,
            self._text(one.note),
        ]

    def _event(
        self, event: Event, keys: Mapping[str, int], places: Mapping[tuple[str, str], int]
    ) -> list[object]:
        day = event.announced.isoformat()
        touched = ((effect.measure, effect.provision) for effect in event.effects)
        return [
            event.id,
            self._text(event.title),
            tuple(Kind).index(event.kind),
            _paper(event),
            _numbered(concerned(event), keys),
            _numbered(touched, places),
            " ".join(event.parties),
            self._text(event.summary),
            0 if event.id.startswith(day) else day,
        ]


def _numbered(names: Iterable[Any], numbers: Mapping[Any, int]) -> list[int]:
    return [numbers[name] for name in dict.fromkeys(names) if name in numbers]


def _paper(event: Event) -> str:
    """The citation of the event's paper, and those of its links that it does not name itself."""
    paper = event.instrument
    if paper is None:
        return ""
    others = [step.citation for step in paper.steps if step.citation]
    return "; ".join([paper.citation, *(one for one in others if one not in paper.citation)])


def _sentences(lang: Language) -> dict[str, str]:
    say = lang.say
    return {
        "first": say("search", "The first {shown} of {count}. Another word narrows it down."),
        "some": say("search", "Nothing holds all of these words. These hold some of them."),
        "none": say(
            "search",
            "Nothing is found for “{query}”. Try fewer words or the beginning of one, or a number "
            "alone, such as 14193 or 9903.01.10.",
        ),
    }
