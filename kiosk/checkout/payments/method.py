"""One way to pay: what the till has to know of it, and what a plug-in has to bring.

Two families. What the *seller* confirms (cash in the hand, the slip of a card reader, the bank app on the
seller's own phone) needs `start` only. What a *reader* confirms brings `poll` and `cancel` as well and is
asked until it answers (see `kiosk.checkout.payments.pending`).

A package adds a method by an entry point in the group `barrow.payments`: its name is the method's name, its
object a callable `(name, table) -> PaymentMethod`, where the table is what the settings say of the method.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from kiosk.checkout.money import Currency
from kiosk.checkout.tender import State

ENTRY_POINTS = "barrow.payments"


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of the customer."""

    attempt: str
    """Key of this try, stored before the first call and sent along with every one: a method that has seen
    it must not take the money a second time."""
    amount: int  # minor units, above zero
    currency: Currency
    reference: str = ""  # how the seller finds the payment on a statement, such as the receipt to come


@dataclass(frozen=True, slots=True)
class Instruction:
    """What to show while the payment is under way."""

    words: str  # for the seller, in the seller's language
    qr: str | None = None  # payload to show to the customer, on the screen and on paper
    payee: str = ""  # who is paid, to be read beside the code


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader says of a payment."""

    state: State
    reference: str = ""  # the reader's own number of the payment
    words: str = ""  # why, for the seller


class PaymentMethod(Protocol):
    """One way to pay."""

    @property
    def name(self) -> str:
        """What stands in the ledger, such as `card`."""

    @property
    def label(self) -> str:
        """What stands on its key, in the present language."""

    @property
    def opens_drawer(self) -> bool:
        """Whether money goes into the drawer."""

    @property
    def can_overpay(self) -> bool:
        """Whether more than what is due may be given, for change: cash only."""

    @property
    def needs_reference(self) -> bool:
        """Whether the seller must note a reference to confirm it."""

    @property
    def confirmed_by(self) -> Literal["seller", "reader"]:
        """Who says that the money came."""

    def start(self, request: Request) -> Instruction:
        """Begin a payment; a repetition with the same attempt must not ask for the money twice.

        Raises:
            ValueError: It cannot be asked for; nothing has happened.
            OSError: The reader gave no answer: nobody knows what happened.
        """


@runtime_checkable
class PolledMethod(PaymentMethod, Protocol):
    """A way to pay that knows by itself whether the money came."""

    def poll(self, request: Request) -> Answer:
        """Ask what became of a payment; OSError when there is no answer. Called every second at most."""

    def cancel(self, request: Request) -> Answer:
        """Give a payment up and say what became of it: it may have been paid in that very moment."""


Factory = Callable[[str, Mapping[str, object]], PaymentMethod]
"""Makes a method from its name and what the settings say of it; ValueError says what is wrong there."""
