"""A till on a real ledger, without threads and without devices.

What the screen asks for is done at once on the test's own thread, so that a test never waits for anything but
the screen itself. The shop is the demo's.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from textual.pilot import Pilot

from kiosk.catalogue.products import Catalogue, Offer
from kiosk.catalogue.resolve import Found, resolve
from kiosk.catalogue.search import search
from kiosk.checkout import sale, shift
from kiosk.checkout.basket import Basket, Item
from kiosk.checkout.payments.registry import methods
from kiosk.checkout.people import Person, person_named
from kiosk.checkout.register import Register
from kiosk.checkout.tender import Tender
from kiosk.demo import build
from kiosk.ledger.clock import Clock, FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.settings import DeviceSettings, Settings, load
from kiosk.station.counter import Counter
from kiosk.tui.theme import NIGHT
from tests.tui.fakes import FakeLamp
from tests.tui.hands import till

MORNING = 1_795_420_800_000
"""2026-11-23 08:00 UTC."""
PRINTER = DeviceSettings("printer", "printer", "file", "paper.bin", drawer_pin=2)
"""What the shop prints on; nothing opens it."""


@dataclass
class Stall:
    """The station's face on a ledger of the test's own."""

    ledger: Ledger
    settings: Settings
    lamps: Sequence[FakeLamp] = (
        FakeLamp("printer", "ok", "printer ok"),
        FakeLamp("scanner", "ok", "scanner ok"),
    )
    power: Any = None
    headroom: Any = None
    showing: Any = None
    thrift: int = 0
    taking_money: bool = False
    counter: Any = field(default_factory=Counter)
    heard: list[Callable[[object], None]] = field(default_factory=list)
    refuse: dict[str, Exception] = field(default_factory=dict)
    """What the ledger cannot do now, by the function's name, and why."""

    def __post_init__(self) -> None:
        self.register = Register(self.settings.pricing)
        self.methods, self.method_problems = methods(self.settings.methods, self.settings.payments)

    @property
    def clock(self) -> Clock:
        """The ledger's."""
        return self.ledger.clock

    @property
    def person(self) -> Person | None:
        """Who is signed in."""
        return self.register.person

    @property
    def name(self) -> str:
        """Over the door."""
        return self.settings.name

    def start(self) -> Future[Any]:
        """There are no devices."""
        return self.submit(lambda _ledger: None)

    def rest(self, _resting: bool) -> None:
        """There is nothing that could wake up less."""

    def look(self) -> None:
        """There is nothing to look at."""

    def switch(self, outlet: str, on: bool, _who: str | None) -> Future[Any]:
        """There is no outlet."""
        future: Future[Any] = Future()
        future.set_exception(LookupError(f"no outlet {outlet}, {on}"))
        return future

    def submit(self, function: Callable[..., Any], /, *args: Any, **options: Any) -> Future[Any]:
        """Do it now."""
        future: Future[Any] = Future()
        try:
            name = getattr(function, "func", function).__name__
            if name in self.refuse:
                raise self.refuse[name]
            future.set_result(function(self.ledger, *args, **options))
        except Exception as error:
            future.set_exception(error)
        return future

    read = submit
    aside = submit

    def find(self, raw: str) -> Future[Found]:
        """What a code stands for."""
        return self.submit(resolve, raw, self.settings.scan.patterns)

    found = find

    def search(self, text: str) -> Future[Sequence[Offer]]:
        """Products by name, number or code."""
        return self.submit(search, text)

    def subscribe(self, callback: Callable[[object], None]) -> Callable[[], None]:
        """Remember who listens."""
        self.heard.append(callback)
        return lambda: self.heard.remove(callback)

    def somebody(self, name: str) -> Person:
        """Somebody who works here."""
        return person_named(self.ledger, name)

    def sell(
        self, *skus: str, method: str = "cash", given: int | None = None, seller: str = "Mia"
    ) -> sale.Receipt:
        """Sell one piece of each and book it."""
        goods = Catalogue(self.ledger)
        basket = Basket(self.settings.pricing)
        for sku in skus:
            product = goods.by_sku(sku)
            assert product is not None, sku
            basket = basket.add(Item.of(product.offer), 1000)
        tender = Tender(basket.totals)
        key = uuid4().hex
        if method == "cash":
            tender = tender.hand_over(key, given or tender.remaining("cash"))
        else:
            tender = tender.ask(key, method).confirm(key, "ref-1")
        new = sale.NewSale(
            basket, tender.payments(), self.somebody(seller), uuid4(), attempts=tender.attempts
        )
        return sale.commit(self.ledger, new)

    def wait(self, minutes: int) -> None:
        """Let time pass."""
        clock = self.ledger.clock
        assert isinstance(clock, FakeClock)
        clock.advance(minutes * 60_000)

    def rows(self, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        """What the ledger holds."""
        return self.ledger.rows(sql, params)


@cache
def _demo() -> Mapping[str, bytes]:
    """The demo shop's files as they are before the first shift; made once, because PINs are dear to hash."""
    with TemporaryDirectory() as folder:
        build(Path(folder) / "shop", clock=FakeClock(MORNING), timezone="UTC", shift=False)
        return {file.name: file.read_bytes() for file in (Path(folder) / "shop").iterdir() if file.is_file()}


@contextmanager
def stall(
    folder: Path,
    *,
    person: str = "Sam",
    opened: bool = True,
    alter: Callable[[Settings], Settings] = lambda settings: settings,
    devices: tuple[DeviceSettings, ...] = (PRINTER,),
) -> Iterator[Stall]:
    """The demo shop at eight in the morning, with somebody signed in; `alter` changes its settings."""
    shop = folder / "shop"
    shop.mkdir()
    for name, content in _demo().items():
        (shop / name).write_bytes(content)
    settings = alter(replace(load(shop), devices=devices))
    ledger = Ledger.open(settings.ledger, clock=FakeClock(MORNING))
    made = Stall(ledger, settings)
    if opened:
        shift.open_shift(ledger, made.somebody("Sam"), 10_000, zone=settings.zone)
    made.register.person = made.somebody(person)
    try:
        yield made
    finally:
        ledger.close()


@asynccontextmanager
async def at(
    made: Stall, place: str, size: tuple[int, int] = (100, 30)
) -> AsyncIterator[tuple[Any, Pilot[Any]]]:
    """A running till that stands at a place; gives its screen.

    Without a shift somebody signs in once the till runs, as it happens in the morning: they are asked for
    the float, which is the place `shift`.
    """
    person = made.register.person
    opened = shift.current(made.ledger) is not None
    made.register.person = person if opened else None
    async with till(made, size=size, theme=NIGHT.name) as (app, pilot):  # type: ignore[arg-type]
        if not opened and person is not None:
            app.sign_in(person)
            await until(pilot, lambda: app.current_mode == "shift")
        if app.current_mode != place:
            app.go(place)
            await until(pilot, lambda: app.current_mode == place)
        yield app.screen_stack[0], pilot


async def until(pilot: Pilot[Any], true: Callable[[], object], deadline_s: float = 20.0) -> None:
    """Let the screen work until something is so; fails loudly when it does not come about."""
    loop = asyncio.get_running_loop()
    end = loop.time() + deadline_s
    while not true():
        assert loop.time() < end, f"this did not come about; the screen is {pilot.app.screen}"
        await pilot.pause(0.01)
    await pilot.pause()


async def shown(pilot: Pilot[Any], kind: type[Any]) -> Any:
    """The screen of a kind, once it is in front."""
    await until(pilot, lambda: isinstance(pilot.app.screen, kind))
    return pilot.app.screen
