"""The language somebody's screen speaks: it follows the person, not the till."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.checkout.people import Person, Right, person_of, require

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

_SPEAK = "UPDATE person SET language = ? WHERE id = ?"
LONGEST_CODE = 16


def speak(ledger: Ledger, person: Person, language: str, *, by: Person) -> Person:
    """Have the screen speak a language (a code such as `de`; empty: the shop's) to somebody.

    People choose their own; for others the right to change settings is needed. NoSuchPerson when they left.
    """
    if by.id != person.id:
        require(by, Right.SETTINGS)
    language = language[:LONGEST_CODE]
    with ledger.transaction():
        known = person_of(ledger, person.id)
        ledger.execute(_SPEAK, (language, known.id))
        ledger.record("person.language", {"name": known.name, "language": language, "by": by.name})
    return replace(known, language=language)
