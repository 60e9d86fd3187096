"""People: PINs that are dear to guess, rights that are lent once, and nobody who vanishes."""

from __future__ import annotations

import pytest

from kiosk.checkout import pins
from kiosk.checkout.people import (
    BadName,
    BadPin,
    LastSupervisor,
    NameTaken,
    NoSuchPerson,
    NotAllowed,
    Person,
    PinTaken,
    Right,
    WrongPin,
    add_person,
    approve,
    disable,
    everybody,
    set_pin,
    sign_in,
)
from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from tests.checkout.books.stall import Stall


@pytest.fixture
def anna(shut: Stall) -> Person:
    """A seller with a PIN."""
    return add_person(shut.ledger, "Anna", "seller", "4711", by=shut.sam)


def fail(ledger: Ledger, person: int | None, pin: str = "0000") -> int:
    """Try a wrong PIN and return the wait."""
    with pytest.raises(WrongPin) as wrong:
        sign_in(ledger, person, pin) if person else approve(ledger, None, pin, Right.REFUND)
    return wrong.value.wait_s


def kinds(ledger: Ledger) -> list[str]:
    """What the journal says happened to people, without those the stall starts with."""
    rows = ledger.rows("SELECT type FROM journal WHERE type GLOB 'person.*' ORDER BY seq")
    return [kind for (kind,) in rows][2:]


def test_the_right_pin_signs_in(shut: Stall, anna: Person) -> None:
    assert sign_in(shut.ledger, anna.id, "4711") == anna
    assert kinds(shut.ledger) == ["person.added", "person.in"]


def test_a_pin_is_never_stored_in_clear(shut: Stall, anna: Person) -> None:
    stored = shut.ledger.rows("SELECT pin_hash FROM person WHERE id = ?", (anna.id,))[0][0]
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    # The first row holds the ledger's random identity, in which any four digits may stand.
    bodies = shut.ledger.rows("SELECT body FROM journal WHERE type <> 'ledger.created'")
    assert bodies
    assert not any("4711" in body for (body,) in bodies)


def test_wrong_pins_slow_down(shut: Stall, anna: Person) -> None:
    waits = []
    for _ in range(6):
        waits.append(fail(shut.ledger, anna.id))
        shut.clock.advance(waits[-1] * 1000)
    assert waits == [0, 0, 2, 4, 8, 16]
    assert [pins.wait_after(n) for n in (3, 11, 12, 40)] == [2, 512, 900, 900]


def test_a_try_within_the_wait_is_not_even_looked_at(shut: Stall, anna: Person) -> None:
    for _ in range(3):
        fail(shut.ledger, anna.id)
    assert fail(shut.ledger, anna.id, "4711") == 2
    shut.clock.advance(1_000)
    assert fail(shut.ledger, anna.id, "4711") == 1
    shut.clock.advance(1_000)
    assert sign_in(shut.ledger, anna.id, "4711") == anna
    assert fail(shut.ledger, anna.id) == 0  # counted afresh


def test_neither_a_restart_nor_the_wall_clock_shortens_the_wait(shut: Stall, anna: Person) -> None:
    for _ in range(5):
        fail(shut.ledger, anna.id)
        shut.clock.advance(pins.wait_left(shut.ledger, anna.id) * 1000 - 1)
        shut.clock.advance(1)
    for _ in range(1):
        assert fail(shut.ledger, anna.id) == 16
    shut.ledger.close()
    clock = FakeClock(wall_ms=shut.clock.wall_ms + 10**9, boot_id="another boot", boot_ms=0)
    shut.ledger = Ledger.open(shut.ledger.path, clock=clock)
    assert fail(shut.ledger, anna.id, "4711") == 16
    clock.set_wall(clock.wall_ms + 10**9)
    assert fail(shut.ledger, anna.id, "4711") == 16
    clock.advance(16_000)
    assert sign_in(shut.ledger, anna.id, "4711") == anna


