"""A station without a ledger and without devices.

The real register, and canned answers for everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from kiosk.catalogue.products import Offer
from kiosk.catalogue.resolve import Found, ProductFound, Unknown
from kiosk.checkout.basket import Item
from kiosk.checkout.money import Currency
from kiosk.checkout.people import everybody, sign_in
from kiosk.checkout.pins import WrongPin
from kiosk.checkout.register import Register
from kiosk.checkout.rights import RIGHTS, Person
from kiosk.checkout.tax import Tax, TaxClass
from kiosk.checkout.totals import Pricing
from kiosk.ledger.clock import FakeClock
from kiosk.settings.shop import UiSettings
from kiosk.station.counter import Counter

NOON = 1_795_435_920_000
"""2026-11-23 12:12 UTC."""
MIA = Person(1, "Mia", "seller", RIGHTS["seller"])
SAM = Person(2, "Sam", "supervisor", RIGHTS["supervisor"])
PINS = {1: "1111", 2: "2580"}
EUR = Currency.of("EUR")
PRICING = Pricing(
    EUR,
    "inclusive",
    "rate",
    {
        "A": TaxClass("A", (Tax(190_000, "base"),), "19 %"),
        "B": TaxClass("B", (Tax(70_000, "base"),), "7 %"),
    },
)


@dataclass(frozen=True)
class FakeLamp:
    """A lamp that says what it was told."""

    name: str
    state: Any
    words: str
    briefs: tuple[str, ...] = ()


@dataclass
class FakeCounter:
    """A counter with everything on it, that notes what it was told."""

    has_scale: bool = True
    has_display: bool = True
    drawer_open: bool | None = None
    asked: list[bool] = field(default_factory=list)
    shown: list[Any] = field(default_factory=list)
    beeps: list[str] = field(default_factory=list)

    def weigh(self, wanted: bool) -> None:
        """Somebody wants a weight, or none any more."""
        self.asked.append(wanted)

    def show(self, view: Any) -> None:
        """What the customer sees."""
        if self.shown[-1:] != [view]:
            self.shown.append(view)

    def beep(self, beep: str) -> None:
        """A sound."""
        self.beeps.append(beep)


@dataclass(frozen=True)
class FakeKey:
    """A quick key."""

    page: int
    position: int
    product: Offer
    label: str = ""
    colour: str = ""
    quantity: int = 1000


@dataclass(frozen=True)
class FakeList:
    """A quick-list."""

    id: int
    name: str
    colour: str
    keys: tuple[FakeKey, ...] = ()
    kind: str = "list"


@dataclass(frozen=True)
class FakeSettings:
    """The settings the screen looks at."""

    name: str = "Stall 3"
    language: str = "en"
    pricing: Pricing = PRICING
    methods: tuple[str, ...] = ("cash", "card", "qr")
    folder: Any = None
    receipt: Any = None
    has_printer: bool = True
    has_drawer: bool = True
    pickup: Any = None
    power: Any = None
    ui: UiSettings = field(default_factory=lambda: UiSettings("night"))

    @property
    def currency(self) -> Currency:
        """The pricing's."""
        return self.pricing.currency


def offer(number: int, name: str, price: int | None, **more: Any) -> Offer:
    """A product of the fake shop."""
    values = {"sku": f"SKU-{number}", "category": "", "article": number, "id": number, **more}
    return Offer(name=name, price=price, **values)


GOODS: dict[str, tuple[str, list[Offer]]] = {
    "Candles": (
        "amber",
        [
            offer(1, "Beeswax candle", 800),
            offer(2, "Soy candle small", 550),
            offer(3, "Soy candle large", 950),
            offer(4, "Gift box", 2400),
            offer(5, "Pillar", 1200),
            offer(6, "Tea lights", 320),
            offer(7, "Holder, brass", 600),
            offer(8, "Snuffer", 750),
            offer(9, "Wick trimmer", 1450),
            offer(10, "Matches, long", 280),
            offer(11, "Lantern, copper", 3900),
            offer(12, "Citronella", 990),
            offer(13, "Altar candle", 1800),
            offer(14, "Birthday set", 450),
        ],
    ),
    "Mugs": ("blue", [offer(20, "Mug, blue glaze", 1250), offer(21, "Mug, sand", 1250)]),
    "Textiles": ("plum", [offer(30, "Tote, natural", 1500), offer(31, "Scarf, wool", 3500)]),
    "Food": (
        "green",
        [
            offer(40, "Olives", 1299, unit="kg", tax_class="B"),
            offer(41, "Honey 500 g", 790, tax_class="B"),
            offer(42, "Sloe gin", 2400, min_age=18),
            offer(43, "Repair", None, prompt="what was repaired"),
        ],
    ),
    "Sale": ("red", [offer(50, "Seconds mug", 700)]),
}
BY_CODE = {
    f"400000000{number:04}": made for _c, goods in GOODS.values() for made in goods for number in [made.id]
}


