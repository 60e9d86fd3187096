"""Takes the README's pictures: the real program on the demo shop with its simulated stall.

    .venv/bin/python tests/pictures/make.py

Needs Pillow (python-escpos brings it) and the DejaVu fonts (Debian: fonts-dejavu-core).
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1])]
os.environ["COLORTERM"] = "truecolor"  # as on the panel; read when the screen is imported

from hardware.simulated.control import tell
from hardware.simulated.stalltime import StallTime
from kiosk import demo, i18n
from kiosk.checkout.customer import View, selling
from kiosk.demo.locker import add_locker
from kiosk.demo.stall import running_stall
from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.pickup import boxes, desk, holds, intake, openings
from kiosk.pickup.codes import make_secret
from kiosk.pickup.compartment import Event, Purpose
from kiosk.pickup.wish import Wish
from kiosk.settings import Settings
from kiosk.station.station import Station
from kiosk.tui.app import BarrowApp
from kiosk.tui.customer.app import CustomerApp
from tests.tui.fakes import FakeStation, a_sale
from tests.tui.looks import picture

NOON = 1_795_521_120_000
"""2026-11-24 12:12 UTC: a market day."""
TEN = NOON - 132 * 60_000
"""Of the same day: eight hours to go until closing time, and the battery does not last so long."""
BASKET = "a c c"
"""Letters of the product keys that are pressed."""


async def until(true: Callable[[], object]) -> None:
    """Wait for something the devices or the ledger do, at most half a minute."""
    for _ in range(3000):
        if true():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError("the till did not get there")


async def take(
    theme: str,
    size: tuple[int, int],
    steps: list[tuple[str, str]],
    at_ms: int = NOON,
    well: bool = True,
    alter: Callable[[Settings], Settings] = lambda settings: settings,
) -> None:
    """Sign in, press keys (separated by blanks), take a picture by each name; `well`: once all lamps are."""
    with tempfile.TemporaryDirectory() as folder:
        clock = FakeClock(at_ms, trusted=True)
        settings = demo.build(Path(folder) / "shop", clock=clock, language="en", timezone="UTC")
        settings = alter(settings)
        i18n.set_locale(settings.locale, settings.timezone)
        with running_stall(settings, StallTime(wall_s=lambda: at_ms / 1000), clock) as connected:
            station = Station.on(connected, Ledger.open(settings.ledger, clock=clock))
            app = BarrowApp(station, theme=theme)
            async with app.run_test(size=size) as pilot:
                await until(lambda: _is_up(station, well=well))
                await pilot.pause(0.3)
                await pilot.press("b")
                await pilot.pause(0.2)
                for digit in "2580":
                    await pilot.press(digit)
                    await pilot.pause(0.12)
                await pilot.press("enter")
                await until(lambda: app.current_mode == "till")
                await pilot.pause(0.5)
                tell(settings.folder, "scale", grams=335)
                for keys, name in steps:
                    for key in keys.split():
                        await pilot.press(key)
                        await pilot.pause(0.25)
                    await pilot.pause(0.5)
                    if name:
                        picture(app, HERE / f"{name}.png", (8, 16))
            station.close()


def _is_up(station: Station, *, well: bool) -> bool:
    """Whether every device was heard of, and none complains where that is wanted."""
    view, lamps = station.headroom, station.lamps
    metered = view is not None and len(view.outlets) == 3 and view.headroom.free_w.value is not None
    return metered and len(lamps) > 2 and (not well or all(lamp.state == "ok" for lamp in lamps))


async def take_customer() -> None:
    """The customer's own screen beside a sale."""
    seller = FakeStation()
    a_sale(seller)

    async def once(show: Callable[[View | None], None]) -> None:
        show(selling(seller.register.basket))

    i18n.set_locale("en_GB", "UTC")
    with tempfile.TemporaryDirectory() as folder:
        shop = demo.build(Path(folder) / "shop", clock=FakeClock(NOON), language="en", timezone="UTC")
        app = CustomerApp(shop, once, night=lambda: True)
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.pause(0.5)
            picture(app, HERE / "customer.png", (8, 16))


async def take_locker(theme: str, language: str, name: str) -> None:
    """The locker's idle screen in a language, and its door once a code was typed."""
    with tempfile.TemporaryDirectory() as folder:
        clock = FakeClock(NOON, trusted=True)
        settings = add_locker(
            demo.build(Path(folder) / "shop", clock=clock, language=language, timezone="UTC"), clock=clock
        )
        i18n.set_locale(settings.locale, settings.timezone)
        with running_stall(settings) as connected, Ledger.open(settings.ledger, clock=clock) as ledger:
            wish = Wish("0" * 16, "locker", NOON + 3_600_000, "S", {"MUG-BLUE": 1000})
            order = holds.pay(ledger, holds.hold(ledger, wish, handovers=4, boxed=True).id, None)
            code = desk.give_code(ledger, order.id, make_secret(settings.folder), 7).code
            with ledger.transaction():
                intake.take_in(ledger, order)
                boxes.happen(ledger, 7, Event.HOLD, order=order.id)
            openings.intend(ledger, 7, Purpose.DEPOSIT, order.id, "Mia")
            openings.seen_open(ledger, 7)
            openings.seen_shut(ledger, 7, "yes")
            desk.announce(ledger, order.id)
            tell(settings.folder, "door", number=7, act="put")
            station = Station.on(connected, Ledger.open(settings.ledger, clock=clock))
            app = BarrowApp(station, theme=theme)
            async with app.run_test(size=(100, 30)) as pilot:
                await until(lambda: app.current_mode == "locker" and station.lockers is not None)
                await until(lambda: len(station.lockers.doors) == 16)
                await pilot.pause(3)
                picture(app, HERE / f"{name}.png", (8, 16))
                for key in f"1{code}":
                    await pilot.press(key)
                await until(lambda: app.screen.visit.page == "door")
                app.screen.lit = True
                app.screen.show_state()
                await pilot.pause(0.1)
                picture(app, HERE / f"{name}-door.png", (8, 16))
            station.close()


def with_points(settings: Settings) -> Settings:
    """The till of a stall that has a locker elsewhere."""
    made = add_locker(settings, clock=FakeClock(NOON, trusted=True))
    assert made.pickup is not None
    return replace(made, pickup=replace(made.pickup, locker_mode=False))


async def main() -> None:
    """All of them."""
    await take_locker("stall-night", "en", "locker")
    await take_locker("stall-day", "de", "locker-german")
    sale = (BASKET, "")
    await take("stall-night", (100, 30), [sale, ("tab b d f4", "till-night")])
    await take(
        "stall-day", (100, 30), [sale, ("tab a", "till-day"), ("f5 5 0 enter", "change"), ("v", "receipt")]
    )
    await take("stall-night", (100, 30), [sale, ("f7", "pay-qr")])
    await take("stall-day", (100, 30), [sale, ("ctrl+g a a", "collect-later")], alter=with_points)
    await take("stall-day", (100, 30), [sale, ("tab tab tab tab a", "weigh")])
    await take_customer()
    await take("stall-night", (100, 30), [("ctrl+v", "power")], TEN, well=False)
    await take("stall-day", (80, 24), [sale, ("", "till-80x24")])
    await take("stall-night", (128, 50), [sale, ("tab a b", "till-128x50")])


if __name__ == "__main__":
    asyncio.run(main())
