"""The people of the shop as the ledger keeps them: adding, signing in, approving, new PINs, leaving.

Nobody is ever deleted, because old sales name them. Every sign-in, wrong PIN, approval and change is in the
journal; a PIN never is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.checkout.pins import BadPin, WrongPin, begin_try, forget_tries, hash_pin, is_pin, wait_left
from kiosk.checkout.rights import RIGHTS, Approval, NotAllowed, Person, Right, Role, require
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

__all__ = [
    "RIGHTS",
    "Approval",
    "BadName",
    "BadPin",
    "LastSupervisor",
    "NameTaken",
    "NoSuchPerson",
    "NotAllowed",
    "Person",
    "PinTaken",
    "Right",
    "WrongPin",
    "add_person",
    "approve",
    "disable",
    "everybody",
    "person_named",
    "person_of",
    "require",
    "set_pin",
    "sign_in",
]

LONGEST_NAME = 40


class NoSuchPerson(LookupError):
    """Nobody active has this name or id; nothing was changed."""

    def __init__(self, wanted: str | int) -> None:
        self.wanted = wanted
        super().__init__(_("nobody called {name} works here; nothing was changed").format(name=wanted))


class BadName(ValueError):
    """A name that cannot stand on a receipt; nothing was changed."""


class NameTaken(ValueError):
    """Sales are told apart by the seller's name, so no two people have the same; nothing was changed."""


class PinTaken(ValueError):
    """A PIN must point to one person, because an approval may be given by PIN alone; nothing was changed."""


class LastSupervisor(ValueError):
    """A shop needs somebody who may change its settings; nothing was changed."""


_EVERYBODY = "SELECT id, name, role, language FROM person WHERE active ORDER BY name"
_BY_ID = "SELECT id, name, role, language FROM person WHERE active AND id = ?"
_BY_NAME = "SELECT id, name, role, language FROM person WHERE active AND name = ?"
_HASH = "SELECT pin_hash FROM person WHERE id = ?"
_ADD = "INSERT INTO person (name, role, pin_hash, language) VALUES (?, ?, ?, ?) RETURNING id"
_SET_PIN = "UPDATE person SET pin_hash = ? WHERE id = ?"
_DISABLE = "UPDATE person SET active = 0 WHERE id = ?"


def everybody(ledger: Ledger) -> list[Person]:
    """Return those who work here, by name."""
    return [_person(*row) for row in ledger.rows(_EVERYBODY)]


def person_of(ledger: Ledger, person_id: int) -> Person:
    """Return somebody by id; NoSuchPerson if there is nobody active."""
    row = ledger.row(_BY_ID, (person_id,))
    if row is None:
        raise NoSuchPerson(person_id)
    return _person(*row)


def person_named(ledger: Ledger, name: str) -> Person:
    """Return somebody by name; NoSuchPerson if there is nobody active."""
    row = ledger.row(_BY_NAME, (name,))
    if row is None:
        raise NoSuchPerson(name[:LONGEST_NAME])
    return _person(*row)


def tidy_name(name: str) -> str:
    """Return a person's name without what cannot be shown; BadName when nothing or too much is left."""
    tidy = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    if not 1 <= len(tidy) <= LONGEST_NAME:
        raise BadName(_("a name has 1 to {n} letters; nothing was changed").format(n=LONGEST_NAME))
    return tidy


def add_person(
    ledger: Ledger, name: str, role: Role, pin: str | None, *, language: str = "", by: Person | None = None
) -> Person:
    """Add somebody; `by` needs the right to change settings and is None only for whoever holds the file.

    `pin` None: somebody who books but never signs in, such as an import.
    """
    if by is not None:
        require(by, Right.SETTINGS)
    name = tidy_name(name)
    stored = "" if pin is None else hash_pin(pin)
    _refuse_taken(ledger, pin, None)
    with ledger.transaction():
        if ledger.row("SELECT 1 FROM person WHERE name = ?", (name,)) is not None:
            raise NameTaken(_("{name} is here already; nothing was changed; add a letter").format(name=name))
        row = ledger.row(_ADD, (name, role, stored, language))
        assert row is not None  # noqa: S101 - an INSERT with RETURNING gives its row or raises
        ledger.record("person.added", {"name": name, "role": role, "by": by.name if by else None})
    return Person(int(row[0]), name, role, RIGHTS[role], language)


def set_pin(ledger: Ledger, person: Person, pin: str, *, by: Person | None = None) -> None:
    """Give somebody a new PIN; people change their own, others need the right to change settings."""
    if by is not None and by.id != person.id:
        require(by, Right.SETTINGS)
    stored = hash_pin(pin)
    _refuse_taken(ledger, pin, person.id)
    with ledger.transaction():
        ledger.execute(_SET_PIN, (stored, person.id))
        forget_tries(ledger, person.id)
        ledger.record("person.pin", {"name": person.name, "by": by.name if by else None})


def disable(ledger: Ledger, person: Person, *, by: Person | None = None) -> None:
    """Let somebody leave: they cannot sign in any more, and their sales stay."""
    if by is not None:
        require(by, Right.SETTINGS)
    with ledger.transaction():
        others = [one for one in everybody(ledger) if one.id != person.id]
        if not any(one.may(Right.SETTINGS) for one in others):
            raise LastSupervisor(_("this is the last supervisor; nothing was changed; add another first"))
        ledger.execute(_DISABLE, (person.id,))
        ledger.record("person.left", {"name": person.name, "by": by.name if by else None})


def sign_in(ledger: Ledger, person_id: int, pin: str) -> Person:
    """Return who signs in; WrongPin, with the seconds to wait, if the PIN is not theirs."""
    person = person_of(ledger, person_id)
    _check(ledger, person.id, [person], pin)
    with ledger.transaction():
        forget_tries(ledger, person.id)
        ledger.record("person.in", {"name": person.name})
    return person


def approve(ledger: Ledger, person_id: int | None, pin: str, right: Right) -> Approval:
    """Return leave for one action that needs `right`, given by the one whose PIN this is.

    Without a person the PIN alone tells who it is. NotAllowed if that person lacks the right, too.
    """
    if person_id is None:
        people = [one for one in everybody(ledger) if one.may(right) and not wait_left(ledger, one.id)]
        person = _check(ledger, None, people, pin)
    else:
        person = _check(ledger, person_id, [person_of(ledger, person_id)], pin)
        require(person, right)
    with ledger.transaction():
        forget_tries(ledger, person_id)
        ledger.record("person.approved", {"name": person.name, "right": right.value})
    return Approval(person, right)


def _check(ledger: Ledger, counted: int | None, people: list[Person], pin: str) -> Person:
    """Return the one of these whose PIN it is; WrongPin (counted against `counted`) if nobody's."""
    begin_try(ledger, counted)
    for person in people:
        row = ledger.row(_HASH, (person.id,))
        if row is not None and is_pin(str(row[0]), pin):
            return person
    with ledger.transaction():
        ledger.record("person.wrong_pin", {"name": people[0].name if counted is not None else None})
    raise WrongPin(wait_left(ledger, counted))


def _refuse_taken(ledger: Ledger, pin: str | None, own: int | None) -> None:
    """Refuse a PIN that is somebody else's already."""
    if pin is None:
        return
    for person, stored in ledger.rows("SELECT id, pin_hash FROM person WHERE active"):
        if person != own and is_pin(str(stored), pin):
            raise PinTaken(_("this PIN cannot be used here; the old one stays; choose another"))


def _person(person_id: int, name: str, role: Role, language: str) -> Person:
    """Return a person with the rights of the role."""
    return Person(person_id, name, role, RIGHTS[role], language)