def lists() -> tuple[FakeList, ...]:
    """The shop's quick-lists."""
    return tuple(
        FakeList(number, name, colour, tuple(FakeKey(1, at + 1, made) for at, made in enumerate(goods)))
        for number, (name, (colour, goods)) in enumerate(GOODS.items(), start=1)
    )


def done(value: Any) -> Future[Any]:
    """A future that is finished already."""
    future: Future[Any] = Future()
    if isinstance(value, BaseException):
        future.set_exception(value)
    else:
        future.set_result(value)
    return future


@dataclass
class FakeStation:
    """Answers at once: `work` maps a function's name to its answer, or to a function of its arguments."""

    signed_in: Person | None = MIA
    settings: FakeSettings = field(default_factory=FakeSettings)
    lamps: Sequence[FakeLamp] = (
        FakeLamp("printer", "ok", "printer ok"),
        FakeLamp("scanner", "ok", "scanner ok"),
        FakeLamp("queue", "warn", "3 waiting"),
    )
    power: Any = None
    lockers: Any = None
    showing: Any = None
    headroom: Any = None
    thrift: int = 0
    taking_money: bool = False
    counter: Any = field(default_factory=Counter)
    work: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)
    callbacks: list[Callable[[object], None]] = field(default_factory=list)
    rests: list[bool] = field(default_factory=list)
    opening: Future[Any] = field(default_factory=lambda: done(None))

    def __post_init__(self) -> None:
        self.clock = FakeClock(NOON)
        self.register = Register(self.settings.pricing, self.signed_in)
        self.work = {
            "every_list": lists(),
            everybody.__name__: [MIA, SAM],
            sign_in.__name__: self._sign_in,
            "approve": self._approve,
            "drafts": [],
            "park": None,
            "discard": None,
            "save_open": None,
            "current": object(),
            **self.work,
        }

    @property
    def person(self) -> Person | None:
        """Who is signed in now."""
        return self.register.person

    @property
    def name(self) -> str:
        """Over the door."""
        return self.settings.name

    def start(self) -> Future[Any]:
        """There are no devices; the shop is open unless a test says otherwise."""
        return self.opening

    def rest(self, resting: bool) -> None:
        """Remember whether the devices may wake up less."""
        self.rests.append(resting)

    def look(self) -> None:
        """There is nothing to look at."""

    def switch(self, outlet: str, on: bool, _who: str | None) -> Future[Any]:
        """There is no outlet."""
        future: Future[Any] = Future()
        future.set_exception(LookupError(f"no outlet {outlet}, {on}"))
        return future

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """What `work` says for the function's name."""
        self.asked.append((function.__name__, args))
        answer = self.work.get(function.__name__)
        try:
            return done(answer(*args) if callable(answer) else answer)
        except Exception as error:
            return done(error)

    read = submit

    def find(self, raw: str) -> Future[Found]:
        """By the fake shop's codes."""
        code, _at, grams = raw.partition("@")
        if code in BY_CODE:
            return done(ProductFound(BY_CODE[code], int(grams) if grams else None))
        return done(Unknown(raw, f"{raw} is not in the catalogue", addable=True))

    found = find

    def search(self, text: str) -> Future[Sequence[Offer]]:
        """By the beginning of any word."""
        words = text.lower()
        return done(
            [made for made in BY_CODE.values() if any(w.startswith(words) for w in made.name.lower().split())]
        )

    def subscribe(self, callback: Callable[[object], None]) -> Callable[[], None]:
        """Remember who listens."""
        self.callbacks.append(callback)
        return lambda: self.callbacks.remove(callback)

    def tell(self, event: object) -> None:
        """Deliver an event to everybody who listens."""
        for callback in self.callbacks:
            callback(event)

    def _sign_in(self, person_id: int, pin: str) -> Person:
        if PINS[person_id] != pin:
            raise WrongPin(0)
        return MIA if person_id == 1 else SAM

    def _approve(self, _person: int | None, pin: str, right: Any) -> Any:
        from kiosk.checkout.rights import Approval

        if pin != PINS[2]:
            raise WrongPin(4)
        return Approval(SAM, right)


def item(name: str) -> Item:
    """An item of the fake shop by its name."""
    return next(Item.of(made) for made in BY_CODE.values() if made.name == name)


def a_sale(station: FakeStation) -> None:
    """Put a typical sale into the register: pieces, something weighed, a discount, a line struck out."""
    from kiosk.checkout.basket import Discount
    from kiosk.checkout.rights import Approval, Right

    register = station.register
    register.times(2)
    register.tap(item("Mug, blue glaze"), 1000)
    register.tap(item("Beeswax candle"), 2000)
    weighed = register.add(item("Olives"), 3000, quantity=335)
    register.tap(item("Gift box"), 4000)
    register.void(register.basket.last_uid, 5000)
    register.tap(item("Tote, natural"), 6000)
    line = weighed.line
    assert line is not None
    register.discount_line(
        line.uid, Discount(percent=100_000, reason="market day"), 7000, Approval(SAM, Right.DISCOUNT)
    )
