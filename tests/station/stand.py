"""A till on a real ledger between simulated devices, and a condition that waits for what threads do.

Nothing here sleeps: every wait ends with the event it waits for, and its deadline is for a loaded machine.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from hardware.simulated.stall import SimulatedStall
from kiosk import i18n
from kiosk.catalogue.products import Catalogue, Product
from kiosk.checkout import printqueue
from kiosk.checkout.basket import Basket, Item
from kiosk.checkout.people import RIGHTS, Person
from kiosk.checkout.sale import NewSale, Receipt, commit
from kiosk.checkout.tender import Tender
from kiosk.demo.stall import devices
from kiosk.ledger.connection import Ledger
from kiosk.settings import DeviceSettings, Settings
from kiosk.station.station import Station

T = TypeVar("T")

DEADLINE_S = 30.0
"""For anything that happens in a thread, on a machine with better things to do."""


class Heard:
    """Every event of a station, from any thread, and a bell that each one rings."""

    def __init__(self) -> None:
        self.events: list[object] = []
        self._bell = threading.Condition()

    def __call__(self, event: object) -> None:
        with self._bell:
            self.events.append(event)
            self._bell.notify_all()

    def of(self, kind: type[T]) -> list[T]:
        """The events of one kind so far."""
        with self._bell:
            return [event for event in self.events if isinstance(event, kind)]

    def until(self, true: Callable[[], T]) -> T:
        """Look again after every event until something is true; AssertionError when it never is."""
        with self._bell:
            left = int(DEADLINE_S / 0.05)
            while not (found := true()) and left:
                self._bell.wait(0.05)
                left -= 1
        assert found, f"not in {DEADLINE_S} s; heard {self.events[-10:]}"
        return found


def done(future: Future[T]) -> T:
    """What a station's future brings."""
    return future.result(DEADLINE_S)


@dataclass
class Stand:
    """One shop folder, its simulated devices, and the till of the moment."""

    settings: Settings
    stall: SimulatedStall
    station: Station
    heard: Heard

    @classmethod
    def open(cls, shop: Settings, stall: SimulatedStall, **changed: Any) -> Stand:
        """Open a till; `devices` may be changed."""
        i18n.set_language("en")
        i18n.set_locale("en_IE", "UTC")
        settings = replace(shop, **({"devices": tuple(usual(stall))} | changed))
        station = Station.on(settings, Ledger.open(settings.ledger))
        heard = Heard()
        station.subscribe(heard)
        station.start()
        return cls(settings, stall, station, heard)

    def person(self, name: str = "Mia") -> Person:
        """Somebody who works here, without asking for a PIN: argon2 is slow on purpose."""
        row = done(
            self.station.read(
                lambda ledger: ledger.row("SELECT id, role FROM person WHERE name = ?", (name,))
            )
        )
        assert row is not None
        return Person(row[0], name, row[1], RIGHTS[row[1]])

    def basket(self, *skus: str) -> Basket:
        """A basket of the demo shop's goods."""
        basket = Basket(self.station.settings.pricing)
        for sku in skus:
            product = done(self.station.read(_product, sku))
            assert product is not None
            basket = basket.add(Item.of(product.offer), age_checked=True)
        return basket

    def sale(self, *skus: str, drawer: bool = True) -> NewSale:
        """A sale of some goods for cash, ready to be committed."""
        basket = self.basket(*(skus or ("MUG-BLUE",)))
        tender = Tender(basket.totals)
        tender = tender.hand_over(uuid4().hex, tender.remaining("cash"))
        return NewSale(basket, tender.payments(), self.person(), uuid4(), opens_drawer=drawer)

    def sell(self, *skus: str, drawer: bool = True) -> Receipt:
        """Sell some goods for cash, in the station's writer."""
        return done(self.station.submit(commit, self.sale(*skus, drawer=drawer)))

    def queue(
        self, sql: str = "SELECT kind, ref, copy, state FROM print_job ORDER BY id"
    ) -> list[tuple[Any, ...]]:
        """The print queue as it stands."""
        return done(self.station.read(lambda ledger: ledger.rows(sql)))

    def jobs(self) -> list[printqueue.Job]:
        """What is not done in the print queue."""
        return done(self.station.read(printqueue.open_jobs))

    def paper(self) -> list[str]:
        """What was printed."""
        lines = self.stall.do("paper")["lines"]
        assert isinstance(lines, list)
        return lines

    def pulses(self) -> int:
        """How often the drawer was told to open."""
        pulses = self.stall.do("paper")["pulses"]
        assert isinstance(pulses, int)
        return pulses

    def printer(self, act: str, **fields: object) -> None:
        """Do something to the printer."""
        self.stall.do("printer", act=act, **fields)

    def lamp(self, name: str) -> tuple[str, str]:
        """State and words of one lamp of the status line; empty when it is not there."""
        found = (lamp for lamp in self.station.lamps if lamp.name == name)
        return next(((lamp.state, lamp.words) for lamp in found), ("", ""))

    def until(self, true: Callable[[], T]) -> T:
        """Wait until something is true."""
        return self.heard.until(true)

    def snapshot(self, folder: Path, first: Callable[[Ledger], object] = lambda _ledger: None) -> Path:
        """Return a copy of the ledger as a power cut would leave it right after something the writer did."""
        folder.mkdir()

        def copy(ledger: Ledger) -> None:
            first(ledger)
            with ledger.transaction():  # nobody else writes meanwhile
                for name in ("ledger.db", "ledger.db-wal"):
                    (folder / name).write_bytes(ledger.path.with_name(name).read_bytes())

        done(self.station.submit(copy))
        return folder / "ledger.db"

    def pulsed(self, times: int) -> None:
        """Wait until the drawer was told to open so often."""
        self.until(lambda: self.pulses() == times)

    def printed(self) -> None:
        """Wait until nothing in the queue waits or is under way any more."""
        self.until(lambda: not self.jobs())


def _product(ledger: Ledger, sku: str) -> Product | None:
    """A product of the catalogue."""
    return Catalogue(ledger).by_sku(sku)


def usual(stall: SimulatedStall, *more: str) -> list[DeviceSettings]:
    """What most tills have: nothing that stands on the counter besides, but for what a test is about."""
    rare = {"scale", "display", "panel"} - set(more)
    return [one for one in devices(stall.devices()) if one.name not in rare]


def device(role: str, kind: str, address: str = "", **more: Any) -> DeviceSettings:
    """A device as the settings have it."""
    return DeviceSettings(role, role, kind, address, **more)
