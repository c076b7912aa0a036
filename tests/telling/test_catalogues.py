"""The catalogues are complete: every sentence of the code, in Spanish and in French."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message

from tests.telling.collect import FOLDER, TRANSLATED, collected
from tracker.errors import BadInput, OperationFailed
from tracker.telling.catalogues import read_catalogue
from tracker.telling.language import ENGLISH, LANGUAGES, language


def _key(message: Message) -> tuple[str | None, str]:
    return (message.context, message.id if isinstance(message.id, str) else message.id[0])


def _said(catalogue: Catalog) -> dict[tuple[str | None, str], Message]:
    return {_key(message): message for message in catalogue if message.id}


def _forms(said: object) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)  # type: ignore[arg-type]


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_sentence_of_the_code_is_translated_and_nothing_else(code: str) -> None:
    asked, held = _said(collected()), _said(read_catalogue(FOLDER, code))
    assert set(asked) == set(held), "run python -m tests.telling.collect and translate what is new"
    missing = [key for key, message in held.items() if not all(_forms(message.string))]
    assert missing == []
    assert [key for key, message in held.items() if message.fuzzy] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_translations_keep_the_places_of_the_sentence(code: str) -> None:
    for key, message in _said(read_catalogue(FOLDER, code)).items():
        wanted = set().union(*(_places(form) for form in _forms(message.id)))
        for form in _forms(message.string):
            assert _places(form) == wanted, key


@pytest.mark.parametrize("code", TRANSLATED)
def test_plurals_are_plurals_in_every_form_of_the_language(code: str) -> None:
    catalogue, asked = read_catalogue(FOLDER, code), _said(collected())
    for key, message in _said(catalogue).items():
        plural = not isinstance(message.id, str)
        assert plural is not isinstance(asked[key].id, str), key
        assert len(_forms(message.string)) == (catalogue.num_plurals if plural else 1), key


def test_french_keeps_its_marks_of_punctuation_from_the_line_break() -> None:
    for key, message in _said(read_catalogue(FOLDER, "fr")).items():
        for form in _forms(message.string):
            assert " :" not in form, key
            assert " %" not in form, key
            assert "'" not in form, key


@pytest.mark.parametrize("code", ["", "EN", "de", "../es", "es_MX"])
def test_an_unknown_language_names_the_three(code: str) -> None:
    with pytest.raises(BadInput, match="en, es, fr"):
        language(code)


def test_a_missing_catalogue_says_where_it_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(OperationFailed, match=r"tracker\.po"):
        language("es", folder=tmp_path)


def test_a_broken_catalogue_is_an_error_of_ours(tmp_path: Path) -> None:
    place = tmp_path / "fr" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "tracker.po").write_bytes(b'msgid "a\nmsgstr \xff')
    with pytest.raises(OperationFailed, match="fr"):
        language("fr", folder=tmp_path)


def test_english_is_the_code_itself_and_languages_are_kept() -> None:
    assert language("en") is ENGLISH
    assert [language(code).code for code in LANGUAGES] == list(LANGUAGES)
    assert language("fr") is language("fr")
