"""Opens the till: the lock, the ledger, the splash, the station, the screen, and all of it closed again.

The order is that of a start a person sees: what can be wrong is found out first and told on the plain
terminal; then the splash; only then is the screen's library imported, which takes most of the time.
"""

from __future__ import annotations

import gc
import logging
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from kiosk import i18n
from kiosk.i18n import _
from kiosk.ledger.connection import Ledger
from kiosk.ledger.instance import TillLock
from kiosk.splash import splash, wipe

if TYPE_CHECKING:
    from kiosk.settings import Settings

LOG_BYTES = 1_000_000
LOG_FILES = 3
DAY, NIGHT = "stall-day", "stall-night"


class NoTerminal(RuntimeError):
    """The till was started without a terminal to show itself on; nothing was opened."""


class WrongLedger(ValueError):
    """Settings and ledger do not belong together; nothing was opened."""


def require_terminal() -> None:
    """Raise NoTerminal where nobody could see the screen, or type."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NoTerminal(
            _("The till needs a terminal of its own. For programs there are `kiosk sell` and `kiosk quote`.")
        )


def open_till(settings: Settings) -> int:
    """Run the till on a shop until it is closed, and return the exit code."""
    i18n.set_language(settings.language)
    i18n.set_locale(settings.locale, settings.timezone)
    gc.disable()  # until the first frame: 5 % of the way there would be collections that find nothing
    with TillLock(settings.ledger):
        ledger = Ledger.open(settings.ledger)
        try:
            check_ledger(settings, ledger)
        except WrongLedger:
            ledger.close()
            raise
        log_to(settings.folder)
        splash(settings.name, _("opening the stall ..."))
        try:
            return _show(settings, ledger)
        finally:
            wipe()


def check_ledger(settings: Settings, ledger: Ledger) -> None:
    """Raise WrongLedger when the settings count in another currency than the ledger does."""
    money = settings.currency
    if (money.code, money.exponent) != (ledger.currency, ledger.exponent):
        words = _(
            "shop.toml says {wanted}, the ledger counts in {kept}. Nothing was opened. Set the currency back."
        )
        raise WrongLedger(words.format(wanted=money.code, kept=ledger.currency))


def _show(settings: Settings, ledger: Ledger) -> int:
    """Start the station and the screen."""
    from kiosk.station.station import Station
    from kiosk.tui.app import BarrowApp

    with closing(Station(settings, ledger)) as station:
        app = BarrowApp(station, theme=theme(settings, datetime.now(settings.zone)))
        leave_on_signal(lambda: app.exit(0))
        app.run()  # starts the station after its first frame
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


def theme(settings: Settings, now: datetime) -> str:
    """Return the name of the theme to begin with; `auto` follows the hour."""
    ui = settings.ui
    if ui.theme != "auto":
        return DAY if ui.theme == "day" else NIGHT
    minute = now.hour * 60 + now.minute
    return DAY if ui.day_from <= minute < ui.night_from else NIGHT


def log_to(folder: Path) -> None:
    """Keep what devices and threads have to say in `logs/till.log`, three files of a megabyte."""
    logs = folder / "logs"
    logs.mkdir(exist_ok=True)
    keeper = RotatingFileHandler(
        logs / "till.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8", delay=True
    )
    keeper.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [keeper]
    root.setLevel(logging.INFO)
