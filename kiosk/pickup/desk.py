"""Who may have which box opened: codes typed at the keypad, tokens held to the reader, labels of bags.

A wrong code is counted before it is looked up, and an unknown, an expired and a used one are told apart for
nobody. A genuine token says more, because its bearer has shown that they are concerned.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.checkout import printqueue
from kiosk.i18n import _, time
from kiosk.pickup import codes, messages, tokens
from kiosk.pickup.boxes import box_with
from kiosk.pickup.holds import COLLECT_MS
from kiosk.pickup.lockout import Lockout
from kiosk.pickup.order import COLLECTABLE, ENDED, Stage, Step
from kiosk.pickup.orders import NoSuchOrder, Order, order_of, step
from kiosk.pickup.reopening import box_of
from kiosk.pickup.tokens import BadToken, Keys, Label, Purpose, Token

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger

_READ = "SELECT value FROM meta WHERE key = 'pickup/keypad'"
_WRITE = """
INSERT INTO meta (key, value) VALUES ('pickup/keypad', ?)
ON CONFLICT (key) DO UPDATE SET value = excluded.value"""
_BY_CODE = "SELECT id FROM pickup WHERE code = ?"
_HAS_CODE = "SELECT 1 FROM pickup WHERE code = ?"
_GIVE = "UPDATE pickup SET code = ?, generation = ? WHERE id = ?"
_READY = "UPDATE pickup SET ready_ms = ?, until_ms = ? WHERE id = ?"
_VERIFIERS = "SELECT id, verifier FROM pickup WHERE verifier IS NOT NULL AND code IS NULL AND done_ms IS NULL"
MOST_GENERATIONS = 255
CARRY_MS = 60_000
"""What is left of a rest is written down once in so long, so that keys hammered at random wear no card out; a
restart makes a rest at most so much longer."""
_GIVEN_UP = frozenset({Stage.RELEASED, Stage.RETURNED_TO_STOCK, Stage.REFUNDED})


class WrongCode(PermissionError):
    """No order here has this code. The words and the wait are the same for every reason."""

    def __init__(self, wait_s: int = 0) -> None:
        words = _("this code opens nothing here; look at the slip and try again")
        super().__init__(words)
        self.wait_s = wait_s


class KeypadRests(PermissionError):
    """Too many wrong codes: the keypad rests. Codes held to the reader still count."""

    def __init__(self, wait_s: int) -> None:
        minutes = -(-wait_s // 60)
        words = _("the keypad rests for {n} min after wrong codes; the QR code still opens").format(n=minutes)
        super().__init__(words)
        self.wait_s = wait_s


class NotReady(RuntimeError):
    """The order is known and not to be collected now."""


class AlreadyCollected(RuntimeError):
    """The order was collected; its bearer may open its box once more, or report that it was not them."""

    def __init__(self, order: Order, box: int) -> None:
        at = time(order.done_ms) if order.done_ms is not None else "?"
        words = _("already collected at {time}, box {box}") if box else _("already collected at {time}")
        super().__init__(words.format(time=at, box=box))
        self.order, self.box = order, box


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a customer takes home: shown once, stored nowhere."""

    order: Order
    code: str
    """Eight digits."""
    token: str
    """For the QR code."""


def give_code(ledger: Ledger, order: str, secret: bytes, hub: int, actor: str = "") -> Ticket:
    """Give an order its code and token, or new ones: the old ones then open nothing any more."""
    with ledger.transaction():
        return give_code_within(ledger, order, secret, hub, actor)


def give_code_within(ledger: Ledger, order: str, secret: bytes, hub: int, actor: str = "") -> Ticket:
    """The same inside the caller's transaction. A slip with the old code that still waits is not printed."""
    old = order_of(ledger, order)
    if old.stage in ENDED or old.generation >= MOST_GENERATIONS:
        raise NotReady(_("this order gets no code any more; nothing was changed"))

    def is_taken(code: str) -> bool:
        return ledger.row(_HAS_CODE, (codes.key_of(secret, str(hub), code),)) is not None

    code, generation = codes.draw(is_taken), old.generation + 1
    printqueue.forget(ledger, order)
    ledger.execute(_GIVE, (codes.key_of(secret, str(hub), code), generation, order))
    body: dict[str, object] = {"o": order, "g": generation}
    ledger.record("pickup.code", body | {"w": actor} if actor else body)
    return ticket_with(ledger, order, code, secret, hub)


def ticket_with(ledger: Ledger, order: str, code: str, secret: bytes, hub: int) -> Ticket:
    """An order's ticket with its present code, and a token of the same generation.

    The token has no beginning and no end: the order's stage says when it opens something, and a clock that
    went back a day must not shut anybody out.
    """
    known = order_of(ledger, order)
    token = Token(hub, known.key, 0, 0, Purpose.PICKUP, known.generation)
    return Ticket(known, code, tokens.seal(token, secret))


def is_code_of(ledger: Ledger, order: str, code: str, secret: bytes, hub: int) -> bool:
    """Whether a code is the one that opens for an order now."""
    row = ledger.row(_BY_CODE, (codes.key_of(secret, str(hub), code),))
    return row is not None and row[0] == order


