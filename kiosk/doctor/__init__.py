"""Looks the whole stall over: machine, shop, ledger, payments, devices; every fault with its fix."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk import i18n
from kiosk.doctor import books, machine, shop
from kiosk.doctor.finding import Finding, examined
from kiosk.doctor.parts import parts, shown_with
from kiosk.doctor.pickup import pickup
from kiosk.doctor.power import prospects
from kiosk.i18n import _
from kiosk.ledger.clock import Clock, SystemClock
from kiosk.ledger.connection import Ledger
from kiosk.ledger.errors import LedgerMissing
from kiosk.settings import Settings

__all__ = ["Finding", "examine"]


def examine(folder: Path, *, quick: bool = False, clock: Clock | None = None) -> Iterator[Finding]:
    """Yield what is found, area by area; `quick` leaves out what reads the whole ledger."""
    settings, found = shop.read(folder)
    if settings is not None:
        i18n.set_locale(settings.locale, settings.timezone)
    yield from examined("machine", machine.python)
    yield from examined("machine", machine.terminal)
    yield from examined("machine", lambda: machine.clock(clock or SystemClock()))
    yield from found
    yield from examined("shop", lambda: shop.folder_state(folder))
    running, said = shop.running_till(folder)
    yield from said
    if settings is not None:
        yield from examined("shop", lambda: shop.logo(settings))
        yield from examined("payments", lambda: shop.payments(settings))
        yield from examined("pickup", lambda: pickup(settings))
        yield from examined("power", lambda: prospects(settings, quick=quick))
    yield from examined("ledger", lambda: _ledger(folder / "ledger.db", settings, quick))
    yield from _devices(settings, running)


def _ledger(path: Path, settings: Settings | None, quick: bool) -> Iterator[Finding]:
    """Open the ledger to read, and check it part by part."""
    try:
        ledger = Ledger.open(path, readonly=True)
    except LedgerMissing:
        if settings is not None:
            fix = _("Bring a copy back with `kiosk backup --restore FILE`.")
            yield Finding("ledger", "missing", _("the ledger {path} is missing").format(path=path), fix)
        return
    try:
        yield from examined("ledger", lambda: books.file(ledger, quick=quick))
        if settings is not None:
            yield from examined("ledger", lambda: books.belongs(ledger, settings))
        if not quick:
            yield from examined("ledger", lambda: books.journal(ledger))
        yield from examined("ledger", lambda: books.people(ledger))
        yield from examined("ledger", lambda: books.waiting(ledger))
        if settings is not None:
            yield from examined("power", lambda: parts(ledger, settings))
            yield from examined("power", lambda: shown_with(ledger, settings))
    finally:
        ledger.close()


def _devices(settings: Settings | None, running: bool) -> Iterator[Finding]:
    """Open the devices, unless a running till holds them."""
    from kiosk.doctor import devices, ports

    if settings is not None and running:
        words = _("the devices belong to the running till: its status line says how they are")
        yield Finding("device", "note", words)
    elif settings is not None:
        yield from examined("device", lambda: devices.configured(settings))
        yield from examined("device", lambda: ports.modem_manager(settings))
    yield from examined("device", lambda: ports.usb_printers(settings))
    yield from examined("device", ports.hid_pos_scanners)
    yield from examined("device", lambda: devices.strangers(settings))
