"""PINs: how they are kept, and why guessing one takes years.

A PIN has few digits, so two things protect it: argon2 makes each guess at a stolen ledger dear, and at
the till every wrong PIN from the third on doubles the wait before that person's next try. The wait is
counted on the clock of the boot and stored before the PIN is looked at: a restart, a killed process, a
changed wall clock or signing in as somebody else in between does not shorten it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kiosk.i18n import _

if TYPE_CHECKING:
    from argon2 import PasswordHasher

    from kiosk.ledger.connection import Ledger

FREE_TRIES = 2
"""Wrong PINs in a row that cost no wait: fingers slip."""
LONGEST_WAIT_S = 900
"""A quarter of an hour: 10,000 four-digit PINs then last 100 days, and a lunch break frees a seller."""

_PIN = re.compile(r"[0-9]{4,12}", re.ASCII)
_UNNAMED = 0
"""Whose tries are counted when no name was given with the PIN; no person has this id."""

_READ = "SELECT value FROM meta WHERE key = ?"
_WRITE = "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
_CLEAR = "DELETE FROM meta WHERE key = ?"


class BadPin(ValueError):
    """A new PIN cannot be used; the old one stays."""


class WrongPin(PermissionError):
    """A PIN was wrong, or came before the wait was over; nothing was changed."""

    def __init__(self, wait_s: int) -> None:
        self.wait_s = wait_s  # seconds until the next try will be looked at
        message = _("the PIN is wrong; nothing was changed; try again")
        if wait_s:
            message = _("the PIN is wrong; nothing was changed; try again in {n} s").format(n=wait_s)
        super().__init__(message)


def _hasher() -> PasswordHasher:
    """Return argon2id as OWASP's smallest setting has it: 19 MiB, two passes, one lane."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=16)


def hash_pin(pin: str) -> str:
    """Return what is stored of a PIN of 4 to 12 digits; BadPin for anything else."""
    if not _PIN.fullmatch(pin):
        raise BadPin(_("a PIN is 4 to 12 digits; the old one stays"))
    return _hasher().hash(pin)


def is_pin(stored: str, pin: str) -> bool:
    """Tell whether `pin` is the one kept as `stored`; an empty `stored` is nobody's."""
    from argon2.exceptions import InvalidHashError, VerificationError

    if not stored or not _PIN.fullmatch(pin):
        return False
    try:
        return _hasher().verify(stored, pin)
    except (VerificationError, InvalidHashError):
        return False


def wait_after(failures: int) -> int:
    """Return the seconds to wait after so many wrong PINs in a row: 0, 0, 2, 4, 8, ... up to the longest."""
    return 0 if failures <= FREE_TRIES else min(2 ** (failures - FREE_TRIES), LONGEST_WAIT_S)


def wait_left(ledger: Ledger, person: int | None) -> int:
    """Return the whole seconds this person (None: a PIN without a name) still has to wait."""
    failures, boot_id, boot_ms = _tries(ledger, person)
    now = ledger.clock.now()
    passed_ms = now.boot_ms - boot_ms if now.boot_id == boot_id else now.boot_ms
    return max(0, -((passed_ms - wait_after(failures) * 1000) // 1000))


def begin_try(ledger: Ledger, person: int | None) -> None:
    """Count a try as wrong before it is looked at; WrongPin if the wait is not over.

    Pulling the plug while a PIN is checked thus gains nothing.
    """
    with ledger.transaction():
        left = wait_left(ledger, person)
        if left:
            raise WrongPin(left)
        failures, *_since = _tries(ledger, person)
        now = ledger.clock.now()
        ledger.execute(_WRITE, (_key(person), f"{failures + 1} {now.boot_ms} {now.boot_id}"))


def forget_tries(ledger: Ledger, person: int | None) -> None:
    """Start counting afresh, inside the caller's transaction: the PIN was right, or a new one was set."""
    ledger.execute(_CLEAR, (_key(person),))


def _key(person: int | None) -> str:
    """Return the row that counts somebody's tries."""
    return f"pin/{_UNNAMED if person is None else person}"


def _tries(ledger: Ledger, person: int | None) -> tuple[int, str, int]:
    """Return the wrong PINs in a row, and the boot and its milliseconds of the last one."""
    row = ledger.row(_READ, (_key(person),))
    if row is None:
        return 0, "", 0
    failures, boot_ms, boot_id = str(row[0]).split(" ", 2)
    return int(failures), boot_id, int(boot_ms)
