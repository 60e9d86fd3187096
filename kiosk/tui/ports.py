"""What the screen needs from below, and nothing more: the station, seen through a keyhole.

The screen talks to one object. It never opens the ledger, a device or a file; whatever could take longer
than a keystroke comes back as a concurrent future, which a worker awaits with `asyncio.wrap_future`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

if TYPE_CHECKING:
    from hardware.locks.boxes import BoxState
    from hardware.power.outlets.reading import OutletReading
    from hardware.power.reading import PowerRead
    from kiosk.catalogue.products import Offer
    from kiosk.catalogue.resolve import Found
    from kiosk.checkout.customer import View
    from kiosk.checkout.payments.method import PaymentMethod
    from kiosk.checkout.register import Register
    from kiosk.checkout.rights import Approval, Person
    from kiosk.energy.demos import Demo
    from kiosk.ledger.clock import Clock
    from kiosk.ledger.connection import Ledger
    from kiosk.pickup.compartment import Compartment, Purpose
    from kiosk.pickup.compartment import Event as BoxEvent
    from kiosk.power.thrift import Level
    from kiosk.power.view import PowerView
    from kiosk.power.whatif import WhatIf
    from kiosk.settings import Settings

T = TypeVar("T")

LampState = Literal["ok", "warn", "bad", "unknown", "off"]
"""`unknown` is a state of its own: no answer is not "fine". `off` is a thing this shop has not configured."""


class Lamp(Protocol):
    """One item of the status line."""

    @property
    def name(self) -> str:
        """What it is about: `printer`, `scanner`, `queue`, `power`, `clock`."""

    @property
    def state(self) -> LampState:
        """How it is."""

    @property
    def words(self) -> str:
        """The same in words, as short as can be: `printer ok`, `no paper`, `3 waiting`."""

    @property
    def briefs(self) -> Sequence[str]:
        """The same in fewer words, each shorter than the one before, for a narrow line."""


class Counter(Protocol):
    """Scale, customer displays, buttons and buzzer; of what is not there nothing happens."""

    @property
    def has_scale(self) -> bool:
        """Whether a weight can be asked for at all."""

    @property
    def has_display(self) -> bool:
        """Whether a customer sees anything but the seller's screen."""

    @property
    def drawer_open(self) -> bool | None:
        """What the drawer's own contact says; None where there is none, or nobody knows."""

    def weigh(self, wanted: bool, /) -> None:
        """Ask the scale again and again from now on, or leave it alone. Weights come as events."""

    def show(self, view: View, /) -> None:
        """Let the customer see this; the same again costs nothing."""

    def beep(self, beep: Literal["ok", "error"], /) -> None:
        """Sound, where there is a buzzer and the shop wants it."""


class Lockers(Protocol):
    """The cabinet's boxes at work; what becomes of an opening is told as an event."""

    @property
    def doors(self) -> Mapping[int, BoxState]:
        """What the contacts said last, by box."""

    def open(
        self, box: int, purpose: Purpose, order: str = "", actor: str = "", by: Person | None = None, /
    ) -> Future[Compartment]:
        """Have a box opened; the future tells that the intent is on disk, or why it may not be opened.

        `by` is who works at the cabinet; None for customers.
        """

    def say(self, box: int, what: BoxEvent, actor: str, /) -> Future[Compartment]:
        """Write down what a person says of a box that was just shut."""


class Showing(Protocol):
    """The demonstrations under way; what becomes of them is told as an event."""

    def begin(self, sku: str, person: Person, approvals: Iterable[Approval] = (), /) -> Future[Demo]:
        """Begin to show a product by hand."""

    def end(self, sku: str, person: Person, approvals: Iterable[Approval] = (), /) -> Future[None]:
        """End what is shown."""


class Station(Protocol):
    """The one object behind the screen."""

    @property
    def lockers(self) -> Lockers | None:
        """The cabinet; None without one, and until the devices are made."""

    @property
    def showing(self) -> Showing | None:
        """The demonstrations; None until the devices are made."""

    @property
    def name(self) -> str:
        """The stall's name, which is known from the first."""

    @property
    def settings(self) -> Settings:
        """The shop's settings, frozen; there are none before the shop is open."""

    @property
    def register(self) -> Register:
        """The till in memory. Touched on the loop only; it never does I/O."""

    @property
    def person(self) -> Person | None:
        """Who is signed in. Asking does not make the register, which the first frame does without."""

    def start(self) -> Future[tuple[Settings, Ledger]]:
        """Open the shop and then the devices, after the first frame; safe twice.

        The future says that the shop is open, or why it is not.
        """

    taking_money: bool
    """Whether the till is in the middle of taking money: the end of the battery waits for that."""

    def shed(self, outlet: str, who: str, /) -> Future[OutletReading]:
        """Switch an outlet off to save power; the future refuses while a receipt prints or a door opens."""

    def what_if(self, question: WhatIf, /) -> Future[PowerView]:
        """What would be with other switches, another closing time, no sun; nothing is switched by asking."""

    def stay_on(self, who: str, /) -> None:
        """A person knows better than the gauge: nothing is switched off for the next ten minutes."""

    def rest(self, resting: bool, /) -> None:
        """Nobody has sold anything for a while, or somebody does again."""

    def look(self) -> None:
        """Look at the printer now: money is about to be taken."""

    @property
    def clock(self) -> Clock:
        """The ledger's clock: wall time and whether it can be believed."""

    @property
    def lamps(self) -> Sequence[Lamp]:
        """The present state of everything the status line tells, most important first. Cheap to ask."""

    @property
    def counter(self) -> Counter:
        """What stands on the counter besides the printer."""

    @property
    def power(self) -> PowerRead | None:
        """The newest power reading; None while there never was one."""

    @property
    def headroom(self) -> PowerView | None:
        """What is foreseen of the power; None where nothing is, and at first."""

    @property
    def thrift(self) -> Level:
        """How sparing the till must be now; falsy while there is plenty of power."""

    def switch(self, outlet: str, on: bool, who: str | None, /) -> Future[OutletReading]:
        """Switch an outlet; the future is done when it was seen to have switched, or says why it was not."""

    @property
    def methods(self) -> Mapping[str, PaymentMethod]:
        """The ways to pay this shop offers, by name, in the order of their keys."""

    @property
    def method_problems(self) -> Mapping[str, str]:
        """Ways to pay that the settings name and that cannot be used, with the reason."""

    def aside(self, function: Callable[..., T], /, *args: object) -> Future[T]:
        """Run `function(ledger, *args)`, which may wait for the outside world, in a thread of its own."""

    def submit(self, function: Callable[..., T], /, *args: object) -> Future[T]:
        """Run `function(ledger, *args)` in the ledger's writer thread."""

    def read(self, function: Callable[..., T], /, *args: object) -> Future[T]:
        """Run `function(ledger, *args)` on the reader's connection; it blocks no sale."""

    def find(self, raw: str) -> Future[Found]:
        """What a scanned or typed code stands for; the future raises BadCode for one that cannot be right."""

    def found(self, raw: str) -> Future[Found]:
        """The same, looked up when it returns: for a device's thread, which may wait."""

    def search(self, text: str) -> Future[Sequence[Offer]]:
        """The products that match what was typed so far, best first."""

    def subscribe(self, callback: Callable[[object], None]) -> Callable[[], None]:
        """Have every frozen station event told to `callback`, in any thread; returns how to stop that."""
