"""Keeps the gettext catalogues in step with the code: extract, merge, compile. Needs Babel; no till does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

HERE = Path(__file__).parent
SOURCE = HERE.parent
STALL = SOURCE.parent / "hardware" / "simulated"
"""The one part of `hardware` with words for people: its commands, which `kiosk sim` offers."""
TEMPLATE = HERE / "barrow.pot"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
"""The functions of `kiosk.i18n` whose first arguments are texts."""
STAMP = datetime(2026, 1, 1, tzinfo=UTC)
"""Written as the creation date, so that a catalogue changes only when its texts do."""


def extract() -> Catalog:
    """Return every text marked in the code, with its plural, in the order of files and lines."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_dir

    template = Catalog(charset="utf-8")
    _head(template)
    found = [
        text
        for folder in (SOURCE, STALL)
        for text in extract_from_dir(
            folder,
            method_map=[("**.py", "python")],
            keywords=KEYWORDS,
            comment_tags=("NOTE:",),
            strip_comment_tags=True,
        )
    ]
    for _file, _line, message, comments, context in sorted(found, key=lambda item: (item[0], item[1])):
        template.add(message, auto_comments=comments, context=context)
    return template


def _head(catalogue: Catalog) -> None:
    """Give a catalogue a head that says what is known and never changes by itself."""
    catalogue.header_comment = "# Texts of Barrow. Updated by: python -m kiosk.locale"
    catalogue.project, catalogue.version, catalogue.fuzzy = "barrow", "", False
    catalogue.creation_date = catalogue.revision_date = STAMP
    catalogue.last_translator = catalogue.language_team = catalogue.msgid_bugs_address = ""


def languages() -> Iterator[tuple[str, Path]]:
    """Yield every language that has a catalogue, with the catalogue's file."""
    for file in sorted(HERE.glob("*/LC_MESSAGES/barrow.po")):
        yield file.parent.parent.name, file


def read(file: Path, language: str) -> Catalog:
    """Return a catalogue as it was written."""
    from babel.messages.pofile import read_po

    with file.open("rb") as stream:
        return read_po(stream, locale=language, domain="barrow")


def compiled(catalogue: Catalog) -> bytes:
    """Return the .mo of a catalogue, always the same for the same texts."""
    from babel.messages.mofile import write_mo

    stream = BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def missing(template: Catalog, catalogue: Catalog) -> list[str]:
    """Return the texts of the code that a catalogue does not translate, or only as a guess."""
    gaps = []
    for message in template:
        if not message.id:
            continue
        said = catalogue.get(message.id, message.context)
        if said is None or said.fuzzy or not said.string or (said.pluralizable and not all(said.string)):
            gaps.append(message.id if isinstance(message.id, str) else message.id[0])
    return gaps


def update() -> dict[str, list[str]]:
    """Write the template, bring every catalogue up to date and compile it; return what each still misses.

    Sorted by text, so that a moved line of code changes no catalogue and two people's texts rarely meet.
    """
    from babel.messages.pofile import write_po

    template = extract()
    with TEMPLATE.open("wb") as stream:
        write_po(stream, template, width=110, no_location=True, sort_output=True)
    gaps = {}
    for language, file in languages():
        catalogue = read(file, language)
        catalogue.update(template, no_fuzzy_matching=True)
        _head(catalogue)
        with file.open("wb") as stream:
            write_po(stream, catalogue, width=110, no_location=True, sort_output=True, ignore_obsolete=True)
        file.with_suffix(".mo").write_bytes(compiled(read(file, language)))
        gaps[language] = missing(template, catalogue)
    return gaps