def test_signing_in_as_somebody_else_does_not_shorten_the_wait(shut: Stall, anna: Person) -> None:
    ben = add_person(shut.ledger, "Ben", "seller", "2222")
    for _ in range(3):
        fail(shut.ledger, anna.id)
    assert sign_in(shut.ledger, ben.id, "2222") == ben
    assert fail(shut.ledger, anna.id) == 2


def test_pulling_the_plug_while_a_pin_is_checked_gains_nothing(
    shut: Stall, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_cut(_stored: str, _pin: str) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr("kiosk.checkout.people.is_pin", power_cut)
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            sign_in(shut.ledger, anna.id, "0000")
    assert pins.wait_left(shut.ledger, anna.id) == 2


def test_an_approval_is_given_by_name_or_by_pin_alone(shut: Stall, anna: Person) -> None:
    eve = add_person(shut.ledger, "Eve", "supervisor", "2580")
    assert approve(shut.ledger, eve.id, "2580", Right.DISCOUNT).person == eve
    lent = approve(shut.ledger, None, "2580", Right.REFUND)
    assert (lent.person, lent.right) == (eve, Right.REFUND)
    assert kinds(shut.ledger)[-2:] == ["person.approved", "person.approved"]
    with pytest.raises(NotAllowed):
        approve(shut.ledger, anna.id, "4711", Right.REFUND)
    with pytest.raises(WrongPin):  # a PIN alone is only compared with those who may
        approve(shut.ledger, None, "4711", Right.REFUND)


def test_guessing_at_all_supervisors_at_once_slows_down_too(shut: Stall) -> None:
    add_person(shut.ledger, "Eve", "supervisor", "2580")
    assert [fail(shut.ledger, None) for _ in range(3)] == [0, 0, 2]
    assert fail(shut.ledger, None, "2580") == 2


def test_no_two_people_have_one_pin(shut: Stall, anna: Person) -> None:
    with pytest.raises(PinTaken):
        add_person(shut.ledger, "Ben", "supervisor", "4711")
    ben = add_person(shut.ledger, "Ben", "supervisor", "1234")
    with pytest.raises(PinTaken):
        set_pin(shut.ledger, ben, "4711")
    set_pin(shut.ledger, anna, "4711", by=anna)  # one's own again is fine
    set_pin(shut.ledger, anna, "4712", by=anna)
    assert sign_in(shut.ledger, anna.id, "4712") == anna
    with pytest.raises(NotAllowed):
        set_pin(shut.ledger, ben, "9999", by=anna)


@pytest.mark.parametrize("pin", ["", "123", "12a4", "1234567890123", "١٢٣٤", " 1234"])
def test_a_pin_is_digits(shut: Stall, anna: Person, pin: str) -> None:
    with pytest.raises(BadPin):
        set_pin(shut.ledger, anna, pin)
    assert fail(shut.ledger, anna.id, pin) == 0


def test_names_are_clean_and_once(shut: Stall) -> None:
    with pytest.raises(NameTaken):
        add_person(shut.ledger, "  Mia ", "seller", None)
    for name in ("", "   ", "\x1b\x00", "x" * 41):
        with pytest.raises(BadName):
            add_person(shut.ledger, name, "seller", None)
    assert add_person(shut.ledger, "Ann\x1b[31m\tO’Neil", "seller", None).name == "Ann [31m O’Neil"


def test_somebody_who_leaves_keeps_the_sales_and_loses_the_key(shut: Stall, anna: Person) -> None:
    disable(shut.ledger, anna, by=shut.sam)
    with pytest.raises(NoSuchPerson):
        sign_in(shut.ledger, anna.id, "4711")
    assert anna.name not in [one.name for one in everybody(shut.ledger)]
    assert shut.ledger.rows("SELECT name FROM person WHERE id = ?", (anna.id,)) == [("Anna",)]
    with pytest.raises(LastSupervisor):
        disable(shut.ledger, shut.sam)
    with pytest.raises(NotAllowed):
        disable(shut.ledger, shut.sam, by=shut.mia)


def test_somebody_without_a_pin_never_signs_in(shut: Stall) -> None:
    for pin in ("", "0000"):
        fail(shut.ledger, shut.mia.id, pin)
