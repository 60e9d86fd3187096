"""Opens the shop behind the first frame: settings judged, the till's lock taken, the ledger opened, the log.

Whatever is wrong here closes the screen again, and is told on the plain terminal.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.i18n import _
from kiosk.ledger.connection import Ledger
from kiosk.ledger.instance import TillLock
from kiosk.settings import load

if TYPE_CHECKING:
    from kiosk.ledger.clock import Clock
    from kiosk.settings import Settings

LOG_BYTES = 1_000_000
LOG_FILES = 3


class WrongLedger(ValueError):
    """Settings and ledger do not belong together; nothing was opened."""


def open_shop(
    folder: Path, settings: Settings | None, clock: Clock, held: ExitStack
) -> tuple[Settings, Ledger]:
    """Return what a till stands on, or raise why it cannot be had.

    Args:
        folder: Where the shop is.
        settings: The shop's settings; None to read them from the folder.
        clock: What the ledger goes by.
        held: Takes the till's lock, and lets go of it when the till is closed.
    """
    settings = settings or load(folder)
    held.enter_context(TillLock(settings.ledger))
    ledger = Ledger.open(settings.ledger, clock=clock)
    try:
        check_ledger(settings, ledger)
        log_to(settings.folder)
    except BaseException:
        ledger.close()
        raise
    return settings, ledger


def check_ledger(settings: Settings, ledger: Ledger) -> None:
    """Raise WrongLedger when the settings count in another currency than the ledger does."""
    money = settings.currency
    if (money.code, money.exponent) != (ledger.currency, ledger.exponent):
        words = _(
            "shop.toml says {wanted}, the ledger counts in {kept}. Nothing was opened. Set the currency back."
        )
        raise WrongLedger(words.format(wanted=money.code, kept=ledger.currency))


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
