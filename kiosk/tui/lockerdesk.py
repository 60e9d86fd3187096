"""What the locker's screen asks of the services: look a code up, find a box, have it opened, report."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kiosk.i18n import _
from kiosk.ledger.errors import LedgerError
from kiosk.pickup import (
    boxes,
    codes,
    deposit,
    desk,
    disowning,
    intake,
    orders,
    parcels,
    reopening,
    returns,
    tokens,
)
from kiosk.pickup.compartment import Compartment, NotNow
from kiosk.pickup.openings import AnotherDoorOpen, CollectionOnly
from kiosk.pickup.order import OutOfTurn

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger
    from kiosk.pickup.compartment import Event
    from kiosk.pickup.orders import Order
    from kiosk.pickup.returns import Proof
    from kiosk.pickup.visit import Visit
    from kiosk.settings import Settings
    from kiosk.tui.ports import Lockers, Station


class NoLocker(RuntimeError):
    """The cabinet is not there; nothing was opened."""


def refusals() -> tuple[type[Exception], ...]:
    """Everything that is said politely at the locker and changes nothing."""
    return (
        codes.NotACode, codes.NoSecret, desk.WrongCode, desk.KeypadRests, desk.NotReady,
        desk.AlreadyCollected, tokens.BadToken, orders.NoSuchOrder, boxes.NoSuchBox, intake.NoBox,
        intake.BoxesUnknown, AnotherDoorOpen, CollectionOnly, reopening.TooLate, NotNow, OutOfTurn, NoLocker,
        LedgerError, OSError,
    )  # fmt: skip


def is_wrong_code(refused: Exception) -> bool:
    """Whether the person may simply type again."""
    return isinstance(refused, desk.WrongCode | codes.NotACode)


def polite(refused: Exception) -> str:
    """A refusal as a passer-by needs it; what only staff can mend is not explained to others."""
    if isinstance(refused, NotNow | OutOfTurn | boxes.NoSuchBox):
        return _("This box cannot be opened now. Your code stays good; please ask the staff.")
    if isinstance(refused, LedgerError | OSError) and not isinstance(
        refused, desk.WrongCode | desk.KeypadRests
    ):
        return _("The locker cannot write just now; nothing was opened. Please ask the staff.")
    return str(refused)


def find(ledger: Ledger, text: str, settings: Settings) -> tuple[Order, Compartment | None]:
    """The order whose code or token it is, and its box; any of `refusals`."""
    pickup = settings.pickup
    if pickup is None:
        raise NoLocker(_("Nothing is collected here."))
    secret = codes.read_secret(settings.folder)
    if text.startswith(tokens.PREFIX):
        order = desk.by_token(ledger, text, tokens.Keys(pickup.hub, secret, {}))
    else:
        order = desk.by_code(ledger, text, secret, pickup.hub)
    return order, boxes.box_with(ledger, order.id)


def order_in(_ledger: Ledger, text: str, settings: Settings) -> str:
    """The order that a token names, whatever it is for; empty for a code, which names none; BadToken."""
    pickup = settings.pickup
    if pickup is None or not text.startswith(tokens.PREFIX):
        return ""
    keys = tokens.Keys(pickup.hub, codes.read_secret(settings.folder), pickup.shop_keys)
    found = tokens.read(text, keys)
    return (found.token if isinstance(found, tokens.Label) else found).order.hex()


def next_box(ledger: Ledger, order: str) -> int:
    """The number of a box in which another parcel of an order lies; 0 when there is none."""
    found = parcels.others(ledger, order, 0)
    return found[0].number if found else 0


def proof_of(ledger: Ledger, text: str, settings: Settings) -> Proof:
    """The receipt or order that is shown with what is brought back; any of `refusals`."""
    pickup = settings.pickup
    if pickup is None:
        raise NoLocker(_("Nothing is collected here."))
    keys = tokens.Keys(pickup.hub, codes.read_secret(settings.folder), pickup.shop_keys)
    return returns.proof_of(ledger, text, keys)


def announce_return(
    ledger: Ledger, size: str, larger_than: str, low: bool, proof: Proof | None
) -> tuple[Compartment, str]:
    """The smallest free box that something brought back fits into, and its number; NoBox."""
    return returns.announce(ledger, size, larger_than, low=low, proof=proof)


def name_owner(ledger: Ledger, box: int, text: str, settings: Settings) -> Order:
    """Whose parcel lies in a box, by the label it bears; any of `refusals`."""
    pickup = settings.pickup
    if pickup is None:
        raise NoLocker(_("Nothing is collected here."))
    keys = tokens.Keys(pickup.hub, codes.read_secret(settings.folder), pickup.shop_keys)
    return disowning.belongs(ledger, box, deposit.named(ledger, text, keys).id, "customer")


async def opened(lockers: Lockers | None, visit: Visit) -> Compartment:
    """Have the visit's box opened; any of `refusals` when it may not be."""
    if lockers is None:
        raise NoLocker(_("The cabinet does not answer; nothing was opened. Please ask the staff."))
    actor = reopening.BY_CODE if visit.by_code else "customer"
    future = lockers.open(visit.box, visit.purpose, visit.order, actor)
    return await asyncio.wrap_future(future)


async def said(station: Station, visit: Visit, what: Event) -> Compartment:
    """Write down what the person at the box says of it."""
    if station.lockers is None:
        raise NoLocker(_("The cabinet does not answer; nothing was opened. Please ask the staff."))
    return await asyncio.wrap_future(station.lockers.say(visit.box, what, "customer"))
