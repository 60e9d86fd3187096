"""The catalogues keep up with the code: nothing untranslated, no placeholder lost, nothing stale."""

from __future__ import annotations

import gettext
import re
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from kiosk import i18n
from kiosk.locale import catalogues

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

LANGUAGES = tuple(catalogues.languages())
UPDATE = "run `python -m kiosk.locale`, fill in what it names, and run it again"


@pytest.fixture(scope="module")
def template() -> Catalog:
    """Return every text of the code."""
    return catalogues.extract()


def fields(text: str) -> set[str]:
    """Return the placeholders of a text, with their conversion and format."""
    return {
        f"{name}!{conversion}:{spec}"
        for _literal, name, spec, conversion in Formatter().parse(text)
        if name is not None
    }


def pairs(message: Message) -> list[tuple[str, str]]:
    """Return each form of a message with the source it must agree with."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return [(message.id[1], form) for form in message.string]


def test_german_is_there() -> None:
    assert "de" in i18n.languages()


def test_the_template_is_up_to_date(template: Catalog) -> None:
    kept = catalogues.read(catalogues.TEMPLATE, "en")
    assert {message.id for message in kept} == {message.id for message in template}, UPDATE


@pytest.mark.parametrize(("language", "file"), LANGUAGES, ids=[code for code, _file in LANGUAGES])
def test_every_text_is_translated(language: str, file: Path, template: Catalog) -> None:
    assert catalogues.missing(template, catalogues.read(file, language)) == [], UPDATE


@pytest.mark.parametrize(("language", "file"), LANGUAGES, ids=[code for code, _file in LANGUAGES])
def test_placeholders_and_layout_are_kept(language: str, file: Path) -> None:
    for message in catalogues.read(file, language):
        if not message.id or not message.string:
            continue
        for source, said in pairs(message):
            assert fields(said) == fields(source), source
            assert said.count("\n") == source.count("\n"), source
            assert said[:1].isspace() == source[:1].isspace(), source
            assert said[-1:].isspace() == source[-1:].isspace(), source
            assert set(re.findall(r"\[(?:Enter|Esc|\*)\]", said)) == set(
                re.findall(r"\[(?:Enter|Esc|\*)\]", source)
            )


@pytest.mark.parametrize(("language", "file"), LANGUAGES, ids=[code for code, _file in LANGUAGES])
def test_what_is_compiled_is_what_was_translated(language: str, file: Path) -> None:
    with file.with_suffix(".mo").open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    for message in catalogues.read(file, language):
        if not message.id or not message.string:
            continue
        if isinstance(message.id, str):
            assert compiled.gettext(message.id) == message.string, UPDATE
        else:
            one, many = message.id
            assert (compiled.ngettext(one, many, 1), compiled.ngettext(one, many, 2)) == message.string, (
                UPDATE
            )


def test_the_words_follow_the_language() -> None:
    try:
        i18n.set_language("de")
        assert i18n._("Cash") == "Bar"
        assert i18n.ngettext("{n} row", "{n} rows", 1).format(n=1) == "1 Zeile"
        assert i18n.ngettext("{n} row", "{n} rows", 3).format(n=3) == "3 Zeilen"
    finally:
        i18n.set_language("en")
    assert i18n._("Cash") == "Cash"
