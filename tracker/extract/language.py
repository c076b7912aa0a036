"""Which language a text is in: English, Spanish or French, by its smallest words.

Owns the lists of small words and nothing else.
"""

from __future__ import annotations

from itertools import pairwise

from tracker.extract.text import Text

__all__ = ["LANGUAGES", "detect"]

LANGUAGES = ("en", "es", "fr")

_SMALL = {
    "en": (
        "the of and to in on for with by at from as is are was were be has have had will "
        "would its it"
        " that this his her their says said after over not new into about against amid "
        "than an up out"
        " could may more what how why who when before between tariffs trade talks deal us"
    ),
    "es": (
        "el la los las de del y en a por para con sin se su sus al que es son fue ha han un una lo"
        " como mas tras sobre entre ante no aranceles arancel pero este esta hasta desde contra ya"
        " mexico comercio acuerdo segun eu eeuu cuando"
    ),
    "fr": (
        "le la les de des du et en a au aux par pour avec sans se sa son ses que qui est "
        "sont une un"
        " sur dans d l qu n s plus apres entre contre pas ne douane droits tarifs ce "
        "cette mais leur"
        " etats-unis selon mexique commerce accord vers"
    ),
}
_SETS = {language: frozenset(words.split()) for language, words in _SMALL.items()}
_LETTERS = {"es": "ñ¿¡áíóú", "fr": "çèêàùâîôûëïœ"}
_ELISION = frozenset({"d", "l", "qu", "n", "s", "c"})


def detect(title: Text, summary: Text, hint: str | None) -> str:
    """The language of the text; English where nothing tells.

    That of `hint` counts where it is one of ours and the text does not clearly speak against it.
    """
    words = [token.text for token in (*title.tokens, *summary.tokens[:60])]
    score = {
        language: sum(word in small for word in words) * 1.0 for language, small in _SETS.items()
    }
    given = (title.given + summary.given[:400]).lower()
    for language, letters in _LETTERS.items():
        score[language] += 0.7 * sum(given.count(letter) for letter in letters)
    marks = sum(mark == "'" and before in _ELISION for before, mark in pairwise(words))
    score["fr"] += marks
    best = max(LANGUAGES, key=lambda language: score[language])
    known = (hint or "").strip().lower()[:2]
    if known in LANGUAGES and score[best] < score[known] + 3:
        return known
    return best if score[best] > 0 else (known if known in LANGUAGES else "en")
