"""Hands for the tests: a finger that goes the way a touch panel's events go, and a till to put it on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from textual import events
from textual.message import Message
from textual.pilot import Pilot

from kiosk.i18n import set_language, set_locale
from kiosk.tui.app import BarrowApp, monotonic_ms
from kiosk.tui.bounce import Bounce
from kiosk.tui.keys import Wedge
from kiosk.tui.messages import CodeScanned
from kiosk.tui.widgets.keygrid import KeyGrid
from tests.tui.fakes import FakeStation

SIZES = ((80, 24), (100, 30), (128, 50))


@asynccontextmanager
async def till(
    station: FakeStation | None = None,
    size: tuple[int, int] = (100, 30),
    theme: str = "stall-day",
    hook: Callable[[Message], None] | None = None,
    wedge: Wedge[events.Key] | None = None,
    bounce: Bounce | None = None,
    language: str = "en",
) -> AsyncIterator[tuple[BarrowApp, Pilot[Any]]]:
    """A running till without a terminal.

    Keys are handed on at once unless a wedge is given, and all of them count unless a bounce is.
    """
    set_locale({"en": "en_GB", "de": "de_DE"}[language], "UTC")
    set_language(language)
    seen = station or FakeStation()
    collector: Wedge[events.Key] = wedge or Wedge(gap_ms=0)
    passing = bounce or Bounce(within_ms=0)
    app = BarrowApp(seen, theme=theme, wedge=collector, bounce=passing, save_after_s=0)  # type: ignore[arg-type]
    async with app.run_test(size=size, message_hook=hook) as pilot:
        pickup = seen.settings.pickup
        locker = seen.person is None and pickup is not None and pickup.locker_mode
        place = "locker" if locker else "lock" if seen.person is None else "till"
        end = asyncio.get_running_loop().time() + 20
        while not arrived(app, place):
            assert asyncio.get_running_loop().time() < end, f"never at the {place}: {app.screen}"
            await pilot.pause(0.01)
        await pilot.pause()
        yield app, pilot


def arrived(app: BarrowApp, place: str) -> bool:
    """Whether the first screen is laid out and has fetched what it shows; without a shift it is that."""
    if app._batch_count:  # switching modes holds back layout for 50 ms
        return False
    screen: Any = app.screen_stack[0]
    if not screen.is_mounted or app.current_mode not in {place, "shift"}:
        return False
    return app.current_mode in {"shift", "locker"} or bool(
        screen.people if place == "lock" else screen.quick.lists
    )


async def touch(pilot: Pilot[Any], x: int, y: int, lift: tuple[int, int] | None = None) -> None:
    """Put a finger down on a cell and lift it, there or elsewhere, as a driver reports it."""
    app = pilot.app
    up = lift or (x, y)
    down = events.MouseDown(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y)
    lifted = events.MouseUp(None, *up, 0, 0, 1, False, False, False, screen_x=up[0], screen_y=up[1])
    for event in (down, lifted):
        app.post_message(event)
    await pilot.pause()


def key_places(app: BarrowApp) -> dict[str, tuple[int, int]]:
    """Where the middle of every touch key on the screen is that can be pressed, by the key's id."""
    found: dict[str, tuple[int, int]] = {}
    for grid in app.screen.query(KeyGrid):
        if not grid.display or not grid.is_on_screen:
            continue
        for key in grid.keys:
            place = grid.place_of(key.id)
            if key.enabled and place is not None:
                found[key.id] = (place.x + place.width // 2, place.y + place.height // 2)
    return found


async def touch_key(pilot: Pilot[Any], key_id: str) -> None:
    """Touch a key by its id; it must be on the screen."""
    places = key_places(pilot.app)  # type: ignore[arg-type]
    assert key_id in places, f"no key {key_id!r} to touch among {sorted(places)}"
    await touch(pilot, *places[key_id])


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one after the other and let everything they start come to rest."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


async def scan(pilot: Pilot[Any], code: str, at_ms: int | None = None, scanner: str = "gun") -> None:
    """A scanner reads a code."""
    pilot.app.post_message(CodeScanned(code, scanner, monotonic_ms() if at_ms is None else at_ms))
    await pilot.pause()
    await pilot.pause()


def flash_text(app: BarrowApp) -> str:
    """What the flash line of the front screen says."""
    from kiosk.tui.widgets.flash import Flash

    return app.screen.query_one(Flash).said.text
