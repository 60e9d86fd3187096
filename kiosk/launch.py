"""Opens the till: the splash, the screen, behind its first frame the shop, and all of it closed again.

The order is that of a start a person sees. What keeps the shop from being found at all is told on the plain
terminal; then comes the splash; then the screen's library is imported, which takes most of the time; what the
first frame does not need (the whole settings, the ledger, the devices) comes after it.
"""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from kiosk import i18n
from kiosk.front import ShopFront, look
from kiosk.i18n import _
from kiosk.splash import splash, wipe
from kiosk.tui.daylight import night_at

if TYPE_CHECKING:
    from kiosk.ledger.clock import Clock
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import Settings
    from kiosk.station.pace import Pace

DAY, NIGHT = "stall-day", "stall-night"


class NoTerminal(RuntimeError):
    """The till was started without a terminal to show itself on; nothing was opened."""


def require_terminal() -> None:
    """Raise NoTerminal where nobody could see the screen, or type."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NoTerminal(
            _("The till needs a terminal of its own. For programs there are `kiosk sell` and `kiosk quote`.")
        )


def open_till(
    folder: Path, settings: Settings | None = None, clock: Clock | None = None, pace: Pace | None = None
) -> int:
    """Run the till on the shop in a folder until it is closed, and return the exit code.

    `settings` are those of the folder's file, unless somebody has them already; `clock` is the device's,
    unless a demo has one of its own, which `pace` tells of.
    """
    front = look(folder)
    require_terminal()
    i18n.set_language(front.language)
    i18n.set_locale(front.locale, front.timezone)
    gc.disable()  # until the shop is open: 5 % of the way there would be collections that find nothing
    splash(front.name, _("opening the stall ..."))
    try:
        return _show(folder, front, settings, clock, pace)
    finally:
        wipe()


def _show(
    folder: Path, front: ShopFront, settings: Settings | None, clock: Clock | None, pace: Pace | None
) -> int:
    """Start the screen, which starts the station."""
    from kiosk.ledger.clock import SystemClock
    from kiosk.station.station import Station
    from kiosk.tui.app import BarrowApp

    goes_by = clock or SystemClock()

    def opened() -> tuple[Settings, Ledger]:
        """In the ledger's thread, which outlives the screen and not what is held."""
        from kiosk.opening import open_shop

        return open_shop(folder, settings, goes_by, held)

    with ExitStack() as held, closing(Station(front.name, goes_by, opened, pace)) as station:
        app = BarrowApp(station, theme=theme(front, goes_by.now().wall_ms))
        leave_on_signal(lambda: app.exit(0))
        app.run()
        if app.trouble is not None:
            raise app.trouble
        return app.return_code or 0


def leave_on_signal(leave: Callable[[], object]) -> None:
    """Close the till in good order when the system stops it or its terminal is closed."""

    def asked(_number: int, _frame: FrameType | None) -> None:
        """Hand the wish to the screen's loop, which may be asleep."""
        import asyncio  # 20 ms, and the screen brings it

        asyncio.get_running_loop().call_soon_threadsafe(leave)

    for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
        if (number := getattr(signal, name, None)) is not None:
            signal.signal(number, asked)


def theme(front: ShopFront, wall_ms: int) -> str:
    """Return the name of the theme to begin with; `auto` follows the hour."""
    night = night_at(front, wall_ms)
    return NIGHT if (front.theme == "night" if night is None else night) else DAY