def announce(ledger: Ledger, order: str) -> Order:
    """Say that an order is ready: its code opens from now on, for three days. The outbox has the message."""
    with ledger.transaction():
        return announce_within(ledger, order)


def announce_within(ledger: Ledger, order: str) -> Order:
    """The same inside the caller's transaction."""
    step(ledger, order, Step.ANNOUNCE)
    now = ledger.clock.now().wall_ms
    ledger.execute(_READY, (now, now + COLLECT_MS, order))
    return messages.say(ledger, order_of(ledger, order), messages.READY_H).order


def by_code(ledger: Ledger, typed: str, secret: bytes, hub: int) -> Order:
    """The order whose code was typed; NotACode (which is no try), WrongCode, KeypadRests or NotReady."""
    code = codes.read(typed)
    _count_try(ledger)
    row = ledger.row(_BY_CODE, (codes.key_of(secret, str(hub), code),))
    found = row[0] if row is not None else _by_verifier(ledger, code)
    if found is None:
        raise WrongCode(wait_s(ledger))
    order = order_of(ledger, found)
    if order.stage in ENDED and box_of(ledger, order.id, by_code=True) is None:
        raise WrongCode(wait_s(ledger))
    _forget_tries(ledger)
    return _collectable(ledger, order)


def by_token(ledger: Ledger, text: str, keys: Keys) -> Order:
    """The order whose token was scanned; BadToken, NotReady or AlreadyCollected. No lockout applies."""
    token = tokens.read(text, keys)
    if isinstance(token, Label) or token.purpose is not Purpose.PICKUP:
        raise BadToken(_("this code is not for collecting; nothing was opened"))
    now = ledger.clock.now()
    tokens.require_now(token, now.wall_ms // 1000, trusted=now.trusted)
    try:
        order = order_of(ledger, token.order.hex())
    except NoSuchOrder as error:
        raise BadToken(_("this order is not known here; nothing was opened; ask the staff")) from error
    if token.generation != order.generation:
        raise BadToken(_("a newer code was given out for this order; this one opens nothing any more"))
    return _collectable(ledger, order)


def wait_s(ledger: Ledger) -> int:
    """Return the whole seconds the keypad still rests."""
    now = ledger.clock.now()
    return -(-_keypad(ledger).left_ms(now.boot_id, now.boot_ms) // 1000)


def alerts(ledger: Ledger) -> bool:
    """Whether so many wrong codes were typed that staff should know."""
    return _keypad(ledger).alerts


def _collectable(ledger: Ledger, order: Order) -> Order:
    """The order, if a box may be opened for it now."""
    if order.stage in COLLECTABLE:
        return order
    if order.stage in _GIVEN_UP:
        raise NotReady(
            _("this order was given up, or its money went back; nothing was opened; ask the staff")
        )
    if order.stage in ENDED:
        again = box_of(ledger, order.id, by_code=True)
        raise AlreadyCollected(order, again.number if again else 0)
    if order.stage is Stage.REPORTED:
        raise NotReady(_("something was wrong with this order: please ask the staff, who look at it first"))
    box = box_with(ledger, order.id)
    where = "" if box is None else " " + _("(box {number})").format(number=box.number)
    raise NotReady(_("this order is not ready yet; you will be told") + where)


def _by_verifier(ledger: Ledger, code: str) -> str | None:
    """An order that came with a label only: its code was never here, but its verifier is."""
    for order, verifier in ledger.rows(_VERIFIERS):
        if hmac.compare_digest(verifier, tokens.verifier_of(bytes.fromhex(order), code)):
            return str(order)
    return None


def _keypad(ledger: Ledger) -> Lockout:
    """The keypad's count."""
    row = ledger.row(_READ)
    if row is None:
        return Lockout()
    wrong, rest_ms, since_ms, boot_id = str(row[0]).split(" ", 3)
    return Lockout(int(wrong), int(rest_ms), int(since_ms), boot_id)


def _store(ledger: Ledger, keypad: Lockout) -> None:
    """Write the keypad's count down, inside the caller's transaction."""
    ledger.execute(_WRITE, (f"{keypad.wrong} {keypad.rest_ms} {keypad.since_ms} {keypad.boot_id}",))


def _count_try(ledger: Ledger) -> None:
    """Count a code as wrong before it is looked up; KeypadRests while the keypad rests."""
    now = ledger.clock.now()
    keypad = _keypad(ledger)
    if left := keypad.left_ms(now.boot_id, now.boot_ms):
        if keypad.boot_id != now.boot_id or keypad.rest_ms - left >= CARRY_MS:
            with ledger.transaction():
                _store(ledger, keypad.carried(now.boot_id, now.boot_ms))
        raise KeypadRests(-(-left // 1000))
    with ledger.transaction():
        counted = keypad.missed(now.boot_id, now.boot_ms)
        _store(ledger, counted)
        if counted.alerts and not keypad.alerts:
            ledger.record("pickup.alert", {"wrong": counted.wrong})


def _forget_tries(ledger: Ledger) -> None:
    """The code was right."""
    with ledger.transaction():
        _store(ledger, Lockout())
